"""Intake's verbs: receive, read, confirm, correct, reject, mark, stand as, open and close."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from luoshi.intake import states
from luoshi.intake.models import Document, Finding, Meeting, MeetingPart, Passage
from luoshi.intake.repairs import WORDS_CHANGED
from luoshi.intake.rules import checked_value, exact, span_map
from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import Invalid, WrongState
from luoshi.ledger.door import Step, change, create
from luoshi.ledger.files import Upload
from luoshi.text.reading import Reading
from luoshi.text.restore_records import Restoration


class _AlreadyReceived(Exception):
    """These bytes are here already; carries the document they became."""


def receive(
    upload: Upload,
    received: str,
    restoration: Restoration,
    *,
    by: Actor,
    provenance: Mapping[str, Any] | None = None,
    site: str = "",
) -> Document:
    """The document of these bytes (收文): the new one, or the one they became before."""
    digest = hashlib.sha256(upload.data).hexdigest()
    document = Document(
        received=received,
        restored=restoration.text,
        receipt=[_repair(repair) for repair in restoration.repairs],
        digest=digest,
        provenance=exact(provenance or {}),
        site=site[:200],
    )
    try:
        with create(
            document, states.RECEIVE, by=by, also=(f"digest:{digest}",), files=(upload,)
        ) as step:
            earlier = Document.objects.filter(digest=digest).exclude(pk=document.pk).first()
            if earlier is not None:
                raise _AlreadyReceived(earlier)
            document.file = step.files[0]
            document.received_at = step.at
    except _AlreadyReceived as already:
        return already.args[0]
    return document


def read_document(document: Document, reading: Reading, *, by: Actor) -> Document:
    """The document with everything found in it, proposed (研读)."""
    with change(document, states.READ_DOCUMENT, by=by, seen=document.version) as step:
        offsets = span_map(step.row.repairs)
        for order, found in enumerate(reading.findings, start=1):
            start, end = offsets.backward_span(found.start, found.end)
            passage = step.add(Passage(document=step.row, start=start, end=end))
            finding = Finding(
                document=step.row,
                passage=passage,
                kind=found.kind,
                order=order * 10,
                value=exact(found.value),
                spans={
                    name: [list(offsets.backward_span(*span)) for span in spans]
                    for name, spans in found.spans.items()
                },
                doubts=list(found.doubts),
                rules=list(found.rules),
                confidence=round(found.confidence * 1000),
            )
            _copy_to_document(step.row, step.add(finding))
        step.row.kind = reading.document["kind"]
    return step.row


def confirm(finding: Finding, *, by: Actor, seen: int) -> Finding:
    """The finding as read, with a person behind it (确认)."""
    with change(finding, states.CONFIRM, by=by, seen=seen) as step:
        step.row.reason = ""
        step.row.doubts = [code for code in step.row.doubts if code != WORDS_CHANGED]
        _follow(step)
    return step.row


def confirm_sure(document: Document, *, by: Actor, seen: int) -> Document:
    """The document with every proposed finding confirmed that carries no doubt (确认无存疑的)."""
    with change(document, states.CONFIRM_SURE, by=by, seen=seen) as step:
        sure = document.findings.filter(state=states.PROPOSED, doubts=[]).exclude(kind="directive")
        for finding in sure.order_by("order"):
            row = step.follow(finding, state=states.CONFIRMED)
            _copy_to_document(step.row, row)
            _follow_meeting(step, row)
    return step.row


def correct(finding: Finding, given: Mapping[str, Any], *, by: Actor, seen: int) -> Finding:
    """The finding with a person's values over those read (更正). Errors: Invalid names the field."""
    with change(finding, states.CORRECT, by=by, seen=seen) as step:
        step.row.value = exact(checked_value(step.row.kind, step.row.value, given))
        step.row.doubts = []
        _follow(step)
    return step.row


def reject(finding: Finding, *, by: Actor, seen: int, reason: str) -> Finding:
    """The finding, not taken, with the reason (不采纳). Errors: Invalid without a reason."""
    if not reason.strip():
        raise Invalid(fields={"reason": "required"})
    with change(finding, states.REJECT, by=by, seen=seen, reason=reason) as step:
        step.row.reason = reason.strip()
    return step.row


def mark(
    document: Document,
    kind: str,
    start: int,
    end: int,
    *,
    by: Actor,
    value: Mapping[str, Any] | None = None,
) -> Finding:
    """A finding marked by hand at [start, end) of the restored text (人工标注). Errors: Invalid."""
    if kind not in dict(states.FINDING_KINDS):
        raise Invalid(fields={"kind": "unknown_kind"})
    if not 0 <= start < end <= len(document.restored):
        raise Invalid(fields={"start": "outside_text"})
    words = document.restored[start:end]
    passage = Passage(document=document)
    passage.start, passage.end = span_map(document.repairs).backward_span(start, end)
    finding = Finding(document=document, kind=kind, rules=["by hand"])
    finding.value = exact(value if value is not None else _value_of_words(kind, words))
    with change(document, states.MARK, by=by, seen=document.version) as step:
        finding.passage = step.add(passage)
        finding.state = states.ADDED
        finding.order = _order_at(document, passage.start)
        step.add(finding)
    return finding


