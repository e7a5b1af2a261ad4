"""The databases of the tests are whole, fresh, shared by threads and processes, and not ours to own."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from luoshi.ledger.models import Answer
from luoshi.ledger.privileges import owns_ledger
from tests.databases import Database

COUNT = (
    "import django; django.setup(); "
    "from luoshi.ledger.models import Answer; print(Answer.objects.count())"
)


def count(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Answer.objects.count())


urlpatterns = [path("count/", count)]


def leave_an_answer(key: str = "only") -> None:
    Answer.objects.create(key=key, content="", at="")


def answers_seen_by_a_thread() -> int:
    try:
        return Answer.objects.count()
    finally:
        connection.close()


@pytest.mark.both
@pytest.mark.parametrize("time", ["first", "second"])
def test_nothing_is_left_for_the_next_test(database: Database, time: str) -> None:
    assert Answer.objects.count() == 0, time
    leave_an_answer()


@pytest.mark.both
def test_another_thread_sees_what_was_committed(database: Database) -> None:
    leave_an_answer()
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(answers_seen_by_a_thread).result() == 1


@pytest.mark.both
def test_a_child_process_sees_what_was_committed(database: Database, keys: Path) -> None:
    leave_an_answer()
    environment = database.environment(keys)
    child = subprocess.run(
        [sys.executable, "-c", COUNT], env=environment, capture_output=True, text=True, check=True
    )
    assert child.stdout == "1\n"


@pytest.mark.both
def test_the_live_server_answers_several_at_once(
    database: Database, live_server: LiveServer, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    leave_an_answer()
    with ThreadPoolExecutor(4) as threads:
        pages = threads.map(lambda _: urlopen(f"{live_server}/count/").read(), range(8))
        assert set(pages) == {b"1"}


def test_a_page_in_chromium_shows_the_same_database(
    database: Database, live_server: LiveServer, page: Page, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    leave_an_answer()
    page.goto(f"{live_server}/count/")
    assert page.inner_text("body") == "1"
    assert page.evaluate("navigator.language") == "zh-CN"


@pytest.mark.both
def test_the_triggers_are_there(database: Database) -> None:
    leave_an_answer()
    with database.as_owner(), pytest.raises(DatabaseError, match="append-only"):
        Answer.objects.update(key="other")


@pytest.mark.both
def test_what_pytest_django_offers_stands_on_the_same_database(
    db: None, database: Database, settings: Settings
) -> None:
    leave_an_answer()
    assert connection.vendor == database.vendor
    assert settings.DATABASES["default"]["NAME"] == database.settings["NAME"]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_application_does_not_own_the_tables(database: Database) -> None:
    assert not owns_ledger(connection)
    with database.as_owner():
        assert owns_ledger(connection)
    assert not owns_ledger(connection)


def test_without_asking_no_database_is_reached() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Answer.objects.count()
