"""The page of one item: from the sentence that ordered it to its public page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery import states
from luoshi.delivery.models import Assignment, Report
from luoshi.delivery.queries import ItemView
from luoshi.delivery.rules import UNIT
from luoshi.kernel.actor import Actor
from luoshi.programme.models import Duty, Item
from luoshi.programme.states import (
    DUTY_ROLES,
    GRADES,
    ITEM_STATES,
    KEY,
    OPEN,
    PUBLICITY,
    SIMPLE,
)
from luoshi.web import words
from luoshi.web.delivery import acts
from luoshi.web.delivery.cards import holder_of, measure_of, report_card
from luoshi.web.delivery.chain_page import chain_of
from luoshi.web.delivery.passage_page import passages_of
from luoshi.web.delivery.trail_page import trail_of


def item_page(viewer: Actor, view: ItemView, *, on: date) -> dict[str, Any]:
    """The context of web/item.html."""
    item = view.item
    passages = passages_of(item)
    bar = _bar(viewer, view)
    return {
        "here": "items",
        "item": _head(view, on),
        "crumbs": _crumbs(view),
        "chain": chain_of(view, passages),
        "holder": holder_of(view, on=on),
        "acts": acts.first_primary(bar),
        "more": acts.reopening(viewer, item),
        "passages": passages,
        "duties": _duties(item, on),
        "listings": [_listing(each) for each in item.listings.all()],
        "assignments": [
            assignment_row(
                each, on=on, offered=[] if each.lead else acts.of_assignment(viewer, each)
            )
            for each in item.assignments.all()
        ],
        "nodes": _nodes(view, on),
        "reports": [_report(viewer, each, view) for each in item.reports.all()],
        "reports_words": _returned_words(item),
        "verifications": list(item.verifications.all()),
        "perusals": list(item.perusals.all()),
        "wording": _wording(viewer, item),
        **trail_of(viewer, item.stream),
    }


def _bar(viewer: Actor, view: ItemView) -> list[acts.Act]:
    """What the viewer may do with the item as a whole and with its lead's part."""
    found = acts.of_item(viewer, view)
    if view.lead is not None and view.holder.verb in ("sign_for", "report", "verify"):
        found += acts.of_assignment(viewer, view.lead)
    if view.holder.verb in ("sign", "review"):
        found += acts.of_report(viewer, _last_of_lead(view))
    return found


def _last_of_lead(view: ItemView) -> Report:
    """The lead's last report."""
    return next(
        each for each in view.item.reports.all() if view.lead and each.assignment_id == view.lead.pk
    )


def _head(view: ItemView, on: date) -> dict[str, Any]:
    item = view.item
    needs = {
        SIMPLE: _("审核通过后办结"),
        KEY: _("审核、核查、领导审阅后办结"),
    }
    return {
        "code": item.code,
        "title": item.requirement,
        "url": reverse("web:item", args=[item.code]),
        "state_words": dict(ITEM_STATES)[item.state],
        "light": view.light.code,
        "light_reason": words.light_reason(view.light),
        "requirement": item.requirement,
        "measure": measure_of(item),
        "due": item.due,
        "due_words": _due_words(view, on),
        "report_due": item.papers_due,
        "closing_grade": dict(GRADES)[item.grade],
        "closing_needs": needs.get(item.grade, _("审核通过后办结")),
        "publicity": dict(PUBLICITY)[item.publicity],
        "publicity_words": "" if item.publicity == OPEN else _("公开口径另一人审批后才公开"),
    }


def _due_words(view: ItemView, on: date) -> str:
    item = view.item
    if item.due is None or view.holder.party != UNIT or item.concluded_on:
        return ""
    return words.distance(item.due, today=on)


def _crumbs(view: ItemView) -> list[dict[str, str]]:
    programme = view.listing.heading.programme
    return [
        {
            "label": programme.title,
            "url": reverse("web:programme", args=[programme.pk]),
        },
        {
            "label": view.listing.heading.name,
            "url": f"{reverse('web:items')}?programme={programme.pk}",
        },
    ]


def _listing(row: Any) -> dict[str, str]:
    programme = row.heading.programme
    return {
        "programme": programme.title,
        "number": _("第 %(heading)s 方面第 %(order)s 项")
        % {"heading": row.heading.order, "order": row.order},
        "url": reverse("web:programme", args=[programme.pk]),
    }


