"""Every route of the product × every role: what a plain GET answers. A route without a row fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luoshi.ledger.models import Event
from luoshi.programme.actions import DutyGiven, draft_programme
from luoshi.programme.models import Programme
from tests.web.visiting import visitor
from tests.world import HOUSING, JOINT, KEY, ORDINARY, SIMPLE, World

OFFICE = {"clerk", "head", "inspector", "verifier", "auditor"}
HOUSE = {"housing", "housing_head"}
JOINED = {"commerce", "commerce_head"}
EVERYBODY = {*OFFICE, *HOUSE, *JOINED, "leader", "secretary", "publicity", "water"}
SEE_ALL = {*OFFICE, *HOUSE, "secretary", "publicity"}

# items of the table, each left where its step begins
REVIEW, READ, CONCLUDE, STRIKE_OFF, WORD, PUBLIC = (
    "2023-005", "2023-006", "2023-007", "2023-008", "2023-009", "2023-010",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """Who gets the page (200), who sees the item at all (else 404); the others are refused (403)."""

    args: Callable[[World], list[Any]] = lambda world: []
    may: set[str] = field(default_factory=lambda: EVERYBODY)
    sees: set[str] = field(default_factory=lambda: EVERYBODY)
    status: int = 0  # the same for everybody, whoever he is
    answer: int = 200  # of the page, to those who get it

    def expected(self, name: str) -> int:
        if self.status:
            return self.status
        if name not in self.sees:
            return 404
        return self.answer if name in self.may else 403


def _item(code: str) -> Callable[[World], list[Any]]:
    return lambda world: [code]


def _lead(code: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.lead(code).pk]


def _report(code: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.last_report(code).pk]


def _wording(code: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.last_wording(code).pk]


def _evidence(world: World) -> list[Any]:
    return [world.last_report(REVIEW).evidence.get().pk]


def _draft(world: World) -> list[Any]:
    return [Programme.objects.get(state="draft").pk]


def _document(world: World) -> list[Any]:
    return [world.document.pk]


def _any_pair(world: World) -> list[Any]:
    return [1]


def _repair(world: World) -> list[Any]:
    return [world.document.pk, 1]


def _directive(world: World) -> list[Any]:
    return [world.finding("directive").pk]


KEY_SEEN = SEE_ALL | {"leader"}
JOINT_SEEN = SEE_ALL | JOINED
READERS = EVERYBODY - {"water"}  # a unit sees the documents its items come from
CLERKS, DRAFTERS = {"clerk", "head"}, {"clerk", "head", "inspector"}

TABLE = {
    "web:sign_in": Row(status=302),  # signed in already
    "web:sign_out": Row(status=405),
    "web:choose_post": Row(status=405),
    "web:desk": Row(),
    "web:items": Row(),
    "web:matter_list": Row(),
    "web:item": Row(_item(JOINT), may=JOINT_SEEN, sees=JOINT_SEEN),
    "web:issue": Row(_draft, may={"head"}, sees=OFFICE),
    "web:sign_for": Row(_lead(ORDINARY), may=HOUSE, sees=SEE_ALL),
    "web:report": Row(_lead(SIMPLE), may=HOUSE, sees=SEE_ALL),
    "web:sign": Row(_report(JOINT), may={"housing_head"}, sees=JOINT_SEEN),
    "web:enter_signature": Row(_report(JOINT), may=HOUSE, sees=JOINT_SEEN),  # the head: his own
    "web:return_inside": Row(_report(JOINT), may={"housing_head"}, sees=JOINT_SEEN),
    "web:review": Row(_report(REVIEW), may=SEE_ALL, sees=SEE_ALL),
    "web:accept": Row(_report(REVIEW), status=405),
    "web:send_back": Row(_report(REVIEW), status=405),
    "web:evidence": Row(_evidence, may=SEE_ALL, sees=SEE_ALL),
    "web:verify_claim": Row(_lead(KEY), may={"verifier"}, sees=KEY_SEEN),
    "web:refute": Row(_lead(KEY), may={"verifier"}, sees=KEY_SEEN),
    "web:read": Row(_item(READ), may={"leader"}, sees=KEY_SEEN),
    "web:enter_reading": Row(_item(READ), may={"secretary", "leader"}, sees=KEY_SEEN),
    "web:conclude": Row(_item(CONCLUDE), may={"inspector", "head"}, sees=SEE_ALL),
    "web:strike_off": Row(_item(STRIKE_OFF), may={"head"}, sees=SEE_ALL),
    "web:reopen": Row(_item(STRIKE_OFF), may={"head"}, sees=SEE_ALL),
    "web:draft_wording": Row(_item(STRIKE_OFF), may={"inspector", "publicity"}, sees=SEE_ALL),
    "web:approve_wording": Row(_wording(WORD), may={"head", "publicity"}, sees=SEE_ALL),
    "web:close_to_public": Row(_item(PUBLIC), may={"head", "publicity"}, sees=SEE_ALL),
    "web:documents": Row(),
    "web:receive": Row(status=405),
    "web:document": Row(_document, may=READERS, sees=READERS),
    "web:document_facts": Row(_document, may=READERS, sees=READERS),
    "web:document_repairs": Row(_document, may=READERS, sees=READERS),
    "web:repair": Row(_repair, may=READERS, sees=READERS, answer=302),
    "web:decide_repair": Row(_repair, status=405),
    "web:withdraw_decision": Row(_repair, status=405),
    "web:site_pairs": Row(may=OFFICE),
    "web:revoke_pair": Row(_any_pair, status=405),
    "web:reinstate_pair": Row(_any_pair, status=405),
    "web:document_original": Row(_document, may=READERS, sees=READERS),
    "web:confirm_sure": Row(_document, status=405),
    "web:mark": Row(_document, status=405),
    "web:stand_as": Row(_document, status=405),
    "web:open_document": Row(_document, status=405),
    "web:close_document": Row(_document, status=405),
    "web:finding": Row(_directive, may=READERS, sees=READERS, answer=302),
    "web:confirm": Row(_directive, status=405),
    "web:correct": Row(_directive, may=CLERKS, sees=READERS),
    "web:reject": Row(_directive, may=CLERKS, sees=READERS),
    "web:link": Row(_directive, may=DRAFTERS, sees=READERS),
    "web:unlink": Row(_directive, may=DRAFTERS, sees=READERS),
    "web:link_several": Row(_document, status=405),
    "web:draft_programme": Row(_document, may=DRAFTERS, sees=READERS),
    "web:programmes": Row(),
    "web:programme": Row(_draft, may=OFFICE, sees=OFFICE),
    "web:register_item": Row(_draft, may=DRAFTERS, sees=OFFICE),
    "web:publicity": Row(may=OFFICE | {"publicity"}),
    "web:verify": Row(may={"auditor", "head"}),
    "portal:column": Row(),
    "portal:item": Row(_item(PUBLIC)),
    "portal:document": Row(lambda world: ["0" * 12], status=404),
    "set_language": Row(status=302),
}
OPEN_TO_STRANGERS = {"web:sign_in": 200, "web:choose_post": 302, "web:sign_out": 405}


@pytest.fixture(autouse=True)
def _sessions_are_left_alone(settings: Any) -> None:
    """A thousand requests: none of them needs its session written to the disk again."""
    settings.SESSION_SAVE_EVERY_REQUEST = False


def routes(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """The names of all routes, each with its name space."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from routes(each.url_patterns, inner)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name}"


