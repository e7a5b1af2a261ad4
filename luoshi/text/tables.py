"""Tables of tasks: real ones (cells parted by tabs or bars) and flattened ones (a cell a line)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from luoshi.text.dates import DATED
from luoshi.text.heads import LONGEST_HEAD, column_kind
from luoshi.text.labels import ROLES
from luoshi.text.layout import marker
from luoshi.text.names import surnames
from luoshi.text.orders import verbs_in
from luoshi.text.owners import names_unit, split_names
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim
from luoshi.text.targets import figures

_NUMBER = pattern(r"\d{1,4}[.、]?|[一二三四五六七八九十]{1,4}、?|（[\d一二三四五六七八九十]{1,4}）")
_NAME = pattern(r"[\u3400-\u9fff]{2,4}(?:[、， ][\u3400-\u9fff]{2,4}){0,4}")
_NOTE = pattern(r"(?:注|备注|说明|附注)\d?(?:：|\d|\.|、)")
_CLOSES = pattern(r"填表|联系人|审核人|抄送|附件|签发|\d{4}年\d{1,2}月\d{1,2}日$")
_FURNITURE = pattern(r"（?续(?:上)?表.{0,4}|第?\d{1,3}页?|共\d{1,3}页|[-—] ?\d{1,3} ?[-—]")
_WORD = pattern(r"[^ ]+")
_RULE = frozenset("-—=: ：|+")
MOST_COLUMNS = 14
LONGEST_SUBHEAD = 30
LONGEST_CELL = 200
LEAST_HEADS = 3
LIKE_TASK = 1.4  # what a cell is worth as a task when it has a verb or more than ten letters
MISFIT = -1.5
WRAPPED = 1.5
HELPING = 0.1
JOINED = 3  # so many lines may be one task that was wrapped
WITHIN = 2  # so many lines without a tab may stand between two rows of a table


@dataclass(slots=True)
class Table:
    """A table's columns and rows of cells; `above` is where the line over its head ends, `end` the
    index of the first line after it.

    A row of one cell in the column `head` is a heading inside the table.
    """

    columns: list[str]
    rows: list[list[Span | None]] = field(default_factory=list)
    end: int = 0
    above: int = 0


def header(text: str, cell: Span | None) -> str:
    """What a head cell says its column holds, "" when it is no head cell."""
    if cell is None or cell[1] - cell[0] > LONGEST_HEAD:
        return ""
    return column_kind(text[slice(*cell)])


def table_at(text: str, lines: list[Span], at: int) -> Table | None:
    """The table whose head begins at line `at`, None if there is none."""
    width = len(split_cells(text, lines[at]))
    if width > 1:
        head = _head(text, lines, at)
        table = _real(text, lines, at + head[1], head[0]) if head else None
    else:
        table = _spaced(text, lines, at) or _flat(text, lines, at)
    if table is not None:
        table.above = lines[at - 1][1] if at else 0
        table.end = _after_notes(text, lines, table.end)
    return table


def _after_notes(text: str, lines: list[Span], at: int) -> int:
    """The line behind the notes under a table (注：1.…, 2.…)."""
    if at >= len(lines) or not _NOTE.match(text, *lines[at]):
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
    return (spread, size) if _of_tasks(told) else None


def _of_tasks(told: list[str]) -> bool:
    """Whether these columns make a table of tasks."""
    named = {*told}
    return len(told) >= LEAST_HEADS and bool(
        {"task", "aim"} & named and {*ROLES, "deadline"} & named
    )


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
    if len(filled) < 2 or any(cell and _NUMBER.fullmatch(text, *cell) for cell in below):
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
        if len(filled) == 1 and _NOTE.match(text, *filled[0]):
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
    if _FURNITURE.fullmatch(words):
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
    if first is None or table.columns[0] != "number" or _NUMBER.fullmatch(text, *first):
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
    if not all(kinds) or not _of_tasks(kinds):
        return None
    numbered = kinds[0] == "number"
    table = Table(kinds[1:] if numbered else kinds)
    index = at + 1
    while index < len(lines):
        cells = _words(text, lines[index])
        if numbered and cells and _NUMBER.fullmatch(text, *cells[0]):
            del cells[0]
        if len(cells) < 2 or cells[-1][1] - cells[0][0] > LONGEST_CELL:
            break
        table.rows.append(aligned(text, table.columns, cells))
        index += 1
    table.end = index
    return table if table.rows else None


def _flat(text: str, lines: list[Span], at: int) -> Table | None:
    kinds: list[str] = []
    index = at
    while index < len(lines) and len(kinds) < MOST_COLUMNS and (kind := header(text, lines[index])):
        kinds.append(kind)
        index += 1
    if len(kinds) < LEAST_HEADS + 1 or not _of_tasks(kinds) or not {*ROLES} & {*kinds}:
        return None
    if "number" in kinds and "task" in kinds[: kinds.index("number")]:
        return None  # the title of the table: its head begins below
    stop = index
    while stop < len(lines) and not _closes(text, lines[stop]):
        stop += 1
    cells = _without_heads(text, lines[index:stop], kinds)
    if "number" in kinds:
        table = _numbered(text, cells, kinds)
    else:
        table = _unnumbered(text, cells, kinds)
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
        if not _FURNITURE.fullmatch(text, *cells[at]) or _NUMBER.fullmatch(text, *cells[at]):
            kept.append(cells[at])
        at += 1
    return kept


def _closes(text: str, line: Span) -> bool:
    """Whether no flattened table goes on here: notes, the foot of a form, prose with a number."""
    if _NOTE.match(text, *line) or _CLOSES.match(text, *line) or line[1] - line[0] > LONGEST_CELL:
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
    if all(len(row) == size and _fit(text, "task", row[task]) >= LIKE_TASK for row in even):
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
    return _fit(text, "task", cell) >= LIKE_TASK and all(_fit(text, k, cell) <= 0 for k in others)


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

    Of equal fits, a row under a merged leader takes the later column, for the earlier one is merged
    too; any other row leads sooner than it helps, but class names (各乡镇) help.
    """
    led = "lead_leaders" not in columns or any(_fit(text, "lead_leaders", c) > 0 for c in cells)
    if len(cells) == len(columns) and all(
        _fit(text, column, cell) > MISFIT for column, cell in zip(columns, cells, strict=True)
    ):
        return list(cells)
    if len(cells) > len(columns) + JOINED - 1:
        cells = [*cells[: len(columns) - 1], (cells[len(columns) - 1][0], cells[-1][1])]
    best = [[(-1e9, 0)] * (len(cells) + 1) for _ in range(len(columns) + 1)]
    for done in range(len(columns) + 1):
        best[done][0] = (0.0, 0)
    for c in range(1, len(columns) + 1):
        for k in range(1, len(cells) + 1):
            ways = _ways(text, columns[c - 1], cells, k, best[c - 1], led=led)
            best[c][k] = max(ways, key=_worth)
    placed: list[Span | None] = [None] * len(columns)
    k = len(cells)
    for c in range(len(columns), 0, -1):
        taken = best[c][k][1]
        if taken:
            placed[c - 1] = (cells[k - taken][0], cells[k - 1][1])
            k -= taken
    return placed


