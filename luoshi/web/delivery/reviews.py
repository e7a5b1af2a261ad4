"""审核: the page of a report in review, and its two answers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.delivery import actions, queries, rules, waiting
from luoshi.delivery.models import Report
from luoshi.kernel.calendar import beijing_date, working_day_after
from luoshi.kernel.errors import Invalid, LuoshiError, NotAllowed
from luoshi.ledger import clock
from luoshi.org import queries as org
from luoshi.web.delivery import forms
from luoshi.web.delivery.cards import holder_of
from luoshi.web.delivery.review_page import review_page
from luoshi.web.errors import error_page
from luoshi.web.forms import refuse_into, seen_version, write
from luoshi.web.request import StaffRequest


@login_required
@require_safe
def review(request: StaffRequest, key: int) -> HttpResponse:
    """One report, beside the others that wait for a review."""
    return _page(request, key)


@login_required
@require_POST
def accept(request: StaffRequest, key: int) -> HttpResponse:
    """审核通过."""
    row = queries.report(request.actor, key)

    def act() -> str:
        actions.accept(row, by=request.actor, seen=seen_version(request))
        return _next(request, row)

    form = forms.Nothing(request.POST)
    return write(
        request, act, done=_("已审核通过。"), again=lambda error: _again(request, row, form, error)
    )


@login_required
@require_POST
def send_back(request: StaffRequest, key: int) -> HttpResponse:
    """退回补正 or 退回重办."""
    row = queries.report(request.actor, key)
    returned_as = request.POST.get("returned_as", "")
    form = forms.SendBack(request.POST, auto_id=f"{returned_as}-%s")
    if not form.is_valid():
        return _page(request, key, form, status=Invalid.status)

    def act() -> str:
        actions.send_back(
            row,
            by=request.actor,
            seen=seen_version(request),
            returned_as=returned_as,
            reason=form.cleaned_data["reason"],
        )
        return _next(request, row)

    return write(
        request, act, done=_("已退回单位。"), again=lambda error: _again(request, row, form, error)
    )


def _next(request: StaffRequest, row: Report) -> str:
    """The next report that waits, or the desk when this was the last."""
    left = [each for each in _queue(request) if each.pk != row.pk]
    return reverse("web:review", args=[left[0].pk]) if left else reverse("web:desk")


def _queue(request: StaffRequest) -> list[Report]:
    return list(waiting.to_review(request.actor))


def _again(request: StaffRequest, row: Report, form: Form, error: LuoshiError) -> HttpResponse:
    if isinstance(error, NotAllowed):
        return error_page(request, error)
    refuse_into(form, error)
    return _page(request, row.pk, form, status=error.status)


def _page(
    request: StaffRequest, key: int, refused: Form | None = None, status: int = 200
) -> HttpResponse:
    on = beijing_date(clock.now())
    row = queries.reported(request.actor, key)
    holidays = org.working_days()
    view = queries.view(row.item, on=on, holidays=holidays)
    latest = (
        working_day_after(row.signed_on, rules.REVIEW_DAYS, holidays) if row.signed_on else None
    )
    context = {
        **review_page(request.actor, row, view, _queue(request), latest=latest, refused=refused),
        "holder": holder_of(view, on=on),
        "refused": refused,
    }
    return render(request, "web/review.html", context, status=status)
