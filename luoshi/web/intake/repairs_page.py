"""还原记录: every repair with what stood there, what stands there now, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.intake import queries
from luoshi.intake.models import Document, RepairDecision
from luoshi.intake.states import PAGE_FACTS
from luoshi.kernel.actor import Actor
from luoshi.programme import queries as programmes
from luoshi.web.intake import head, provenance
from luoshi.web.intake.doubts import DOUBTFUL, decided_words, waiting
from luoshi.web.intake.lines import place_words
from luoshi.web.intake.looking import Look
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.source import REPAIR_KINDS, SHADES, shown_span

PAGE = 200
_NEAR = 8  # characters of the text on either side
STATUSES: Mapping[str, Any] = {
    "exact": gettext_lazy("确定"),
    "inferred": gettext_lazy("推断"),
    "uncertain": gettext_lazy("存疑，没有改"),
    "proposed": gettext_lazy("建议，没有改"),
    "decided": gettext_lazy("人工判定"),
}
# What a person should look at comes first.
_ORDER = {"uncertain": 0, "proposed": 1, "decided": 2, "inferred": 3, "exact": 4}


def context(document: Document, viewer: Actor, *, start: int = 0) -> dict[str, Any]:
    """Context of document_repairs.html, from the repair number `start` on."""
    sheet = Sheet(document)
    sheet.settle(queries.findings_between(document, (), 0, 0, PAGE_FACTS))
    records = sheet.records
    ordered = sorted(
        enumerate(records, start=1),
        key=lambda pair: (_ORDER[pair[1]["status"]], pair[1]["out_start"]),
    )
    decisions = queries.decisions(document) if document.decided else {}
    shown = ordered[start : start + PAGE]
    url = reverse("web:document_repairs", args=[document.pk])
    return {
        "here": "documents",
        "document": head.document(document, viewer, programmes.drafted_from(document, viewer)),
        "coverage": head.coverage(programmes.coverage(document), document),
        "tabs": head.tabs(document, queries.tallies(document), "document_repairs"),
        "repairs": head.repairs(document, decisions.values()),
        "first": _first(sheet),
        "provenance": provenance.shown(document),
        "rows": [_row(sheet, repair, number, decisions.get(number)) for number, repair in shown],
        "pager": {
            "count": len(shown),
            "next_url": f"{url}?after={start + PAGE}" if start + PAGE < len(ordered) else "",
            "next_from": _("第 %(n)s 处") % {"n": start + PAGE + 1},
            "first_url": url if start else "",
        },
    }


def _row(
    sheet: Sheet, repair: Mapping[str, Any], number: int, decision: RepairDecision | None
) -> dict[str, Any]:
    text = sheet.text
    first, last = shown_span(repair)
    # What was only taken out is shown with the character it stood behind.
    kept = text[first:last] if repair["out_end"] == repair["out_start"] else ""
    open_ = repair["status"] in DOUBTFUL
    others = [each for each in repair["candidates"] if each["text"] != repair["after"]]
    if len({each["score"] for each in others}) == 1 and len(others) > 1:
        others = []  # a digit that may be any: a list of them says nothing
    return {
        "status": STATUSES[repair["status"]],
        "shade": SHADES[repair["status"]],
        "kind": REPAIR_KINDS.get(repair["kind"], repair["kind"]),
        "before": kept + repair["before"],
        "after": "" if open_ and repair["after"] == repair["before"] else kept + repair["after"],
        "shown": text[first:last],
        "left": text[max(0, first - _NEAR) : first].rpartition("\n")[2],
        "right": text[last : last + _NEAR].partition("\n")[0],
        "place": place_words(text, sheet.lines, first),
        "url": _url(sheet, number, first),
        "by": decided_words(decision) if decision and repair["status"] == "decided" else "",
        "candidates": [
            {"text": each["text"], "share": f"{each['score'] / 10:.0f}%"} for each in others[:3]
        ],
    }


def _first(sheet: Sheet) -> str:
    """The address of the first place that waits for a person; "" when none does."""
    left = waiting(sheet.document)
    return _url(sheet, left[0], shown_span(sheet.records[left[0] - 1])[0]) if left else ""


def _url(sheet: Sheet, number: int, offset: int) -> str:
    """The place in the text, in question."""
    look = Look(sheet.document.pk, part=sheet.part_at(offset), doubt=number)
    return f"{look.page}#repair-{number}"
