"""Which fields are recorded, as the ledger itself knows it: the stream `schema`.

A migration that touches recorded fields is followed by one event here, so that an old row is not
taken for an edited one: the audit compares what each body of the row's own time held.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.db import transaction

from luoshi.kernel.actor import SYSTEM
from luoshi.ledger import clock, streams
from luoshi.ledger.append import append
from luoshi.ledger.models import Event, EventBody
from luoshi.ledger.reading import recorded_models

STREAM = "schema"


def note_changes() -> bool:
    """Write the recorded fields of every model if they differ from what was written last."""
    fields = {name: sorted(model.recorded) for name, model in sorted(recorded_models().items())}
    with transaction.atomic():
        streams.lock({STREAM})
        if _last() == fields:
            return False
        append(
            STREAM,
            "schema.migrated",
            STREAM,
            {"facts": {"fields": fields}},
            by=SYSTEM,
            act=secrets.token_hex(16),
            at=clock.now(),
        )
    return True


def _last() -> dict[str, Any] | None:
    event = Event.objects.filter(stream=STREAM).order_by("-sequence").first()
    body = EventBody.objects.filter(pk=event.pk).first() if event else None
    return json.loads(body.body)["facts"]["fields"] if body and body.body else None
