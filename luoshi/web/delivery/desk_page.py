"""The desk: what waits for me, in the order of the cost of waiting, each with why and one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from luoshi.delivery import states
from luoshi.delivery.models import Report
from luoshi.delivery.waiting import Wait
from luoshi.kernel.calendar import beijing_date
from luoshi.web import words
from luoshi.web.delivery import acts

QUIET = ("read", "enter_reading")  # beside a leader no days are counted

# verb -> the tag of the row
KINDS = {
    "confirm": gettext_lazy("待确认"),
    "register_item": gettext_lazy("编制中"),
    "issue": gettext_lazy("待印发"),
    "review": gettext_lazy("待审核"),
    "conclude": gettext_lazy("待办结"),
    "strike_off": gettext_lazy("待销号"),
    "verify": gettext_lazy("待核查"),
    "sign_for": gettext_lazy("待签收"),
    "report": gettext_lazy("待报送"),
    "sign": gettext_lazy("待审签"),
    "read": gettext_lazy("呈阅"),
    "enter_reading": gettext_lazy("可代录"),
    "approve_wording": gettext_lazy("口径待审批"),
    "draft_wording": gettext_lazy("待拟口径"),
}


def desk_page(waits: Sequence[Wait], under_way: Sequence[Report], *, on: date) -> dict[str, Any]:
    """The context of web/desk.html."""
    week = on + timedelta(days=6 - on.weekday())
    today = [wait for wait in waits if _pressing(wait) and wait.latest and wait.latest <= on]
    soon = [wait for wait in waits if _pressing(wait) and wait.latest and on < wait.latest <= week]
    rest = [wait for wait in waits if wait not in today and wait not in soon]
    groups = [
        {"title": title, "count": len(rows), "rows": [_row(wait, on) for wait in rows]}
        for title, rows in (
            (_("今天办"), today),
            (_("本周办"), soon),
            (_rest_title(today or soon, rest), rest),
        )
        if rows
    ]
    _ink_first(groups)
    return {
        "here": "desk",
        "desk": {"total": len(waits), "words": _order_words(waits, today)},
        "groups": groups,
        "waiting": [_elsewhere(report) for report in under_way],
    }


def _pressing(wait: Wait) -> bool:
    return wait.latest is not None and wait.verb not in QUIET


def _rest_title(earlier: Sequence[Wait], rest: Sequence[Wait]) -> str:
    if all(wait.verb in QUIET for wait in rest):
        return _("请您审阅") if all(w.verb == "read" for w in rest) else _("呈阅")
    return _("之后") if earlier else _("可以办的")


def _ink_first(groups: Sequence[dict[str, Any]]) -> None:
    """The first act of the desk is its one ink button."""
    for group in groups[:1]:
        for row in group["rows"][:1]:
            if row["act"]:
                row["act"]["primary"] = True


def _order_words(waits: Sequence[Wait], today: Sequence[Wait]) -> str:
    if not waits:
        return _("有事会出现在这里。")
    if all(wait.verb in QUIET for wait in waits):
        return ""
    order = _("按“晚一天会怎样”排。")
    return order + (_("前 %(n)s 件今天要办。") % {"n": len(today)} if today else "")


def _row(wait: Wait, on: date) -> dict[str, Any]:
    when, note = _when(wait, on)
    title, url = _title(wait)
    row = {
        "when": when,
        "when_note": note,
        "title": title,
        "url": url,
        "why": _why(wait),
        "kind": KINDS[wait.verb],
        "code": wait.view.item.code if wait.view else "",
        "act": _act(wait, url),
    }
    if wait.view and wait.verb not in QUIET:
        row["light"] = wait.view.light.code
    return row


def _when(wait: Wait, on: date) -> tuple[str, str]:
    """When at the latest, in words, and its date; for a leader since when it lies before him."""
    if wait.verb in QUIET:
        since = wait.view.holder.since if wait.view else None
        return (words.day(since), _("呈上")) if since else ("", "")
    if wait.latest is None:
        return _since(wait)
    days = (wait.latest - on).days
    note = words.day(wait.latest)
    if days < 0:
        return _("已过 %(n)s 天") % {"n": -days}, note
    if days == 0:
        return _("今天"), note
    if days == 1:
        return _("明天"), note
    if days <= 6 - on.weekday():
        return str(words.WEEKDAYS[wait.latest.weekday()]), note
    return note, _("还有 %(n)s 天") % {"n": days}


def _since(wait: Wait) -> tuple[str, str]:
    """Since when a row lies here that nothing hurries."""
    row = wait.row
    match wait.verb:
        case "confirm" if row.received_at:
            return words.day(beijing_date(row.received_at)), pgettext("trail", "收文")
        case "approve_wording":
            return words.day(row.drafted_on), _("拟好")
        case "draft_wording" if row.concluded_on:
            return words.day(row.concluded_on), pgettext("trail", "办结")
        case _:
            return _("不限时"), ""


def _title(wait: Wait) -> tuple[str, str]:
    row = wait.row
    match wait.verb:
        case "confirm":
            return row.title or _("没有标题的文件"), reverse("web:document", args=[row.pk])
        case "register_item":
            return row.title, reverse("web:programme", args=[row.pk])
        case "issue":
            return row.title, reverse("web:issue", args=[row.pk])
        case "review":
            return row.item.requirement, reverse("web:review", args=[row.pk])
        case "report":
            return row.item.requirement, reverse("web:report", args=[row.pk])
    item = wait.view.item if wait.view else row
    return item.requirement, reverse("web:item", args=[item.code])


def _why(wait: Wait) -> str:
    """Why it waits for this person."""
    row = wait.row
    match wait.verb:
        case "confirm":
            return _("研读出来的还有 %(n)s 处没有人看过。") % {"n": row.waiting}
        case "register_item":
            return _("清单还在编制，可以接着立项、对应原文。")
        case "issue":
            return _("清单已编好事项，审定后由您印发。")
        case "review":
            return _review_words(row)
        case "conclude":
            return _("各步都已办完，可以办结。")
        case "strike_off":
            return _("%(day)s办结，等销号。") % {"day": words.day(row.concluded_on)}
        case "verify":
            return _("%(unit)s的办结申请已审核通过，重点事项要由未经手的人核查。") % {
                "unit": row.unit
            }
        case "sign_for":
            return _("%(day)s交办给%(unit)s%(part)s。") % {
                "day": words.day(row.assigned_on),
                "unit": row.unit,
                "part": _("，分工：%(part)s") % {"part": row.part} if row.part else "",
            }
        case "report":
            return _report_words(wait)
        case "sign":
            claim = _("申请办结") if row.claim else _("第 %(n)s 次进展") % {"n": row.order}
            return _("%(name)s 报了%(claim)s：%(done)s") % {
                "name": row.written_by.name,
                "claim": claim,
                "done": _short(row.done),
            }
        case "read":
            unit = wait.view.lead.unit if wait.view and wait.view.lead else ""
            return _("%(unit)s已办成，核查属实，请您看一看。") % {"unit": unit}
        case "enter_reading":
            return _("已核查属实，呈牵头领导审阅；领导在纸上批过的，由您代录。")
        case "approve_wording":
            return _("%(name)s 拟：%(text)s") % {
                "name": row.drafted_by.name,
                "text": _short(row.text),
            }
        case _:
            return _("已办成，还没有给公众的话。")


def _review_words(row: Report) -> str:
    signed = words.day(row.signed_on) if row.signed_on else ""
    claim = _("申请办结") if row.claim else _("第 %(n)s 次进展") % {"n": row.order}
    return _("%(unit)s %(day)s审签，%(claim)s：%(done)s") % {
        "unit": row.assignment.unit,
        "day": signed,
        "claim": claim,
        "done": _short(row.done),
    }


def _report_words(wait: Wait) -> str:
    row = wait.row
    if row.last_state == states.SENT_BACK:
        return _("上次报的退回了，看过原因再报。")
    if wait.latest is not None and wait.latest == row.due:
        return _("到完成时限，办成了就申请办结。")
    return _("到节点，报一次进展。")


def _act(wait: Wait, url: str) -> acts.Act | None:
    """The one act of a row: pressed here when it needs no words, else the page where it is done.

    What has to be looked at first (核查, 审阅, 审签, 销号) is done on the page of the item.
    """
    row = wait.row
    labels = {
        "confirm": _("确认"), "register_item": _("编制"), "issue": _("印发"), "review": _("审核"),
        "conclude": _("办结"), "strike_off": _("销号"), "verify": _("核查"), "report": _("报送"),
        "sign": _("审签"), "read": _("审阅"), "enter_reading": _("代录"),
        "approve_wording": _("审批"), "draft_wording": _("拟口径"),
    }  # fmt: skip
    match wait.verb:
        case "sign_for":
            url = reverse("web:sign_for", args=[row.pk])
            return acts.press(_(states.SIGN_FOR.label), url, row, back="desk")
        case "conclude":
            url = reverse("web:conclude", args=[row.code])
            return acts.press(labels["conclude"], url, row, back="desk")
        case "enter_reading":
            url = reverse("web:enter_reading", args=[row.code])
        case "draft_wording":
            url = reverse("web:draft_wording", args=[row.code])
        case "approve_wording":
            url = reverse("web:approve_wording", args=[row.pk])
    return acts.open_page(labels[wait.verb], url) if url else None


def _elsewhere(report: Report) -> dict[str, str]:
    """A report of one's own unit that lies with somebody else."""
    where = _("在单位负责人，等审签") if report.state == states.WRITTEN else _("在督查员，等审核")
    return {
        "words": report.item.requirement,
        "note": f"{report.item.code}　{where}",
        "url": reverse("web:item", args=[report.item.code]),
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
