"""SQLite: one writer at a time in the order they came, readers that never wait, no commit lost."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction

from luoshi.intake.models import Document
from luoshi.kernel.actor import SYSTEM
from luoshi.ledger.audit import audit
from luoshi.ledger.models import Event
from luoshi.org import actions as org
from luoshi.org.models import Person
from tests.databases import Database
from tests.together import together
from tests.world import World

# One process that forks six before any of them has a connection.
WRITE = """
import os, sys, django; django.setup()
from luoshi.kernel.actor import SYSTEM
from luoshi.org.actions import add_person

def write(child):
    for n in range(10):
        add_person(f"{child}-{n}", by=SYSTEM)
    os._exit(0)

for child in range(6):
    os.fork() or write(child)
sys.exit(any([os.wait()[1] for _ in range(6)]))
"""


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1),
        ("recursive_triggers", 1), ("secure_delete", 1),
    ],
)  # fmt: skip
def test_every_connection_has_the_pragmas_that_the_promises_rest_on(
    database: Database, pragma: str, value: object
) -> None:
    def asked() -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {pragma}")
            return cursor.fetchone()[0]

    assert asked() == value
    assert together([asked]) == [value]


def test_six_processes_that_write_at_once_all_succeed(world: World, keys: Path) -> None:
    environment = world.database.environment(keys)
    subprocess.run([sys.executable, "-c", WRITE], env=environment, timeout=60, check=True)
    names = set(Person.objects.filter(name__contains="-").values_list("name", flat=True))
    assert names == {f"{child}-{n}" for child in range(6) for n in range(10)}
    assert audit().whole


def test_ten_readers_are_not_held_up_by_a_write(world: World) -> None:
    """The writer waits, with its transaction open, until all ten have read."""
    read = threading.Barrier(11)

    def write() -> None:
        with transaction.atomic():
            org.add_person("某", by=SYSTEM)
            read.wait(timeout=20)

    def look() -> int:
        count = Person.objects.filter(name="某").count() + Document.objects.count()
        read.wait(timeout=20)
        return count

    answers = together([write, *[look] * 10])
    assert answers == [None, *[1] * 10]


def test_a_writer_waits_until_the_one_before_has_committed(world: World) -> None:
    """Also when the first one began with an outer transaction and has not written yet."""
    held, order = threading.Event(), []

    def first() -> None:
        with transaction.atomic():
            held.set()
            time.sleep(0.2)
            org.add_person("先", by=SYSTEM)
            order.append("first")

    def second() -> None:
        held.wait(timeout=20)
        org.add_person("后", by=SYSTEM)
        order.append("second")

    assert together([first, second]) == [None, None]
    assert order == ["first", "second"]


def test_the_gate_is_free_after_a_failure_and_after_a_closed_connection(world: World) -> None:
    def fail() -> None:
        with transaction.atomic():
            org.add_person("某", by=SYSTEM)
            raise ZeroDivisionError

    def close() -> None:
        connection.set_autocommit(False)
        connection.close()

    for leave in (fail, close):
        with suppress(ZeroDivisionError):
            leave()
        assert isinstance(together([partial(org.add_person, "后", by=SYSTEM)])[0], Person)
    assert not Person.objects.filter(name="某").exists()
    assert Event.objects.filter(name="person.added").count() == 13 + 2
