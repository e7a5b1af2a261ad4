"""A reading has the schema's shape, every value its place, and is the same every time."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from luoshi.text import read
from luoshi.text.reading import Finding

Documents = dict[str, tuple[str, dict[str, Any]]]
KEYS = [
    "kind",
    "n_chars",
    "title",
    "published",
    "signed",
    "doc_no",
    "source",
    "column",
    "clicks",
    "meeting",
    "themes",
    "areas",
    "directives",
    "results",
]
KINDS = {
    "title",
    "published",
    "signed",
    "doc_no",
    "source",
    "column",
    "clicks",
    "meeting",
    "person",
    "agenda",
    "honour",
    "commitment",
    "commitment_count",
    "theme",
    "area",
    "directive",
    "result",
}


def test_the_dictionary_has_the_keys_of_the_schema(documents: Documents) -> None:
    for text, gold in documents.values():
        found = read(text).as_dict()
        assert list(found) == KEYS
        assert set(found["directives"][0] if found["directives"] else {}) <= set(
            gold["directives"][0] if gold["directives"] else {}
        )
        assert not found["meeting"] or set(found["meeting"]) == set(gold["meeting"] or {})


def test_quotes_are_the_words_under_their_offsets(documents: Documents) -> None:
    for text, _ in documents.values():
        found = read(text).as_dict()
        agenda = (found["meeting"] or {}).get("agenda", [])
        for row in [*found["directives"], *found["results"], *agenda]:
            assert text[row["start"] : row["end"]] == row["quote"]


def test_findings_stand_in_the_order_of_the_text_with_their_reasons(documents: Documents) -> None:
    for text, _ in documents.values():
        findings = read(text).findings
        assert [f.start for f in findings] == sorted(f.start for f in findings)
        for finding in findings:
            _check(finding, len(text))


def _check(finding: Finding, size: int) -> None:
    assert finding.kind in KINDS
    assert 0 <= finding.start < finding.end <= size
    assert finding.rules
    assert 0 < finding.confidence <= 1
    for spans in finding.spans.values():
        assert all(0 <= start < end <= size for start, end in spans)


def test_each_owner_of_a_directive_has_its_own_place(documents: Documents) -> None:
    text, _ = documents["B23"]
    for finding in (f for f in read(text).findings if f.kind == "directive"):
        for role in ("lead_units", "responsible_units", "cooperating_units"):
            spans = finding.spans.get(role, [])
            assert [text[a:b] for a, b in spans] == finding.value[role]


def test_doubts_name_what_is_missing() -> None:
    text = "南江区召开工作会\n5月6日，南江区召开工作会。会议要求，要尽快完善排水管网。"
    doubts = read(text).findings[-1].doubts
    assert {"no-owner", "no-deadline", "vague"} <= set(doubts)


def test_reading_twice_gives_the_same(documents: Documents) -> None:
    text, _ = documents["A22"]
    assert read(text) == read(str(text))


def test_importing_the_reader_loads_nothing_heavy() -> None:
    heavy = "django, opencc, pypinyin, ftfy, typer, lxml"
    code = f"import sys, luoshi.text; print([m for m in {heavy.split(', ')!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
