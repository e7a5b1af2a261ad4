"""What waits for one person in the chosen post: the rows of the desk, and their count in one query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from luoshi.delivery import queries, rules, states
from luoshi.delivery.models import Assignment, Perusal, PublicWording, Report, Review, Verification
from luoshi.delivery.queries import ItemView
from luoshi.intake import queries as intake
from luoshi.intake.models import Finding
from luoshi.intake.states import PROPOSED
from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import working_day_after
from luoshi.org import queries as org
from luoshi.org.roles import (
    CLERK,
    INSPECTOR,
    LEADER,
    LIAISON,
    OFFICE_HEAD,
    PUBLICITY,
    SECRETARY,
    UNIT_HEAD,
    VERIFIER,
)
from luoshi.programme.models import Item, Node, Programme
from luoshi.programme.states import (
    CONCLUDED,
    DRAFT,
    ISSUED,
    KEY,
    LEAD_LEADER,
    SIMPLE,
)

NEAR_DAYS = 14  # a node or time limit so near asks its unit for a report
DAWN = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Wait:
    """One row that waits for the viewer: the verb asked of him, by when at the latest (or None)."""

    verb: str
    row: Any
    latest: date | None = None
    view: ItemView | None = None


def count(viewer: Actor, *, on: date) -> int:
    """How many rows wait for the viewer; one query."""
    kinds = [
        rows.order_by().annotate(verb=Value(verb)).values_list("verb", "pk")
        for verb, rows in _sources(viewer, on)
    ]
    if not kinds:
        return 0
    first, *others = kinds
    return first.union(*others, all=True).count()


def waiting(viewer: Actor, *, on: date) -> list[Wait]:
    """What waits for the viewer, ordered by the cost of waiting: what is due first comes first."""
    found = [(verb, row) for verb, rows in _sources(viewer, on) for row in rows]
    keys = [key for _, row in found if (key := _item_of(row)) is not None]
    holidays = org.working_days()
    views = queries.views_of(keys, on=on, holidays=holidays) if keys else {}
    waits = []
    for verb, row in found:
        view = views.get(_item_of(row) or 0)
        waits.append(Wait(verb, row, _latest(verb, row, view, holidays), view))
    return sorted(waits, key=lambda wait: wait.latest or date.max)


def under_way(viewer: Actor) -> list[Report]:
    """Reports of the viewer's own units that wait for somebody else: a signature or a review."""
    units = _own_units(viewer)
    if not units:
        return []
    rows = Report.objects.filter(
        assignment__unit__in=units,
        assignment__open=True,
        state__in=(states.WRITTEN, states.SIGNED),
    )
    return list(rows.select_related("item", "assignment__unit").order_by("pk"))


def _item_of(row: Any) -> int | None:
    return row.pk if isinstance(row, Item) else getattr(row, "item_id", None)


def _latest(verb: str, row: Any, view: ItemView | None, holidays: dict[date, bool]) -> date | None:
    """By when the step is to be taken; parts of a joint matter have dates of their own."""
    match verb:
        case "sign_for":
            return working_day_after(row.assigned_on, rules.SIGN_FOR_DAYS, holidays)
        case "review":
            return working_day_after(row.signed_on, rules.REVIEW_DAYS, holidays)
        case "sign":
            return row.assignment.due
        case "report":
            leads = row.lead and view is not None and view.holder.verb == "report"
            return view.holder.latest if leads and view else row.due
        case "verify" | "read" | "conclude" | "strike_off":
            return view.holder.latest if view else None
        case _:
            return None


def _sources(viewer: Actor, on: date) -> Iterator[tuple[str, QuerySet]]:
    """Verb -> the rows on which the viewer is asked for it, by his roles in the chosen post."""
    if viewer.has(CLERK):
        yield "confirm", _unconfirmed(viewer)
        yield "register_item", Programme.objects.filter(state=DRAFT).order_by("pk")
    if viewer.has(OFFICE_HEAD):
        drafts = Programme.objects.filter(state=DRAFT, headings__listings__isnull=False)
        yield "issue", drafts.distinct().order_by("pk")
    if viewer.has(INSPECTOR):
        yield "review", to_review(viewer)
    if viewer.has(INSPECTOR) or viewer.has(OFFICE_HEAD):
        yield "conclude", _to_conclude(viewer)
        yield "strike_off", _to_strike_off(viewer)
    if viewer.has(VERIFIER):
        yield "verify", _to_verify(viewer)
    if viewer.has(LIAISON):
        yield "sign_for", _own(viewer, LIAISON).filter(state=states.TO_SIGN_FOR)
        yield "report", _to_report(viewer, on)
    if viewer.has(UNIT_HEAD):
        yield "sign", _to_sign(viewer)
    if viewer.has(LEADER):
        yield "read", _to_read(Q(duties__post__in=viewer.posts))
    if viewer.has(SECRETARY):
        yield "enter_reading", _to_read(Q(duties__post__unit__in=viewer.rights[SECRETARY]))
    if viewer.has(OFFICE_HEAD) or viewer.has(PUBLICITY):
        wordings = PublicWording.objects.filter(state=states.WORDED)
        others = wordings.exclude(drafted_by=viewer.person).select_related("item", "drafted_by")
        yield "approve_wording", others.order_by("pk")
    if viewer.has(PUBLICITY):
        yield "draft_wording", queries.unworded(Item.objects.all()).order_by("year", "serial")


