"""立项: an item under an area of a draft, from the sentence that orders it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import LuoshiError, NotAllowed, WrongState
from luoshi.ledger import clock
from luoshi.programme import actions, queries, states
from luoshi.programme.models import Item, Programme
from luoshi.web.errors import error_page
from luoshi.web.forms import new_key, write
from luoshi.web.intake.acts import require
from luoshi.web.intake.directives import anchor
from luoshi.web.programme.item_form import Choices, ItemForms, choices
from luoshi.web.request import StaffRequest


@login_required
@require_http_methods(["GET", "POST"])
def register_item(request: StaffRequest, pk: int) -> HttpResponse:
    """Register an item: the form, what the sentence gives filled in; the act on POST."""
    programme = queries.programme(request.actor, pk)
    require(request.actor, states.REGISTER_ITEM, Item())
    if programme.state != states.DRAFT:
        raise WrongState("programme_issued", verb="register_item")
    known = choices(programme, on=beijing_date(clock.now()))
    if request.method == "GET":
        return _page(request, programme, known, ItemForms.fresh(known, request.GET))
    forms = ItemForms.typed(known, request.POST)
    if not forms.is_valid():
        return _page(request, programme, known, forms, 422)

    def act() -> str:
        actions.register_item(forms.heading, by=request.actor, **forms.given)
        return _address(request, programme, forms)

    def again(error: LuoshiError) -> HttpResponse:
        if isinstance(error, NotAllowed):
            return error_page(request, error)
        forms.refuse(error)
        return _page(request, programme, known, forms, error.status)

    return write(request, act, done=_("立项了。"), again=again)


def _address(request: StaffRequest, programme: Programme, forms: ItemForms) -> str:
    """Back to where the person came from: the sentence, or the area."""
    if request.POST.get("back") == "document":
        url = reverse("web:document", args=[programme.document_id])
        return f"{url}#{anchor(forms.finding)}"
    url = reverse("web:programme", args=[programme.pk])
    return f"{url}#heading-{forms.heading.pk}"


def _page(
    request: StaffRequest, programme: Programme, known: Choices, forms: ItemForms, status: int = 200
) -> HttpResponse:
    came = request.POST.get("back") or ("document" if "finding" in request.GET else "programme")
    back = reverse("web:programme", args=[programme.pk])
    if came == "document":
        back = reverse("web:document", args=[programme.document_id])
    context: dict[str, Any] = {
        "here": "programmes",
        "programme": {
            "title": programme.title,
            "url": reverse("web:programme", args=[programme.pk]),
        },
        "forms": forms,
        "sentence": known.sentence(forms.main["finding"].value()),
        "key": new_key(),
        "came": came,
        "back": back,
    }
    return render(request, "web/register_item.html", context, status=status)
