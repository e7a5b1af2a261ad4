"""`luoshi user …`: units, people and accounts from the shell."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from luoshi.cli.exits import DIFFERS
from luoshi.kernel.actor import SYSTEM
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import Invalid, NotFound
from luoshi.ledger import clock
from luoshi.officialdoc.matter_list import write_sheets
from luoshi.officialdoc.paper import Table
from luoshi.officialdoc.readers import read_paper
from luoshi.org import actions, queries
from luoshi.org.models import Account, Post, Unit
from luoshi.org.register import import_register, sheets
from luoshi.org.roles import ROLES
from luoshi.org.states import FAULTS, MOVES

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


@app.command("import")
def take_in(
    file: Annotated[
        Path, typer.Argument(help="a workbook: xlsx, xls or ods", exists=True, dir_okay=False)
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="say what would change, change nothing")
    ] = False,
) -> None:
    """Take units, groups, posts, people and grants from a workbook (its form: `luoshi user export`)."""
    paper = read_paper(file.read_bytes(), file.name)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    outcome = import_register(tables, by=SHELL, on=beijing_date(clock.now()), dry=dry_run)
    for problem in outcome.problems:
        words = str(FAULTS.get(problem.code, problem.code)).format(text=problem.text)
        print(f"{problem.cell}\t{problem.text}\t{words}", file=sys.stderr)
    if outcome.problems:
        raise typer.Exit(DIFFERS)
    labels = {move.verb: move.label for move in MOVES}
    for change in outcome.changes:
        print(f"{change.cell}\t{labels[change.verb]}\t{change.name}")
    for name in outcome.accounts:
        print(f"luoshi user password {name}")
    print(f"{len(outcome.changes)} changed, {outcome.unchanged} as before", file=sys.stderr)


@app.command("export")
def take_out(file: Annotated[Path, typer.Argument(help="the workbook to write, .xlsx")]) -> None:
    """Write units, groups, posts, people and grants to a workbook that can be imported again."""
    with file.open("xb") as target:
        write_sheets(target, sheets(on=beijing_date(clock.now())))


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
