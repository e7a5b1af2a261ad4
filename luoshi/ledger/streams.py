"""Locks on streams: all of one act at once, sorted, before any row."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def lock(streams: Iterable[str]) -> None:
    """Hold these streams until the transaction ends.

    PostgreSQL: advisory locks, in sorted order, so that two acts never wait for each other.
    SQLite: the transaction already holds the gate of the whole database.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for stream in sorted(set(streams)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [stream])
