"""Any string is accepted, in linear time."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.text import restore
from luoshi.text.spans import SpanMap
from tests.text.restore.checks import checked

ODD = st.text(
    st.sampled_from("發(fā)?學xué,。、！？會議\n\ue319€\ud800\x00 A9%;&/p>ldquo“”㐀𠀀(lián)聯擔"),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(ODD)
def test_any_string_has_a_true_receipt(text: str) -> None:
    checked(text)


@pytest.mark.parametrize(
    "unit",
    ["?", "(tài)", "發(fā)", "?lián)", "會?!敖", "(", "\ue319", "\ud800", "\x00", "會(huì)??、"],
)
def test_time_is_linear(unit: str) -> None:
    small, large = unit * 200, unit * 1600
    restore(small)
    start = process_time()
    restore(small)
    middle = process_time()
    restore(large)
    assert process_time() - middle < 8 * 3 * (middle - start) + 0.5


@pytest.mark.parametrize("text", ["", "(tài)", "?" * 100_000, "態(t", "會議(huì", "\ufeff"])
def test_odd_pages_keep_their_text(text: str) -> None:
    assert checked(text).text == text


def test_offsets_map_both_ways(seed_page: str) -> None:
    result = restore(seed_page)
    for at in range(len(result.text)):
        received = result.to_received(at)
        assert result.to_restored(received) <= at
        start, end = result.span_to_received(at, at + 1)
        assert result.span_to_restored(start, end) >= (at, at + 1) or start <= received < end
    for repair in result.repairs:
        widened = result.span_to_restored(repair.start, repair.end)
        assert widened == (repair.out_start, repair.out_end)


def test_a_span_is_rounded_outward_to_the_edges_of_a_repair() -> None:
    spans = SpanMap([(2, 6, 2, 2), (8, 10, 4, 7)])
    assert spans.forward(3) == 2
    assert spans.backward(5) == 8
    assert spans.forward_span(9, 12) == (4, 9)
    assert spans.backward_span(5, 6) == (8, 10)
    assert spans.backward_span(1, 2) == (1, 2)  # a deletion at the edge stays outside
    assert spans.backward_span(1, 3) == (1, 7)
    assert SpanMap([]).forward_span(3, 5) == (3, 5)
