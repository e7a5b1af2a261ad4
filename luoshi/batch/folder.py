"""What is in a folder: the files to be done, and those that cannot be."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from luoshi.kernel.errors import Invalid, LuoshiError


@dataclass(frozen=True, slots=True)
class Found:
    """One file: its path below the folder, with slashes; `error` when it cannot be read."""

    relative: str
    size: int
    error: LuoshiError | OSError | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder, sorted by path; `others` counts those of no kind that was asked for."""

    files: tuple[Found, ...]
    others: int
    links: tuple[str, ...]


def listing(folder: Path, endings: tuple[str, ...]) -> Listing:
    """The files below `folder` whose name ends so, whatever the case; hidden names are left out.

    A link to a file is read, a link to a folder is named in `links` and not followed: it may lead
    in a circle. Errors: OSError when the folder itself cannot be listed.
    """
    os.listdir(folder)
    files: list[Found] = []
    links: list[str] = []
    others = 0
    for place, below, names in os.walk(folder, onerror=lambda error: files.append(_shut(error, folder))):
        links += [_relative(folder, place, name) for name in below if Path(place, name).is_symlink()]
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in names:
            if name.startswith("."):
                continue
            if name.lower().endswith(endings):
                files.append(_found(folder, place, name))
            else:
                others += 1
    return Listing(tuple(sorted(files, key=lambda one: one.relative)), others, tuple(sorted(links)))


def apart(*folders: Path) -> None:
    """Nothing; Errors: Invalid(folders_nested) when one folder is another or lies within it."""
    known: list[tuple[Path, Path]] = []
    for folder in folders:
        real = folder.resolve()
        for other, resolved in known:
            if real.is_relative_to(resolved) or resolved.is_relative_to(real):
                raise Invalid("folders_nested", one=str(other), other=str(folder))
        known.append((folder, real))


def _found(folder: Path, place: str, name: str) -> Found:
    relative = _relative(folder, place, name)
    try:
        state = os.stat(os.path.join(place, name))
    except OSError as error:
        return Found(relative, 0, error)
    if not stat.S_ISREG(state.st_mode):
        return Found(relative, 0, Invalid("not_a_file"))
    return Found(relative, state.st_size)


def _shut(error: OSError, folder: Path) -> Found:
    return Found(Path(error.filename or folder).relative_to(folder).as_posix(), 0, error)


def _relative(folder: Path, place: str, name: str) -> str:
    return (Path(place) / name).relative_to(folder).as_posix()
