"""Delivery's verbs, from the issue of a list to the strike-off of its items, and what the public reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from luoshi.delivery import states
from luoshi.delivery.conditions import (
    check_issue,
    check_open,
    check_report,
    day_of,
    lead_of,
    missing_step,
    need,
    person_of,
    units_to_assign,
    verified_on,
)
from luoshi.delivery.models import (
    Assignment,
    Evidence,
    Perusal,
    PublicWording,
    Report,
    Review,
    Verification,
)
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import Invalid, WrongState
from luoshi.ledger.door import Step, change, create
from luoshi.ledger.files import Upload
from luoshi.org.models import Person
from luoshi.programme import queries as programmes
from luoshi.programme.models import Item, Programme
from luoshi.programme.states import OPEN, REGISTERED, WITHDRAWN


def issue(
    programme: Programme,
    *,
    by: Actor,
    seen: int,
    approved_at: str,
    number: str,
    issued_on: date,
    exception: str = "",
) -> Programme:
    """The programme, issued: every item assigned to its units in one act (印发).

    Errors: Invalid when a field is empty, there is no item, an item has not exactly one lead, or a
    directive has no link and no `exception` says why.
    """
    items = list(programmes.items_of(programme))
    also = [item.stream for item in items] + [programme.document.stream]
    with change(programme, states.ISSUE, by=by, seen=seen, also=also, happened=issued_on) as step:
        if {item.pk for item in items} != {item.pk for item in programmes.items_of(programme)}:
            raise WrongState("items_changed_meanwhile", verb="issue")
        check_issue(step.row, items, approved_at, number, exception)
        step.row.approved_at, step.row.number = approved_at.strip(), number.strip()
        step.row.issued_on, step.row.exception = issued_on, exception.strip()
        for item in items:
            _assign(item, issued_on, by=by)
    return step.row


def _assign(item: Item, issued_on: date, *, by: Actor) -> None:
    """Assign one item to its units, in its own stream (交办)."""
    with change(item, states.ASSIGN, by=by, seen=item.version, happened=issued_on) as step:
        step.row.issued_on = issued_on
        for duty, lead in units_to_assign(item):
            step.add(
                Assignment(
                    item=item,
                    unit=duty.unit,
                    part=duty.part,
                    lead=lead,
                    due=duty.due or item.due,
                    assigned_on=issued_on,
                )
            )


def sign_for(
    assignment: Assignment, *, by: Actor, seen: int, happened: date | None = None
) -> Assignment:
    """The assignment, taken on for the unit (签收)."""
    with change(assignment, states.SIGN_FOR, by=by, seen=seen, happened=happened) as step:
        check_open(step.row, "sign_for")
        step.row.signed_for_on = day_of(step, after=step.row.assigned_on)
    return step.row


def report(
    assignment: Assignment,
    *,
    by: Actor,
    done: str,
    claim: bool = False,
    problem: str = "",
    next_step: str = "",
    excepted: str = "",
    uploads: Sequence[Upload] = (),
    happened: date | None = None,
) -> Report:
    """A new report of the unit with its evidence (报送进展); a claim asks to be concluded (申请办结).

    `excepted` names the units whose parts a claim goes without. Errors: Invalid, WrongState.
    """
    fields = {}
    if not done.strip():
        fields["done"] = "required"
    if claim and not uploads:
        fields["evidence"] = "claim_needs_evidence"
    if fields:
        raise Invalid(fields=fields)
    new = Report(
        item_id=assignment.item_id,
        assignment=assignment,
        claim=claim,
        done=done.strip(),
        problem=problem.strip(),
        next_step=next_step.strip(),
        excepted=excepted.strip(),
        written_by_id=person_of(by),
    )
    with create(
        new, states.REPORT, by=by, happened=happened, files=uploads, prepare=_number
    ) as step:
        for file in step.files:
            step.add(Evidence(item_id=new.item_id, report=new, file=file))
    return new


def _number(step: Step[Report]) -> None:
    """Give a report its order and date, if one may be written now. Errors: WrongState, Invalid."""
    new = step.row
    assignment = Assignment.objects.get(pk=new.assignment_id)
    check_report(new, assignment)
    reports = Report.objects.filter(assignment=assignment)
    new.order = (reports.aggregate(last=Max("order"))["last"] or 0) + 1
    new.reported_on = day_of(step, after=assignment.assigned_on)


def sign(
    report: Report,
    *,
    by: Actor,
    seen: int,
    behalf: Person | None = None,
    happened: date | None = None,
) -> Report:
    """The report, signed by the unit's head; a claim stops the unit's clock (审签)."""
    signer = behalf.pk if behalf else by.person
    with change(report, states.SIGN, by=by, seen=seen, behalf=signer, happened=happened) as step:
        check_open(step.row.assignment, "sign")
        step.row.signed_by_id = signer
        # On paper the head signs before the liaison types: the report's own day may be later.
        step.row.signed_on = day_of(step, after=step.row.assignment.assigned_on)
        if step.row.claim:
            step.follow(step.row.assignment, state=states.CLAIMED)
    return step.row


def return_inside(report: Report, *, by: Actor, seen: int, reason: str) -> Report:
    """The report, sent back inside the unit before it was signed (单位内退回)."""
    need(reason)
    with change(report, states.RETURN_INSIDE, by=by, seen=seen, reason=reason) as step:
        return step.row


def accept(report: Report, *, by: Actor, seen: int) -> Report:
    """The report, accepted by the office (审核通过). An accepted claim fixes 完成日 as its signing date."""
    with change(report, states.ACCEPT, by=by, seen=seen) as step:
        _review(step, by, accepted=True)
        if step.row.claim:
            step.follow(step.row.assignment, state=states.ACCEPTED)
            if step.row.assignment.lead:
                step.follow(step.row.item, claimed_on=step.row.signed_on)
    return step.row


def send_back(report: Report, *, by: Actor, seen: int, returned_as: str, reason: str) -> Report:
    """The report, sent back: 退回补正 is not counted, 退回重办 is. Errors: Invalid."""
    need(reason)
    if returned_as not in dict(states.RETURNS):
        raise Invalid(fields={"returned_as": "unknown_return"})
    with change(report, states.SEND_BACK, by=by, seen=seen, reason=reason) as step:
        _review(step, by, accepted=False, returned_as=returned_as, reason=reason.strip())
        if step.row.claim:
            step.follow(step.row.assignment, state=states.WORKING)
    return step.row


def _review(
    step: Step[Report], by: Actor, *, accepted: bool, returned_as: str = "", reason: str = ""
) -> None:
    step.add(
        Review(
            item_id=step.row.item_id,
            report=step.row,
            accepted=accepted,
            returned_as=returned_as,
            reason=reason,
            person_id=person_of(by),
            reviewed_on=day_of(step),
        )
    )


def verify(
    assignment: Assignment,
    *,
    by: Actor,
    seen: int,
    method: str,
    words: str,
    place: str = "",
    happened: date | None = None,
) -> Assignment:
    """The lead's assignment, found to be done (核查属实)."""
    return _verify(assignment, True, by, seen, method, words, place, happened)


