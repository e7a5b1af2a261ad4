"""What the commands for text share: a paper from a file or a pipe, and what is said when it fails."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

from luoshi.cli.exits import DIFFERS, UNREADABLE, USAGE
from luoshi.cli.words import gettext as _
from luoshi.cli.words import refusal
from luoshi.kernel.errors import Invalid, LuoshiError
from luoshi.officialdoc.paper import Paper
from luoshi.officialdoc.readers import read_paper
from luoshi.officialdoc.words import DOUBTS
from luoshi.text.restore_records import Restoration

_PAGE_HEADS = (b"<!doctype html", b"<html", b"<head", b"<meta", b"<?xml")
PIPE = "-"


class Unreadable(Exception):
    """The input cannot be read; the message is what a person is told."""


class Misused(Exception):
    """The command cannot be carried out as it was given."""


class Stopped(Exception):
    """The command was well given and cannot go on now."""


def answered(command: Callable[[], int]) -> int:
    """The exit code of the command; what it refuses is said."""
    try:
        return command()
    except Unreadable as error:
        say(str(error))
        return UNREADABLE
    except Misused as error:
        say(str(error))
        return USAGE
    except Stopped as error:
        say(str(error))
        return DIFFERS


def end_with_the_pipe() -> None:
    """`luoshi restore FILE | head` ends as `cat FILE | head` does.

    Not for what talks to other processes or serves: a closed socket must not end them.
    """
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def is_folder(source: str) -> bool:
    """Whether the source is a folder; a pipe is none."""
    return source != PIPE and Path(source).is_dir()


def paper_of(source: str) -> Paper:
    """The paper in a file or in standard input; its doubts are said. Errors: Unreadable."""
    try:
        data = sys.stdin.buffer.read() if source == PIPE else Path(source).read_bytes()
        paper = read_paper(data, _piped_name(data) if source == PIPE else Path(source).name)
    except Invalid as error:
        raise Unreadable(f"{source}: {refusal(error)}") from error
    except OSError as error:
        raise Unreadable(f"{source}: {why(error)}") from error
    for doubt in paper.doubts:
        say(f"{source}: {_(DOUBTS[doubt.code]).format(**doubt.values)}")
    return paper


def write(path: Path, data: bytes) -> None:
    """Writes a file. Errors: Misused."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Misused(f"{path}: {why(error)}") from error


def why(error: LuoshiError | OSError) -> str:
    """The error in words."""
    if isinstance(error, LuoshiError):
        return refusal(error)
    if isinstance(error, FileNotFoundError):
        return _("没有这个文件。请检查路径。")
    if isinstance(error, FileExistsError | NotADirectoryError):
        return _("这不是文件夹。请检查路径。")
    if isinstance(error, IsADirectoryError):
        return _("这是文件夹，不是文件。请给出其中的一个文件。")
    if isinstance(error, PermissionError):
        return _("没有读写的权限。请检查权限。")
    return _("无法读写：{reason}。").format(reason=error.strerror or error)


def repairs_in_words(restoration: Restoration) -> str:
    """How much was restored, as one line."""
    counts = restoration.counts()
    return _("还原 {done} 处，其中推断 {inferred} 处；存疑 {open} 处。").format(
        done=counts["exact"] + counts["inferred"],
        inferred=counts["inferred"],
        open=counts["uncertain"] + counts["proposed"],
    )


def say(message: str) -> None:
    """Writes a message to standard error."""
    print(message, file=sys.stderr)


def _piped_name(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "page.html" if head.startswith(_PAGE_HEADS) else "text.txt"
