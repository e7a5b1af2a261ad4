"""Flattened tables: every cell a line, empty cells left out."""

from __future__ import annotations

from luoshi.text.fitting import LIKE_TASK, cut_rows, fit
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
from luoshi.text.numerals import chinese
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span

DEEPEST_HEADING = 2
LONGEST_SUBHEAD = 30
MOST_MISSING = 3  # so far a row's number may be from the one before
CHINESE = "十"  # stands for the code of Chinese numerals
_CODE = pattern(r"(?P<code>[A-Za-z\u3400-\u9fff]{1,6}(?:\d{4})?[-—]?)(?P<n>\d{1,3})")
_HEAD_WORD = pattern(r"[\u3400-\u9fff]{2,8}(?:（[^（）]{1,10}）)?")
_CLOSES = pattern(r"填表|联系人|审核人|抄送|附件|签发|\d{4}年\d{1,2}月\d{1,2}日$")


def flat(text: str, lines: list[Span], at: int) -> Table | None:
    kinds = _heads(text, lines, at)
    named = [kind for kind in kinds if kind]
    if len(named) < LEAST_HEADS + 1 or not of_tasks(named) or not {*ROLES} & {*kinds}:
        return None
    if "number" in kinds and "task" in kinds[: kinds.index("number")]:
        return None  # the title of the table: its head begins below
    index = stop = at + len(kinds)
    while stop < len(lines) and not _closes(text, lines[stop]):
        stop += 1
    cells = _whole(text, _without_heads(text, lines[index:stop], kinds))
    rows_of = _numbered if "number" in kinds else _unnumbered
    table = rows_of(text, cells, kinds)
    table.end = stop
    return table


def _heads(text: str, lines: list[Span], at: int) -> list[str]:
    """What the head cells from this line on hold; "" for an unknown word that known heads enclose."""
    if not header(text, lines[at]):
        return []
    kinds: list[str] = []
    known = 0
    for line in lines[at : at + MOST_COLUMNS]:
        kind = header(text, line)
        if not kind and not _HEAD_WORD.fullmatch(text, *line):
            break
        kinds.append(kind)
        if kind:
            known = len(kinds)
        elif known < len(kinds) - 1:
            break
    return kinds[:known]


def _whole(text: str, cells: list[Span]) -> list[Span]:
    """The cells with those joined that a line break cut inside a list or a bracket."""
    joined: list[Span] = []
    for cell in cells:
        if joined and _goes_on(text, joined[-1], cell):
            joined[-1] = (joined[-1][0], cell[1])
        else:
            joined.append(cell)
    return joined


def _goes_on(text: str, before: Span, cell: Span) -> bool:
    words = text[slice(*before)]
    if NUMBER.fullmatch(text, *cell) or NUMBER.fullmatch(text, *before):
        return False
    return (
        words[-1] in "、，（"
        or text[cell[0]] in "、，）；"
        or words.count("（") > words.count("）")
    )


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
    ends = text[line[1] - 1] == "：" and line[1] - line[0] > 2
    return ends or bool(numbered and numbered[0] <= 2 and text.find("。", *line) >= 0)


def _numbered(text: str, lines: list[Span], kinds: list[str]) -> Table:
    """Rows that begin with their number; cells before the number's column stand in front of it."""
    before = kinds.index("number")
    table = Table([kind for kind in kinds if kind != "number"])
    numbers = _counting(text, lines)
    pending: list[Span] = []
    cells: list[Span] = []
    seen = False
    for index, line in enumerate(lines):
        if index not in numbers:
            if index + 1 in numbers and _heading(text, line):
                _add(text, table, pending + cells)
                pending, cells = [], []
                table.rows.append([_unmarked(text, line)])
                continue
            cells.append(line)
            continue
        ahead = _ahead(text, cells, before if seen else len(cells))
        if seen:
            _add(text, table, pending + cells[: len(cells) - ahead])
        pending = cells[len(cells) - ahead :]
        cells = []
        seen = True
    _add(text, table, pending + cells)
    return table


def _heading(text: str, line: Span) -> bool:
    """Whether the line is a numbered heading between two rows (二、危旧房治理)."""
    numbered = marker(text, *line)
    if numbered is None or numbered[0] > DEEPEST_HEADING or numbered[1] >= line[1]:
        return False
    words = text[numbered[1] : line[1]]
    return len(words) <= LONGEST_SUBHEAD and not any(mark in words for mark in "，。；：")


def _unmarked(text: str, line: Span) -> Span:
    numbered = marker(text, *line)
    return (numbered[1], line[1]) if numbered else line


def _counting(text: str, lines: list[Span]) -> set[int]:
    """Where the numbers of the rows stand: they count up, also in codes (MS-01), from 1 again under
    a heading; one that is printed nowhere is passed over."""
    counts = [_count_of(text[slice(*line)].rstrip(".、")) for line in lines]
    latest = {told: index for index, told in enumerate(counts)}
    found: set[int] = set()
    last = ("", 0)
    for index, told in enumerate(counts):
        if told is None or told[0] == CHINESE and ("", 1) in latest:
            continue
        stem, count = told
        gap = count - last[1] if stem == last[0] else 0
        missed = (latest.get((stem, n), -1) > index for n in range(last[1] + 1, count))
        coded = stem not in ("", CHINESE) and stem != last[0]
        anew = not found or coded or stem == last[0] and _heading(text, lines[index - 1])
        if count == 1 and anew or gap == 1 or 1 < gap <= MOST_MISSING and not any(missed):
            found.add(index)
            last = told
    return found


def _count_of(word: str) -> tuple[str, int] | None:
    """The code in front of a row's number and the number; Chinese numerals are a code of their own."""
    hit = _CODE.fullmatch(word)
    if hit:
        return hit["code"], int(hit["n"])
    bare = word.strip("（）")
    if not NUMBER.fullmatch(word) or not bare:
        return None
    value = int(bare) if bare.isdecimal() else chinese(bare)
    return ("" if bare.isdecimal() else CHINESE, int(value)) if value else None


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


def _add(text: str, table: Table, cells: list[Span]) -> None:
    if cells:
        table.rows.extend(cut_rows(text, table.columns, cells))
