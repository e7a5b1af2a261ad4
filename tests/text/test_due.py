"""On which day a deadline falls: periods, spans of days and of working days, and what is provisional."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel.calendar import is_working_day
from luoshi.text.due import Due, due_of, runs_from

ISSUED = date(2023, 1, 18)  # a Wednesday
# As the notice for 2023 had it: 21 to 27 January free, 28 and 29 worked.
NOTICE = {date(2023, 1, day): day in (28, 29) for day in (21, 22, 23, 24, 25, 26, 27, 28, 29)}


def due(value: str | None, words: str = "", anchor: date | None = ISSUED) -> Due | None:
    return due_of(
        value, words, year=2023, anchor=anchor, holidays=NOTICE, announced=frozenset({2023})
    )


@pytest.mark.parametrize(
    ("period", "day", "precision"),
    [
        ("2023-11-30", date(2023, 11, 30), "date"),
        ("2023-11", date(2023, 11, 30), "month"),
        ("XXXX-02", date(2023, 2, 28), "month"),
        ("2023-Q2", date(2023, 6, 30), "quarter"),
        ("2023-H1", date(2023, 6, 30), "half"),
        ("2023", date(2023, 12, 31), "year"),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, day: date, precision: str) -> None:
    assert due(period) == Due(day, precision)


@pytest.mark.parametrize(
    "value",
    [None, "", "recurring", "2023-13", "2023-02-30", "2023-XX", "0000", "2023-Q2-03", "P", "PT3D",
     "P3H", "P9999Y", "XXXX-XX-XX", "一月"],
)  # fmt: skip
def test_what_names_no_day_gives_none(value: str | None) -> None:
    assert due(value) is None


@pytest.mark.parametrize(
    ("value", "words", "day"),
    [
        ("P3D", "3日内", date(2023, 1, 21)),
        ("P3D", "3个工作日内", date(2023, 1, 28)),
        ("P5D", "5個工作天內", date(2023, 1, 30)),
        ("P1M", "一个月内", date(2023, 2, 18)),
        ("P1Y", "一年内", date(2024, 1, 18)),
        ("PT36H", "36小时内", date(2023, 1, 20)),
    ],
)
def test_a_span_runs_from_its_day(value: str, words: str, day: date) -> None:
    assert due(value, words) == Due(day, "date", counted=True)


def test_a_month_later_than_the_31st_is_the_last_of_its_month() -> None:
    found = due("P1M", "一个月内", date(2023, 1, 31))
    assert found is not None
    assert found.day == date(2023, 2, 28)


def test_a_span_without_its_day_gives_none() -> None:
    assert due("P15D", "15日内", None) is None


def test_working_days_through_a_year_that_is_not_announced_are_provisional() -> None:
    late = due("P15D", "15个工作日内", date(2023, 12, 20))
    assert late is not None
    assert late.day.year == 2024
    assert late.provisional
    calendar_days = due("P15D", "15日内", date(2023, 12, 20))
    assert calendar_days is not None
    assert not calendar_days.provisional


@given(st.integers(0, 400), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_so_many_working_days_lie_between(count: int, start: date) -> None:
    found = due(f"P{count}D", f"{count}个工作日内", start)
    assert found is not None
    between = (
        date.fromordinal(at) for at in range(start.toordinal() + 1, found.day.toordinal() + 1)
    )
    assert sum(is_working_day(day, NOTICE) for day in between) == count


@given(st.text(max_size=12), st.text(max_size=20), st.dates())
def test_no_value_raises(value: str, words: str, anchor: date) -> None:
    due(value, words, anchor)
    runs_from(words)


@given(st.sampled_from(["P9999D", "P9999M", "P9999Y", "PT9999H"]), st.sampled_from(["", "工作日"]))
def test_a_span_beyond_the_calendar_gives_a_day_or_none(value: str, words: str) -> None:
    due(value, words, date.max)
    due(value, words, date.min)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("自印发之日起30日内", "paper"),
        ("15个工作日内", "paper"),
        ("会后一周内", "meeting"),
        ("會議結束後3日內", "meeting"),
        ("收到通知之日起5个工作日内", "event"),
        ("公示之日起15日内", "event"),
        ("接到報告後10日內", "event"),
    ],
)
def test_from_which_day_a_span_runs_is_read_from_its_clause(words: str, start: str) -> None:
    assert runs_from(words) == start
