"""Programmes: the list, drafting one from a document, one programme with its headings and items."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.intake import queries
from luoshi.intake.models import Document
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import LuoshiError
from luoshi.ledger import clock
from luoshi.programme import actions, states
from luoshi.programme import queries as lists
from luoshi.programme.models import Programme
from luoshi.web.forms import new_key, refuse_into, write
from luoshi.web.intake.acts import require
from luoshi.web.programme import drafting, pages
from luoshi.web.programme.forms import DraftForm
from luoshi.web.request import StaffRequest


@login_required
@require_GET
def programmes(request: StaffRequest) -> HttpResponse:
    """The lists of all years."""
    rows = [pages.row(each) for each in lists.programmes(request.actor)]
    return render(request, "web/programmes.html", {"here": "programmes", "programmes": rows})


@login_required
@require_GET
def programme(request: StaffRequest, pk: int) -> HttpResponse:
    """One programme: its areas and items, and what issuing still lacks."""
    found = lists.programme(request.actor, pk)
    on = beijing_date(clock.now())
    context = pages.programme(found, request.actor, on=on)
    return render(request, "web/programme.html", {"here": "programmes", **context})


@login_required
@require_http_methods(["GET", "POST"])
def draft_programme(request: StaffRequest, pk: int) -> HttpResponse:
    """Draft a programme from the areas of a document."""
    document = queries.document(request.actor, pk)
    require(request.actor, states.DRAFT_PROGRAMME, Programme(document=document))
    if request.method == "GET":
        on = beijing_date(clock.now())
        return _draft_page(request, document, DraftForm(initial=drafting.proposed(document, on=on)))
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, document, form, 422)

    def act() -> str:
        made = actions.draft_programme(document, by=request.actor, **form.cleaned_data)
        return reverse("web:programme", args=[made.pk])

    def again(error: LuoshiError) -> HttpResponse:
        refuse_into(form, error)
        return _draft_page(request, document, form, error.status)

    return write(request, act, done=_("清单编好了，可以往各方面加事项。"), again=again)


def _draft_page(
    request: StaffRequest, document: Document, form: DraftForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "programmes",
        **drafting.context(document, request.actor),
        "form": form,
        "key": new_key(),
    }
    return render(request, "web/draft_programme.html", context, status=status)
