"""Verbs about the readings that a site's pages teach: learn, revoke, reinstate."""

from __future__ import annotations

from django.db import transaction

from luoshi.intake import states
from luoshi.intake.models import Document, SitePair
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid
from luoshi.ledger.door import change, create
from luoshi.ledger.streams import lock


def learn_pair(document: Document, character: str, reading: str, *, by: Actor) -> SitePair:
    """The pair of the document's site, with this document as a witness (记下读音).

    A revoked pair stays revoked, whatever a later page shows. Errors: Invalid when the site is not known.
    """
    if not document.site:
        raise Invalid("no_site")
    row = SitePair(site=document.site, character=character, reading=reading)
    witness = [document.pk, document.received.count(f"{character}({reading})")]
    with transaction.atomic():
        lock({row.stream})  # two pages of a site may come in at the same time
        known = SitePair.objects.filter(site=row.site, character=character, reading=reading).first()
        if known is None:
            row.documents = [witness]
            with create(row, states.LEARN_PAIR, by=by):
                return row
        if known.state == states.REVOKED or document.pk in [key for key, _ in known.documents]:
            return known
        with change(known, states.LEARN_PAIR, by=by, seen=known.version) as step:
            step.row.documents = [*step.row.documents, witness]
        return step.row


def revoke_pair(pair: SitePair, *, by: Actor, seen: int) -> SitePair:
    """The pair that later pages no longer use (停用读音); documents received stay as they are."""
    with change(pair, states.REVOKE_PAIR, by=by, seen=seen) as step:
        return step.row


def reinstate_pair(pair: SitePair, *, by: Actor, seen: int) -> SitePair:
    """The pair in use again (恢复读音)."""
    with change(pair, states.REINSTATE_PAIR, by=by, seen=seen) as step:
        return step.row
