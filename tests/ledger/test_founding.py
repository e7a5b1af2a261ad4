"""建庫: the charter is made once, and says for ever whether the database is a demo."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.kernel.calendar import beijing_date, beijing_moment, now
from luoshi.ledger import clock
from luoshi.ledger.audit import audit
from luoshi.ledger.founding import found
from luoshi.ledger.models import Charter, Event
from tests.databases import Database
from tests.together import together


@pytest.mark.both
def test_a_database_is_founded_once_however_many_try_at_once(database: Database) -> None:
    charters = together([found] * 6)
    assert {charter.pk for charter in charters} == {Charter.objects.get().pk}
    assert Event.objects.filter(name="charter.founded").count() == 1
    assert audit().whole


def test_the_clock_of_a_real_database_is_the_servers(database: Database) -> None:
    found()
    assert found(demo_today=beijing_moment(date(2023, 1, 1))).demo is False
    assert abs((clock.now() - now()).total_seconds()) < 5
    assert Event.objects.get().clock == "server"


def test_the_clock_of_a_demo_goes_on_from_its_day(database: Database) -> None:
    found(demo_today=beijing_moment(date(2023, 9, 14), 9))
    assert beijing_date(clock.now()) == date(2023, 9, 14)
    first = clock.now()
    assert clock.now() > first
    with clock.travel(beijing_moment(date(2023, 2, 1), 9)):
        assert beijing_date(clock.now()) == date(2023, 2, 1)
    assert beijing_date(clock.now()) == date(2023, 9, 14)
