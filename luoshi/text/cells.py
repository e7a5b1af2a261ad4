"""The rows of a table of tasks: which cell is the task, what merged cells above give it."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.text.clauses import clause
from luoshi.text.dates import Clock, Moment
from luoshi.text.due_cells import cell_moments
from luoshi.text.grid import Table
from luoshi.text.labels import ROLES, Label, cell_label, first_leads, read_bracket
from luoshi.text.layout import marker, uncounted
from luoshi.text.orders import verbs_in
from luoshi.text.patterns import pattern
from luoshi.text.rows import Row, fill, label_owners
from luoshi.text.sentences import Span, clauses, sentences, trim

CARRIED = (*ROLES, "area", "deadline")
LEADING = ("lead_leaders", "lead_units", "responsible_units")
RANKED = (*LEADING, "responsible_people", "cooperating_units")
_SAME = pattern(r"(?:同上|同前|〃|″|〞|“|”|\"){1,2}")
_NOTHING = pattern(r"[-—/\\无]{1,4}")
_SUM = pattern(r"(?:合计|总计|小计|共计).{0,8}")
_NEXT = pattern(r"(?:下一?步|下(?:一)?阶段|后续)(?:工作)?(?:打算|计划|安排|措施|举措|思路)?[：，]")
LONGEST_AREA = 30
SHORT_AREA = 12
LONGEST_NAME = 16
CALENDAR = ("date", "month", "quarter", "half")
OPENING = 4  # a figure so near the beginning of the aim's cell counts what the task names


@dataclass(slots=True)
class Told:
    """What a table gives: its rows, its areas in order, the cells that tell progress, and the next
    steps in these with the row each belongs to."""

    rows: list[Row] = field(default_factory=list)
    areas: list[Span] = field(default_factory=list)
    progress: list[Span] = field(default_factory=list)
    steps: list[tuple[Span, Row]] = field(default_factory=list)


def table_rows(text: str, table: Table, clock: Clock, area: Span | None = None) -> Told:
    """The rows of a table; what a merged cell leaves out comes from above, `area` from the heading."""
    told = Told()
    columns = _columns(text, table)
    ditto = {
        kind
        for row in table.rows
        for kind, cell in zip(columns, row, strict=False)
        if cell and _SAME.fullmatch(text, *cell)
    }
    leads = first_leads(text)
    above: dict[str, Span] = {"area": area} if area else {}
    for cells in table.rows:
        if len(cells) == 1 and cells[0]:
            above = {"area": uncounted(text, cells[0])}
            told.areas.append(above["area"])
            continue
        named = _named(text, columns, cells, above)
        task = named.pop("task", None)
        if _section(text, task, named, columns):
            above = {"area": named.get("area") or task or (0, 0)}
            told.areas.append(above["area"])
            continue
        if "area" in named and (not told.areas or not _same(text, told.areas[-1], named["area"])):
            told.areas.append(named["area"])
        now = named | _covered(above, named, ditto)
        above.update({kind: cell for kind, cell in named.items() if kind in CARRIED})
        if task is None or any(cell and _SUM.fullmatch(text, *cell) for cell in cells):
            continue
        row = _row(text, task, now, clock, own={*named}, leads=leads)
        if row.end > row.start:  # a cell of nothing but marks orders nothing
            told.rows.append(row)
        for cell in _of(columns, cells, "progress"):
            _progress(text, told, cell, row)
    return told


def _progress(text: str, told: Told, cell: Span, row: Row) -> None:
    """Part what a cell tells of the past from the next steps that it announces (下步：…)."""
    hit = _NEXT.search(text, *cell)
    if hit:
        told.steps.append(((hit.end(), cell[1]), row))
    end = hit.start() if hit else cell[1]
    if end > cell[0]:
        told.progress.extend(sentences(text, cell[0], end))


def _of(columns: list[str], cells: list[Span | None], kind: str) -> list[Span]:
    return [cell for k, cell in zip(columns, cells, strict=False) if cell and k == kind]


def _same(text: str, first: Span, second: Span) -> bool:
    return text[slice(*first)] == text[slice(*second)]


def _words(text: str, cell: Span | None) -> str:
    return text[slice(*cell)] if cell else ""


def _columns(text: str, table: Table) -> list[str]:
    """The kinds of the columns with one task: of several the longest; a merged one before is the area.

    What stands behind it, and the aim beside it, are details: their figures are the task's.
    """
    named = "task" in table.columns and not _only_names(text, table)
    kinds = [("detail" if named else "task") if k == "aim" else k for k in table.columns]
    tasks = [at for at, kind in enumerate(kinds) if kind == "task"]
    rows = [row for row in table.rows if len(row) > 1]
    if not tasks or not rows:
        return kinds
    lengths = {at: sum(len(_words(text, row[at])) for row in rows) for at in tasks}
    main = max(tasks, key=lambda at: (lengths[at], at))
    if "area" not in kinds and (grouping := _grouping(text, kinds[:main], rows)) is not None:
        kinds[grouping] = "area"
    for at in tasks:
        if at != main:
            merged = sum(1 for row in rows if row[at]) * 3 <= len(rows) * 2
            heads = at < main and merged and "area" not in kinds
            kinds[at] = "area" if heads else "detail" if at > main else ""
    return kinds


def _only_names(text: str, table: Table) -> bool:
    """Whether the task's column only names the items, and the aim beside it says what to do."""
    if "aim" not in table.columns or table.columns.count("task") > 1:
        return False
    task, aim = table.columns.index("task"), table.columns.index("aim")
    pairs = [
        (name, work)
        for row in table.rows
        if len(row) > 1 and (name := row[task]) and (work := row[aim])
    ]
    short = sum(1 for name, _ in pairs if _bare_name(text, name))
    ordered = sum(1 for _, work in pairs if verbs_in(text, *work))
    longer = sum(1 for name, work in pairs if work[1] - work[0] > name[1] - name[0])
    most = len(pairs) * 2
    return bool(pairs) and short * 3 > most and ordered * 3 > most and longer * 3 > most


