"""`luoshi read`: what a document says, as a table or as JSON. No database, no limit."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from luoshi.batch.folder import listing
from luoshi.batch.reading import Read, read_of, stem, values_of
from luoshi.cli.columns import table
from luoshi.cli.exits import EXITS, OK, UNREADABLE
from luoshi.cli.findings import KINDS, reason, shown
from luoshi.cli.folders import work_through
from luoshi.cli.source import (
    PIPE,
    Misused,
    answered,
    end_with_the_pipe,
    is_folder,
    paper_of,
    repairs_in_words,
    say,
    why,
    write,
)
from luoshi.cli.task_table import write_tasks
from luoshi.cli.words import gettext as _
from luoshi.text.reading import Reading
from luoshi.text.restore_records import Restoration

_NARROWEST = 60
_WIDE = 200  # where the output is no terminal
_READ = _("还原并研读文件，列出找到的内容。消息写到标准错误。")


def run(name: str, arguments: Sequence[str]) -> int:
    """The exit code of `luoshi read`."""
    options = vars(_parser().parse_args(arguments))
    end_with_the_pipe()
    return answered(partial(read, **options))


def read(
    source: str,
    as_json: bool = False,
    out: Path | None = None,
    xlsx: Path | None = None,
    explain: bool = False,
    dask: str | None = None,
) -> int:
    """Restores and reads a file or a folder's files; prints or writes what was found."""
    if is_folder(source):
        return _read_folder(Path(source), Read(explain), as_json, out, xlsx, dask)
    if dask is not None:
        raise Misused(_("--dask 只用于文件夹。"))
    if out is not None and not as_json:
        raise Misused(_("--out 要与 --json 同用。"))
    restoration, reading = read_of(paper_of(source))
    name = stem("stdin" if source == PIPE else Path(source).name)
    values = values_of(reading, name, explained=explain or xlsx is not None)
    if xlsx is not None:
        say(
            _("写了 {count} 行任务。").format(
                count=write_tasks(xlsx, [values], explained=explain, one=True)
            )
        )
    if out is not None:
        write(_folder(out) / f"{name}.json", _as_json(values).encode())
    elif as_json:
        sys.stdout.write(_as_json(values))
    elif xlsx is None:
        _print_table(restoration, reading, explain)
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("luoshi read", description=_READ, epilog=EXITS)
    add = parser.add_argument
    add("source", metavar="FILE|DIR|-", help=_("文件、文件夹，或 - 表示标准输入"))
    add("--json", action="store_true", dest="as_json", help=_("输出 JSON，每份文件一个对象"))
    add(
        "--out",
        type=Path,
        metavar="DIR",
        help=_("把每份文件的结果写成 DIR/<名称>.json；中断后再运行即继续"),
    )
    add("--xlsx", type=Path, metavar="FILE", help=_("把任务要求写成一张任务分解表"))
    add("--explain", action="store_true", help=_("写明每一条为什么读出、哪里存疑、有几分把握"))
    add("--dask", metavar="tcp://…", help=_("由这个 Dask 集群处理文件夹"))
    return parser


def _read_folder(
    folder: Path,
    task: Read,
    as_json: bool,
    out: Path | None,
    xlsx: Path | None,
    dask: str | None,
) -> int:
    """Every document of a folder, one file each; what cannot be read is said and passed over."""
    if xlsx is None and not (as_json and out is not None):
        raise Misused(
            _("这是文件夹：{path}。请加上 --json --out DIR，或 --xlsx FILE。").format(path=folder)
        )
    if out is not None and not as_json:
        raise Misused(_("--out 要与 --json 同用。"))
    with TemporaryDirectory() as spare:
        target = out or Path(spare) / "readings"
        tally = work_through(folder, (target,), task, dask)
        done, before = tally.states["done"], tally.states["unchanged"]
        say(
            _(
                "读了 {done} 份，先前已读 {before} 份，{failed} 份未能读取；任务要求 {count} 条。"
            ).format(
                done=done,
                before=before,
                failed=tally.states["failed"],
                count=tally.counts["directive"],
            )
        )
        if xlsx is not None:
            count = write_tasks(
                xlsx, _readings(folder, target, task), explained=task.explained, one=False
            )
            say(_("写了 {count} 行任务。").format(count=count))
    return UNREADABLE if tally.failures else OK


def _readings(folder: Path, out: Path, task: Read) -> Iterator[Mapping[str, Any]]:
    """The readings of a folder's documents, in the order of their names."""
    files = listing(folder, task.endings).files
    for name in sorted(name for one in files for name in task.names(one.relative)):
        if (out / name).exists():
            yield json.loads((out / name).read_bytes())


def _as_json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def _print_table(restoration: Restoration, reading: Reading, explain: bool) -> None:
    say(repairs_in_words(restoration))
    rows = []
    for found in reading.findings:
        line = restoration.text.count("\n", 0, found.start) + 1
        place = f"{line}:{found.start}-{found.end}"
        row = (KINDS.get(found.kind, found.kind), place, shown(found, restoration.text))
        rows.append((*row[:2], reason(found), row[2]) if explain else row)
    if not rows:
        say(_("没有找到可列的内容。"))
        return
    columns = shutil.get_terminal_size((_WIDE, 0)).columns if sys.stdout.isatty() else _WIDE
    head = (_("种类"), _("位置"), *((_("依据"),) if explain else ()), _("内容"))
    for text in table(head, rows, max(_NARROWEST, columns)):
        print(text)


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misused(f"{out}: {why(error)}") from error
    return out
