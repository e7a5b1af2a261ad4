"""What stands around the form of a report: the requirement, the last report, why it came back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery import states
from luoshi.delivery.models import Assignment, Report
from luoshi.delivery.queries import ItemView
from luoshi.web import words
from luoshi.web.delivery import people
from luoshi.web.delivery.cards import holder_of, measure_of, report_card


def report_page(row: Assignment, view: ItemView, form: forms.Form, *, on: date) -> dict[str, Any]:
    """The context of web/report.html, but for the form's own."""
    item = view.item
    earlier = [each for each in item.reports.all() if each.assignment_id == row.pk]
    last = earlier[0] if earlier else None
    if not _parts_open(view, row):
        del form.fields["excepted"]
    heads = [person.name for person in people.heads_of(row.unit)]
    return {
        "here": "items",
        "item": {
            "code": item.code,
            "title": item.requirement,
            "url": reverse("web:item", args=[item.code]),
            "light": view.light.code,
            "light_word": str(words.LIGHTS[view.light.code]),
            "due": row.due,
            "due_words": words.distance(row.due, today=on) if row.due else "",
            "requirement": row.part or item.requirement,
            "measure": measure_of(item),
        },
        "holder": holder_of(view, on=on),
        "asked_words": _asked(row, view, last),
        "number": last.order + 1 if last else 1,
        "last": _last(last),
        "send": _("送负责人审签"),
        "asks": _("送出后等%(who)s审签，再到督查室审核。") % {"who": _("、").join(heads)}
        if heads
        else _("送出后等单位负责人审签，再到督查室审核。"),
    }


def returned_words(row: Assignment) -> dict[str, Any]:
    """What the last report said, when it came back: the form begins with it."""
    earlier = [each for each in row.item.reports.all() if each.assignment_id == row.pk]
    if not earlier or earlier[0].state != states.SENT_BACK:
        return {}
    names = ("done", "problem", "next_step", "claim", "excepted")
    return {name: getattr(earlier[0], name) for name in names}


def _parts_open(view: ItemView, row: Assignment) -> bool:
    """Whether this is the lead of a joint matter with parts that are not accepted yet."""
    return row.lead and any(
        not each.lead and each.open and each.state not in (states.ACCEPTED, states.VERIFIED)
        for each in view.item.assignments.all()
    )


def _asked(row: Assignment, view: ItemView, last: Report | None) -> str:
    if last is not None and last.state == states.SENT_BACK:
        return _("上次报的退回了")
    upcoming = view.holder.latest if row.lead and view.holder.verb == "report" else row.due
    node = next((each for each in view.item.nodes.all() if each.due == upcoming), None)
    if node is not None and row.lead:
        return _("节点：%(node)s，%(day)s") % {
            "node": node.deliverable,
            "day": words.day(node.due),
        }
    return str(row.unit)


def _last(row: Report | None) -> dict[str, Any] | None:
    if row is None:
        return None
    card = report_card(row)
    return {
        "at": row.reported_on,
        "figure": "",
        "words": row.done,
        "next_step": row.next_step,
        "result_words": card["accepted"],
        "returned": card["returned"],
    }
