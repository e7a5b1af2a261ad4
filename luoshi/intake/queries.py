"""Questions about documents and what was found in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.intake.models import Document, Finding, RepairDecision, SitePair
from luoshi.intake.states import PROPOSED
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import NotFound
from luoshi.org.roles import LEADER, LIAISON, OFFICE, PUBLICITY, SECRETARY, UNIT_HEAD

_READERS = (*OFFICE, LEADER, SECRETARY, PUBLICITY)


def visible_documents(viewer: Actor) -> QuerySet[Document]:
    """Documents the viewer may see.

    The office, leaders and the publicity desk see all; a unit those from which one of its items comes.
    """
    rows = Document.objects.all()
    if any(viewer.has(role) for role in _READERS):
        return rows
    units = viewer.rights.get(LIAISON, frozenset()) | viewer.rights.get(UNIT_HEAD, frozenset())
    return rows.filter(
        pk__in=rows.filter(
            links__item__duties__unit__in=units, links__item__issued_on__isnull=False
        ).values("pk")
    )


def document(viewer: Actor, key: int) -> Document:
    """One document with its file. Errors: NotFound."""
    found = visible_documents(viewer).select_related("file").filter(pk=key).first()
    if found is None:
        raise NotFound("not_found")
    return found


def documents(viewer: Actor) -> QuerySet[Document]:
    """The documents, newest first, each with the number of findings nobody has looked at (`waiting`)."""
    # Counted beside the rows: a join would group by the texts, of which some have megabytes.
    proposed = Finding.objects.filter(document=OuterRef("pk"), state=PROPOSED).order_by()
    waiting = proposed.values("document").annotate(count=Count("pk")).values("count")
    return (
        visible_documents(viewer)
        .defer("received", "restored", "receipt", "decided", "provenance")
        .annotate(waiting=Coalesce(Subquery(waiting), 0))
        .order_by("-pk")
    )


def findings(of: Document) -> list[Finding]:
    """All findings of a document in its order, each with its passage."""
    return list(of.findings.select_related("passage").order_by("order", "pk"))


def finding(viewer: Actor, key: int) -> Finding:
    """One finding with its document and passage. Errors: NotFound."""
    found = (
        Finding.objects.filter(document__in=visible_documents(viewer), pk=key)
        .select_related("document", "passage")
        .first()
    )
    if found is None:
        raise NotFound("not_found")
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings of a kind are in a state; `sure` of them carry no doubt."""

    kind: str
    state: str
    count: int
    sure: int


def tallies(of: Document) -> list[Tally]:
    """The findings of a document, counted by kind and state."""
    rows = (
        of.findings.order_by()
        .values_list("kind", "state")
        .annotate(count=Count("pk"), sure=Count("pk", filter=Q(doubts=[])))
    )
    return [Tally(*row) for row in rows]


def findings_between(
    of: Document, kinds: Iterable[str], start: int, end: int, also: Iterable[str] = ()
) -> list[Finding]:
    """Findings of these kinds that touch [start, end) of the received text, and all of the kinds `also`."""
    touching = Q(kind__in=list(kinds), passage__start__lt=end, passage__end__gt=start)
    rows = of.findings.filter(touching | Q(kind__in=list(also)))
    return list(rows.select_related("passage").order_by("order", "pk"))


def decisions(of: Document) -> dict[int, RepairDecision]:
    """What people said of the document's damaged places, by the number of the record."""
    rows = of.decisions.select_related("decided_by", "document")
    return {row.number: row for row in rows}


def site_pairs() -> list[SitePair]:
    """The pairs of all sites, by site."""
    return list(SitePair.objects.order_by("site", "character", "reading"))


def site_pair(key: int) -> SitePair:
    """One pair. Errors: NotFound."""
    found = SitePair.objects.filter(pk=key).first()
    if found is None:
        raise NotFound("not_found")
    return found


def titles_of(viewer: Actor, keys: Iterable[int]) -> dict[int, Document]:
    """Those of these documents that the viewer may see, with nothing but their titles."""
    return visible_documents(viewer).only("title").in_bulk(list(keys))


def document_of_bytes(viewer: Actor, digest: str) -> Document | None:
    """The document that the bytes of this SHA-256 became, if the viewer may see it."""
    return visible_documents(viewer).filter(digest=digest).first()
