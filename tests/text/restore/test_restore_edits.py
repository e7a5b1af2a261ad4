"""Layers of edits: two become one that does the same, and of two that meet the surer one stays."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.text.restore_edits import Edits, Row, What, apply, changed, compose, merged, repairs
from luoshi.text.restore_edits import span_map as map_of
from luoshi.text.restore_records import APPLIED

TEXTS = st.text("甲乙丙丁", max_size=20)
STATUSES = st.sampled_from(["exact", "exact", "inferred", "uncertain", "proposed"])


@st.composite
def layers(draw: st.DrawFn, text: str) -> Edits:
    """Edits of a text: sorted, disjoint, none of them empty."""
    edits = Edits()
    at = draw(st.integers(0, 3))
    while at < len(text):
        end = min(len(text), at + draw(st.integers(1, 4)))
        edits.add(at, end, What(draw(st.text("ab", max_size=4)), "cut", draw(STATUSES)))
        at = end + draw(st.integers(0, 2))
    return edits


def meet(one: Row, other: Row) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_layer_does_what_two_did(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    first = data.draw(layers(text))
    middle = apply(text, first)
    second = data.draw(layers(middle))
    both = compose(first, second, middle)
    assert apply(text, both) == apply(middle, second)
    assert all(left[1] <= right[0] for left, right in pairwise(both))
    rows = list(both)
    for row in first:
        if row[2].status == "inferred":
            assert any(meet(row, one) and one[2].status == "inferred" for one in rows)
        elif row[2].status not in APPLIED and not any(meet(row, one) for one in rows):
            raise AssertionError(row)


def test_two_edits_inside_one_earlier_edit_both_stand() -> None:
    first = Edits([(0, 1, What("天地人", "misaligned", "inferred"))])
    second = Edits([(0, 1, What("A", "cut", "exact")), (2, 3, What("B", "cut", "exact"))])
    whole = What("A地B", "cut", "inferred")  # what stands on a guess is never exact
    assert list(compose(first, second, "天地人乙")) == [(0, 1, whole)]


def test_a_doubt_over_an_earlier_repair_keeps_the_part_behind_it() -> None:
    first = Edits([(1, 2, What("天地", "misaligned", "exact"))])
    doubt = What("", "number", "uncertain")
    assert list(compose(first, Edits([(0, 4, doubt)]), "甲天地乙丙")) == [
        (1, 2, first.whats[0]),
        (2, 3, What("乙", "number", "uncertain")),
    ]
    assert list(compose(first, Edits([(2, 3, doubt)]), "甲天地乙丙")) == list(first)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_two_layers_of_one_text_keep_the_surer_of_two_that_meet(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    first, second = data.draw(layers(text)), data.draw(layers(text))
    rows, other = list(first), list(second)
    found = list(merged(first, second))
    assert all(left[1] <= right[0] for left, right in pairwise(found))
    for row in found:
        assert row in rows or row in other
    for row in rows + other:
        against = [one for one in rows + other if meet(one, row) and one is not row]
        if row[2].status in APPLIED:
            against = [one for one in against if one[2].status in APPLIED]
        assert against or row in found


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_records_say_where_each_edit_stands_before_and_after(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    edits = data.draw(layers(text))
    restored = apply(text, edits)
    spans = map_of(edits)
    records = repairs(text, edits)
    assert len(records) == len(edits)
    for record in records:
        stands = record.after if record.applied else record.before
        assert restored[record.out_start : record.out_end] == stands
        assert text[record.start : record.end] == record.before
        if record.applied:
            span = record.out_start, record.out_end
            assert spans.forward_span(record.start, record.end) == span
            assert span in changed(edits)
