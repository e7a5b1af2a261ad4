"""The organisation's verbs."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid
from luoshi.ledger.door import change, create
from luoshi.org import queries, states
from luoshi.org.models import Account, Appointment, Grant, Holiday, Person, Post, Unit


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
