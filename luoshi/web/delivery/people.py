"""For whom a step may be entered: the heads of a unit, the lead leaders of an item."""

from __future__ import annotations

from luoshi.kernel.calendar import beijing_date
from luoshi.ledger import clock
from luoshi.org import queries as org
from luoshi.org.models import Person, Unit
from luoshi.org.roles import UNIT_HEAD
from luoshi.programme.models import Item
from luoshi.programme.states import LEAD_LEADER


def heads_of(unit: Unit) -> list[Person]:
    """Those who may sign a report of the unit today."""
    return org.people_with(UNIT_HEAD, unit, on=beijing_date(clock.now()))


def leaders_of(item: Item) -> list[Person]:
    """Those who hold a post that leads the item today."""
    on = beijing_date(clock.now())
    posts = [duty.post_id for duty in item.duties.all() if duty.role == LEAD_LEADER]
    return org.holders_of([post for post in posts if post is not None], on=on)
