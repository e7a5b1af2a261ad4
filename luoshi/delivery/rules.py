"""Pure arithmetic of delivery: whose move it is, and what light an item shows and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luoshi.delivery.states import (
    ACCEPTED,
    CLAIMED,
    SIGNED,
    TO_SIGN_FOR,
    VERIFIED,
    WRITTEN,
)
from luoshi.kernel.calendar import working_day_after
from luoshi.programme.states import (
    CONCLUDED,
    KEY,
    REGISTERED,
    STRUCK_OFF,
)

UNIT, UNIT_HEAD, INSPECTOR, VERIFIER, LEADER, OFFICE, OFFICE_HEAD, NOBODY = (
    "unit", "unit_head", "inspector", "verifier", "leader", "office", "office_head", "nobody",
)  # fmt: skip

# Working days that each step may take (PRACTICE 1.2; the regulations say only “promptly”).
SIGN_FOR_DAYS = 1
REVIEW_DAYS = 3
VERIFY_DAYS = 10
READ_DAYS = 5
CONCLUDE_DAYS = 3
NODE_GRACE_DAYS = 30  # a node longer overdue than this turns the light red


@dataclass(frozen=True, slots=True)
class Holder:
    """当前责任方: whose move it is, since when, which verb comes next, by when at the latest."""

    party: str
    verb: str
    since: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Light:
    """亮灯: a code, and the code of the reason with the values to say it with."""

    code: str
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules need to know of an item on a day; see `queries.standing`."""

    state: str
    grade: str
    due: date | None
    issued_on: date | None = None
    lead_state: str = TO_SIGN_FOR
    report_state: str = ""  # of the lead's last report
    report_signed_on: date | None = None
    reviewed_on: date | None = None
    verified_on: date | None = None
    read_on: date | None = None
    claimed_on: date | None = None
    concluded_on: date | None = None
    nodes: Sequence[date] = ()
    last_accepted_on: date | None = None  # signing date of the last accepted report


def holder(item: Standing, *, holidays: Mapping[date, bool]) -> Holder:
    """Whose move it is."""

    def after(day: date | None, count: int) -> date | None:
        return working_day_after(day, count, holidays) if day else None

    if item.state == STRUCK_OFF:
        return Holder(NOBODY, "", item.concluded_on)
    if item.state == REGISTERED:
        return Holder(OFFICE, "issue")
    if item.state == CONCLUDED:
        return Holder(
            OFFICE_HEAD, "strike_off", item.concluded_on, after(item.concluded_on, CONCLUDE_DAYS)
        )
    if item.lead_state == TO_SIGN_FOR:
        return Holder(UNIT, "sign_for", item.issued_on, after(item.issued_on, SIGN_FOR_DAYS))
    if item.report_state == SIGNED:
        since = item.report_signed_on
        return Holder(INSPECTOR, "review", since, after(since, REVIEW_DAYS))
    if item.report_state == WRITTEN:
        return Holder(UNIT_HEAD, "sign", None, item.due)
    if item.grade == KEY and item.lead_state == ACCEPTED:
        since = item.reviewed_on
        return Holder(VERIFIER, "verify", since, after(since, VERIFY_DAYS))
    if item.grade == KEY and item.lead_state == VERIFIED and item.read_on is None:
        since = item.verified_on
        return Holder(LEADER, "read", since, after(since, READ_DAYS))
    if item.lead_state in (ACCEPTED, VERIFIED):
        since = item.read_on or item.verified_on or item.reviewed_on
        return Holder(INSPECTOR, "conclude", since, after(since, CONCLUDE_DAYS))
    return Holder(UNIT, "report", item.issued_on, next_date(item))


def next_date(item: Standing) -> date | None:
    """The next date the unit works towards: the first node not yet reported, else 完成时限."""
    for node in sorted(item.nodes):
        if item.last_accepted_on is None or node > item.last_accepted_on:
            return node
    return item.due


def light(item: Standing, *, on: date) -> Light:
    """The light of an item on a day, with its reason."""
    if item.state == REGISTERED or item.issued_on is None:
        return Light("unrated", "not_issued")
    if item.claimed_on is not None:
        return _finished(item)
    if item.lead_state == CLAIMED:
        return Light("notyet", "clock_stopped", {"since": item.report_signed_on})
    first = first_full_period_ends(item.issued_on)
    if on <= first:
        return Light("unrated", "first_period", {"until": first})
    if item.due is not None and on > item.due:
        return Light("red", "past_due", {"due": item.due, "days": (on - item.due).days})
    passed = [node for node in item.nodes if node < on]
    missed = [
        node for node in passed if item.last_accepted_on is None or item.last_accepted_on < node
    ]
    if missed:
        late = (on - missed[0]).days
        code = "red" if late > NODE_GRACE_DAYS else "yellow"
        return Light(code, "node_missed", {"node": missed[0], "days": late})
    if passed:
        return Light("green", "nodes_reached", {"count": len(passed)})
    return Light("notyet", "nothing_due_yet", {"next": next_date(item)})


def _finished(item: Standing) -> Light:
    """Finished early, in time or late are three different words; the claim's date decides."""
    claimed, due = item.claimed_on, item.due
    values = {"claimed": claimed, "due": due}
    if claimed is None or due is None or claimed == due:
        return Light("intime", "finished_in_time", values)
    if claimed < due:
        return Light("early", "finished_early", {**values, "days": (due - claimed).days})
    return Light("late", "finished_late", {**values, "days": (claimed - due).days})


def first_full_period_ends(issued_on: date) -> date:
    """The last day of the first full quarter after the issue; nothing is lit before it is over."""
    quarter = (issued_on.month - 1) // 3  # of the issue: the next one is the first full one
    months = (quarter + 2) * 3
    year, month = issued_on.year + months // 12, months % 12 + 1
    return date.fromordinal(date(year, month, 1).toordinal() - 1)
