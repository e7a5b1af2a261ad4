"""The one door for a write: lock, ask, check, change, record, in one transaction.

`change` moves a row, `create` makes a first one, `once` answers a repeated form, `note` keeps a
refusal. `erase` stands in `ledger/erasing.py`, since only the owner of the database has its key.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast

from django.db import connection, transaction

from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_date, read_stamp, stamp
from luoshi.kernel.errors import (
    Invalid,
    KeyReused,
    LuoshiError,
    NotAllowed,
    NotFound,
    Stale,
    WrongState,
)
from luoshi.kernel.move import Move
from luoshi.ledger import clock, policy, streams
from luoshi.ledger.append import append
from luoshi.ledger.files import Upload, store
from luoshi.ledger.models import Answer, File, Recorded
from luoshi.ledger.values import (
    concrete_values,
    misfits,
    recorded_value,
    recorded_values,
    storable,
)

Row = TypeVar("Row", bound=Recorded)
Other = TypeVar("Other", bound=Recorded)


class UndeclaredStream(RuntimeError):
    """A door was opened inside another one on a stream that the outer one did not lock."""


@dataclass(slots=True)
class _Act:
    """One press: its id, its moment, the streams it holds."""

    code: str
    at: datetime
    held: set[str] = field(default_factory=set)


_act: ContextVar[_Act | None] = ContextVar("act", default=None)


@dataclass(slots=True)
class Step(Generic[Row]):
    """What the body of a door works on: `row` is a fresh copy, saved and recorded at the end."""

    row: Row
    at: datetime
    happened: str
    files: list[File] = field(default_factory=list)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def add(self, new: Other) -> Other:
        """A new row of the same stream, saved and recorded in this event."""
        self._same_stream(new)
        _check_fits(new)
        new.save(force_insert=True)
        self.entries[new.subject] = recorded_values(new)
        return new

    def follow(self, other: Other, **values: Any) -> Other:
        """Another row of the same stream, changed on a fresh copy and recorded in this event."""
        self._same_stream(other)
        fresh = _fresh(other)
        before = concrete_values(fresh)
        for name, value in values.items():
            setattr(fresh, name, value)
        self._save_changed(fresh, before)
        return fresh

    def say(self, **facts: Any) -> None:
        """Put words into the event's body that no row holds."""
        self.facts.update(facts)

    def _same_stream(self, other: Recorded) -> None:
        if other.stream != self.row.stream:
            raise UndeclaredStream(f"{other.subject} is not of {self.row.stream}")

    def _save_changed(self, row: Recorded, before: Mapping[str, str]) -> None:
        """Save only the columns that changed, and keep the after-values of the recorded ones."""
        after = concrete_values(row)
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return
        _check_fits(row)
        row.version += 1
        row.save(update_fields=[*changed, "version"])
        entry = self.entries.setdefault(row.subject, {})
        for name in row.recorded:
            if row._meta.get_field(name).attname in changed:  # type: ignore[union-attr]  # recorded fields are columns
                entry[name] = recorded_value(row, name)


@contextmanager
def change(
    row: Row,
    move: Move,
    *,
    by: Actor,
    seen: int,
    also: Sequence[str] = (),
    happened: date | datetime | None = None,
    behalf: int | None = None,
    files: Sequence[Upload] = (),
    reason: str = "",
) -> Iterator[Step[Row]]:
    """Move a row. `seen` is its version as the person saw it, `also` are further streams to hold.

    Errors: NotFound, NotAllowed, WrongState, Stale, Invalid; then no row has changed.
    """
    with _open(row, move, {row.stream, *also}) as act:
        fresh = _fresh(row)
        _ask(by, move, fresh, behalf)
        if getattr(fresh, "state", None) not in move.sources and move.sources:
            raise WrongState("wrong_state", state=getattr(fresh, "state", ""), verb=move.verb)
        if fresh.version != seen:
            raise Stale("stale", verb=move.verb)
        step = Step(fresh, act.at, _happened(happened, act.at))
        before = concrete_values(fresh)
        step.files = [step.add(store(upload, fresh.stream)) for upload in files]
        if move.target is not None:
            cast(Any, fresh).state = move.target
        yield step
        step._save_changed(fresh, before)
        if not step.entries.get(fresh.subject) and fresh.version == seen:
            fresh.version += 1
            fresh.save(update_fields=["version"])
        _append(step, move, by, behalf, reason, act)


