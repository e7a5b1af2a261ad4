"""A failure after any statement of an operation leaves nothing half done, and the next try works."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection

from luoshi.delivery import actions as delivery
from luoshi.ledger.audit import audit
from luoshi.ledger.door import once
from tests.together import everything
from tests.world import KEY, World, upload


class BrokenOff(Exception):
    """The failure."""


class BreakAfter:
    """Lets `count` statements through and fails after the last of them; a BEGIN is not let through."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.run = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.run += 1
        if self.run == self.count and sql.startswith("BEGIN"):
            raise BrokenOff
        answer = execute(sql, *rest)
        if self.run == self.count:
            raise BrokenOff
        return answer


def issue(world: World) -> None:
    world.issue()


def sign(world: World) -> None:
    row = world.last_report(KEY)
    delivery.sign(
        row, by=world.actor("housing"), seen=row.version, behalf=world.person("housing_head")
    )


def register_item(world: World) -> None:
    world.register()


def report(world: World) -> None:
    """With a file, inside `once`, as a form does it."""
    row, by = world.lead(KEY), world.actor("housing")
    once(
        "k1",
        lambda: delivery.report(row, by=by, done="办", claim=True, uploads=[upload()]).pk,
        by=by,
        content={},
    )


def ready(world: World) -> None:
    """Nothing to prepare."""


def working(world: World) -> None:
    world.walk(KEY, to="sign_for")


def reported(world: World) -> None:
    world.walk(KEY, to="report")


@pytest.mark.both
@pytest.mark.parametrize(
    ("prepare", "operation"),
    [(ready, issue), (reported, sign), (ready, register_item), (working, report)],
)
def test_a_failure_after_each_statement_leaves_nothing_half_done(
    world: World, prepare: Callable[[World], None], operation: Callable[[World], None]
) -> None:
    prepare(world)
    before = everything()
    count = 0
    while True:
        count += 1
        broken = BreakAfter(count)
        with suppress(BrokenOff), connection.execute_wrapper(broken):
            operation(world)
        if broken.run < count:
            break
        assert everything() == before, f"after statement {count}"
    assert count > 15
    after = everything()
    assert len(after["ledger_event"]) > len(before["ledger_event"])
    assert audit().whole
