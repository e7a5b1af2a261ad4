"""The shape of each kind: what fits comes back, what does not is named, nothing is too odd to be looked at."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luoshi.intake.rules import GAPS, SURE, is_sure
from luoshi.intake.schema import SCHEMA, checked_value, empty_value, kind_of_time, value_of_words
from luoshi.intake.states import FINDING_KINDS
from luoshi.intake.times import time_of
from luoshi.kernel.errors import Invalid
from luoshi.web.intake.correcting import INPUTS, TABLES

ODD = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=6),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(["text", "value", "kind", "operator"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def test_every_kind_has_a_shape_and_a_form_with_every_field_of_it() -> None:
    assert set(SCHEMA) == set(dict(FINDING_KINDS)) == set(INPUTS)
    for kind, fields in SCHEMA.items():
        shown = {each.name for each in INPUTS[kind]} - {"deadline_value"}
        assert shown | {table.name for table in TABLES.get(kind, ())} == set(fields), kind


@given(some.sampled_from(sorted(SCHEMA)), some.data())
def test_no_value_is_too_odd_to_be_judged(kind: str, data: some.DataObject) -> None:
    name = data.draw(some.sampled_from([*SCHEMA[kind], "nonsense"]))
    given_ = {name: data.draw(ODD)}
    made, faults = {name: given_[name]}, set()
    try:
        made = checked_value(kind, empty_value(kind), given_)
    except Invalid as error:
        faults = set(error.fields)
    assert made[name] == given_[name]
    assert faults <= {name, *SCHEMA[kind]}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("deadline", {"text": "年底前", "value": "2023", "kind": "month"}, "not_a_time"),
        ("deadline", {"text": "", "value": None, "kind": None}, "not_a_time"),
        ("deadline", {"text": "三十一", "value": "2023-06-31", "kind": "date"}, "not_a_time"),
        ("targets", [{"metric": "路", "operator": "!", "value": 3, "unit": ""}], "invalid_choice"),
        ("targets", [{"metric": "路", "operator": "=", "value": "三", "unit": ""}], "not_a_number"),
        ("milestones", [{"text": "", "value": "2023"}], "not_a_time"),
        ("lead_units", "区住建局", "invalid_choice"),
        ("strength", "harder", "invalid_choice"),
    ],
)
def test_what_does_not_fit_is_named(name: str, value: Any, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        checked_value("directive", empty_value("directive"), {name: value})
    assert caught.value.fields == {name: code}


@pytest.mark.parametrize(
    ("words", "value", "kind"),
    [
        ("2023-11-30", "2023-11-30", "date"), ("年底前", "2023", "year"), ("6月底前", "2023-06", "month"),
        ("第三季度", "2023-Q3", "quarter"), ("适时", None, None), ("", None, None), ("P15D", "P15D", "relative"),
    ],
)  # fmt: skip
def test_a_time_is_worked_out_from_its_words(words: str, value: str | None, kind: str) -> None:
    assert time_of(words, 2023, 1) == {"text": words, "value": value, "kind": kind}


@given(some.text(max_size=20))
def test_any_words_are_a_time_or_none(words: str) -> None:
    made = time_of(words, 2023, 1)
    assert (made["value"] is None) == (made["kind"] is None)
    if made["value"]:
        assert kind_of_time(made["value"]) == made["kind"]


def test_words_marked_by_hand_fit_their_kind() -> None:
    for kind in SCHEMA:
        words = {"published": "2023-01-28", "signed": "2023-01-28"}.get(kind, "12")
        made = value_of_words(kind, words)
        assert checked_value(kind, made, made) == made
    for kind in ("published", "signed", "clicks", "commitment_count"):
        with pytest.raises(Invalid):
            value_of_words(kind, "很多")


def test_what_a_sentence_leaves_open_is_no_doubt_about_the_reading() -> None:
    assert is_sure(GAPS, SURE)
    assert not is_sure(GAPS, SURE - 1)
    assert not is_sure({"year-assumed"}, 1000)