def _worth(way: tuple[float, int]) -> tuple[float, bool]:
    return round(way[0], 6), way[1] > 0


def _ways(
    text: str,
    column: str,
    cells: list[Span],
    k: int,
    before: list[tuple[float, int]],
    *,
    led: bool,
) -> Iterator[tuple[float, int]]:
    """What the first `k` cells are worth when this column takes none, one, or some wrapped ones."""
    yield before[k][0], 0
    for taken in range(1, min(k, JOINED if column == "task" else 1) + 1):
        joined = (cells[k - taken][0], cells[k - 1][1])
        helps = led and column == "cooperating_units" and text[joined[0]] != "各"
        worth = _fit(text, column, joined) - WRAPPED * (taken - 1) - HELPING * helps
        yield before[k - taken][0] + worth, taken


@lru_cache(maxsize=4096)
def _fit(text: str, column: str, cell: Span) -> float:
    word = text[cell[0] : cell[1]]
    dated = _dated(text, cell)
    named = bool(_NAME.fullmatch(word.rstrip("0123456789- "))) and word[0] in surnames()[0]
    unit = any(names_unit(text[a:b]) for a, b in split_names(text, *cell))
    if column == "deadline":
        return 3.0 if dated and not unit else -3.0
    if column in ("lead_leaders", "responsible_people"):
        return 3.0 if (named and not unit) or names_unit(word) in ("leader", "person") else -3.0
    if column in ROLES:
        return 2.5 if unit else (-1.0 if named or dated else 0.0)
    if column in ("task", "aim"):
        return (
            min(3.0, len(word) / 8)
            + (1.0 if verbs_in(text, *cell) or any(ch.isdigit() for ch in word) else 0.0)
            - (2.0 if unit and len(word) < 8 else 0.0)
        )
    if column == "area":
        return 1.0 if len(word) <= 10 and not (unit or dated or "、" in word) else -2.0
    return 0.0


def _dated(text: str, cell: Span) -> bool:
    """Whether a cell holds a time and no work: no amount, no 每季度开展一次."""
    word = text[slice(*cell)]
    if not DATED.fullmatch(word) or word[0] == "每" and verbs_in(text, *cell):
        return False
    return not figures(text, *cell)
