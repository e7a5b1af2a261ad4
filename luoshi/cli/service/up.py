"""`luoshi up`: make the installation, or bring it up to date."""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import connection

from luoshi.cli.service.installing import charter, install


def up() -> None:
    """Make folders, keys and tables (as their owner), and found the database. Safe to run again."""
    if connection.vendor == "postgresql" and not settings.OWNER_DATABASE:
        raise SystemExit(
            "luoshi: on PostgreSQL the tables belong to a role of their own: set LUOSHI_OWNER_DATABASE"
        )
    install()
    charter()
    print(f"data: {settings.DATA_FOLDER}", file=sys.stderr)
    print(
        f"keys: {settings.KEYS_FOLDER} (keep a copy elsewhere; never beside the data's copies)",
        file=sys.stderr,
    )
