"""The seed document reads exactly as a person read it."""

from __future__ import annotations

from typing import Any

import pytest

from luoshi.text import read

Documents = dict[str, tuple[str, dict[str, Any]]]
FIELDS = (
    "start",
    "end",
    "quote",
    "area",
    "lead_leaders",
    "lead_units",
    "responsible_units",
    "cooperating_units",
    "responsible_people",
    "deadline",
    "targets",
    "strength",
)


@pytest.fixture(scope="module")
def seed(documents: Documents) -> tuple[str, dict[str, Any]]:
    """Text and annotation of the seed."""
    return documents["A01"]


def test_the_page_the_meeting_and_the_lists_are_those_of_the_annotation(seed: Any) -> None:
    text, gold = seed
    found = read(text).as_dict()
    for name in ("kind", "title", "published", "signed", "doc_no", "source", "column", "clicks"):
        assert found[name] == gold[name]
    assert found["meeting"] == gold["meeting"]
    assert found["areas"] == gold["areas"]
    assert found["themes"] == gold["themes"]
    assert found["n_chars"] == gold["n_chars"]


def test_the_seven_directives_stand_where_the_annotation_puts_them(seed: Any) -> None:
    text, gold = seed
    found = read(text).as_dict()["directives"]
    assert [[row[f] for f in FIELDS] for row in found] == [
        [row[f] for f in FIELDS] for row in gold["directives"]
    ]


def test_the_results_carry_the_figures_of_the_annotation(seed: Any) -> None:
    text, gold = seed
    found = read(text).as_dict()["results"]
    told = ("start", "end", "value", "unit")
    assert [[r[f] for f in told] for r in found] == [[r[f] for f in told] for r in gold["results"]]


def test_each_area_person_and_pledge_points_at_its_own_words(seed: Any) -> None:
    text, _ = seed
    for finding in read(text).findings:
        words = text[finding.start : finding.end]
        if finding.kind in ("area", "person", "theme"):
            assert words == finding.value["name"]
        if finding.kind == "commitment":
            assert words == finding.value["unit"]
    names = [f.value["name"] for f in read(text).findings if f.kind == "area"]
    assert len(names) == 13


@pytest.mark.parametrize(("before", "after"), [("\n\n  ", ""), ("", "\n \n"), ("\n", "\n\n")])
def test_blank_lines_around_the_text_only_shift_the_places(
    seed: Any, before: str, after: str
) -> None:
    text, gold = seed
    found = read(before + text + after).as_dict()
    assert [row["quote"] for row in found["directives"]] == [
        row["quote"] for row in gold["directives"]
    ]
    assert found["directives"][0]["start"] == gold["directives"][0]["start"] + len(before)
    assert found["title"] == gold["title"]
