"""What an issue asks of whom, before it is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.programme.models import Item, Programme
from luoshi.programme.states import DRAFT, LEAD_UNIT, RESPONSIBLE_UNIT


def issue_page(
    programme: Programme, items: Sequence[Item], unlinked: int, form: forms.Form
) -> dict[str, Any]:
    """The context of web/issue.html, but for the form's own."""
    if not unlinked:
        form.fields.pop("exception", None)
    rows = [_row(item) for item in items]
    units = {unit for row in rows for unit in row["units"]}
    return {
        "here": "programmes",
        "programme": {
            "title": programme.title,
            "url": reverse("web:programme", args=[programme.pk]),
            "list_url": reverse("web:programmes"),
        },
        "asks": _("本次将向 %(units)s 个单位交办 %(items)s 项。")
        % {"units": len(units), "items": len(rows)},
        "rows": rows,
        "gaps": [row for row in rows if not row["lead"]],
        "unlinked": unlinked,
        "document_url": reverse("web:document", args=[programme.document_id]),
        "open": programme.state == DRAFT,
        "items_url": reverse("web:items"),
    }


def _row(item: Item) -> dict[str, Any]:
    duties = [duty for duty in item.duties.all() if duty.unit is not None]
    leads = [duty for duty in duties if duty.role == LEAD_UNIT]
    responsible = [duty for duty in duties if duty.role == RESPONSIBLE_UNIT]
    if not leads and len(responsible) == 1:
        leads = responsible
    lead = str(leads[0].unit) if len(leads) == 1 else ""
    others = [duty for duty in duties if duty not in leads and (duty.part or duty in responsible)]
    return {
        "code": item.code,
        "title": item.requirement,
        "grade": item.get_grade_display(),
        "due": item.due,
        "lead": lead,
        "others": [
            f"{duty.unit}（{duty.part}）" if duty.part else str(duty.unit) for duty in others
        ],
        "units": {str(duty.unit) for duty in [*leads, *others]},
    }
