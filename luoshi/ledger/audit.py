"""軌跡核驗: recompute chains and tags, re-hash files, compare rows with what the ledger says.

What it cannot see before checkpoints exist: that the tail of a stream was cut together with the
rows it speaks of, and that a whole stream was taken away with its rows.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.core.exceptions import ImproperlyConfigured

from luoshi.ledger import chain, keys
from luoshi.ledger.files import file_path
from luoshi.ledger.models import Event, EventBody, File
from luoshi.ledger.reading import recorded_models
from luoshi.ledger.values import recorded_value

CHUNK = 500  # events, or rows, read at a time

Row: TypeAlias = Mapping[str, Any]  # column -> value
Body: TypeAlias = tuple[str | None, str | None]  # salt and text, both None once erased


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as the ledger says: a code, the place, and what differs there."""

    code: str
    place: str
    detail: str = ""


@dataclass(slots=True)
class Audit:
    """What was looked at and what was found."""

    events: int = 0
    streams: int = 0
    rows: int = 0
    files: int = 0
    erased: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.faults


@dataclass(slots=True)
class _Stream:
    """The walk through one stream."""

    name: str
    sequence: int = 0
    seal: str = chain.FIRST
    unread: list[int] = field(default_factory=list)  # events without a body
    erased: set[int] = field(default_factory=set)  # those of them that an event `erased` names


def audit() -> Audit:
    """Everything that can be checked inside this database and its files."""
    result = Audit()
    said: dict[str, dict[str, Any]] = {}
    stream = _Stream("")
    for event, body in _events():
        if event["stream"] != stream.name:
            _close(stream, result)
            stream = _Stream(event["stream"])
            result.streams += 1
        result.events += 1
        _check(event, body, stream, said, result)
    _close(stream, result)
    _compare_rows(said, result)
    _rehash_files(result)
    return result


def _events() -> Iterator[tuple[Row, Body]]:
    """All events, as their columns, with salt and body; stream by stream, read in chunks."""
    chunk: list[Row] = []
    for event in Event.objects.order_by("stream", "sequence").values().iterator(CHUNK):
        chunk.append(event)
        if len(chunk) == CHUNK:
            yield from _with_bodies(chunk)
            chunk = []
    yield from _with_bodies(chunk)


def _with_bodies(chunk: list[Row]) -> Iterator[tuple[Row, Body]]:
    rows = EventBody.objects.filter(pk__in=[event["id"] for event in chunk])
    bodies = {key: (salt, body) for key, salt, body in rows.values_list("event", "salt", "body")}
    for event in chunk:
        yield event, bodies.get(event["id"], (None, None))


def _check(
    event: Row, body: Body, stream: _Stream, said: dict[str, dict[str, Any]], result: Audit
) -> None:
    sequence, name = event["sequence"], event["name"]
    place = f"{event['stream']} #{sequence} {name}"
    if sequence != stream.sequence + 1:
        result.faults.append(Fault("event_missing", place, f"#{stream.sequence + 1}"))
    elif event["previous"] != stream.seal:
        result.faults.append(Fault("chain_broken", place))
    stream.sequence = sequence
    if event["algorithm"] != chain.ALGORITHM:
        result.faults.append(Fault("header_edited", place))
        return
    header = chain.header_bytes(event)
    _check_tag(event, header, place, result)
    stream.seal = chain.seal_of(header, event["tag"], event["algorithm"])
    salt, text = body
    if salt is None or text is None:
        stream.unread.append(sequence)
        return
    if chain.digest(salt, text, event["algorithm"]) != event["digest"]:
        result.faults.append(Fault("body_edited", place))
        return
    content = json.loads(text)
    if name == "erased":
        stream.erased.update(content["facts"]["erased"])
    for subject, values in content.get("rows", {}).items():
        said.setdefault(subject, {}).update(values)


def _check_tag(event: Row, header: bytes, place: str, result: Audit) -> None:
    """A missing key is one fault, and accuses no event."""
    try:
        key = keys.key(event["key"])
    except ImproperlyConfigured:
        missing = Fault("key_missing", event["key"])
        if missing not in result.faults:
            result.faults.append(missing)
        return
    tag = chain.tag_of(header, key, event["algorithm"])
    if not hmac.compare_digest(tag, event["tag"]):
        result.faults.append(Fault("header_edited", place))


def _close(stream: _Stream, result: Audit) -> None:
    for sequence in stream.unread:
        if sequence in stream.erased:
            result.erased += 1
        else:
            result.faults.append(Fault("body_missing", f"{stream.name} #{sequence}"))


def _compare_rows(said: dict[str, dict[str, Any]], result: Audit) -> None:
    for name, model in recorded_models().items():
        for row in model._base_manager.order_by("pk").iterator(CHUNK):
            result.rows += 1
            values = said.pop(f"{name}:{row.pk}", None)
            if values is None:
                result.faults.append(Fault("row_inserted", row.subject))
                continue
            differing = [
                field_name
                for field_name in row.recorded
                if field_name in values and recorded_value(row, field_name) != values[field_name]
            ]
            if differing:
                result.faults.append(Fault("row_edited", row.subject, ", ".join(differing)))
    known = recorded_models()
    for subject in said:
        if subject.partition(":")[0] in known:
            result.faults.append(Fault("row_deleted", subject))


def _rehash_files(result: Audit) -> None:
    for sha256 in File.objects.order_by("sha256").values_list("sha256", flat=True).distinct():
        if not sha256:
            continue
        result.files += 1
        path = file_path(sha256)
        if not path.exists():
            result.faults.append(Fault("file_missing", sha256))
        elif _digest_of(path) != sha256:
            result.faults.append(Fault("file_changed", sha256))


def _digest_of(path: Any) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
