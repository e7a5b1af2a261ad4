"""A programme as its template documents it: counts, what issuing lacks, areas with lights, items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery import queries as delivery
from luoshi.delivery.states import ISSUE
from luoshi.intake.rules import Coverage
from luoshi.kernel.actor import Actor
from luoshi.programme import queries, states
from luoshi.programme.models import Heading, Item, Listing, Programme
from luoshi.web import words
from luoshi.web.intake.acts import offered, opening, whose
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.words import label_of
from luoshi.web.programme.gate import gate

_LIGHTS = ("red", "yellow", "green", "notyet", "unrated", "early", "intime", "late")
_MOST = 2_000  # items on one page; the largest list known has some eight hundred
_DONE = (states.CONCLUDED, states.STRUCK_OFF)


@dataclass(frozen=True, slots=True)
class Listed:
    """An item as a list shows it: its listing, the unit that leads, its light ("" before the issue)."""

    listing: Listing
    item: Item
    lead: str
    light: str = ""


def row(of: Programme) -> dict[str, Any]:
    """A programme in the list of programmes."""
    return {
        "url": reverse("web:programme", args=[of.pk]),
        "title": of.title,
        "year": of.year,
        "state": label_of(states.PROGRAMME_STATES, of.state),
        "number": of.number,
        "issued_on": of.issued_on,
        "count": of.items_count,  # type: ignore[attr-defined]  # annotated by the query
    }


def programme(of: Programme, viewer: Actor, *, on: date) -> dict[str, Any]:
    """Context of programme.html."""
    draft = of.state == states.DRAFT
    headings = queries.headings_of([of])
    listed = _drafted(of) if draft else _issued(of, viewer, on=on)
    cover = queries.coverage(of.document)
    columns = [] if draft else _columns(listed)
    sheet = Sheet(of.document)
    register = reverse("web:register_item", args=[of.pk])
    adding = draft and offered(viewer, states.REGISTER_ITEM, Item())
    return {
        "programme": _head(of),
        "figures": _figures(headings, listed, cover, draft=draft),
        "gate": gate(of, len(headings), {each.item.code: each.lead for each in listed}, cover)
        if draft
        else [],
        "whose": _whose(of, viewer) if draft else "",
        "acts": _acts(of, viewer, register if adding else ""),
        "levels": _("%(n)s 个方面") % {"n": len(headings)},
        "headings": [
            {
                **_heading(
                    each, [row for row in listed if row.listing.heading_id == each.pk], columns
                ),
                **_sentence(each, sheet),
                "number": f"{number:02}",
                "add_url": f"{register}?heading={each.pk}" if adding else "",
            }
            for number, each in enumerate(headings, start=1)
        ],
        "columns": columns,
    }


def _head(of: Programme) -> dict[str, Any]:
    return {
        "name": of.title,
        "year": of.year,
        "state": of.state,
        "state_words": label_of(states.PROGRAMME_STATES, of.state),
        "basis": of.document.title or _("没有标题的文件"),
        "basis_url": reverse("web:document", args=[of.document_id]),
        "meeting": of.approved_at,
        "number": of.number,
        "issued_on": of.issued_on,
        "exception": of.exception,
    }


def _drafted(of: Programme) -> list[Listed]:
    return [Listed(each, each.item, _lead(each.item)) for each in queries.listings_of(of)]


def _issued(of: Programme, viewer: Actor, *, on: date) -> list[Listed]:
    """The items that the viewer may see, with their lights."""
    return [
        Listed(listing, view.item, str(view.lead.unit) if view.lead else "", view.light.code)
        for view in delivery.items(viewer, on=on, programme=of.pk, limit=_MOST)
        for listing in view.item.listings.all()
        if listing.heading.programme_id == of.pk
    ]


def _lead(item: Item) -> str:
    """The unit that will lead: the 牵头单位, or a sole 责任单位; "" when there is not one."""
    duties = [duty for duty in item.duties.all() if duty.unit is not None]
    lead = [duty for duty in duties if duty.role == states.LEAD_UNIT]
    lead = lead or [duty for duty in duties if duty.role == states.RESPONSIBLE_UNIT]
    return str(lead[0].unit) if len(lead) == 1 else ""


def _heading(
    heading: Heading, listed: Sequence[Listed], columns: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    anchor = f"heading-{heading.pk}"
    counts = Counter(each.light for each in listed)
    first = min(
        (each for each in listed if each.item.due and each.item.state not in _DONE),
        key=lambda each: each.item.due or date.max,
        default=None,
    )
    return {
        "anchor": anchor,
        "name": heading.name,
        "url": f"#{anchor}",
        "count": len(listed),
        "lights": [
            {**column, "count": counts[column["light"]], "url": f"#{anchor}"} for column in columns
        ],
        "nearest_on": first.item.due if first else None,
        "nearest": first.item.code if first else "",
        "items": [_item(each) for each in sorted(listed, key=lambda each: each.listing.order)],
    }


def _item(listed: Listed) -> dict[str, Any]:
    item = listed.item
    return {
        "order": listed.listing.order,
        "code": item.code,
        "url": reverse("web:item", args=[item.code]),
        "requirement": listed.listing.wording,
        "due": item.due,
        "grade": label_of(states.GRADES, item.grade),
        "lead": listed.lead,
        "light": listed.light,
    }


def _sentence(heading: Heading, sheet: Sheet) -> dict[str, str]:
    """The area's own words in the document, and the address at which they are lit."""
    if heading.passage is None:
        return {"sentence": "", "sentence_url": ""}
    start, end = sheet.offsets.forward_span(heading.passage.start, heading.passage.end)
    finding: int | None = heading.finding_key  # type: ignore[attr-defined]  # annotated by the query
    if finding is not None:
        url = reverse("web:finding", args=[finding])
    else:
        url = reverse("web:document_facts", args=[sheet.document.pk])
    return {"sentence": sheet.text[start:end], "sentence_url": url}


