"""What every staff page's template may use, beside its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from luoshi.delivery import waiting
from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_date
from luoshi.ledger import clock


def shell(request: HttpRequest) -> dict[str, Any]:
    """me, site_name, demo, today of base.html; the desk's count comes lazily."""
    actor = getattr(request, "actor", None)
    demo = clock.is_demo()
    context: dict[str, Any] = {
        "site_name": settings.OFFICE,
        "demo": demo,
        "today": beijing_date(clock.now()),
        "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }
    if actor is not None:
        context["me"] = {
            "code": f"account-{actor.account}",
            "name": actor.name,
            "post": actor.post_name,
            "unit": actor.unit_name,
        }
        context["counts"] = {"desk": SimpleLazyObject(lambda: _waiting(actor))}
    return context


def _waiting(actor: Actor) -> int:
    """How many rows wait on the desk; asked only by a page that draws the menu."""
    return waiting.count(actor, on=beijing_date(clock.now()))
