"""Tables of tasks: where they begin; the rows of those with tabs, bars or blanks between cells."""

from __future__ import annotations

from luoshi.text.fitting import LIKE_TASK, aligned, fit
from luoshi.text.flattened import flat
from luoshi.text.grid import (
    FURNITURE,
    LEAST_HEADS,
    LONGEST_CELL,
    MOST_COLUMNS,
    NOTE,
    NUMBER,
    Table,
    header,
    of_tasks,
)
from luoshi.text.heads import LONGEST_HEAD
from luoshi.text.layout import marker
from luoshi.text.orders import verbs_in
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim

_WORD = pattern(r"[^ ]{1,400}")
_RULE = frozenset("-—=: ：|+")
LONGEST_SUBHEAD = 30
SAMPLE, LEAST_ROWS = 6, 3
IN_CELLS = (
    "number",
    "deadline",
    "responsible_people",
    "responsible_units",
    "cooperating_units",
    "task",
)
WITHIN = 2  # so many lines without a tab may stand between two rows of a table


def table_at(text: str, lines: list[Span], at: int) -> Table | None:
    """The table whose head begins at line `at`, None if there is none."""
    width = len(split_cells(text, lines[at]))
    if width > 1:
        head = _head(text, lines, at) or _unheaded(text, lines, at, width)
        table = _real(text, lines, at + head[1], head[0]) if head else None
    else:
        table = _spaced(text, lines, at) or flat(text, lines, at)
    if table is not None:
        table.above = lines[at - 1][1] if at else 0
        table.end = _after_notes(text, lines, table.end)
    return table


def _after_notes(text: str, lines: list[Span], at: int) -> int:
    """The line behind the notes under a table (注：1.…, 2.…)."""
    if at >= len(lines) or not NOTE.match(text, *lines[at]):
        return at
    number = 2
    at += 1
    while at < len(lines) and text.startswith((f"{number}.", f"{number}、"), lines[at][0]):
        at, number = at + 1, number + 1
    return at


def split_cells(text: str, line: Span) -> list[Span | None]:
    """The cells of a line with tabs or bars, empty ones as None; one cell when it has neither."""
    start, end = line
    while start and text[start - 1] in "\t ":
        start -= 1
    mark = "\t" if "\t" in text[start:end] else "|" if text.count("|", start, end) > 1 else ""
    if not mark:
        return [line]
    if mark == "|" and text[line[0]] == text[end - 1] == "|":
        start, end = line[0] + 1, end - 1
    cells: list[Span | None] = []
    first = start
    for place in range(start, end + 1):
        if place == end or text[place] == mark:
            cell = trim(text, first, place)
            cells.append(cell if cell[1] > cell[0] else None)
            first = place + 1
    return cells


def _head(text: str, lines: list[Span], at: int) -> tuple[list[str], int] | None:
    """The columns that one or two head lines name, and how many lines these are."""
    cells = split_cells(text, lines[at])
    kinds = [header(text, cell) for cell in cells]
    spread = _spread(cells, kinds)
    below = split_cells(text, lines[at + 1]) if at + 1 < len(lines) else []
    size = 1
    if _heads_again(text, cells, kinds, below):
        spread += [spread[-1]] * (len(below) - len(spread))
        for column, cell in enumerate(below):
            spread[column] = header(text, cell) or spread[column]
        size = 2
    told = [kind for kind in spread if kind]
    return (spread, size) if of_tasks(told) else None


def _unheaded(text: str, lines: list[Span], at: int, width: int) -> tuple[list[str], int] | None:
    """The columns of a table without a head, told by what stands in its first rows."""
    rows = [split_cells(text, line) for line in lines[at : at + SAMPLE]]
    even = next((n for n, row in enumerate(rows) if len(row) != width), len(rows))
    if even < LEAST_ROWS or not LEAST_HEADS <= width <= MOST_COLUMNS:
        return None
    kinds: list[str] = []
    for column in range(width):
        filled = [cell for row in rows[:even] if (cell := row[column])]
        told = (kind for kind in IN_CELLS if kind not in kinds and _holds(text, kind, filled))
        kinds.append(next(told, ""))
    owned = "task" in kinds and "responsible_units" in kinds[kinds.index("task") :]
    return (kinds, 0) if owned else None


def _holds(text: str, kind: str, cells: list[Span]) -> bool:
    """Whether most of the cells are of the kind."""
    if kind == "number":
        fits = sum(1 for cell in cells if NUMBER.fullmatch(text, *cell))
    elif kind == "task":
        fits = sum(1 for c in cells if fit(text, kind, c) > LIKE_TASK and verbs_in(text, *c))
    else:
        fits = sum(1 for cell in cells if fit(text, kind, cell) > 0)
    return fits * 3 > len(cells) * 2


