"""清除: what was erased is nowhere any more, the chain stays whole, and the erasing is itself told."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from luoshi.kernel.actor import SYSTEM
from luoshi.kernel.errors import Invalid, NotAllowed
from luoshi.ledger.audit import audit
from luoshi.ledger.door import once
from luoshi.ledger.erasing import erase
from luoshi.ledger.files import file_path
from luoshi.ledger.models import Answer, Event, EventBody, File
from luoshi.ledger.reading import trail
from luoshi.org import actions as org
from luoshi.org.models import Person
from tests.databases import Database
from tests.together import everything
from tests.world import KEY, World, upload

SECRET = "欧阳某某不该在此"


def places(database: Database, words: str) -> list[str]:
    """Where these words stand: files of the database (SQLite) or rows of any table (PostgreSQL)."""
    if database.vendor == "sqlite":
        files = [path for path in database.data.rglob("*") if path.is_file()]
        return [path.name for path in files if words.encode() in path.read_bytes()]
    return [table for table, rows in everything().items() if words in repr(rows)]


def add_person(name: str = SECRET) -> Person:
    """A person whose name stands in a row, in an event and in a stored answer."""
    person = org.add_person(name, by=SYSTEM)
    once("k", lambda: {"name": person.name}, by=SYSTEM, content=1, stream=person.stream)
    return person


@pytest.mark.both
def test_an_erased_name_is_nowhere_any_more_and_the_chain_is_whole(world: World) -> None:
    person = add_person()
    assert places(world.database, SECRET) != []
    with world.database.as_owner():
        erase(person, ["name"], by=SYSTEM, reason="本人要求")
    assert places(world.database, SECRET) == []
    assert Person.objects.get(pk=person.pk).name == ""
    result = audit()
    assert (result.faults, result.erased) == ([], 1)


@pytest.mark.both
def test_the_application_may_not_erase_where_it_does_not_own_the_tables(world: World) -> None:
    person = add_person()
    if world.database.vendor == "sqlite":
        with pytest.raises(NotAllowed):
            erase(person, ["name"], by=world.actor("head"), reason="想删")
        return
    before = everything()
    with pytest.raises(DatabaseError, match="permission denied"):
        erase(person, ["name"], by=SYSTEM, reason="想删")
    assert everything() == before
    assert places(world.database, SECRET) != []


def test_nobody_but_the_shell_of_the_machine_may_erase(world: World) -> None:
    person = add_person()
    for name in ("head", "auditor", "clerk"):
        before = everything()
        with pytest.raises(NotAllowed):
            erase(person, ["name"], by=world.actor(name), reason="想删")
        assert everything() == before


@pytest.mark.both
def test_the_erasing_says_what_and_why_and_the_other_values_stay_comparable(world: World) -> None:
    finding = world.finding("person", "confirmed")
    with world.database.as_owner():
        erase(finding, ["value", "reason"], by=SYSTEM, reason="误录")
    event, body = trail([finding.stream])[-1]
    assert (event.name, event.subject, body["reason"]) == ("erased", finding.subject, "误录")
    assert body["facts"]["fields"] == [f"{finding.subject}.value", f"{finding.subject}.reason"]
    assert body["rows"][finding.subject]["state"] == "confirmed"
    assert audit().whole
    finding.refresh_from_db()
    assert (finding.value, finding.state) == ({}, "confirmed")


def test_a_row_that_was_erased_can_still_be_seen_to_be_edited(world: World) -> None:
    finding = world.finding("person", "confirmed")
    erase(finding, ["value"], by=SYSTEM, reason="误录")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE intake_finding SET state = 'added' WHERE id = {finding.pk}")
    assert [fault.detail for fault in audit().faults] == ["state"]


@pytest.mark.both
def test_erasing_twice_keeps_the_first_erasing_told(world: World) -> None:
    finding = world.finding("person", "confirmed")
    with world.database.as_owner():
        erase(finding, ["value"], by=SYSTEM, reason="误录")
        erase(finding, ["reason"], by=SYSTEM, reason="再清")
        erase(finding, ["value", "reason"], by=SYSTEM, reason="三清")
    result = audit()
    assert result.faults == []
    assert result.erased == EventBody.objects.filter(body=None).count() >= 3


def test_an_erased_file_is_gone_from_the_disk_unless_somebody_else_handed_it_in(
    world: World,
) -> None:
    world.walk(KEY, to="sign_for")
    words = SECRET.encode()
    world.receive(SECRET)
    world.report(KEY, uploads=[upload(words)])
    one, other = File.objects.filter(size=len(words))
    erase(one, ["sha256", "name"], by=SYSTEM, reason="误传")
    assert file_path(other.sha256).read_bytes() == words
    erase(other, ["sha256", "name"], by=SYSTEM, reason="误传")
    assert not file_path(other.sha256).exists()
    assert audit().whole


def test_nothing_leaves_the_disk_before_the_erasing_is_committed(world: World) -> None:
    file = world.document.file
    assert file is not None

    def think_again() -> None:
        with transaction.atomic():
            erase(file, ["sha256"], by=SYSTEM, reason="误传")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        think_again()
    assert file_path(file.sha256).exists()
    assert audit().whole


def test_a_field_that_the_row_does_not_have_is_refused(world: World) -> None:
    before = everything()
    with pytest.raises(Invalid):
        erase(world.person("clerk"), ["name", "adress"], by=SYSTEM, reason="x")
    with pytest.raises(Invalid):
        erase(world.person("clerk"), [], by=SYSTEM, reason="x")
    assert everything() == before


def test_a_stored_answer_that_was_erased_is_not_given_again(world: World) -> None:
    person = add_person()
    erase(person, ["name"], by=SYSTEM, reason="本人要求")
    assert Answer.objects.get().answer is None
    assert once("k", lambda: pytest.fail("ran twice"), by=SYSTEM, content=1) is None


def test_the_log_of_sqlite_is_emptied_by_the_erasing(world: World, database: Database) -> None:
    person = add_person()
    log = Path(f"{database.settings['NAME']}-wal")
    assert log.stat().st_size > 0
    erase(person, ["name"], by=SYSTEM, reason="本人要求")
    assert log.stat().st_size == 0
    assert Event.objects.filter(name="erased").count() == 1