def _columns(listed: Iterable[Listed]) -> list[dict[str, Any]]:
    """The lights that burn in this list, worst first."""
    there = {each.light for each in listed}
    return [{"light": code, "word": str(words.LIGHTS[code])} for code in _LIGHTS if code in there]


def _figures(
    headings: Sequence[Heading], listed: Sequence[Listed], cover: Coverage, *, draft: bool
) -> list[dict[str, Any]]:
    items = {each.item.pk: each for each in listed}.values()
    empty = len(headings) - len({each.listing.heading_id for each in listed})
    note = _("%(n)s 个方面还没有事项") % {"n": empty} if draft and empty else ""
    found: list[dict[str, Any]] = [{"label": _("事项"), "number": len(items), "note": note}]
    if not draft:
        counts = Counter(each.light for each in items)
        lights = [
            {"light": code, "word": f"{words.LIGHTS[code]} {counts[code]}"}
            for code in _LIGHTS
            if counts[code]
        ]
        done = sum(each.item.state in _DONE for each in items)
        found.append({"label": _("已办结"), "number": done, "of": len(items), "lights": lights})
    linked = cover.directives - cover.unlinked
    total = cover.directives + cover.unconfirmed
    found.append({"label": _("漏项核对"), "number": linked, "of": total})
    return found


def _acts(of: Programme, viewer: Actor, register: str) -> list[dict[str, Any]]:
    found = []
    if register:
        found.append(opening(_("加事项"), register, letter="N"))
    if offered(viewer, ISSUE, of):
        url = reverse("web:issue", args=[of.pk])
        found.append(opening(_("印发"), url, letter="P", primary=True))
    return found


def _whose(of: Programme, viewer: Actor) -> str:
    """Whose move the issue is, when it is not the viewer's."""
    if offered(viewer, ISSUE, of):
        return ""
    return _("编好后由%(who)s印发。") % {"who": whose(ISSUE)}
