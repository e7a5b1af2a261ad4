"""Appending one event to its stream. Called by the doors alone, with the stream locked."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import stamp
from luoshi.ledger import chain, clock, keys
from luoshi.ledger.models import Event, EventBody

SCHEMA = 1  # the number of the set of recorded fields; `luoshi up` writes its changes to `schema`


def append(
    stream: str,
    name: str,
    subject: str,
    body: Mapping[str, Any],
    *,
    by: Actor,
    act: str,
    at: datetime,
    happened: str = "",
    behalf: int | None = None,
) -> Event:
    """The event that now ends the stream."""
    last = Event.objects.filter(stream=stream).order_by("-sequence").first()
    salt = secrets.token_hex(16)
    text = chain.body_text({"schema": SCHEMA, "from": by.address, **body})
    key_name, key = keys.current()
    header: dict[str, Any] = {
        "stream": stream,
        "sequence": last.sequence + 1 if last else 1,
        "happened": happened or stamp(at),
        "at": stamp(at),
        "act": act,
        "account": "system" if by.system else f"account:{by.account}",
        "person": _code("person", by.person),
        "post": _code("post", by.post),
        "unit": _code("unit", by.unit),
        "behalf": _code("person", behalf),
        "via": by.via,
        "name": name,
        "subject": subject,
        "digest": chain.digest(salt, text),
        "previous": chain.seal(last.header, last.tag) if last else chain.FIRST,
        "algorithm": chain.ALGORITHM,
        "key": key_name,
        "clock": clock.name(),
    }
    event = Event(**header, tag=chain.tag(header, key))
    event.save(force_insert=True)
    EventBody(event=event.pk, salt=salt, body=text).save(force_insert=True)
    return event


def _code(kind: str, key: int | None) -> str:
    return "" if key is None else f"{kind}:{key}"
