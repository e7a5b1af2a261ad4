"""The invented district, founded as a demo, and everybody in it at a browser of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from luoshi.cli.demo.organisation import build
from luoshi.cli.demo.story import seed
from luoshi.kernel.calendar import beijing_moment
from luoshi.ledger import founding
from tests.databases import Database
from tests.journey.cast import Cast

for chapter in ("taking_in", "following_through", "publishing"):
    pytest.register_assert_rewrite(f"tests.journey.{chapter}")

TODAY = date(2023, 2, 20)  # a Monday, three weeks after the meeting of the seed


@pytest.fixture
def district(database: Database) -> Database:
    """The units, posts, people and accounts of the demo, and nothing else."""
    with transaction.atomic():
        founding.found(demo_today=beijing_moment(TODAY, 9))
        build()
    return database


@pytest.fixture
def demo(database: Database) -> Database:
    """What `make demo` leaves: one item struck off, one to review, one to sign for."""
    seed()
    return database


@pytest.fixture
def meet(
    database: Database,
    live_server: LiveServer,
    browser: Browser,
    browser_context_args: dict[str, Any],
) -> Iterator[Cast]:
    """Everybody with an account; what their browsers complained of is looked at when all is over."""
    people = Cast(browser, {**browser_context_args, "base_url": live_server.url})
    try:
        yield people
    finally:
        people.leave()
    assert people.complaints == []


@pytest.fixture
def cast(district: Database, meet: Cast) -> Cast:
    """Everybody of the bare district."""
    return meet


@pytest.fixture
def players(demo: Database, meet: Cast) -> Cast:
    """Everybody of the demo."""
    return meet
