"""Every state of programmes, items, assignments, reports and public wordings × every verb."""

from __future__ import annotations

import pytest

from luoshi.delivery import actions as delivery
from luoshi.delivery.models import PublicWording
from luoshi.delivery.states import ASSIGNMENT_STATES, REPORT_STATES, WORDING_STATES
from luoshi.programme import actions as programmes
from tests.decisions import Verb, decide
from tests.world import ISSUED, JOINT, KEY, ORDINARY, World, upload

pytestmark = pytest.mark.both

PROGRAMME = {
    "issue": Verb(
        lambda w, row: delivery.issue(
            row, by=w.actor("head"), seen=row.version, approved_at="会", number="号",
            issued_on=ISSUED, exception="末句",
        ),
        "programme.issued", {"draft": "issued"},
    ),
    "register_item": Verb(lambda w, row: w.register(), "item.registered", {"draft": "draft"}),
}  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "issued"])
def test_a_programme_moves_as_the_table_says(world: World, state: str) -> None:
    if state == "issued":
        world.issue()
    decide(world, PROGRAMME, state, lambda: world.programme)


ITEM = {
    "read": Verb(
        lambda w, row: delivery.read(
            row, by=w.actor("secretary"), seen=row.version, behalf=w.person("leader")
        ),
        "item.read", {"verify": "issued", "read": "issued"},
    ),
    "conclude": Verb(
        lambda w, row: delivery.conclude(row, by=w.actor("inspector"), seen=row.version),
        "item.concluded", {"read": "concluded"},
    ),
    "strike_off": Verb(
        lambda w, row: delivery.strike_off(row, by=w.actor("head"), seen=row.version),
        "item.struck_off", {"conclude": "struck_off"},
    ),
    "reopen": Verb(
        lambda w, row: delivery.reopen(row, by=w.actor("head"), seen=row.version, reason="回潮"),
        "item.reopened", {"conclude": "issued", "strike_off": "issued"},
    ),
    "draft_wording": Verb(
        lambda w, row: delivery.draft_wording(row, "公开", by=w.actor("inspector")),
        "wording.drafted",
        {"issue": "issued", "accept": "issued", "verify": "issued", "read": "issued",
         "conclude": "concluded", "strike_off": "struck_off"},
    ),
    "close_to_public": Verb(
        lambda w, row: delivery.close_to_public(
            row, by=w.actor("head"), seen=row.version, reason="有误"
        ),
        "item.closed_to_public", {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "after", ["", "issue", "accept", "verify", "read", "conclude", "strike_off"]
)
def test_a_key_item_moves_as_the_table_says(world: World, after: str) -> None:
    if after:
        world.walk(KEY, to=after)
    decide(world, ITEM, after, lambda: world.item(KEY))


@pytest.mark.parametrize("after", ["accept", "conclude"])
def test_an_item_is_closed_to_the_public_only_while_it_is_open(world: World, after: str) -> None:
    world.walk(KEY, to="accept")
    if after == "conclude":
        world.verify(KEY)
        world.read(KEY)
        world.conclude(KEY)
    world.draft_wording(KEY)
    world.approve_wording(KEY)
    close = ITEM["close_to_public"]
    state = world.item(KEY).state
    public = {"close_to_public": Verb(close.act, close.event, {"public": state})}
    decide(world, public, "public", lambda: world.item(KEY))
    close.act(world, world.item(KEY))
    decide(world, {"close_to_public": close}, "withdrawn", lambda: world.item(KEY))


ASSIGNMENT = {
    "sign_for": Verb(
        lambda w, row: delivery.sign_for(row, by=w.actor("housing"), seen=row.version),
        "assignment.signed_for", {"to_sign_for": "working"},
    ),
    "report": Verb(
        lambda w, row: delivery.report(row, by=w.actor("housing"), done="办"),
        "report.written", {"working": "working"},
    ),
    "verify": Verb(
        lambda w, row: delivery.verify(
            row, by=w.actor("verifier"), seen=row.version, method="site", words="属实"
        ),
        "assignment.verified", {"accepted": "verified"},
    ),
    "refute": Verb(
        lambda w, row: delivery.refute(
            row, by=w.actor("verifier"), seen=row.version, method="site", words="不实"
        ),
        "assignment.refuted", {"accepted": "working"},
    ),
}  # fmt: skip
REACHED_BY = {
    "to_sign_for": "issue", "working": "sign_for", "claimed": "sign", "accepted": "accept",
    "verified": "verify",
}  # fmt: skip


@pytest.mark.parametrize("state", dict(ASSIGNMENT_STATES))
def test_an_assignment_moves_as_the_table_says(world: World, state: str) -> None:
    world.walk(KEY, to=REACHED_BY[state])
    assert world.lead(KEY).state == state
    decide(world, ASSIGNMENT, state, lambda: world.lead(KEY))


def test_an_assignment_of_a_concluded_item_does_not_move(world: World) -> None:
    world.walk(ORDINARY, to="conclude")
    assert world.lead(ORDINARY).state == "accepted"
    decide(world, ASSIGNMENT, "concluded", lambda: world.lead(ORDINARY))


@pytest.mark.parametrize("part", ["to_sign_for", "working", "reported"])
def test_a_part_of_a_concluded_item_does_not_move(world: World, part: str) -> None:
    world.walk(JOINT, to="sign_for")
    commerce = world.actor("commerce")
    if part != "to_sign_for":
        world.sign_for_part()
    if part == "reported":
        delivery.report(world.part(), by=commerce, done="办", claim=True, uploads=[upload()])
    report = world.part().reports.first()
    world.report(JOINT, excepted="区商务局未报")
    for verb in ("sign", "accept", "conclude"):
        getattr(world, verb)(JOINT)
    verbs = {
        "sign_for": Verb(
            lambda w, row: delivery.sign_for(row, by=commerce, seen=row.version), "", {}
        ),
        "report": Verb(lambda w, row: delivery.report(row, by=commerce, done="晚报"), "", {}),
    }
    if report is not None:
        verbs["sign"] = Verb(
            lambda w, row: delivery.sign(
                report, by=commerce, seen=report.version, behalf=w.person("commerce_head")
            ), "", {},
        )  # fmt: skip
    decide(world, verbs, "concluded", world.part)


REPORT = {
    "sign": Verb(
        lambda w, row: delivery.sign(
            row, by=w.actor("housing"), seen=row.version, behalf=w.person("housing_head")
        ),
        "report.signed", {"written": "signed"},
    ),
    "return_inside": Verb(
        lambda w, row: delivery.return_inside(
            row, by=w.actor("housing_head"), seen=row.version, reason="再写"
        ),
        "report.returned_inside", {"written": "sent_back"},
    ),
    "accept": Verb(
        lambda w, row: delivery.accept(row, by=w.actor("inspector"), seen=row.version),
        "report.accepted", {"signed": "accepted"},
    ),
    "send_back": Verb(
        lambda w, row: delivery.send_back(
            row, by=w.actor("inspector"), seen=row.version, returned_as="redo", reason="重办"
        ),
        "report.sent_back", {"signed": "sent_back"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("claim", [True, False], ids=["claim", "ordinary"])
@pytest.mark.parametrize("state", dict(REPORT_STATES))
def test_a_report_moves_as_the_table_says(world: World, state: str, claim: bool) -> None:
    world.walk(KEY, to="sign_for")
    world.report(KEY, claim=claim)
    if state != "written":
        world.sign(KEY)
    if state == "accepted":
        world.accept(KEY)
    if state == "sent_back":
        world.send_back(KEY)
    decide(world, REPORT, state, lambda: world.last_report(KEY))


@pytest.mark.parametrize("state", dict(WORDING_STATES))
def test_a_public_wording_moves_as_the_table_says(world: World, state: str) -> None:
    world.issue()
    first = world.draft_wording(KEY, "甲")
    if state != "worded":
        world.approve_wording(KEY)
    if state == "replaced":
        world.draft_wording(KEY, "乙")
        world.approve_wording(KEY)
    approve = Verb(
        lambda w, row: delivery.approve_wording(row, by=w.actor("head"), seen=row.version),
        "wording.approved", {"worded": "approved"},
    )  # fmt: skip
    decide(
        world, {"approve_wording": approve}, state, lambda: PublicWording.objects.get(pk=first.pk)
    )


def test_a_link_is_taken_back_once(world: World) -> None:
    link = world.document.links.filter(removed=False, item=None).earliest("pk")
    link = programmes.unlink(link, by=world.actor("clerk"), seen=link.version)
    verb = Verb(
        lambda w, row: programmes.unlink(link, by=w.actor("clerk"), seen=link.version), "", {}
    )
    decide(world, {"unlink": verb}, "removed", lambda: world.programme)
