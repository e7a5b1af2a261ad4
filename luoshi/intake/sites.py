"""Whose pages a document is one of, and what those pages taught."""

from __future__ import annotations

import re
from collections.abc import Collection

from luoshi.intake.models import Document, SitePair
from luoshi.intake.states import LEARNED
from luoshi.officialdoc.receive import Received
from luoshi.text.restore_annotation import PINYIN
from luoshi.text.wordlists import simplified

_HINTS = ("sitedomain", "sitename")
_INSERTION = re.compile(rf"\({PINYIN}\)")


def site_of(received: Received) -> str:
    """The site that a page says it is of, or the source it names, in one writing; "" when neither."""
    hints = received.paper.hints
    said = next((hints[name] for name in _HINTS if hints.get(name)), "")
    if not said:
        sources = (each for each in received.reading.findings if each.kind == "source")
        said = next((str(each.value.get("text") or "") for each in sources), "")
    said = _INSERTION.sub("", said)  # the name itself may be damaged, on a page too weak to restore
    return " ".join(said.translate(simplified()).casefold().split())[:200]


def pairs_for(site: str) -> Collection[tuple[str, str]] | None:
    """The pairs in use for a site; None for one of which no page was damaged."""
    if not site:
        return None
    rows = SitePair.objects.filter(site=site, state=LEARNED)
    pairs = frozenset(rows.values_list("character", "reading"))
    pages = Document.objects.filter(site=site, provenance__profile__state="damaged")
    return pairs if pairs or pages.exists() else None
