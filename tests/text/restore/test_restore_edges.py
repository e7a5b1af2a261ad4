"""Any string is accepted, in linear time."""

import pickle
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


DAMAGED = "會議要求加快發(fā)展,認真學(xué)習(xí)貫徹,經(jīng)濟總量穩步提高。" * 3


@pytest.mark.parametrize(
    "unit",
    [
        "?",
        "? ",
        "1?",
        "7",
        "因(lián)在,",
        ",。",
        "“",
        "\ue319",
        "?ldquo;",
        "一(yī)二(èr)\n",
        "會??、",
    ],
)
def test_time_is_linear_on_a_damaged_page(unit: str) -> None:
    small, large = DAMAGED + unit * 2_000, DAMAGED + unit * 32_000
    restore(small)
    start = process_time()
    restore(small)
    middle = process_time()
    restore(large)
    assert process_time() - middle < 16 * 3 * (middle - start) + 0.5


def test_a_page_cut_in_the_middle_keeps_its_receipt(seed_page: str) -> None:
    for end in range(0, len(seed_page), 97):
        checked(seed_page[:end])


def test_repairs_are_a_sequence_like_a_tuple(seed_page: str) -> None:
    repairs = restore(seed_page).repairs
    rows = tuple(repairs)
    assert repairs == rows
    assert repairs == restore(seed_page).repairs
    assert repairs != rows[1:]
    assert hash(repairs) == hash(rows)
    assert repairs[0] == rows[0]
    assert repairs[-1] == rows[-1]
    assert repairs[3:9:2] == rows[3:9:2]
    assert rows[5] in repairs
    assert repairs.index(rows[5]) == 5
    assert list(reversed(repairs)) == list(reversed(rows))
    assert repr(repairs) == repr(rows)
    assert pickle.loads(pickle.dumps(repairs)) == rows
    with pytest.raises(IndexError):
        repairs[len(rows)]


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


def test_a_map_names_the_replacements_that_a_span_meets() -> None:
    rows = [(2, 4, 2, 2), (6, 8, 4, 4), (8, 9, 4, 7), (12, 14, 10, 11)]
    spans = SpanMap(rows)
    for start in range(14):
        for end in range(start, 14):
            met = [place for place in range(4) if rows[place][3] > start and rows[place][2] < end]
            assert list(spans.met_by(start, end)) == met
    assert SpanMap.of_columns(*map(list, zip(*rows, strict=True))).backward(5) == spans.backward(5)


def test_a_span_is_rounded_outward_to_the_edges_of_a_repair() -> None:
    spans = SpanMap([(2, 6, 2, 2), (8, 10, 4, 7)])
    assert spans.forward(3) == 2
    assert spans.backward(5) == 8
    assert spans.forward_span(9, 12) == (4, 9)
    assert spans.backward_span(5, 6) == (8, 10)
    assert spans.backward_span(1, 2) == (1, 2)  # a deletion at the edge stays outside
    assert spans.backward_span(1, 3) == (1, 7)
    assert SpanMap([]).forward_span(3, 5) == (3, 5)
