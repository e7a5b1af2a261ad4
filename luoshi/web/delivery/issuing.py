"""印发: the page that says what will be asked of whom, and the act."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.delivery import actions, queries, states
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import Invalid, LuoshiError, NotAllowed, WrongState
from luoshi.ledger import clock
from luoshi.org import policy
from luoshi.programme import queries as programmes
from luoshi.programme.models import Programme
from luoshi.web.delivery import forms
from luoshi.web.delivery.issue_page import issue_page
from luoshi.web.errors import error_page
from luoshi.web.forms import new_key, refuse_into, seen_version, write
from luoshi.web.request import StaffRequest


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: StaffRequest, key: int) -> HttpResponse:
    """What issuing asks of whom, with the decision's form; the issue itself on POST."""
    programme = programmes.programme(request.actor, key)
    if request.method != "POST":
        verdict = policy.may(request.actor, states.ISSUE, programme)
        if not verdict:
            raise NotAllowed(verdict.reason, **verdict.values)
        if programme.state not in states.ISSUE.sources:
            raise WrongState("wrong_state", state=programme.state, verb="issue")
        form = forms.Issue(initial={"issued_on": beijing_date(clock.now())})
        return _page(request, programme, form)
    form = forms.Issue(request.POST)
    if not form.is_valid():
        return _page(request, programme, form, Invalid())

    def again(error: LuoshiError) -> HttpResponse:
        if isinstance(error, NotAllowed):
            return error_page(request, error)
        refuse_into(form, error)
        return _page(request, programme, form, error)

    def act() -> str:
        actions.issue(programme, by=request.actor, seen=seen_version(request), **form.cleaned_data)
        return reverse("web:programme", args=[programme.pk])

    return write(request, act, done=_("已印发，事项都已交办。"), again=again)


def _page(
    request: StaffRequest,
    programme: Programme,
    form: django_forms.Form,
    error: LuoshiError | None = None,
) -> HttpResponse:
    programme.refresh_from_db(fields=["version", "state"])
    context: dict[str, Any] = {
        **issue_page(
            programme,
            queries.to_assign(programme),
            programmes.coverage(programme.document).unlinked,
            form,
        ),
        "form": form,
        "key": new_key(),
        "seen": programme.version,
    }
    return render(request, "web/issue.html", context, status=error.status if error else 200)
