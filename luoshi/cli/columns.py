"""Tables on a terminal, in which a Chinese sign is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_GAP = "  "


def width(text: str) -> int:
    """The columns that a terminal gives to `text`."""
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, most: int) -> str:
    """The text in at most so many columns and in one line; what was cut is shown by `…`."""
    line = " ".join(text.split())
    if width(line) <= most:
        return line
    room, kept = most - 1, []
    for char in line:
        room -= _columns(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept) + "…"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], most: int) -> Iterator[str]:
    """The lines of a table no wider than `most`; the last column takes what is left."""
    widths = [max(width(row[place]) for row in (head, *rows)) for place in range(len(head) - 1)]
    left = max(20, most - sum(widths) - len(_GAP) * len(widths))
    for row in (head, *rows):
        cells = [
            cell + " " * (columns - width(cell)) for cell, columns in zip(row, widths, strict=False)
        ]
        yield _GAP.join([*cells, cut(row[-1], left)]).rstrip()
