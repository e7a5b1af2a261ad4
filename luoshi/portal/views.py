"""The public pages: an item's story, a document with what came of its sentences, what was withdrawn."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.delivery import queries as delivery
from luoshi.intake.states import WITHDRAWN
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import NotFound
from luoshi.ledger import clock
from luoshi.org import queries as org
from luoshi.portal import pages, queries


@require_safe
def column(request: HttpRequest) -> HttpResponse:
    """进展公开: the items with an open page."""
    rows = [
        {"code": row.code, "title": row.requirement, "state": pages.state_of(row)}
        for row in queries.items()
    ]
    return render(request, "portal/column.html", {**_site(), "items": rows})


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """The story of one item; 410 once it is withdrawn."""
    try:
        row = queries.item(code)
    except NotFound as error:
        raise Http404 from error
    if row.publicity == WITHDRAWN:
        page = {"code": row.code, "withdrawn_on": row.withdrawn_on}
        return render(request, "portal/withdrawn.html", {**_site(), "page": page}, status=410)
    on = beijing_date(clock.now())
    view = delivery.view(row, on=on, holidays=org.working_days())
    return render(request, "portal/progress_item.html", {**_site(), **pages.item_page(view)})


@require_safe
def document(request: HttpRequest, code: str) -> HttpResponse:
    """A document, each sentence that ordered something with its tag; 410 once it is withdrawn."""
    try:
        row = queries.document(code)
    except NotFound as error:
        raise Http404 from error
    if row.publicity == WITHDRAWN:
        page = {"withdrawn_on": row.withdrawn_on}
        return render(request, "portal/withdrawn.html", {**_site(), "page": page}, status=410)
    script = request.GET.get("script", "")
    context = pages.document_page(row, queries.directives(row), script)
    return render(request, "portal/document.html", {**_site(), **context, "as_of": clock.now()})


def _site() -> dict[str, Any]:
    """What every public page needs: whose site it is."""
    return {
        "site": {
            "name": settings.SITE,
            "column_url": reverse("portal:column"),
            "office": settings.OFFICE,
        },
        "here": "progress",
    }
