"""One step on one row: its page, its form, its write. `steps.py` says what each step is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery import queries
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import Invalid, LuoshiError, NotAllowed, WrongState
from luoshi.kernel.move import Move
from luoshi.ledger import clock
from luoshi.ledger.models import Recorded
from luoshi.org import policy
from luoshi.org import queries as org
from luoshi.programme.models import Item
from luoshi.web.delivery.cards import holder_of
from luoshi.web.delivery.forms import Nothing
from luoshi.web.errors import error_page
from luoshi.web.forms import new_key, refuse_into, seen_version, write
from luoshi.web.request import StaffRequest

Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A step on a row of an item. `act` gets what was typed and the version the person saw."""

    move: Move
    row: Recorded
    item: Item
    act: Callable[[Typed, int], object]
    done: str
    form: Callable[..., forms.Form] = Nothing
    says: str = ""
    label: str = ""
    behalf: int | None = None
    hidden: tuple[tuple[str, str], ...] = field(default=())


def answer(request: StaffRequest, step: Step) -> HttpResponse:
    """The page of a step on GET, the step itself on POST. Errors: NotAllowed, WrongState (GET)."""
    if request.method != "POST":
        _check(request, step)
        return _page(request, step, step.form())
    form = step.form(request.POST)
    if not form.is_valid():
        return _page(request, step, form, Invalid())

    def again(error: LuoshiError) -> HttpResponse:
        if isinstance(error, NotAllowed):
            return error_page(request, error)
        refuse_into(form, error)
        return _page(request, step, form, error)

    def act() -> str:
        step.act(form.cleaned_data, seen_version(request))
        return _back(request, step)

    return write(request, act, done=step.done, again=again)


def _check(request: StaffRequest, step: Step) -> None:
    verdict = policy.may(request.actor, step.move, step.row, step.behalf)
    if not verdict:
        raise NotAllowed(verdict.reason, **verdict.values)
    state = getattr(step.row, "state", "")
    if step.move.sources and state not in step.move.sources:
        raise WrongState("wrong_state", state=state, verb=step.move.verb)


def _back(request: StaffRequest, step: Step) -> str:
    """Where one goes on: to the list one came from, or to the item."""
    if request.POST.get("back") == "desk":
        return reverse("web:desk")
    if request.POST.get("back") == "publicity":
        return reverse("web:publicity")
    return reverse("web:item", args=[step.item.code])


def _page(
    request: StaffRequest, step: Step, form: forms.Form, error: LuoshiError | None = None
) -> HttpResponse:
    step.row.refresh_from_db(fields=["version"])
    on = beijing_date(clock.now())
    view = queries.views_of([step.item.pk], on=on, holidays=org.working_days())[step.item.pk]
    context = {
        "here": "items",
        "item": {
            "code": step.item.code,
            "title": step.item.requirement,
            "url": reverse("web:item", args=[step.item.code]),
        },
        "holder": holder_of(view, on=on),
        "step": {"label": step.label or _(step.move.label), "says": step.says},
        "form": form,
        "key": new_key(),
        "seen": step.row.version,
        "hidden": step.hidden or [("back", request.POST.get("back", ""))],
        "open": not isinstance(error, WrongState),
    }
    return render(request, "web/step.html", context, status=error.status if error else 200)
