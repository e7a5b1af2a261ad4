"""The organisation from a workbook: units, groups, posts, people, appointments, grants; and back.

An import is one transaction of ordinary acts. A dry run is the same, rolled back: what it says is
what would happen. Importing again changes what differs and doubles nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import override

from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.paper import Table
from luoshi.org import actions
from luoshi.org.models import (
    Account,
    Appointment,
    Grant,
    GroupMember,
    Person,
    Post,
    Unit,
    UnitGroup,
)
from luoshi.org.roles import ROLES

UNITS, GROUPS, POSTS, PEOPLE = "单位", "单位组", "职务", "人员"
# Sheet -> what a column holds -> its head as exported, and the heads it is known by.
HEADS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    UNITS: {
        "name": ("单位全称", r"(?:单位)?(?:全称|名称)|单位"),
        "short_name": ("简称", r"(?:单位)?简称|规范简称"),
        "aliases": ("别名", r"别名|又称|其他名称|曾用名"),
        "parent": ("上级单位", r"(?:上级|主管|隶属)(?:单位|部门|于)?"),
        "order": ("建制顺序", r"(?:建制)?(?:顺序|序号|排序)"),
        "since": ("设立日期", r"(?:设立|成立|起始?)(?:日期|时间)?"),
    },
    GROUPS: {
        "name": ("单位组", r"(?:单位)?组(?:名|别|称)?|类别"),
        "members": ("成员", r"成员(?:单位)?|单位|包括"),
        "aliases": ("别名", r"别名|又称"),
    },
    POSTS: {
        "unit": ("单位", r"(?:所在)?单位"),
        "name": ("职务", r"职务(?:名称)?|岗位"),
        "order": ("领导排序", r"(?:领导)?(?:排序|顺序|序号)"),
    },
    PEOPLE: {
        "person": ("姓名", r"姓名|人员"),
        "unit": ("单位", r"(?:所在)?单位"),
        "post": ("职务", r"职务(?:名称)?|岗位"),
        "since": ("任职日期", r"(?:任职|起始?)(?:日期|时间)?"),
        "until": ("离任日期", r"(?:离任|免职|截?止|终止)(?:日期|时间)?"),
        "account": ("账号", r"[账帳]号|登录名|用户名"),
        "role": ("角色", r"角色|权限"),
        "at": ("授权单位", r"授权(?:单位|范围)"),
        "below": ("含下级", r"含下级|下级"),
    },
}  # fmt: skip
_NEEDED = {
    UNITS: ("name",),
    GROUPS: ("name", "members"),
    POSTS: ("unit", "name"),
    PEOPLE: ("person",),
}
_PARTS = re.compile(r"[、，,；;\n]")
_BLANK = re.compile(r"\s|\u3000")
_YES = frozenset({"是", "含", "y", "yes", "1", "√", "✓"})


@dataclass(frozen=True, slots=True)
class Change:
    """One act of an import: its verb, whom it concerns, the cell that says so."""

    verb: str
    name: str
    cell: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: a code, the cell, its words."""

    code: str
    cell: str
    text: str


@dataclass(slots=True)
class Outcome:
    """What an import did, or a dry run would do. With a problem nothing is done."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)  # new ones, which have no password yet


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: values by field, and the name of each field's cell."""

    values: Mapping[str, str]
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """The cell of a field; for an empty one the row's first."""
        return self.cells.get(name) or next(iter(self.cells.values()), "")


def import_register(tables: Iterable[Table], *, by: Actor, on: date, dry: bool) -> Outcome:
    """What the sheets of a workbook change; nothing is kept of a dry run or when there is a problem.

    Sheets are known by their names (单位 单位组 职务 人员); others are left alone.
    """
    outcome = Outcome()
    by_sheet = {table.sheet.strip(): table for table in tables}
    with transaction.atomic():
        taker = _Taker(outcome, by, on)
        for sheet, take in (
            (UNITS, taker.unit), (GROUPS, taker.group), (POSTS, taker.post), (PEOPLE, taker.person),
        ):  # fmt: skip
            for row in _rows(by_sheet[sheet], sheet, outcome) if sheet in by_sheet else ():
                try:
                    with transaction.atomic():
                        take(row)
                except Invalid as error:
                    name, code = next(iter(error.fields.items()), ("", error.code))
                    _refuse(outcome, row, name, str(code))
        if not set(by_sheet) & set(HEADS):
            outcome.problems.append(Problem("no_known_sheet", "", "、".join(by_sheet)))
        if dry or outcome.problems:
            transaction.set_rollback(True)
    return outcome


def _refuse(outcome: Outcome, row: Row, name: str, code: str) -> None:
    outcome.problems.append(Problem(code, row.cell(name), row.values.get(name, "")))


