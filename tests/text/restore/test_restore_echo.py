"""The page's own words choose between readings that the model finds alike."""

from luoshi.text.restore_echo import listen
from luoshi.text.restore_runs import Path
from luoshi.text.restore_walker import Outcome


def heard(text: str) -> Outcome:
    """Two readings of the run behind 和省級擔, the worse one in the words of the page."""
    at = text.index("?")
    paths = [Path(at + 2, 0, out, "", 0.0) for out in ("。基", "保基")]
    outcome = Outcome(paths, [-20.0, -21.0], -40.0, 4)
    listen(text, at, text[at - 3 : at], outcome)
    return outcome


def test_a_term_of_the_page_comes_again() -> None:
    page = "設立擔保基金，擔保基金由財政出資。\n省級擔?;金和機構"
    assert [path.out for path in heard(page).paths] == ["保基", "。基"]


def test_a_page_that_says_nothing_changes_nothing() -> None:
    outcome = heard("省級擔?;金和機構")
    assert [path.out for path in outcome.paths] == ["。基", "保基"]
    assert outcome.scores[0] - outcome.scores[1] == 1.0
