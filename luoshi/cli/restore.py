"""`luoshi restore`: damaged text comes back, of a file, a pipe or a folder. No database, no limit."""

from __future__ import annotations

import argparse
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from luoshi.batch.restoring import Restore, record, record_line
from luoshi.cli.changes import shown
from luoshi.cli.exits import DIFFERS, EXITS, OK, UNREADABLE
from luoshi.cli.folders import Tally, work_through
from luoshi.cli.source import (
    Misused,
    answered,
    end_with_the_pipe,
    is_folder,
    paper_of,
    repairs_in_words,
    say,
    write,
)
from luoshi.cli.words import gettext as _
from luoshi.text.restore import restore
from luoshi.text.restore_guess import with_guesses

_WHAT = _(
    "还原受损的文字。文件：写到标准输出；文件夹：每份文件写到 DIR 下的同一位置，JSON 行的每行算一页。"
    "消息写到标准错误。"
)


def run(name: str, arguments: Sequence[str]) -> int:
    """The exit code of `luoshi restore`."""
    options = _parser().parse_args(arguments)
    if is_folder(options.source):
        return answered(partial(_restore_folder, Path(options.source), options))
    end_with_the_pipe()
    return answered(partial(_restore_file, options.source, options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("luoshi restore", description=_WHAT, epilog=EXITS)
    add = parser.add_argument
    add("source", metavar="FILE|DIR|-", help=_("文件、文件夹，或 - 表示标准输入"))
    add("--out", type=Path, metavar="DIR", help=_("文件夹的结果写到这里；中断后再运行即继续"))
    add(
        "--report",
        type=Path,
        metavar="PATH",
        help=_("把每一处还原写成一行 JSON；对文件夹给出文件夹"),
    )
    add("--diff", action="store_true", help=_("改为显示改动和候选"))
    add("--check", action="store_true", help=_("还有存疑之处时以 1 退出"))
    add("--apply-uncertain", action="store_true", help=_("存疑之处取第一个候选（只供测评）"))
    add("--field", metavar="NAME", default="text", help=_("JSON 行里放文字的字段（默认 text）"))
    add("--dask", metavar="tcp://…", help=_("由这个 Dask 集群处理文件夹"))
    return parser


def _restore_file(source: str, options: Namespace) -> int:
    """Writes the restored text to standard output, without a line end of its own."""
    if options.out is not None or options.dask is not None:
        raise Misused(_("--out 和 --dask 只用于文件夹。"))
    received = paper_of(source).text
    restoration = restore(received)
    if options.apply_uncertain:
        restoration = with_guesses(restoration)
    if options.report is not None:
        lines = (record_line(record(repair)) for repair in restoration.repairs)
        write(options.report, b"".join(lines))
    if options.diff:
        for line in shown(received, restoration.repairs, _in_colour()):
            print(line)
    else:
        sys.stdout.write(restoration.text)
    say(repairs_in_words(restoration))
    doubtful = any(not repair.applied for repair in restoration.repairs)
    return DIFFERS if options.check and doubtful else OK


def _restore_folder(folder: Path, options: Namespace) -> int:
    """Every file of the folder into the other, the records into a third if asked for."""
    if options.out is None:
        raise Misused(_("这是文件夹：{path}。请加上 --out DIR。").format(path=folder))
    if options.diff:
        raise Misused(_("--diff 只用于单个文件。"))
    report = options.report
    task = Restore(options.field, options.apply_uncertain, report is not None)
    roots = (options.out, report) if report is not None else (options.out,)
    tally = work_through(folder, roots, task, options.dask)
    _say(tally, options.out)
    if tally.failures:
        return UNREADABLE
    doubtful = tally.counts["uncertain"] + tally.counts["proposed"] > 0
    return DIFFERS if options.check and doubtful else OK


def _say(tally: Tally, out: Path) -> None:
    counts = tally.counts
    say(
        _("还原 {done} 份，先前已完成 {before} 份，未能处理 {failed} 份；共 {pages} 页。").format(
            done=tally.states["done"],
            before=tally.states["unchanged"],
            failed=tally.states["failed"],
            pages=tally.pages,
        )
    )
    say(
        _("还原 {done} 处，其中推断 {inferred} 处；存疑 {open} 处。").format(
            done=counts["exact"] + counts["inferred"],
            inferred=counts["inferred"],
            open=counts["uncertain"] + counts["proposed"],
        )
    )
    if tally.doubtful:
        say(
            _("{count} 份的编码或字符需要核对，见 {path}。").format(
                count=tally.doubtful, path=out / ".luoshi" / "manifest.jsonl"
            )
        )


def _in_colour() -> bool:
    """On a terminal that can, unless the environment asks for none (https://no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