def _rows(table: Table, sheet: str, outcome: Outcome) -> Iterator[Row]:
    """Yields the rows under the first row that names what is needed."""
    columns: dict[int, str] = {}
    for at, placed in enumerate(table.grid()):
        texts = {column: cell.text.strip() for column, cell in placed if cell.text.strip()}
        if not columns:
            columns = _columns(texts, sheet)
            continue
        values = {columns[at_]: text for at_, text in texts.items() if at_ in columns}
        cells = {
            columns[at_]: f"{table.sheet}!{table.cell_name(at, at_)}"
            for at_ in texts
            if at_ in columns
        }
        if values:
            yield Row(values, cells)
    if not columns:
        needed = "、".join(HEADS[sheet][name][0] for name in _NEEDED[sheet])
        outcome.problems.append(Problem("heads_missing", table.sheet, needed))


def _columns(texts: Mapping[int, str], sheet: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for column, text in texts.items():
        head = _BLANK.sub("", text)
        for name, (_, known) in HEADS[sheet].items():
            if name not in found.values() and re.fullmatch(known, head):
                found[column] = name
                break
    return found if set(_NEEDED[sheet]) <= set(found.values()) else {}


class _Taker:
    """Takes rows in, one kind after the other."""

    def __init__(self, outcome: Outcome, by: Actor, on: date) -> None:
        self._outcome, self._by, self._on = outcome, by, on
        self._seen: set[tuple[str, ...]] = set()

    def _did(self, verb: str, name: str, row: Row, cell: str = "name") -> None:
        self._outcome.changes.append(Change(verb, name, row.cell(cell)))

    def unit(self, row: Row) -> None:
        """A unit: new, or put right."""
        name = row.values.get("name", "")
        self._once("unit", name, row, "name")
        parent = self._unit(row, "parent") if row.values.get("parent") else None
        unit = Unit.objects.filter(name=name).first()
        order, since = _number(row, "order"), _day(row, "since")
        aliases = _parts(row.values.get("aliases", ""))
        if unit is None:
            unit = actions.add_unit(
                name,
                by=self._by,
                short_name=row.values.get("short_name", ""),
                parent=parent,
                order=order if order is not None else Unit.objects.count() + 1,
                aliases=tuple(aliases),
            )
            if since:
                actions.amend_unit(unit, by=self._by, seen=unit.version, since=since)
            self._did("add_unit", name, row)
            return
        aliases = sorted(set(unit.aliases) | set(aliases))
        short = row.values.get("short_name", unit.short_name)
        moved = parent is not None and parent.pk != unit.parent_id
        if (short, aliases, moved) == (unit.short_name, sorted(unit.aliases), False) and (
            order in (None, unit.order) and since in (None, unit.since)
        ):
            self._outcome.unchanged += 1
            return
        actions.amend_unit(
            unit, by=self._by, seen=unit.version, short_name=short, aliases=aliases, order=order,
            parent=parent if moved else None, since=since,
        )  # fmt: skip
        self._did("amend_unit", name, row)

    def group(self, row: Row) -> None:
        """A group: new, or with other members from today on."""
        name = row.values.get("name", "")
        self._once("group", name, row, "name")
        members = [
            self._named(part, row, "members") for part in _parts(row.values.get("members", ""))
        ]
        group = UnitGroup.objects.filter(name=name).first()
        if group is None:
            aliases = _parts(row.values.get("aliases", ""))
            order = UnitGroup.objects.count() + 1
            actions.add_group(name, by=self._by, members=members, aliases=aliases, order=order)
            self._did("add_group", name, row)
            return
        known = set(
            GroupMember.objects.on(self._on).filter(group=group).values_list("unit", flat=True)
        )
        if known == {unit.pk for unit in members}:
            self._outcome.unchanged += 1
            return
        actions.set_members(group, members, by=self._by, seen=group.version, on=self._on)
        self._did("set_members", name, row)

    def post(self, row: Row) -> None:
        """A post of a unit."""
        unit, name = self._unit(row, "unit"), row.values.get("name", "")
        self._once("post", f"{unit.pk} {name}", row, "name")
        if not name:
            raise Invalid(fields={"name": "required"})
        if Post.objects.filter(unit=unit, name=name).exists():
            self._outcome.unchanged += 1
            return
        actions.add_post(unit, name, by=self._by, order=_number(row, "order") or 0)
        self._did("add_post", f"{unit} {name}", row)

    def person(self, row: Row) -> None:
        """A person in a post, with an account and a role where they are given."""
        name, before = row.values.get("person", ""), len(self._outcome.changes)
        if not name:
            raise Invalid(fields={"person": "required"})
        username = row.values.get("account", "")
        account = Account.objects.filter(username=username).select_related("person").first()
        if account is not None and account.person.name != name:
            raise Invalid(fields={"account": "username_taken"})
        unit = self._unit(row, "unit") if row.values.get("unit") else None
        person = account.person if account else self._person(name, unit, row)
        if unit is not None and row.values.get("post"):
            self._appointment(person, unit, row)
        if username and account is None:
            account = actions.open_account(person, username, by=self._by, password=None)
            self._outcome.accounts.append(username)
            self._did("open_account", username, row, "account")
        if row.values.get("role"):
            self._grant(account, unit, row)
        if len(self._outcome.changes) == before:
            self._outcome.unchanged += 1

    def _person(self, name: str, unit: Unit | None, row: Row) -> Person:
        """The person of this name in this unit: two of one name are told apart by their units."""
        held = Appointment.objects.filter(person__name=name, post__unit=unit).first()
        if held is not None:
            return held.person
        if not row.values.get("post") and (only := Person.objects.filter(name=name).first()):
            return only
        person = actions.add_person(name, by=self._by)
        self._did("add_person", name, row, "person")
        return person

    def _appointment(self, person: Person, unit: Unit, row: Row) -> None:
        name = row.values["post"]
        post = Post.objects.filter(unit=unit, name=name).first()
        if post is None:
            post = actions.add_post(unit, name, by=self._by)
            self._did("add_post", f"{unit} {name}", row, "post")
        since, until = _day(row, "since"), _day(row, "until")
        held = Appointment.objects.filter(person=person, post=post).order_by("-pk").first()
        if held is None:
            held = actions.appoint(person, post, by=self._by, since=since)
            self._did("appoint", f"{person} {post}", row, "person")
        if until is not None and held.until != until:
            actions.end_appointment(held, by=self._by, seen=held.version, until=until)
            self._did("end_appointment", f"{person} {post}", row, "until")

    def _grant(self, account: Account | None, unit: Unit | None, row: Row) -> None:
        role = {str(label): code for code, label in ROLES}.get(
            row.values["role"], row.values["role"]
        )
        if role not in dict(ROLES):
            raise Invalid(fields={"role": "unknown_role"})
        if account is None:
            raise Invalid(fields={"account": "required"})
        at = self._unit(row, "at") if row.values.get("at") else unit
        if at is None:
            raise Invalid(fields={"at": "required"})
        below = row.values.get("below", "").lower() in _YES
        if Grant.objects.filter(account=account, role=role, unit=at, below=below).exists():
            return
        actions.grant_role(account, role, at, by=self._by, below=below)
        self._did("grant_role", f"{account.username} {role}@{at}", row, "role")

    def _once(self, kind: str, key: str, row: Row, name: str) -> None:
        if not key.strip():
            raise Invalid(fields={name: "required"})
        if (kind, key) in self._seen:
            raise Invalid(fields={name: "twice_in_sheet"})
        self._seen.add((kind, key))

    def _unit(self, row: Row, name: str) -> Unit:
        return self._named(row.values.get(name, ""), row, name)

    def _named(self, called: str, row: Row, name: str) -> Unit:
        units = Unit.objects.on(self._on)
        found = (
            units.filter(name=called).first()
            or units.filter(short_name=called).first()
            or next((unit for unit in units if called in unit.aliases), None)
        )
        if found is None:
            raise Invalid(fields={name: "no_such_unit"})
        return found


def _labels() -> dict[str, str]:
    """The words of the roles as sheets print them, whatever language is spoken here."""
    with override("zh-hans"):
        return {code: str(label) for code, label in ROLES}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def _number(row: Row, name: str) -> int | None:
    text = row.values.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Invalid(fields={name: "not_a_number"})
    return int(text)


def _day(row: Row, name: str) -> date | None:
    text = row.values.get(name, "")
    if not text:
        return None
    parts = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", text)
    try:
        return date(*map(int, parts.groups())) if parts else date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(fields={name: "not_a_date"}) from error


def sheets(*, on: date) -> Iterator[tuple[str, Sequence[str], Iterator[Sequence[str]]]]:
    """Yields name, heads and rows of each sheet: the organisation of a day, ready to be imported again."""
    rows = {UNITS: _units(on), GROUPS: _groups(on), POSTS: _posts(), PEOPLE: _people(on)}
    for sheet, heads in HEADS.items():
        yield sheet, [head for head, _ in heads.values()], rows[sheet]


def _units(on: date) -> Iterator[Sequence[str]]:
    for unit in Unit.objects.on(on).select_related("parent").order_by("path"):
        parent = unit.parent.name if unit.parent else ""
        since = unit.since.isoformat() if unit.since else ""
        yield unit.name, unit.short_name, "、".join(unit.aliases), parent, str(unit.order), since


def _groups(on: date) -> Iterator[Sequence[str]]:
    for group in UnitGroup.objects.all():
        members = GroupMember.objects.on(on).filter(group=group).select_related("unit")
        yield group.name, "、".join(each.unit.name for each in members), "、".join(group.aliases)


def _posts() -> Iterator[Sequence[str]]:
    for post in Post.objects.select_related("unit").order_by("unit__path", "order", "pk"):
        yield post.unit.name, post.name, str(post.order)


def _people(on: date) -> Iterator[Sequence[str]]:
    labels = _labels()
    held = Appointment.objects.on(on).select_related("person", "post__unit").order_by("pk")
    for each in held.prefetch_related("person__accounts__grants__unit"):
        days = [day.isoformat() if day else "" for day in (each.since, each.until)]
        place = [each.person.name, each.post.unit.name, each.post.name, *days]
        grants = [
            (account.username, labels[grant.role], grant.unit.name, "是" if grant.below else "")
            for account in each.person.accounts.all()
            for grant in account.grants.all()
        ]
        bare = [(account.username, "", "", "") for account in each.person.accounts.all()]
        for given in grants or bare or [("", "", "", "")]:
            yield [*place, *given]
