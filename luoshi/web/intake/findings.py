"""What a person makes of a finding: confirm, correct, reject; one marked by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.intake import findings as judging
from luoshi.intake import queries, states
from luoshi.intake.models import Document, Finding
from luoshi.kernel.errors import Invalid, LuoshiError
from luoshi.web.forms import refuse_into, seen_version, write
from luoshi.web.intake import answering, pages
from luoshi.web.intake.acts import require
from luoshi.web.intake.correcting import CorrectForm
from luoshi.web.intake.forms import MarkForm, RejectForm
from luoshi.web.intake.marking import place_of
from luoshi.web.request import StaffRequest


@login_required
@require_GET
def finding(request: StaffRequest, pk: int) -> HttpResponse:
    """The row of a finding as a fragment; without htmx, its place on the page of its document."""
    row = queries.finding(request.actor, pk)
    if answering.swaps(request) and row.state not in states.GONE:
        also, gone = (_beside(request, row, name) for name in ("also", "gone"))
        return answering.fragment(request, row, also=also, gone=gone)
    return HttpResponseRedirect(answering.address(row))


@login_required
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Stand behind a finding as it was read."""
    row = queries.finding(request.actor, pk)
    return write(
        request,
        lambda: _moved(judging.confirm(row, by=request.actor, seen=seen_version(request))),
        done=_("已确认。"),
        again=lambda error: answering.refused(request, row, error),
    )


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Put one's own words over those read."""
    row = queries.finding(request.actor, pk)
    require(request.actor, states.CORRECT, row)
    form = CorrectForm(row, request.POST or None, auto_id=f"correct_{pk}_%s")
    return asked(
        request,
        row,
        form,
        lambda: _moved(
            judging.correct(row, form.given, by=request.actor, seen=seen_version(request))
        ),
        done=_("已更正。"),
        send=_("更正"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def reject(request: StaffRequest, pk: int) -> HttpResponse:
    """Not take a finding, with a reason."""
    row = queries.finding(request.actor, pk)
    require(request.actor, states.REJECT, row)
    form = RejectForm(request.POST or None, auto_id=f"reject_{pk}_%s")
    return asked(
        request,
        row,
        form,
        lambda: _moved(
            judging.reject(row, by=request.actor, seen=seen_version(request), reason=form.reason)
        ),
        done=_("不采纳，原因已记下。"),
        send=pgettext("verb", "不采纳"),
    )


@login_required
@require_POST
def mark(request: StaffRequest, pk: int) -> HttpResponse:
    """Mark words of the text as a finding of one's own."""
    row = queries.document(request.actor, pk)
    require(request.actor, states.MARK, row)
    form = MarkForm(request.POST, auto_id="mark_%s")
    if not form.is_valid():
        return _marking_again(request, row, form, 422)

    def act() -> str:
        given = form.cleaned_data
        start, end = place_of(row.restored, given["words"], given["start"], given["end"])
        made = judging.mark(row, given["kind"], start, end, by=request.actor)
        return reverse("web:finding", args=[made.pk])

    def again(error: LuoshiError) -> HttpResponse:
        refuse_into(form, _said_of_words(error))
        return _marking_again(request, row, form, error.status)

    return write(request, act, done=_("标好了。"), again=again)


def _beside(request: StaffRequest, row: Finding, name: str) -> Finding | None:
    """Another finding of the same document that the address names: one split off, or one taken in."""
    key = request.GET.get(name, "")
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        return None
    other = queries.finding(request.actor, int(key))
    return other if other.document_id == row.document_id else None


def asked(
    request: StaffRequest,
    row: Finding,
    form: forms.Form,
    act: Callable[[], str],
    *,
    done: str,
    send: str,
) -> HttpResponse:
    """Draw the form of a step on a finding, or take it."""
    if request.method == "GET":
        return answering.form(request, row, form, send)
    if not form.is_valid():
        return answering.form(request, row, form, send, 422)

    def again(error: LuoshiError) -> HttpResponse:
        refuse_into(form, error)
        return answering.form(request, row, form, send, error.status)

    return write(request, act, done=done, again=again)


def _moved(row: Finding) -> str:
    return reverse("web:finding", args=[row.pk])


def _said_of_words(error: LuoshiError) -> LuoshiError:
    """The same refusal, said at the field that a person sees."""
    if isinstance(error, Invalid) and "start" in error.fields:
        return Invalid(fields={"words": error.fields["start"]})
    return error


def _marking_again(
    request: StaffRequest, row: Document, form: MarkForm, status: int
) -> HttpResponse:
    page = pages.opened(row, pages.DIRECTIVES, viewer=request.actor)
    context: dict[str, Any] = pages.workbench(page, form=form)
    return render(request, "web/document.html", {**context, "view": "list"}, status=status)
