"""Pieces that several pages draw: whose move it is, how an item is measured, a report, a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery.models import Evidence, Report
from luoshi.delivery.queries import ItemView
from luoshi.delivery.rules import LEADER
from luoshi.programme.models import Item
from luoshi.programme.states import OPERATORS
from luoshi.web import words

ICONS = {
    "application/pdf": "file-type-pdf",
    "image/jpeg": "photo",
    "image/png": "photo",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "file-spreadsheet",
}


def holder_of(view: ItemView, *, on: date) -> dict[str, Any]:
    """当前责任方, 下一步, 最迟 as web/_holder.html draws them; a leader is never reminded of days."""
    holder = view.holder
    unit = str(view.lead.unit) if view.lead else ""
    polite = holder.party == LEADER
    return {
        "who": words.holder(holder, unit) if holder.verb else "",
        "since_words": words.since(holder.since, today=on) if holder.since and not polite else "",
        "next": str(words.NEXT[holder.verb]),
        "by": None if polite else holder.latest,
        "by_words": words.distance(holder.latest, today=on) if holder.latest and not polite else "",
    }


def measure_of(item: Item) -> str:
    """How the item is measured, with its figures to reach."""
    return _("；").join(filter(None, [item.measure, *_targets(item)]))


def _targets(item: Item) -> list[str]:
    operators = dict(OPERATORS)
    return [
        f"{each.metric} {operators[each.operator]} {each.value.normalize():f} {each.unit}".strip()
        for each in item.targets.all()
    ]


def report_card(row: Report) -> dict[str, Any]:
    """A report in words, without acts."""
    writer = _("%(unit)s %(name)s报") % {"unit": row.assignment.unit, "name": row.written_by.name}
    signer = (
        _("，%(name)s %(day)s审签") % {"name": row.signed_by.name, "day": words.day(row.signed_on)}
        if row.signed_by and row.signed_on
        else ""
    )
    return {
        "number": row.order,
        "anchor": f"report-{row.pk}",
        "at": row.reported_on,
        "by": writer + signer,
        "unit": "" if row.assignment.lead else str(row.assignment.unit),
        "state": row.get_state_display(),
        "words": row.done,
        "problem": row.problem,
        "next_step": row.next_step,
        "claim": row.claim,
        "excepted": row.excepted,
        "evidence": [evidence_card(each) for each in row.evidence.all()],
        "returned": _("；").join(
            _("%(day)s %(name)s %(kind)s：%(reason)s")
            % {
                "day": words.day(each.reviewed_on),
                "name": each.person.name,
                "kind": each.get_returned_as_display(),
                "reason": each.reason,
            }
            for each in row.reviews.all()
            if not each.accepted
        ),
        "accepted": _("；").join(
            _("%(day)s %(name)s 审核通过")
            % {"day": words.day(each.reviewed_on), "name": each.person.name}
            for each in row.reviews.all()
            if each.accepted
        ),
    }


def evidence_card(row: Evidence) -> dict[str, Any]:
    """One file as web/_evidence.html draws it."""
    return {
        "name": row.file.name,
        "url": reverse("web:evidence", args=[row.pk]),
        "icon": ICONS.get(row.file.media_type, "file-text"),
        "size": filesizeformat(row.file.size),
        "seen": None,
    }
