"""`luoshi erase SUBJECT FIELD…`: blank fields for good. Only the owner of the database can."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from luoshi.kernel.actor import SYSTEM
from luoshi.kernel.errors import NotFound
from luoshi.ledger import erasing
from luoshi.ledger.reading import subject_row


def erase(
    subject: Annotated[str, typer.Argument(help="the row, as the ledger names it: person:12")],
    fields: Annotated[list[str], typer.Argument(help="its fields")],
    reason: Annotated[str, typer.Option(help="why, without the words that are to be erased")],
    sure: Annotated[bool, typer.Option("--sure", help="yes, for good")] = False,
) -> None:
    """Erase fields of a row: the row, every body of its stream that holds them, stored answers, the file."""
    row = subject_row(subject)
    if row is None:
        raise NotFound("no_such_row", subject=subject)
    if not sure:
        print(f"would erase {', '.join(fields)} of {subject}; say --sure", file=sys.stderr)
        raise typer.Exit(2)
    erasing.erase(row, fields, by=SYSTEM.through("cli:shell"), reason=reason)
    print(f"erased {', '.join(fields)} of {subject}", file=sys.stderr)
