"""Which sentences of prose are rows, where they begin and end, and who is their subject."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luoshi.text import read
from luoshi.text.clauses import clause
from luoshi.text.dates import Clock
from luoshi.text.fold import fold

Cases = Callable[[str], list[dict[str, Any]]]
LISTS = (
    "lead_leaders",
    "lead_units",
    "responsible_units",
    "cooperating_units",
    "responsible_people",
)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {"quote": row["quote"], **{name: row[name] for name in ("area", *LISTS) if row[name]}}


def _subjects(words: str) -> list[str]:
    text = fold(words).text
    return [
        text[owner.start : owner.end] for owner in clause(text, 0, len(text), Clock(2025)).owners
    ]


def test_the_rows_of_prose_have_their_words_owners_and_areas(cases: Cases) -> None:
    for case in cases("rows"):
        found = read(case["given"]).as_dict()
        assert [_row(row) for row in found["directives"]] == case["expected"], case["label"]
        assert found["areas"] == case["areas"], case["label"]


def test_every_kind_of_unit_is_the_subject_of_every_kind_of_predicate(cases: Cases) -> None:
    names = cases("subjects")[0]
    missed = [
        name + predicate
        for name in names["names"]
        for predicate in names["predicates"]
        if _subjects(name + predicate) != [fold(name).text]
    ]
    assert not missed


def test_words_that_look_like_a_unit_are_no_subject(cases: Cases) -> None:
    case = cases("subjects")[1]
    for words, expected in zip(case["given"], case["expected"], strict=True):
        assert _subjects(words) == expected, words


def test_a_full_stop_of_one_byte_ends_a_sentence_and_a_list_number() -> None:
    rows = read(
        "青溪鎮鎮長辦公會議紀要\n會議議定:\n1.農技站3月底前完成土壤普查.水管站負責修復渠道6公里.\n2.財政所按進度撥款."
    ).as_dict()["directives"]
    assert [row["quote"] for row in rows] == [
        "農技站3月底前完成土壤普查",
        "水管站負責修復渠道6公里",
        "財政所按進度撥款",
    ]


def test_a_plan_in_articles_has_rows_and_a_charter_has_none() -> None:
    articles = "第一条 为规范管理，制定本{0}。\n第二条 门诊部6月底前开通预约。\n第三条 各科室须建立台账。\n第四条 信息科每月通报一次。"
    plan = read("白榆医院服务提升实施方案\n" + articles.format("方案")).as_dict()
    charter = read("白榆医院工会章程\n" + articles.format("章程")).as_dict()
    assert len(plan["directives"]) == 3
    assert charter["directives"] == []