def stage(world: World) -> None:
    """One item at the beginning of every step, and a second list that is not issued."""
    leader = DutyGiven("lead_leader", post=world.post("leader"))
    lead = DutyGiven("lead_unit", unit=world.unit(HOUSING))
    world.register()
    world.register(lead, leader, grade="key")
    for _each in range(4):
        world.register()
    world.issue()
    for code in (SIMPLE, KEY, JOINT, REVIEW, READ, CONCLUDE, STRIKE_OFF, WORD, PUBLIC):
        world.sign_for(code)
    for code in (KEY, REVIEW, READ, CONCLUDE, STRIKE_OFF, WORD, PUBLIC):
        world.report(code)
        world.sign(code)
    world.report(JOINT, claim=False)
    for code in (KEY, READ, CONCLUDE, STRIKE_OFF, WORD, PUBLIC):
        world.accept(code)
    world.verify(READ)
    for code in (STRIKE_OFF, WORD, PUBLIC):
        world.conclude(code)
    for code in (WORD, PUBLIC):
        world.strike_off(code)
        world.draft_wording(code)
    world.approve_wording(PUBLIC)
    clerk = world.actor("clerk")
    draft_programme(world.document, title="第二批", year=2023, by=clerk)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(routes()) == set(TABLE)


def test_every_route_answers_every_role_as_the_table_says(world: World) -> None:
    stage(world)
    answers = {}
    for name in sorted(EVERYBODY):
        client = visitor(world, name)
        for route, row in TABLE.items():
            status = client.get(reverse(route, args=row.args(world))).status_code
            if status != row.expected(name):
                answers[name, route] = (status, row.expected(name))
    assert answers == {}


def test_a_stranger_is_sent_to_the_door(world: World) -> None:
    stage(world)
    client = Client()
    for route, row in TABLE.items():
        if not route.startswith("web:"):
            continue
        response = client.get(reverse(route, args=row.args(world)))
        assert response.status_code == OPEN_TO_STRANGERS.get(route, 302), route
        if response.status_code == 302:
            assert response.headers["Location"].startswith(reverse("web:sign_in")), route


STEPS = tuple(
    route
    for route, row in TABLE.items()
    if route.startswith("web:") and row.sees != EVERYBODY and not row.status
)
READ_ONLY = {
    "web:item", "web:review", "web:evidence", "web:document", "web:document_facts",
    "web:document_repairs", "web:document_original", "web:repair", "web:finding", "web:programme",
}  # fmt: skip


def test_a_step_sent_by_somebody_else_is_refused_and_changes_no_matter(world: World) -> None:
    stage(world)
    before = Event.objects.exclude(stream__startswith="refusal").count()
    for name in sorted(EVERYBODY):
        client = visitor(world, name)
        for route in (*STEPS, "web:accept", "web:send_back"):
            row = TABLE[route]
            if route in READ_ONLY or name in row.may & row.sees and not row.status:
                continue
            if row.status and name == "inspector":
                continue
            sent = {"key": f"{name}{route}", "seen": "1", "happened": "2023-09-01"}
            sent |= {"reason": "原因", "words": "看过", "method": "site", "text": "口径"}
            sent |= {"done": "办了", "returned_as": "redo", "issued_on": "2023-09-01"}
            sent |= {"approved_at": "会议", "number": "文号", "exception": "放过"}
            sent |= {"behalf": str(world.person("housing_head").pk)}
            answer = client.post(reverse(route, args=row.args(world)), sent)
            assert answer.status_code in (403, 404, 422), (name, route, answer.status_code)
    assert Event.objects.exclude(stream__startswith="refusal").count() == before
