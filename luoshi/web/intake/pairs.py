"""站点读音: what the pages of each site taught, from which documents, and the acts that stop or resume their use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from luoshi.intake import pairs, queries, states
from luoshi.intake.models import Document, SitePair
from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import NotAllowed
from luoshi.org.roles import CLERK, OFFICE_HEAD
from luoshi.programme.queries import is_office
from luoshi.web.errors import error_page
from luoshi.web.forms import seen_version, write
from luoshi.web.intake.acts import button, offered
from luoshi.web.intake.words import label_of
from luoshi.web.request import StaffRequest


@login_required
@require_GET
def site_pairs(request: StaffRequest) -> HttpResponse:
    """The pairs of all sites, by site."""
    if not is_office(request.actor):
        raise NotAllowed("not_your_role", roles=[CLERK, OFFICE_HEAD], verb="site_pairs")
    rows = queries.site_pairs()
    known = queries.titles_of(request.actor, {key for row in rows for key, _count in row.documents})
    sites = [
        {"name": site, "rows": [_row(row, known, request.actor) for row in of_site]}
        for site, of_site in groupby(rows, key=lambda row: row.site)
    ]
    return render(request, "web/site_pairs.html", {"here": "documents", "sites": sites})


@login_required
@require_POST
def revoke_pair(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop the use of a pair for later pages."""
    return _written(request, pk, pairs.revoke_pair, _("停用了。已收的文件不变。"))


@login_required
@require_POST
def reinstate_pair(request: StaffRequest, pk: int) -> HttpResponse:
    """Resume its use."""
    return _written(request, pk, pairs.reinstate_pair, _("恢复采用了。"))


def _written(
    request: StaffRequest, pk: int, verb: Callable[..., SitePair], done: str
) -> HttpResponse:
    row = queries.site_pair(pk)

    def act() -> str:
        verb(row, by=request.actor, seen=seen_version(request))
        return reverse("web:site_pairs")

    return write(request, act, done=done, again=lambda error: error_page(request, error))


def _row(row: SitePair, known: Mapping[int, Document], viewer: Actor) -> dict[str, Any]:
    return {
        "pair": f"{row.character}({row.reading})",
        "character": row.character,
        "reading": row.reading,
        "count": sum(count for _key, count in row.documents),
        "documents": [_document(known[key], count) for key, count in row.documents if key in known],
        "state": label_of(states.PAIR_STATES, row.state),
        "used": row.state == states.LEARNED,
        "act": _act(row, viewer),
    }


def _document(of: Document, count: int) -> dict[str, Any]:
    title = of.title or _("没有标题的文件")
    return {"title": title, "url": reverse("web:document", args=[of.pk]), "count": count}


def _act(row: SitePair, viewer: Actor) -> dict[str, Any] | None:
    for move, label in (
        (states.REVOKE_PAIR, pgettext("verb", "停用")),
        (states.REINSTATE_PAIR, pgettext("verb", "恢复采用")),
    ):
        if offered(viewer, move, row):
            url = reverse(f"web:{move.verb}", args=[row.pk])
            return button(label, url, seen=row.version)
    return None
