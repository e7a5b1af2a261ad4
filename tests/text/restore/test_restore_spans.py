"""Offsets and spans of a text and its rewritten form lead to each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.text.spans import SpanMap

Rows = list[tuple[int, int, int, int]]


@st.composite
def replacements(draw: st.DrawFn) -> tuple[Rows, int, int]:
    """Replacements of a text, some of them deletions, and the lengths of both texts."""
    rows, at, out = [], 0, 0
    for _ in range(draw(st.integers(0, 5))):
        kept, before, after = (draw(st.integers(low, 3)) for low in (0, 1, 0))
        at, out = at + kept, out + kept
        rows.append((at, at + before, out, out + after))
        at, out = at + before, out + after
    tail = draw(st.integers(0, 3))
    return rows, at + tail, out + tail


def partners(rows: Rows, length: int) -> list[tuple[int, int]]:
    """The span that each character leads to: its own place, or the whole replacement."""
    found, shift = [], 0
    for at in range(length):
        row = next((row for row in rows if row[0] <= at < row[1]), None)
        if row:
            found.append((row[2], row[3]))
            shift = row[3] - row[1]
        else:
            found.append((at + shift, at + shift + 1))
    return found


@given(replacements())
def test_a_span_leads_to_all_that_its_characters_became(given_: tuple[Rows, int, int]) -> None:
    rows, length, _ = given_
    spans, places = SpanMap(rows), partners(rows, length)
    for start in range(length):
        assert spans.forward(start) == places[start][0]
        for end in range(start + 1, length + 1):
            span = places[start][0], places[end - 1][1]
            assert spans.forward_span(start, end) == span
        assert spans.forward_span(start, start) == (places[start][0], places[start][0])


@given(replacements())
def test_the_way_back_is_the_way_of_the_turned_map(given_: tuple[Rows, int, int]) -> None:
    rows, _, out_length = given_
    spans = SpanMap(rows)
    turned = SpanMap((row[2], row[3], row[0], row[1]) for row in rows)
    assert len(spans) == len(rows)
    assert [spans.replacement(place) for place in range(len(rows))] == rows
    for start in range(out_length + 1):
        assert spans.backward(start) == turned.forward(start)
        for end in range(start, out_length + 1):
            assert spans.backward_span(start, end) == turned.forward_span(start, end)


@given(replacements())
def test_ends_lead_to_each_other(given_: tuple[Rows, int, int]) -> None:
    rows, length, out_length = given_
    spans = SpanMap(rows)
    assert spans.forward(length) == out_length
    assert spans.backward(out_length) == length
