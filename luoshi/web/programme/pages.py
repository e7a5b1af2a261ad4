"""A programme as its template documents it: counts, what issuing lacks, areas with lights, items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery import queries as delivery
from luoshi.delivery.queries import ItemView
from luoshi.delivery.states import ISSUE
from luoshi.intake import queries as intake
from luoshi.intake.rules import Coverage
from luoshi.kernel.actor import Actor
from luoshi.programme import queries, states
from luoshi.programme.models import Heading, Item, Listing, Programme
from luoshi.web import words
from luoshi.web.intake.acts import offered, opening, whose
from luoshi.web.intake.directives import anchor
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.words import label_of

_LIGHTS = ("red", "yellow", "green", "notyet", "unrated", "early", "intime", "late")
_MOST = 2_000  # items on one page; the largest list known has some eight hundred


def row(of: Programme) -> dict[str, Any]:
    """A programme in the list of programmes."""
    return {
        "url": reverse("web:programme", args=[of.pk]),
        "title": of.title,
        "year": of.year,
        "state": label_of(states.PROGRAMME_STATES, of.state),
        "number": of.number,
        "issued_on": of.issued_on,
        "count": of.items_count,  # type: ignore[attr-defined]
    }


def programme(of: Programme, viewer: Actor, *, on: date) -> dict[str, Any]:
    """Context of programme.html."""
    draft = of.state == states.DRAFT
    headings = queries.headings(of)
    views = delivery.items(viewer, on=on, programme=of.pk, limit=_MOST)
    cover = queries.coverage(of.document)
    leads = _leads(delivery.to_assign(of)) if draft else {}
    by_heading = _by_heading(of, views)
    adding = draft and offered(viewer, states.REGISTER_ITEM, Item())
    columns = [] if draft else _columns(views)
    words_at = _words(of, headings)
    rows = [
        _heading(
            each,
            number,
            by_heading.get(each.pk, []),
            words_at.get(each.pk, ("", "")),
            columns,
            leads,
            adding=adding,
        )
        for number, each in enumerate(headings, start=1)
    ]
    return {
        "programme": _head(of),
        "figures": _figures(headings, views, cover, draft=draft),
        "gate": _gate(of, headings, leads, cover) if draft else [],
        "whose": _whose(of, viewer) if draft else "",
        "acts": _acts(of, viewer),
        "levels": _("%(n)s 个方面") % {"n": len(headings)},
        "headings": rows,
        "columns": columns,
    }


def _head(of: Programme) -> dict[str, Any]:
    url = reverse("web:document", args=[of.document_id])
    return {
        "name": of.title,
        "year": of.year,
        "state": of.state,
        "state_words": label_of(states.PROGRAMME_STATES, of.state),
        "basis": of.document.title or _("没有标题的文件"),
        "basis_url": url,
        "meeting": of.approved_at,
        "number": of.number,
        "issued_on": of.issued_on,
        "exception": of.exception,
    }


def _by_heading(
    of: Programme, views: Iterable[ItemView]
) -> dict[int, list[tuple[Listing, ItemView]]]:
    """Heading id -> the listings of this programme under it, in their order, each with its item."""
    found: dict[int, list[tuple[Listing, ItemView]]] = {}
    for view in views:
        for listing in view.item.listings.all():
            if listing.heading.programme_id == of.pk:
                found.setdefault(listing.heading_id, []).append((listing, view))
    for pairs in found.values():
        pairs.sort(key=lambda pair: pair[0].order)
    return found


def _heading(
    heading: Heading,
    number: int,
    pairs: Sequence[tuple[Listing, ItemView]],
    words_at: tuple[str, str],
    columns: Sequence[Mapping[str, Any]],
    leads: Mapping[str, str],
    *,
    adding: bool,
) -> dict[str, Any]:
    counts = Counter(view.light.code for _listing, view in pairs)
    register = reverse("web:register_item", args=[heading.programme_id])
    nearest = min((view.item.due for _l, view in pairs if view.item.due), default=None)
    sentence, url = words_at
    return {
        "anchor": f"heading-{heading.pk}",
        "number": f"{number:02}",
        "name": heading.name,
        "url": f"#heading-{heading.pk}",
        "sentence": sentence,
        "sentence_url": url,
        "count": len(pairs),
        "lights": [
            {**column, "count": counts[column["light"]], "url": f"#heading-{heading.pk}"}
            for column in columns
        ],
        "nearest_on": nearest,
        "nearest": next(
            (view.item.requirement for _l, view in pairs if view.item.due == nearest), ""
        ),
        "items": [_item(listing, view, leads) for listing, view in pairs],
        "add_url": f"{register}?heading={heading.pk}" if adding else "",
    }


def _item(listing: Listing, view: ItemView, leads: Mapping[str, str]) -> dict[str, Any]:
    item = view.item
    return {
        "order": listing.order,
        "code": item.code,
        "url": reverse("web:item", args=[item.code]),
        "requirement": listing.wording,
        "due": item.due,
        "grade": label_of(states.GRADES, item.grade),
        "lead": str(view.lead.unit) if view.lead else leads.get(item.code, ""),
        "light": view.light.code,
    }


def _words(of: Programme, headings: Iterable[Heading]) -> dict[int, tuple[str, str]]:
    """Heading id -> its own words in the document, and the address at which they are lit."""
    sheet = Sheet(of.document)
    areas = intake.findings_between(of.document, (), 0, 0, ("area",))
    anchors = {each.passage_id: anchor(each) for each in areas}
    url = reverse("web:document_facts", args=[of.document_id])
    found = {}
    for heading in headings:
        if heading.passage is not None:
            start, end = sheet.offsets.forward_span(heading.passage.start, heading.passage.end)
            at = anchors.get(heading.passage_id) or sheet.anchor_at(start)
            found[heading.pk] = sheet.text[start:end], f"{url}#{at}"
    return found


def _leads(items: Iterable[Item]) -> dict[str, str]:
    """Number -> the unit that will lead: the 牵头单位, or a sole 责任单位; "" when there is not one."""
    found = {}
    for item in items:
        duties = [duty for duty in item.duties.all() if duty.unit is not None]
        lead = [duty for duty in duties if duty.role == states.LEAD_UNIT]
        lead = lead or [duty for duty in duties if duty.role == states.RESPONSIBLE_UNIT]
        found[item.code] = str(lead[0].unit) if len(lead) == 1 else ""
    return found


def _columns(views: Iterable[ItemView]) -> list[dict[str, Any]]:
    """The lights that burn in this list, worst first."""
    there = {view.light.code for view in views}
    return [{"light": code, "word": str(words.LIGHTS[code])} for code in _LIGHTS if code in there]


def _figures(
    headings: Sequence[Heading], views: Sequence[ItemView], cover: Coverage, *, draft: bool
) -> list[dict[str, Any]]:
    linked = cover.directives - cover.unlinked
    total = cover.directives + cover.unconfirmed
    done = sum(view.item.state in (states.CONCLUDED, states.STRUCK_OFF) for view in views)
    empty = len(headings) - len(
        {listing.heading_id for view in views for listing in view.item.listings.all()}
    )
    found: list[dict[str, Any]] = [{"label": _("事项"), "number": len(views)}]
    if draft and empty > 0:
        found[0]["note"] = _("%(n)s 个方面还没有事项") % {"n": empty}
    if not draft:
        counts = Counter(view.light.code for view in views)
        lights = [
            {"light": code, "word": f"{words.LIGHTS[code]} {counts[code]}"}
            for code in _LIGHTS
            if counts[code]
        ]
        found.append({"label": _("已办结"), "number": done, "of": len(views), "lights": lights})
    found.append({"label": _("漏项核对"), "number": linked, "of": total})
    return found


def _gate(
    of: Programme, headings: Sequence[Heading], leads: Mapping[str, str], cover: Coverage
) -> list[dict[str, Any]]:
    """What issuing asks for, met or still open."""
    url = reverse("web:document", args=[of.document_id])
    leaderless = [code for code, unit in leads.items() if not unit]
    return [
        {"met": bool(headings), "words": _("有方面：%(n)s 个") % {"n": len(headings)}},
        {"met": bool(leads), "words": _("有事项：%(n)s 个") % {"n": len(leads)}},
        {
            "met": bool(leads) and not leaderless,
            "words": _("每个事项有一个牵头单位")
            if not leaderless
            else _("每个事项有一个牵头单位：%(codes)s 还没有")
            % {"codes": _("、").join(leaderless[:5])},
        },
        {
            "met": not cover.unlinked,
            "words": _("任务要求都有下文")
            if not cover.unlinked
            else _("任务要求都有下文：还有 %(n)s 句未对应，或在印发时写明为什么放过")
            % {"n": cover.unlinked},
            "url": f"{url}?only=unlinked" if cover.unlinked else "",
            "label": _("去对应"),
        },
        {
            "met": not cover.unconfirmed,
            "words": _("任务要求都看过")
            if not cover.unconfirmed
            else _("任务要求都看过：还有 %(n)s 句待确认（不挡印发）") % {"n": cover.unconfirmed},
            "url": f"{url}?only=waiting" if cover.unconfirmed else "",
            "label": _("去确认"),
        },
        {"met": False, "words": _("审定会议、文号、印发日期：印发时填")},
    ]


def _acts(of: Programme, viewer: Actor) -> list[dict[str, Any]]:
    found = []
    if offered(viewer, states.REGISTER_ITEM, Item()) and of.state == states.DRAFT:
        found.append(opening(_("加事项"), reverse("web:register_item", args=[of.pk]), letter="N"))
    if offered(viewer, ISSUE, of):
        found.append(
            opening(_("印发"), reverse("web:issue", args=[of.pk]), letter="P", primary=True)
        )
    return found


def _whose(of: Programme, viewer: Actor) -> str:
    """Whose move the issue is, when it is not the viewer's."""
    if offered(viewer, ISSUE, of):
        return ""
    return _("编好后由%(who)s印发。") % {"who": whose(ISSUE)}
