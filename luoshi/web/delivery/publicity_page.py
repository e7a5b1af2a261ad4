"""公开: what waits for an approval or a wording, and the public pages there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.delivery import states
from luoshi.delivery.models import PublicWording
from luoshi.kernel.actor import Actor
from luoshi.org import policy
from luoshi.programme.models import Item
from luoshi.programme.states import OPEN
from luoshi.web.delivery import acts


def publicity_page(
    viewer: Actor,
    *,
    waiting: Sequence[PublicWording],
    unworded: Sequence[Item],
    public: Sequence[Item],
) -> dict[str, Any]:
    """The context of web/publicity.html."""
    return {
        "here": "publicity",
        "waiting": [_wording(viewer, row) for row in waiting],
        "unworded": [_unworded(viewer, row) for row in unworded],
        "open": [_public(row) for row in public if row.publicity == OPEN],
        "withdrawn": [_public(row) for row in public if row.publicity != OPEN],
        "site_url": reverse("portal:column"),
    }


def _wording(viewer: Actor, row: PublicWording) -> dict[str, Any]:
    offered = []
    if acts.may_now(viewer, states.APPROVE_WORDING, row):
        url = reverse("web:approve_wording", args=[row.pk])
        offered = [acts.open_page(_(states.APPROVE_WORDING.label), url)]
    return {
        **_item(row.item),
        "text": row.text,
        "by": row.drafted_by.name,
        "on": row.drafted_on,
        "mine": row.drafted_by_id == viewer.person,
        "acts": offered,
    }


def _unworded(viewer: Actor, row: Item) -> dict[str, Any]:
    offered = []
    if policy.may(viewer, states.DRAFT_WORDING, PublicWording(item=row)):
        url = reverse("web:draft_wording", args=[row.code])
        offered = [acts.open_page(_(states.DRAFT_WORDING.label), url)]
    return {**_item(row), "acts": offered}


def _public(row: Item) -> dict[str, Any]:
    return {
        **_item(row),
        "page": reverse("portal:item", args=[row.code]),
        "withdrawn_on": row.withdrawn_on,
    }


def _item(row: Item) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.requirement,
        "url": reverse("web:item", args=[row.code]),
    }
