"""The matter list 督查台账 as an A3 workbook that prints as it should and comes in again without loss.

Rows are written as they come: a list of any length needs the memory of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

A3 = 8  # the number that spreadsheet programs give the paper
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SONG, _HEI = "宋体", "黑体"
_CENTRED = frozenset({"number", "register", "deadline", "light", "area", "heading"})
_LINES = 15.0  # points of one line of type
_LONGEST_CELL = 32_767  # characters that a cell can hold


@dataclass(frozen=True, slots=True)
class Head:
    """One column: which value of a row it shows, its head, its width in characters.

    `merged`: equal values below each other become one cell.
    """

    field: str
    head: str
    width: float
    merged: bool = False


def write_matter_list(
    path: Path,
    heads: Sequence[Head],
    rows: Iterable[Mapping[str, str]],
    *,
    title: str,
    note: str = "",
    sheet: str = "督查台账",
) -> int:
    """How many rows were written to the workbook at `path`; each maps field to words.

    Everything is text: what looks like a formula is kept from being one. Errors: OSError.
    """
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False}
    ) as book:
        written = _Sheet(book, book.add_worksheet(sheet), heads)
        written.head(title, note)
        for row in rows:
            written.row(row)
        written.close()
    return written.count


class _Sheet:
    """A sheet while it is written, row after row."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Any, heads: Sequence[Head]) -> None:
        self._book, self._sheet, self._heads = book, sheet, heads
        self._at = self.count = 0
        self._open: dict[
            int, tuple[int, str]
        ] = {}  # column -> first row and words of a merged cell
        self._merges: list[tuple[int, int, int]] = []
        ruled = {
            "font_name": _SONG,
            "font_size": 10,
            "border": 1,
            "text_wrap": True,
            "valign": "vcenter",
        }
        self._formats = {
            (centred, quoted): book.add_format(
                ruled
                | ({"align": "center"} if centred else {})
                | ({"quote_prefix": True} if quoted else {})
            )
            for centred in (True, False)
            for quoted in (True, False)
        }

    def head(self, title: str, note: str) -> None:
        """Write the title, the note under it and the heads, and say how the sheet is printed."""
        sheet, last = self._sheet, len(self._heads) - 1
        sheet.set_paper(A3)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        for at, head in enumerate(self._heads):
            sheet.set_column(at, at, head.width)
        big = self._book.add_format(
            {"font_name": _HEI, "font_size": 20, "align": "center", "valign": "vcenter"}
        )
        small = self._book.add_format({"font_name": _SONG, "font_size": 10, "align": "right"})
        sheet.set_row(0, 36)
        self._line(title, big, last)
        if note:
            self._line(note, small, last)
        bold = self._book.add_format(
            {
                "font_name": _HEI, "font_size": 10, "border": 1, "align": "center", "valign": "vcenter",
                "text_wrap": True, "bg_color": "#F1F1ED",
            }
        )  # fmt: skip
        for at, head in enumerate(self._heads):
            sheet.write_string(self._at, at, head.head, bold)
        sheet.repeat_rows(self._at)
        sheet.freeze_panes(self._at + 1, 0)
        self._at += 1

    def _line(self, text: str, form: Any, last: int) -> None:
        if last:
            self._sheet.merge_range(self._at, 0, self._at, last, "", form)
        self._sheet.write_string(self._at, 0, text, form)
        self._at += 1

    def row(self, values: Mapping[str, str]) -> None:
        """Write one row; a merged cell goes on as long as its words and those left of it stay."""
        going_on = True
        self._sheet.set_row(self._at, _LINES * self._lines(values))
        for column, head in enumerate(self._heads):
            text = values.get(head.field, "")[:_LONGEST_CELL]
            form = self._formats[head.field in _CENTRED, text.startswith(_FORMULA)]
            if head.merged:
                first, known = self._open.get(column, (self._at, ""))
                going_on = going_on and bool(text) and known == text and first < self._at
                if going_on:
                    self._sheet.write_blank(self._at, column, None, form)
                    continue
                self._end(column)
                self._open[column] = self._at, text
            if text:
                self._sheet.write_string(self._at, column, text, form)
            else:
                self._sheet.write_blank(self._at, column, None, form)
        self._at += 1
        self.count += 1

    def _lines(self, values: Mapping[str, str]) -> int:
        """How many lines of type the row needs; a Chinese character is two wide."""
        return max(
            sum(
                1 + int(len(part.encode("gb18030", "replace")) // max(head.width - 1, 1))
                for part in values.get(head.field, "").split("\n")
            )
            if not head.merged
            else 1
            for head in self._heads
        )

    def _end(self, column: int) -> None:
        first, _ = self._open.pop(column, (self._at, ""))
        if self._at - first > 1:
            self._merges.append((first, self._at - 1, column))

    def close(self) -> None:
        """Join the cells. Their rows are written already and `merge_range` refuses to go back to them,
        so they are put on its list of what is joined."""
        for column in list(self._open):
            self._end(column)
        for first, last, column in self._merges:
            self._sheet.merge.append([first, column, last, column])
