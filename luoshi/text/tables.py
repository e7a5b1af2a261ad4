"""Tables of tasks: real ones (cells parted by tabs or bars) and flattened ones (a cell a line)."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.text.clauses import clause
from luoshi.text.dates import Clock, moments
from luoshi.text.labels import ROLES, field_words
from luoshi.text.orders import verbs_in
from luoshi.text.owners import names_unit, split_names
from luoshi.text.patterns import pattern
from luoshi.text.rows import Row, fill, merge
from luoshi.text.sentences import Span, clauses, trim
from luoshi.text.wordlists import words

_NUMBER = pattern(r"\d{1,4}[.、]?|[一二三四五六七八九十]{1,4}、?")
_DATED = pattern(
    r"长期|常态化|持续推进|持续|全年|年内|.{0,12}(?:底|前|月|季度|年|日|旬|半年|内).{0,30}|即时|立即"
)
_NAME = pattern(r"[\u3400-\u9fff]{2,4}(?:[、， ][\u3400-\u9fff]{2,4}){0,4}")
CARRIED = (*ROLES, "area", "deadline")
MOST_COLUMNS = 14
LONGEST_HEAD = 24


@dataclass(slots=True)
class Table:
    """A table's columns and rows of cells; `end` is the index of the first line after it."""

    columns: list[str]
    rows: list[list[Span | None]] = field(default_factory=list)
    end: int = 0


def header(text: str, line: Span) -> str:
    """What a head cell says its column holds, "" when it is no head cell."""
    if line[1] - line[0] > LONGEST_HEAD:
        return ""
    word = "".join(text[line[0] : line[1]].split()).split("（")[0]
    return field_words().get(word, "")


def table_at(text: str, lines: list[Span], at: int) -> Table | None:
    """The table whose head begins at line `at`, None if there is none."""
    cells = split_cells(text, lines[at])
    if len(cells) > 1:
        kinds = [header(text, cell) if cell else "" for cell in cells]
        if sum(1 for kind in kinds if kind) >= 3 and "task" in kinds:
            return _real(text, lines, at, kinds)
        return None
    return _flat(text, lines, at)


def split_cells(text: str, line: Span) -> list[Span | None]:
    """The cells of a line with tabs or bars, empty ones as None; one cell when it has neither."""
    start, end = line
    mark = "\t" if "\t" in text[start:end] else "|" if text.count("|", start, end) > 1 else ""
    if not mark:
        return [line]
    if mark == "|":
        start += text[start] == "|"
        end -= text[end - 1] == "|"
    cells: list[Span | None] = []
    first = start
    for place in range(start, end + 1):
        if place == end or text[place] == mark:
            cell = trim(text, first, place)
            cells.append(cell if cell[1] > cell[0] else None)
            first = place + 1
    return cells


def _real(text: str, lines: list[Span], at: int, kinds: list[str]) -> Table:
    table = Table(kinds)
    index = at + 1
    while index < len(lines):
        cells = split_cells(text, lines[index])
        if len(cells) < 2:
            break
        if not all(cell is None or set(text[cell[0] : cell[1]]) <= set("-: ：") for cell in cells):
            table.rows.append((cells + [None] * len(kinds))[: len(kinds)])
        index += 1
    table.end = index
    return table


def _flat(text: str, lines: list[Span], at: int) -> Table | None:
    kinds: list[str] = []
    index = at
    while index < len(lines) and len(kinds) < MOST_COLUMNS and (kind := header(text, lines[index])):
        kinds.append(kind)
        index += 1
    if len(kinds) < 4 or "task" not in kinds or not any(kind in ROLES for kind in kinds):
        return None
    stop = index
    while stop < len(lines) and not _closes(text, lines[stop]):
        stop += 1
    if "number" in kinds:
        table = _numbered(text, lines[index:stop], kinds)
    else:
        size = len(kinds)
        cells = lines[index:stop]
        table = Table(
            kinds, [list(cells[n : n + size]) for n in range(0, len(cells) - size + 1, size)]
        )
    table.end = stop
    return table


def _closes(text: str, line: Span) -> bool:
    word = text[line[0] : line[1]]
    return word.startswith(("注：", "备注：", "说明：", "填表", "联系人")) or len(word) > 200


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


def _ahead(text: str, cells: list[Span], most: int) -> int:
    """How many cells at the end belong to the next row: short nouns in front of its number."""
    count = 0
    while count < min(most, len(cells) - 1 if most < len(cells) else most):
        if _fit(text, "area", cells[len(cells) - 1 - count]) <= 0:
            break
        count += 1
    return count


