"""Acts on many findings at once: confirm all sure ones, the ticked ones; take one's last act back."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.intake import findings as judging
from luoshi.intake import queries, withdrawing
from luoshi.intake.models import Document
from luoshi.kernel.errors import Invalid
from luoshi.web.errors import error_page
from luoshi.web.forms import seen_version, write
from luoshi.web.intake import pages
from luoshi.web.intake.facts import KINDS as FACTS
from luoshi.web.request import StaffRequest


@login_required
@require_POST
def confirm_sure(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm every finding of one face that carries no doubt."""
    row = queries.document(request.actor, pk)
    directives = request.POST.get("face") == "directives"
    kinds = pages.DIRECTIVES if directives else FACTS

    def act() -> str:
        judging.confirm_sure(row, by=request.actor, seen=seen_version(request), kinds=kinds)
        return reverse("web:document" if directives else "web:document_facts", args=[pk])

    return write(
        request, act, done=_("无存疑的都确认了。"), again=lambda error: error_page(request, error)
    )


@login_required
@require_POST
def confirm_selected(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm the findings that were ticked, each as it was seen."""
    row = queries.document(request.actor, pk)

    def act() -> str:
        selected = dict(_pairs(request.POST.getlist("selected")))
        judging.confirm_selected(row, selected, by=request.actor, seen=seen_version(request))
        return reverse("web:document", args=[pk])

    return write(
        request, act, done=_("选中的都确认了。"), again=lambda error: error_page(request, error)
    )


@login_required
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one's own last act on the findings of a document back."""
    row = queries.document(request.actor, pk)

    def act() -> str:
        event = queries.last_act(request.actor, row)
        where = _place(row, event.subject if event else "")
        last = _number(request.POST.get("last", ""))
        withdrawing.withdraw(row, by=request.actor, seen=seen_version(request), last=last)
        return where

    return write(request, act, done=_("撤回了。"), again=lambda error: error_page(request, error))


def _place(row: Document, subject: str) -> str:
    """Where to look after a withdrawal: the finding it was about, else the document."""
    name, _colon, key = subject.partition(":")
    if name == "finding":
        return reverse("web:finding", args=[int(key)])
    return reverse("web:document", args=[row.pk])


def _pairs(sent: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Key and version of each finding that was ticked. Errors: Invalid when tampered with."""
    for each in sent:
        key, _colon, version = each.partition(":")
        yield _number(key), _number(version)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise Invalid(fields={"seen": "required"})
    return int(text)
