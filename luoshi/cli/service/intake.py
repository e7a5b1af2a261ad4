"""`luoshi intake FILE --as ACCOUNT`: take a document in, as a person who may."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction

from luoshi.intake import actions
from luoshi.kernel.errors import LuoshiError, NotFound
from luoshi.ledger.door import note
from luoshi.ledger.files import Upload
from luoshi.officialdoc.names import shown_name
from luoshi.officialdoc.readers import read_paper
from luoshi.org import queries
from luoshi.text import read, restore


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
    paper = read_paper(data, file.name)
    restoration = restore(paper.text)
    reading = read(restoration.text)
    upload = Upload(data, shown_name(file.name), paper.media_type)
    try:
        with transaction.atomic():
            document = actions.receive(upload, paper.text, restoration, by=actor)
            known = document.state != "received"
            if not known:
                document = actions.read_document(document, reading, by=actor)
    except LuoshiError as error:
        note(error, by=actor)
        raise
    if known:
        print("these bytes were received before", file=sys.stderr)
    print(f"{document.pk}\t{document.title}\t{document.findings.count()}")