def refute(
    assignment: Assignment,
    *,
    by: Actor,
    seen: int,
    method: str,
    words: str,
    place: str = "",
    happened: date | None = None,
) -> Assignment:
    """The lead's assignment, found not to be done; it goes back to the unit (核查不属实)."""
    return _verify(assignment, False, by, seen, method, words, place, happened)


def _verify(
    assignment: Assignment, confirmed: bool, by: Actor, seen: int, method: str, words: str, place: str,
    happened: date | None,
) -> Assignment:  # fmt: skip
    if method not in dict(states.METHODS):
        raise Invalid(fields={"method": "required"})
    need(words, "words")
    move = states.VERIFY if confirmed else states.REFUTE
    with change(assignment, move, by=by, seen=seen, happened=happened) as step:
        check_open(step.row, move.verb)
        if not step.row.lead:
            raise WrongState("only_the_lead_is_verified", verb=move.verb)
        step.add(
            Verification(
                item_id=step.row.item_id,
                assignment=step.row,
                confirmed=confirmed,
                method=method,
                place=place.strip(),
                words=words.strip(),
                person_id=person_of(by),
                verified_on=day_of(step),
            )
        )
        if not confirmed:
            step.follow(step.row.item, claimed_on=None)
    return step.row


def read(
    item: Item,
    *,
    by: Actor,
    seen: int,
    words: str = "",
    behalf: Person | None = None,
    happened: date | None = None,
) -> Item:
    """The item, its result read by its lead leader (审阅), or entered for him (代录)."""
    reader = behalf.pk if behalf else person_of(by)
    with change(item, states.READ, by=by, seen=seen, behalf=reader, happened=happened) as step:
        if lead_of(step.row).state != states.VERIFIED:
            raise WrongState("not_verified", verb="read")
        entered_by = by.person if reader != by.person else None
        step.add(
            Perusal(
                item=step.row,
                person_id=reader,
                words=words.strip(),
                read_on=day_of(step, after=verified_on(step.row)),
                entered_by_id=entered_by,
            )
        )
    return step.row


