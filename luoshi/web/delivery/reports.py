"""报送进展: the form of one report, good on a phone; nothing typed is lost when a file is refused."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.delivery import actions, queries, states
from luoshi.delivery.models import Assignment, Report
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import Invalid, LuoshiError, NotAllowed, WrongState
from luoshi.ledger import clock
from luoshi.ledger.files import Upload
from luoshi.org import policy
from luoshi.org import queries as org
from luoshi.web.delivery import forms, uploads
from luoshi.web.delivery.report_page import report_page, returned_words
from luoshi.web.errors import error_page
from luoshi.web.forms import new_key, refuse_into, write
from luoshi.web.request import StaffRequest


@login_required
@require_http_methods(["GET", "POST"])
def report(request: StaffRequest, key: int) -> HttpResponse:
    """The form on GET; a new report of the unit on POST."""
    row = queries.assigned(request.actor, key)
    if request.method != "POST":
        _check(request, row)
        return _page(request, row, forms.Report(initial=returned_words(row)))
    form = forms.Report(request.POST)
    kept, refusals = uploads.checked(request.FILES.getlist("evidence"))
    if refusals:
        form.add_error("evidence", [*refusals, _("这次的文件都没有收下，请重新选；填的字都在。")])
    if not form.is_valid():
        return _page(request, row, form, Invalid())

    def again(error: LuoshiError) -> HttpResponse:
        if isinstance(error, NotAllowed):
            return error_page(request, error)
        refuse_into(form, error)
        return _page(request, row, form, error)

    def act() -> str:
        _write(request, row, form.cleaned_data, kept)
        return reverse("web:item", args=[row.item.code])

    return write(request, act, done=_("已报，等单位负责人审签。"), again=again)


def _write(
    request: StaffRequest, row: Assignment, typed: dict[str, Any], kept: list[Upload]
) -> None:
    actions.report(
        row,
        by=request.actor,
        done=typed["done"],
        claim=typed["claim"],
        problem=typed["problem"],
        next_step=typed["next_step"],
        excepted=typed["excepted"],
        uploads=kept,
    )


def _check(request: StaffRequest, row: Assignment) -> None:
    """Whether the viewer may report now. Errors: NotAllowed, WrongState."""
    verdict = policy.may(request.actor, states.REPORT, Report(item_id=row.item_id, assignment=row))
    if not verdict:
        raise NotAllowed(verdict.reason, **verdict.values)
    if row.state != states.WORKING:
        raise WrongState("assignment_not_working", state=row.state, verb="report")


def _page(
    request: StaffRequest,
    row: Assignment,
    form: forms.Report,
    error: LuoshiError | None = None,
) -> HttpResponse:
    on = beijing_date(clock.now())
    view = queries.view(row.item, on=on, holidays=org.working_days())
    context = {
        **report_page(row, view, form, on=on),
        "form": form,
        "key": new_key(),
        "limit_bytes": uploads.limit_bytes(),
        "limit_words": _("太大，请拆分"),
    }
    return render(request, "web/report.html", context, status=error.status if error else 200)