@contextmanager
def create(
    row: Row,
    move: Move,
    *,
    by: Actor,
    also: Sequence[str] = (),
    happened: date | datetime | None = None,
    behalf: int | None = None,
    files: Sequence[Upload] = (),
    reason: str = "",
    prepare: Callable[[Step[Row]], None] | None = None,
) -> Iterator[Step[Row]]:
    """Make a first row; the body may add rows to it and still set its fields. Errors as `change`.

    `prepare` sets what needs the streams in `also` to be held (a number) before the row is saved.
    """
    own = row.stream == row.subject
    with _open(row, move, {*also} if own else {row.stream, *also}) as act:
        _ask(by, move, row, behalf)
        if move.target is not None:
            cast(Any, row).state = move.target
        step = Step(row, act.at, _happened(happened, act.at))
        if prepare is not None:
            prepare(step)
        _check_fits(row)
        row.save(force_insert=True)
        if own:
            streams.lock({row.stream})
            act.held.add(row.stream)
        before = concrete_values(row)
        step.entries[row.subject] = recorded_values(row)
        step.files = [step.add(store(upload, row.stream)) for upload in files]
        yield step
        after = concrete_values(row)
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            _check_fits(row)
            row.save(update_fields=changed)
            step.entries[row.subject] = recorded_values(row)
        _append(step, move, by, behalf, reason, act)


def once(key: str, call: Callable[[], Any], *, by: Actor, content: Any, stream: str = "") -> Any:
    """What `call` answers (JSON), or what it answered when this key came before.

    The key is the account's own. Errors: KeyReused when it came with other content; those of `call`.
    """
    scoped = f"{by.account}:{key}"
    digest = hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode(
            "utf-8", "surrogatepass"
        )
    ).hexdigest()
    with transaction.atomic():
        streams.lock({f"once:{scoped}"})
        known = Answer.objects.filter(key=scoped).first()
        if known is not None:
            if known.content != digest:
                raise KeyReused("key_reused")
            return json.loads(known.answer) if known.answer is not None else None
        answer = call()
        Answer(
            key=scoped,
            content=digest,
            stream=stream,
            answer=json.dumps(answer, ensure_ascii=False),
            at=stamp(clock.now()),
        ).save(force_insert=True)
        return answer


def note(error: LuoshiError, *, by: Actor) -> None:
    """Keep a refusal in the stream of the account. Called by the edge, after its transaction."""
    stream = f"refusal:{by.account}"
    with transaction.atomic():
        streams.lock({stream})
        append(
            stream,
            "refused",
            getattr(error, "subject", ""),
            {
                "verb": getattr(error, "verb", ""),
                "code": error.code,
                "values": {key: str(value) for key, value in error.values.items()},
            },
            by=by,
            act=secrets.token_hex(16),
            at=clock.now(),
        )


@contextmanager
def _open(row: Recorded, move: Move, wanted: set[str]) -> Iterator[_Act]:
    """The act in which this door stands, its streams locked; errors learn what they were about."""
    outer = _act.get() if connection.in_atomic_block else None
    try:
        with transaction.atomic(savepoint=outer is None):
            if outer is None:
                streams.lock(wanted)
                act = _Act(secrets.token_hex(16), clock.now(), set(wanted))
            elif wanted <= outer.held:
                act = outer
            else:
                raise UndeclaredStream(f"{sorted(wanted - outer.held)} not declared in `also`")
            token = _act.set(act)
            try:
                yield act
            finally:
                _act.reset(token)
    except LuoshiError as error:
        if not hasattr(error, "subject"):
            error.subject, error.verb = row.subject, move.verb  # type: ignore[attr-defined]  # what the error was about, for `note`
        raise


def _fresh(row: Row) -> Row:
    """The row as it stands in the database now, locked."""
    found = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise NotFound("not_found")
    return found


def _ask(by: Actor, move: Move, row: Recorded, behalf: int | None) -> None:
    verdict = policy.judge(by, move, row, behalf)
    if not verdict:
        raise NotAllowed(verdict.reason, **verdict.values)


def _check_fits(row: Recorded) -> None:
    """Errors: Invalid names the fields whose value a database would refuse or change."""
    fields = misfits(row)
    if fields:
        raise Invalid(fields=fields)


def _happened(happened: date | datetime | None, at: datetime) -> str:
    """The stamp of the day or moment the act was really done; never later than it is entered."""
    if happened is None:
        return stamp(at)
    if isinstance(happened, datetime):
        text = stamp(happened)
        late = happened > at
    else:
        text = happened.isoformat()
        late = read_stamp(text) > at or happened > beijing_date(at)
    if late:
        raise Invalid(
            "happened_later_than_entered", fields={"happened": "happened_later_than_entered"}
        )
    return text


def _append(
    step: Step[Any], move: Move, by: Actor, behalf: int | None, reason: str, act: _Act
) -> None:
    body: dict[str, Any] = {"rows": step.entries}
    if reason:
        if not storable(reason):
            raise Invalid(fields={"reason": "unstorable"})
        body["reason"] = reason
    if step.facts:
        body["facts"] = step.facts
    append(
        step.row.stream,
        move.event,
        step.row.subject,
        body,
        by=by,
        act=act.code,
        at=act.at,
        happened=step.happened,
        behalf=None if behalf == by.person else behalf,
    )
