"""The command `luoshi`: which commands there are, and where each is kept.

Only the module of the command that was asked for is imported, so that `luoshi --help` is quick
and the commands for text need nothing of the server.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

import typer

from luoshi.cli.exits import USAGE
from luoshi.cli.words import gettext as _

TEXT, SERVER = "luoshi.cli.text", "luoshi.cli.server"


@dataclass(frozen=True, slots=True)
class Command:
    """One row: `module` has `app_commands`, in which `name` is a function or a typer app."""

    name: str
    module: str
    help: str


COMMANDS = (
    Command("read", TEXT, _("还原并研读文件，列出找到的内容")),
    Command("restore", TEXT, _("还原受损的文字")),
    Command("up", SERVER, _("准备或更新数据库")),
    Command("serve", SERVER, _("启动服务")),
    Command("demo", SERVER, _("准备演示数据并启动服务")),
    Command("intake", SERVER, _("把文件收进系统")),
    Command("audit", SERVER, _("核验办理轨迹")),
    Command("erase", SERVER, _("依法抹去个人信息")),
    Command("user", SERVER, _("管理账号")),
)
_SUMMARY = _("落实：从文件里的每一句布置，到公开的成效。")
_EXITS = _(
    "退出码：0 正常；1 存疑未决或核验不符；2 用法有误或缺少组件；3 输入无法读取；130 被中断。"
)


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    application(wanted)()


def application(wanted: str | None) -> typer.Typer:
    """The commands, of which only `wanted` is loaded; the others are there to be listed."""
    app = typer.Typer(
        name="luoshi",
        help=_SUMMARY,
        epilog=_EXITS,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for command in COMMANDS:
        loaded = _loaded(command) if command.name == wanted else _listed
        if isinstance(loaded, typer.Typer):
            app.add_typer(loaded, name=command.name, help=command.help)
        else:
            app.command(command.name, help=command.help)(loaded)
    return app


def _loaded(command: Command) -> Callable[..., None] | typer.Typer:
    if command.module == SERVER and find_spec("django") is None:
        return _not_installed
    found: Callable[..., None] | typer.Typer = import_module(command.module).app_commands[
        command.name
    ]
    return found


def _listed() -> None:
    """Stands for a command that is only listed."""


def _not_installed() -> None:
    typer.echo(_("这个命令需要服务端组件。请安装：pip install 'luoshi[server]'"), err=True)
    raise typer.Exit(USAGE)


def _version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(version("luoshi"))
        except PackageNotFoundError:
            typer.echo(_("未安装（直接从源码运行）"))
        raise typer.Exit


def _options(
    show_version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help=_("显示版本")
    ),
) -> None:
    """Options before the command."""
