"""A task table of any layout becomes rows: heads found, merged cells filled, notes told apart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from luoshi.officialdoc.columns import ROLES, Column, head_field, head_score, plain, recognised
from luoshi.officialdoc.paper import Table

_HEAD_ROWS = 20  # the head of a table stands in its first rows
_LEAST = 3  # columns that a head has to name
_DEEPEST_HEAD = 4
_NOTE = re.compile(
    r"(?:备?注|说明|填表|填报|制表|审核|联系人|联系电话|审签|合计|总计|小计|共计)[：:]?|注\d?[、.：]|\*|※"
)
_AREA = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]?[、.．]?|第[一二三四五六七八九十]{1,3}[类章部篇]|【"
)


@dataclass(frozen=True, slots=True)
class Value:
    """The words of one cell and its name in the file; `merged` when a cell above covers this place."""

    text: str
    cell: str
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: the index of its row, and what stands in each column."""

    row: int
    values: Mapping[int, Value]
    section: tuple[Value, ...] = ()  # the headings that stand in rows of their own above it
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out. `signature` is the same for tables with the same heads."""

    titles: tuple[str, ...]
    head_rows: range
    columns: tuple[Column, ...]
    signature: str

    def fields(self) -> dict[str, list[int]]:
        """The columns of each field."""
        found: dict[str, list[int]] = {}
        for column in self.columns:
            if column.field:
                found.setdefault(column.field, []).append(column.at)
        return found

    def corrected(self, chosen: Mapping[int, str | None]) -> Layout:
        """The layout with a person's word on some columns: column -> field, None for "not used"."""
        columns = tuple(
            replace(column, field=chosen[column.at], confidence=1.0, evidence="person")
            if column.at in chosen
            else column
            for column in self.columns
        )
        return replace(self, columns=columns)


@dataclass(slots=True)
class Breakdown:
    """A table read: its layout, its lines, its notes, and what is doubtful about it (codes)."""

    table: Table
    layout: Layout
    lines: list[Line]
    notes: list[str] = field(default_factory=list)
    doubts: list[tuple[str, dict[str, str]]] = field(default_factory=list)


Grid = list[dict[int, Value]]


def filled(table: Table) -> Grid:
    """The rows of a table with every place that a merged cell covers filled by its words."""
    rows: Grid = [{} for _ in table.rows]
    for at, placed in enumerate(table.grid()):
        for column, cell in placed:
            name = table.cell_name(at, column)
            text = cell.text.strip()
            if not text:
                continue
            for down in range(at, min(at + cell.row_span, len(rows))):
                for right in range(column, column + cell.column_span):
                    rows[down][right] = Value(text, name, (down, right) != (at, column))
    return rows


def find_layout(table: Table) -> Layout | None:
    """The layout of a task table; None if no row of it names three columns, one of them a task."""
    rows = filled(table)
    best, score = None, 0
    for at, row in enumerate(rows[:_HEAD_ROWS]):
        own = [value for value in row.values() if not value.merged]
        count, tasks = head_score(value.text for value in own)
        # A row of data may hold words of heads too, but then most of its cells hold others.
        if tasks and count >= _LEAST and count > score and 2 * count > len(own):
            best, score = at, count
    return None if best is None else _layout(table, rows, best)


def _layout(table: Table, rows: Grid, best: int) -> Layout:
    first, last = best, best
    while first and _is_head_above(rows, first - 1, first):
        first -= 1
    while last + 1 < len(rows) and last - first < _DEEPEST_HEAD and _is_head_below(rows, last):
        last += 1
    width = max((max(row, default=-1) for row in rows), default=-1) + 1
    heads = [_head_of(rows[first : last + 1], column) for column in range(width)]
    below = [
        [row[column].text if column in row else "" for column in range(width)]
        for row in rows[last + 1 :]
    ]
    columns = tuple(recognised(heads, below))
    titles = tuple(dict.fromkeys(value.text for row in rows[:first] for value in row.values()))
    return Layout(titles, range(first, last + 1), columns, _signature(heads))


def _is_head_above(rows: Grid, at: int, head: int) -> bool:
    """Whether the row groups heads below it: several different cells over more columns."""
    values = {value.cell: value for value in rows[at].values() if not value.merged}
    if len(values) < 2:
        return False
    return all(len(value.text) <= 20 for value in values.values()) and (
        any(value.cell == other.cell for other in rows[head].values() for value in values.values())
        or sum(head_field(value.text) is not None for value in values.values()) >= 2
    )