def conclude(item: Item, *, by: Actor, seen: int) -> Item:
    """The item, concluded (办结). Errors: WrongState names the step of its grade that is missing."""
    with change(item, states.CONCLUDE, by=by, seen=seen) as step:
        missing = missing_step(step.row)
        if missing:
            raise WrongState(missing, verb="conclude")
        step.row.concluded_on = day_of(step)
        for assignment in step.row.assignments.filter(open=True):
            step.follow(assignment, open=False)
    return step.row


def strike_off(item: Item, *, by: Actor, seen: int) -> Item:
    """The item, struck off the list (销号)."""
    with change(item, states.STRIKE_OFF, by=by, seen=seen) as step:
        step.row.struck_off_on = day_of(step)
    return step.row


def reopen(item: Item, *, by: Actor, seen: int, reason: str) -> Item:
    """The item, taken up again; its lead works on (重新办理)."""
    need(reason)
    with change(item, states.REOPEN, by=by, seen=seen, reason=reason) as step:
        step.row.concluded_on = step.row.struck_off_on = step.row.claimed_on = None
        lead = step.row.assignments.get(lead=True)
        step.follow(lead, state=states.WORKING, open=True)
    return step.row


def draft_wording(item: Item, text: str, *, by: Actor) -> PublicWording:
    """A new public wording, waiting for somebody else's approval (拟公开口径)."""
    need(text, "text")
    if item.state == REGISTERED:
        raise WrongState("not_issued", verb="draft_wording")
    wording = PublicWording(item=item, text=text.strip(), drafted_by_id=person_of(by))
    with create(wording, states.DRAFT_WORDING, by=by, prepare=_date_wording):
        return wording


def _date_wording(step: Step[PublicWording]) -> None:
    step.row.drafted_on = day_of(step)


def approve_wording(wording: PublicWording, *, by: Actor, seen: int) -> PublicWording:
    """The wording, approved: the item has a public page from now on (审批公开口径)."""
    with change(wording, states.APPROVE_WORDING, by=by, seen=seen) as step:
        step.row.approved_by_id = person_of(by)
        step.row.approved_on = day_of(step)
        for earlier in PublicWording.objects.filter(item=step.row.item_id, state=states.APPROVED):
            step.follow(earlier, state=states.REPLACED)
        step.follow(step.row.item, publicity=OPEN, withdrawn_on=None)
    return step.row


def close_to_public(item: Item, *, by: Actor, seen: int, reason: str) -> Item:
    """The item whose public page says 已撤下 with its date (撤下公开页)."""
    need(reason)
    with change(item, states.CLOSE_TO_PUBLIC, by=by, seen=seen, reason=reason) as step:
        if step.row.publicity != OPEN:
            raise WrongState("not_public", verb="close_to_public")
        step.row.publicity = WITHDRAWN
        step.row.withdrawn_on = day_of(step)
    return step.row
