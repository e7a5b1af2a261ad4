"""What a document is: 依据文件 or 参考报道, public or not."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.intake import actions, queries
from luoshi.kernel.errors import Invalid
from luoshi.web.errors import error_page
from luoshi.web.forms import seen_version, write
from luoshi.web.intake.forms import StandAsForm
from luoshi.web.request import StaffRequest


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
