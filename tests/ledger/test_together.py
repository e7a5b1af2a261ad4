"""Many at the same moment: one winner on one row, nobody refused on eight, nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import transaction

from luoshi.delivery import actions as delivery
from luoshi.delivery.models import Assignment
from luoshi.intake import actions as intake
from luoshi.intake.models import Document
from luoshi.kernel.actor import SYSTEM, Actor
from luoshi.kernel.errors import KeyReused, Stale, WrongState
from luoshi.kernel.move import Move
from luoshi.kernel.verdict import ALLOWED
from luoshi.ledger import policy
from luoshi.ledger.audit import audit
from luoshi.ledger.door import change, once
from luoshi.ledger.models import Answer, Event, File
from luoshi.org import actions as org
from luoshi.org.policy import may
from luoshi.programme.actions import DutyGiven
from luoshi.programme.models import Item
from tests.together import everything, together
from tests.world import DISTRICT, HOUSING, KEY, ORDINARY, SIMPLE, World

TOUCH = Move("touch", "test.touched", "碰")
pytestmark = pytest.mark.both


@pytest.fixture
def _no_policy() -> Iterator[None]:
    """Everybody may do everything."""
    policy.fill(lambda actor, move, row, behalf: ALLOWED)
    yield
    policy.fill(may)


def split(answers: list[object]) -> tuple[list[object], list[object]]:
    """The answers that are no errors, and those that are."""
    failed = [answer for answer in answers if isinstance(answer, Exception)]
    return [answer for answer in answers if answer not in failed], failed


def test_of_eight_who_move_one_row_one_wins_and_the_others_learn_why(world: World) -> None:
    world.issue()
    row, by = world.lead(KEY), world.actor("housing")
    won, lost = split(together([partial(delivery.sign_for, row, by=by, seen=row.version)] * 8))
    assert len(won) == 1
    assert [type(error) for error in lost] == [WrongState] * 7
    assert Event.objects.filter(stream=row.stream, name="assignment.signed_for").count() == 1


def test_of_eight_who_write_one_row_in_place_one_wins_and_the_others_are_stale(
    world: World,
) -> None:
    row, by = world.document, world.actor("head")
    won, lost = split(
        together([partial(intake.stand_as, row, "basis", by=by, seen=row.version)] * 8)
    )
    assert len(won) == 1
    assert [type(error) for error in lost] == [Stale] * 7
    assert world.document.version == row.version + 1
    assert audit().whole


def test_eight_units_sign_for_their_parts_of_one_item_and_all_succeed(world: World) -> None:
    district = world.unit(DISTRICT)
    units = [org.add_unit(f"第{n}局", by=SYSTEM, parent=district) for n in range(8)]
    first, *others = units
    item = world.register(
        DutyGiven("lead_unit", unit=first),
        *(DutyGiven("responsible_unit", unit=unit) for unit in others),
    )
    org.grant_role(world.account("leader"), "liaison", district, by=SYSTEM, below=True)
    world.issue()
    by, rows = world.actor("leader"), list(Assignment.objects.filter(item=item))
    won, lost = split(
        together([partial(delivery.sign_for, row, by=by, seen=row.version) for row in rows])
    )
    assert (len(won), lost) == (8, [])
    events = Event.objects.filter(stream=item.stream).order_by("sequence")
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert audit().whole


@pytest.mark.usefixtures("_no_policy")
def test_two_verbs_that_need_each_others_streams_both_end(world: World) -> None:
    """Streams are locked sorted, whichever row is the main one: four times there and back."""
    one, two = world.item(SIMPLE), world.item(KEY)

    def touch(main: Item, other: Item) -> None:
        while True:
            seen = Item.objects.get(pk=main.pk).version
            try:
                with change(main, TOUCH, by=SYSTEM, seen=seen, also=[other.stream]):
                    inner = Item.objects.get(pk=other.pk).version
                    with change(other, TOUCH, by=SYSTEM, seen=inner):
                        return
            except Stale:
                continue

    _, lost = split(together([partial(touch, one, two), partial(touch, two, one)] * 4))
    assert lost == []
    for row in (one, two):
        assert Item.objects.get(pk=row.pk).version == row.version + 8
    assert audit().whole


def test_an_outer_transaction_and_the_door_do_not_wait_for_each_other(world: World) -> None:
    world.issue()
    by = world.actor("housing")

    def inside(code: str) -> None:
        with transaction.atomic():
            row = world.lead(code)
            delivery.sign_for(row, by=by, seen=row.version)

    def alone(code: str) -> None:
        row = world.lead(code)
        delivery.sign_for(row, by=by, seen=row.version)

    calls = [partial(inside, KEY), partial(alone, SIMPLE), partial(inside, ORDINARY)]
    calls += [partial(world.draft_wording, code) for code in (KEY, SIMPLE, ORDINARY)]
    _, lost = split(together(calls))
    assert lost == []
    assert audit().whole


def test_eight_who_register_at_once_get_numbers_without_a_gap(world: World) -> None:
    won, lost = split(together([world.register] * 8))
    assert lost == []
    assert sorted(item.serial for item in won if isinstance(item, Item)) == list(range(5, 13))
    assert audit().whole


def test_a_registration_that_fails_leaves_no_gap(world: World) -> None:
    housing = world.unit(HOUSING)
    broken = DutyGiven("lead_unit", unit=housing, post=world.post("leader"))
    with pytest.raises(Exception, match="duty_of_one_post_or_unit"):
        world.register(broken)
    assert world.register().code == "2023-005"


def test_the_same_upload_at_the_same_moment_is_one_document(world: World) -> None:
    before = Document.objects.count(), File.objects.count()
    won, lost = split(together([world.receive] * 6))
    assert lost == []
    assert len({document.pk for document in won if isinstance(document, Document)}) == 1
    assert (Document.objects.count(), File.objects.count()) == (before[0] + 1, before[1] + 1)
    assert audit().whole


# --- once ---


def register_once(world: World, key: str, by: Actor, content: object) -> object:
    return once(key, lambda: world.register().code, by=by, content=content)


def test_a_form_sent_twice_gets_the_first_answer_and_has_one_effect(world: World) -> None:
    by = world.actor("inspector")
    first = register_once(world, "k1", by, {"due": "2023-11-30"})
    before = everything()
    assert register_once(world, "k1", by, {"due": "2023-11-30"}) == first == "2023-005"
    assert everything() == before


def test_a_key_that_comes_again_with_other_content_is_refused(world: World) -> None:
    by = world.actor("inspector")
    register_once(world, "k1", by, {"due": "2023-11-30"})
    before = everything()
    with pytest.raises(KeyReused):
        register_once(world, "k1", by, {"due": "2023-12-30"})
    assert everything() == before


def test_two_accounts_may_use_the_same_key(world: World) -> None:
    one = register_once(world, "k1", world.actor("inspector"), {})
    two = register_once(world, "k1", world.actor("clerk"), {})
    assert (one, two) == ("2023-005", "2023-006")


def test_a_call_that_fails_leaves_its_key_free(world: World) -> None:
    row, by = world.document, world.actor("head")

    def stand(seen: int) -> int:
        return intake.stand_as(row, "basis", by=by, seen=seen).version

    with pytest.raises(Stale):
        once("k1", lambda: stand(0), by=by, content={})
    assert not Answer.objects.exists()
    assert once("k1", lambda: stand(row.version), by=by, content={}) == row.version + 1


def test_eight_sendings_of_one_form_at_once_have_one_effect(world: World) -> None:
    by = world.actor("inspector")
    answers = together([partial(register_once, world, "k1", by, {})] * 8)
    assert answers == ["2023-005"] * 8
    assert Item.objects.count() == 5
    assert threading.active_count() < 8
