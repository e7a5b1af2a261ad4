"""The rows of a task table as an office means them: owners by role, dates, figures, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from luoshi.officialdoc.breakdown import Breakdown, Line, Value
from luoshi.officialdoc.columns import ROLES, plain
from luoshi.text.dates import Clock, Moment, moments
from luoshi.text.fold import fold
from luoshi.text.labels import read_bracket
from luoshi.text.owners import split_names

_SAME = re.compile(r"同上|〃|″|\"|同前|〞|’’|''")
_SERIAL = re.compile(r"[34]\d{4}(?:\.0)?")  # days since 1899-12-30: 1982 to 2036
_DAY_ZERO = date(1899, 12, 30)
_MONTH = re.compile(r"((?:19|20)\d{2})(?:[./\-年]|(?=\d{2}$))(1[0-2]|0?[1-9])月?(?:底|前|底前)?")
_TENTHS = re.compile(r"(?:19|20)\d{2}\.1")
_DATELIKE = re.compile(r"\d{1,4}[./\-年月]\d{1,2}|\d{1,2}[日号]")
_OPEN = re.compile(
    r"长期|持续|常态|全年|按.{0,8}(?:要求|安排|计划|进度|时序)|适时|即时|立即|随时|待定|—|-+|/|无"
)
_ROLE_WORDS = re.compile(r"牵头|配合|会同|参与|协助|协办|主办|负责|责任|：")
_BRACKETED = re.compile(r"（(牵头|主办|主责|牵头单位|主办单位|配合|协办|参与)）$")
_LEADS = ("牵头", "主办", "主责", "牵头单位", "主办单位")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong or doubtful in a cell: code, the cell's name, its words."""

    code: str
    cell: str
    text: str


