"""The faces of a document as their templates document them; each fetches what it shows, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.intake import queries, states
from luoshi.intake.models import Document, Finding
from luoshi.intake.rules import Coverage
from luoshi.intake.states import PAGE_FACTS
from luoshi.kernel.actor import Actor
from luoshi.programme import queries as programmes
from luoshi.programme.models import Link, Programme
from luoshi.programme.states import DRAFT
from luoshi.web.intake import directives, facts, head, source_pane
from luoshi.web.intake.acts import button, offered
from luoshi.web.intake.lines import Line
from luoshi.web.intake.looking import Look
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.source import Mark

DIRECTIVES = ("directive",)
# of the list: which states a pill shows
ONLY: Mapping[str, frozenset[str]] = {
    "waiting": frozenset({"doubt", "open"}),
    "unlinked": frozenset({"confirmed", "corrected", "added"}),
    "settled": frozenset({"linked", "general"}),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """One page of a document, opened: its lines, the findings of one face that stand on it."""

    viewer: Actor
    sheet: Sheet
    lines: Sequence[Line]
    part: int
    parts: int
    findings: Sequence[Finding]
    links: Mapping[int, list[Link]]
    drafted: Sequence[Programme]
    look: Look

    @property
    def document(self) -> Document:
        return self.sheet.document

    @property
    def draft(self) -> int | None:
        """The programme that new items go into."""
        return next((each.pk for each in self.drafted if each.state == DRAFT), None)

    def links_of(self, finding: Finding) -> list[Link]:
        return self.links.get(finding.passage_id, [])


def opened(
    document: Document,
    kinds: Sequence[str],
    *,
    viewer: Actor,
    part: int = 1,
    around: Finding | None = None,
    look: Look | None = None,
) -> Opened:
    """The page `part` of a document, or only the lines around one finding."""
    sheet = Sheet(document)
    pages = sheet.pages
    part = min(max(part, 1), len(pages))
    lines = sheet.lines_of(around) if around else pages[part - 1]
    found = queries.findings_between(document, kinds, *sheet.received_range(lines), PAGE_FACTS)
    sheet.settle(found)
    starts = {line.start for line in lines}
    first, last = (lines[0].start, lines[-1].end) if lines else (0, 0)
    here = [
        each
        for each in found
        if each.kind in kinds and sheet.span(each)[0] < last and sheet.span(each)[1] > first
    ]
    directive = kinds == DIRECTIVES
    return Opened(
        viewer=viewer,
        sheet=sheet,
        lines=[line for line in sheet.lines if line.start in starts],
        part=part,
        parts=len(pages),
        findings=here,
        links=programmes.links_of(each.passage_id for each in here) if directive else {},
        drafted=programmes.drafted_from(document, viewer),
        look=(look or Look(document.pk)).at(part=part),
    )


def workbench(page: Opened, *, only: str = "", form: forms.Form | None = None) -> dict[str, Any]:
    """Context of document.html; `form` is the marking form that was refused."""
    tallies = queries.tallies(page.document)
    cover = programmes.coverage(page.document)
    rows = sorted((_directive(page, each) for each in page.findings), key=directives.rank)
    shown = [row for row in rows if only not in ONLY or row["state"] in ONLY[only]]
    if shown:
        shown[0]["on"] = True
    bar = head.coverage(cover, page.document)
    return {
        **_common(page, tallies, "document"),
        "coverage": bar,
        "paragraphs": paragraphs(page),
        "findings": shown,
        **directives_top(page.document, cover, only, part=page.part),
        "rejected_words": bar["rejected"],
        "found_here": _mark_act(page, form),
        "bulk": bulk(page, rows),
    }


def fact_sheet(page: Opened) -> dict[str, Any]:
    """Context of document_facts.html."""
    tallies = queries.tallies(page.document)
    groups = facts.groups(page.sheet, page.findings, page.viewer)
    first = next((fact for group in groups for fact in group["facts"] if fact.get("pk")), None)
    if first:
        first["on"] = True
    return {
        **_common(page, tallies, "document_facts"),
        "coverage": head.coverage(programmes.coverage(page.document), page.document),
        "paragraphs": paragraphs(page),
        "groups": groups,
        "top": facts_top(page.document, page.viewer, tallies),
    }


def swapped(page: Opened, finding: Finding, error: str = "") -> dict[str, Any]:
    """Context of _swap.html: the row again, its lines, the coverage bar, the counts above the list."""
    directive = finding.kind == "directive"
    row = row_of(page, finding) | {"on": True, "error": error}
    context: dict[str, Any] = {
        "finding": row if directive else None,
        "fact": None if directive else row,
        "paragraphs": [{**each, "swap": True} for each in paragraphs(page)],
        "swap": True,
    }
    if directive:
        cover = programmes.coverage(page.document)
        context["coverage"] = head.coverage(cover, page.document)
        context["rejected_words"] = context["coverage"]["rejected"]
        context["pills"] = directives_top(page.document, cover, part=page.sheet.part(finding))[
            "pills"
        ]
    else:
        tallies = queries.tallies(page.document)
        context["top"] = facts_top(page.document, page.viewer, tallies)
    return context


def row_of(page: Opened, finding: Finding) -> dict[str, Any]:
    """A finding as its face draws it."""
    if finding.kind == "directive":
        return _directive(page, finding)
    return facts.row(page.sheet, finding, page.viewer)


def paragraphs(page: Opened) -> list[dict[str, Any]]:
    """The lines of the page with its findings marked."""
    marks = [_mark(page, each) for each in page.findings]
    return source_pane.paragraphs(page.sheet, page.lines, marks, page.look)


def directives_top(
    document: Document, found: Coverage, only: str = "", *, part: int
) -> dict[str, Any]:
    """The pills above the list: the directives of the whole document, by where they stand."""
    url = f"{reverse('web:document', args=[document.pk])}?part={part}"
    settled = found.directives - found.unlinked
    counts = (
        ("", _("存疑在前"), found.directives + found.unconfirmed + found.rejected),
        ("waiting", _("待确认"), found.unconfirmed),
        ("unlinked", _("未对应"), found.unlinked),
        ("settled", _("有下文"), settled),
    )
    chosen = only if only in ONLY else ""
    return {
        "pills": [
            {
                "label": label,
                "url": f"{url}&only={name}" if name else url,
                "count": count,
                "current": name == chosen,
            }
            for name, label, count in counts
        ]
    }


def facts_top(
    document: Document, viewer: Actor, tallies: Iterable[queries.Tally]
) -> dict[str, Any]:
    """The counts above the facts, and the act that confirms all that carry no doubt."""
    rows = [each for each in tallies if each.kind != "directive"]
    waiting = [each for each in rows if each.state == states.PROPOSED]
    sure = sum(each.sure for each in waiting)
    confirm = None
    if sure and offered(viewer, states.CONFIRM_SURE, document):
        label = _("确认无存疑的 %(n)s 条") % {"n": sure}
        url = reverse("web:confirm_sure", args=[document.pk])
        confirm = button(label, url, seen=document.version, letter="C", primary=True)
    left = sum(each.count for each in waiting)
    return {
        "words": _("%(n)s 条待确认，其中存疑 %(m)s 条") % {"n": left, "m": left - sure}
        if left
        else _("都看过了"),
        "confirm": confirm,
    }


def bulk(page: Opened, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The bar that gives several directives the same word; absent when there are not two to pick."""
    if sum(bool(row["pick"]) for row in rows) < 2:
        return None
    url = reverse("web:link_several", args=[page.document.pk])
    return button("", url)


