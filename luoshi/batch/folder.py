"""What is in a folder: the files to be done, and those that cannot be."""

from __future__ import annotations

import os
import stat
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
    files: list[Found] = []
    links: list[str] = []
    others = 0

    def shut(error: OSError) -> None:
        if error.filename == str(folder):
            raise error
        files.append(Found(_relative(folder, Path(error.filename)), 0, error))

    for place, below, names in os.walk(folder, onerror=shut):
        paths = [Path(place, name) for name in names if not name.startswith(".")]
        links += [
            _relative(folder, path) for name in below if (path := Path(place, name)).is_symlink()
        ]
        below[:] = [name for name in below if not name.startswith(".")]
        wanted = [path for path in paths if path.name.lower().endswith(endings)]
        others += len(paths) - len(wanted)
        files += [_found(folder, path) for path in wanted]
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


def _found(folder: Path, path: Path) -> Found:
    relative = _relative(folder, path)
    try:
        state = path.stat()
    except OSError as error:
        return Found(relative, 0, error)
    if not stat.S_ISREG(state.st_mode):
        return Found(relative, 0, Invalid("not_a_file"))
    return Found(relative, state.st_size)


def _relative(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()