def _is_head_below(rows: Grid, head: int) -> bool:
    """Whether the next row still is head: a head cell reaches into it, or it parts a wide one."""
    below = rows[head + 1]
    own = [value for value in below.values() if not value.merged]
    reaches = any(
        value.merged and any(value.cell == above.cell for above in rows[head].values())
        for value in below.values()
    )
    named = sum(head_field(value.text) is not None or len(plain(value.text)) <= 6 for value in own)
    return reaches and bool(own) and 2 * named > len(own)


def _head_of(rows: Grid, column: int) -> str:
    parts = [row[column].text for row in rows if column in row]
    return "/".join(dict.fromkeys(parts))


def _signature(heads: Sequence[str]) -> str:
    return hashlib.sha256("|".join(map(plain, heads)).encode()).hexdigest()[:16]


def read_breakdown(table: Table, layout: Layout | None = None) -> Breakdown | None:
    """The lines of a task table, by the layout given or found; None if it is none."""
    layout = layout or find_layout(table)
    if layout is None:
        return None
    made = Breakdown(table, layout, [])
    rows = filled(table)
    made.lines = list(_lines(made, rows))
    _carry(made)
    return made


def _lines(made: Breakdown, rows: Grid) -> Iterator[Line]:
    layout = made.layout
    tasks = layout.fields().get("task", [])
    sections: list[Value] = []
    for at in range(layout.head_rows.stop, len(rows)):
        row = rows[at]
        own = {value.cell: value for value in row.values()}
        if not own:
            continue
        if _repeats_head(made, rows, at):
            continue
        first = next(iter(own.values()))
        if len(own) == 1 and _is_section(row, first, layout):
            sections = _sections(sections, first)
        elif _NOTE.match(plain(first.text)) and (len(own) <= 2 or not _has(row, tasks)):
            made.notes.append("　".join(value.text for value in own.values()))
        elif len(own) == 1 and not _has(row, tasks):
            made.notes.append(first.text)
        else:
            yield Line(at, row, tuple(sections), at in made.table.hidden)


def _has(row: Mapping[int, Value], columns: Sequence[int]) -> bool:
    return any(column in row for column in columns)


def _is_section(row: Mapping[int, Value], only: Value, layout: Layout) -> bool:
    """A heading in a row of its own: over several columns, or numbered and no note."""
    if _NOTE.match(plain(only.text)) or len(only.text) > 60:
        return False
    wide = len(row) * 2 > len(layout.columns)
    return wide or (bool(_AREA.match(plain(only.text))) and len(plain(only.text)) > 2)


def _sections(above: list[Value], new: Value) -> list[Value]:
    """The headings that hold from here on: one of the same form takes the place of the former."""
    form = _form(new.text)
    kept: list[Value] = []
    for value in above:
        if _form(value.text) == form:
            break
        kept.append(value)
    return [*kept, new]


def _form(text: str) -> str:
    found = _AREA.match(plain(text))
    mark = found[0] if found else ""
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", mark))


def _repeats_head(made: Breakdown, rows: Grid, at: int) -> bool:
    """Whether the row is a head again, as on every printed page; another head is a doubt."""
    row = rows[at]
    own = [value.text for value in row.values() if not value.merged]
    count, _ = head_score(own)
    if count < _LEAST or 4 * count < 3 * len(own):
        return False
    for column in made.layout.columns:
        said = head_field(row[column.at].text) if column.at in row else None
        if said and column.field and said != column.field and column.evidence == "head":
            values = {
                "row": str(at + 1),
                "head": column.head,
                "other": row[column.at].text,
            }
            made.doubts.append(("heads_differ", values))
    return True


def _carry(made: Breakdown) -> None:
    """Fill what a table without merged cells leaves empty under a filled cell.

    Where cells are merged downward at all, an empty cell is empty. An item without any owner has
    those of the item above; one that names some of its owners has no others.
    """
    placed = list(made.table.grid())[made.layout.head_rows.stop :]
    merging = {column for row in placed for column, cell in row if cell.row_span > 1}
    fields = made.layout.fields()
    for column in (*fields.get("area", ()), *fields.get("heading", ())):
        if column not in merging:
            _carry_columns(made, [column])
    owners = [column for role in ROLES for column in fields.get(role, ())]
    if not merging:
        _carry_columns(made, owners)


def _carry_columns(made: Breakdown, columns: Sequence[int]) -> None:
    last: dict[int, Value] = {}
    section: tuple[Value, ...] = ()
    for at, line in enumerate(made.lines):
        if line.section != section:
            last, section = {}, line.section
        own = {column: line.values[column] for column in columns if column in line.values}
        if own:
            last = own
        elif last:
            carried = {column: replace(value, merged=True) for column, value in last.items()}
            made.lines[at] = replace(line, values={**line.values, **carried})
