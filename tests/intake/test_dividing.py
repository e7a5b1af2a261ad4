"""Values united and divided: what stands in the words goes with them, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luoshi.intake.dividing import Part, divided, halves, united
from luoshi.intake.schema import OWNERS, empty_value


def part(**given: Any) -> Part:
    spans = given.pop("spans", {})
    doubts = given.pop("doubts", [])
    return Part(empty_value("directive") | given, spans, doubts)


YEAR = {"text": "年底前", "value": "2023", "kind": "year"}
JUNE = {"text": "6月底前", "value": "2023-06", "kind": "month"}


def test_a_union_names_everybody_once_and_keeps_the_later_date_as_its_deadline() -> None:
    first = part(lead_units=["甲局"], deadline={**YEAR, "value": "2023-12"}, doubts=["vague"])
    second = part(lead_units=["甲局", "乙局"], deadline=JUNE, doubts=["no-owner", "year-assumed"])
    whole = united(first, second)
    assert whole.value["lead_units"] == ["甲局", "乙局"]
    assert whole.value["deadline"]["value"] == "2023-12"
    assert whole.value["milestones"] == [{"text": "6月底前", "value": "2023-06"}]
    assert whole.doubts == ["year-assumed"]  # a whole lacks only what both parts lack


def test_a_cut_sends_each_value_with_its_words() -> None:
    whole = part(
        responsible_units=["甲局", "乙局"], deadline=JUNE, verbs=["办", "交"],
        targets=[{"metric": "路", "operator": "=", "value": 3, "unit": "条"}],
        spans={"responsible_units": [[0, 2], [10, 12]], "deadline": [[13, 17]],
               "targets": [[18, 20]], "whole": [[0, 30]]},
    )  # fmt: skip
    left, right = divided(whole, 10, ("甲局办", "乙局6月底前交3条路"))
    assert (left.value["responsible_units"], left.value["deadline"]) == (["甲局"], None)
    assert (right.value["responsible_units"], right.value["deadline"]) == (["乙局"], JUNE)
    assert (left.value["targets"], len(right.value["targets"])) == ([], 1)
    assert (left.value["verbs"], right.value["verbs"]) == (["办"], ["交"])
    assert left.doubts == ["no-deadline"]
    assert "whole" not in left.spans | right.spans


def test_a_label_outside_the_words_and_owners_of_one_part_alone_hold_for_both() -> None:
    spans = {"lead_units": [[40, 42]], "responsible_units": [[0, 2]], "whole": [[0, 30]]}
    whole = part(lead_units=["丙局"], responsible_units=["甲局"], spans=spans)
    left, right = divided(whole, 10, ("甲局办", "再交"))
    assert left.value["lead_units"] == right.value["lead_units"] == ["丙局"]
    alone = part(responsible_units=["甲局"], spans={**spans, "lead_units": []})
    _left, right = divided(alone, 10, ("甲局办", "再交"))
    assert right.value["responsible_units"] == ["甲局"]
    assert "no-owner" not in right.doubts


@given(some.text("甲乙，。 办", min_size=1, max_size=30), some.integers(-3, 40))
def test_a_cut_leaves_words_on_both_sides_or_is_none(words: str, at: int) -> None:
    cut = halves(words, 0, len(words), at)
    if cut is not None:
        (start, end), (other, last) = cut
        assert 0 == start < end <= other < last == len(words)
        assert words[start:end].strip("，。 ")
        assert words[other:last].strip("，。 ")


@given(some.lists(some.sampled_from("甲乙丙丁"), max_size=4, unique=True), some.data())
def test_no_owner_is_lost_in_a_cut(names: list[str], data: some.DataObject) -> None:
    places = [[at * 3, at * 3 + 2] for at in range(len(names))]
    whole = part(lead_units=names, spans={"lead_units": places, "whole": [[0, 20]]})
    left, right = divided(whole, data.draw(some.integers(1, 19)), ("", ""))
    kept = {name for each in (left, right) for role in OWNERS for name in each.value[role]}
    assert kept == set(names)


@pytest.mark.parametrize("first_lacks", [True, False])
def test_a_union_with_one_date_has_it(first_lacks: bool) -> None:
    pair = (part(), part(deadline=JUNE)) if first_lacks else (part(deadline=JUNE), part())
    assert united(*pair).value["deadline"] == JUNE
