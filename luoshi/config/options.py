"""Deployment options: one table. Each is read from the environment as LUOSHI_<NAME>."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """One row of the table: name, how its text is read, default as text, what it is for."""

    name: str
    read: Callable[[str], Any]
    default: str
    help: str


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _truth(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


OPTIONS = (
    Option("DATA", str, "var/data", "folder of the database file (SQLite) and of all uploaded files"),
    Option("KEYS", str, "var/keys", "folder of the key files; beside the data folder, never in it"),
    Option("DATABASE", str, "", "postgresql://role:password@host:port/name of the application's role; empty: SQLite"),
    Option("OWNER_DATABASE", str, "", "the same for the role that owns the tables; only `up` and `erase` use it"),
    Option("APPLICATION_DATABASE", str, "", "set by `up` itself, while it works as the owner: whom it grants the tables to"),
    Option("HOSTS", _words, "127.0.0.1,localhost,[::1]", "host names that are answered, comma separated"),
    Option("ORIGINS", _words, "", "origins whose forms are trusted, such as https://luoshi.example"),
    Option("HTTPS", _truth, "0", "served over https: secure cookies, HSTS"),
    Option("DEBUG", _truth, "0", "show tracebacks; never in production"),
    Option("OFFICE", str, "督查室", "name of the office, shown beside the mark"),
    Option("SITE", str, "进展公开", "name of the public site"),
    Option("IDLE_MINUTES", int, "30", "a session ends after so many idle minutes"),
)  # fmt: skip


def read_options() -> dict[str, Any]:
    """All options with their values. Errors: ValueError names the option that cannot be read."""
    values = {}
    for option in OPTIONS:
        text = os.environ.get(f"LUOSHI_{option.name}", option.default)
        try:
            values[option.name] = option.read(text)
        except ValueError as error:
            raise ValueError(f"LUOSHI_{option.name}: cannot read {text!r}") from error
    return values
