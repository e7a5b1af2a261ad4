"""重新研读: what a newer reading sees otherwise, taken over where no person has had a hand, or as asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from luoshi.intake import states
from luoshi.intake.differences import (
    CHANGED,
    GONE,
    Difference,
    Proposal,
    differences,
    proposals,
    refreshed,
)
from luoshi.intake.doubting import carried
from luoshi.intake.following import copy_to_document, follow_meeting
from luoshi.intake.models import Document, Finding, Passage
from luoshi.intake.queries import order_at, readable
from luoshi.intake.repairs import WORDS_CHANGED
from luoshi.intake.rules import span_map
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Stale
from luoshi.ledger.door import Step, change
from luoshi.text.reading import Reading
from luoshi.text.version import version


def read_again(
    document: Document,
    reading: Reading,
    *,
    by: Actor,
    seen: int,
    take: Collection[str] | None = None,
) -> Document:
    """The document with what a newer reading sees otherwise (重新研读).

    `take` are the keys of the differences that the person chose; None: all those in which no person
    has had a hand. What a person confirmed, corrected, rejected or marked changes only when chosen,
    and is then corrected. Errors: Stale when a chosen difference is none any more.
    """
    with change(document, states.READ_AGAIN, by=by, seen=seen) as step:
        rows = readable(step.row)
        proposed = _doubted(step.row, proposals(reading, span_map(step.row.repairs)))
        found = {each.key: each for each in differences(rows, proposed)}
        if take is not None and not set(take) <= set(found):
            raise Stale("stale", verb="read_again")
        chosen = set(take) if take is not None else {
            key for key, each in found.items() if not each.touched
        }  # fmt: skip
        for row, proposal in refreshed(rows, proposed):
            step.follow(
                row,
                rules=proposal.rules,
                doubts=proposal.doubts,
                confidence=proposal.confidence,
                spans=dict(proposal.spans),
            )
        for key, each in found.items():
            if key in chosen:
                _take(step, each)
        step.row.reader = version()
        step.row.kind = reading.document["kind"]
    return step.row


def _doubted(document: Document, proposed: Iterable[Proposal]) -> list[Proposal]:
    """The same with the doubts that damaged words lay on them."""
    found = []
    for each in proposed:
        place = Passage(document=document, start=each.start, end=each.end)
        row = Finding(document=document, passage=place, spans=dict(each.spans))
        codes = [code for code in carried(document, row) if code != WORDS_CHANGED]
        found.append(replace(each, doubts=[*each.doubts, *codes]))
    return found


def _take(step: Step[Document], each: Difference) -> None:
    if each.what == GONE and each.row is not None:
        step.follow(each.row, state=states.WITHDRAWN)
    elif each.what == CHANGED:
        _change(step, each)
    elif each.proposal is not None:
        proposal = each.proposal
        place = Passage(document=step.row, start=proposal.start, end=proposal.end)
        passage = step.add(place)
        made = Finding(
            document=step.row, passage=passage, kind=proposal.kind,
            order=order_at(step.row, proposal.start), value=dict(proposal.value),
            spans=dict(proposal.spans), doubts=proposal.doubts, rules=proposal.rules,
            confidence=proposal.confidence,
        )  # fmt: skip
        copy_to_document(step.row, step.add(made))


def _change(step: Step[Document], each: Difference) -> None:
    row, proposal = each.row, each.proposal
    assert row is not None
    assert proposal is not None
    if each.touched:
        made = step.follow(row, value=dict(proposal.value), doubts=[], state=states.CORRECTED)
        follow_meeting(step, made)
    else:
        step.follow(row.passage, start=proposal.start, end=proposal.end)
        made = step.follow(
            row, value=dict(proposal.value), spans=dict(proposal.spans), doubts=proposal.doubts,
            rules=proposal.rules, confidence=proposal.confidence,
        )  # fmt: skip
    copy_to_document(step.row, made)
