"""From the bytes of an upload to a document that has been read: what may come in, and one act for it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from typing import Any

from django.db import transaction

from luoshi.intake import actions, states
from luoshi.intake.models import Document
from luoshi.intake.pairs import learn_pair
from luoshi.intake.secrecy import secrecy_mark
from luoshi.intake.sites import pairs_for, site_of
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid
from luoshi.ledger.files import Upload
from luoshi.officialdoc.names import shown_name
from luoshi.officialdoc.receive import Received, receive
from luoshi.text.doubted import doubted


def examine(data: bytes, name: str, by: Callable[..., Received] = receive) -> Received:
    """The paper in `data`, restored and read; nothing is saved. A marked secret does not come in.

    `by` is who reads: within the limits of the web, or (`officialdoc.receive.received`) without any.
    Errors: Invalid(secrecy_mark, mark); those of `officialdoc.receive`.
    """
    received = by(data, name)
    known = pairs_for(site_of(received))
    if known is not None and _bears(received, known):
        received = by(data, name, pairs=known)
    mark = secrecy_mark(received.restoration.text)
    if mark:
        raise Invalid("secrecy_mark", mark=mark)
    return received


def take_in(data: bytes, name: str, received: Received, *, by: Actor) -> Document:
    """The document of these bytes, received and read, or the one they became before: all or nothing."""
    upload = Upload(data, shown_name(name), received.paper.media_type)
    with transaction.atomic():
        document = actions.receive(
            upload,
            received.paper.text,
            received.restoration,
            by=by,
            provenance=_provenance(received),
            site=site_of(received),
        )
        if document.state == states.RECEIVED:
            reading = doubted(received.restoration, received.reading)
            document = actions.read_document(document, reading, by=by)
            _learn(document, received, by=by)
    return document


def _learn(document: Document, received: Received, *, by: Actor) -> None:
    """Keep what a damaged page taught of its site, and that it bears out what others did."""
    profile = received.restoration.profile
    if not document.site or profile.state != "damaged":
        return
    shown = {*profile.learned, *(pairs_for(document.site) or ())}
    for character, reading in sorted(shown):
        if f"{character}({reading})" in document.received:
            learn_pair(document, character, reading, by=by)


def _bears(received: Received, known: Collection[tuple[str, str]]) -> bool:
    """Whether what its site taught would change anything on this page."""
    restoration = received.restoration
    if restoration.profile.state == "weak":
        return True
    return any(f"{character}({reading})" in restoration.text for character, reading in known)


def _provenance(received: Received) -> dict[str, Any]:
    """How the bytes became text, as values that can be stored."""
    return {
        "charset": asdict(received.paper.charset),
        "doubts": [asdict(doubt) for doubt in received.paper.doubts],
        "profile": asdict(received.restoration.profile),
    }
