"""Questions about programmes, headings, items and what became of sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from luoshi.intake.models import Document, Finding, Passage
from luoshi.intake.rules import Coverage
from luoshi.intake.states import PROPOSED, REJECTED, STANDING_FINDINGS
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import NotFound
from luoshi.org.roles import OFFICE
from luoshi.programme.models import Duty, Heading, Item, Link, Listing, Programme
from luoshi.programme.states import DRAFT, REGISTERED


def is_office(viewer: Actor) -> bool:
    """Whether the viewer sees every matter, whichever unit it lies with."""
    return any(viewer.has(role) for role in OFFICE)


def visible_programmes(viewer: Actor) -> QuerySet[Programme]:
    """Programmes the viewer may see: the office all, everybody else those issued."""
    rows = Programme.objects.all()
    return rows if is_office(viewer) else rows.exclude(state=DRAFT)


def programme(viewer: Actor, key: int) -> Programme:
    """One programme with its document. Errors: NotFound."""
    found = visible_programmes(viewer).select_related("document").filter(pk=key).first()
    if found is None:
        raise NotFound("not_found")
    return found


def programmes(viewer: Actor) -> list[Programme]:
    """The programmes, newest year first, with the number of their items (`items_count`)."""
    rows = visible_programmes(viewer).annotate(
        items_count=Count("headings__listings", distinct=True)
    )
    return list(rows.order_by("-year", "pk"))


def headings(of: Programme) -> list[Heading]:
    """The headings of a programme in their order, each with its listings and items."""
    return list(
        of.headings.select_related("passage", "programme__document").prefetch_related(
            "listings__item"
        )
    )


def heading(viewer: Actor, key: int) -> Heading:
    """One heading with its programme. Errors: NotFound."""
    found = (
        Heading.objects.filter(programme__in=visible_programmes(viewer), pk=key)
        .select_related("programme__document")
        .first()
    )
    if found is None:
        raise NotFound("not_found")
    return found


def items_of(of: Programme) -> QuerySet[Item]:
    """The items listed in a programme, by their number."""
    return Item.objects.filter(listings__heading__programme=of).distinct().order_by("serial")


def visible_items(viewer: Actor) -> QuerySet[Item]:
    """Items the viewer may see.

    The office sees all. A unit sees those that name it, a leader those that name his post; both
    only once they are issued. The publicity desk sees what is issued.
    """
    rows = Item.objects.all()
    if is_office(viewer):
        return rows
    rows = rows.exclude(state=REGISTERED)
    if viewer.has("publicity") or viewer.has("secretary"):
        return rows
    units = viewer.rights.get("liaison", frozenset()) | viewer.rights.get("unit_head", frozenset())
    named = Q(duties__unit__in=units)
    if viewer.has("leader"):
        named |= Q(duties__post__in=viewer.posts)
    return rows.filter(pk__in=Item.objects.filter(named).values("pk"))


def links_of(passages: Iterable[int]) -> dict[int, list[Link]]:
    """Passage id -> its standing links with headings and items."""
    found: dict[int, list[Link]] = {}
    rows = Link.objects.filter(passage__in=list(passages), removed=False)
    for link in rows.select_related("heading", "item").order_by("pk"):
        found.setdefault(link.passage_id, []).append(link)
    return found


def coverage(document: Document) -> Coverage:
    """漏项核对 of a document: each directive counted once, by its first link."""
    directives = list(
        Finding.objects.filter(document=document, kind="directive").values_list(
            "state", "passage_id"
        )
    )
    standing = [passage for state, passage in directives if state in STANDING_FINDINGS]
    first: dict[int, str] = {}
    rows = Link.objects.filter(document=document, removed=False, passage__in=standing).order_by(
        "pk"
    )
    for passage, kind in rows.values_list("passage_id", "kind"):
        first.setdefault(passage, kind)
    states = Counter(state for state, _ in directives)
    return Coverage(
        by_kind=Counter(first.values()),
        unlinked=sum(passage not in first for passage in standing),
        unconfirmed=states[PROPOSED],
        rejected=states[REJECTED],
    )


def ordering_passage(item: Item) -> Passage | None:
    """The place of the sentence that ordered an item."""
    link = (
        item.links.filter(removed=False).select_related("passage__document").order_by("pk").first()
    )
    return link.passage if link else None


def drafted_from(document: Document, viewer: Actor) -> list[Programme]:
    """The programmes drafted from a document that the viewer may see, the newest first."""
    return list(visible_programmes(viewer).filter(document=document).order_by("-pk"))


def headings_of(programmes: Iterable[Programme]) -> list[Heading]:
    """The headings of several programmes, programme by programme in their order, each with the id of the
    finding at its place."""
    order = [each.pk for each in programmes]
    finding = Finding.objects.filter(passage=OuterRef("passage"), kind="area").order_by("pk")
    rows = Heading.objects.filter(programme__in=order).select_related("passage")
    rows = rows.annotate(finding_key=Subquery(finding.values("pk")[:1])).order_by("order", "pk")
    return sorted(rows, key=lambda each: order.index(each.programme_id))


def listings_of(of: Programme) -> list[Listing]:
    """What a programme lists, in its order, each with its item and the item's units."""
    duties = Prefetch("item__duties", Duty.objects.select_related("unit"))
    rows = Listing.objects.filter(heading__programme=of).select_related("item")
    return list(rows.prefetch_related(duties).order_by("heading__order", "order", "pk"))


def items_of_document(document: Document, viewer: Actor) -> QuerySet[Item]:
    """The items that the viewer may see in the programmes drafted from a document, newest first."""
    rows = visible_items(viewer).filter(listings__heading__programme__document=document)
    return rows.distinct().order_by("-year", "-serial")
