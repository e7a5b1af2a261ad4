"""What must hold before a verb of delivery may do its work; asked by `actions` under the lock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from luoshi.delivery import states
from luoshi.delivery.models import Assignment, Report
from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_date, read_stamp
from luoshi.kernel.errors import Invalid, WrongState
from luoshi.ledger.door import Step
from luoshi.programme import queries as programmes
from luoshi.programme.models import Duty, Item, Programme
from luoshi.programme.states import COOPERATING_UNIT, KEY, LEAD_UNIT, RESPONSIBLE_UNIT


def check_issue(
    programme: Programme, items: Sequence[Item], approved_at: str, number: str, exception: str
) -> None:
    fields = {}
    if not approved_at.strip():
        fields["approved_at"] = "required"
    if not number.strip():
        fields["number"] = "required"
    if not items:
        fields["items"] = "no_items"
    if programmes.coverage(programme.document).unlinked and not exception.strip():
        fields["exception"] = "unlinked_directives"
    if fields:
        raise Invalid(fields=fields)


def units_to_assign(item: Item) -> list[tuple[Duty, bool]]:
    """The duties that become assignments, and which of them leads. Errors: Invalid without one lead."""
    duties = [duty for duty in item.duties.select_related("unit") if duty.unit is not None]
    leads = [duty for duty in duties if duty.role == LEAD_UNIT]
    responsible = [duty for duty in duties if duty.role == RESPONSIBLE_UNIT]
    if not leads and len(responsible) == 1:
        leads, responsible = responsible, []
    if len(leads) != 1:
        raise Invalid("one_lead_per_item", fields={"items": "one_lead_per_item"}, item=item.code)
    lead = leads[0].unit_id
    parts = [duty for duty in duties if duty.role == COOPERATING_UNIT and duty.part]
    others = [duty for duty in responsible + parts if duty.unit_id != lead]
    return [(leads[0], True), *((duty, False) for duty in others)]


def check_report(new: Report, assignment: Assignment) -> None:
    """May this report be written now? Errors: WrongState, Invalid."""
    reports = Report.objects.filter(assignment=assignment)
    check_open(assignment, "report")
    if assignment.state != states.WORKING:
        raise WrongState("assignment_not_working", state=assignment.state, verb="report")
    if reports.filter(state__in=(states.WRITTEN, states.SIGNED)).exists():
        raise WrongState("report_under_way", verb="report")
    if new.claim and assignment.lead and not new.excepted:
        open_parts = Assignment.objects.filter(item=assignment.item_id, lead=False, open=True)
        missing = open_parts.exclude(state__in=(states.ACCEPTED, states.VERIFIED)).select_related(
            "unit"
        )
        if missing:
            raise Invalid(
                fields={"excepted": "parts_missing"},
                units="、".join(str(each.unit) for each in missing),
            )


def missing_step(item: Item) -> str:
    """The code of the step that an item still lacks before it can be concluded; "" when none."""
    lead = lead_of(item)
    if lead.state not in (states.ACCEPTED, states.VERIFIED):
        return "claim_not_accepted"
    if item.grade == KEY and lead.state != states.VERIFIED:
        return "not_verified"
    if item.grade == KEY and not item.perusals.filter(read_on__gte=verified_on(item)).exists():
        return "not_read"
    if item.reports.filter(state=states.SIGNED).exists():
        return "report_under_way"
    return ""


def check_open(assignment: Assignment, verb: str) -> None:
    """Errors: WrongState when the item is concluded, whatever its assignment's own state says."""
    if not assignment.open:
        raise WrongState("wrong_state", state=assignment.item.state, verb=verb)


def lead_of(item: Item) -> Assignment:
    return item.assignments.get(lead=True)


def verified_on(item: Item) -> date | None:
    """The day of the last verification: what was read before it is not its result."""
    return item.verifications.aggregate(last=Max("verified_on"))["last"]


def day_of(step: Step, *, after: date | None = None) -> date:
    """The date in Beijing on which the act was done. Errors: Invalid before the act it rests on."""
    day = beijing_date(read_stamp(step.happened))
    if after is not None and day < after:
        code = "happened_before_the_step_before"
        raise Invalid(code, fields={"happened": code}, after=after)
    return day


def person_of(by: Actor) -> int:
    """The person who acts. Errors: Invalid for an account without one."""
    if by.person is None:
        raise Invalid("no_person")
    return by.person


def need(text: str, field: str = "reason") -> None:
    if not text.strip():
        raise Invalid(fields={field: "required"})
