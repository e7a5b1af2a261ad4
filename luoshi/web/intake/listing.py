"""The list of documents, and what may be handed in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.intake import queries, states
from luoshi.intake.models import Document
from luoshi.kernel.actor import Actor
from luoshi.officialdoc.kinds import DOCUMENTS
from luoshi.officialdoc.limits import MB, limit
from luoshi.programme.queries import is_office
from luoshi.web.forms import new_key
from luoshi.web.intake import words
from luoshi.web.intake.acts import offered, whose

PAGE = 50


def context(viewer: Actor, refused: str = "", *, before: int | None = None) -> dict[str, Any]:
    """Context of documents.html; `refused` says why the last file was not taken."""
    rows = queries.documents(viewer).select_related("file")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    more, found = found[PAGE:], found[:PAGE]
    url = reverse("web:documents")
    return {
        "here": "documents",
        "documents": [_row(each) for each in found],
        "pager": {
            "count": len(found),
            "next_url": f"{url}?before={found[-1].pk}" if more else "",
            "next_from": more[0].title if more else "",
            "first_url": url if before is not None else "",
        },
        "refused": refused,
        "upload": _upload() if offered(viewer, states.RECEIVE, Document()) else None,
        "who": whose(states.RECEIVE),
        "pairs": reverse("web:site_pairs") if is_office(viewer) else "",
    }


def _row(of: Document) -> dict[str, Any]:
    return {
        "url": reverse("web:document", args=[of.pk]),
        "title": of.title or (of.file.name if of.file else "") or _("没有标题"),
        "binding": of.standing == states.BASIS,
        "kind": words.label_of(states.KINDS, of.kind),
        "source": " ".join(filter(None, (of.source, of.number))),
        "published": of.published_on,
        "received": of.received_at,
        "waiting": of.waiting,  # type: ignore[attr-defined]  # annotated by the query
        "publicity": words.label_of(states.PUBLICITY, of.publicity),
    }


def _upload() -> dict[str, Any]:
    """What is accepted and how large, from the same tables that refuse."""
    most = limit("document_bytes")
    endings = [ending for kind in DOCUMENTS for ending in kind.extensions]
    return {
        "key": new_key(),
        "accept": ",".join(endings),
        "limit_bytes": most,
        "limit_words": _("超过 %(n)s MB") % {"n": most // MB},
        "says": _("可收 %(kinds)s，一份不超过 %(n)s MB。密件不进系统，只登记文号。")
        % {"kinds": words.joined(endings), "n": most // MB},
    }
