"""The faces of a document as their templates document them; each fetches what it shows, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from luoshi.org.matching import Book
from luoshi.programme import queries as programmes
from luoshi.programme.models import Link, Programme
from luoshi.programme.states import DRAFT
from luoshi.web.delivery.trail_words import DONE
from luoshi.web.intake import directives, facts, head, source_pane
from luoshi.web.intake.acts import button, offered
from luoshi.web.intake.directives import Neighbours
from luoshi.web.intake.lines import Line
from luoshi.web.intake.looking import Look
from luoshi.web.intake.names import book_of_today
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.source import Mark

DIRECTIVES = ("directive",)
# of the list: which states a pill shows
ONLY: Mapping[str, frozenset[str]] = {
    "doubt": frozenset({"doubt"}),
    "waiting": frozenset({"doubt", "open"}),
    "unlinked": frozenset({"confirmed", "corrected", "added"}),
    "settled": frozenset({"linked", "general"}),
}
IN_ORDER = "text"  # all of them, as they stand in the text


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
    book: Book

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
    around: Sequence[Finding] = (),
    look: Look | None = None,
) -> Opened:
    """The page `part` of a document, or only the lines around some findings."""
    sheet = Sheet(document)
    pages = sheet.pages
    part = min(max(part, 1), len(pages))
    lines = sheet.lines_of(*around) if around else pages[part - 1]
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
        book=book_of_today(),
    )


def workbench(page: Opened, *, only: str = "", form: forms.Form | None = None) -> dict[str, Any]:
    """Context of document.html; `form` is the marking form that was refused."""
    tallies = queries.tallies(page.document)
    cover = programmes.coverage(page.document)
    rows = [
        _directive(page, each, beside)
        for each, beside in zip(page.findings, _beside(page.findings), strict=True)
    ]
    if only != IN_ORDER:
        rows.sort(key=directives.rank)
    shown = [row for row in rows if only not in ONLY or row["state"] in ONLY[only]]
    if shown:
        shown[0]["on"] = True
    bar = head.coverage(cover, page.document)
    return {
        **_common(page, tallies, "document"),
        "coverage": bar,
        "paragraphs": paragraphs(page),
        "findings": shown,
        "pills": pills(page.document, cover, tallies, only, part=page.part),
        "left": left(page.document, page.viewer, tallies, DIRECTIVES),
        "rejected_words": bar["rejected"],
        "found_here": _mark_act(page, form),
        "bulk": bulk(page, rows),
        "select": selecting(page, rows),
    }


def fact_sheet(page: Opened, *, only: str = "") -> dict[str, Any]:
    """Context of document_facts.html."""
    tallies = queries.tallies(page.document)
    whole = facts.groups(page.sheet, page.findings, page.viewer, page.book)
    groups = facts.narrowed(whole, only)
    first = next((fact for group in groups for fact in group["facts"] if fact.get("pk")), None)
    if first:
        first["on"] = True
    url = f"{reverse('web:document_facts', args=[page.document.pk])}?part={page.part}"
    return {
        **_common(page, tallies, "document_facts"),
        "coverage": head.coverage(programmes.coverage(page.document), page.document),
        "paragraphs": paragraphs(page),
        "groups": groups,
        "pills": facts.pills(whole, only, url),
        "left": left(page.document, page.viewer, tallies, facts.KINDS),
    }


def swapped(page: Opened, rows: Sequence[Finding], error: str = "") -> dict[str, Any]:
    """Context of _swap.html: these rows again, their lines, the coverage bar, the counts above the list."""
    directive = rows[0].kind == "directive"
    tallies = queries.tallies(page.document)
    drawn = [row_of(page, each) for each in rows]
    drawn[0] |= {"on": True, "error": error}
    kinds = DIRECTIVES if directive else facts.KINDS
    context: dict[str, Any] = {
        "findings": drawn if directive else [],
        "facts": [] if directive else drawn,
        "paragraphs": [{**each, "swap": True} for each in paragraphs(page)],
        "left": left(page.document, page.viewer, tallies, kinds),
        "swap": True,
    }
    if directive:
        cover = programmes.coverage(page.document)
        context["coverage"] = head.coverage(cover, page.document)
        context["rejected_words"] = context["coverage"]["rejected"]
        part = page.sheet.part(rows[0])
        context["pills"] = pills(page.document, cover, tallies, part=part)
    return context


def row_of(page: Opened, finding: Finding) -> dict[str, Any]:
    """A finding as its face draws it."""
    if finding.kind == "directive":
        return _directive(page, finding, queries.neighbours(finding))
    return facts.row(page.sheet, finding, page.viewer, page.book)


def paragraphs(page: Opened) -> list[dict[str, Any]]:
    """The lines of the page with its findings marked."""
    marks = [_mark(page, each) for each in page.findings]
    return source_pane.paragraphs(page.sheet, page.lines, marks, page.look)


def pills(
    document: Document,
    found: Coverage,
    tallies: Iterable[queries.Tally],
    only: str = "",
    *,
    part: int,
) -> list[dict[str, Any]]:
    """The pills above the list: the directives of the whole document, by where they stand."""
    url = f"{reverse('web:document', args=[document.pk])}?part={part}"
    whole = found.directives + found.unconfirmed + found.rejected
    counts = (
        ("", _("存疑在前"), whole),
        ("doubt", _("存疑"), _waiting(tallies, DIRECTIVES)[1]),
        ("waiting", _("待确认"), found.unconfirmed),
        ("unlinked", _("未对应"), found.unlinked),
        ("settled", _("有下文"), found.directives - found.unlinked),
        (IN_ORDER, _("原文顺序"), None),
    )
    chosen = only if only in (*ONLY, IN_ORDER) else ""
    return [
        {
            "label": label,
            "url": f"{url}&only={name}" if name else url,
            "count": count,
            "current": name == chosen,
        }
        for name, label, count in counts
        if count != 0 or name in ("", chosen)
    ]


def left(
    document: Document, viewer: Actor, tallies: Iterable[queries.Tally], kinds: Sequence[str]
) -> dict[str, Any]:
    """Context of _left.html: how much of one face still waits, the act for all sure ones, the way back."""
    waiting, doubtful = _waiting(tallies, kinds)
    sure = waiting - doubtful
    confirm = None
    if sure and offered(viewer, states.CONFIRM_SURE, document):
        label = _("确认无存疑的 %(n)s 条") % {"n": sure}
        url = reverse("web:confirm_sure", args=[document.pk])
        face = "directives" if kinds == DIRECTIVES else "facts"
        confirm = button(
            label, url, seen=document.version, letter="C", primary=True, hidden=[("face", face)]
        )
    said = _("还有 %(n)s 条待确认，其中存疑 %(m)s 条") % {"n": waiting, "m": doubtful}
    return {
        "words": said if waiting else _("都看过了"),
        "confirm": confirm,
        "withdraw": _withdraw(document, viewer),
    }


def selecting(page: Opened, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The bar that confirms the ticked ones; absent when nothing waits for this person."""
    if not any(row["select"] for row in rows):
        return None
    url = reverse("web:confirm_selected", args=[page.document.pk])
    return button(_("确认选中的"), url, seen=page.document.version, letter="F")


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


