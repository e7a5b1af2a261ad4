"""What `luoshi up` and `luoshi demo` do to an empty place: folders, keys, tables, charter."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from luoshi.ledger import founding, keys, privileges, schema


def install() -> None:
    """Make, or bring up to date, everything below the rows. Running it again changes nothing."""
    Path(settings.DATA_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.make_key()
    keys.make_key("django")
    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        privileges.set_privileges(connection, settings.APPLICATION_ROLE)


def charter() -> bool:
    """Found the database as a real one and note its recorded fields; whether it is a demo."""
    demo = founding.found().demo
    schema.note_changes()
    return demo
