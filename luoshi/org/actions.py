"""The organisation's verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid
from luoshi.ledger.door import change, create
from luoshi.org import queries, states
from luoshi.org.models import (
    Account,
    Appointment,
    Grant,
    GroupMember,
    Holiday,
    Person,
    Post,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitGroup,
)


def add_unit(
    name: str, *, by: Actor, short_name: str = "", parent: Unit | None = None, order: int = 0,
    aliases: tuple[str, ...] = (),
) -> Unit:  # fmt: skip
    """The new unit (增设单位)."""
    unit = Unit(
        name=name, short_name=short_name or name, parent=parent, order=order, aliases=list(aliases)
    )
    with create(unit, states.ADD_UNIT, by=by) as step:
        step.row.path = f"{parent.path if parent else ''}{unit.pk}/"
    return unit


def add_alias(unit: Unit, alias: str, *, by: Actor, seen: int) -> Unit:
    """The unit with another name by which documents call it (增设别名).

    Errors: Invalid when there is none, or when another unit has it.
    """
    alias = alias.strip()
    if not alias:
        raise Invalid(fields={"alias": "required"})
    if len(alias) > 120:
        raise Invalid(fields={"alias": "max_length"})
    with change(unit, states.ADD_ALIAS, by=by, seen=seen, also=("aliases",)) as step:
        if queries.named_otherwise(alias, step.row):
            raise Invalid(fields={"alias": "alias_taken"})
        if alias not in (step.row.name, step.row.short_name, *step.row.aliases):
            step.row.aliases = [*step.row.aliases, alias]
    return step.row


def amend_unit(
    unit: Unit,
    *,
    by: Actor,
    seen: int,
    short_name: str | None = None,
    aliases: Sequence[str] | None = None,
    order: int | None = None,
    parent: Unit | None = None,
    since: date | None = None,
) -> Unit:
    """The unit with what is given put right (修改单位); its name changes by a decision only.

    Errors: Invalid when the parent is the unit itself or below it.
    """
    below = list(Unit.objects.filter(parent=unit)) if parent is not None else []
    with change(
        unit, states.AMEND_UNIT, by=by, seen=seen, also=[each.stream for each in _below(unit)]
    ) as step:
        row = step.row
        row.short_name = short_name or row.short_name
        row.aliases = row.aliases if aliases is None else list(aliases)
        row.order = row.order if order is None else order
        row.since = since or row.since
        if parent is not None:
            if parent.path.startswith(row.path):
                raise Invalid(fields={"parent": "unit_below_itself"})
            row.parent = parent
            row.path = f"{parent.path}{row.pk}/"
            for each in below:
                amend_unit(each, by=by, seen=each.version, parent=row)
    return step.row


def _below(unit: Unit) -> list[Unit]:
    return list(Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk))


def end_unit(unit: Unit, *, by: Actor, seen: int, until: date) -> Unit:
    """The unit with its last day (撤销单位). Errors: Invalid when that lies before its first."""
    with change(unit, states.END_UNIT, by=by, seen=seen) as step:
        if step.row.since is not None and until < step.row.since:
            raise Invalid(fields={"until": "ends_before_it_begins"})
        step.row.until = until
    return step.row


def change_units(
    kind: str,
    *,
    by: Actor,
    decision: str,
    on: date,
    before: Sequence[Unit],
    after: Sequence[Unit],
) -> UnitChange:
    """更名, 合并, 拆分 or 职责划转 as decided (单位变更).

    Units that come after begin on the day, those before end with the day before, but for a
    transfer, which ends nobody. Past acts keep the old names. Errors: Invalid names the field.
    """
    _check_change(kind, decision, before, after)
    made = UnitChange(kind=kind, decision=decision.strip(), on=on)
    with create(
        made, states.CHANGE_UNITS, by=by, also=[u.stream for u in (*before, *after)]
    ) as step:
        for unit in before:
            step.add(UnitChangePart(change=made, unit=unit, successor=False))
            if kind != states.TRANSFERRED:
                end_unit(unit, by=by, seen=unit.version, until=on - timedelta(days=1))
        for unit in after:
            step.add(UnitChangePart(change=made, unit=unit, successor=True))
            if kind != states.TRANSFERRED and unit.since is None:
                amend_unit(unit, by=by, seen=unit.version, since=on)
    return made


def _check_change(kind: str, decision: str, before: Sequence[Unit], after: Sequence[Unit]) -> None:
    fields = {}
    if kind not in dict(states.CHANGE_KINDS):
        fields["kind"] = "unknown_kind"
    if not decision.strip():
        fields["decision"] = "required"
    if not before or (kind == states.RENAMED and len(before) != 1):
        fields["before"] = "required"
    if not after or (kind in (states.RENAMED, states.MERGED) and len(after) != 1):
        fields["after"] = "required"
    if {unit.pk for unit in before} & {unit.pk for unit in after}:
        fields["after"] = "unit_succeeds_itself"
    if fields:
        raise Invalid(fields=fields)


def add_group(
    name: str, *, by: Actor, members: Sequence[Unit] = (), aliases: Sequence[str] = (), order: int = 0
) -> UnitGroup:  # fmt: skip
    """The new group of units (增设单位组) with its first members."""
    group = UnitGroup(name=name, aliases=list(aliases), order=order)
    with create(group, states.ADD_GROUP, by=by) as step:
        for unit in members:
            step.add(GroupMember(group=group, unit=unit))
    return group


def set_members(
    group: UnitGroup, members: Sequence[Unit], *, by: Actor, seen: int, on: date
) -> UnitGroup:
    """The group with these units as its members from a day on (调整单位组成员)."""
    with change(group, states.SET_MEMBERS, by=by, seen=seen) as step:
        known = {each.unit_id: each for each in step.row.members.on(on)}
        wanted = {unit.pk: unit for unit in members}
        for key, member in known.items():
            if key not in wanted:
                step.follow(member, until=on - timedelta(days=1))
        for key, unit in wanted.items():
            if key not in known:
                step.add(GroupMember(group=step.row, unit=unit, since=on))
    return step.row


def add_post(unit: Unit, name: str, *, by: Actor, order: int = 0) -> Post:
    """The new post (增设职务)."""
    post = Post(unit=unit, name=name, order=order)
    with create(post, states.ADD_POST, by=by):
        return post


def add_person(name: str, *, by: Actor) -> Person:
    """The new person (登记人员)."""
    person = Person(name=name)
    with create(person, states.ADD_PERSON, by=by):
        return person


def appoint(person: Person, post: Post, *, by: Actor, since: date | None = None) -> Appointment:
    """The new appointment (任职)."""
    appointment = Appointment(person=person, post=post, since=since)
    with create(appointment, states.APPOINT, by=by):
        return appointment


def end_appointment(appointment: Appointment, *, by: Actor, seen: int, until: date) -> Appointment:
    """The appointment with its last day (离任). Errors: Invalid when that lies before its first."""
    with change(appointment, states.END_APPOINTMENT, by=by, seen=seen) as step:
        if step.row.since is not None and until < step.row.since:
            raise Invalid(fields={"until": "ends_before_it_begins"})
        step.row.until = until
    return step.row


def open_account(person: Person, username: str, *, by: Actor, password: str | None) -> Account:
    """The new account (开通账号). Without a password nobody can sign in with it. Errors: Invalid."""
    if Account.objects.filter(username=username).exists():
        raise Invalid("username_taken", fields={"username": "username_taken"}, username=username)
    account = Account(person=person, username=username)
    account.set_password(password)
    with create(account, states.OPEN_ACCOUNT, by=by):
        return account


def set_password(account: Account, password: str, *, by: Actor) -> Account:
    """The account with a new password (设置密码)."""
    with change(account, states.SET_PASSWORD, by=by, seen=account.version) as step:
        step.row.set_password(password)
    return step.row


def close_account(account: Account, *, by: Actor) -> Account:
    """The account, no longer able to sign in (停用账号)."""
    with change(account, states.CLOSE_ACCOUNT, by=by, seen=account.version) as step:
        step.row.is_active = False
    return step.row


def grant_role(
    account: Account,
    role: str,
    unit: Unit,
    *,
    by: Actor,
    below: bool = False,
    since: date | None = None,
) -> Grant:
    """The new grant (授权)."""
    grant = Grant(account=account, role=role, unit=unit, below=below, since=since)
    with create(grant, states.GRANT_ROLE, by=by):
        return grant


def set_holiday(
    on: date, *, working: bool, name: str, by: Actor, provisional: bool = False
) -> Holiday:
    """The day as a notice decided it (设置工作日)."""
    holiday = Holiday(on=on, working=working, name=name, provisional=provisional)
    with create(holiday, states.SET_HOLIDAY, by=by):
        transaction.on_commit(queries.forget_working_days)
    return holiday
