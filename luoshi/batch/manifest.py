"""What has been done in an output folder, so that a run goes on where another stopped.

`OUT/.luoshi/manifest.jsonl` has one line for each file that is done, appended when its outputs
stand under their names; of two lines on one path the later counts. A line torn by a kill is no
line. `OUT/.luoshi/lock` is held by the one process that writes.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from luoshi.kernel.errors import Invalid

HIDDEN = ".luoshi"


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written, by its path below its folder."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that is done.

    engine: the version of rules and word lists (`engine.py`). task: what was asked for. counts:
    repairs by status. doubts: what a person should know about the received file, as codes.
    """

    path: str
    size: int
    sha256: str
    outputs: tuple[Output, ...]
    engine: str
    task: Mapping[str, Any]
    pages: int
    counts: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    def line(self) -> bytes:
        """The entry as it stands in the manifest."""
        # A name that is no UTF-8 has lone surrogates; as escapes they are JSON, and come back.
        text = json.dumps(asdict(self), ensure_ascii=False)
        return text.encode("utf-8", "backslashreplace") + b"\n"


class Manifest:
    """The entries of an output folder by path. Made by `opened`."""

    def __init__(self, entries: dict[str, Entry], log: BinaryIO) -> None:
        self.entries = entries
        self._log = log

    def add(self, entry: Entry) -> None:
        """Appends the entry; it is in the hands of the system when this returns."""
        self._log.write(entry.line())
        self._log.flush()
        self.entries[entry.path] = entry


@contextmanager
def opened(roots: Sequence[Path]) -> Iterator[Manifest]:
    """The manifest of the first folder, locked; folders are made, leftovers of a kill swept.

    Errors: Invalid(folder_in_use), OSError.
    """
    with ExitStack() as stack:
        for root in roots:
            parts_of(root).mkdir(parents=True, exist_ok=True)
            stack.enter_context(_locked(root))
        _sweep(roots)
        stack.callback(_sweep, roots)
        path = roots[0] / HIDDEN / "manifest.jsonl"
        entries = _entries(path)
        _write_whole(path, entries)
        log = stack.enter_context(path.open("ab"))
        yield Manifest(entries, log)


def parts_of(root: Path) -> Path:
    """The folder where files are written before they get their name."""
    return root / HIDDEN / "parts"


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    # lockf and not flock: a child that outlives a killed run inherits the descriptor, and with
    # flock the lock.
    with (root / HIDDEN / "lock").open("ab") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Invalid("folder_in_use", path=str(root)) from error
        yield


def _sweep(roots: Sequence[Path]) -> None:
    """Takes away what killed workers left; what is still being written will not get its name."""
    for root in roots:
        for part in parts_of(root).glob("*.part"):
            part.unlink(missing_ok=True)


def _entries(path: Path) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    if path.exists():
        with path.open("rb") as lines:
            for line in lines:
                if entry := _entry(line):
                    entries[entry.path] = entry
    return entries


def _entry(line: bytes) -> Entry | None:
    """The entry of a whole line; what a kill or another version left is done again."""
    try:
        values = json.loads(line)
        outputs = tuple(Output(**output) for output in values.pop("outputs"))
        return Entry(outputs=outputs, doubts=tuple(values.pop("doubts")), **values)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _write_whole(path: Path, entries: Mapping[str, Entry]) -> None:
    """One line for each entry, put in place at once."""
    part = parts_of(path.parent.parent) / "manifest.part"
    with part.open("wb") as out:
        out.writelines(entry.line() for entry in entries.values())
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
