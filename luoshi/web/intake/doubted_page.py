"""The answer to a step on a damaged place: the place, and what a decision changed beside it."""

from __future__ import annotations

from typing import Any

from luoshi.intake import queries
from luoshi.intake.doubting import touched
from luoshi.intake.models import Document
from luoshi.intake.states import PAGE_FACTS
from luoshi.kernel.actor import Actor
from luoshi.programme import queries as programmes
from luoshi.web.intake import facts, head, pages, source_pane
from luoshi.web.intake.looking import Look
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.source import shown_span


def place_only(document: Document, look: Look, viewer: Actor) -> dict[str, Any]:
    """Context of _doubt_swap.html when nothing but the place in question changes."""
    sheet = Sheet(document)
    sheet.settle(queries.findings_between(document, (), 0, 0, PAGE_FACTS))
    return source_pane.pane(sheet, look, viewer)


def place_and_text(document: Document, look: Look, viewer: Actor) -> dict[str, Any]:
    """The same with the text, the head, and the findings whose words the decision touched."""
    sheet = Sheet(document)
    first, _last = shown_span(sheet.records[look.doubt - 1])
    kinds = facts.KINDS if look.face else pages.DIRECTIVES
    part = sheet.part_at(first)
    look = look.at(part=part)
    page = pages.opened(document, kinds, viewer=viewer, part=part, look=look)
    record = document.receipt[look.done - 1]
    changed = touched(page.findings, record["start"], record["end"])
    rows = [{**pages.row_of(page, each), "swap": True} for each in changed]
    return {
        **source_pane.pane(page.sheet, look, viewer),
        "document": head.document(document, viewer, programmes.drafted_from(document, viewer)),
        "paragraphs": pages.paragraphs(page),
        "pager": pages.pager(page),
        "facts": rows if look.face else [],
        "findings": [] if look.face else rows,
        "whole": True,
        "swap": True,
    }