def _common(page: Opened, tallies: list[queries.Tally], face: str) -> dict[str, Any]:
    document = page.document
    return {
        "here": "documents",
        "document": head.document(document, page.viewer, page.drafted),
        "tabs": head.tabs(document, tallies, face),
        **source_pane.pane(page.sheet, page.look, page.viewer),
        "whose": head.whose_move(document, page.viewer, tallies),
        "pager": pager(page),
    }


def pager(page: Opened) -> dict[str, Any] | None:
    """Which part of a long document this is, and the ways on."""
    if page.parts == 1:
        return None
    return {
        "words": _("文件很长，分 %(n)s 部分显示，这是第 %(m)s 部分")
        % {"n": page.parts, "m": page.part},
        "back": page.look.at(part=page.part - 1, doubt=0, done=0).page if page.part > 1 else "",
        "on": page.look.at(part=page.part + 1, doubt=0, done=0).page
        if page.part < page.parts
        else "",
    }


def _directive(page: Opened, finding: Finding) -> dict[str, Any]:
    links = page.links_of(finding)
    return directives.row(page.sheet, finding, links, viewer=page.viewer, draft=page.draft)


def _mark(page: Opened, finding: Finding) -> Mark:
    if finding.kind == "directive":
        return directives.mark(page.sheet, finding, page.links_of(finding))
    return facts.mark(page.sheet, finding)


def _mark_act(page: Opened, form: forms.Form | None) -> dict[str, Any] | None:
    if form is None or not offered(page.viewer, states.MARK, page.document):
        return None
    url = reverse("web:mark", args=[page.document.pk])
    return button(pgettext("verb", "人工标注"), url, letter="T", form=form, send=_("标为"))
