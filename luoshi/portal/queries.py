"""What the public may see. The viewer is nobody: only what was opened, or was open once."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.delivery import queries as delivery
from luoshi.delivery.models import PublicWording
from luoshi.delivery.states import APPROVED
from luoshi.intake.models import Document, Finding
from luoshi.intake.states import OPEN, STANDING_FINDINGS, WITHDRAWN
from luoshi.kernel.errors import NotFound
from luoshi.ledger import chain
from luoshi.ledger.models import Event
from luoshi.programme import queries as programmes
from luoshi.programme.models import Item, Link

PAGE_FACTS = {"column", "title", "published", "clicks", "source"}
CODE_LENGTH = 12  # hexadecimal characters of a document's digest in its public address


@dataclass(frozen=True, slots=True)
class Proof:
    """The head of an item's chain: how many records, when the last was entered, its seal."""

    records: int
    at: str
    digest: str


def item(code: str) -> Item:
    """An item that has, or had, a public page. Errors: NotFound."""
    return delivery.public_item(code)


def items() -> list[Item]:
    """Items with an open public page, by number."""
    rows = Item.objects.filter(publicity=OPEN).order_by("year", "serial")
    return list(rows.prefetch_related("listings__heading"))


def wording(of: Item) -> PublicWording | None:
    """The approved public wording in force."""
    return PublicWording.objects.filter(item=of, state=APPROVED).first()


def sentence(of: Item) -> Finding | None:
    """The directive that ordered an item, with its document and place."""
    passage = programmes.ordering_passage(of)
    if passage is None:
        return None
    rows = Finding.objects.filter(passage=passage).select_related("document", "passage")
    return rows.first()


def proof(of: Item) -> Proof:
    """The head of the item's stream."""
    events = Event.objects.filter(stream=of.stream).order_by("-sequence")
    last = events[0]
    return Proof(records=last.sequence, at=last.at, digest=chain.seal(last.header, last.tag))


def document_code(of: Document) -> str:
    """What stands for a document in its public address."""
    return of.digest[:CODE_LENGTH]


def document(code: str) -> Document:
    """A document that has, or had, a public page. Errors: NotFound."""
    if len(code) != CODE_LENGTH:
        raise NotFound("not_found")
    rows = Document.objects.filter(publicity__in=(OPEN, WITHDRAWN), digest__startswith=code)
    found = rows.first()
    if found is None:
        raise NotFound("not_found")
    return found


def directives(of: Document) -> list[Finding]:
    """The directives of a document that a person stands behind, in its order, with their places."""
    rows = of.findings.filter(kind="directive", state__in=STANDING_FINDINGS)
    return list(rows.select_related("passage").order_by("order", "pk"))


def head_end(of: Document) -> int:
    """Where the page's head ends in the received text: the last page fact before the body speaks."""
    places = of.findings.values_list("kind", "passage__start", "passage__end")
    body = min((start for kind, start, _ in places if kind not in PAGE_FACTS), default=0)
    return max(
        (end for kind, start, end in places if kind in PAGE_FACTS and start < body), default=0
    )


def links(of: list[Finding]) -> dict[int, list[Link]]:
    """Passage id -> what became of it."""
    return programmes.links_of(finding.passage_id for finding in of)