def _spread(cells: list[Span | None], kinds: list[str]) -> list[str]:
    """The kinds with empty head cells filled: they are covered by the one before."""
    spread: list[str] = []
    for cell, kind in zip(cells, kinds, strict=True):
        spread.append(spread[-1] if cell is None and spread else kind)
    return spread


def _heads_again(
    text: str, cells: list[Span | None], kinds: list[str], below: list[Span | None]
) -> bool:
    """Whether the second line holds heads under heads that cover several columns."""
    filled = [column for column, cell in enumerate(below) if cell]
    if len(filled) < 2 or any(cell and NUMBER.fullmatch(text, *cell) for cell in below):
        return False
    told = [column for column in filled if header(text, below[column])]
    over = [c for c in filled if c >= len(kinds) or cells[c] is None or not kinds[c]]
    short = all(cell is None or cell[1] - cell[0] <= LONGEST_HEAD for cell in below)
    return short and bool(over) and len(told) * 2 >= len(filled) and below[0] is None


def _real(text: str, lines: list[Span], at: int, kinds: list[str]) -> Table:
    table = Table(kinds)
    width, index = len(kinds), at
    while index < len(lines):
        cells = split_cells(text, lines[index])
        framed = text[lines[index][0]] == "|"
        if len(cells) < 2 and not framed and not _row_follows(text, lines, index):
            break
        index += 1
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and NOTE.match(text, *filled[0]):
            continue
        if all(set(text[slice(*cell)]) <= _RULE for cell in filled) or _repeats(text, cells, kinds):
            continue
        if len(filled) == 1 and (len(cells) == 1 or cells[0]):
            _lone(text, table, filled[0])
        elif table.rows and _breaks_off(text, table, cells):
            _go_on(table.rows[-1], cells, width)
        else:
            table.rows.append((cells + [None] * width)[:width])
    table.end = index
    return table


def _row_follows(text: str, lines: list[Span], index: int) -> bool:
    after = lines[index + 1 : index + 1 + WITHIN]
    return any(len(split_cells(text, line)) > 1 for line in after)


def _repeats(text: str, cells: list[Span | None], kinds: list[str]) -> bool:
    """Whether the head stands here again, as at the top of a page."""
    told = [(header(text, cell), kind) for cell, kind in zip(cells, kinds, strict=False) if cell]
    return len(told) >= LEAST_HEADS and all(word == kind and kind for word, kind in told if kind)


def _lone(text: str, table: Table, cell: Span) -> None:
    """A line with one cell: a heading inside the table, or more of the last cell."""
    numbered = marker(text, *cell)
    words = text[slice(*cell)]
    if FURNITURE.fullmatch(words):
        return
    last = table.rows[-1] if table.rows else None
    plain = not any(mark in words for mark in "，。；、")
    if last is None or numbered or plain and len(words) <= LONGEST_SUBHEAD:
        table.rows.append([(numbered[1], cell[1]) if numbered else cell])
    else:
        _go_on(last, [cell], len(table.columns))


def _breaks_off(text: str, table: Table, cells: list[Span | None]) -> bool:
    """Whether the line goes on in the last cell of the row above: no number in the number's column."""
    first, last = cells[0], table.rows[-1]
    if first is None or table.columns[0] != "number" or NUMBER.fullmatch(text, *first):
        return False
    filled = _filled(last)
    return bool(last[0]) and len(last) > 1 and filled + len(cells) - 1 <= len(table.columns)


def _filled(row: list[Span | None]) -> int:
    """How many cells there are up to the last filled one."""
    return max((at + 1 for at, cell in enumerate(row) if cell), default=0)


def _go_on(row: list[Span | None], cells: list[Span | None], width: int) -> None:
    """Put the first cell to the end of the row's last one, the others behind it."""
    at = _filled(row)
    before, first = row[at - 1] if at else None, cells[0]
    if before is not None and first is not None:
        row[at - 1 :] = [(before[0], first[1]), *cells[1:]]
        row[:] = (row + [None] * width)[:width]


def _words(text: str, line: Span) -> list[Span]:
    return [hit.span() for hit in _WORD.finditer(text, *line)]


def _spaced(text: str, lines: list[Span], at: int) -> Table | None:
    """A table whose cells are parted by blanks: every word of the head names a column."""
    if text.find(" ", *lines[at]) < 0:
        return None
    kinds = [header(text, cell) for cell in _words(text, lines[at])[:MOST_COLUMNS]]
    if not all(kinds) or not of_tasks(kinds):
        return None
    numbered = kinds[0] == "number"
    table = Table(kinds[1:] if numbered else kinds)
    index = at + 1
    while index < len(lines):
        cells = _words(text, lines[index])
        if numbered and cells and NUMBER.fullmatch(text, *cells[0]):
            del cells[0]
        if len(cells) < 2 or cells[-1][1] - cells[0][0] > LONGEST_CELL:
            break
        table.rows.append(aligned(text, table.columns, cells))
        index += 1
    table.end = index
    return table if table.rows else None