def _bare_name(text: str, cell: Span) -> bool:
    """Whether a cell is short and does not open with what is to be done."""
    verbs = verbs_in(text, *cell)
    return cell[1] - cell[0] <= LONGEST_NAME and not (verbs and verbs[0][0] == cell[0])


def _grouping(text: str, before: list[str], rows: list[list[Span | None]]) -> int | None:
    """The column without a known head whose merged short cells group the tasks."""
    for at, kind in enumerate(before):
        filled = [_words(text, row[at]) for row in rows if row[at]]
        merged = rows[0][at] is not None and len(filled) < len(rows)
        if not kind and merged and all(len(w) <= SHORT_AREA and w.isalpha() for w in filled):
            return at
    return None


def _named(
    text: str, columns: list[str], cells: list[Span | None], above: dict[str, Span]
) -> dict[str, Span]:
    """The filled cells by what they hold, 同上 replaced by what stands above."""
    named: dict[str, Span] = {}
    for kind, cell in zip(columns, cells, strict=False):
        if not cell or not kind:
            continue
        if _SAME.fullmatch(text, *cell):
            if kind in above:
                named[kind] = above[kind]
        elif kind == "area":
            named[kind] = _bare_area(text, cell)
        else:
            named[kind] = cell
    return named


def _bare_area(text: str, cell: Span) -> Span:
    found = marker(text, *cell)
    return uncounted(text, (found[1], cell[1]) if found and found[1] < cell[1] else cell)


def _section(text: str, task: Span | None, named: dict[str, Span], columns: list[str]) -> bool:
    """Whether the row is a heading inside the table: a number and a noun (一 / 产业发展)."""
    number = named.get("number")
    if number is None or not text[slice(*number)].strip("（）、.").isalpha():
        return False
    head = named.get("area") or task
    alone = not any(kind in named for kind in (*ROLES, "deadline", "detail"))
    only = (task is None) != ("area" not in named)
    return bool(head and alone and only and head[1] - head[0] <= LONGEST_AREA)


def _covered(above: dict[str, Span], named: dict[str, Span], ditto: set[str]) -> dict[str, Span]:
    """The cells of merged rows above that reach down to this row.

    Cells are merged from the owner who stands highest downwards: an owner is passed on where no
    higher one is named anew, a time where any owner is; in a column that writes 同上 an empty cell
    is empty.
    """
    kept = {"area": above["area"]} if "area" in above and "area" not in named else {}
    for role in RANKED:
        if role in named:
            break
        if role in above and role not in ditto:
            kept[role] = above[role]
    timed = "deadline" in above and "deadline" not in named and "deadline" not in ditto
    if timed and kept.keys() & {*LEADING}:
        kept["deadline"] = above["deadline"]
    return kept


def _row(
    text: str, task: Span, now: dict[str, Span], clock: Clock, *, own: set[str], leads: bool
) -> Row:
    """The row of a task; what is not its `own` comes from merged cells, and gives way to its words."""
    start, end = trim(text, *task)
    while end > start and text[end - 1] in "。；，":
        end -= 1
    found = marker(text, start, end)
    if found and found[0] in (3, 4) and found[1] < end:
        start = found[1]
    row = Row(start, end, now.get("area"), rules=["S5-table"], confidence=0.95)
    if "detail" in now:
        _fill(text, row, now["detail"], clock)
        first = now["detail"][0] + OPENING
        row.targets = [((start, end) if f.start < first else m, f) for m, f in row.targets]
    _fill(text, row, (start, end), clock)
    for role in ROLES:
        if role in now and not _NOTHING.fullmatch(text, *now[role]):
            _owners(text, row, cell_label(text, now[role], role), leads=leads)
    noted = read_bracket(text, *now["ignore"]) if "ignore" in now else None
    if noted is not None and not noted.bare:
        label_owners(text, row, noted, first_leads=False)
    if "deadline" in now and (row.deadline is None or "deadline" in own):
        _deadline(row, cell_moments(text, now["deadline"], clock))
    return row


def _fill(text: str, row: Row, span: Span, clock: Clock) -> None:
    counted = {(figure.value, figure.unit) for _, figure in row.targets}
    before = list(row.targets)
    row.targets = []
    fill(
        text, row, [clause(text, *piece, clock) for piece in clauses(text, *span)], clock, own=False
    )
    fresh = [t for t in row.targets if (t[1].value, t[1].unit) not in counted]
    row.targets = before + fresh


def _owners(text: str, row: Row, label: Label, *, leads: bool) -> None:
    label_owners(text, row, label, first_leads=leads or label.first_leads)


def _deadline(row: Row, steps: list[tuple[Span, Moment]]) -> None:
    """The last time of the cell is the deadline, the times before it and the task's are milestones."""
    if not steps:
        return
    due = steps[-1][1]
    own = [step for step in row.milestones if step[1].kind in CALENDAR]
    row.deadline = due
    row.milestones = [(span, m) for span, m in [*own, *steps[:-1]] if m.value != due.value]