def _unconfirmed(viewer: Actor) -> QuerySet:
    proposed = Finding.objects.filter(state=PROPOSED)
    return intake.documents(viewer).filter(pk__in=proposed.values("document"))


def _reported_by(viewer: Actor, item: str) -> Exists:
    """Whether the viewer wrote or signed a report on the item."""
    mine = Q(written_by=viewer.person) | Q(signed_by=viewer.person)
    return Exists(Report.objects.filter(mine, item=OuterRef(item)))


def to_review(viewer: Actor) -> QuerySet[Report]:
    rows = Report.objects.filter(~_reported_by(viewer, "item"), state=states.SIGNED)
    return rows.select_related("item", "assignment__unit").order_by("signed_on", "pk")


def _to_conclude(viewer: Actor) -> QuerySet[Item]:
    """Items whose lead has done all that their grade asks."""
    verified = Q(assignments__lead=True, assignments__state=states.VERIFIED)
    accepted = Q(assignments__lead=True, assignments__state=states.ACCEPTED)
    key = Q(grade=KEY) & verified & _read_since_verified()
    other = ~Q(grade=KEY) & (accepted | verified)
    under_review = Report.objects.filter(item=OuterRef("pk"), state=states.SIGNED)
    rows = Item.objects.filter(
        ~_reported_by(viewer, "pk"), ~Exists(under_review), key | other, state=ISSUED
    )
    return rows.distinct().order_by("year", "serial")


def _read_since_verified() -> Exists:
    """Whether the item was read after its last verification; an earlier reading closes nothing."""
    verified = Verification.objects.filter(item=OuterRef("item")).order_by("-verified_on")
    return Exists(
        Perusal.objects.filter(
            item=OuterRef("pk"), read_on__gte=Subquery(verified.values("verified_on")[:1])
        )
    )


def _to_strike_off(viewer: Actor) -> QuerySet[Item]:
    rows = Item.objects.filter(state=CONCLUDED)
    if not viewer.has(OFFICE_HEAD):
        rows = rows.filter(grade=SIMPLE)
    return rows.order_by("year", "serial")


def _to_verify(viewer: Actor) -> QuerySet[Assignment]:
    reviewed = Exists(Review.objects.filter(item=OuterRef("item"), person=viewer.person))
    rows = Assignment.objects.filter(
        ~_reported_by(viewer, "item"),
        ~reviewed,
        lead=True,
        open=True,
        state=states.ACCEPTED,
        item__grade=KEY,
    )
    return rows.select_related("item", "unit").order_by("pk")


def _own_units(viewer: Actor) -> frozenset[int]:
    none: frozenset[int] = frozenset()
    return viewer.rights.get(LIAISON, none) | viewer.rights.get(UNIT_HEAD, none)


def _own(viewer: Actor, role: str) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(unit__in=viewer.rights[role], open=True)
    return rows.select_related("item", "unit").order_by("due", "pk")


def _to_report(viewer: Actor, on: date) -> QuerySet[Assignment]:
    """Assignments sent back, or with a node or time limit that is near or past."""
    horizon = on + timedelta(days=NEAR_DAYS)
    reports = Report.objects.filter(assignment=OuterRef("pk"))
    rows = (
        _own(viewer, LIAISON)
        .filter(state=states.WORKING)
        .annotate(
            last_state=Coalesce(Subquery(reports.order_by("-pk").values("state")[:1]), Value("")),
            last_accepted=Coalesce(
                Subquery(
                    reports.filter(state=states.ACCEPTED)
                    .order_by("-signed_on")
                    .values("signed_on")[:1]
                ),
                Value(DAWN),
            ),
        )
    )
    node = Exists(
        Node.objects.filter(
            item=OuterRef("item"), due__lte=horizon, due__gt=OuterRef("last_accepted")
        )
    )
    near = Q(due__lte=horizon) | (Q(lead=True) & node)
    return rows.exclude(last_state__in=(states.WRITTEN, states.SIGNED)).filter(
        Q(last_state=states.SENT_BACK) | near
    )


def _to_sign(viewer: Actor) -> QuerySet[Report]:
    rows = Report.objects.filter(
        state=states.WRITTEN,
        assignment__open=True,
        assignment__unit__in=viewer.rights[UNIT_HEAD],
    )
    return rows.select_related("item", "assignment__unit", "written_by").order_by("pk")


def _to_read(duty: Q) -> QuerySet[Item]:
    rows = Item.objects.filter(
        duty,
        ~_read_since_verified(),
        duties__role=LEAD_LEADER,
        state=ISSUED,
        pk__in=Assignment.objects.filter(lead=True, state=states.VERIFIED).values("item"),
    )
    return rows.distinct().order_by("year", "serial")
