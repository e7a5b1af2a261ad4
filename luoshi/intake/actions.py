"""The verbs of documents: receive, read, stand as, open and close. Those of findings: findings.py and beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from luoshi.intake import states
from luoshi.intake.differences import proposals
from luoshi.intake.following import copy_to_document
from luoshi.intake.models import Document, Finding, Passage
from luoshi.intake.rules import exact, span_map
from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import Invalid, WrongState
from luoshi.ledger.door import change, create
from luoshi.ledger.files import Upload
from luoshi.text.reading import Reading
from luoshi.text.restore_records import Restoration
from luoshi.text.version import version


class _AlreadyReceived(Exception):
    """These bytes are here already; carries the document they became."""


def receive(
    upload: Upload,
    received: str,
    restoration: Restoration,
    *,
    by: Actor,
    provenance: Mapping[str, Any] | None = None,
    site: str = "",
) -> Document:
    """The document of these bytes (收文): the new one, or the one they became before."""
    digest = hashlib.sha256(upload.data).hexdigest()
    document = Document(
        received=received,
        restored=restoration.text,
        receipt=[_repair(repair) for repair in restoration.repairs],
        digest=digest,
        provenance=exact(provenance or {}),
        site=site[:200],
    )
    try:
        with create(
            document, states.RECEIVE, by=by, also=(f"digest:{digest}",), files=(upload,)
        ) as step:
            earlier = Document.objects.filter(digest=digest).exclude(pk=document.pk).first()
            if earlier is not None:
                raise _AlreadyReceived(earlier)
            document.file = step.files[0]
            document.received_at = step.at
    except _AlreadyReceived as already:
        return already.args[0]
    return document


def read_document(document: Document, reading: Reading, *, by: Actor) -> Document:
    """The document with everything found in it, proposed (研读)."""
    with change(document, states.READ_DOCUMENT, by=by, seen=document.version) as step:
        for order, found in enumerate(proposals(reading, span_map(step.row.repairs)), start=1):
            place = Passage(document=step.row, start=found.start, end=found.end)
            finding = Finding(
                document=step.row,
                passage=step.add(place),
                kind=found.kind,
                order=order * 10,
                value=dict(found.value),
                spans=dict(found.spans),
                doubts=found.doubts,
                rules=found.rules,
                confidence=found.confidence,
            )
            copy_to_document(step.row, step.add(finding))
        step.row.reader = version()
        step.row.kind = reading.document["kind"]
    return step.row


def stand_as(
    document: Document, standing: str, *, by: Actor, seen: int, reason: str = ""
) -> Document:
    """The document as 依据文件 or 参考报道 (定为). Errors: Invalid."""
    if standing not in dict(states.STANDINGS):
        raise Invalid(fields={"standing": "unknown_standing"})
    with change(document, states.STAND_AS, by=by, seen=seen, reason=reason) as step:
        step.row.standing = standing
    return step.row


def open_document(document: Document, *, by: Actor, seen: int) -> Document:
    """The document with a public page of its own (公开原文)."""
    with change(document, states.OPEN_DOCUMENT, by=by, seen=seen) as step:
        step.row.publicity = states.OPEN
        step.row.withdrawn_on = None
    return step.row


def close_document(document: Document, *, by: Actor, seen: int, reason: str) -> Document:
    """The document whose public page says 已撤下 (撤下原文). Errors: WrongState when it has none."""
    if not reason.strip():
        raise Invalid(fields={"reason": "required"})
    with change(document, states.CLOSE_DOCUMENT, by=by, seen=seen, reason=reason) as step:
        if step.row.publicity != states.OPEN:
            raise WrongState("not_public", verb="close_document")
        step.row.publicity = states.WITHDRAWN
        step.row.withdrawn_on = beijing_date(step.at)
    return step.row


def _repair(repair: Any) -> dict[str, Any]:
    """A repair as it is stored: scores per mille, since a record holds no floats."""
    stored = asdict(repair)
    for candidate in stored["candidates"]:
        candidate["score"] = round(candidate["score"] * 1000)
    return {**stored, "candidates": list(stored["candidates"])}
