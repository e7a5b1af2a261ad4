"""A folder of files through any `concurrent.futures.Executor`, going on where it stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import dataclass
from pathlib import Path

from luoshi.batch.engine import engine
from luoshi.batch.folder import Listing, apart, listing
from luoshi.batch.job import Job, Outcome, Task, carry_out, failed
from luoshi.batch.manifest import Manifest, opened
from luoshi.kernel.errors import Invalid, LuoshiError

AHEAD = 64  # files that are with the executor at a time
Through = Callable[[Iterable[Job]], Iterator[Outcome]]


class Died(Exception):
    """The executor broke; `jobs` were with it."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        super().__init__(len(jobs))
        self.jobs = jobs


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: every file of a folder, and the folder of each of its outputs."""

    folder: Path
    roots: tuple[Path, ...]
    task: Task
    files: Listing


def planned(folder: Path, roots: tuple[Path, ...], task: Task) -> Plan:
    """The plan; nothing is written yet.

    Errors: Invalid(folders_nested | folder_empty | names_meet), OSError.
    """
    files = listing(folder, task.endings)
    apart(folder, *dict.fromkeys(roots))
    if not files.files:
        raise Invalid("folder_empty", path=str(folder))
    counts = Counter(
        target
        for one in files.files
        for target in zip(roots, task.names(one.relative), strict=True)
    )
    if twice := "、".join(name for (_, name), count in counts.items() if count > 1):
        raise Invalid("names_meet", names=twice)
    return Plan(folder, roots, task, files)


def carried_out(plan: Plan, through: Through) -> Generator[Outcome, None, None]:
    """What became of each file, as they end. Errors: Invalid(folder_in_use), OSError.

    When it is closed or broken off, what is done stays done and the next run does the rest.
    """
    with opened(tuple(dict.fromkeys(plan.roots))) as manifest:
        for one in plan.files.files:
            if one.error is not None:
                yield failed(one.relative, one.error)
        for outcome in through(_jobs(plan, manifest)):
            if outcome.state == "done" and outcome.entry is not None:
                manifest.add(outcome.entry)
            yield outcome


def run(jobs: Iterable[Job], executor: Executor, ahead: int = AHEAD) -> Iterator[Outcome]:
    """The outcomes as they come; `ahead` jobs are submitted at a time. Errors: Died."""
    waiting: dict[Future[Outcome], Job] = {}
    try:
        yield from _flow(jobs, executor, ahead, waiting)
    finally:
        for future in waiting:
            future.cancel()


def run_in_pools(
    jobs: Iterable[Job], pool: Callable[[int], Executor], workers: int
) -> Iterator[Outcome]:
    """As `run`, in a new pool when one breaks; a file that breaks a pool of its own has failed."""
    left = iter(jobs)
    suspects: Sequence[Job] = ()
    while True:
        for job in suspects:
            try:
                yield from _in_pool((job,), pool(1), 1)
            except Died:
                yield failed(job.relative, Invalid("worker_died"))
        try:
            yield from _in_pool(left, pool(workers), 4 * workers)
            return
        except Died as died:
            suspects = died.jobs


def _in_pool(jobs: Iterable[Job], executor: Executor, ahead: int) -> Iterator[Outcome]:
    # The pool cancels what waits: a future cancelled from outside makes the thread of a process
    # pool fail when its workers die at the same moment, as they do at Ctrl-C.
    try:
        yield from _flow(jobs, executor, ahead, {})
    finally:
        executor.shutdown(cancel_futures=True)


def _flow(
    jobs: Iterable[Job], executor: Executor, ahead: int, waiting: dict[Future[Outcome], Job]
) -> Iterator[Outcome]:
    for job in jobs:
        try:
            waiting[executor.submit(carry_out, job)] = job
        except BrokenExecutor as error:
            raise Died((*waiting.values(), job)) from error
        if len(waiting) >= ahead:
            yield from _ended(waiting)
    while waiting:
        yield from _ended(waiting)


def _ended(waiting: dict[Future[Outcome], Job]) -> Iterator[Outcome]:
    """The outcomes of those that have ended, at least one, taken out of `waiting`."""
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        outcome = _outcome(future, waiting)
        del waiting[future]
        yield outcome


def _outcome(future: Future[Outcome], waiting: dict[Future[Outcome], Job]) -> Outcome:
    try:
        error = future.exception()
    except CancelledError as cancelled:
        raise Died(tuple(waiting.values())) from cancelled
    if isinstance(error, BrokenExecutor):
        raise Died(tuple(waiting.values())) from error
    if error is None:
        return future.result()
    relative = waiting[future].relative
    if isinstance(error, LuoshiError | OSError):
        return failed(relative, error)
    return failed(relative, Invalid("task_crashed", kind=type(error).__name__))


def _jobs(plan: Plan, manifest: Manifest) -> Iterator[Job]:
    version = engine()
    for one in plan.files.files:
        if one.error is None:
            source = (plan.folder / one.relative).absolute()
            roots = tuple(root.absolute() for root in plan.roots)
            before = manifest.entries.get(one.relative)
            yield Job(one.relative, source, roots, plan.task, version, before)
