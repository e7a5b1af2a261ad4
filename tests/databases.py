"""Databases for tests that commit: migrated once by the owner, copied anew for every test.

The ledger's triggers refuse a flush, so nothing is ever emptied. The copy has a name of its own:
what was remembered of an earlier database, or still holds it open, cannot reach the next test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections

from luoshi.config import databases
from luoshi.ledger.privileges import set_privileges
from tests.cluster import Cluster

OWNER = "luoshi_owner"
APPLICATION = "luoshi_app"


@dataclass(frozen=True, slots=True)
class Database:
    """One copy, and the folder of its files. The addresses are empty on SQLite."""

    vendor: str
    data: Path
    settings: dict[str, Any]
    address: str = ""
    owner_address: str = ""

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Inside the block the connection is that of the role that owns the tables."""
        owned = databases.postgresql(self.owner_address) if self.owner_address else self.settings
        with connected(owned):
            yield

    def environment(self, keys: Path) -> dict[str, str]:
        """The environment in which a child process works on the same database and files."""
        return {
            **os.environ,
            "LUOSHI_DATA": str(self.data),
            "LUOSHI_KEYS": str(keys),
            "LUOSHI_DATABASE": self.address,
            "LUOSHI_OWNER_DATABASE": self.owner_address,
        }


class Template(Protocol):
    """A migrated database that can be copied."""

    def copy(self, data: Path, of: Database | None = None) -> Database:
        """A fresh copy whose files lie in the folder `data`; of another copy that nobody holds."""

    def drop(self, copy: Database) -> None:
        """Remove a copy, whoever still holds it."""


class Sqlite:
    """The template of the embedded database: a file."""

    def __init__(self, folder: Path) -> None:
        settings = databases.sqlite(folder)
        self._file = Path(settings["NAME"])
        with connected(settings):
            call_command("migrate", verbosity=0)

    def copy(self, data: Path, of: Database | None = None) -> Database:
        settings = databases.sqlite(data)
        shutil.copyfile(of.settings["NAME"] if of else self._file, settings["NAME"])
        return Database("sqlite", data, settings)

    def drop(self, copy: Database) -> None:
        """Nothing: it goes with the test's folder, which stays when the test failed."""


class Postgresql:
    """The template on PostgreSQL: a database of the owner; tests connect as the application."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._copies = 0
        cluster.execute(
            f"CREATE ROLE {OWNER} LOGIN",
            f"CREATE ROLE {APPLICATION} LOGIN",
            f"CREATE DATABASE template OWNER {OWNER}",
        )
        with connected(databases.postgresql(cluster.address(OWNER, "template"))):
            call_command("migrate", verbosity=0)
            set_privileges(connection, APPLICATION)

    def copy(self, data: Path, of: Database | None = None) -> Database:
        self._copies += 1
        name = f"run_{self._copies}"
        source = of.settings["NAME"] if of else "template"
        self._cluster.execute(f"CREATE DATABASE {name} TEMPLATE {source} OWNER {OWNER}")
        address = self._cluster.address(APPLICATION, name)
        return Database(
            "postgresql",
            data,
            databases.postgresql(address),
            address,
            self._cluster.address(OWNER, name),
        )

    def drop(self, copy: Database) -> None:
        self._cluster.execute(f"DROP DATABASE {copy.settings['NAME']} WITH (FORCE)")


@contextmanager
def connected(settings: dict[str, Any]) -> Iterator[None]:
    """Django's default connection, of this thread and of those that begin inside, leads there."""
    before = dict(connections.settings[DEFAULT_DB_ALIAS])
    _lead_to(settings)
    try:
        yield
    finally:
        _lead_to(before)


def _lead_to(settings: dict[str, Any]) -> None:
    connections[DEFAULT_DB_ALIAS].close()
    del connections[DEFAULT_DB_ALIAS]
    # The same dict stays: it is also the one in django.conf.settings.DATABASES.
    default = connections.settings[DEFAULT_DB_ALIAS]
    default.clear()
    default.update(settings)
    connections.configure_settings(connections.settings)
    ContentType.objects.clear_cache()
