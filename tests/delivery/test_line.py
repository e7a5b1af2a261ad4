"""From the issue to the strike-off: what each step asks for, and what it leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.delivery import actions as delivery
from luoshi.delivery.models import Assignment, Report
from luoshi.kernel.errors import Invalid, LuoshiError, WrongState
from luoshi.ledger.audit import audit
from luoshi.ledger.models import Event
from luoshi.programme import actions as programmes
from luoshi.programme.actions import DutyGiven
from luoshi.programme.models import Item
from tests.together import everything
from tests.world import (
    COMMERCE,
    HOUSING,
    ISSUED,
    JOINT,
    KEY,
    ORDINARY,
    READ,
    REPORTED,
    REVIEWED,
    SIGNED,
    SIMPLE,
    VERIFIED,
    WATER,
    World,
    at,
    upload,
)


def issue(world: World, **given: object) -> None:
    values = {
        "approved_at": "区政府常务会议", "number": "区督字〔2023〕6号", "issued_on": ISSUED,
        "exception": "末句为总体要求",
    } | given  # fmt: skip
    row = world.programme
    delivery.issue(row, by=world.actor("head"), seen=row.version, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["approved_at", "number"])
def test_a_list_is_not_issued_without_its_meeting_and_its_number(world: World, field: str) -> None:
    before = everything()
    with pytest.raises(Invalid) as caught:
        issue(world, **{field: "  "})
    assert caught.value.fields == {field: "required"}
    assert everything() == before


def test_a_directive_without_a_link_stops_the_issue_until_somebody_says_why(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        issue(world, exception="")
    assert caught.value.fields == {"exception": "unlinked_directives"}
    issue(world, exception="末句为总体要求")
    assert world.programme.exception == "末句为总体要求"


def test_a_list_without_an_item_is_not_issued(world: World) -> None:
    empty = programmes.draft_programme(
        world.document, title="又一份", year=2024, by=world.actor("clerk")
    )
    with pytest.raises(Invalid) as caught:
        delivery.issue(
            empty, by=world.actor("head"), seen=1, approved_at="会", number="号", issued_on=ISSUED
        )
    assert caught.value.fields["items"] == "no_items"


def test_an_item_without_one_lead_stops_the_whole_issue(world: World) -> None:
    item = world.register(
        DutyGiven("responsible_unit", unit=world.unit(HOUSING)),
        DutyGiven("responsible_unit", unit=world.unit(WATER)),
    )
    before = everything()
    with pytest.raises(Invalid) as caught:
        issue(world)
    assert (caught.value.code, caught.value.values["item"]) == ("one_lead_per_item", item.code)
    assert everything() == before


def test_an_item_that_changed_meanwhile_stops_the_issue(world: World) -> None:
    stale = world.programme
    world.register()
    before = everything()
    with pytest.raises(LuoshiError):
        delivery.issue(
            stale, by=world.actor("head"), seen=stale.version + 1, approved_at="会", number="号",
            issued_on=ISSUED, exception="x",
        )  # fmt: skip
    assert everything() == before


def test_one_press_assigns_every_item_to_its_units(world: World) -> None:
    issue(world)
    assert set(Item.objects.values_list("state", "issued_on")) == {("issued", ISSUED)}
    rows = Assignment.objects.order_by("item__serial", "-lead")
    assert list(rows.values_list("item__serial", "unit__name", "lead", "part", "state")) == [
        (1, HOUSING, True, "", "to_sign_for"),
        (2, HOUSING, True, "", "to_sign_for"),
        (3, HOUSING, True, "", "to_sign_for"),
        (4, HOUSING, True, "", "to_sign_for"),
        (4, COMMERCE, False, "招商", "to_sign_for"),
    ]
    assert {row.due for row in rows} == {date(2023, 11, 30)}
    assert Event.objects.filter(name="item.assigned").count() == 4


def test_a_cooperating_unit_without_a_part_is_not_asked_for_anything(world: World) -> None:
    item = world.register(
        DutyGiven("lead_unit", unit=world.unit(HOUSING)),
        DutyGiven("cooperating_unit", unit=world.unit(WATER)),
    )
    issue(world)
    assert [row.unit.name for row in item.assignments.all()] == [HOUSING]


# --- reports ---


def test_a_claim_needs_evidence_and_an_ordinary_report_does_not(world: World) -> None:
    world.walk(KEY, to="sign_for")
    before = everything()
    with pytest.raises(Invalid) as caught:
        world.report(KEY, uploads=[])
    assert caught.value.fields == {"evidence": "claim_needs_evidence"}
    assert everything() == before
    assert world.report(KEY, uploads=[], claim=False).evidence.count() == 0


def test_a_report_says_something(world: World) -> None:
    world.walk(KEY, to="sign_for")
    with pytest.raises(Invalid) as caught:
        world.report(KEY, done=" \n")
    assert caught.value.fields == {"done": "required"}


@pytest.mark.parametrize("first", ["written", "signed"])
def test_while_a_report_is_under_way_there_is_no_second_one(world: World, first: str) -> None:
    world.walk(KEY, to="sign_for")
    world.report(KEY, claim=False)
    if first == "signed":
        world.sign(KEY)
    before = everything()
    with pytest.raises(WrongState) as caught:
        world.report(KEY)
    assert caught.value.code == "report_under_way"
    assert everything() == before


def test_reports_are_counted_and_dated_and_keep_their_files(world: World) -> None:
    world.walk(KEY, to="sign")
    world.send_back(KEY)
    second = world.report(KEY, uploads=[upload(b"a", "甲.txt"), upload(b"b", "乙.txt")])
    assert (second.order, second.reported_on, second.state) == (2, REPORTED, "written")
    assert [each.file.name for each in second.evidence.order_by("pk")] == ["甲.txt", "乙.txt"]
    assert world.last_report(KEY).written_by == world.person("housing")


def test_a_report_that_was_sent_back_inside_the_unit_can_be_written_anew(world: World) -> None:
    world.walk(KEY, to="report")
    row = world.last_report(KEY)
    delivery.return_inside(row, by=world.actor("housing_head"), seen=row.version, reason="补数")
    assert world.report(KEY).order == 2


def test_the_leads_claim_waits_for_the_parts_or_names_who_is_missing(world: World) -> None:
    world.walk(JOINT, to="sign_for")
    before = everything()
    with pytest.raises(Invalid) as caught:
        world.report(JOINT)
    assert caught.value.fields == {"excepted": "parts_missing"}
    assert caught.value.values["units"] == COMMERCE
    assert everything() == before
    assert world.report(JOINT, claim=False).claim is False


def test_the_leads_claim_may_go_without_a_part_that_it_names(world: World) -> None:
    world.walk(JOINT, to="sign_for")
    assert world.report(JOINT, excepted="区商务局未报").excepted == "区商务局未报"


def test_the_leads_claim_goes_once_every_part_is_accepted(world: World) -> None:
    world.walk(JOINT, to="sign_for")
    world.sign_for_part()
    by = world.actor("commerce")
    part = delivery.report(world.part(), by=by, done="招商", claim=True, uploads=[upload()])
    part = delivery.sign(part, by=by, seen=part.version, behalf=world.person("commerce_head"))
    with pytest.raises(Invalid):
        world.report(JOINT)
    delivery.accept(part, by=world.actor("inspector"), seen=part.version)
    assert world.part().state == "accepted"
    assert world.item(JOINT).claimed_on is None
    assert world.report(JOINT).claim is True


def test_signing_a_claim_moves_report_and_assignment_in_one_event(world: World) -> None:
    world.walk(KEY, to="sign")
    report, lead = world.last_report(KEY), world.lead(KEY)
    assert (report.state, lead.state) == ("signed", "claimed")
    assert report.signed_by == world.person("housing_head")
    assert report.signed_on == SIGNED
    assert Event.objects.filter(stream=report.stream).latest("sequence").name == "report.signed"


def test_signing_an_ordinary_report_leaves_the_unit_at_work(world: World) -> None:
    world.walk(KEY, to="sign_for")
    world.report(KEY, claim=False)
    world.sign(KEY)
    assert world.lead(KEY).state == "working"
    world.accept(KEY)
    assert (world.lead(KEY).state, world.item(KEY).claimed_on) == ("working", None)


def test_an_accepted_claim_fixes_the_day_it_was_signed(world: World) -> None:
    world.walk(KEY, to="accept")
    assert (world.lead(KEY).state, world.item(KEY).claimed_on) == ("accepted", SIGNED)
    review = world.last_report(KEY).reviews.get()
    assert (review.accepted, review.person, review.reviewed_on) == (
        True, world.person("inspector"), REVIEWED,
    )  # fmt: skip


@pytest.mark.parametrize(("given", "field"), [({"reason": " "}, "reason"), ({"returned_as": "x"}, "returned_as")])  # fmt: skip
def test_a_report_is_sent_back_with_a_reason_and_a_kind(
    world: World, given: dict[str, str], field: str
) -> None:
    world.walk(KEY, to="sign")
    row = world.last_report(KEY)
    values = {"returned_as": "redo", "reason": "缺"} | given
    with pytest.raises(Invalid) as caught:
        delivery.send_back(row, by=world.actor("inspector"), seen=row.version, **values)
    assert list(caught.value.fields) == [field]
    assert world.lead(KEY).state == "claimed"


def test_a_claim_that_is_sent_back_puts_the_unit_to_work_again(world: World) -> None:
    world.walk(KEY, to="sign")
    world.send_back(KEY)
    assert world.lead(KEY).state == "working"
    review = world.last_report(KEY).reviews.get()
    assert (review.accepted, review.returned_as, review.reason) == (False, "supplement", "缺验收表")


# --- closing, by grade ---


@pytest.mark.parametrize("code", [SIMPLE, ORDINARY])
def test_below_the_key_grade_an_accepted_claim_is_enough(world: World, code: str) -> None:
    world.walk(code, to="sign")
    with pytest.raises(WrongState) as caught:
        world.conclude(code)
    assert caught.value.code == "claim_not_accepted"
    world.accept(code)
    world.conclude(code)
    assert world.item(code).state == "concluded"
    assert not world.item(code).assignments.filter(open=True).exists()


def test_a_key_item_is_verified_and_read_before_it_is_concluded(world: World) -> None:
    world.walk(KEY, to="accept")
    for missing, step in (("not_verified", world.verify), ("not_read", world.read)):
        with pytest.raises(WrongState) as caught:
            world.conclude(KEY)
        assert caught.value.code == missing
        step(KEY)
    world.conclude(KEY)
    perusal = world.item(KEY).perusals.get()
    assert (perusal.person, perusal.entered_by, perusal.read_on) == (
        world.person("leader"), world.person("secretary"), READ,
    )  # fmt: skip


def test_a_result_is_read_only_after_it_was_verified(world: World) -> None:
    world.walk(KEY, to="accept")
    with pytest.raises(WrongState) as caught:
        world.read(KEY)
    assert caught.value.code == "not_verified"


def test_a_reading_from_before_a_reopening_does_not_close_the_item_again(world: World) -> None:
    world.walk(KEY, to="conclude")
    row = world.item(KEY)
    with at(date(2023, 9, 12)):
        delivery.reopen(row, by=world.actor("head"), seen=row.version, reason="回头看不合格")
    again(world, date(2023, 9, 13))
    with pytest.raises(WrongState) as caught:
        conclude_today(world)
    assert caught.value.code == "not_read"
    row = world.item(KEY)
    delivery.read(row, by=world.actor("secretary"), seen=row.version, behalf=world.person("leader"))
    conclude_today(world)
    assert world.item(KEY).state == "concluded"
    assert audit().whole


def again(world: World, day: date) -> None:
    """The claim, once more, up to its verification."""
    with at(day):
        row = delivery.report(
            world.lead(KEY), by=world.actor("housing"), done="整改", claim=True, uploads=[upload()]
        )
        row = delivery.sign(
            row, by=world.actor("housing"), seen=row.version, behalf=world.person("housing_head")
        )
        delivery.accept(row, by=world.actor("inspector"), seen=row.version)
        lead = world.lead(KEY)
        delivery.verify(
            lead, by=world.actor("verifier"), seen=lead.version, method="papers", words="属实"
        )


def conclude_today(world: World) -> None:
    row = world.item(KEY)
    delivery.conclude(row, by=world.actor("inspector"), seen=row.version)


def test_a_report_that_waits_for_its_review_is_reviewed_before_the_conclusion(
    world: World,
) -> None:
    world.walk(JOINT, to="sign_for")
    world.sign_for_part()
    by = world.actor("commerce")
    part = delivery.report(world.part(), by=by, done="招商", claim=True, uploads=[upload()])
    part = delivery.sign(part, by=by, seen=part.version, behalf=world.person("commerce_head"))
    world.report(JOINT, excepted="区商务局")
    world.sign(JOINT)
    world.accept(JOINT)
    with pytest.raises(WrongState) as caught:
        world.conclude(JOINT)
    assert caught.value.code == "report_under_way"
    delivery.accept(part, by=world.actor("inspector"), seen=part.version)
    world.conclude(JOINT)


def test_what_was_refuted_goes_back_to_the_unit_and_is_not_finished(world: World) -> None:
    world.walk(KEY, to="accept")
    lead = world.lead(KEY)
    with at(VERIFIED):
        delivery.refute(
            lead, by=world.actor("verifier"), seen=lead.version, method="site", words="未完工"
        )
    assert (world.lead(KEY).state, world.item(KEY).claimed_on) == ("working", None)
    assert world.report(KEY).order == 2


@pytest.mark.parametrize(("given", "field"), [({"method": "guess"}, "method"), ({"words": ""}, "words")])  # fmt: skip
def test_a_verification_says_how_and_what(world: World, given: dict[str, str], field: str) -> None:
    world.walk(KEY, to="accept")
    lead = world.lead(KEY)
    values = {"method": "site", "words": "属实"} | given
    with pytest.raises(Invalid) as caught:
        delivery.verify(lead, by=world.actor("verifier"), seen=lead.version, **values)
    assert list(caught.value.fields) == [field]


def test_only_the_leads_assignment_is_verified(world: World) -> None:
    world.walk(JOINT, to="sign_for")
    world.sign_for_part()
    by = world.actor("commerce")
    part = delivery.report(world.part(), by=by, done="招商", claim=True, uploads=[upload()])
    part = delivery.sign(part, by=by, seen=part.version, behalf=world.person("commerce_head"))
    delivery.accept(part, by=world.actor("inspector"), seen=part.version)
    row = world.part()
    with pytest.raises(WrongState) as caught:
        delivery.verify(
            row, by=world.actor("verifier"), seen=row.version, method="site", words="属实"
        )
    assert caught.value.code == "only_the_lead_is_verified"


def test_a_reopened_item_is_worked_on_again_and_keeps_its_number_and_its_past(
    world: World,
) -> None:
    world.walk(KEY, to="strike_off")
    row = world.item(KEY)
    with pytest.raises(Invalid):
        delivery.reopen(row, by=world.actor("head"), seen=row.version, reason=" ")
    delivery.reopen(row, by=world.actor("head"), seen=row.version, reason="回头看不合格")
    item, lead = world.item(KEY), world.lead(KEY)
    assert (item.state, item.concluded_on, item.struck_off_on, item.claimed_on) == (
        "issued", None, None, None,
    )  # fmt: skip
    assert (lead.state, lead.open) == ("working", True)
    assert item.code == KEY
    assert Report.objects.filter(item=item, state="accepted").count() == 1
    assert audit().whole


# --- the order of days ---


@pytest.mark.parametrize("step", ["sign_for", "report", "sign", "read"])
def test_no_act_happened_before_the_one_it_rests_on(world: World, step: str) -> None:
    before = {"sign_for": "issue", "report": "sign_for", "sign": "report", "read": "verify"}[step]
    world.walk(KEY, to=before)
    early = {"sign_for": ISSUED, "report": ISSUED, "sign": ISSUED, "read": VERIFIED}[step]
    day = early - timedelta(1)
    rows = everything()
    with pytest.raises(Invalid) as caught:
        done_on(world, step, day)
    assert caught.value.fields == {"happened": "happened_before_the_step_before"}
    assert everything() == rows
    done_on(world, step, early)


def test_a_paper_may_have_been_signed_before_it_was_typed(world: World) -> None:
    world.walk(KEY, to="report")
    signed = REPORTED - timedelta(1)
    done_on(world, "sign", signed)
    assert world.last_report(KEY).signed_on == signed


def done_on(world: World, step: str, day: date) -> None:
    housing, item, lead = world.actor("housing"), world.item(KEY), world.lead(KEY)
    if step == "sign_for":
        delivery.sign_for(lead, by=housing, seen=lead.version, happened=day)
    elif step == "report":
        delivery.report(lead, by=housing, done="办", happened=day)
    elif step == "sign":
        row, head = world.last_report(KEY), world.person("housing_head")
        delivery.sign(row, by=housing, seen=row.version, behalf=head, happened=day)
    else:
        by, leader = world.actor("secretary"), world.person("leader")
        delivery.read(item, by=by, seen=item.version, behalf=leader, happened=day)


# --- the public ---


def test_an_item_is_public_from_the_approval_of_its_wording_on(world: World) -> None:
    world.walk(KEY, to="strike_off")
    assert world.item(KEY).publicity == "closed"
    world.draft_wording(KEY, "已完成改造")
    assert world.item(KEY).publicity == "closed"
    wording = world.approve_wording(KEY)
    assert world.item(KEY).publicity == "open"
    assert wording.approved_by == world.person("head")


def test_a_new_wording_takes_the_place_of_the_old_when_it_is_approved(world: World) -> None:
    world.issue()
    world.draft_wording(KEY, "甲")
    world.approve_wording(KEY)
    world.draft_wording(KEY, "乙")
    assert list(world.item(KEY).wordings.values_list("text", "state")) == [
        ("乙", "worded"), ("甲", "approved"),
    ]  # fmt: skip
    world.approve_wording(KEY)
    assert list(world.item(KEY).wordings.values_list("text", "state")) == [
        ("乙", "approved"), ("甲", "replaced"),
    ]  # fmt: skip


def test_a_page_that_is_closed_says_when_and_can_be_opened_again(world: World) -> None:
    world.issue()
    world.draft_wording(KEY)
    world.approve_wording(KEY)
    row = world.item(KEY)
    delivery.close_to_public(row, by=world.actor("publicity"), seen=row.version, reason="有误")
    row = world.item(KEY)
    assert (row.publicity, row.withdrawn_on) == ("withdrawn", date(2023, 9, 14))
    world.draft_wording(KEY, "更正后的口径")
    world.approve_wording(KEY)
    row = world.item(KEY)
    assert (row.publicity, row.withdrawn_on) == ("open", None)


def test_a_wording_says_something(world: World) -> None:
    world.issue()
    with pytest.raises(Invalid) as caught:
        world.draft_wording(KEY, " ")
    assert caught.value.fields == {"text": "required"}
