"""The ledger's clock: what time an act is entered at. Only a demo database may set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection

from luoshi.kernel import calendar
from luoshi.ledger.models import Charter

_travelled: ContextVar[datetime | None] = ContextVar("travelled", default=None)
_known: dict[str, tuple[bool, timedelta]] = {}


def _charter() -> tuple[bool, timedelta]:
    """Whether this database is a demo, and how far its clock is off. Read once per database."""
    name = str(connection.settings_dict["NAME"])
    if name not in _known:
        row = Charter.objects.first()
        if row is None:
            return False, timedelta()
        _known[name] = (row.demo, timedelta(seconds=row.offset))
    return _known[name]


def forget() -> None:
    """Read the charter anew at the next question: the database behind the name has changed."""
    _known.clear()


def is_demo() -> bool:
    """Whether this database was founded as a demo."""
    return _charter()[0]


def now() -> datetime:
    """The moment an act is entered at."""
    travelled = _travelled.get()
    if travelled is not None:
        return travelled
    return calendar.now() + _charter()[1]


def name() -> str:
    """What the header says of the clock: `server` or `demo`."""
    return "demo" if is_demo() else "server"


@contextmanager
def travel(moment: datetime) -> Iterator[None]:
    """Act at another moment, in a demo database only. Errors: RuntimeError elsewhere."""
    if not is_demo():
        raise RuntimeError("only a database founded as a demo may set the clock")
    token = _travelled.set(moment)
    try:
        yield
    finally:
        _travelled.reset(token)
