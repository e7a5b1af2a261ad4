"""A damaged place: the one in question, a decision about it, the decision taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.intake import deciding, queries, states
from luoshi.intake.models import Document
from luoshi.intake.repairs import offers
from luoshi.kernel.errors import Invalid, LuoshiError, NotFound
from luoshi.web import words
from luoshi.web.errors import error_page
from luoshi.web.forms import seen_version, write
from luoshi.web.intake import doubted_page, doubts
from luoshi.web.intake.answering import swaps
from luoshi.web.intake.looking import Look
from luoshi.web.request import StaffRequest


@login_required
@require_GET
def repair(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """The place as a fragment, with what its decision changed beside it; without htmx, on its page."""
    document = queries.document(request.actor, pk)
    look = _look(request, document, number)
    if not swaps(request):
        return HttpResponseRedirect(look.page + _place(look))
    return _fragment(request, document, look)


@login_required
@require_POST
def decide_repair(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """Say what stood at a damaged place."""
    document = queries.document(request.actor, pk)
    look = _look(request, document, number)

    def act() -> str:
        choice, text = _chosen(document, number, request)
        deciding.decide_repair(
            document, number, choice, text, by=request.actor, seen=seen_version(request)
        )
        after = doubts.next_waiting(queries.document(request.actor, pk), number)
        return _on(look.at(done=number), after)

    return _written(request, document, look, act, _("判定了。"))


@login_required
@require_POST
def withdraw_decision(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """Take a decision back."""
    document = queries.document(request.actor, pk)
    look = _look(request, document, number)
    row = document.decisions.filter(number=number).first()
    if row is None:
        raise NotFound("not_found")

    def act() -> str:
        deciding.withdraw_decision(row, by=request.actor, seen=seen_version(request))
        return _on(look.at(done=number), number)

    return _written(request, document, look, act, _("判定撤回了。"))


def _written(
    request: StaffRequest, document: Document, look: Look, act: Callable[[], str], done: str
) -> HttpResponse:
    def again(error: LuoshiError) -> HttpResponse:
        if not swaps(request):
            return error_page(request, error)
        said = words.refusal(error)
        if isinstance(error, Invalid) and error.fields:
            said = " ".join(words.field_words(error).values())
        fresh = queries.document(request.actor, document.pk)
        return _fragment(request, fresh, look.at(done=look.doubt), said, error.status)

    return write(request, act, done=done, again=again)


def _chosen(document: Document, number: int, request: StaffRequest) -> tuple[str, str]:
    """The choice and its text: `offered:2` is the third reading offered. Errors: NotFound, Invalid."""
    choice, _colon, place = request.POST.get("choice", "").partition(":")
    if not 1 <= number <= len(document.receipt):
        raise NotFound("not_found")
    if choice != states.OFFERED:
        return choice, request.POST.get("text", "")
    texts = offers(document.receipt[number - 1])
    if not (place.isascii() and place.isdigit() and int(place[:4]) < len(texts)):
        raise Invalid(fields={"choice": "unknown_choice"})
    return choice, texts[int(place)]


def _look(request: StaffRequest, document: Document, number: int) -> Look:
    if not 1 <= number <= len(document.receipt):
        raise NotFound("not_found")
    return Look.asked(document.pk, request.GET).at(doubt=number)


def _on(look: Look, number: int) -> str:
    """The address of the next place; of the last decision itself when none is left."""
    return look.of_repair("repair", number or look.done)


def _place(look: Look) -> str:
    return f"#repair-{look.doubt}"


def _fragment(
    request: StaffRequest, document: Document, look: Look, error: str = "", status: int = 200
) -> HttpResponse:
    draw = doubted_page.place_and_text if look.done else doubted_page.place_only
    context: dict[str, Any] = {**draw(document, look, request.actor), "error": error}
    return render(request, "web/_doubt_swap.html", context, status=status)
