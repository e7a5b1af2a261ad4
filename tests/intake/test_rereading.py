"""重新研读: a newer reading moves nothing that a person has settled, and shows what it sees otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from luoshi.intake import findings, queries, shaping
from luoshi.intake.differences import Difference, differences, proposals
from luoshi.intake.models import Document, Finding
from luoshi.intake.rereading import read_again
from luoshi.intake.rules import span_map
from luoshi.kernel.errors import NotAllowed, Stale, WrongState
from luoshi.ledger.audit import audit
from luoshi.text.reading import Reading
from luoshi.text.version import version
from tests import sixty
from tests.intake.test_shaping import directive
from tests.intake.test_withdrawing import standing, withdraw
from tests.sixty import DOUBLE
from tests.together import everything, together
from tests.world import World

pytestmark = pytest.mark.both


@pytest.fixture
def document(world: World) -> Document:
    return sixty.take_in(world.actor("clerk"))


def newer() -> Reading:
    """The same, but: the owner of the first ten is another, the last is not found, a second title is."""
    reading = sixty.reading()
    found = []
    for number, each in enumerate(reading.findings):
        if 1 <= number <= 10:
            each = replace(each, value={**each.value, "responsible_units": ["区应急局"]})
        found.append(each)
    last = found.pop()
    area = replace(found[0], kind="area", value={"name": "重点工作"}, start=8, end=12)
    assert last.kind == "directive"
    return Reading((*found, area), reading.document)


def found(document: Document, reading: Reading) -> list[Difference]:
    rows = queries.readable(document)
    return differences(rows, proposals(reading, span_map(document.repairs)))


def again(world: World, document: Document, **given: object) -> Document:
    row = Document.objects.get(pk=document.pk)
    return read_again(row, newer(), by=world.actor("clerk"), seen=row.version, **given)  # type: ignore[arg-type]


def test_the_same_reading_differs_in_nothing_and_notes_its_version(
    world: World, document: Document
) -> None:
    assert document.reader == version()
    assert found(document, sixty.reading()) == []
    before = standing(document)
    row = Document.objects.get(pk=document.pk)
    read_again(row, sixty.reading(), by=world.actor("clerk"), seen=row.version)
    assert standing(document) == before


def test_what_nobody_has_touched_is_taken_over_at_once(world: World, document: Document) -> None:
    what = [each.what for each in found(document, newer())]
    assert {name: what.count(name) for name in what} == {"changed": 10, "new": 1, "gone": 1}
    again(world, document)
    assert found(document, newer()) == []
    assert directive(document, 0).value["responsible_units"] == ["区应急局"]
    assert directive(document, 0).state == "proposed"
    assert Finding.objects.get(document=document, kind="area").value == {"name": "重点工作"}
    assert document.findings.filter(kind="directive", state="withdrawn").count() == 1
    assert audit().whole


def test_what_a_person_has_settled_stays_whatever_is_read(world: World, document: Document) -> None:
    by = world.actor("clerk")
    findings.confirm(directive(document, 0), by=by, seen=1)
    findings.correct(directive(document, 1), {"area": "甲"}, by=by, seen=1)
    findings.reject(directive(document, 2), by=by, seen=1, reason="口号")
    shaping.merge(directive(document, 3), directive(document, 4), by=by, seen=1, other_seen=1)
    at = document.restored.index("，区水务局") + 1
    shaping.split(directive(document, DOUBLE), at, by=by, seen=1)
    findings.confirm(directive(document, 59), by=by, seen=1)
    kept = [
        row
        for row in standing(document)["findings"]
        if row[2] != "proposed" or "by hand" in "".join(row[6])
    ]
    assert len(kept) == 7
    touched = [each for each in found(document, newer()) if each.touched]
    assert [each.what for each in touched] == ["changed"] * 3  # confirmed, corrected, merged
    again(world, document)
    rows = standing(document)["findings"]
    assert all(row in rows for row in kept)
    assert sum(row[0] == "directive" for row in rows) == 60
    assert audit().whole


def test_one_by_one_also_what_a_person_settled_and_then_it_is_corrected(
    world: World, document: Document
) -> None:
    findings.confirm(directive(document, 0), by=world.actor("clerk"), seen=1)
    offered = found(document, newer())
    wanted = next(each for each in offered if each.touched)
    again(world, document, take=[wanted.key])
    row = directive(document, 0)
    assert (row.state, row.value["responsible_units"]) == ("corrected", ["区应急局"])
    left = {each.key for each in found(document, newer())}
    assert left == {each.key for each in offered} - {wanted.key}


def test_what_is_chosen_from_an_old_page_is_refused(world: World, document: Document) -> None:
    wanted = next(each for each in found(document, newer()) if each.what == "changed")
    findings.confirm(directive(document, 0), by=world.actor("head"), seen=1)
    row, fresh = Document.objects.get(pk=document.pk), world.receive()
    clerk, inspector = world.actor("clerk"), world.actor("inspector")
    before = everything()
    with pytest.raises(Stale):
        again(world, document, take=[wanted.key])
    with pytest.raises(NotAllowed):
        read_again(row, newer(), by=inspector, seen=row.version)
    with pytest.raises(WrongState):
        read_again(fresh, newer(), by=clerk, seen=fresh.version)
    assert everything() == before


def test_it_is_taken_back_whole(world: World, document: Document) -> None:
    document = Document.objects.get(pk=document.pk)
    before = standing(document)
    again(world, document)
    assert standing(document) != before
    withdraw(world, document)
    assert standing(document) == before


def test_of_two_who_read_again_at_once_one_does(world: World, document: Document) -> None:
    row = Document.objects.get(pk=document.pk)
    call = partial(read_again, row, newer(), by=world.actor("clerk"), seen=row.version)
    answers = together([call, call])
    assert sum(isinstance(each, Document) for each in answers) == 1
    assert document.findings.filter(kind="area").count() == 1
