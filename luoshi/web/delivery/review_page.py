"""The page of one report in review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from luoshi.delivery import states
from luoshi.delivery.models import Report
from luoshi.delivery.queries import ItemView
from luoshi.kernel.actor import Actor
from luoshi.web import words
from luoshi.web.delivery import acts, forms
from luoshi.web.delivery.cards import measure_of, report_card
from luoshi.web.delivery.passage_page import passages_of

# the two buttons; the row itself is later called by the words of states.RETURNS
_RETURNS = (
    (states.SUPPLEMENT, pgettext_lazy("verb", "退回补正")),
    (states.REDO, pgettext_lazy("verb", "退回重办")),
)


def review_page(
    viewer: Actor,
    row: Report,
    view: ItemView,
    queue: Sequence[Report],
    *,
    latest: date | None,
    refused: django_forms.Form | None = None,
) -> dict[str, Any]:
    """The context of web/review.html; `refused` is the form of a return that was not taken."""
    item = view.item
    card = report_card(row)
    url = reverse("web:item", args=[item.code])
    return {
        "here": "items",
        "item": {"code": item.code, "title": item.requirement, "url": url},
        "queue": [_queued(each, row) for each in queue],
        "report": {
            **card,
            "title": item.requirement,
            "sub": _("%(unit)s 第 %(n)s 次") % {"unit": row.assignment.unit, "n": row.order}
            + (_("，申请办结") if row.claim else ""),
            "requirement": row.assignment.part or item.requirement,
            "measure": measure_of(item),
            "due": row.assignment.due,
            "light": view.light.code,
            "light_reason": words.light_reason(view.light),
            "promised": _promised(view, row),
            "evidence_words": _("%(n)s 份") % {"n": len(card["evidence"])},
        },
        "review": {
            "by": latest if row.state == states.SIGNED else None,
            "checks": _checks(row),
            "says": _says(row),
        },
        "acts": _acts(viewer, row, refused),
        "passage": _passage(view),
    }


def _queued(row: Report, current: Report) -> dict[str, Any]:
    return {
        "url": reverse("web:review", args=[row.pk]),
        "code": row.item.code,
        "title": row.item.requirement,
        "by_words": _("%(unit)s，%(day)s审签")
        % {"unit": row.assignment.unit, "day": words.day(row.signed_on) if row.signed_on else ""},
        "current": row.pk == current.pk,
    }


def _promised(view: ItemView, row: Report) -> str:
    """What the report before this one of the same unit said would come next."""
    earlier = [
        each
        for each in view.item.reports.all()
        if each.assignment_id == row.assignment_id and each.order < row.order
    ]
    return earlier[0].next_step if earlier else ""


def _checks(row: Report) -> list[dict[str, Any]]:
    """What can be told without judging: who signed, is there evidence, are parts missing."""
    checks = [
        {
            "label": _("单位负责人已审签"),
            "met": row.signed_by_id is not None,
            "note": row.signed_by.name if row.signed_by else "",
        },
        {"label": _("有佐证材料"), "met": bool(row.evidence.all()), "note": ""},
    ]
    if row.excepted:
        checks.append({"label": _("写明未报的分工"), "met": False, "note": row.excepted})
    return checks


def _says(row: Report) -> str:
    if row.claim and row.assignment.lead:
        return _("通过后，完成日记为审签那天；退回则单位继续办理。")
    return _("通过后记入进展；退回则请单位重报。")


def _acts(viewer: Actor, row: Report, refused: django_forms.Form | None) -> list[acts.Act]:
    if not acts.may_now(viewer, states.ACCEPT, row):
        return []
    url = reverse("web:send_back", args=[row.pk])
    found = [
        acts.press(
            pgettext("verb", "审核通过"), reverse("web:accept", args=[row.pk]), row, primary=True
        )
    ]
    for returned_as, label in _RETURNS:
        act = acts.ask(
            label,
            url,
            row,
            forms.SendBack,
            says=_("不计入退回次数。")
            if returned_as == states.SUPPLEMENT
            else _("计入退回次数，请慎用。"),
        )
        act["form"] = forms.SendBack(auto_id=f"{returned_as}-%s")
        act["hidden"] = [("returned_as", returned_as)]
        if refused is not None and refused.data.get("returned_as") == returned_as:
            act["form"] = refused
        found.append(act)
    found[0]["letter"] = "A"
    return found


def _passage(view: ItemView) -> dict[str, Any]:
    passages = passages_of(view.item)
    if not passages:
        return {}
    first = passages[0]
    return {
        "text": first["before"] + first["hit"] + first["after"],
        "url": first["url"],
        "words": f"{first['document']} {first['place']}",
    }
