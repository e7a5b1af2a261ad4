"""A web page while it is parsed: the parser's events become blocks, a title and hints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from luoshi.officialdoc.markup import BLOCKS, SILENT
from luoshi.officialdoc.paper import Block, Cell, Paragraph, Table

_SPACE = re.compile(r"[ \t\n\r\f]+")
# What the sites of Chinese governments say of a page (政府网站发展指引 2017, annex), and two that
# every site uses.
_NAMES = (
    "sitename sitedomain siteidcode columnname columntype columndescription articletitle pubdate "
    "contentsource author keywords description"
)
_HINTS = frozenset(_NAMES.split())


@dataclass
class _Grid:
    """A table while it is read; `spans` and `lines` belong to the open cell, None when none is."""

    depth: int
    rows: list[list[Cell]] = field(default_factory=list)
    spans: tuple[int, int] | None = None
    lines: list[str] = field(default_factory=list)


class Page:
    """The parser's target: collects blocks, the title and the hints."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.hints: dict[str, str] = {}
        self.title = ""
        self._pieces: list[str] = []
        self._silent = 0
        self._pre = 0
        self._tables = 0
        self._grid: _Grid | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in BLOCKS:
            self._end_line()
        if tag in SILENT:
            self._silent += 1
        elif tag == "pre":
            self._pre += 1
        elif tag == "meta":
            self._hint(attributes)
        elif tag == "table":
            self._start_table()
        elif self._grid and tag == "tr":
            self._end_cell()
            self._grid.rows.append([])
        elif self._grid and tag in ("td", "th"):
            self._end_cell()
            self._grid.spans = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))

    def end(self, tag: str) -> None:
        if tag == "title" and not self.title:
            self.title = folded("".join(self._pieces))
            self._pieces.clear()
        if tag in BLOCKS:
            self._end_line()
        if tag in SILENT:
            self._silent -= 1
        elif tag == "pre":
            self._pre -= 1
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "table":
            self._end_table()

    def data(self, text: str) -> None:
        if not self._silent:
            self._pieces.append(text)

    def close(self) -> None:
        self._end_line()
        self._pour()

    def _hint(self, attributes: Mapping[str, str]) -> None:
        name = (attributes.get("name") or "").strip().lower()
        content = folded(attributes.get("content") or "")
        if name in _HINTS and content:
            self.hints.setdefault(name, content)

    def _end_line(self) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        lines = text.split("\n") if self._pre else [folded(text)]
        for line in filter(str.strip, lines):
            if self._grid and self._grid.spans:
                self._grid.lines.append(line)
            else:
                self.blocks.append(Paragraph(line))

    def _end_cell(self) -> None:
        grid = self._grid
        if grid is None or grid.spans is None:
            return
        self._end_line()
        if not grid.rows:
            grid.rows.append([])
        grid.rows[-1].append(Cell("\n".join(grid.lines), *grid.spans))
        grid.lines, grid.spans = [], None

    def _start_table(self) -> None:
        # A table that holds another is there for the layout: what it has so far becomes lines.
        self._pour()
        self._tables += 1
        self._grid = _Grid(self._tables)

    def _end_table(self) -> None:
        grid = self._grid
        if grid and grid.depth == self._tables:
            self._end_cell()
            if _holds_data(grid.rows):
                rows = tuple(tuple(row) for row in grid.rows if row)
                self.blocks.append(Table(rows))
                self._grid = None
            self._pour()
        self._tables = max(0, self._tables - 1)

    def _pour(self) -> None:
        grid, self._grid = self._grid, None
        if grid is None:
            return
        texts = [cell.text for row in grid.rows for cell in row] + grid.lines
        lines = (line for text in texts for line in text.split("\n"))
        self.blocks.extend(Paragraph(line) for line in lines if line)


def _holds_data(rows: list[list[Cell]]) -> bool:
    """Two rows of two cells or more; anything less is layout."""
    return sum(len(row) > 1 for row in rows) > 1


def _span(value: str | None) -> int:
    return (
        min(int(value), 1_000)
        if value and value.isascii() and value.isdigit() and len(value) < 5 and int(value)
        else 1
    )


def folded(text: str) -> str:
    """White space folded to one space, or to none where a line was broken between two wide signs."""
    return _SPACE.sub(_fold, text).strip(" ")


def _fold(space: re.Match[str]) -> str:
    start, end = space.span()
    if "\n" not in space.group() or start == 0 or end == len(space.string):
        return " "
    return "" if _wide(space.string[start - 1]) and _wide(space.string[end]) else " "


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
