"""What else changes when a person stands behind a finding: the document's and the meeting's fields."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from luoshi.intake import states
from luoshi.intake.models import Document, Finding, Meeting, MeetingPart
from luoshi.ledger.door import Step

COPIED = ("title", "number", "source", "column_name", "published_on")


def follow(step: Step[Finding]) -> None:
    """Let the document and the meeting say what the finding of this step says."""
    document = step.row.document
    before = {name: getattr(document, name) for name in COPIED}
    copy_to_document(document, step.row)
    changed = {
        name: getattr(document, name)
        for name, old in before.items()
        if getattr(document, name) != old
    }
    if changed:
        step.follow(document, **changed)
    follow_meeting(step, step.row)


def copy_to_document(document: Document, finding: Finding) -> None:
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
            document.published_on = full_date(value["date"])


def follow_meeting(step: Step[Any], finding: Finding) -> None:
    """Make, or change, the meeting and the parts that a confirmed finding tells of."""
    document = finding.document
    meeting = Meeting.objects.filter(document=document).first()
    if finding.kind == "meeting":
        values = {
            "name": finding.value["name"] or "",
            "held_on": full_date(finding.value.get("date")),
            "time_of_day": finding.value.get("time_of_day") or "",
        }
        if meeting is not None:
            step.follow(meeting, **values, removed=False)
            return
        meeting = step.add(Meeting(document=document, finding=finding, **values))
        people: Iterable[Finding] = document.findings.filter(
            kind="person", state__in=states.STANDING_FINDINGS
        )
        for person in people:
            _follow_part(step, meeting, person)
    elif finding.kind == "person" and meeting is not None:
        _follow_part(step, meeting, finding)


def let_go(step: Step[Finding]) -> None:
    """Nobody stands behind the finding any more: nor is what it made of the meeting."""
    for made in (
        *Meeting.objects.filter(finding=step.row, removed=False),
        *MeetingPart.objects.filter(finding=step.row, removed=False),
    ):
        step.follow(made, removed=True)


def full_date(text: str | None) -> date | None:
    """The date of a full ISO date; None for one whose year or day is not known."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _follow_part(step: Step[Any], meeting: Meeting, finding: Finding) -> None:
    values = {name: finding.value.get(name, []) for name in ("posts", "acts")}
    values["name"] = finding.value["name"]
    part = MeetingPart.objects.filter(finding=finding).first()
    if part is not None:
        step.follow(part, **values, removed=False)
    else:
        step.add(MeetingPart(meeting=meeting, finding=finding, **values))