def stand_as(
    document: Document, standing: str, *, by: Actor, seen: int, reason: str = ""
) -> Document:
    """The document as 依据文件 or 参考报道 (定为). Errors: Invalid."""
    if standing not in dict(states.STANDINGS):
        raise Invalid(fields={"standing": "unknown_standing"})
    with change(document, states.STAND_AS, by=by, seen=seen, reason=reason) as step:
        step.row.standing = standing
    return step.row


def open_document(document: Document, *, by: Actor, seen: int) -> Document:
    """The document with a public page of its own (公开原文)."""
    with change(document, states.OPEN_DOCUMENT, by=by, seen=seen) as step:
        step.row.publicity = states.OPEN
        step.row.withdrawn_on = None
    return step.row


def close_document(document: Document, *, by: Actor, seen: int, reason: str) -> Document:
    """The document whose public page says 已撤下 (撤下原文). Errors: WrongState when it has none."""
    if not reason.strip():
        raise Invalid(fields={"reason": "required"})
    with change(document, states.CLOSE_DOCUMENT, by=by, seen=seen, reason=reason) as step:
        if step.row.publicity != states.OPEN:
            raise WrongState("not_public", verb="close_document")
        step.row.publicity = states.WITHDRAWN
        step.row.withdrawn_on = beijing_date(step.at)
    return step.row


def _follow(step: Step[Finding]) -> None:
    """What else changes when a person stands behind a finding: the document's and the meeting's fields."""
    document = step.row.document
    before = {
        name: getattr(document, name)
        for name in ("title", "number", "source", "column_name", "published_on")
    }
    _copy_to_document(document, step.row)
    changed = {
        name: getattr(document, name)
        for name, old in before.items()
        if getattr(document, name) != old
    }
    if changed:
        step.follow(document, **changed)
    _follow_meeting(step, step.row)


def _copy_to_document(document: Document, finding: Finding) -> None:
    """Copy the title, number, date, source and column that a finding says."""
    value = finding.value
    match finding.kind:
        case "title":
            document.title = value["text"][:300]
        case "doc_no":
            document.number = value["text"][:80]
        case "source":
            document.source = value["text"][:200]
        case "column":
            document.column_name = value["text"][:80]
        case "published":
            document.published_on = _date(value["date"])


def _follow_meeting(step: Step[Any], finding: Finding) -> None:
    """Make, or change, the meeting and the parts that a confirmed finding tells of."""
    document = finding.document
    meeting = Meeting.objects.filter(document=document).first()
    if finding.kind == "meeting":
        values = {
            "name": finding.value["name"] or "",
            "held_on": _date(finding.value.get("date")),
            "time_of_day": finding.value.get("time_of_day") or "",
        }
        if meeting is not None:
            step.follow(meeting, **values)
            return
        meeting = step.add(Meeting(document=document, finding=finding, **values))
        people: Iterable[Finding] = document.findings.filter(
            kind="person", state__in=states.STANDING_FINDINGS
        )
        for person in people:
            _follow_part(step, meeting, person)
    elif finding.kind == "person" and meeting is not None:
        _follow_part(step, meeting, finding)


def _follow_part(step: Step[Any], meeting: Meeting, finding: Finding) -> None:
    values = {name: finding.value.get(name, []) for name in ("posts", "acts")}
    values["name"] = finding.value["name"]
    part = MeetingPart.objects.filter(finding=finding).first()
    if part is not None:
        step.follow(part, **values)
    else:
        step.add(MeetingPart(meeting=meeting, finding=finding, **values))


def _order_at(document: Document, start: int) -> int:
    """An order that stands after the last finding which begins before this place."""
    before = (
        document.findings.filter(passage__start__lte=start)
        .order_by("-order")
        .values_list("order", flat=True)
    )
    return (before.first() or 0) + 1


def _value_of_words(kind: str, words: str) -> dict[str, Any]:
    """The value of a finding marked by hand, of which only the words are known."""
    match kind:
        case "directive":
            return {
                "area": None, "lead_leaders": [], "lead_units": [], "responsible_units": [],
                "cooperating_units": [], "responsible_people": [], "deadline": None,
                "milestones": [], "targets": [], "verbs": [], "strength": "soft",
            }  # fmt: skip
        case "person":
            return {"name": words, "posts": [], "acts": []}
        case "meeting":
            return {"name": words, "date": None, "time_of_day": None}
        case "honour":
            return {"title": words, "level": None, "kinds": []}
        case "theme":
            return {"name": words, "year": None, "status": "current"}
        case "area":
            return {"name": words}
        case "commitment":
            return {"unit": words}
        case "published" | "signed":
            if _date(words) is None:
                raise Invalid(fields={"start": "not_a_date"})
            return {"date": words}
        case _:
            return {"text": words}


def _date(text: str | None) -> date | None:
    """The date of a full ISO date; None for one whose year or day is not known."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _repair(repair: Any) -> dict[str, Any]:
    """A repair as it is stored: scores per mille, since a record holds no floats."""
    stored = asdict(repair)
    for candidate in stored["candidates"]:
        candidate["score"] = round(candidate["score"] * 1000)
    return {**stored, "candidates": list(stored["candidates"])}