def _duties(item: Item, on: date) -> list[dict[str, Any]]:
    """Duties by their roles, in the order of roles."""
    rows: Sequence[Duty] = list(item.duties.all())
    return [
        {"role": label, "holders": [_duty(each, on) for each in rows if each.role == role]}
        for role, label in DUTY_ROLES
        if any(each.role == role for each in rows)
    ]


def _duty(row: Duty, on: date) -> dict[str, str]:
    name = f"{row.post.unit} {row.post}" if row.post else str(row.unit)
    return {
        "name": name,
        "part": row.part,
        "due_words": _("%(day)s前") % {"day": words.day(row.due)} if row.due else "",
    }


def assignment_row(row: Assignment, *, on: date, offered: list[acts.Act]) -> dict[str, Any]:
    """One unit's part as web/_assignment.html draws it."""
    done = not row.open or row.state in (states.CLAIMED, states.ACCEPTED, states.VERIFIED)
    unfinished = not row.open and row.state in (states.TO_SIGN_FOR, states.WORKING)
    return {
        "anchor": f"assignment-{row.pk}",
        "unit": str(row.unit),
        "lead": row.lead,
        "part": row.part,
        "state": _("随事项办结") if unfinished else row.get_state_display(),
        "due": row.due,
        "due_words": words.distance(row.due, today=on) if row.due and not done else "",
        "acts": offered,
    }


def _nodes(view: ItemView, on: date) -> list[dict[str, Any]]:
    """Each node with its own light: reported, past, or to come."""
    accepted = [
        each.signed_on
        for each in view.item.reports.all()
        if view.lead
        and each.assignment_id == view.lead.pk
        and each.state == states.ACCEPTED
        and each.signed_on
    ]
    reached = max(accepted, default=None)
    rows = []
    for node in view.item.nodes.all():
        if reached is not None and node.due <= reached:
            light, word = "green", _("已报")
        elif node.due < on and not view.item.claimed_on:
            light, word = "yellow", _("未报")
        else:
            light, word = "notyet", _("未到期")
        rows.append(
            {
                "light": light,
                "light_word": word,
                "title": node.deliverable,
                "date": node.due,
                "note": words.distance(node.due, today=on)
                if light != "green" and not view.item.claimed_on
                else "",
            }
        )
    return rows


def _report(viewer: Actor, row: Report, view: ItemView) -> dict[str, Any]:
    """One report as web/_report.html draws it; the lead's last one has its acts in the bar above."""
    in_bar = view.holder.verb in ("sign", "review") and row.pk == _last_of_lead(view).pk
    return {**report_card(row), "acts": [] if in_bar else acts.of_report(viewer, row)}


def _returned_words(item: Item) -> str:
    returned = [
        each.returned_as
        for report in item.reports.all()
        for each in report.reviews.all()
        if not each.accepted
    ]
    if not returned:
        return ""
    redone = returned.count(states.REDO)
    if redone:
        return _("退回 %(n)s 次，其中重办 %(redone)s 次") % {"n": len(returned), "redone": redone}
    return _("退回补正 %(n)s 次，不计") % {"n": len(returned)}


def _wording(viewer: Actor, item: Item) -> dict[str, Any]:
    rows = list(item.wordings.all())
    waiting = next((each for each in rows if each.state == states.WORDED), None)
    shown = waiting or next((each for each in rows if each.state == states.APPROVED), None)
    by = ""
    if shown is not None:
        by = _("%(name)s %(day)s拟") % {
            "name": shown.drafted_by.name,
            "day": words.day(shown.drafted_on),
        }
        if shown.approved_by and shown.approved_on:
            by += _("，%(name)s %(day)s审批") % {
                "name": shown.approved_by.name,
                "day": words.day(shown.approved_on),
            }
    return {
        "text": shown.text if shown else "",
        "by": by,
        "state_words": shown.get_state_display() if shown else dict(PUBLICITY)[item.publicity],
        "url": reverse("portal:item", args=[item.code]) if item.publicity != "closed" else "",
        "withdrawn_on": item.withdrawn_on,
        "acts": acts.of_wording(viewer, item, waiting),
    }
