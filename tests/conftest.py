"""What every test may ask for: a `database`, a `live_server` on it, a `page` in Chromium."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import BrowserContext
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from luoshi.ledger.keys import make_key
from tests import traffic
from tests.cluster import Cluster, binaries
from tests.databases import Database, Postgresql, Sqlite, Template, connected
from tests.world import postgresql_world as postgresql_world
from tests.world import sqlite_world as sqlite_world
from tests.world import world as world

# Playwright runs a loop in the thread of the test; Django takes that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NO_POSTGRESQL = "no PostgreSQL server on this machine (Debian: apt-get install postgresql)"
OF_THE_BROWSER = {"page", "context", "browser"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `both` run on both databases, the others that want one on SQLite."""
    if metafunc.definition.get_closest_marker("both"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that open a page, so that `-m 'not browser'` leaves them out."""
    for item in items:
        if OF_THE_BROWSER & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


class Scheduling(LoadScopeScheduling):
    """One worker has all tests on PostgreSQL, one all in the browser: one server, one Chromium.

    By the test's id, because xdist's own groups are lost with pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        found = re.search(r"\[.*?(chromium|postgresql)", nodeid)
        return found[1] if found else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    return Scheduling(config, log)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say aloud when half of the tests could not be run."""
    if binaries() is None:
        terminalreporter.section(f"POSTGRESQL HALF NOT RUN: {NO_POSTGRESQL}", sep="!", red=True)


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the key files. No test reaches the data or the keys of a real installation."""
    folder = tmp_path_factory.mktemp("keys")
    with override_settings(
        DATA_FOLDER=tmp_path_factory.mktemp("data"),
        KEYS_FOLDER=folder,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        make_key()
        traffic.watch()
        yield folder


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Sqlite:
    """The template on SQLite."""
    with django_db_blocker.unblock():
        return Sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgresql(django_db_blocker: DjangoDbBlocker) -> Iterator[Postgresql]:
    """The template on a PostgreSQL server that ends with the session."""
    programs = binaries()
    if programs is None:
        pytest.skip(NO_POSTGRESQL)
    cluster = Cluster(programs)
    try:
        with django_db_blocker.unblock():
            template = Postgresql(cluster)
        yield template
    finally:
        cluster.stop()


@pytest.fixture
def database(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Database]:
    """A fresh database behind Django's default connection, as the role that owns no table.

    Commits are real, threads and child processes (`database.environment(keys)`) see them.
    """
    kind = getattr(request, "param", "sqlite")
    with_world = "world" in request.fixturenames
    template: Template = request.getfixturevalue(f"{kind}_world" if with_world else kind)
    data = tmp_path / "data"
    data.mkdir()
    copy = template.copy(data)
    with (
        override_settings(DATA_FOLDER=data, OWNER_DATABASE=copy.owner_address),
        django_db_blocker.unblock(),
        connected(copy.settings),
    ):
        yield copy
        traffic.wait_for_the_end()
    template.drop(copy)


@pytest.fixture
def _django_db_helper(database: Database) -> None:
    """What pytest-django's `db`, `django_db` and `live_server` rest on: here, without a flush."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; its sandbox does not work for root."""
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in China; a test that wants another language opens a context of its own."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def context(database: Database, context: BrowserContext) -> BrowserContext:
    """The pages are closed before their database goes."""
    return context
