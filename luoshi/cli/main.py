"""The command `luoshi`: which commands there are, and where each is kept.

Only the command that was asked for is imported. Those for text read their arguments with argparse,
because what Typer brings along takes longer to start than a document to read (decision 0005).
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from luoshi.cli.exits import EXITS, INTERRUPTED, USAGE
from luoshi.cli.words import gettext as _

SERVER = "luoshi.cli.service.typed"


@dataclass(frozen=True, slots=True)
class Command:
    """One row: `module` has `run(name, arguments)`, which gives the exit code."""

    name: str
    module: str
    help: str


COMMANDS = {
    row.name: row
    for row in (
        Command("read", "luoshi.cli.read", _("还原并研读文件，列出找到的内容")),
        Command("restore", "luoshi.cli.restore", _("还原受损的文字")),
        Command("score", "luoshi.cli.score", _("把研读结果与人工标注比对")),
        Command("up", SERVER, _("准备或更新数据库")),
        Command("serve", SERVER, _("启动服务")),
        Command("demo", SERVER, _("准备演示数据并启动服务")),
        Command("intake", SERVER, _("把文件收进系统")),
        Command("audit", SERVER, _("核验办理轨迹")),
        Command("erase", SERVER, _("依法抹去个人信息")),
        Command("user", SERVER, _("管理单位、人员和账号")),
    )
}
_SUMMARY = _("落实：从文件里的每一句布置，到公开的成效。")


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    try:
        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def run(arguments: Sequence[str]) -> int:
    """The exit code of the command that the first argument names."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        return _without_command(arguments)
    if command.module == SERVER and find_spec("django") is None:
        print(_("这个命令需要服务端组件。请安装：pip install 'luoshi[server]'"), file=sys.stderr)
        return USAGE
    code: int = import_module(command.module).run(command.name, arguments[1:])
    return code


def _without_command(arguments: Sequence[str]) -> int:
    """Answers --help and --version; anything else is wrong usage, which argparse says and ends."""
    parser = argparse.ArgumentParser("luoshi", description=_SUMMARY, epilog=EXITS)
    parser.add_argument("--version", action="version", version=_version())
    listed = parser.add_subparsers(metavar=_("命令"), required=True)
    for command in COMMANDS.values():
        listed.add_parser(command.name, help=command.help)
    parser.parse_args(arguments)
    return USAGE


def _version() -> str:
    try:
        return version("luoshi")
    except PackageNotFoundError:
        return _("直接从源码运行，没有版本号")
