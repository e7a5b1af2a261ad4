"""Who sees which items, documents and programmes, and with how many queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.delivery import queries
from luoshi.delivery.models import Report
from luoshi.intake import queries as intake
from luoshi.kernel.actor import SYSTEM
from luoshi.kernel.errors import NotFound
from luoshi.org import actions as org
from luoshi.org.queries import actor
from luoshi.programme import queries as programmes
from tests.world import JOINT, KEY, OFFICE, ORDINARY, PEOPLE, SIMPLE, WATER, World

ON = date(2023, 9, 14)
NAMES = [name for name, *_ in PEOPLE]
EVERYBODY_OF_THE_OFFICE = {"clerk", "head", "inspector", "verifier", "auditor"}
ALL = {SIMPLE, ORDINARY, KEY, JOINT}
SEEN_ONCE_ISSUED = {
    **dict.fromkeys((*EVERYBODY_OF_THE_OFFICE, "secretary", "publicity"), ALL),
    **dict.fromkeys(("housing", "housing_head"), ALL),
    **dict.fromkeys(("commerce", "commerce_head"), {JOINT}),
    "leader": {KEY},
    "water": set(),
}


def seen(world: World, name: str) -> set[str]:
    return {each.item.code for each in queries.items(world.actor(name), on=ON)}


def test_before_the_issue_only_the_office_sees_an_item(world: World) -> None:
    for name in NAMES:
        expected = ALL if name in EVERYBODY_OF_THE_OFFICE else set()
        assert seen(world, name) == expected, name


def test_once_issued_each_sees_what_is_his(world: World) -> None:
    world.issue()
    assert {name: seen(world, name) for name in NAMES} == SEEN_ONCE_ISSUED


def test_the_list_and_the_page_agree_on_what_is_visible(world: World) -> None:
    world.issue()
    for name, expected in SEEN_ONCE_ISSUED.items():
        viewer = world.actor(name)
        for code in ALL:
            if code in expected:
                assert queries.item(viewer, code).code == code
            else:
                with pytest.raises(NotFound):
                    queries.item(viewer, code)


def test_rows_of_an_item_are_seen_by_whom_the_item_is_seen(world: World) -> None:
    world.walk(KEY, to="report")
    world.draft_wording(KEY)
    report, lead, wording = world.last_report(KEY), world.lead(KEY), world.last_wording(KEY)
    for name, expected in SEEN_ONCE_ISSUED.items():
        viewer = world.actor(name)
        asked: list[Callable[[], object]] = [
            lambda viewer=viewer: queries.report(viewer, report.pk),
            lambda viewer=viewer: queries.assignment(viewer, lead.pk),
            lambda viewer=viewer: queries.wording(viewer, wording.pk),
        ]
        for ask in asked:
            if KEY in expected:
                assert ask() in (report, lead, wording)
            else:
                with pytest.raises(NotFound):
                    ask()


def test_what_is_not_there_is_not_found(world: World) -> None:
    viewer = world.actor("head")
    for code in ("2023-999", "2023-1", "2023", "x", "", "2023-0001", "２０２３-001", "2023-001-1"):
        with pytest.raises(NotFound):
            queries.item(viewer, code)
        with pytest.raises(NotFound):
            queries.public_item(code)
    with pytest.raises(NotFound):
        queries.report(viewer, 10**6)


def test_a_document_is_seen_by_the_office_the_leaders_and_units_with_an_item_from_it(
    world: World,
) -> None:
    def readers() -> set[str]:
        return {name for name in NAMES if list(intake.visible_documents(world.actor(name))) != []}

    always = {*EVERYBODY_OF_THE_OFFICE, "leader", "secretary", "publicity"}
    assert readers() == always
    world.issue()
    units = {"housing", "housing_head", "commerce", "commerce_head"}
    assert readers() == always | units
    with pytest.raises(NotFound):
        intake.document(world.actor("water"), world.document.pk)


def test_a_draft_is_seen_by_the_office_only(world: World) -> None:
    def readers() -> set[str]:
        return {name for name in NAMES if programmes.programmes(world.actor(name))}

    assert readers() == EVERYBODY_OF_THE_OFFICE
    world.issue()
    assert readers() == set(NAMES)


def test_who_has_no_right_any_more_sees_nothing(world: World) -> None:
    world.issue()
    person = org.add_person("无职", by=SYSTEM)
    account = org.open_account(person, "nobody", by=SYSTEM, password="x")
    org.grant_role(account, "inspector", world.unit(OFFICE), by=SYSTEM)
    viewer = actor(account)
    assert queries.items(viewer, on=ON) == []
    assert not intake.visible_documents(viewer).exists()


def test_an_item_has_a_public_page_only_while_it_is_open_or_withdrawn(world: World) -> None:
    world.issue()
    with pytest.raises(NotFound):
        queries.public_item(KEY)
    world.draft_wording(KEY)
    assert len(queries.waiting_wordings(world.actor("head"))) == 1
    world.approve_wording(KEY)
    assert queries.waiting_wordings(world.actor("head")) == []
    assert queries.public_item(KEY).publicity == "open"


def test_pages_of_the_list_follow_each_other_without_gap_or_double(world: World) -> None:
    viewer = world.actor("head")
    first = queries.items(viewer, on=ON, limit=3)
    assert [each.item.code for each in first] == [SIMPLE, ORDINARY, KEY, JOINT]
    after = queries.items(viewer, on=ON, limit=3, after=(2023, 3))
    assert [each.item.code for each in after] == [JOINT]
    assert queries.items(viewer, on=ON, after=(2023, 4)) == []
    assert queries.items(viewer, on=ON, programme=world.programme.pk + 1) == []


def test_the_list_says_whose_move_it_is_and_which_light_is_on(world: World) -> None:
    world.walk(KEY, to="verify")
    found = {each.item.code: each for each in queries.items(world.actor("head"), on=ON)}
    assert (found[KEY].holder.party, found[KEY].light.code) == ("leader", "early")
    assert (found[SIMPLE].holder.party, found[SIMPLE].light.code) == ("unit", "notyet")
    world.read(KEY)
    item = queries.item(world.actor("head"), KEY)
    view = queries.view(item, on=ON, holidays={})
    assert (view.holder.party, view.holder.verb) == ("inspector", "conclude")


QUERIES = {"clerk": 10, "housing": 10, "leader": 10, "publicity": 10, "water": 2}


@pytest.mark.parametrize("name", QUERIES)
def test_the_list_takes_as_many_queries_with_more_rows(world: World, name: str) -> None:
    world.walk(KEY, to="verify")
    viewer = world.actor(name)
    with CaptureQueriesContext(connection) as few:
        queries.items(viewer, on=ON)
    assert len(few) <= QUERIES[name]
    for code in (SIMPLE, ORDINARY):
        for verb in ("sign_for", "report", "sign", "accept"):
            getattr(world, verb)(code)
    assert Report.objects.count() == 3
    with CaptureQueriesContext(connection) as more:
        queries.items(viewer, on=ON)
    assert len(more) == len(few)


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (lambda w, viewer: queries.item(viewer, KEY), 13),
        (lambda w, viewer: queries.report(viewer, w.last_report(KEY).pk), 7),
        (lambda w, viewer: queries.assignment(viewer, w.lead(KEY).pk), 4),
        (lambda w, viewer: list(intake.documents(viewer)), 1),
        (lambda w, viewer: intake.findings(w.document), 2),
        (lambda w, viewer: programmes.programmes(viewer), 1),
        (lambda w, viewer: programmes.headings(w.programme), 4),
        (lambda w, viewer: programmes.coverage(w.document), 3),
        (lambda w, viewer: w.actor("housing"), 4),
    ],
    ids=["item", "report", "assignment", "documents", "findings", "programmes", "headings",
         "coverage", "actor"],
)  # fmt: skip
def test_a_question_takes_few_queries(
    world: World, ask: Callable[[World, object], object], most: int
) -> None:
    world.walk(KEY, to="read")
    viewer = world.actor("head")
    with CaptureQueriesContext(connection) as asked:
        ask(world, viewer)
    assert len(asked) <= most


def test_a_unit_without_an_item_is_told_nothing_about_others(world: World) -> None:
    world.issue()
    assert world.actor("water").unit == world.unit(WATER).pk
    assert not programmes.visible_items(world.actor("water")).exists()
