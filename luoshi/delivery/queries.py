"""Questions about assignments, reports and items under way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from luoshi.delivery import rules, states
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
from luoshi.kernel.errors import NotFound
from luoshi.org import queries as org
from luoshi.programme import queries as programmes
from luoshi.programme.models import Item, Listing
from luoshi.programme.states import OPEN, WITHDRAWN

_OF_REPORT = (
    Prefetch("evidence", Evidence.objects.select_related("file")),
    Prefetch("reviews", Review.objects.select_related("person")),
)


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with what a page shows of it: its lead, its light, whose move it is."""

    item: Item
    listing: Listing
    lead: Assignment | None
    light: rules.Light
    holder: rules.Holder


def items(
    viewer: Actor,
    *,
    on: date,
    after: tuple[int, int] | None = None,
    limit: int = 50,
    programme: int | None = None,
) -> list[ItemView]:
    """A page of the 督查台账 by number, after the key (year, serial); one more than `limit` if there are more."""
    rows = programmes.visible_items(viewer)
    if programme is not None:
        rows = rows.filter(listings__heading__programme=programme)
    if after is not None:
        year, serial = after
        rows = rows.filter(year__gte=year).exclude(year=year, serial__lte=serial)
    return views(_with_rows(rows.order_by("year", "serial"))[: limit + 1], on=on)


def item(viewer: Actor, code: str) -> Item:
    """One item with everything its page shows. Errors: NotFound."""
    year, _, serial = code.partition("-")
    if (
        not (year.isascii() and year.isdigit() and serial.isascii() and serial.isdigit())
        or len(code) > 12
    ):
        raise NotFound("not_found")
    found = (
        _with_rows(programmes.visible_items(viewer))
        .filter(year=int(year), serial=int(serial))
        .first()
    )
    if found is None or found.code != code:
        raise NotFound("not_found")
    return found


def assignment(viewer: Actor, key: int) -> Assignment:
    """One assignment of an item that the viewer may see. Errors: NotFound."""
    rows = Assignment.objects.filter(item__in=programmes.visible_items(viewer))
    return _one(rows.select_related("item", "unit"), key)


def report(viewer: Actor, key: int) -> Report:
    """One report of an item that the viewer may see, with its evidence. Errors: NotFound."""
    rows = Report.objects.filter(item__in=programmes.visible_items(viewer))
    rows = rows.select_related("item", "assignment__unit", "written_by", "signed_by")
    return _one(rows.prefetch_related(*_OF_REPORT), key)


def wording(viewer: Actor, key: int) -> PublicWording:
    """One public wording of an item that the viewer may see. Errors: NotFound."""
    rows = PublicWording.objects.filter(item__in=programmes.visible_items(viewer))
    return _one(rows.select_related("item", "drafted_by"), key)


def waiting_wordings(viewer: Actor) -> list[PublicWording]:
    """Public wordings that wait for an approval."""
    rows = PublicWording.objects.filter(
        state=states.WORDED, item__in=programmes.visible_items(viewer)
    )
    return list(rows.select_related("item", "drafted_by").order_by("pk"))


def public_item(code: str) -> Item:
    """One item that has, or had, a public page. Errors: NotFound."""
    year, _, serial = code.partition("-")
    if (
        not (year.isascii() and year.isdigit() and serial.isascii() and serial.isdigit())
        or len(code) > 12
    ):
        raise NotFound("not_found")
    rows = Item.objects.filter(publicity__in=(OPEN, WITHDRAWN), year=int(year), serial=int(serial))
    found = _with_rows(rows).first()
    if found is None or found.code != code:
        raise NotFound("not_found")
    return found


def views(rows: Iterable[Item], *, on: date) -> list[ItemView]:
    """Items (fetched with their rows) as pages show them."""
    holidays = org.working_days()
    return [view(row, on=on, holidays=holidays) for row in rows]


def view(row: Item, *, on: date, holidays: dict[date, bool]) -> ItemView:
    """One item as pages show it."""
    lead = next((each for each in row.assignments.all() if each.lead), None)
    standing = _standing(row, lead)
    return ItemView(
        item=row,
        listing=next(iter(row.listings.all())),
        lead=lead,
        light=rules.light(standing, on=on),
        holder=rules.holder(standing, holidays=holidays),
    )


def _standing(row: Item, lead: Assignment | None) -> rules.Standing:
    reports = [each for each in row.reports.all() if lead and each.assignment_id == lead.pk]
    accepted = [
        each.signed_on for each in reports if each.state == states.ACCEPTED and each.signed_on
    ]
    reviewed = [each.reviewed_on for report in reports for each in report.reviews.all()]
    verified_on = max((each.verified_on for each in row.verifications.all()), default=None)
    read = [each.read_on for each in row.perusals.all()]
    return rules.Standing(
        state=row.state,
        grade=row.grade,
        due=row.due,
        issued_on=row.issued_on,
        lead_state=lead.state if lead else states.TO_SIGN_FOR,
        report_state=reports[0].state if reports else "",
        report_signed_on=reports[0].signed_on if reports else None,
        reviewed_on=max(reviewed, default=None),
        verified_on=verified_on,
        read_on=max((day for day in read if verified_on and day >= verified_on), default=None),
        claimed_on=row.claimed_on,
        concluded_on=row.concluded_on,
        nodes=[node.due for node in row.nodes.all()],
        last_accepted_on=max(accepted, default=None),
    )


def _with_rows(rows: QuerySet[Item]) -> QuerySet[Item]:
    """The same items with the rows that lights, holders and pages need: one query per kind of row."""
    return rows.prefetch_related(
        Prefetch("listings", Listing.objects.select_related("heading__programme")),
        Prefetch("assignments", Assignment.objects.select_related("unit")),
        Prefetch(
            "reports",
            Report.objects.select_related(
                "written_by", "signed_by", "assignment__unit"
            ).prefetch_related(*_OF_REPORT),
        ),
        "nodes",
        Prefetch("verifications", Verification.objects.select_related("person")),
        Prefetch("perusals", Perusal.objects.select_related("person", "entered_by")),
    )


def _one(rows: QuerySet, key: int):  # type: ignore[no-untyped-def]
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound("not_found")
    return found
