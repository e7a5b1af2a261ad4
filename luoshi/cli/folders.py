"""A task over a folder as a command does it: on all cores or on a cluster, with progress."""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from luoshi.batch.job import Outcome, Task
from luoshi.batch.run import Died, Plan, Through, carried_out, planned
from luoshi.cli.progress import Progress
from luoshi.cli.source import Misused, Stopped, Unreadable, say, why
from luoshi.cli.words import gettext as _
from luoshi.cli.words import refusal
from luoshi.cli.workers import through_all_cores
from luoshi.kernel.errors import Invalid

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@dataclass(slots=True)
class Tally:
    """What became of the files: how many by state, their pages, repairs by status, the failures."""

    states: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    doubtful: int = 0  # files of which a person should know something
    failures: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Counts one file."""
        self.states[outcome.state] += 1
        if outcome.error is not None:
            self.failures.append(f"{outcome.relative}: {why(outcome.error)}")
        if outcome.entry is not None:
            self.pages += outcome.entry.pages
            self.counts.update(outcome.entry.counts)
            self.doubtful += bool(outcome.entry.doubts)


def work_through(folder: Path, roots: tuple[Path, ...], task: Task, dask: str | None) -> Tally:
    """The tally of the task over the folder; failures are said at the end, one line each.

    Errors: Misused, Unreadable, Stopped.
    """
    plan = _plan(folder, roots, task)
    for link in plan.files.links:
        say(_("不跟随指向文件夹的链接：{path}").format(path=link))
    if plan.files.others:
        say(_("另有 {count} 份是别的类型，未处理。").format(count=plan.files.others))
    tally = Tally()
    try:
        with _workers(dask) as through:
            _count(plan, through, tally)
    except Invalid as error:
        raise Stopped(refusal(error)) from error
    except OSError as error:
        raise Stopped(f"{roots[0]}: {why(error)}") from error
    except Died as error:
        raise Stopped(_("处理进程或集群中断。再运行同一命令，会从停下的地方继续。")) from error
    except KeyboardInterrupt:
        say(_("已中断。再运行同一命令，会从停下的地方继续。"))
        raise
    finally:
        for line in sorted(tally.failures):
            say(line)
    return tally


def _plan(folder: Path, roots: tuple[Path, ...], task: Task) -> Plan:
    try:
        return planned(folder, roots, task)
    except Invalid as error:
        kind = Unreadable if error.code == "folder_empty" else Misused
        raise kind(refusal(error)) from error
    except OSError as error:
        raise Unreadable(f"{folder}: {why(error)}") from error


def _count(plan: Plan, through: Through, tally: Tally) -> None:
    sizes = {one.relative: one.size for one in plan.files.files}
    with (
        Progress(len(sizes), sum(sizes.values())) as progress,
        closing(carried_out(plan, through)) as outcomes,
    ):
        for outcome in outcomes:
            tally.add(outcome)
            progress.advance(sizes[outcome.relative])
            if isinstance(outcome.error, OSError) and outcome.error.errno in _NO_ROOM:
                raise Stopped(_("磁盘已满，已停止。腾出空间后再运行同一命令，会从停下的地方继续。"))


@contextmanager
def _workers(dask: str | None) -> Iterator[Through]:
    if dask is None:
        yield through_all_cores
        return
    if find_spec("distributed") is None:
        raise Misused(_("连接集群需要另一个组件。请安装：pip install 'luoshi[cluster]'"))
    with import_module("luoshi.cli.cluster").cluster(dask) as through:
        yield through
