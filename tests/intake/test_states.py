"""Every state of documents and findings × every verb."""

from __future__ import annotations

import pytest

from luoshi.intake import actions as intake
from luoshi.intake import findings as judging
from luoshi.intake.models import Document, Finding
from luoshi.intake.states import DOCUMENT_STATES, FINDING_STATES
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


STANDING = ("confirmed", "corrected", "added")
FINDING = {
    "confirm": Verb(
        lambda w, row: judging.confirm(row, by=w.actor("clerk"), seen=row.version),
        "finding.confirmed", {"proposed": "confirmed", "rejected": "confirmed"},
    ),
    "correct": Verb(
        lambda w, row: judging.correct(row, {"name": "新"}, by=w.actor("clerk"), seen=row.version),
        "finding.corrected", dict.fromkeys(("proposed", *STANDING), "corrected"),
    ),
    "reject": Verb(
        lambda w, row: judging.reject(row, by=w.actor("clerk"), seen=row.version, reason="不是"),
        "finding.rejected", dict.fromkeys(("proposed", *STANDING), "rejected"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("state", dict(FINDING_STATES))
def test_a_finding_moves_as_the_table_says(world: World, state: str) -> None:
    by, finding = world.actor("clerk"), world.finding("theme")
    if state == "confirmed":
        judging.confirm(finding, by=by, seen=finding.version)
    elif state == "corrected":
        judging.correct(finding, {"name": "主题"}, by=by, seen=finding.version)
    elif state == "rejected":
        judging.reject(finding, by=by, seen=finding.version, reason="不是主题年")
    elif state == "added":
        finding = judging.mark(world.document, "theme", 3, 9, by=by)
    assert Finding.objects.get(pk=finding.pk).state == state
    decide(world, FINDING, state, lambda: Finding.objects.get(pk=finding.pk))
