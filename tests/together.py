"""Acts done at the same moment, and what the whole database holds before and after."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import Error, connection

from luoshi.kernel.errors import LuoshiError
from luoshi.ledger.door import UndeclaredStream
from tests.databases import Database

TRIGGERS = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"


def together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each call answered, or the error it ended with; all begin at once, each in a thread."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait(timeout=20)
        try:
            return call()
        except (LuoshiError, UndeclaredStream, Error) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls, timeout=60))


def everything(*, but: Sequence[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but those named."""
    found = {}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in sorted(set(tables) - {*but, "sqlite_sequence"}):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


@contextmanager
def behind_the_door(database: Database) -> Iterator[Callable[..., None]]:
    """SQL as the owner of the tables may run it who has switched the triggers off."""
    with database.as_owner(), connection.cursor() as cursor:
        for statement in _without_triggers(cursor):
            cursor.execute(statement)
        yield cursor.execute


def _without_triggers(cursor: Any) -> list[str]:
    if connection.vendor == "postgresql":
        tables = ("ledger_event", "ledger_eventbody", "ledger_answer")
        return [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    cursor.execute(TRIGGERS)
    return [f"DROP TRIGGER {name}" for name, _ in cursor.fetchall()]
