"""合并, 拆分: the edges of directives move, their values with them, and nothing of the text is lost."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from luoshi.intake import findings, queries, shaping
from luoshi.intake.models import Document, Finding
from luoshi.intake.rules import span_map
from luoshi.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from luoshi.ledger.audit import audit
from luoshi.ledger.models import Event
from luoshi.programme import actions as programmes
from tests import sixty
from tests.sixty import DOUBLE, HALVED
from tests.together import everything, together
from tests.world import World

pytestmark = pytest.mark.both


@pytest.fixture
def document(world: World) -> Document:
    return sixty.take_in(world.actor("clerk"))


def directive(document: Document, number: int) -> Finding:
    rows = document.findings.filter(kind="directive").exclude(state="merged")
    return rows.select_related("document", "passage").get(order=(number + 2) * 10)


def words(row: Finding) -> str:
    row = Finding.objects.select_related("document", "passage").get(pk=row.pk)
    start, end = span_map(row.document.repairs).forward_span(row.passage.start, row.passage.end)
    return row.document.restored[start:end]


def merge(world: World, row: Finding, other: Finding, who: str = "clerk", **given: Any) -> Finding:
    seen = {"seen": row.version, "other_seen": other.version} | given
    return shaping.merge(row, other, by=world.actor(who), **seen)


def test_two_neighbours_become_one_and_the_second_says_so(world: World, document: Document) -> None:
    first, second = directive(document, HALVED), directive(document, HALVED + 1)
    made = merge(world, first, second)
    assert words(made) == f"{sixty.sentence(HALVED)}。{sixty.sentence(HALVED + 1)}"
    assert made.value["responsible_units"] == first.value["responsible_units"]
    assert made.value["deadline"] == second.value["deadline"]
    assert (made.state, made.doubts, made.confidence) == ("proposed", [], 700)
    second.refresh_from_db()
    assert (second.state, second.into_id) == ("merged", made.pk)
    assert second not in queries.findings(document)
    assert Event.objects.latest("pk").name == "finding.merged"
    assert audit().whole


def test_the_one_before_can_be_taken_in_as_well(world: World, document: Document) -> None:
    first, second = directive(document, HALVED), directive(document, HALVED + 1)
    assert queries.neighbours(second)[0] == first
    made = merge(world, second, first)
    assert made.pk == second.pk
    assert words(made) == f"{sixty.sentence(HALVED)}。{sixty.sentence(HALVED + 1)}"
    assert made.value["responsible_units"] == first.value["responsible_units"]
    assert made.order == first.order


def test_a_directive_is_cut_where_its_words_pause(world: World, document: Document) -> None:
    row = directive(document, DOUBLE)
    whole = words(row)
    at = document.restored.index(whole) + whole.index("，") + 1
    first, second = shaping.split(row, at, by=world.actor("clerk"), seen=row.version)
    assert (words(first), words(second)) == tuple(whole.split("，"))
    assert first.value["responsible_units"] == ["区商务局"]
    assert second.value["responsible_units"] == ["区水务局"]
    assert (first.value["deadline"], second.value["deadline"]["value"]) == (None, "2023-06")
    assert [len(each.value["targets"]) for each in (first, second)] == [0, 1]
    assert first.doubts == ["no-deadline"]
    assert (first.state, second.state) == ("proposed", "proposed")
    rows = [each.pk for each in queries.findings(document)]
    assert rows.index(second.pk) == rows.index(first.pk) + 1
    assert audit().whole


def test_what_was_cut_is_made_whole_again(world: World, document: Document) -> None:
    row = directive(document, DOUBLE)
    before, value = words(row), row.value
    at = document.restored.index(before) + before.index("，") + 1
    first, second = shaping.split(row, at, by=world.actor("clerk"), seen=row.version)
    made = merge(world, first, second)
    assert words(made) == before
    assert made.value == value


@pytest.mark.parametrize("end", [False, True])
def test_a_cut_at_an_edge_is_refused_and_changes_nothing(
    world: World, document: Document, end: bool
) -> None:
    row = directive(document, DOUBLE)
    at = document.restored.index(words(row)) + (len(words(row)) if end else 0)
    before = everything()
    with pytest.raises(Invalid) as caught:
        shaping.split(row, at, by=world.actor("clerk"), seen=row.version)
    assert caught.value.fields == {"at": "outside_words"}
    assert everything() == before


def test_what_does_not_stand_side_by_side_is_not_merged(world: World, document: Document) -> None:
    first, third = directive(document, 0), directive(document, 2)
    with pytest.raises(WrongState, match="no_neighbours"):
        merge(world, first, third)
    with pytest.raises(WrongState, match="no_neighbours"):
        merge(world, first, first)
    title = document.findings.get(kind="title")
    with pytest.raises(WrongState, match="only_directives"):
        merge(world, title, first)
    with pytest.raises(NotFound):
        merge(world, first, world.finding("directive"))
    # one rejected in between is no directive any more
    second = directive(document, 1)
    findings.reject(second, by=world.actor("clerk"), seen=second.version, reason="重复")
    assert merge(world, first, third).pk == first.pk


def test_a_sentence_with_something_to_follow_is_left_as_it_is(
    world: World, document: Document
) -> None:
    row, other = directive(document, 0), directive(document, 1)
    row = findings.confirm(row, by=world.actor("clerk"), seen=row.version)
    programmes.link(row, "general", by=world.actor("clerk"))
    for act in (
        lambda: merge(world, row, other),
        lambda: merge(world, other, row),
        lambda: shaping.split(row, 30, by=world.actor("clerk"), seen=row.version),
    ):
        with pytest.raises(WrongState, match="linked_already"):
            act()


def test_an_old_page_and_a_wrong_person_change_nothing(world: World, document: Document) -> None:
    first, second = directive(document, 0), directive(document, 1)
    before = everything()
    with pytest.raises(NotAllowed):
        merge(world, first, second, "inspector")
    with pytest.raises(NotAllowed):
        shaping.split(first, 30, by=world.actor("inspector"), seen=first.version)
    for seen in ({"seen": 9}, {"other_seen": 9}):
        with pytest.raises(Stale):
            merge(world, first, second, **seen)
    assert everything() == before


def test_of_two_who_merge_at_once_one_does(world: World, document: Document) -> None:
    rows = [directive(document, number) for number in (0, 1, 2)]
    clerk, head = world.actor("clerk"), world.actor("head")
    one = partial(shaping.merge, rows[0], rows[1], by=clerk, seen=1, other_seen=1)
    two = partial(shaping.merge, rows[1], rows[2], by=head, seen=1, other_seen=1)
    answers = together([one, two])
    assert sum(isinstance(each, Finding) for each in answers) == 1
    assert document.findings.filter(state="merged").count() == 1
    assert audit().whole


def test_what_a_person_stood_behind_is_corrected_by_a_merger(
    world: World, document: Document
) -> None:
    clerk = world.actor("clerk")
    rows = [directive(document, number) for number in (0, 1)]
    first, second = (findings.confirm(row, by=clerk, seen=row.version) for row in rows)
    assert merge(world, first, second).state == "corrected"
