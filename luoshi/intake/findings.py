"""What a person makes of findings: confirm one, the sure ones, the selected ones; correct, reject, mark."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from luoshi.intake import states
from luoshi.intake.following import copy_to_document, follow, follow_meeting, let_go
from luoshi.intake.models import Document, Finding, Passage
from luoshi.intake.queries import order_at
from luoshi.intake.repairs import WORDS_CHANGED
from luoshi.intake.rules import BY_HAND, exact, is_sure, span_map
from luoshi.intake.schema import checked_value, value_of_words
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid, NotFound, Stale, WrongState
from luoshi.ledger.door import Step, change


def confirm(finding: Finding, *, by: Actor, seen: int) -> Finding:
    """The finding as read, with a person behind it (确认)."""
    with change(finding, states.CONFIRM, by=by, seen=seen) as step:
        step.row.reason = ""
        step.row.doubts = _still_open(step.row)
        follow(step)
    return step.row


def confirm_sure(
    document: Document, *, by: Actor, seen: int, kinds: Collection[str] | None = None
) -> Document:
    """The document with every proposed finding confirmed that is sure (确认无存疑的); of `kinds`, or all."""
    with change(document, states.CONFIRM_SURE, by=by, seen=seen) as step:
        proposed = document.findings.filter(state=states.PROPOSED).order_by("order")
        for finding in proposed.filter(kind__in=kinds) if kinds is not None else proposed:
            if is_sure(finding.doubts, finding.confidence):
                _confirm_along(step, finding)
    return step.row


def confirm_selected(
    document: Document, selected: Mapping[int, int], *, by: Actor, seen: int
) -> Document:
    """The document with these findings confirmed, all or none (确认选中的).

    `selected` is the key of each finding -> its version as the person saw it. Errors: Invalid when
    there is none, NotFound for one of another document, WrongState, Stale.
    """
    if not selected:
        raise Invalid("nothing_picked")
    with change(document, states.CONFIRM_SELECTED, by=by, seen=seen) as step:
        found = {each.pk: each for each in document.findings.filter(pk__in=list(selected))}
        for key, version in selected.items():
            if key not in found:
                raise NotFound("not_found")
            if found[key].version != version:
                raise Stale("stale", verb="confirm_selected")
            if found[key].state != states.PROPOSED:
                raise WrongState("wrong_state", state=found[key].state, verb="confirm_selected")
            _confirm_along(step, found[key])
    return step.row


def correct(finding: Finding, given: Mapping[str, Any], *, by: Actor, seen: int) -> Finding:
    """The finding with a person's values over those read (更正). Errors: Invalid names the field."""
    with change(finding, states.CORRECT, by=by, seen=seen) as step:
        step.row.value = exact(checked_value(step.row.kind, step.row.value, given))
        step.row.doubts = []
        follow(step)
    return step.row


def reject(finding: Finding, *, by: Actor, seen: int, reason: str) -> Finding:
    """The finding, not taken, with the reason (不采纳). Errors: Invalid without a reason."""
    if not reason.strip():
        raise Invalid(fields={"reason": "required"})
    with change(finding, states.REJECT, by=by, seen=seen, reason=reason) as step:
        step.row.reason = reason.strip()
        let_go(step)
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
    finding = Finding(document=document, kind=kind, rules=[BY_HAND])
    finding.value = exact(value if value is not None else value_of_words(kind, words))
    with change(document, states.MARK, by=by, seen=document.version) as step:
        finding.passage = step.add(passage)
        finding.state = states.ADDED
        finding.order = order_at(document, passage.start)
        step.add(finding)
    return finding


def _confirm_along(step: Step[Document], finding: Finding) -> None:
    row = step.follow(finding, state=states.CONFIRMED, reason="", doubts=_still_open(finding))
    copy_to_document(step.row, row)
    follow_meeting(step, row)


def _still_open(finding: Finding) -> list[str]:
    """Its doubts without the one that its words changed: somebody has looked at them now."""
    return [code for code in finding.doubts if code != WORDS_CHANGED]
