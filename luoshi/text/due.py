"""The day on which a deadline of the schema falls, how exact it is, and whether it may still move."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from luoshi.kernel.calendar import working_day_after
from luoshi.text.fold import fold
from luoshi.text.patterns import pattern

_PERIOD = pattern(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12]))(?:-(\d{2}))?)?")
_SPAN = pattern(r"P(?:(\d{1,4})([DMY])|T(\d{1,4})H)")
_WORKING = pattern("工作[日天]")
_MEETING = pattern("会后|会议(?:结束|召开)?[之以]?后")
# Days that no paper knows: they come when something else has happened.
_EVENT = pattern(
    "收到|接到|收悉|公示|受理|批准|批复|核准|验收|开工|完工|事发|发生|签约|签订|合同|申请|结束|到期|备案|发现|启动"
)
_MOST_WORKING = 2_000  # days counted one by one; who writes more means no day
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


class Due(NamedTuple):
    """A day with its precision: date, month, quarter, half or year, as the text is exact.

    `provisional`: working days were counted through a year whose holidays are not announced yet.
    `counted`: it was counted from another day, not printed.
    """

    day: date
    precision: str
    provisional: bool = False
    counted: bool = False


def due_of(
    value: str | None,
    words: str,
    *,
    year: int,
    anchor: date | None,
    holidays: Mapping[date, bool],
    announced: Collection[int],
) -> Due | None:
    """The last day of a deadline as the reader writes it (2023-Q2, P15D), None where it has no one day.

    words: as printed, so that working days are known from calendar days. year: for one that is not
    printed (XXXX). anchor: the day from which a span of time runs. announced: years whose holidays
    `holidays` knows from a notice; in others only Saturdays and Sundays are free.
    """
    printed = (value or "").replace("XXXX", str(year))
    period = _PERIOD.fullmatch(printed)
    if period:
        return _end_of(period)
    span = _SPAN.fullmatch(printed)
    if span is None or anchor is None:
        return None
    if span[2] == "D" and _WORKING.search(words):
        return _worked(anchor, int(span[1]), holidays, announced)
    # Hours make whole days: 36 hours end on the second day.
    day = _later(anchor, int(span[1] or -(-int(span[3]) // 24)), span[2] or "D")
    return Due(day, "date", counted=True) if day else None


def runs_from(words: str) -> str:
    """From which day a span of time runs: `meeting`, `event` (a day not known yet) or `paper`.

    words: the deadline with the words before it in its clause.
    """
    folded = fold(words).text
    if _MEETING.search(folded):
        return "meeting"
    return "event" if _EVENT.search(folded) else "paper"


def _end_of(period: re.Match[str]) -> Due | None:
    of_year, month, quarter, half, day = period.groups()
    if day and not month:
        return None
    last = int(month or int(quarter or 0) * 3 or int(half or 0) * 6 or 12)
    precision = (
        "date"
        if day
        else "month"
        if month
        else "quarter"
        if quarter
        else "half"
        if half
        else "year"
    )
    try:
        return Due(
            date(int(of_year), last, int(day or monthrange(int(of_year), last)[1])), precision
        )
    except ValueError:  # no such day; monthrange's own error is one
        return None


def _worked(
    anchor: date, count: int, holidays: Mapping[date, bool], announced: Collection[int]
) -> Due | None:
    if count > _MOST_WORKING or not _FIRST <= anchor <= _LAST:
        return None
    day = working_day_after(anchor, count, holidays)
    unknown = set(range(anchor.year, day.year + 1)) - set(announced)
    return Due(day, "date", provisional=bool(unknown), counted=True)


def _later(anchor: date, count: int, unit: str) -> date | None:
    """`count` calendar units after a day; a month later than the 31st is the last of its month."""
    if unit == "D":
        last = anchor.toordinal() + count
        return date.fromordinal(last) if last <= _LAST.toordinal() else None
    months = anchor.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = anchor.year + months // 12, months % 12 + 1
    if year > _LAST.year:
        return None
    return date(year, month, min(anchor.day, monthrange(year, month)[1]))
