"""Moments and days: Beijing dates, exact stamps, working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC. Called at the edge and by the ledger's clock, nowhere else."""
    return datetime.now(UTC)


def beijing_date(at: datetime) -> date:
    """The date on the wall in Beijing at a moment."""
    return at.astimezone(BEIJING).date()


def beijing_moment(on: date, hour: int = 0, minute: int = 0) -> datetime:
    """The moment at which the clock in Beijing shows this date and time."""
    return datetime.combine(on, time(hour, minute), BEIJING)


def stamp(at: datetime) -> str:
    """A moment as the ledger writes it: UTC with microseconds, one length, sortable as text."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_stamp(text: str) -> datetime:
    """The moment of a stamp, or of a date alone (its midnight in Beijing)."""
    if len(text) == 10:
        return beijing_moment(date.fromisoformat(text))
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def is_working_day(on: date, exceptions: Mapping[date, bool]) -> bool:
    """Whether offices work on this date; `exceptions` holds the dates that a notice decided."""
    return exceptions.get(on, on.weekday() < 5)


def working_day_after(on: date, count: int, exceptions: Mapping[date, bool]) -> date:
    """The date `count` working days after `on` (`on` itself is not counted; count >= 0)."""
    while count > 0:
        on += timedelta(days=1)
        count -= is_working_day(on, exceptions)
    return on