def _next_number(word: str, count: int) -> bool:
    return bool(_NUMBER.fullmatch(word)) and word.rstrip(".、") in (
        str(count + 1),
        f"{count + 1:02}",
    )


def _add(text: str, table: Table, cells: list[Span]) -> None:
    if cells:
        table.rows.append(aligned(text, table.columns, cells[: len(table.columns) + 4]))


def aligned(text: str, columns: list[str], cells: list[Span]) -> list[Span | None]:
    """The cells put under the columns that fit them best, order kept, columns left out allowed.

    Equal fits go to the later column: a merged cell above covers the earlier one.
    """
    if len(cells) > len(columns):
        cells = [*cells[: len(columns) - 1], (cells[len(columns) - 1][0], cells[-1][1])]
    fits = [[_fit(text, column, cell) for cell in cells] for column in columns]
    worst = -1e9
    best = [[worst] * (len(cells) + 1) for _ in range(len(columns) + 1)]
    for done in range(len(columns) + 1):
        best[done][0] = 0.0
    for c in range(1, len(columns) + 1):
        for k in range(1, min(c, len(cells)) + 1):
            best[c][k] = max(best[c - 1][k], best[c - 1][k - 1] + fits[c - 1][k - 1])
    placed: list[Span | None] = [None] * len(columns)
    k = len(cells)
    for c in range(len(columns), 0, -1):
        if k and best[c][k] == best[c - 1][k - 1] + fits[c - 1][k - 1]:
            placed[c - 1] = cells[k - 1]
            k -= 1
    return placed


def _fit(text: str, column: str, cell: Span) -> float:
    word = text[cell[0] : cell[1]]
    dated = bool(_DATED.fullmatch(word))
    named = bool(_NAME.fullmatch(word)) and word[0] in words("surnames")
    unit = any(names_unit(text[a:b]) for a, b in split_names(text, *cell))
    if column == "deadline":
        return 3.0 if dated and not unit else -3.0
    if column in ("lead_leaders", "responsible_people"):
        return 3.0 if (named and not unit) or names_unit(word) in ("leader", "person") else -3.0
    if column in ROLES:
        return 2.5 if unit else (-1.0 if named or dated else 0.0)
    if column == "task":
        return (
            min(3.0, len(word) / 8)
            + (1.0 if verbs_in(text, *cell) or any(ch.isdigit() for ch in word) else 0.0)
            - (2.0 if unit and len(word) < 8 else 0.0)
        )
    if column == "area":
        return 1.0 if len(word) <= 10 and not (unit or dated or "、" in word) else -2.0
    return 0.0


def table_rows(text: str, table: Table, clock: Clock) -> tuple[list[Row], list[Span]]:
    """The rows of a table and its areas in order; what a merged cell leaves out comes from above."""
    rows: list[Row] = []
    areas: list[Span] = []
    above: dict[str, Span] = {}
    for cells in table.rows:
        named = {
            kind: cell for kind, cell in zip(table.columns, cells, strict=False) if cell and kind
        }
        task = named.get("task")
        if task is None:
            above.update({kind: cell for kind, cell in named.items() if kind in CARRIED})
            continue
        if "area" in named and (
            not areas or text[slice(*areas[-1])] != text[slice(*named["area"])]
        ):
            areas.append(named["area"])
        for kind in CARRIED:
            if kind in named:
                above[kind] = named[kind]
        row = _row(text, table, task, named, above, clock)
        if row.end > row.start:  # a cell of nothing but marks orders nothing
            rows.append(row)
    return rows, areas


def _row(
    text: str,
    table: Table,
    task: Span,
    named: dict[str, Span],
    above: dict[str, Span],
    clock: Clock,
) -> Row:
    start, end = trim(text, *task)
    while end > start and text[end - 1] in "。；，":
        end -= 1
    row = Row(start, end, above.get("area"), rules=["S5-table"], confidence=0.95)
    fill(
        text,
        row,
        [clause(text, a, b, clock) for a, b in clauses(text, start, end)],
        clock,
        own=False,
    )
    for role in ROLES:
        cell = above.get(role) if role in table.columns else None
        if cell:
            merge(row.owners, {role: split_names(text, *cell)}, text)
    cell = above.get("deadline") if "deadline" in table.columns else None
    if cell:
        _deadline(text, row, cell, clock)
    return row


def _deadline(text: str, row: Row, cell: Span, clock: Clock) -> None:
    steps = [(span, m) for span in clauses(text, *cell) for m in moments(text, clock, *span)]
    if steps:
        row.deadline = steps[-1][1]
        row.milestones = [(span, m) for span, m in steps[:-1] if m.value != row.deadline.value]
