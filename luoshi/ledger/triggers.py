"""Triggers that refuse to change or delete what the ledger says. Part of migration 0001."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# table -> the columns that may become NULL (and nothing else may change)
GUARDED: dict[str, tuple[str, ...]] = {
    "ledger_event": (),
    "ledger_eventbody": ("salt", "body"),
    "ledger_answer": ("answer",),
}
COLUMNS = {
    "ledger_eventbody": ("event", "salt", "body"),
    "ledger_answer": ("id", "key", "content", "stream", "answer", "at"),
}


def make_triggers(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers on the database at hand."""
    make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
    for table, erasable in GUARDED.items():
        for statement in make(table, _only_erased(table, erasable)):
            schema_editor.execute(statement, params=None)


def _only_erased(table: str, erasable: tuple[str, ...]) -> str:
    """SQL that is true when an UPDATE only sets erasable columns to NULL."""
    if not erasable:
        return "1 = 0"
    kept = [column for column in COLUMNS[table] if column not in erasable]
    return " AND ".join(
        [f"NEW.{column} = OLD.{column}" for column in kept]
        + [f"NEW.{column} IS NULL" for column in erasable]
    )


def _sqlite(table: str, allowed: str) -> list[str]:
    refuse = f"RAISE(ABORT, '{table} is append-only')"
    return [
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} "
        f"WHEN NOT ({allowed}) BEGIN SELECT {refuse}; END",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} BEGIN SELECT {refuse}; END",
    ]


def _postgresql(table: str, allowed: str) -> list[str]:
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF {allowed} THEN RETURN NEW; END IF; END IF; "
        f"RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
