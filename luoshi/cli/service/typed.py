"""The server's commands, declared with Typer: run one of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from django.db import OperationalError, ProgrammingError

from luoshi.cli.exits import DIFFERS, OK, USAGE
from luoshi.cli.server import app_commands
from luoshi.cli.words import gettext as _
from luoshi.cli.words import refusal
from luoshi.kernel.errors import LuoshiError


def run(name: str, arguments: Sequence[str]) -> int:
    """The exit code of the server's command `name`; a refusal is said in one line."""
    found = app_commands[name]
    if not isinstance(found, typer.Typer):
        single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        single.command(name)(found)
        found = single
    try:
        found(list(arguments), prog_name=f"luoshi {name}")
    except LuoshiError as error:
        print(refusal(error), file=sys.stderr)
        return DIFFERS
    except (OperationalError, ProgrammingError) as error:
        print(
            _("数据库还不能用（{reason}）。请先运行 luoshi up。").format(reason=error),
            file=sys.stderr,
        )
        return USAGE
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
            return DIFFERS
        return ended.code or OK
    return OK
