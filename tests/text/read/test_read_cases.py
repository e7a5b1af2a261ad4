"""Documents of other places and layouts, and the small grammars of dates and figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from luoshi.text import read
from luoshi.text.dates import Clock, moments
from luoshi.text.fold import fold
from luoshi.text.targets import figures

Cases = Callable[[str], list[dict[str, Any]]]
LISTS = (
    "lead_leaders",
    "lead_units",
    "responsible_units",
    "cooperating_units",
    "responsible_people",
)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A directive in the short form of the case files."""
    short: dict[str, Any] = {"quote": row["quote"]}
    short.update({name: row[name] for name in ("area", *LISTS) if row[name]})
    if row["deadline"]:
        short["deadline"] = row["deadline"]["value"]
    if row["milestones"]:
        short["milestones"] = [step["value"] for step in row["milestones"]]
    if row["targets"]:
        short["targets"] = [[t["operator"], t["value"], t["unit"]] for t in row["targets"]]
    return short


def _short(found: dict[str, Any]) -> dict[str, Any]:
    """A reading in the short form of the case files."""
    names = ("kind", "title", "published", "signed", "areas")
    short = {name: found[name] for name in names}
    short["themes"] = [theme["name"] for theme in found["themes"]]
    met = found["meeting"]
    if met:
        short["meeting"] = {
            "name": met["name"],
            "date": met["date"],
            "people": [[p["name"], p["posts"], p["acts"]] for p in met["people"]],
            "commitments": [pledge["unit"] for pledge in met["commitments"]],
        }
    short["directives"] = [_row(row) for row in found["directives"]]
    short["results"] = [[r["quote"], r["value"], r["unit"]] for r in found["results"]]
    return short


def test_documents_of_many_layouts_read_as_expected(cases: Cases) -> None:
    for case in cases("documents"):
        assert _short(read(case["given"]).as_dict()) == case["expected"], case["label"]


def test_texts_that_order_nothing_give_no_directive(cases: Cases) -> None:
    for case in cases("negative"):
        assert read(case["given"]).as_dict()["directives"] == [], case["label"]


def test_times_of_official_prose_have_the_value_of_the_schema(cases: Cases) -> None:
    for case in cases("dates"):
        text = case["given"]
        found = moments(text, Clock(2025, 4))
        assert [[text[m.start : m.end], m.value, m.kind] for m in found] == case["expected"], text


def test_a_time_whose_year_is_not_printed_says_that_it_was_assumed() -> None:
    assert moments("6月底前", Clock(2025))[0].assumed
    assert not moments("2025年6月底前", Clock(2025))[0].assumed
    assert moments("6月底前", Clock())[0].value == "XXXX-06"


def test_figures_have_operator_value_and_unit(cases: Cases) -> None:
    for case in cases("figures"):
        text = case["given"]
        found = [f for f in figures(text, 0, len(text)) if not f.threshold]
        assert [[f.operator, f.value, f.unit] for f in found] == case["expected"], text


def test_a_number_that_only_says_which_things_are_meant_is_a_threshold() -> None:
    for text in ("超过500户的网格", "单户金额500万元及以下的小微企业", "65岁以上老年人免费体检"):
        assert all(f.threshold for f in figures(text, 0, len(text))), text


def test_folding_keeps_the_places_of_the_raw_text() -> None:
    raw = "　區發改局要於6月20 日前完成三號碼頭浚深工作，並於月底前報區政府辦公室備案，不得拖延至次年。"
    folded = fold(raw)
    at = folded.text.index("6月20日前")
    assert folded.quote(at, at + 6) == "6月20 日前"
    assert folded.text.startswith(" 区发改局要于")


@pytest.mark.xfail(strict=True, reason="kept as known failures")
@pytest.mark.parametrize("index", [0])
def test_known_failures_are_read_one_day(cases: Cases, index: int) -> None:
    case = cases("known_failures")[index]
    found = read(case["given"]).as_dict()
    if "person" in case:
        assert case["person"] in [p["name"] for p in found["meeting"]["people"]]
    if "result" in case:
        assert case["result"] in [r["value"] for r in found["results"]]
