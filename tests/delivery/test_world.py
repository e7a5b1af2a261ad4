"""The world that the other tests stand in."""

from __future__ import annotations

import pytest

from luoshi.ledger.audit import audit
from luoshi.ledger.models import Event
from tests.world import JOINT, KEY, ORDINARY, SIMPLE, World


@pytest.mark.both
def test_every_grade_walks_from_issue_to_strike_off_and_the_ledger_is_whole(world: World) -> None:
    world.walk(KEY, to="strike_off")
    for verb in ("sign_for", "report", "sign", "accept", "conclude", "strike_off"):
        getattr(world, verb)(ORDINARY)
        getattr(world, verb)(SIMPLE)
    for code in (SIMPLE, ORDINARY, KEY):
        assert world.item(code).state == "struck_off"
    assert world.item(JOINT).state == "issued"
    result = audit()
    assert result.faults == []
    assert result.events == Event.objects.count() > 100
