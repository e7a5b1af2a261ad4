"""What `luoshi up` and `luoshi demo` do to an empty place: folders, keys, tables, charter."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from luoshi.config import databases
from luoshi.config.secret import make_secret_key
from luoshi.ledger import founding, keys, privileges, schema


def install() -> None:
    """Make, or bring up to date, everything below the rows. Running it again changes nothing."""
    Path(settings.DATA_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.make_key()
    make_secret_key(settings.KEYS_FOLDER)
    call_command("migrate", verbosity=0)
    application = os.environ.get("LUOSHI_APPLICATION_DATABASE")
    if connection.vendor == "postgresql" and application:
        privileges.set_privileges(connection, databases.postgresql(application)["USER"])


def charter() -> bool:
    """Found the database as a real one and note its recorded fields; whether it is a demo."""
    demo = founding.found().demo
    schema.note_changes()
    return demo
