"""`luoshi read` and `luoshi restore`: the text library on files and pipes. No database, no limit."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from luoshi.cli.columns import table
from luoshi.cli.exits import DIFFERS, UNREADABLE, USAGE
from luoshi.cli.findings import KINDS, shown
from luoshi.cli.words import gettext as _
from luoshi.cli.words import refusal
from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.kinds import DOCUMENTS
from luoshi.officialdoc.paper import Paper
from luoshi.officialdoc.readers import read_paper
from luoshi.officialdoc.words import DOUBTS
from luoshi.text.read import read as read_text
from luoshi.text.restore import restore as restore_text
from luoshi.text.restore_records import Restoration

_PAGE_HEADS = (b"<!doctype html", b"<html", b"<head", b"<meta", b"<?xml")
_PIPE = "-"
_NARROWEST = 60
_WIDE = 200  # where the output is no terminal

Source = Annotated[
    str, typer.Argument(metavar="FILE|DIR|-", help=_("文件、文件夹，或 - 表示标准输入"))
]
Input = Annotated[str, typer.Argument(metavar="FILE|-", help=_("文件，或 - 表示标准输入"))]
Json = Annotated[bool, typer.Option("--json", help=_("输出 JSON（每份文件一个对象）"))]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help=_("把每份文件的结果写成 DIR/<名称>.json")),
]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help=_("把每一处还原写成一行 JSON")),
]
Check = Annotated[bool, typer.Option("--check", help=_("还有存疑之处时以 1 退出"))]


def read(source: Source, as_json: Json = False, out: Out = None) -> None:
    """Restores and reads, and prints what was found."""
    _end_quietly_with_the_pipe()
    folder = Path(source)
    if source != _PIPE and folder.is_dir():
        _read_folder(folder, as_json, out)
        return
    if out is not None and not as_json:
        _leave(_("--out 要与 --json 同用。"), USAGE)
    paper = _paper(source)
    if out is not None:
        _write(_folder(out), _stem(source), _answer(paper, _stem(source)))
    elif as_json:
        sys.stdout.write(_as_json(_answer(paper, _stem(source))))
    else:
        _print_table(paper)


def restore(source: Input, report: Report = None, check: Check = False) -> None:
    """Writes the restored text to standard output, without a line end of its own."""
    _end_quietly_with_the_pipe()
    restoration = restore_text(_paper(source).text)
    if report is not None:
        _write_lines(report, restoration)
    sys.stdout.write(restoration.text)
    doubtful = sum(not repair.applied for repair in restoration.repairs)
    _say(_repairs_in_words(restoration))
    if check and doubtful:
        raise typer.Exit(DIFFERS)


app_commands = {"read": read, "restore": restore}


def _read_folder(folder: Path, as_json: bool, out: Path | None) -> None:
    """Every document of a folder, one file each; what cannot be read is said and passed over."""
    if not as_json or out is None:
        _leave(_("这是文件夹：{path}。请加上 --json --out DIR。").format(path=folder), USAGE)
    endings = tuple(ending for kind in DOCUMENTS for ending in kind.extensions)
    paths = sorted(path for path in folder.iterdir() if path.name.lower().endswith(endings))
    if not paths:
        _leave(_("文件夹里没有可读的文件：{path}。").format(path=folder), UNREADABLE)
    twice = [
        stem for stem, count in Counter(_stem(str(path)) for path in paths).items() if count > 1
    ]
    if twice:
        names = "、".join(twice)
        _leave(_("几份文件会写成同名的结果：{names}。请改名后再试。").format(names=names), USAGE)
    target, failed = _folder(out), 0
    for path in paths:
        try:
            paper = read_paper(path.read_bytes(), path.name)
        except (Invalid, OSError) as error:
            failed += 1
            _say(f"{path}: {_why(error)}")
            continue
        _write(target, _stem(str(path)), _answer(paper, _stem(str(path))))
    _say(
        _("读了 {count} 份，{failed} 份未能读取。").format(count=len(paths) - failed, failed=failed)
    )
    if failed:
        raise typer.Exit(UNREADABLE)


def _paper(source: str) -> Paper:
    """The paper in a file or in standard input; leaves with one line where it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if source == _PIPE else Path(source).read_bytes()
        paper = read_paper(data, _piped_name(data) if source == _PIPE else Path(source).name)
    except (Invalid, OSError) as error:
        _leave(f"{source}: {_why(error)}", UNREADABLE)
    for doubt in paper.doubts:
        _say(f"{source}: {_(DOUBTS[doubt.code]).format(**doubt.values)}")
    return paper


def _piped_name(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "page.html" if head.startswith(_PAGE_HEADS) else "text.txt"


def _answer(paper: Paper, stem: str) -> dict[str, Any]:
    """The reading in the keys of the schema, with the document's name and length."""
    restoration = restore_text(paper.text)
    document = read_text(restoration.text).as_dict()
    return {"id": stem, **document, "n_chars": len(restoration.text)}


def _print_table(paper: Paper) -> None:
    restoration = restore_text(paper.text)
    findings = read_text(restoration.text).findings
    _say(_repairs_in_words(restoration))
    rows = []
    for found in findings:
        line = restoration.text.count("\n", 0, found.start) + 1
        place = f"{line}:{found.start}-{found.end}"
        words = shown(found, restoration.text)
        rows.append((KINDS.get(found.kind, found.kind), place, words))
    if not rows:
        _say(_("没有找到可列的内容。"))
        return
    columns = shutil.get_terminal_size((_WIDE, 0)).columns if sys.stdout.isatty() else _WIDE
    head = (_("种类"), _("位置"), _("内容"))
    for text in table(head, rows, max(_NARROWEST, columns)):
        print(text)


def _repairs_in_words(restoration: Restoration) -> str:
    counts = restoration.counts()
    return _("还原 {done} 处，其中推断 {inferred} 处；存疑 {open} 处。").format(
        done=counts["exact"] + counts["inferred"],
        inferred=counts["inferred"],
        open=counts["uncertain"] + counts["proposed"],
    )


def _write_lines(report: Path, restoration: Restoration) -> None:
    lines = (json.dumps(asdict(repair), ensure_ascii=False) for repair in restoration.repairs)
    _write_text(report, "".join(f"{line}\n" for line in lines))


def _write(folder: Path, stem: str, answer: Mapping[str, Any]) -> None:
    _write_text(folder / f"{stem}.json", _as_json(answer))


def _write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        _leave(f"{path}: {_why(error)}", USAGE)


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _leave(f"{out}: {_why(error)}", USAGE)
    return out


def _as_json(answer: Mapping[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _stem(source: str) -> str:
    """The name up to its first dot: A01.raw.txt is A01."""
    return "stdin" if source == _PIPE else Path(source).name.partition(".")[0] or Path(source).name


def _why(error: Invalid | OSError) -> str:
    if isinstance(error, Invalid):
        return refusal(error)
    if isinstance(error, FileNotFoundError):
        return _("没有这个文件。请检查路径。")
    if isinstance(error, IsADirectoryError):
        return _("这是文件夹，不是文件。请给出其中的一个文件。")
    if isinstance(error, PermissionError):
        return _("没有读写这个文件的权限。请检查权限。")
    return _("无法读写：{reason}。").format(reason=error.strerror or error)


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _leave(message: str, code: int) -> NoReturn:
    _say(message)
    raise typer.Exit(code)


def _end_quietly_with_the_pipe() -> None:
    # `luoshi restore FILE | head` ends as `cat FILE | head` does. Not for the server's commands: a
    # closed socket must not end them.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