def _directive(page: Opened, finding: Finding, beside: Neighbours) -> dict[str, Any]:
    links = page.links_of(finding)
    return directives.row(
        page.sheet, finding, links, viewer=page.viewer, draft=page.draft, beside=beside,
        book=page.book,
    )  # fmt: skip


def _beside(found: Sequence[Finding]) -> Iterator[Neighbours]:
    """For each directive of a page those before and after it in the text, of those that can be judged."""
    living = sorted(
        (each for each in found if each.state in states.LIVING),
        key=lambda each: (each.passage.start, each.order, each.pk),
    )
    after = dict(zip((each.pk for each in living), living[1:], strict=False))
    before = dict(zip((each.pk for each in living[1:]), living, strict=False))
    return ((before.get(each.pk), after.get(each.pk)) for each in found)


def _waiting(tallies: Iterable[queries.Tally], kinds: Sequence[str]) -> tuple[int, int]:
    """How many findings of these kinds wait for a person, and how many of them are doubtful."""
    rows = [each for each in tallies if each.kind in kinds and each.state == states.PROPOSED]
    return sum(each.count for each in rows), sum(each.count - each.sure for each in rows)


def _withdraw(document: Document, viewer: Actor) -> dict[str, Any] | None:
    """The act that takes the viewer's own last act back; absent when there is none."""
    if not offered(viewer, states.WITHDRAW, document):
        return None
    last = queries.last_act(viewer, document)
    if last is None:
        return None
    label = _("撤回“%(act)s”") % {"act": DONE[last.name]}
    url = reverse("web:withdraw", args=[document.pk])
    hidden = [("last", str(last.sequence))]
    return button(label, url, seen=document.version, letter="U", hidden=hidden)


def _mark(page: Opened, finding: Finding) -> Mark:
    if finding.kind == "directive":
        return directives.mark(page.sheet, finding, page.links_of(finding))
    return facts.mark(page.sheet, finding)


def _mark_act(page: Opened, form: forms.Form | None) -> dict[str, Any] | None:
    if form is None or not offered(page.viewer, states.MARK, page.document):
        return None
    url = reverse("web:mark", args=[page.document.pk])
    return button(pgettext("verb", "人工标注"), url, letter="T", form=form, send=_("标为"))
