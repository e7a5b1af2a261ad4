"""What issuing a list asks for, line by line: met, or still open and where to settle it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.intake.rules import Coverage
from luoshi.programme.models import Programme

_NAMED = 5  # items named in a line


def gate(
    of: Programme, headings: int, leads: Mapping[str, str], cover: Coverage
) -> list[dict[str, Any]]:
    """The lines; `leads` maps the number of each item to the unit that will lead, or ""."""
    url = reverse("web:document", args=[of.document_id])
    return [
        {"met": bool(headings), "words": _("有方面：%(n)s 个") % {"n": headings}},
        {"met": bool(leads), "words": _("有事项：%(n)s 个") % {"n": len(leads)}},
        _one_lead(leads),
        _linked(cover, url),
        _confirmed(cover, url),
        {"met": False, "words": _("审定会议、文号、印发日期：印发时填")},
    ]


def _one_lead(leads: Mapping[str, str]) -> dict[str, Any]:
    without = [code for code, unit in leads.items() if not unit]
    if not without:
        return {"met": bool(leads), "words": _("每个事项有一个牵头单位")}
    codes = _("、").join(without[:_NAMED])
    return {
        "met": False,
        "words": _("每个事项有一个牵头单位：%(codes)s 还没有") % {"codes": codes},
    }


def _linked(cover: Coverage, url: str) -> dict[str, Any]:
    if not cover.unlinked:
        return {"met": True, "words": _("任务要求都有下文")}
    left = _("任务要求都有下文：还有 %(n)s 句未对应，或在印发时写明为什么放过")
    return {
        "met": False,
        "words": left % {"n": cover.unlinked},
        "url": f"{url}?only=unlinked",
        "label": _("去对应"),
    }


def _confirmed(cover: Coverage, url: str) -> dict[str, Any]:
    if not cover.unconfirmed:
        return {"met": True, "words": _("任务要求都看过")}
    left = _("任务要求都看过：还有 %(n)s 句待确认（不挡印发）")
    return {
        "met": False,
        "words": left % {"n": cover.unconfirmed},
        "url": f"{url}?only=waiting",
        "label": _("去确认"),
    }
