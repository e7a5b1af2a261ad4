"""The restored text cut for the screen: lines, their numbers, parts that a page can bear, places in words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

# What a browser lays out without a pause: the seed has 1,643 characters, a long report 30,000.
PART = 24_000
_SENTENCE_ENDS = re.compile("[。！？!?；;]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, [start, end) of the restored text. `number` counts paragraphs of the
    body; 0 is the head of the page (column, menu, date). A very long line comes in pieces."""

    start: int
    end: int
    number: int
    received: int = 0  # where it begins in the received text: that never moves

    @property
    def anchor(self) -> str:
        return f"p-{self.received}"


def lines(text: str, body: int = 0) -> list[Line]:
    """The lines of a text whose body begins at the offset `body`."""
    found: list[Line] = []
    number = 0
    for start, end in _rows(text):
        if start >= body:
            number += 1
        for piece in range(start, end, PART):
            found.append(Line(piece, min(piece + PART, end), number))
    return found


def parts(found: Sequence[Line]) -> list[list[Line]]:
    """The lines in pages of about PART characters; at least one page."""
    pages: list[list[Line]] = [[]]
    size = 0
    for line in found:
        if pages[-1] and size + line.end - line.start > PART:
            pages.append([])
            size = 0
        pages[-1].append(line)
        size += line.end - line.start
    return pages


def part_of(pages: Sequence[Sequence[Line]], offset: int) -> int:
    """Which page an offset stands on, from 1."""
    firsts = [page[0].start for page in pages if page]
    return max(1, bisect_right(firsts, offset))


def place_words(text: str, found: Sequence[Line], offset: int) -> str:
    """第 7 段第 4 句, or 页首."""
    at = bisect_right(found, offset, key=lambda line: line.start) - 1
    if at < 0 or found[at].number == 0:
        return _("页首")
    line = found[at]
    sentence = len(_SENTENCE_ENDS.findall(text, line.start, offset)) + 1
    return _("第 %(n)s 段第 %(m)s 句") % {"n": line.number, "m": sentence}


def _rows(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines, without white space at their ends; empty ones left out."""
    start = 0
    for row in text.split("\n"):
        bare = row.strip()
        if bare:
            left = start + len(row) - len(row.lstrip())
            yield left, left + len(bare)
        start += len(row) + 1
