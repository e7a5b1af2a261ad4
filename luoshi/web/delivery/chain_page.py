"""The nine words from sentence to public page, each with its date and whether it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery import states
from luoshi.delivery.queries import ItemView
from luoshi.programme.states import KEY, OPEN, STRUCK_OFF, WITHDRAWN
from luoshi.web import words

NOW = {
    "sign_for": "assignment",
    "issue": "assignment",
    "report": "report",
    "sign": "report",
    "review": "review",
    "verify": "verification",
    "read": "verification",
    "conclude": "closure",
    "strike_off": "closure",
}


def chain_of(view: ItemView, passages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Nine steps as web/_chain.html draws them."""
    now = NOW.get(view.holder.verb, "")
    steps = [
        _document(passages),
        _passage(passages),
        ("item", True, view.item.code, "#item"),
        _assignment(view),
        _report(view),
        _review(view),
        _verification(view),
        _closure(view),
        _result(view),
    ]
    return [
        {
            "key": key,
            "state": "now" if key == now else "done" if done else "todo",
            "note": note,
            "url": url,
        }
        for key, done, note, url in steps
    ]


Step = tuple[str, bool, str, str]


def _document(passages: Sequence[dict[str, Any]]) -> Step:
    if not passages:
        return "document", False, "", ""
    published = passages[0]["published"]
    note = words.day(published) if published else ""
    return "document", True, note, passages[0]["url"]


def _passage(passages: Sequence[dict[str, Any]]) -> Step:
    return "passage", bool(passages), passages[0]["place"] if passages else "", "#passage"


def _assignment(view: ItemView) -> Step:
    item, lead = view.item, view.lead
    if item.issued_on is None:
        return "assignment", False, "", ""
    note = words.day(item.issued_on)
    signed = lead is not None and lead.signed_for_on is not None
    if lead is not None and lead.signed_for_on is not None:
        same = lead.signed_for_on == item.issued_on
        day = _("当天") if same else words.day(lead.signed_for_on)
        note += _("，%(day)s签收") % {"day": day}
    return "assignment", signed, note, "#assignment"


def _report(view: ItemView) -> Step:
    reports = [each for each in view.item.reports.all() if _of_lead(view, each)]
    if not reports:
        return "report", False, "", "#reports"
    last = reports[0]
    note = _("第 %(n)s 次，%(day)s") % {"n": last.order, "day": words.day(last.reported_on)}
    claimed = view.lead is not None and view.lead.state not in (
        states.TO_SIGN_FOR,
        states.WORKING,
    )
    return "report", claimed, note, "#reports"


def _review(view: ItemView) -> Step:
    days = [
        review.reviewed_on
        for report in view.item.reports.all()
        if _of_lead(view, report)
        for review in report.reviews.all()
    ]
    passed = view.lead is not None and view.lead.state in (states.ACCEPTED, states.VERIFIED)
    return "review", passed, words.day(max(days)) if days else "", "#reports"


def _verification(view: ItemView) -> Step:
    rows = [each for each in view.item.verifications.all() if each.confirmed]
    if rows:
        return "verification", True, words.day(rows[-1].verified_on), "#verification"
    note = "" if view.item.grade == KEY else _("这一级不核查")
    return "verification", False, note, ""


def _closure(view: ItemView) -> Step:
    item = view.item
    if item.struck_off_on:
        return "closure", item.state == STRUCK_OFF, words.day(item.struck_off_on), "#trail"
    note = _("%(day)s办结") % {"day": words.day(item.concluded_on)} if item.concluded_on else ""
    return "closure", False, note, ""


def _result(view: ItemView) -> Step:
    item = view.item
    if item.publicity == OPEN:
        approved = [each.approved_on for each in item.wordings.all() if each.approved_on]
        note = words.day(approved[0]) if approved else ""
        return "result", True, note, reverse("portal:item", args=[item.code])
    if item.publicity == WITHDRAWN and item.withdrawn_on:
        return "result", False, _("%(day)s撤下") % {"day": words.day(item.withdrawn_on)}, "#wording"
    return "result", False, _("不予公开"), "#wording"


def _of_lead(view: ItemView, report: Any) -> bool:
    return view.lead is not None and report.assignment_id == view.lead.pk
