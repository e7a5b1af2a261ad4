"""Commitments that leave open whether, how far or by when are marked, with the words that say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luoshi.text import read
from luoshi.text.reading import Finding

CASES = json.loads((Path(__file__).parents[1] / "cases/read/vague.json").read_text("utf-8"))
HEAD = "云溪区召开工作推进会\n5月6日，云溪区召开工作推进会。"


def directive(text: str) -> Finding:
    """The only directive of the text."""
    (found,) = (each for each in read(text).findings if each.kind == "directive")
    return found


@pytest.mark.parametrize("case", CASES["vague"], ids=lambda case: case["label"])
def test_a_vague_commitment_is_marked_with_its_words(case: dict) -> None:
    text = HEAD + case["given"]
    found = directive(text)
    assert "vague" in found.doubts
    assert [text[start:end] for start, end in found.spans.get("vague", [])] == case["vague"]


@pytest.mark.parametrize("case", CASES["clear"], ids=lambda case: case["label"])
def test_a_commitment_that_can_be_measured_is_not_vague(case: dict) -> None:
    found = directive(HEAD + case["given"])
    assert "vague" not in found.doubts
    assert "vague" not in found.spans
