"""Who may take which step: every role × every verb, for another person, and who must be somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from luoshi.delivery import actions as delivery
from luoshi.delivery import states as of_delivery
from luoshi.delivery.models import PublicWording, Report
from luoshi.intake import states as of_intake
from luoshi.intake.models import Document
from luoshi.kernel.actor import SYSTEM, Actor
from luoshi.kernel.errors import NotAllowed
from luoshi.kernel.move import Move
from luoshi.ledger.erasing import ERASE
from luoshi.ledger.founding import FOUND
from luoshi.ledger.models import Recorded
from luoshi.org import actions as org
from luoshi.org import queries, states
from luoshi.org.models import Grant, Unit
from luoshi.org.policy import may, rule_of
from luoshi.programme import states as of_programme
from luoshi.programme.models import Item, Link, Programme
from tests.world import COMMERCE, DISTRICT, HOUSING, KEY, OFFICE, PEOPLE, SIMPLE, World

NAMES = [name for name, *_ in PEOPLE]

DESK = {"clerk", "head"}
MAKERS = {"clerk", "inspector", "head"}
UNIT_OF_THE_ROW = {"housing", "housing_head"}

# move, the row it is asked about, who may
TABLE: list[tuple[Move, Callable[[World], Recorded], set[str]]] = [
    (of_intake.RECEIVE, lambda w: Document(), DESK),
    (of_intake.READ_DOCUMENT, lambda w: w.document, DESK),
    (of_intake.CONFIRM, lambda w: w.finding("area"), DESK),
    (of_intake.CORRECT, lambda w: w.finding("area"), DESK),
    (of_intake.REJECT, lambda w: w.finding("area"), DESK),
    (of_intake.CONFIRM_SURE, lambda w: w.document, DESK),
    (of_intake.MARK, lambda w: w.document, DESK),
    (of_intake.CONFIRM_SELECTED, lambda w: w.document, DESK),
    (of_intake.MERGE, lambda w: w.finding("directive"), DESK),
    (of_intake.SPLIT, lambda w: w.finding("directive"), DESK),
    (of_intake.WITHDRAW, lambda w: w.document, DESK),
    (of_intake.READ_AGAIN, lambda w: w.document, DESK),
    (of_intake.STAND_AS, lambda w: w.document, {"head"}),
    (of_intake.OPEN_DOCUMENT, lambda w: w.document, {"head"}),
    (of_intake.CLOSE_DOCUMENT, lambda w: w.document, {"head"}),
    (of_programme.DRAFT_PROGRAMME, lambda w: Programme(), MAKERS),
    (of_programme.REGISTER_ITEM, lambda w: Item(), MAKERS),
    (of_programme.LINK, lambda w: Link(), MAKERS),
    (of_programme.UNLINK, lambda w: w.document.links.earliest("pk"), MAKERS),
    (of_delivery.ISSUE, lambda w: w.programme, {"head"}),
    (of_delivery.ASSIGN, lambda w: w.item(KEY), {"head"}),
    (of_delivery.SIGN_FOR, lambda w: w.lead(KEY), UNIT_OF_THE_ROW),
    (of_delivery.REPORT, lambda w: Report(assignment=w.lead(KEY)), UNIT_OF_THE_ROW),
    (of_delivery.SIGN, lambda w: w.last_report(KEY), {"housing_head"}),
    (of_delivery.RETURN_INSIDE, lambda w: w.last_report(KEY), {"housing_head"}),
    (of_delivery.ACCEPT, lambda w: w.last_report(KEY), {"inspector"}),
    (of_delivery.SEND_BACK, lambda w: w.last_report(KEY), {"inspector"}),
    (of_delivery.VERIFY, lambda w: w.lead(KEY), {"verifier"}),
    (of_delivery.REFUTE, lambda w: w.lead(KEY), {"verifier"}),
    (of_delivery.READ, lambda w: w.item(KEY), {"leader"}),
    (of_delivery.CONCLUDE, lambda w: w.item(KEY), {"inspector", "head"}),
    (of_delivery.STRIKE_OFF, lambda w: w.item(KEY), {"head"}),
    (of_delivery.STRIKE_OFF, lambda w: w.item(SIMPLE), {"head", "inspector"}),
    (of_delivery.REOPEN, lambda w: w.item(KEY), {"head"}),
    (of_delivery.DRAFT_WORDING, lambda w: PublicWording(item=w.item(KEY)),
     {"publicity", "inspector"}),
    (of_delivery.APPROVE_WORDING, lambda w: w.last_wording(KEY), {"head", "publicity"}),
    (of_delivery.CLOSE_TO_PUBLIC, lambda w: w.item(KEY), {"head", "publicity"}),
    *(
        (move, lambda w: w.document, DESK)
        for move in (
            of_intake.DECIDE_REPAIR, of_intake.WITHDRAW_DECISION, of_intake.LEARN_PAIR,
            of_intake.REVOKE_PAIR, of_intake.REINSTATE_PAIR,
        )
    ),
    (states.ADD_ALIAS, lambda w: w.unit(HOUSING), DESK),
    (states.ADD_UNIT, lambda w: w.unit(HOUSING), {"head"}),
    *(
        (move, lambda w: w.unit(HOUSING), set())
        for move in (*states.MOVES, FOUND, ERASE)
        if move not in (states.ADD_ALIAS, states.ADD_UNIT)
    ),
]  # fmt: skip


@pytest.fixture
def reported(world: World) -> World:
    """A report of the housing bureau, signed on paper; a wording drafted by the inspector."""
    world.walk(KEY, to="sign")
    world.draft_wording(KEY)
    return world


def test_every_role_may_take_exactly_the_steps_of_the_table(reported: World) -> None:
    people = {name: reported.actor(name) for name in NAMES}
    for move, row, expected in TABLE:
        asked = row(reported)
        allowed = {name for name, actor in people.items() if may(actor, move, asked)}
        assert allowed == expected, move.verb


def test_the_table_names_every_move_there_is() -> None:
    tabled = {move.event for move, _, _ in TABLE}
    moves = (*of_intake.MOVES, *of_programme.MOVES, *of_delivery.MOVES, *states.MOVES)
    assert tabled == {move.event for move in moves} | {FOUND.event, ERASE.event}


def test_the_machine_may_change_the_organisation_and_nothing_else(reported: World) -> None:
    for move, row, expected in TABLE:
        verdict = may(SYSTEM, move, row(reported))
        assert bool(verdict) == (not expected or move in states.MOVES), move.verb
        assert verdict or verdict.reason == "not_for_the_clock"


def test_a_refusal_names_the_roles_that_may(reported: World) -> None:
    verdict = may(reported.actor("clerk"), of_delivery.ACCEPT, reported.last_report(KEY))
    assert (verdict.reason, verdict.values["roles"]) == ("not_your_role", ["inspector"])


# --- for another person (代录) ---


def behalf(world: World, actor: str, move: Move, row: Recorded, person: str) -> str:
    return may(world.actor(actor), move, row, world.person(person).pk).reason


def test_the_secretary_enters_for_the_leader_and_the_liaison_for_the_head(world: World) -> None:
    world.walk(KEY, to="report")
    report, item = world.last_report(KEY), world.item(KEY)
    assert behalf(world, "housing", of_delivery.SIGN, report, "housing_head") == ""
    assert behalf(world, "secretary", of_delivery.READ, item, "leader") == ""


@pytest.mark.parametrize(
    ("actor", "move", "person", "reason"),
    [
        ("commerce", of_delivery.SIGN, "housing_head", "may_not_enter_for_another"),
        ("inspector", of_delivery.SIGN, "housing_head", "may_not_enter_for_another"),
        ("housing", of_delivery.SIGN, "commerce_head", "not_your_role"),
        ("housing", of_delivery.SIGN, "clerk", "not_your_role"),
        ("housing", of_delivery.RETURN_INSIDE, "housing_head", "may_not_enter_for_another"),
        ("clerk", of_delivery.READ, "leader", "may_not_enter_for_another"),
        ("secretary", of_delivery.READ, "housing_head", "not_your_role"),
        ("secretary", of_delivery.READ, "head", "not_your_role"),
    ],
)
def test_nobody_else_enters_for_another_and_only_for_whom_it_is(
    world: World, actor: str, move: Move, person: str, reason: str
) -> None:
    world.walk(KEY, to="report")
    row = world.item(KEY) if move is of_delivery.READ else world.last_report(KEY)
    assert behalf(world, actor, move, row, person) == reason


def test_who_enters_for_himself_acts_for_himself(world: World) -> None:
    world.walk(KEY, to="report")
    assert behalf(world, "housing", of_delivery.SIGN, world.last_report(KEY), "housing") == (
        "not_your_role"
    )


# --- persons are compared, not accounts ---


def second_account(world: World, name: str, role: str) -> Actor:
    """Another account of the same person, with another role everywhere."""
    account = org.open_account(world.person(name), f"{name}-2", by=SYSTEM, password="x")
    org.grant_role(account, role, world.unit(DISTRICT), by=SYSTEM, below=True)
    return queries.actor(account)


@pytest.mark.parametrize("name", ["housing", "housing_head"])
def test_neither_who_wrote_nor_who_signed_accepts_with_a_second_account(
    reported: World, name: str
) -> None:
    other = second_account(reported, name, "inspector")
    row = reported.last_report(KEY)
    for move in (of_delivery.ACCEPT, of_delivery.SEND_BACK):
        assert may(other, move, row).values["party"] == "reporter"
    with pytest.raises(NotAllowed) as caught:
        delivery.accept(row, by=other, seen=row.version)
    assert caught.value.code == "same_person"


@pytest.mark.parametrize(
    ("name", "party"), [("housing", "reporter"), ("housing_head", "reporter"), ("inspector", "reviewer")]
)  # fmt: skip
def test_neither_reporter_nor_reviewer_verifies_with_a_second_account(
    reported: World, name: str, party: str
) -> None:
    reported.accept(KEY)
    other = second_account(reported, name, "verifier")
    for move in (of_delivery.VERIFY, of_delivery.REFUTE):
        verdict = may(other, move, reported.lead(KEY))
        assert (verdict.reason, verdict.values["party"]) == ("same_person", party)


def test_the_reporter_does_not_conclude_with_a_second_account(reported: World) -> None:
    other = second_account(reported, "housing", "inspector")
    assert may(other, of_delivery.CONCLUDE, reported.item(KEY)).reason == "same_person"


def test_the_drafter_does_not_approve_with_a_second_account(reported: World) -> None:
    other = second_account(reported, "inspector", "office_head")
    assert may(other, of_delivery.APPROVE_WORDING, reported.last_wording(KEY)).reason == (
        "same_person"
    )


def test_the_publicity_desk_does_not_approve_what_it_drafted(world: World) -> None:
    world.issue()
    by = world.actor("publicity")
    wording = delivery.draft_wording(world.item(KEY), "公开", by=by)
    assert may(by, of_delivery.APPROVE_WORDING, wording).reason == "same_person"


# --- grants ---


def test_a_grant_at_one_unit_does_not_reach_another(world: World) -> None:
    housing = world.actor("housing")
    assert housing.rights == {"liaison": frozenset({world.unit(HOUSING).pk})}
    assert not may(housing, of_delivery.SIGN_FOR, _assigned(world, COMMERCE))


def _assigned(world: World, unit: str) -> Any:
    world.issue()
    row = world.lead(KEY)
    row.unit = world.unit(unit)
    return row


def test_a_grant_with_all_below_covers_the_units_below_and_no_others(world: World) -> None:
    below = org.add_unit("住建所", by=SYSTEM, parent=world.unit(HOUSING))
    org.grant_role(
        world.account("housing"), "unit_head", world.unit(HOUSING), by=SYSTEM, below=True
    )
    assert world.actor("housing").rights["unit_head"] == {world.unit(HOUSING).pk, below.pk}


def test_units_whose_numbers_begin_alike_are_not_above_each_other(world: World) -> None:
    """The path of unit 1 is no prefix of that of unit 11."""
    units = [org.add_unit(f"第{n}区", by=SYSTEM) for n in range(12)]
    longer = next(unit for unit in units if str(unit.pk).startswith("1") and unit.pk > 9)
    assert Unit.objects.get(pk=longer.pk).path == f"{longer.pk}/"
    assert longer.pk not in world.actor("head").rights["office_head"]


def test_a_grant_above_a_post_without_all_below_covers_only_its_own_unit(world: World) -> None:
    org.grant_role(world.account("water"), "inspector", world.unit(DISTRICT), by=SYSTEM)
    assert world.actor("water").rights["inspector"] == {world.unit(DISTRICT).pk}


def test_a_grant_at_a_unit_where_the_person_has_no_post_does_not_count(world: World) -> None:
    org.grant_role(world.account("water"), "clerk", world.unit(OFFICE), by=SYSTEM)
    assert not world.actor("water").has("clerk")


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (date(2023, 9, 14), date(2023, 9, 14), True),
        (date(2023, 9, 15), None, False),
        (None, date(2023, 9, 13), False),
    ],
)
def test_a_grant_counts_from_its_first_day_to_its_last(
    world: World, since: date | None, until: date | None, counts: bool
) -> None:
    grant = org.grant_role(
        world.account("water"), "inspector", world.unit(DISTRICT), by=SYSTEM, since=since
    )
    Grant.objects.filter(pk=grant.pk).update(until=until)
    assert world.actor("water").has("inspector") is counts


def test_who_has_two_posts_acts_in_the_chosen_one(world: World) -> None:
    post = org.add_post(world.unit(COMMERCE), "挂职", by=SYSTEM, order=5)
    org.appoint(world.person("housing"), post, by=SYSTEM)
    org.grant_role(world.account("housing"), "unit_head", world.unit(COMMERCE), by=SYSTEM)
    account = world.account("housing")
    assert queries.actor(account).has("liaison")
    assert not queries.actor(account).has("unit_head")
    assert queries.actor(account, post=post.pk).rights.keys() == {"unit_head"}


def test_a_post_that_is_not_held_cannot_be_chosen(world: World) -> None:
    actor = queries.actor(world.account("housing"), post=world.post("head").pk)
    assert actor.unit == world.unit(HOUSING).pk
    assert not actor.has("office_head")


def test_a_person_of_a_closed_account_lends_no_rights(world: World) -> None:
    world.walk(KEY, to="report")
    org.close_account(world.account("housing_head"), by=SYSTEM)
    assert behalf(
        world, "housing", of_delivery.SIGN, world.last_report(KEY), "housing_head"
    ) == "not_your_role"  # fmt: skip


def test_every_move_of_the_table_has_its_rule() -> None:
    assert all(rule_of(move) is not None for move, _, _ in TABLE)
