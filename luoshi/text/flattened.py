"""Flattened tables: every cell a line, empty cells left out."""

from __future__ import annotations

from luoshi.text.fitting import LIKE_TASK, aligned, fit
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
from luoshi.text.labels import ROLES
from luoshi.text.layout import marker
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span

_CLOSES = pattern(r"填表|联系人|审核人|抄送|附件|签发|\d{4}年\d{1,2}月\d{1,2}日$")


def flat(text: str, lines: list[Span], at: int) -> Table | None:
    kinds: list[str] = []
    index = at
    while index < len(lines) and len(kinds) < MOST_COLUMNS and (kind := header(text, lines[index])):
        kinds.append(kind)
        index += 1
    if len(kinds) < LEAST_HEADS + 1 or not of_tasks(kinds) or not {*ROLES} & {*kinds}:
        return None
    if "number" in kinds and "task" in kinds[: kinds.index("number")]:
        return None  # the title of the table: its head begins below
    stop = index
    while stop < len(lines) and not _closes(text, lines[stop]):
        stop += 1
    cells = _without_heads(text, lines[index:stop], kinds)
    rows_of = _numbered if "number" in kinds else _unnumbered
    table = rows_of(text, cells, kinds)
    table.end = stop
    return table


def _without_heads(text: str, cells: list[Span], kinds: list[str]) -> list[Span]:
    """The cells without the head where it stands again, and without what belongs to the page."""
    kept: list[Span] = []
    at = 0
    while at < len(cells):
        again = cells[at : at + len(kinds)]
        if [header(text, cell) for cell in again] == kinds:
            at += len(kinds)
            continue
        if not FURNITURE.fullmatch(text, *cells[at]) or NUMBER.fullmatch(text, *cells[at]):
            kept.append(cells[at])
        at += 1
    return kept


def _closes(text: str, line: Span) -> bool:
    """Whether no flattened table goes on here: notes, the foot of a form, prose with a number."""
    if NOTE.match(text, *line) or _CLOSES.match(text, *line) or line[1] - line[0] > LONGEST_CELL:
        return True
    numbered = marker(text, *line)
    return bool(numbered and numbered[0] <= 2 and text.find("。", *line) >= 0)


def _numbered(text: str, lines: list[Span], kinds: list[str]) -> Table:
    """Rows that begin with their number; cells before the number's column stand in front of it."""
    before = kinds.index("number")
    table = Table([kind for kind in kinds if kind != "number"])
    pending: list[Span] = []
    cells: list[Span] = []
    count = 0
    for line in lines:
        if not _next_number(text[line[0] : line[1]], count):
            cells.append(line)
            continue
        ahead = _ahead(text, cells, before if count else len(cells))
        if count:
            _add(text, table, pending + cells[: len(cells) - ahead])
        pending = cells[len(cells) - ahead :]
        cells = []
        count += 1
    _add(text, table, pending + cells)
    return table


def _unnumbered(text: str, cells: list[Span], kinds: list[str]) -> Table:
    """Rows of as many cells as there are heads; where cells are missing, a task opens the next row."""
    size = len(kinds)
    task = kinds.index("task" if "task" in kinds else "aim")
    even = [cells[n : n + size] for n in range(0, len(cells), size)]
    if all(len(row) == size and fit(text, "task", row[task]) >= LIKE_TASK for row in even):
        return Table(kinds, [list(row) for row in even])
    table = Table(kinds)
    row: list[Span] = []
    told = False
    for cell in cells:
        opens = _opens_row(text, cell)
        if opens and told:
            ahead = _ahead(text, row, task)
            _add(text, table, row[: len(row) - ahead])
            row = row[len(row) - ahead :]
        told = told or opens
        row.append(cell)
    _add(text, table, row)
    return table


def _opens_row(text: str, cell: Span) -> bool:
    """Whether the cell can only be a task: long or with a verb, neither a time nor a name."""
    others = ("deadline", "lead_leaders", "responsible_units")
    return fit(text, "task", cell) >= LIKE_TASK and all(fit(text, k, cell) <= 0 for k in others)


def _ahead(text: str, cells: list[Span], most: int) -> int:
    """How many cells at the end belong to the next row: short nouns in front of its number."""
    count = 0
    while count < min(most, len(cells) - 1 if most < len(cells) else most):
        if fit(text, "area", cells[len(cells) - 1 - count]) <= 0:
            break
        count += 1
    return count


def _next_number(word: str, count: int) -> bool:
    return bool(NUMBER.fullmatch(word)) and word.rstrip(".、") in (
        str(count + 1),
        f"{count + 1:02}",
    )


def _add(text: str, table: Table, cells: list[Span]) -> None:
    if cells:
        table.rows.append(aligned(text, table.columns, cells[: len(table.columns) + 4]))
