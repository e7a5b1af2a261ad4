"""`luoshi read` and `luoshi restore`: the text library on files and pipes. No database, no limit."""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from luoshi.cli.columns import table
from luoshi.cli.exits import DIFFERS, EXITS, OK, UNREADABLE, USAGE
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
_READ = _("还原并研读文件，列出找到的内容。消息写到标准错误。")
_RESTORE = _("还原受损的文字，写到标准输出。消息写到标准错误。")


class Unreadable(Exception):
    """The input cannot be read; the message is what a person is told."""


class Misused(Exception):
    """The command cannot be carried out as it was given."""


def run(name: str, arguments: Sequence[str]) -> int:
    """The exit code of `read` or `restore`."""
    # `luoshi restore FILE | head` ends as `cat FILE | head` does. Not for the server's commands: a
    # closed socket must not end them.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        if name == "restore":
            return restore(**vars(_restore_parser().parse_args(arguments)))
        return read(**vars(_read_parser().parse_args(arguments)))
    except Unreadable as error:
        _say(str(error))
        return UNREADABLE
    except Misused as error:
        _say(str(error))
        return USAGE


def read(source: str, as_json: bool = False, out: Path | None = None) -> int:
    """Restores and reads a file or a folder's files; prints or writes what was found."""
    folder = Path(source)
    if source != _PIPE and folder.is_dir():
        return _read_folder(folder, as_json, out)
    if out is not None and not as_json:
        raise Misused(_("--out 要与 --json 同用。"))
    paper, stem = _paper(source), _stem(source)
    if out is not None:
        _write_text(_folder(out) / f"{stem}.json", _as_json(paper, stem))
    elif as_json:
        sys.stdout.write(_as_json(paper, stem))
    else:
        _print_table(paper)
    return OK


def restore(source: str, report: Path | None = None, check: bool = False) -> int:
    """Writes the restored text to standard output, without a line end of its own."""
    restoration = restore_text(_paper(source).text)
    if report is not None:
        lines = (json.dumps(asdict(repair), ensure_ascii=False) for repair in restoration.repairs)
        _write_text(report, "".join(f"{line}\n" for line in lines))
    sys.stdout.write(restoration.text)
    _say(_repairs_in_words(restoration))
    doubtful = any(not repair.applied for repair in restoration.repairs)
    return DIFFERS if check and doubtful else OK


def _read_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("luoshi read", description=_READ, epilog=EXITS)
    parser.add_argument("source", metavar="FILE|DIR|-", help=_("文件、文件夹，或 - 表示标准输入"))
    parser.add_argument(
        "--json", action="store_true", dest="as_json", help=_("输出 JSON，每份文件一个对象")
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help=_("把每份文件的结果写成 DIR/<名称>.json")
    )
    return parser


def _restore_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("luoshi restore", description=_RESTORE, epilog=EXITS)
    parser.add_argument("source", metavar="FILE|-", help=_("文件，或 - 表示标准输入"))
    parser.add_argument("--report", type=Path, metavar="FILE", help=_("把每一处还原写成一行 JSON"))
    parser.add_argument("--check", action="store_true", help=_("还有存疑之处时以 1 退出"))
    return parser


def _read_folder(folder: Path, as_json: bool, out: Path | None) -> int:
    """Every document of a folder, one file each; what cannot be read is said and passed over."""
    if not as_json or out is None:
        raise Misused(_("这是文件夹：{path}。请加上 --json --out DIR。").format(path=folder))
    endings = tuple(ending for kind in DOCUMENTS for ending in kind.extensions)
    paths = sorted(path for path in folder.iterdir() if path.name.lower().endswith(endings))
    if not paths:
        raise Unreadable(_("文件夹里没有可读的文件：{path}。").format(path=folder))
    counts = Counter(_stem(path.name) for path in paths)
    if twice := "、".join(stem for stem, count in counts.items() if count > 1):
        raise Misused(_("几份文件会写成同名的结果：{names}。请改名。").format(names=twice))
    target, failed = _folder(out), 0
    for path in paths:
        try:
            answer = _as_json(_paper(str(path)), _stem(path.name))
        except Unreadable as error:
            failed += 1
            _say(str(error))
            continue
        _write_text(target / f"{_stem(path.name)}.json", answer)
    done = len(paths) - failed
    _say(_("读了 {done} 份，{failed} 份未能读取。").format(done=done, failed=failed))
    return UNREADABLE if failed else OK


def _paper(source: str) -> Paper:
    """The paper in a file or in standard input; its doubts are said. Errors: Unreadable."""
    try:
        data = sys.stdin.buffer.read() if source == _PIPE else Path(source).read_bytes()
        paper = read_paper(data, _piped_name(data) if source == _PIPE else Path(source).name)
    except Invalid as error:
        raise Unreadable(f"{source}: {refusal(error)}") from error
    except OSError as error:
        raise Unreadable(f"{source}: {_why(error)}") from error
    for doubt in paper.doubts:
        _say(f"{source}: {_(DOUBTS[doubt.code]).format(**doubt.values)}")
    return paper


def _piped_name(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "page.html" if head.startswith(_PAGE_HEADS) else "text.txt"


def _as_json(paper: Paper, stem: str) -> str:
    """The reading in the keys of the schema, with the document's name."""
    reading = read_text(restore_text(paper.text).text)
    return json.dumps({"id": stem, **reading.as_dict()}, ensure_ascii=False, indent=1) + "\n"


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


def _write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Misused(f"{path}: {_why(error)}") from error


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misused(f"{out}: {_why(error)}") from error
    return out


def _stem(source: str) -> str:
    """The name up to its first dot: A01.raw.txt is A01."""
    return "stdin" if source == _PIPE else Path(source).name.partition(".")[0] or Path(source).name


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("没有这个文件。请检查路径。")
    if isinstance(error, FileExistsError | NotADirectoryError):
        return _("这不是文件夹。请检查路径。")
    if isinstance(error, IsADirectoryError):
        return _("这是文件夹，不是文件。请给出其中的一个文件。")
    if isinstance(error, PermissionError):
        return _("没有读写的权限。请检查权限。")
    return _("无法读写：{reason}。").format(reason=error.strerror or error)


def _say(message: str) -> None:
    print(message, file=sys.stderr)
