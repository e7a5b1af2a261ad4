"""The commands that need Django: where each stands, and how Django is brought up for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from luoshi.cli import setup


@dataclass(frozen=True, slots=True)
class ServerCommand:
    """One command: its module, its help line, on which data and as which role Django comes up."""

    module: str
    help: str
    prepare: Callable[[], None] = setup.as_application

    def load(self, name: str) -> Any:
        """The function of that name, or the `app` with subcommands, with Django up."""
        self.prepare()
        module = import_module(self.module)
        return getattr(module, "app", None) or getattr(module, name)


COMMANDS = {
    "up": ServerCommand(
        "luoshi.cli.up", "make the installation, or bring it up to date", setup.as_owner
    ),
    "serve": ServerCommand("luoshi.cli.serve", "serve the installation"),
    "demo": ServerCommand("luoshi.cli.serve", "make the demo once and serve it", setup.as_demo),
    "intake": ServerCommand("luoshi.cli.intake", "take a document in"),
    "audit": ServerCommand(
        "luoshi.cli.audit", "recompute the ledger and compare everything with it"
    ),
    "erase": ServerCommand("luoshi.cli.erase", "blank fields for good", setup.as_owner),
    "user": ServerCommand("luoshi.cli.user", "units, people and accounts"),
}
