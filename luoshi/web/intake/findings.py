"""What a person makes of a finding: confirm, correct, reject; all sure ones; one marked by hand."""

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

from luoshi.intake import actions, queries, states
from luoshi.intake.models import Document, Finding
from luoshi.kernel.errors import Invalid, LuoshiError
from luoshi.web.errors import error_page
from luoshi.web.forms import refuse_into, seen_version, write
from luoshi.web.intake import answering, pages
from luoshi.web.intake.acts import require
from luoshi.web.intake.correcting import CorrectForm
from luoshi.web.intake.forms import MarkForm, RejectForm, StandAsForm
from luoshi.web.intake.marking import place_of
from luoshi.web.request import StaffRequest


@login_required
@require_GET
def finding(request: StaffRequest, pk: int) -> HttpResponse:
    """The row of a finding as a fragment; without htmx, its place on the page of its document."""
    row = queries.finding(request.actor, pk)
    if answering.swaps(request):
        return answering.fragment(request, row)
    return HttpResponseRedirect(answering.address(row))


@login_required
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Stand behind a finding as it was read."""
    row = queries.finding(request.actor, pk)
    return write(
        request,
        lambda: _moved(actions.confirm(row, by=request.actor, seen=seen_version(request))),
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
    return _asked(
        request,
        row,
        form,
        lambda: actions.correct(row, form.given, by=request.actor, seen=seen_version(request)),
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
    return _asked(
        request,
        row,
        form,
        lambda: actions.reject(
            row, by=request.actor, seen=seen_version(request), reason=form.reason
        ),
        done=_("不采纳，原因已记下。"),
        send=pgettext("verb", "不采纳"),
    )


@login_required
@require_POST
def confirm_sure(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm every fact that carries no doubt."""
    row = queries.document(request.actor, pk)

    def act() -> str:
        actions.confirm_sure(row, by=request.actor, seen=seen_version(request))
        return reverse("web:document_facts", args=[pk])

    return write(
        request, act, done=_("无存疑的都确认了。"), again=lambda error: error_page(request, error)
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
        made = actions.mark(row, given["kind"], start, end, by=request.actor)
        return reverse("web:finding", args=[made.pk])

    def again(error: LuoshiError) -> HttpResponse:
        refuse_into(form, _said_of_words(error))
        return _marking_again(request, row, form, error.status)

    return write(request, act, done=_("标好了。"), again=again)


@login_required
@require_POST
def stand_as(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the document stand as 依据文件 or 参考报道."""
    row = queries.document(request.actor, pk)
    form = StandAsForm(request.POST)

    def act() -> str:
        if not form.is_valid():
            raise Invalid(fields={"standing": "unknown_standing"})
        given = form.cleaned_data
        actions.stand_as(
            row,
            given["standing"],
            by=request.actor,
            seen=seen_version(request),
            reason=given["reason"],
        )
        return reverse("web:document", args=[pk])

    return write(request, act, done=_("定好了。"), again=lambda error: error_page(request, error))


@login_required
@require_POST
def open_document(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the document a public page of its own."""
    row = queries.document(request.actor, pk)

    def act() -> str:
        actions.open_document(row, by=request.actor, seen=seen_version(request))
        return reverse("web:document", args=[pk])

    return write(
        request, act, done=_("原文公开了。"), again=lambda error: error_page(request, error)
    )


@login_required
@require_POST
def close_document(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the document's public page down, with a reason that stays inside."""
    row = queries.document(request.actor, pk)
    reason = request.POST.get("reason", "")

    def act() -> str:
        seen = seen_version(request)
        actions.close_document(row, by=request.actor, seen=seen, reason=reason)
        return reverse("web:document", args=[pk])

    return write(
        request, act, done=_("原文撤下了。"), again=lambda error: error_page(request, error)
    )


def _asked(
    request: StaffRequest,
    row: Finding,
    form: forms.Form,
    act: Callable[[], Finding],
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

    return write(request, lambda: _moved(act()), done=done, again=again)


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
