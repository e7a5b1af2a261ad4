"""Questions about assignments, reports and items under way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

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
from luoshi.delivery.narrowing import CODE, Asked, narrowed
from luoshi.intake.models import Document, Finding
from luoshi.intake.states import PAGE_FACTS, PAGE_HEAD
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import NotFound
from luoshi.org import queries as org
from luoshi.programme import queries as programmes
from luoshi.programme.models import Duty, Item, Link, Listing, Programme
from luoshi.programme.states import (
    CLOSED,
    CONCLUDED,
    OPEN,
    STRUCK_OFF,
    WITHDRAWN,
)

CHUNK = 200  # items looked at together when a light, which no column holds, is asked for


def _standing_links() -> QuerySet[Link]:
    """Links that stand, in their order, each with the id of the finding at its place, and with the end
    of what the document's page says of itself (an offset of the received text)."""
    finding = Finding.objects.filter(passage=OuterRef("passage")).order_by("pk")
    head = Finding.objects.filter(
        document=OuterRef("document"), kind__in=PAGE_FACTS, passage__end__lt=PAGE_HEAD
    ).order_by("-passage__end")
    rows = Link.objects.filter(removed=False).annotate(
        finding_key=Subquery(finding.values("pk")[:1]),
        head_end=Subquery(head.values("passage__end")[:1]),
    )
    return rows.order_by("pk")


_LINKS = Prefetch(
    "links",
    _standing_links().select_related("passage__document"),
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
    asked: Asked | None = None,
) -> list[ItemView]:
    """A page of the 督查台账 by number, after the key (year, serial); one more than `limit` if there are more."""
    asked = asked or Asked(programme=programme)
    rows = narrowed(programmes.visible_items(viewer), asked)
    if not asked.light:
        return views(_for_lists(_after(rows, after))[: limit + 1], on=on)
    found: list[ItemView] = []
    while len(found) <= limit:
        chunk = views(_for_lists(_after(rows, after))[:CHUNK], on=on)
        found += [each for each in chunk if each.light.code == asked.light]
        if len(chunk) < CHUNK:
            break
        after = (chunk[-1].item.year, chunk[-1].item.serial)
    return found[: limit + 1]


def every_item(viewer: Actor, *, on: date, asked: Asked) -> Iterator[ItemView]:
    """Yields every item of the list with its duties and figures, by number, a chunk of rows at a time."""
    rows = narrowed(programmes.visible_items(viewer), asked)
    after: tuple[int, int] | None = None
    duties = Prefetch("duties", Duty.objects.select_related("post__unit", "unit").order_by("pk"))
    while True:
        chunk = _for_lists(_after(rows, after)).prefetch_related("targets", duties)[:CHUNK]
        found = views(chunk, on=on)
        yield from (each for each in found if asked.light in ("", each.light.code))
        if len(found) < CHUNK:
            return
        after = (found[-1].item.year, found[-1].item.serial)


def _after(rows: QuerySet[Item], key: tuple[int, int] | None) -> QuerySet[Item]:
    if key is not None:
        year, serial = key
        rows = rows.filter(year__gte=year).exclude(year=year, serial__lte=serial)
    return rows.order_by("year", "serial")


def item(viewer: Actor, code: str) -> Item:
    """One item with everything its page shows. Errors: NotFound."""
    rows = _with_rows(programmes.visible_items(viewer)).prefetch_related(
        _LINKS,
        "targets",
        Prefetch("duties", Duty.objects.select_related("post__unit", "unit").order_by("pk")),
        Prefetch("wordings", PublicWording.objects.select_related("drafted_by", "approved_by")),
    )
    return _by_code(rows, code)


def reported(viewer: Actor, key: int) -> Report:
    """One report to be reviewed, its item with all reports, dates and sentences. Errors: NotFound."""
    rows = _with_reports(programmes.visible_items(viewer)).filter(reports=key)
    item = rows.prefetch_related(_LINKS, "targets").first()
    if item is None:
        raise NotFound("not_found")
    return next(each for each in item.reports.all() if each.pk == key)


def assigned(viewer: Actor, key: int) -> Assignment:
    """One assignment to be reported on, its item with all reports and dates. Errors: NotFound."""
    rows = _with_reports(programmes.visible_items(viewer)).filter(assignments=key)
    item = rows.prefetch_related("targets").first()
    if item is None:
        raise NotFound("not_found")
    return next(each for each in item.assignments.all() if each.pk == key)


def item_alone(viewer: Actor, code: str) -> Item:
    """One item without its rows, for a step on it. Errors: NotFound."""
    return _by_code(programmes.visible_items(viewer), code)


def _by_code(rows: QuerySet[Item], code: str) -> Item:
    number = CODE.fullmatch(code)
    found = number and rows.filter(year=int(number[1]), serial=int(number[2])).first()
    if not found or found.code != code:
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
    return _one(rows.prefetch_related("evidence__file", "reviews__person"), key)


def wording(viewer: Actor, key: int) -> PublicWording:
    """One public wording of an item that the viewer may see. Errors: NotFound."""
    rows = PublicWording.objects.filter(item__in=programmes.visible_items(viewer))
    return _one(rows.select_related("item", "drafted_by"), key)


def evidence(viewer: Actor, key: int) -> Evidence:
    """One file of a report on an item that the viewer may see. Errors: NotFound."""
    rows = Evidence.objects.filter(item__in=programmes.visible_items(viewer))
    return _one(rows.select_related("file"), key)


