"""`luoshi read`: what a document says, as a table or as JSON. No database, no limit."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from luoshi.cli.columns import table
from luoshi.cli.exits import EXITS, OK, UNREADABLE
from luoshi.cli.findings import KINDS, shown
from luoshi.cli.source import (
    PIPE,
    Misused,
    Unreadable,
    answered,
    end_with_the_pipe,
    is_folder,
    paper_of,
    repairs_in_words,
    say,
    why,
    write,
)
from luoshi.cli.words import gettext as _
from luoshi.officialdoc.kinds import DOCUMENTS
from luoshi.officialdoc.paper import Paper
from luoshi.text.read import read as read_text
from luoshi.text.restore import restore as restore_text

_NARROWEST = 60
_WIDE = 200  # where the output is no terminal
_READ = _("还原并研读文件，列出找到的内容。消息写到标准错误。")


def run(name: str, arguments: Sequence[str]) -> int:
    """The exit code of `luoshi read`."""
    options = vars(_parser().parse_args(arguments))
    end_with_the_pipe()
    return answered(partial(read, **options))


def read(source: str, as_json: bool = False, out: Path | None = None) -> int:
    """Restores and reads a file or a folder's files; prints or writes what was found."""
    if is_folder(source):
        return _read_folder(Path(source), as_json, out)
    if out is not None and not as_json:
        raise Misused(_("--out 要与 --json 同用。"))
    paper, stem = paper_of(source), _stem(source)
    if out is not None:
        write(_folder(out) / f"{stem}.json", _as_json(paper, stem).encode())
    elif as_json:
        sys.stdout.write(_as_json(paper, stem))
    else:
        _print_table(paper)
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("luoshi read", description=_READ, epilog=EXITS)
    parser.add_argument("source", metavar="FILE|DIR|-", help=_("文件、文件夹，或 - 表示标准输入"))
    parser.add_argument(
        "--json", action="store_true", dest="as_json", help=_("输出 JSON，每份文件一个对象")
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help=_("把每份文件的结果写成 DIR/<名称>.json")
    )
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
            answer = _as_json(paper_of(str(path)), _stem(path.name))
        except Unreadable as error:
            failed += 1
            say(str(error))
            continue
        write(target / f"{_stem(path.name)}.json", answer.encode())
    done = len(paths) - failed
    say(_("读了 {done} 份，{failed} 份未能读取。").format(done=done, failed=failed))
    return UNREADABLE if failed else OK


def _as_json(paper: Paper, stem: str) -> str:
    """The reading in the keys of the schema, with the document's name."""
    reading = read_text(restore_text(paper.text).text)
    return json.dumps({"id": stem, **reading.as_dict()}, ensure_ascii=False, indent=1) + "\n"


def _print_table(paper: Paper) -> None:
    restoration = restore_text(paper.text)
    findings = read_text(restoration.text).findings
    say(repairs_in_words(restoration))
    rows = []
    for found in findings:
        line = restoration.text.count("\n", 0, found.start) + 1
        place = f"{line}:{found.start}-{found.end}"
        words = shown(found, restoration.text)
        rows.append((KINDS.get(found.kind, found.kind), place, words))
    if not rows:
        say(_("没有找到可列的内容。"))
        return
    columns = shutil.get_terminal_size((_WIDE, 0)).columns if sys.stdout.isatty() else _WIDE
    head = (_("种类"), _("位置"), _("内容"))
    for text in table(head, rows, max(_NARROWEST, columns)):
        print(text)


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misused(f"{out}: {why(error)}") from error
    return out


def _stem(source: str) -> str:
    """The name up to its first dot: A01.raw.txt is A01."""
    return "stdin" if source == PIPE else Path(source).name.partition(".")[0] or Path(source).name
