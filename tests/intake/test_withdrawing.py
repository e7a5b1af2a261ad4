"""撤回: everything is as it was before one's own last act, and the record says that it was taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from luoshi.intake import actions, findings, queries, shaping, withdrawing
from luoshi.intake.models import Document, Finding, Meeting, MeetingPart
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import NotAllowed, Stale, WrongState
from luoshi.ledger.audit import audit
from luoshi.ledger.models import Event
from luoshi.programme import actions as programmes
from tests import sixty
from tests.intake.test_shaping import directive
from tests.sixty import DOUBLE
from tests.together import everything, together
from tests.world import World, reading, restored, upload

pytestmark = pytest.mark.both


@pytest.fixture
def document(world: World) -> Document:
    return sixty.take_in(world.actor("clerk"))


def last(document: Document, by: Actor) -> int:
    event = queries.last_act(by, document)
    return event.sequence if event else 0


def withdraw(world: World, document: Document, who: str = "clerk", **given: Any) -> Document:
    row = Document.objects.get(pk=document.pk)
    by = world.actor(who)
    values = {"seen": row.version, "last": last(row, by)} | given
    return withdrawing.withdraw(row, by=by, **values)


def standing(document: Document) -> dict[str, Any]:
    """What the document says now, without versions and without what does not count."""
    rows = queries.findings(document)
    fresh = Document.objects.get(pk=document.pk)
    columns = (
        "kind",
        "order",
        "state",
        "value",
        "spans",
        "doubts",
        "rules",
        "confidence",
        "reason",
    )
    return {
        "document": [fresh.title, fresh.number, fresh.source, fresh.published_on, fresh.reader],
        "findings": [[getattr(row, name) for name in columns] for row in rows],
        "passages": [(row.passage.start, row.passage.end) for row in rows],
        "meeting": list(Meeting.objects.filter(document=fresh, removed=False).values("name")),
        "parts": list(
            MeetingPart.objects.filter(meeting__document=fresh, removed=False).values("name")
        ),
    }


ACTS: dict[str, Callable[[Document, Actor], Any]] = {
    "confirm": lambda of, by: findings.confirm(directive(of, 0), by=by, seen=1),
    "correct": lambda of, by: findings.correct(
        directive(of, 0), {"lead_units": ["甲局"], "deadline": None}, by=by, seen=1
    ),
    "correct the title": lambda of, by: findings.correct(
        of.findings.get(kind="title"), {"text": "别的标题"}, by=by, seen=1
    ),
    "reject": lambda of, by: findings.reject(directive(of, 0), by=by, seen=1, reason="口号"),
    "mark": lambda of, by: findings.mark(of, "area", 3, 9, by=by),
    "merge": lambda of, by: shaping.merge(
        directive(of, 0), directive(of, 1), by=by, seen=1, other_seen=1
    ),
    "split": lambda of, by: shaping.split(
        directive(of, DOUBLE), of.restored.index("，区水务局") + 1, by=by, seen=1
    ),
    "confirm_sure": lambda of, by: findings.confirm_sure(of, by=by, seen=of.version),
    "confirm_selected": lambda of, by: findings.confirm_selected(
        of, {directive(of, 0).pk: 1, directive(of, 3).pk: 1}, by=by, seen=of.version
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_taken_back_whole(world: World, document: Document, act: str) -> None:
    document = Document.objects.get(pk=document.pk)
    before = standing(document)
    ACTS[act](document, world.actor("clerk"))
    assert standing(document) != before
    withdraw(world, document)
    assert standing(document) == before
    event = Event.objects.latest("pk")
    assert (event.name, event.stream) == ("document.act_withdrawn", document.stream)
    assert audit().whole


def test_acts_are_taken_back_one_by_one_the_last_one_first(
    world: World, document: Document
) -> None:
    clerk = world.actor("clerk")
    stages = [standing(document)]
    for number in range(3):
        findings.confirm(directive(document, number), by=clerk, seen=1)
        stages.append(standing(document))
    withdraw(world, document)
    findings.reject(directive(document, 2), by=clerk, seen=3, reason="口号")
    withdraw(world, document)
    for stage in (stages[2], stages[1], stages[0]):
        assert standing(document) == stage
        if stage is not stages[0]:
            withdraw(world, document)
    with pytest.raises(WrongState, match="nothing_to_withdraw"):
        withdraw(world, document)  # the document itself was read by her, and stays read


def test_a_meeting_made_by_confirming_goes_with_the_confirmation(world: World) -> None:
    clerk = world.actor("clerk")
    text = restored().text + "又"
    document = actions.receive(upload(text.encode(), "又.txt"), text, restored(), by=clerk)
    document = actions.read_document(document, reading(), by=clerk)
    for kind in ("meeting", "person"):
        row = document.findings.filter(kind=kind).earliest("order")
        findings.confirm(row, by=clerk, seen=row.version)
    assert len(standing(document)["parts"]) == 1
    withdraw(world, document)
    assert (standing(document)["parts"], len(standing(document)["meeting"])) == ([], 1)
    withdraw(world, document)
    assert standing(document)["meeting"] == []
    row = document.findings.filter(kind="meeting").get()
    findings.confirm(row, by=clerk, seen=row.version)
    assert len(standing(document)["meeting"]) == 1
    assert audit().whole


def test_when_the_next_person_has_acted_it_stands(world: World, document: Document) -> None:
    clerk, head = world.actor("clerk"), world.actor("head")
    findings.confirm(directive(document, 0), by=clerk, seen=1)
    findings.confirm(directive(document, 1), by=head, seen=1)
    before = everything()
    with pytest.raises(WrongState):
        withdraw(world, document)
    assert everything() == before
    withdraw(world, document, "head")
    withdraw(world, document)  # the head took hers back: the clerk's is the last again
    assert directive(document, 0).state == "proposed"


def test_what_has_been_built_upon_is_not_taken_back(world: World, document: Document) -> None:
    clerk = world.actor("clerk")
    row = findings.confirm(directive(document, 0), by=clerk, seen=1)
    programmes.link(row, "general", by=clerk)
    with pytest.raises(WrongState, match="nothing_to_withdraw"):
        withdraw(world, document)


def test_an_old_page_takes_nothing_back(world: World, document: Document) -> None:
    clerk = world.actor("clerk")
    findings.confirm(directive(document, 0), by=clerk, seen=1)
    seen = last(document, clerk)
    findings.confirm(directive(document, 1), by=clerk, seen=1)
    with pytest.raises(Stale):
        withdraw(world, document, last=seen)
    with pytest.raises(Stale):
        withdraw(world, document, seen=99)
    with pytest.raises(NotAllowed):
        withdraw(world, document, "inspector", last=seen)
    assert directive(document, 1).state == "confirmed"


def test_pressed_twice_at_once_it_takes_one_act_back(world: World, document: Document) -> None:
    clerk = world.actor("clerk")
    for number in range(2):
        findings.confirm(directive(document, number), by=clerk, seen=1)
    document = Document.objects.get(pk=document.pk)
    sequence = last(document, clerk)
    call = partial(withdrawing.withdraw, document, by=clerk, seen=document.version, last=sequence)
    answers = together([call, call])
    assert sum(isinstance(each, Document) for each in answers) == 1
    assert document.findings.filter(kind="directive", state="confirmed").count() == 1


def test_selected_ones_are_confirmed_all_or_none(world: World, document: Document) -> None:
    clerk = world.actor("clerk")
    rows = [directive(document, number) for number in (0, 4)]
    findings.reject(rows[1], by=clerk, seen=1, reason="重复")
    selected = {rows[0].pk: 1, rows[1].pk: 2}
    before = everything()
    with pytest.raises(WrongState):
        findings.confirm_selected(document, selected, by=clerk, seen=document.version)
    with pytest.raises(Stale):
        findings.confirm_selected(document, {rows[0].pk: 7}, by=clerk, seen=document.version)
    assert everything() == before
    findings.confirm_selected(document, {rows[0].pk: 1}, by=clerk, seen=document.version)
    assert Finding.objects.get(pk=rows[0].pk).state == "confirmed"


def test_one_press_confirms_what_is_sure_and_nothing_else(world: World, document: Document) -> None:
    clerk = world.actor("clerk")
    findings.confirm_sure(document, by=clerk, seen=document.version, kinds=("directive",))
    states = dict.fromkeys(("proposed", "confirmed"), 0)
    for state in document.findings.filter(kind="directive").values_list("state", flat=True):
        states[state] += 1
    doubtful = sum(map(sixty.is_doubtful, range(sixty.COUNT)))
    assert states == {"proposed": doubtful, "confirmed": sixty.COUNT - doubtful}
    assert document.findings.get(kind="title").state == "proposed"
