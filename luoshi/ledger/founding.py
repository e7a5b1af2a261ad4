"""Founding a database: its charter is the first act, and says whether it is a demo."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from luoshi.kernel import calendar
from luoshi.kernel.actor import SYSTEM, Actor
from luoshi.kernel.move import Move
from luoshi.ledger import clock, streams
from luoshi.ledger.door import create
from luoshi.ledger.models import Charter

FOUND = Move("found", "charter.founded", "建库")


def found(*, by: Actor = SYSTEM, demo_today: datetime | None = None) -> Charter:
    """The charter, made if this database has none. `demo_today` makes it a demo whose clock shows that."""
    offset = round((demo_today - calendar.now()).total_seconds()) if demo_today else 0
    charter = Charter(demo=demo_today is not None, offset=offset)
    with transaction.atomic():
        streams.lock({charter.stream})
        known = Charter.objects.first()
        if known is not None:
            return known
        with create(charter, FOUND, by=by):
            pass
    clock.forget()
    return charter
