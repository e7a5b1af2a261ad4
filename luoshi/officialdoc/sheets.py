"""Workbooks in: xlsx, xls, ods by calamine, csv by its own module. One table a sheet.

Read by stored cells: one value in the last cell of a sheet costs one value.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO

from openpyxl import load_workbook
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.charset import decode
from luoshi.officialdoc.gate import doubts_of, gate
from luoshi.officialdoc.kinds import CSV, ODS, XLS, XLSX, Kind
from luoshi.officialdoc.limits import limit
from luoshi.officialdoc.office import check_office
from luoshi.officialdoc.paper import Cell, Charset, Doubt, Paper, Table
from luoshi.officialdoc.sheet_parts import SheetFacts, sheet_facts

Value = object
_SPARSE = (
    50  # a sheet with fewer stored than one in so many cells of its extent is read cell by cell
)
_DELIMITERS = ",\t;|"
_SNIFFED = 8_192
_WHOLE = Charset("utf-8", "declared")
# The stored precision of a binary float; beyond it a spreadsheet shows nothing either.
_DIGITS = 15


def read_xlsx(data: bytes) -> Paper:
    """The paper of an xlsx workbook: every visible sheet that holds anything, one table each.

    Errors: Invalid(empty | office_* | sheet_too_many_cells | text_*).
    """
    check_office(data, XLSX.office)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        facts = sheet_facts(archive, limit("sheet_cells"))
    return _read(data, facts, XLSX)


def read_xls(data: bytes) -> Paper:
    """The paper of an old workbook, as `read_xlsx`; what is hidden in it is not known."""
    return _read(data, {}, XLS)


def read_ods(data: bytes) -> Paper:
    """The paper of an OpenDocument workbook, as `read_xls`."""
    check_office(data, ODS.office)
    return _read(data, {}, ODS)


def _read(data: bytes, facts: Mapping[str, SheetFacts], kind: Kind) -> Paper:
    tables, doubts = [], []
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            for about in book.sheets_metadata:
                if about.visible != SheetVisibleEnum.Visible:
                    doubts.append(Doubt("sheet_hidden", {"sheet": about.name}))
                    continue
                known = facts.get(about.name, SheetFacts())
                if table := _table(about.name, _sheet(data, book, about.name, known), known):
                    tables.append(table)
                doubts += _sheet_doubts(about.name, known)
    except PasswordError as error:
        raise Invalid("office_encrypted") from error
    except CalamineError as error:
        raise Invalid("office_broken", reason=str(error)) from error
    return _paper(tables, _WHOLE, kind, doubts)


def read_csv(data: bytes) -> Paper:
    """The paper of a text of parted values, one table. Errors: Invalid(empty | not_text | text_*)."""
    decoded = decode(data)
    text = gate(decoded.text)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:_SNIFFED], _DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    try:
        rows: list[Sequence[Value]] = list(csv.reader(StringIO(text, newline=""), dialect))
    except csv.Error as error:
        raise Invalid("office_broken", reason=str(error)) from error
    table = _table("csv", _Sheet(rows), SheetFacts())
    return _paper([table] if table else [], decoded.charset, CSV, decoded.doubts)


Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands in a sheet; `numbers` and `columns` as those of a `Table`."""

    rows: Iterable[Sequence[Value]]
    merged: Sequence[Range] = ()
    numbers: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


def _sheet(data: bytes, book: CalamineWorkbook, name: str, facts: SheetFacts) -> _Sheet:
    if facts.rows * facts.columns > _SPARSE * max(facts.stored, limit("sheet_cells") // _SPARSE):
        return _far(data, name)
    sheet: CalamineSheet = book.get_sheet_by_name(name)
    return _Sheet(sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ())


def _far(data: bytes, name: str) -> _Sheet:
    """The filled cells of a sheet that is nearly empty, without the rows and columns between."""
    sheet = load_workbook(BytesIO(data), data_only=True)[name]
    # Its iterators walk every empty cell of the extent; what is stored stands in `_cells`.
    filled = {
        (cell.row - 1, cell.column - 1): cell.value
        for cell in sheet._cells.values()
        if cell.value is not None
    }
    numbers = tuple(sorted({row for row, _ in filled}))
    columns = tuple(sorted({column for _, column in filled}))
    rows = [[filled.get((row, column), "") for column in columns] for row in numbers]
    return _Sheet(rows, (), numbers, columns)


def _table(name: str, sheet: _Sheet, facts: SheetFacts) -> Table | None:
    """The sheet as a table; None if nothing stands in it."""
    written = [list(map(_written, row)) for row in sheet.rows]
    if not any(text for row in written for text in row):
        return None
    hidden = frozenset[int]()
    if not sheet.numbers:
        _percents(written, facts)
        hidden = frozenset(facts.hidden_rows)
    spans, covered = _merges(sheet.merged, len(written), max(map(len, written)))
    rows = tuple(
        tuple(
            Cell(text, *spans.get((at, column), (1, 1)))
            for column, text in enumerate(row)
            if (at, column) not in covered
        )
        for at, row in enumerate(written)
    )
    return Table(rows, name, sheet.numbers, sheet.columns, hidden)


Cells = tuple[int, int]


def _merges(
    merged: Sequence[Range], height: int, width: int
) -> tuple[dict[Cells, Cells], set[Cells]]:
    """The spans of the merged cells, and the places they cover; those that overlap are dropped."""
    spans: dict[Cells, Cells] = {}
    covered: set[Cells] = set()
    for (top, left), (bottom, right) in merged:
        rows = range(top, min(bottom + 1, height))
        columns = range(left, min(right + 1, width))
        if not rows or not columns or (top, left) in covered:
            continue
        spans[top, left] = len(rows), len(columns)
        covered.update((row, column) for row in rows for column in columns)
        covered.discard((top, left))
    return spans, covered


def _percents(written: list[list[str]], facts: SheetFacts) -> None:
    for row, column in facts.percents:
        if row < len(written) and column < len(written[row]):
            try:
                share = float(written[row][column]) * 100
            except ValueError:
                continue
            written[row][column] = f"{share:.{_DIGITS - 3}g}%"


def _written(value: Value) -> str:
    """The value as a person would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float():
            return str(int(value)) if value.is_integer() else f"{value:.{_DIGITS}g}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time() | timedelta():
            return str(value)
        case _:
            return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()


def _sheet_doubts(sheet: str, facts: SheetFacts) -> Iterator[Doubt]:
    if facts.hidden_rows:
        shown = "、".join(str(row + 1) for row in sorted(facts.hidden_rows)[:10])
        values = {"sheet": sheet, "count": len(facts.hidden_rows), "rows": shown}
        yield Doubt("sheet_hidden_rows", values)
    if facts.uncomputed:
        values = {
            "sheet": sheet,
            "count": len(facts.uncomputed),
            "cells": "、".join(facts.uncomputed[:10]),
        }
        yield Doubt("sheet_uncomputed", values)


def _paper(tables: list[Table], charset: Charset, kind: Kind, doubts: Iterable[Doubt]) -> Paper:
    paper = Paper(None, tuple(tables), charset, kind.media_type)
    text = gate(paper.text)
    if not text.strip():
        raise Invalid("empty")
    return Paper(None, tuple(tables), charset, kind.media_type, (*doubts, *doubts_of(text)))
