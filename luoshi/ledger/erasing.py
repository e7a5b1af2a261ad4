"""Erasing for good: the fields, the bodies and answers that held them, the file. Owner only."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import connection, models, transaction

from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid, NotAllowed
from luoshi.kernel.move import Move
from luoshi.ledger import clock, policy, streams
from luoshi.ledger.append import append
from luoshi.ledger.files import file_path
from luoshi.ledger.models import Answer, Event, EventBody, File, Recorded
from luoshi.ledger.reading import entries_of, subject_row
from luoshi.ledger.values import recorded_values

ERASE = Move("erase", "erased", "清除")


def erase(row: Recorded, fields: Sequence[str], *, by: Actor, reason: str) -> None:
    """Blank these fields of a row for good, and every body of its stream that holds them.

    The other values of the rows whose bodies go are recorded anew in the event `erased`, so that
    the audit can go on comparing them. Errors: NotAllowed, Invalid (a field that is not the row's).
    """
    unknown = [name for name in fields if name not in {field.name for field in row._meta.fields}]
    if unknown or not fields:
        raise Invalid("no_such_field", fields=dict.fromkeys(unknown, "no_such_field"))
    with transaction.atomic():
        streams.lock({row.stream})
        verdict = policy.judge(by, ERASE, row, None)
        if not verdict:
            raise NotAllowed(verdict.reason, **verdict.values)
        fresh = type(row)._base_manager.get(pk=row.pk)
        gone = _bodies_holding(fresh, fields)
        others = {subject for body in gone for subject in entries_of(body.body)}
        for name in fields:
            setattr(fresh, name, _blank(fresh, name))
        fresh.version += 1
        fresh.save(update_fields=[*fields, "version"])
        kept = {
            subject: recorded_values(found) for subject in others if (found := subject_row(subject))
        }
        for body in gone:
            EventBody.objects.filter(pk=body.pk).update(salt=None, body=None)
        Answer.objects.filter(stream=row.stream).update(answer=None)
        facts = {
            "erased": _sequences(gone),
            "fields": [f"{row.subject}.{name}" for name in fields],
        }
        append(
            row.stream, ERASE.event, row.subject, {"rows": kept, "facts": facts, "reason": reason},
            by=by, act=secrets.token_hex(16), at=clock.now(),
        )  # fmt: skip
        sha256 = row.sha256 if isinstance(row, File) and "sha256" in fields else ""
        transaction.on_commit(lambda: _leave_no_copy(sha256))


def _leave_no_copy(sha256: str) -> None:
    """Once the erasing is committed: remove the file nobody points at, empty SQLite's log."""
    if sha256 and not File.objects.filter(sha256=sha256).exists():
        file_path(sha256).unlink(missing_ok=True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sequences(gone: Sequence[EventBody]) -> list[int]:
    """The events whose bodies go, and those that an earlier erasing told of whose own body goes."""
    events = Event.objects.filter(pk__in=[body.pk for body in gone])
    sequences = set(events.values_list("sequence", flat=True))
    for body in gone:
        facts = json.loads(body.body or "{}").get("facts", {})
        sequences.update(facts.get("erased", ()))
    return sorted(sequences)


def _bodies_holding(row: Recorded, fields: Sequence[str]) -> list[EventBody]:
    """The bodies of the row's stream that have a value for one of the fields."""
    keys = Event.objects.filter(stream=row.stream).values_list("pk", flat=True)
    bodies = EventBody.objects.filter(pk__in=list(keys), body__isnull=False)
    return [
        body
        for body in bodies
        if not set(fields).isdisjoint(entries_of(body.body).get(row.subject, {}))
    ]


def _blank(row: Recorded, name: str) -> Any:
    """What stands in an erased field: NULL where it may, else its emptiest value."""
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return field.get_default()
    return "" if field.empty_strings_allowed else field.get_default()
