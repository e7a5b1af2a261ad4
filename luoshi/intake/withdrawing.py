"""撤回: one's own last act on the findings of a document taken back, until the next person has acted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery

from luoshi.intake import states
from luoshi.intake.models import Document, Finding, Meeting, MeetingPart
from luoshi.intake.queries import last_act
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Stale, WrongState
from luoshi.ledger.door import Step, change
from luoshi.ledger.models import Event, EventBody, Recorded
from luoshi.ledger.reading import entries_of, subject_row

Values = Mapping[str, Any]


def withdraw(document: Document, *, by: Actor, seen: int, last: int) -> Document:
    """The document as it was before one's own last act on its findings (撤回).

    `last` is the sequence of the event that the person saw as the last. Rows made by that act stay,
    已撤回. Errors: Stale when it is not the last any more, WrongState when there is none.
    """
    with change(document, states.WITHDRAW, by=by, seen=seen) as step:
        act = last_act(by, document)
        if act is None:
            raise WrongState("nothing_to_withdraw", verb="withdraw")
        if act.sequence != last:
            raise Stale("stale", verb="withdraw")
        step.say(withdrawn=act.name, sequence=act.sequence)
        changed = _entries(act.pk)
        before = _values_before(act, changed)
        for subject, after in changed.items():
            _put_back(step, subject, {name: before[subject].get(name) for name in after}, before)
    return step.row


def _entries(event: int) -> dict[str, dict[str, Any]]:
    """Subject -> after-values of an event. Errors: WrongState when they have been erased."""
    body = EventBody.objects.filter(pk=event).values_list("body", flat=True).first()
    if body is None:
        raise WrongState("nothing_to_withdraw", verb="withdraw")
    return entries_of(body)


def _values_before(act: Event, changed: Mapping[str, Values]) -> dict[str, dict[str, Any]]:
    """Subject -> the values its changed fields had before the act; empty for a row that it made."""
    found: dict[str, dict[str, Any]] = {subject: {} for subject in changed}
    wanted = {(subject, name) for subject, after in changed.items() for name in after}
    for entries in _earlier(act):
        for subject, values in entries.items():
            for name in values:
                if (subject, name) in wanted:
                    found[subject][name] = values[name]
                    wanted.discard((subject, name))
        if not wanted:
            break
    return found


def _earlier(act: Event) -> Iterator[dict[str, dict[str, Any]]]:
    """The entries of the events before an act, the latest first. Errors: WrongState for an erased one."""
    body = EventBody.objects.filter(pk=OuterRef("pk")).values("body")
    events = Event.objects.filter(stream=act.stream, sequence__lt=act.sequence)
    rows = events.order_by("-sequence").values_list(Subquery(body), flat=True)
    for text in rows.iterator(chunk_size=20):
        if text is None:
            raise WrongState("nothing_to_withdraw", verb="withdraw")
        yield entries_of(text)


def _put_back(
    step: Step[Document], subject: str, values: Values, before: Mapping[str, Values]
) -> None:
    row = step.row if subject == step.row.subject else subject_row(subject)
    if row is None:
        return
    if not before[subject]:
        _set_aside(step, row)
        return
    columns = dict(_column(row, name, value) for name, value in values.items())
    if row is step.row:
        for name, value in columns.items():
            setattr(row, name, value)
    else:
        step.follow(row, **columns)


def _set_aside(step: Step[Document], row: Recorded) -> None:
    """A row that the act made: it stays, and says that it does not count."""
    if isinstance(row, Finding):
        step.follow(row, state=states.WITHDRAWN)
    elif isinstance(row, Meeting | MeetingPart):
        step.follow(row, removed=True)


def _column(row: Recorded, name: str, value: Any) -> tuple[str, Any]:
    """The attribute of a recorded field, and its value as the model holds it."""
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)
    plain = (
        value if isinstance(field, models.JSONField | models.ForeignKey) else field.to_python(value)
    )
    return field.attname, plain
