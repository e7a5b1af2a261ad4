"""The commands that need Django: where each stands, and how Django is brought up for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from luoshi.cli.service import setup

_PLACE = "luoshi.cli.service."

# command -> its module, how Django comes up: on which data, as which role
_TABLE: Mapping[str, tuple[str, Callable[[], None]]] = {
    "up": ("up", setup.as_owner),
    "serve": ("serve", setup.as_application),
    "demo": ("serve", setup.as_demo),
    "intake": ("intake", setup.as_application),
    "audit": ("audit", setup.as_application),
    "erase": ("erase", setup.as_owner),
    "user": ("user", setup.as_application),
}


class _Commands(dict[str, Any]):
    """Loads a command when it is asked for, with Django up before its module is imported."""

    def __missing__(self, name: str) -> Any:
        module_name, prepare = _TABLE[name]
        prepare()
        module = import_module(_PLACE + module_name)
        self[name] = getattr(module, "app", None) or getattr(module, name)
        return self[name]


app_commands = _Commands()
