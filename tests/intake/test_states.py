"""Every state of documents and findings × every verb."""

from __future__ import annotations

import pytest

from luoshi.intake import actions as intake
from luoshi.intake import findings as judging
from luoshi.intake import queries, rereading, shaping, withdrawing
from luoshi.intake.models import Document, Finding
from luoshi.intake.states import DOCUMENT_STATES, FINDING_STATES
from tests import sixty
from tests.decisions import Verb, decide
from tests.world import World, reading

pytestmark = pytest.mark.both

DOCUMENT = {
    "read_document": Verb(
        lambda w, row: intake.read_document(row, reading(), by=w.actor("clerk")),
        "document.read", {"received": "read"},
    ),
    "stand_as": Verb(
        lambda w, row: intake.stand_as(row, "basis", by=w.actor("head"), seen=row.version),
        "document.stands_as", {"read": "read", "open": "read", "withdrawn": "read"},
    ),
    "open_document": Verb(
        lambda w, row: intake.open_document(row, by=w.actor("head"), seen=row.version),
        "document.opened", {"read": "read", "open": "read", "withdrawn": "read"},
    ),
    "close_document": Verb(
        lambda w, row: intake.close_document(
            row, by=w.actor("head"), seen=row.version, reason="有误"
        ),
        "document.closed", {"open": "read"},
    ),
    "confirm_sure": Verb(
        lambda w, row: judging.confirm_sure(row, by=w.actor("clerk"), seen=row.version),
        "document.sure_confirmed", {"read": "read", "open": "read", "withdrawn": "read"},
    ),
    "confirm_selected": Verb(
        lambda w, row: judging.confirm_selected(
            row, {w.finding("theme").pk: 1}, by=w.actor("clerk"), seen=row.version
        ),
        "document.selected_confirmed", {"read": "read", "open": "read", "withdrawn": "read"},
    ),
    "read_again": Verb(
        lambda w, row: rereading.read_again(
            row, reading(), by=w.actor("clerk"), seen=row.version
        ),
        "document.read_again", {"read": "read", "open": "read", "withdrawn": "read"},
    ),
    "withdraw": Verb(
        lambda w, row: withdrawing.withdraw(
            row, by=w.actor("clerk"), seen=row.version, last=last_of(w, row)
        ),
        # a link in the world was made last; the public page, by the head
        "document.act_withdrawn", {},
    ),
    "mark": Verb(
        lambda w, row: judging.mark(row, "directive", 0, 2, by=w.actor("clerk")),
        "finding.added", {"read": "read", "open": "read", "withdrawn": "read"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("state", [*dict(DOCUMENT_STATES), "open", "withdrawn"])
def test_a_document_moves_as_the_table_says(world: World, state: str) -> None:
    document = world.receive() if state == "received" else world.document
    if state in ("open", "withdrawn"):
        document = intake.open_document(document, by=world.actor("head"), seen=document.version)
    if state == "withdrawn":
        intake.close_document(document, by=world.actor("head"), seen=document.version, reason="错")
    decide(world, DOCUMENT, state, lambda: Document.objects.get(pk=document.pk))


def last_of(world: World, row: Document) -> int:
    event = queries.last_act(world.actor("clerk"), row)
    return event.sequence if event else 0


LIVING = ("proposed", "confirmed", "corrected", "added")
FINDING = {
    "confirm": Verb(
        lambda w, row: judging.confirm(row, by=w.actor("clerk"), seen=row.version),
        "finding.confirmed", {"proposed": "confirmed", "rejected": "confirmed"},
    ),
    "correct": Verb(
        lambda w, row: judging.correct(row, {"area": "新"}, by=w.actor("clerk"), seen=row.version),
        "finding.corrected", dict.fromkeys(LIVING, "corrected"),
    ),
    "reject": Verb(
        lambda w, row: judging.reject(row, by=w.actor("clerk"), seen=row.version, reason="不是"),
        "finding.rejected", dict.fromkeys(LIVING, "rejected"),
    ),
    "merge": Verb(
        lambda w, row: shaping.merge(
            row, neighbour(row), by=w.actor("clerk"), seen=row.version, other_seen=1
        ),
        "finding.merged", dict.fromkeys(LIVING, "proposed"),
    ),
    "split": Verb(
        lambda w, row: shaping.split(
            row, middle(row), by=w.actor("clerk"), seen=row.version
        ),
        "finding.split", {"proposed": "proposed"} | dict.fromkeys(LIVING[1:], "corrected"),
    ),
}  # fmt: skip


def neighbour(row: Finding) -> Finding:
    """The directive after the third one."""
    return row.document.findings.get(order=50)


def middle(row: Finding) -> int:
    return row.passage.start + 6


@pytest.mark.parametrize("state", dict(FINDING_STATES))
def test_a_finding_moves_as_the_table_says(world: World, state: str) -> None:
    """The third of sixty directives; the text is sound, so that received and restored are one."""
    by = world.actor("clerk")
    document = sixty.take_in(by)
    finding = document.findings.get(order=40)
    if state == "confirmed":
        judging.confirm(finding, by=by, seen=finding.version)
    elif state == "corrected":
        judging.correct(finding, {"area": "主题"}, by=by, seen=finding.version)
    elif state == "rejected":
        judging.reject(finding, by=by, seen=finding.version, reason="不是主题年")
    elif state in ("added", "withdrawn"):
        start, end = finding.passage.start, finding.passage.end
        judging.reject(finding, by=by, seen=finding.version, reason="重来")
        finding = judging.mark(document, "directive", start, end, by=by)
    elif state == "merged":
        before = document.findings.get(order=30)
        shaping.merge(before, finding, by=by, seen=1, other_seen=1)
    if state == "withdrawn":
        document = Document.objects.get(pk=document.pk)
        last = last_of(world, document)
        withdrawing.withdraw(document, by=by, seen=document.version, last=last)
    assert Finding.objects.get(pk=finding.pk).state == state
    decide(world, FINDING, state, lambda: Finding.objects.get(pk=finding.pk))
