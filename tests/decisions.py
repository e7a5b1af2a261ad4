"""A decision table: which verbs move a row on from a state, and that all others change nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from luoshi.kernel.errors import WrongState
from luoshi.ledger.models import Event
from tests.together import everything
from tests.world import World


@dataclass(frozen=True)
class Verb:
    """How a verb is done, the event it leaves, and where it leads from each state it starts from."""

    act: Callable[[World, Any], Any]
    event: str
    leads: Mapping[str, str]


def decide(world: World, verbs: Mapping[str, Verb], state: str, row: Callable[[], Any]) -> None:
    """Try every verb on the row that `row` finds; each try is taken back."""
    for name, verb in verbs.items():
        before = everything()
        if state in verb.leads:
            with transaction.atomic():
                verb.act(world, row())
                assert row().state == verb.leads[state], name
                assert Event.objects.latest("pk").name == verb.event, name
                transaction.set_rollback(True)
        else:
            with pytest.raises(WrongState):  # noqa: PT012 - the name of the verb that did not
                verb.act(world, row())
                pytest.fail(f"{name} from {state}")
        assert everything() == before, name
