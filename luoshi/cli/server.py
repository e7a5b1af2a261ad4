"""The commands that need Django: where each stands, and how Django is brought up for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

import typer

from luoshi.cli.exits import DIFFERS, UNREADABLE
from luoshi.cli.service import setup
from luoshi.cli.words import refusal
from luoshi.kernel.errors import Invalid, LuoshiError

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


def run(name: str, arguments: Sequence[str]) -> int:
    """The exit code of one command, Django brought up for it before its module is imported."""
    module_name, prepare = _TABLE[name]
    prepare()
    module = import_module(_PLACE + module_name)
    app = getattr(module, "app", None) or _alone(getattr(module, name))
    try:
        app(args=list(arguments), prog_name=f"luoshi {name}")
    except LuoshiError as error:
        print(f"luoshi: {refusal(error)}", file=sys.stderr)
        return UNREADABLE if isinstance(error, Invalid) else DIFFERS
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return DIFFERS
        return int(end.code or 0)
    return 0


def _alone(function: Callable[..., None]) -> typer.Typer:
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    app.command()(function)
    return app
