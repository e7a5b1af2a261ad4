"""Verbs about damaged places: decide what stood there, take the decision back."""

from __future__ import annotations

from django.db import transaction

from luoshi.intake import states
from luoshi.intake.doubting import CARRIED, carried, touched
from luoshi.intake.models import Document, RepairDecision
from luoshi.intake.pairs import learn_pair
from luoshi.intake.repairs import chosen_text, rewritten, standing
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import NotFound, Stale
from luoshi.ledger.door import Step, change, create


def decide_repair(
    document: Document, number: int, choice: str, text: str = "", *, by: Actor, seen: int
) -> RepairDecision:
    """The decision on the place of record `number` (判定): one of its readings, words typed, or as received.

    `seen` is the version of the decision that the person saw there; 0 when there was none.
    Errors: NotFound, Invalid, Stale.
    """
    if not 1 <= number <= len(document.receipt):
        raise NotFound("not_found")
    with transaction.atomic():
        row = _decided(document, number, choice, text, by=by, seen=seen)
        _learn(document, row, by=by)
    return row


def _learn(document: Document, row: RepairDecision, *, by: Actor) -> None:
    """A reading that a person took out of the text is one that the site writes."""
    record = document.receipt[row.number - 1]
    taken_out = record["kind"] == "annotation" and not row.after and record["start"] > 0
    if document.site and taken_out and record["status"] == "proposed":
        character = document.received[record["start"] - 1]
        learn_pair(document, character, record["before"].strip("()"), by=by)


def _decided(
    document: Document, number: int, choice: str, text: str, *, by: Actor, seen: int
) -> RepairDecision:
    record = document.receipt[number - 1]
    after = chosen_text(record, choice, text)
    if seen:
        row: RepairDecision | None = document.decisions.filter(number=number).first()
        if row is None:
            raise Stale("stale", verb="decide_repair")
        with change(row, states.DECIDE_REPAIR, by=by, seen=seen) as step:
            step.row.choice, step.row.after = choice, after
            step.row.decided_by_id, step.row.decided_at = by.person, step.at
            _follow(step)
        return step.row
    row = RepairDecision(
        document=document, number=number, choice=choice, after=after,
        start=record["start"], end=record["end"],
    )  # fmt: skip

    def first(step: Step[RepairDecision]) -> None:
        if RepairDecision.objects.filter(document=document, number=number).exists():
            raise Stale("stale", verb="decide_repair")
        step.row.decided_by_id, step.row.decided_at = by.person, step.at

    with create(row, states.DECIDE_REPAIR, by=by, prepare=first) as made:
        _follow(made)
    return row


def withdraw_decision(decision: RepairDecision, *, by: Actor, seen: int) -> RepairDecision:
    """The decision taken back (撤回判定): the place reads again as restoration left it."""
    with change(decision, states.WITHDRAW_DECISION, by=by, seen=seen) as step:
        _follow(step)
    return step.row


def _follow(step: Step[RepairDecision]) -> None:
    """The restored text, and the doubts of the findings whose words the place belongs to."""
    row = step.row
    document = Document.objects.get(pk=row.document_id)
    chosen = {number: text for number, text in document.decided if number != row.number}
    if row.state == states.DECIDED:
        chosen[row.number] = row.after
    decided = sorted(chosen.items())
    records = standing(document.receipt, decided)
    document = step.follow(
        document,
        decided=[list(each) for each in decided],
        restored=rewritten(document.received, records),
    )
    for finding in touched(document.findings.select_related("passage"), row.start, row.end):
        doubts = [code for code in finding.doubts if code not in CARRIED]
        doubts += carried(document, finding)
        if doubts != finding.doubts:
            step.follow(finding, doubts=doubts)
