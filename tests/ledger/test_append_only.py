"""What the ledger says is neither changed nor taken away: triggers, and a role that owns nothing."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import DatabaseError, connection, transaction

from luoshi.kernel.actor import SYSTEM
from luoshi.ledger.audit import audit
from luoshi.ledger.door import once
from luoshi.ledger.models import Answer, Event, EventBody
from luoshi.ledger.privileges import owns_ledger
from luoshi.ledger.triggers import COLUMNS
from tests.databases import Database
from tests.together import everything
from tests.world import World

TABLES = ("ledger_event", "ledger_eventbody", "ledger_answer")
SQL = {
    "update": "UPDATE {table} SET {column} = {column} WHERE 1 = 1",
    "blank": "UPDATE {table} SET {column} = ''",
    "delete": "DELETE FROM {table}",
}
ONE_COLUMN = {"ledger_event": "at", "ledger_eventbody": "body", "ledger_answer": "answer"}

FOR_OWNERS = (
    "ALTER TABLE ledger_event DISABLE TRIGGER ALL",
    "DROP TRIGGER ledger_event_change ON ledger_event",
    "ALTER TABLE ledger_event ADD COLUMN more text",
    "DROP TABLE ledger_eventbody",
    "CREATE OR REPLACE FUNCTION ledger_event_refuse() RETURNS trigger LANGUAGE plpgsql "
    "AS $$ BEGIN RETURN NEW; END $$",
    "SET session_replication_role = replica",
    "DELETE FROM django_migrations",
    "INSERT INTO ledger_event SELECT * FROM ledger_event "
    "ON CONFLICT (id) DO UPDATE SET at = EXCLUDED.at",
)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def answered(world: World) -> World:
    """The world with a row in every table of the ledger."""
    once("k1", lambda: "a", by=SYSTEM, content={})
    return world


@pytest.mark.both
def test_neither_the_application_nor_the_owner_changes_or_deletes_anything(
    answered: World,
) -> None:
    before = everything()
    for table in TABLES:
        for sql in SQL.values():
            statement = sql.format(table=table, column=ONE_COLUMN[table])
            with pytest.raises(DatabaseError, match="append-only|permission denied"):
                run(statement)
            with answered.database.as_owner(), pytest.raises(DatabaseError, match="append-only"):
                run(statement)
    assert everything() == before


@pytest.mark.both
def test_salt_and_body_go_together_and_nothing_else_of_the_row_changes(answered: World) -> None:
    key = Event.objects.earliest("pk").pk
    half = (
        f"UPDATE ledger_eventbody SET body = NULL WHERE event = {key}",
        f"UPDATE ledger_eventbody SET salt = NULL WHERE event = {key}",
        f"UPDATE ledger_eventbody SET salt = NULL, body = NULL, event = 999999 WHERE event = {key}",
        "UPDATE ledger_answer SET answer = NULL, content = ''",
    )
    before = everything()
    for statement in half:
        with answered.database.as_owner(), pytest.raises(DatabaseError, match="append-only"):
            run(statement)
    assert everything() == before


def test_insert_or_replace_is_refused(answered: World) -> None:
    before = everything()
    for table in TABLES:
        with pytest.raises(DatabaseError, match="append-only"):
            run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert everything() == before


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_truncate_is_refused_to_the_application_and_to_the_owner(answered: World) -> None:
    before = everything()
    for table in TABLES:
        with pytest.raises(DatabaseError, match="denied"):
            run(f"TRUNCATE {table} CASCADE")
        with answered.database.as_owner(), pytest.raises(DatabaseError, match="append-only"):
            run(f"TRUNCATE {table} CASCADE")
    assert everything() == before


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_application_does_not_own_the_ledger(answered: World) -> None:
    assert not owns_ledger(connection)
    before = everything()
    for statement in FOR_OWNERS:
        with pytest.raises(DatabaseError, match="owner|permission denied"):
            run(statement)
    assert everything() == before


def test_the_columns_that_the_triggers_guard_are_those_of_the_tables() -> None:
    for model in (EventBody, Answer):
        columns = {field.column for field in model._meta.concrete_fields}
        assert set(COLUMNS[model._meta.db_table]) == columns


def test_whoever_opens_the_file_without_our_pragmas_is_found_by_the_audit(
    answered: World, database: Database
) -> None:
    """Without recursive_triggers SQLite lets REPLACE delete unseen: triggers stop accidents only."""
    connection.close()
    with sqlite3.connect(database.settings["NAME"]) as other:
        other.execute(
            "REPLACE INTO ledger_eventbody SELECT event, salt, replace(body, '区', '县') "
            "FROM ledger_eventbody WHERE body LIKE '%某区%'"
        )
    assert {fault.code for fault in audit().faults} == {"body_edited", "row_inserted"}