def waiting_wordings(viewer: Actor) -> list[PublicWording]:
    """Public wordings that wait for an approval."""
    rows = PublicWording.objects.filter(
        state=states.WORDED, item__in=programmes.visible_items(viewer)
    )
    return list(rows.select_related("item", "drafted_by").order_by("pk"))


def unworded_items(viewer: Actor) -> list[Item]:
    """Finished items that the public cannot read of and for which nothing is drafted."""
    return list(unworded(programmes.visible_items(viewer)).order_by("year", "serial"))


def unworded(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Of these, the finished ones without a public page or a draft of its wording."""
    drafted = PublicWording.objects.filter(state=states.WORDED)
    return rows.filter(state__in=(CONCLUDED, STRUCK_OFF), publicity=CLOSED).exclude(
        pk__in=drafted.values("item")
    )


def public_items(viewer: Actor) -> list[Item]:
    """Items that have, or had, a public page, by number."""
    rows = programmes.visible_items(viewer).filter(publicity__in=(OPEN, WITHDRAWN))
    return list(rows.order_by("year", "serial"))


def public_item(code: str) -> Item:
    """One item that has, or had, a public page. Errors: NotFound."""
    rows = Item.objects.filter(publicity__in=(OPEN, WITHDRAWN))
    return _by_code(_with_rows(rows), code)


def to_assign(programme: Programme) -> list[Item]:
    """The items of a draft by number, with the duties that become assignments."""
    rows = programmes.items_of(programme)
    return list(rows.prefetch_related(Prefetch("duties", Duty.objects.select_related("unit"))))


def ordering_links(keys: Iterable[int]) -> dict[int, Link]:
    """Item id -> the link to the sentence that ordered it, with its place and document."""
    found: dict[int, Link] = {}
    for link in _standing_links().filter(item__in=list(keys)).select_related("passage"):
        found.setdefault(link.item_id or 0, link)
    documents = Document.objects.only("restored", "receipt", "decided", "title").in_bulk(
        {link.document_id for link in found.values()}
    )
    for link in found.values():
        link.passage.document = documents[link.document_id]
    return found


def views_of(keys: Iterable[int], *, on: date, holidays: dict[date, bool]) -> dict[int, ItemView]:
    """The items with these ids as lists show them, by id."""
    rows = _for_lists(Item.objects.filter(pk__in=set(keys)))
    return {row.pk: view(row, on=on, holidays=holidays) for row in rows}


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
    read_on, verified_on = row.read_on, row.verified_on  # type: ignore[attr-defined]  # annotated by the query
    return rules.Standing(
        state=row.state,
        grade=row.grade,
        due=row.due,
        issued_on=row.issued_on,
        lead_state=lead.state if lead else states.TO_SIGN_FOR,
        report_state=reports[0].state if reports else "",
        report_signed_on=reports[0].signed_on if reports else None,
        reviewed_on=row.reviewed_on,  # type: ignore[attr-defined]  # annotated by the query
        verified_on=verified_on,
        read_on=read_on if read_on and verified_on and read_on >= verified_on else None,
        claimed_on=row.claimed_on,
        concluded_on=row.concluded_on,
        nodes=[node.due for node in row.nodes.all()],
        last_accepted_on=max(accepted, default=None),
    )


def _with_dates(rows: QuerySet[Item]) -> QuerySet[Item]:
    """The same items with the dates of the lead's last review, the last verification and reading."""

    def last(model: type, field: str, **narrow: object) -> Subquery:
        found = model.objects.filter(item=OuterRef("pk"), **narrow)  # type: ignore[attr-defined]  # every model given has `item`
        return Subquery(found.order_by(f"-{field}").values(field)[:1])

    return rows.annotate(
        reviewed_on=last(Review, "reviewed_on", report__assignment__lead=True),
        verified_on=last(Verification, "verified_on"),
        read_on=last(Perusal, "read_on"),
    )


def _for_lists(rows: QuerySet[Item]) -> QuerySet[Item]:
    """The same items with what lights and holders need: one query per kind of row."""
    return _with_dates(rows).prefetch_related(
        Prefetch(
            "listings", Listing.objects.select_related("heading__programme", "heading__parent")
        ),
        Prefetch("assignments", Assignment.objects.select_related("unit")),
        "reports",
        "nodes",
    )


def _with_reports(rows: QuerySet[Item]) -> QuerySet[Item]:
    """The same items with their parts, nodes, and reports with evidence and reviews."""
    reports = Report.objects.select_related("written_by", "signed_by", "assignment__unit")
    return _with_dates(rows).prefetch_related(
        Prefetch("listings", Listing.objects.select_related("heading__programme")),
        Prefetch("assignments", Assignment.objects.select_related("unit")),
        Prefetch(
            "reports",
            reports.prefetch_related(
                Prefetch("reviews", Review.objects.select_related("person")),
                Prefetch("evidence", Evidence.objects.select_related("file")),
            ),
        ),
        "nodes",
    )


def _with_rows(rows: QuerySet[Item]) -> QuerySet[Item]:
    """The same items with all rows of delivery that a page shows: one query per kind of row."""
    return _with_reports(rows).prefetch_related(
        Prefetch("verifications", Verification.objects.select_related("person")),
        Prefetch("perusals", Perusal.objects.select_related("person", "entered_by")),
    )


def _one(rows: QuerySet, key: int):  # type: ignore[no-untyped-def]  # answers a row of the model of `rows`
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound("not_found")
    return found
