"""How a step on a finding answers: with the row and what changed beside it, or with the whole page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.intake.models import Document, Finding
from luoshi.kernel.errors import LuoshiError
from luoshi.web import words
from luoshi.web.errors import error_page
from luoshi.web.forms import new_key
from luoshi.web.intake import directives, facts, pages
from luoshi.web.intake.directives import anchor
from luoshi.web.intake.facts import KINDS as FACTS
from luoshi.web.intake.looking import Look
from luoshi.web.intake.sheet import Sheet
from luoshi.web.request import StaffRequest


def swaps(request: StaffRequest) -> bool:
    """Whether htmx asked, and puts a fragment into the page it has."""
    return request.headers.get("HX-Request") == "true"


def address(row: Finding) -> str:
    """The page on which a finding stands, at its row."""
    face = "document" if row.kind == "directive" else "document_facts"
    part = Sheet(row.document).part(row)
    url = reverse(f"web:{face}", args=[row.document_id])
    return f"{url}?part={part}#{anchor(row)}" if part > 1 else f"{url}#{anchor(row)}"


def fragment(
    request: StaffRequest, row: Finding, *, error: str = "", status: int = 200
) -> HttpResponse:
    """The row again, with its lines, the coverage bar and the counts out of band."""
    kinds = pages.DIRECTIVES if row.kind == "directive" else FACTS
    look = looked_at(request, row.document)
    page = pages.opened(row.document, kinds, viewer=request.actor, around=row, look=look)
    context = {**pages.swapped(page, row, error), "stay": "stay" in request.GET}
    return render(request, "web/_swap.html", context, status=status)


def looked_at(request: StaffRequest, document: Document) -> Look:
    """How the page in the browser looks at the text, so that a fragment fits into it."""
    query = urlsplit(request.headers.get("HX-Current-URL", "")).query
    return Look.asked(document.pk, QueryDict(query))


def refused(request: StaffRequest, row: Finding, error: LuoshiError) -> HttpResponse:
    """A refusal of a step of one press: said in the row, or on a page of its own."""
    if not swaps(request):
        return error_page(request, error)
    row.refresh_from_db()
    return fragment(request, row, error=words.refusal(error), status=error.status)


def form(
    request: StaffRequest, row: Finding, asked: forms.Form, send: str, status: int = 200
) -> HttpResponse:
    """The form of a step, in the place of the row or as a page beside its sentence."""
    page = pages.opened(row.document, (), viewer=request.actor, around=row)
    if not asked.errors:
        first = next((field for field in asked if not field.is_hidden), None)
        if first is not None:
            first.field.widget.attrs["data-focus"] = ""
    sheet = page.sheet
    context: dict[str, Any] = {
        "here": "documents",
        "anchor": anchor(row),
        "element": "fd" if row.kind == "directive" else "fc fc-form",
        "quote": sheet.words(row),
        "place": sheet.place(row),
        "title": row.document.title,
        "form": asked,
        "send": send,
        "key": new_key(),
        # After a 409 the person decides on what stands there now.
        "seen": row.version if status == 409 else request.POST.get("seen", row.version),
        "now": _now(page, row) if status == 409 else "",
        "url": request.get_full_path(),
        "back": f"{reverse('web:finding', args=[row.pk])}?stay",
    }
    name = "web/_finding_form.html" if swaps(request) else "web/finding_form.html"
    return render(request, name, context, status=status)


def _now(page: pages.Opened, row: Finding) -> str:
    """What the finding says now, in words."""
    row.refresh_from_db()
    if row.kind == "directive":
        shown = directives.values(row)
        pairs = (f"{each['label']} {each.get('text', _('缺'))}" for each in shown)
        return _("，").join(pairs)
    return facts.texts(page.sheet, row)[0]
