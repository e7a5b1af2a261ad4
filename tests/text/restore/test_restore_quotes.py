"""Quotation marks: which are open, and what speaks against a guess that leaves them unpaired."""

import pytest

from luoshi.text.restore_quotes import left_open, open_marks, unbalanced


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("", ""),
        ("他說：“好”。", ""),
        ("他說：“讀《左傳》和《史", "“《"),
        ("「一『二』三", "「"),
        ("三”“四", "“"),
        ("“一《二”三", ""),  # closing the outer one closes the inner one
    ],
)
def test_open_marks_are_named_outermost_first(text: str, marks: str) -> None:
    assert open_marks(text) == marks


@pytest.mark.parametrize(
    ("out", "marks"), [("", ""), ("“三保”", ""), ("好”", "“"), ("》”", "“《"), ("“《", "")]
)
def test_paired_marks_cost_nothing(out: str, marks: str) -> None:
    assert unbalanced(out, marks) == 0


@pytest.mark.parametrize(
    ("out", "marks"), [("”", ""), ("“", "“"), ("”", "“《"), ("“好”》", ""), ("《“《", "")]
)
def test_a_mark_out_of_turn_costs(out: str, marks: str) -> None:
    assert unbalanced(out, marks) < 0


def test_each_mark_out_of_turn_costs_anew_and_a_wrong_end_most() -> None:
    assert unbalanced("””", "") == 2 * unbalanced("”", "") < unbalanced("“", "“")


def test_a_line_does_not_end_in_an_opening_mark() -> None:
    assert left_open("會議“", "\n") < 0
    assert left_open("會議“", "") < 0
    assert left_open("會議“", "好") == left_open("會議”", "\n") == left_open("", "") == 0
