"""The one door: who may not, what is in the wrong state or stale, changes nothing and is noted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from luoshi.delivery import actions as delivery
from luoshi.delivery.states import SIGN_FOR
from luoshi.intake import actions as intake
from luoshi.intake import findings
from luoshi.intake.models import Document
from luoshi.intake.states import MARK, STAND_AS
from luoshi.kernel.errors import Invalid, LuoshiError, NotAllowed, NotFound, Stale, WrongState
from luoshi.kernel.move import Move
from luoshi.ledger import clock, policy
from luoshi.ledger.audit import audit
from luoshi.ledger.door import UndeclaredStream, change, note
from luoshi.ledger.files import file_path
from luoshi.ledger.models import Event, EventBody, File
from luoshi.ledger.reading import trail
from luoshi.org.policy import may
from luoshi.programme.models import Link
from tests.together import everything
from tests.world import KEY, ORDINARY, TODAY, World, at, upload


@contextmanager
def refused(kind: type[LuoshiError], code: str) -> Iterator[None]:
    """The block ends with this refusal and leaves every row of every table as it was."""
    before = everything()
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.code == code
    assert everything() == before


def last(stream: str) -> Event:
    return Event.objects.filter(stream=stream).latest("sequence")


@pytest.mark.both
def test_a_step_by_the_wrong_person_changes_no_row(world: World) -> None:
    world.issue()
    row = world.lead(KEY)
    with refused(NotAllowed, "not_your_role"):
        delivery.sign_for(row, by=world.actor("commerce"), seen=row.version)


@pytest.mark.both
def test_a_step_from_the_wrong_state_changes_no_row(world: World) -> None:
    world.walk(KEY, to="sign_for")
    row = world.lead(KEY)
    with refused(WrongState, "wrong_state"):
        delivery.sign_for(row, by=world.actor("housing"), seen=row.version)


@pytest.mark.both
def test_a_stale_form_changes_no_row(world: World) -> None:
    row = world.document
    with refused(Stale, "stale"):
        intake.stand_as(row, "basis", by=world.actor("head"), seen=row.version - 1)


def test_who_may_not_learns_neither_state_nor_staleness(world: World) -> None:
    world.walk(KEY, to="sign_for")
    with refused(NotAllowed, "not_your_role"):
        delivery.sign_for(world.lead(KEY), by=world.actor("commerce"), seen=0)


def test_of_a_stale_form_on_a_row_that_moved_on_the_state_is_told(world: World) -> None:
    world.walk(KEY, to="sign_for")
    with refused(WrongState, "wrong_state"):
        delivery.sign_for(world.lead(KEY), by=world.actor("housing"), seen=1)


@pytest.mark.both
def test_an_error_in_the_body_changes_no_row(world: World) -> None:
    row, head = world.document, world.actor("head")

    def break_off() -> None:
        files = [upload(b"new")]
        with change(row, STAND_AS, by=head, seen=row.version, files=files) as step:
            step.row.standing = "basis"
            raise ZeroDivisionError

    before = everything()
    with pytest.raises(ZeroDivisionError):
        break_off()
    assert everything() == before


def test_a_row_that_is_not_there_is_not_found(world: World) -> None:
    with refused(NotFound, "not_found"), change(
        Document(pk=10**6), STAND_AS, by=world.actor("head"), seen=1
    ):  # fmt: skip
        pytest.fail("the body was entered")


def test_a_refused_create_leaves_no_row_and_no_file(world: World) -> None:
    world.walk(KEY, to="sign_for")
    with refused(NotAllowed, "not_your_role"):
        delivery.report(
            world.lead(KEY), by=world.actor("commerce"), done="x", uploads=[upload(b"refused")]
        )
    with refused(NotAllowed, "not_your_role"):
        world.receive("来文", by="housing")
    assert not File.objects.filter(size=len(b"refused")).exists()
    assert not file_path(hashlib.sha256(b"refused").hexdigest()).exists()


@pytest.mark.both
def test_an_empty_slot_of_the_policy_refuses_everything(world: World) -> None:
    row = world.document
    policy.empty()
    try:
        with refused(NotAllowed, "no_policy"):
            intake.stand_as(row, "basis", by=world.actor("head"), seen=row.version)
        with refused(NotAllowed, "no_policy"):
            world.receive()
    finally:
        policy.fill(may)


def test_a_move_without_a_rule_is_refused(world: World) -> None:
    unknown = Move("unknown", "document.unknown", "未知")
    row = world.document
    with refused(NotAllowed, "no_rule"), change(
        row, unknown, by=world.actor("head"), seen=row.version
    ):  # fmt: skip
        pytest.fail("the body was entered")


@pytest.mark.both
def test_a_refusal_is_noted_with_who_what_and_why(world: World) -> None:
    world.issue()
    row, commerce = world.lead(KEY), world.actor("commerce").through("web", "10.0.0.7")
    with pytest.raises(NotAllowed) as caught:
        delivery.sign_for(row, by=commerce, seen=row.version)
    before = everything(but=("ledger_event", "ledger_eventbody"))
    note(caught.value, by=commerce)
    event, body = trail([f"refusal:{commerce.account}"])[-1]
    assert (event.name, event.subject, event.person) == (
        "refused", row.subject, f"person:{commerce.person}",
    )  # fmt: skip
    assert (body["verb"], body["code"], body["from"]) == ("sign_for", "not_your_role", "10.0.0.7")
    assert everything(but=("ledger_event", "ledger_eventbody")) == before
    assert audit().whole


def test_a_refusal_inside_another_door_says_what_it_was_about(world: World) -> None:
    row, item, head = world.document, world.item(KEY), world.actor("head")
    outer = change(row, STAND_AS, by=head, seen=row.version, also=[item.stream])
    inner = change(item, SIGN_FOR, by=head, seen=item.version)
    with pytest.raises(NotAllowed) as caught, outer, inner:
        pytest.fail("the body was entered")
    assert caught.value.subject == item.subject  # type: ignore[attr-defined]


@pytest.mark.both
def test_a_door_inside_another_on_a_stream_that_was_not_declared_is_refused(world: World) -> None:
    row, finding, head = world.document, world.finding("theme"), world.actor("head")

    def reach_too_far() -> None:
        with change(row, STAND_AS, by=head, seen=row.version):
            findings.confirm(finding, by=world.actor("clerk"), seen=finding.version)
            world.receive("第三份")

    before = everything()
    with pytest.raises(UndeclaredStream):
        reach_too_far()
    assert everything() == before


def test_a_row_of_another_stream_is_neither_added_nor_changed_along(world: World) -> None:
    document, item = world.document, world.item(KEY)
    head = world.actor("head")
    with pytest.raises(UndeclaredStream), change(
        document, STAND_AS, by=head, seen=document.version
    ) as step:  # fmt: skip
        step.follow(item, requirement="改")
    with pytest.raises(UndeclaredStream), change(
        document, STAND_AS, by=head, seen=document.version
    ) as step:  # fmt: skip
        step.add(Link(document_id=document.pk + 1, passage_id=1, kind="general"))
    assert world.item(KEY).requirement == item.requirement


def test_the_row_is_a_fresh_copy_and_what_the_caller_holds_is_not_saved(world: World) -> None:
    row = world.document
    row.title, row.source = "没有存的题目", "没有存的来源"
    intake.stand_as(row, "basis", by=world.actor("head"), seen=row.version)
    fresh = world.document
    assert (fresh.standing, fresh.title != row.title, fresh.source != row.source) == (
        "basis", True, True,
    )  # fmt: skip


def test_the_event_holds_after_values_of_what_changed_and_nothing_else(world: World) -> None:
    row = world.document
    intake.stand_as(row, "basis", by=world.actor("head"), seen=row.version, reason="已印发")
    event, body = trail([row.stream])[-1]
    assert event.name == "document.stands_as"
    assert body["rows"] == {row.subject: {"standing": "basis"}}
    assert body["reason"] == "已印发"
    assert world.document.version == row.version + 1


def test_an_act_that_changes_no_field_still_moves_the_version(world: World) -> None:
    row = world.document
    intake.stand_as(row, row.standing, by=world.actor("head"), seen=row.version)
    assert world.document.version == row.version + 1
    assert trail([row.stream])[-1][1]["rows"] == {}


def test_the_header_holds_opaque_codes_only(world: World) -> None:
    world.walk(KEY, to="sign")
    for event in Event.objects.all():
        assert "".join(map(str, event.header.values())).isascii()
    signed, head = last(world.item(KEY).stream), world.actor("housing")
    assert signed.behalf == f"person:{world.person('housing_head').pk}"
    assert signed.person == f"person:{head.person}"
    assert (signed.unit, signed.post) == (f"unit:{head.unit}", f"post:{head.post}")


def test_all_events_of_one_press_have_one_act_and_one_moment(world: World) -> None:
    world.issue()
    event = last(world.programme.stream)
    same = Event.objects.filter(act=event.act)
    assert {each.at for each in same} == {event.at}
    streams = {each.stream for each in same}
    assert streams == {world.programme.stream, *(f"item:{n}" for n in _item_keys(world))}


def _item_keys(world: World) -> list[int]:
    return [listing.item_id for listing in world.heading.listings.all()]


def test_every_row_of_one_act_stands_in_its_event(world: World) -> None:
    item = world.register()
    body = trail([item.stream])[-1][1]
    kinds = sorted(subject.partition(":")[0] for subject in body["rows"])
    assert kinds == ["duty", "item", "listing"]
    assert trail([world.document.stream])[-1][0].name == "link.made"


def test_an_act_is_entered_now_and_may_have_happened_earlier(world: World) -> None:
    world.issue()
    row = world.lead(KEY)
    row = delivery.sign_for(
        row, by=world.actor("housing"), seen=row.version, happened=date(2023, 2, 18)
    )
    event = last(row.stream)
    assert event.happened == "2023-02-18"
    assert event.at.startswith("2023-09-14")
    assert event.clock == "demo"
    assert row.signed_for_on == date(2023, 2, 18)


@pytest.mark.parametrize("days", [1, 400])
def test_an_act_cannot_have_happened_later_than_it_is_entered(world: World, days: int) -> None:
    world.issue()
    row = world.lead(KEY)
    with refused(Invalid, "happened_later_than_entered"):
        delivery.sign_for(
            row, by=world.actor("housing"), seen=row.version, happened=TODAY + timedelta(days)
        )


def test_a_moment_later_than_now_is_refused_also_on_the_same_day(world: World) -> None:
    row = world.document
    later: datetime = clock.now() + timedelta(minutes=1)
    with refused(Invalid, "happened_later_than_entered"), change(
        row, STAND_AS, by=world.actor("head"), seen=row.version, happened=later
    ):  # fmt: skip
        pytest.fail("the body was entered")


def test_two_doors_one_after_the_other_in_one_transaction_are_two_acts(world: World) -> None:
    with transaction.atomic():
        one = intake.stand_as(
            world.document, "basis", by=world.actor("head"), seen=world.document.version
        )
        intake.stand_as(one, "reference", by=world.actor("head"), seen=one.version)
    first, second = Event.objects.filter(stream=one.stream).order_by("-sequence")[:2]
    assert first.act != second.act
    assert audit().whole


def test_a_refusal_inside_an_outer_transaction_leaves_the_transaction_usable(world: World) -> None:
    row = world.document
    with transaction.atomic():
        with pytest.raises(Stale):
            intake.stand_as(row, "basis", by=world.actor("head"), seen=0)
        intake.stand_as(row, "basis", by=world.actor("head"), seen=row.version)
    assert world.document.standing == "basis"
    assert audit().whole


def test_a_new_row_whose_body_sets_more_is_recorded_as_it_ends(world: World) -> None:
    document = world.receive()
    body = trail([document.stream])[0][1]
    assert body["rows"][document.subject]["file"] == document.file_id
    assert body["rows"][document.subject]["received"].startswith("sha256:")
    assert "另一份文件" not in json.dumps(body, ensure_ascii=False)


def test_words_without_a_row_stand_in_the_body(world: World) -> None:
    row = world.document
    with change(row, MARK, by=world.actor("clerk"), seen=row.version) as step:
        step.say(words="两段")
    assert trail([row.stream])[-1][1]["facts"] == {"words": "两段"}


def test_only_a_demo_may_set_the_clock(database: object) -> None:
    with pytest.raises(RuntimeError, match="demo"), at(TODAY):
        pytest.fail("time was moved")


def test_bodies_and_events_come_in_pairs(world: World) -> None:
    world.walk(ORDINARY, to="accept")
    assert set(EventBody.objects.values_list("pk", flat=True)) == set(
        Event.objects.values_list("pk", flat=True)
    )
