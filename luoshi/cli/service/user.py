"""`luoshi user …`: units, people and accounts from the shell."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from luoshi.kernel.actor import SYSTEM
from luoshi.kernel.errors import Invalid, NotFound
from luoshi.org import actions, queries
from luoshi.org.models import Account, Post, Unit
from luoshi.org.roles import ROLES

app = typer.Typer(no_args_is_help=True, help="Units, people and accounts.")
SHELL = SYSTEM.through("cli:shell")
Stdin = Annotated[
    bool, typer.Option("--password-stdin", help="read the password from standard input")
]


@app.command("unit")
def add_unit(
    name: Annotated[str, typer.Argument(help="full name")],
    short: Annotated[str, typer.Option(help="short name")] = "",
    under: Annotated[str, typer.Option(help="the unit above it, by name or short name")] = "",
) -> None:
    """Add a unit."""
    parent = _unit(under) if under else None
    unit = actions.add_unit(
        name, by=SHELL, short_name=short, parent=parent, order=Unit.objects.count() + 1
    )
    print(unit.subject)


@app.command("add")
def add(
    username: Annotated[str, typer.Argument(help="account name")],
    person: Annotated[str, typer.Option(help="name of the person")],
    unit: Annotated[str, typer.Option(help="unit of the post, by name or short name")],
    post: Annotated[str, typer.Option(help="name of the post")],
    role: Annotated[str, typer.Option(help="role: " + ", ".join(code for code, _ in ROLES))],
    at: Annotated[
        str, typer.Option(help="unit at which the role is granted; default the post's")
    ] = "",
    below: Annotated[bool, typer.Option(help="with all units below")] = False,
    paper: Annotated[
        bool, typer.Option(help="signs on paper: nobody can sign in as this account")
    ] = False,
    password_stdin: Stdin = False,
) -> None:
    """Add a person in a post with an account and a role."""
    if role not in dict(ROLES):
        raise Invalid("unknown_role", role=role)
    held = _unit(unit)
    password = None if paper else _password(password_stdin)
    with transaction.atomic():
        someone = actions.add_person(person, by=SHELL)
        place = Post.objects.filter(unit=held, name=post).first() or actions.add_post(
            held, post, by=SHELL
        )
        actions.appoint(someone, place, by=SHELL)
        account = actions.open_account(someone, username, by=SHELL, password=password)
        actions.grant_role(account, role, _unit(at) if at else held, by=SHELL, below=below)
    print(account.subject)


@app.command("password")
def set_password(username: str, password_stdin: Stdin = False) -> None:
    """Set the password of an account."""
    actions.set_password(_account(username), _password(password_stdin), by=SHELL)


@app.command("close")
def close(username: str) -> None:
    """Close an account: it can no longer sign in."""
    actions.close_account(_account(username), by=SHELL)


@app.command("list")
def show() -> None:
    """List the accounts: name, person, roles."""
    for account in (
        Account.objects.select_related("person").prefetch_related("grants__unit").order_by("pk")
    ):
        grants = "、".join(f"{grant.role}@{grant.unit}" for grant in account.grants.all())
        closed = "" if account.is_active else "\tclosed"
        print(f"{account.username}\t{account.person.name}\t{grants}{closed}")


def _unit(name: str) -> Unit:
    found = queries.unit_named(name)
    if found is None:
        raise NotFound("no_such_unit", unit=name)
    return found


def _account(username: str) -> Account:
    found = queries.account(username)
    if found is None:
        raise NotFound("no_such_account", account=username)
    return found


def _password(from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("password: ")
        if getpass.getpass("again: ") != password:
            raise Invalid("passwords_differ")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Invalid("weak_password", why=" ".join(error.messages)) from error
    return password
