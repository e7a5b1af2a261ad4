"""Drafting a programme: the name that the document proposes, the areas it will have."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.intake import queries
from luoshi.intake.models import Document, Finding
from luoshi.intake.states import PAGE_FACTS, PROPOSED, REJECTED, STANDING_FINDINGS
from luoshi.kernel.actor import Actor
from luoshi.programme import queries as programmes
from luoshi.web.intake.sheet import Sheet

_HEADS = ("area", "theme")


def proposed(document: Document, *, on: date) -> dict[str, Any]:
    """Name, year and theme as the document's current theme year gives them."""
    themes = [each for each in _found(document) if each.kind == "theme"]
    current = [
        each for each in themes if each.value["status"] == "current" and each.state != REJECTED
    ]
    # A theme that a person confirmed goes before one that only the reader proposes.
    current.sort(key=lambda each: each.state == PROPOSED)
    theme = current[0].value if current else {}
    year = theme.get("year") or (document.published_on or on).year
    name = theme.get("name") or ""
    title = f"{name} {year}" if name else _("%(year)s 年工作清单") % {"year": year}
    return {"title": title, "year": year, "theme": name}


def context(document: Document, viewer: Actor) -> dict[str, Any]:
    """Context of draft_programme.html, but for its form."""
    found = _found(document)
    areas = [each for each in found if each.kind == "area"]
    standing = [each for each in areas if each.state in STANDING_FINDINGS]
    sheet = Sheet(document)
    sheet.settle(found)
    facts = reverse("web:document_facts", args=[document.pk])
    return {
        "title": document.title,
        "document_url": reverse("web:document", args=[document.pk]),
        "areas": [
            {
                "name": each.value["name"],
                "place": sheet.place(each),
                "url": f"{facts}#finding-{each.pk}",
            }
            for each in standing
        ],
        "waiting": sum(each.state == PROPOSED for each in areas),
        "facts_url": facts,
        "earlier": [
            {"url": reverse("web:programme", args=[each.pk]), "title": each.title}
            for each in programmes.drafted_from(document, viewer)
        ],
    }


def _found(document: Document) -> list[Finding]:
    return queries.findings_between(document, (), 0, 0, (*_HEADS, *PAGE_FACTS))
