"""`luoshi up`: make the installation, or bring it up to date."""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import connection

from luoshi.cli.service.installing import charter, install
from luoshi.ledger.privileges import owns_ledger


def up() -> None:
    """Make folders, keys and tables (as their owner), and found the database. Safe to run again."""
    install()
    charter()
    print(f"data: {settings.DATA_FOLDER}", file=sys.stderr)
    print(
        f"keys: {settings.KEYS_FOLDER} (keep a copy elsewhere; never beside the data)",
        file=sys.stderr,
    )
    if (
        connection.vendor == "postgresql"
        and not settings.OWNER_DATABASE
        and owns_ledger(connection)
    ):
        print(
            "warning: the application's role owns the ledger and could switch its triggers off; "
            "set LUOSHI_OWNER_DATABASE to a role of its own",
            file=sys.stderr,
        )
