"""Reading what the ledger says: entries of a body, the row of a subject, the trail of a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, Subquery

from luoshi.ledger.models import Event, EventBody, Recorded


def recorded_models() -> dict[str, type[Recorded]]:
    """Every model whose rows are recorded, by its name in subjects."""
    return {
        model._meta.model_name or "": model
        for model in apps.get_models()
        if issubclass(model, Recorded) and model.recorded
    }


def entries_of(body: str | None) -> dict[str, dict[str, Any]]:
    """Subject -> after-values, of a body's text; empty for an erased one."""
    return json.loads(body).get("rows", {}) if body else {}


def subject_row(subject: str) -> Recorded | None:
    """The row that a subject such as `item:12` names, if it is there."""
    name, _, key = subject.partition(":")
    model = recorded_models().get(name)
    return model._base_manager.filter(pk=key).first() if model else None


def trail(streams: Iterable[str]) -> list[tuple[Event, Mapping[str, Any]]]:
    """The events of these streams with their bodies ({} when erased), in the order they were entered."""
    body = EventBody.objects.filter(pk=OuterRef("pk")).values("body")
    events = Event.objects.filter(stream__in=list(streams)).annotate(body=Subquery(body))
    return [
        (event, json.loads(event.body) if event.body else {}) for event in events.order_by("pk")
    ]
