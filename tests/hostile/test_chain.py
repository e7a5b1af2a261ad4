"""Whatever is taken in can be restored and read: `text` never raises on bad text."""

from __future__ import annotations

import time

import pytest

from luoshi.officialdoc.readers import read_paper
from luoshi.text import read, restore
from tests.hostile.corpus import PAGES, TEXTS, Case

TAKEN = [case for case in TEXTS + PAGES if case.refused is None]
SECONDS = 15.0


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: f"{case.name}: {case.label}")
def test_what_is_taken_is_restored_and_read(case: Case) -> None:
    text = read_paper(case.build(), case.name).text
    started = time.process_time()
    restoration = restore(text)
    reading = read(restoration.text)
    assert time.process_time() - started < SECONDS
    for found in reading.findings:
        assert 0 <= found.start <= found.end <= len(restoration.text)
