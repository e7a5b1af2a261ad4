"""One file from its input to its outputs: whole under its name, or not there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from uuid import uuid4

from luoshi.batch.engine import engine
from luoshi.batch.manifest import Entry, Output, parts_of
from luoshi.kernel.errors import Invalid, LuoshiError


@dataclass(frozen=True, slots=True)
class Made:
    """What a task says of a file it has done."""

    pages: int
    counts: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


class Task(Protocol):
    """What is done to each file. It is pickled, and what it writes depends on the input alone."""

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of the files end that it takes, in lower case."""

    def names(self, relative: str) -> tuple[str, ...]:
        """The path of the output in each output folder."""

    def make(self, source: Path, into: Sequence[BinaryIO]) -> Made:
        """Reads the source and writes the outputs. Errors: LuoshiError, OSError."""

    def as_dict(self) -> dict[str, Any]:
        """What was asked for, as the manifest keeps it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be done; `before` is what the manifest has of it."""

    relative: str
    source: Path
    roots: tuple[Path, ...]
    task: Task
    engine: str
    before: Entry | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: done | unchanged (nothing to do) | failed, with the error."""

    relative: str
    state: str
    entry: Entry | None = None
    error: LuoshiError | OSError | None = None


def failed(relative: str, error: LuoshiError | OSError) -> Outcome:
    """The outcome of a file that could not be done."""
    return Outcome(relative, "failed", error=error)


def carry_out(job: Job) -> Outcome:
    """Does the job in whatever process or machine it is; the folders are the same ones there."""
    try:
        if engine() != job.engine:
            raise Invalid("engine_differs", theirs=engine(), ours=job.engine)
        entry = _unchanged(job)
        return Outcome(job.relative, "unchanged", entry) if entry else _done(job)
    except (LuoshiError, OSError) as error:
        return failed(job.relative, error)


def _unchanged(job: Job) -> Entry | None:
    """The entry of the manifest when doing the file again would change nothing."""
    before = job.before
    if before is None or (before.engine, before.task) != (job.engine, job.task.as_dict()):
        return None
    if job.source.stat().st_size != before.size or _digest(job.source) != before.sha256:
        return None
    whole = all(
        _digest_if_there(root / output.path) == output.sha256
        for root, output in zip(job.roots, before.outputs, strict=True)
    )
    return before if whole else None


def _done(job: Job) -> Outcome:
    names = job.task.names(job.relative)
    targets = [root / name for root, name in zip(job.roots, names, strict=True)]
    with _parts(job.roots) as parts:
        state, sha256 = job.source.stat(), _digest(job.source)
        made = _made(job, parts)
        # Also stops a worker whose run is long gone from putting an old result in place.
        if _state(job.source.stat()) != _state(state):
            raise Invalid("input_changed")
        digests = [_digest(part) for part in parts]
        for target, digest in zip(targets, digests, strict=True):
            _refuse_strangers(target, digest, job.before)
        for part, target in zip(parts, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
    outputs = tuple(map(Output, names, digests))
    return Outcome(
        job.relative,
        "done",
        Entry(
            path=job.relative,
            size=state.st_size,
            sha256=sha256,
            outputs=outputs,
            engine=job.engine,
            task=job.task.as_dict(),
            pages=made.pages,
            counts=dict(made.counts),
            doubts=made.doubts,
        ),
    )


@contextmanager
def _parts(roots: Sequence[Path]) -> Iterator[list[Path]]:
    """A new name for each output, no attempt's the same as another's; nothing is left of them."""
    parts = [parts_of(root) / f"{uuid4().hex}.part" for root in roots]
    try:
        yield parts
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _made(job: Job, parts: Sequence[Path]) -> Made:
    with ExitStack() as stack:
        into = [stack.enter_context(part.open("xb")) for part in parts]
        made = job.task.make(job.source, into)
        for out in into:
            out.flush()
            os.fsync(out.fileno())
    return made


def _refuse_strangers(target: Path, digest: str, before: Entry | None) -> None:
    """Errors: Invalid(output_taken) unless the target is free, ours, or what would be written."""
    if not os.path.lexists(target):
        return
    ours = {digest, *(output.sha256 for output in before.outputs)} if before else {digest}
    if not target.is_file() or _digest(target) not in ours:
        raise Invalid("output_taken", path=str(target))


def _state(state: os.stat_result) -> tuple[int, int, int]:
    return state.st_ino, state.st_size, state.st_mtime_ns


def _digest(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _digest_if_there(path: Path) -> str | None:
    try:
        return _digest(path)
    except FileNotFoundError:
        return None
