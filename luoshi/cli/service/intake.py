"""`luoshi intake FILE --as ACCOUNT`: take a document in, as a person who may."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from luoshi.intake import receiving
from luoshi.intake.queries import document_of_bytes
from luoshi.kernel.errors import LuoshiError, NotFound
from luoshi.ledger.door import note
from luoshi.officialdoc.receive import received
from luoshi.org import queries


def intake(
    file: Annotated[
        Path, typer.Argument(help="the document (.txt, .html)", exists=True, dir_okay=False)
    ],
    account: Annotated[str, typer.Option("--as", help="the account that takes it in")],
) -> None:
    """Take a document in: restore it, read it, propose what was found. Prints its number."""
    found = queries.account(account)
    if found is None:
        raise NotFound("no_such_account", account=account)
    actor = queries.actor(found, via="cli:shell")
    data = file.read_bytes()
    known = document_of_bytes(actor, hashlib.sha256(data).hexdigest())
    try:
        read = receiving.examine(data, file.name, by=received)
        document = receiving.take_in(data, file.name, read, by=actor)
    except LuoshiError as error:
        note(error, by=actor)
        raise
    if known is not None:
        print("these bytes were received before", file=sys.stderr)
    print(f"{document.pk}\t{document.title}\t{document.findings.count()}")