@dataclass(slots=True)
class Row:
    """One item of a task table. Rows of the sheet that a merged task cell joins are one row here."""

    task: Value
    rows: list[int]
    headings: list[str] = field(default_factory=list)  # from the widest to the narrowest
    number: str = ""
    register: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)  # the fields that are kept as words
    owners: dict[str, list[str]] = field(default_factory=dict)
    deadline: Moment | None = None
    deadline_text: str = ""
    milestones: list[tuple[str, Moment]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    hidden: bool = False


_WORDS = ("measure", "target", "progress", "status", "basis", "contact", "remark", "start")


def rows_of(made: Breakdown, year: int | None = None) -> Iterator[Row]:
    """Yields the items of the table; `year` is the one that dates without a year belong to."""
    fields = made.layout.fields()
    tasks = fields.get("task", [])
    row: Row | None = None
    before: Row | None = None
    for line in made.lines:
        task = next((line.values[at] for at in tasks if at in line.values), None)
        if task is None:
            cells = [value for value in line.values.values() if not value.merged]
            if row is not None and cells:
                row.problems.append(Problem("row_without_task", cells[0].cell, cells[0].text))
            continue
        if row is not None and task.merged and task.cell == row.task.cell:
            row.rows.append(line.row)
        else:
            if row is not None:
                yield row
                before = row
            row = Row(task, [line.row], hidden=line.hidden)
        _fill(row, made, fields, line, year, before)
    if row is not None:
        yield row


def _fill(
    row: Row,
    made: Breakdown,
    fields: dict[str, list[int]],
    line: Line,
    year: int | None,
    before: Row | None,
) -> None:
    def values(kind: str) -> list[Value]:
        return [line.values[at] for at in fields.get(kind, ()) if at in line.values]

    headings = [value.text for value in (*line.section, *values("area"), *values("heading"))]
    row.headings = list(dict.fromkeys(headings))
    row.number = row.number or next((plain(value.text) for value in values("number")), "")
    row.register = row.register or next((plain(value.text) for value in values("register")), "")
    for kind in _WORDS:
        for value in values(kind):
            known = row.texts.setdefault(kind, [])
            if value.text not in known:
                known.append(value.text)
    for column in made.layout.columns:
        if column.field in ROLES and column.at in line.values:
            value = line.values[column.at]
            _owners(row, column.field or "", value, first_leads=column.first_leads, before=before)
    for value in values("deadline"):
        _deadline(row, value, year)
    for at in fields.get("node", ()):
        if at in line.values:
            _node(row, made.layout.columns[at].head, line.values[at], year)


def owners_in(text: str, role: str, *, first_leads: bool = False) -> dict[str, list[str]]:
    """The names in a cell by role; `role` is the column's, which words in the cell may change."""
    found: dict[str, list[str]] = {}
    folded = fold(text.replace("\n", "；" if _ROLE_WORDS.search(plain(text)) else "、"))
    if _ROLE_WORDS.search(folded.text):
        label = read_bracket(folded.text, 0, len(folded.text))
        if label is not None and not label.bare and label.owners:
            for kind, spans in label.owners.items():
                to = role if kind == "responsible_units" and role in ROLES else kind
                found.setdefault(to, []).extend(folded.value(*span) for span in spans)
            return found
    joined = folded.text.find("会同", 2)
    if joined > 0:
        before, behind = folded.quote(0, joined), folded.quote(joined + 2, len(folded.text))
        others = owners_in(behind, "cooperating_units").values()
        named = [name for names in others for name in names]
        return owners_in(before, role, first_leads=first_leads) | {"cooperating_units": named}
    names = [folded.value(*span) for span in split_names(folded.text, 0, len(folded.text))]
    for at, name in enumerate(names):
        bracket = _BRACKETED.search(fold(name).text)
        kind = role
        if bracket:
            name = name[: bracket.start()]
            kind = "lead_units" if bracket[1] in _LEADS else "cooperating_units"
        elif first_leads and at == 0 and not name.startswith("各"):
            kind = "lead_units"
        if name not in found.setdefault(kind, []):
            found[kind].append(name)
    return found


def _owners(row: Row, role: str, value: Value, *, first_leads: bool, before: Row | None) -> None:
    if _SAME.fullmatch(plain(value.text)):
        if before is None:
            row.problems.append(Problem("same_as_nothing", value.cell, value.text))
            return
        found = {role: before.owners.get(role, [])}
    else:
        found = owners_in(value.text, role, first_leads=first_leads)
    for kind, names in found.items():
        known = row.owners.setdefault(kind, [])
        known.extend(name for name in names if name not in known)


def moments_in(text: str, year: int | None) -> list[Moment]:
    """The times in a cell, in order: words, ISO dates, 2023.6, and the days a workbook counts."""
    words = fold(text).text
    compact = plain(text)
    if _SERIAL.fullmatch(compact):
        day = _DAY_ZERO + timedelta(days=int(float(compact)))
        return [Moment(0, len(text), day.isoformat(), "date", before=True)]
    if month := _MONTH.fullmatch(compact):
        return [Moment(0, len(text), f"{month[1]}-{int(month[2]):02}", "month", before=True)]
    return moments(words, Clock(year))


def _deadline(row: Row, value: Value, year: int | None) -> None:
    if value.cell == row.deadline_text:
        return
    found = moments_in(value.text, year)
    if _TENTHS.fullmatch(plain(value.text)):
        row.problems.append(Problem("month_one_or_ten", value.cell, value.text))
    if not found:
        if not _OPEN.search(plain(value.text)):
            code = "date_impossible" if _DATELIKE.search(plain(value.text)) else "date_unread"
            row.problems.append(Problem(code, value.cell, value.text))
        return
    if row.deadline is not None and row.deadline.value != found[-1].value:
        row.milestones.append((row.deadline_text, row.deadline))
    row.deadline, row.deadline_text = found[-1], value.text
    row.milestones += [(value.text, each) for each in found[:-1] if each.value != found[-1].value]


def _node(row: Row, head: str, value: Value, year: int | None) -> None:
    """A node is dated by its words, or else by the head of its column (一季度, 6月底目标)."""
    found = moments_in(value.text, year) or moments_in(head.split("/")[-1], year)
    if found:
        row.milestones.append((value.text, found[-1]))
    else:
        row.texts.setdefault("node", []).append(value.text)


def tables_year(titles: Sequence[str]) -> int | None:
    """The year that the titles above a table name; None if none or several."""
    years = {
        int(found) for title in titles for found in re.findall(r"(20\d{2})年", fold(title).text)
    }
    return years.pop() if len(years) == 1 else None
