"""What every staff page's template may use, beside its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from luoshi.delivery import waiting
from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_date
from luoshi.ledger import clock
from luoshi.org.roles import AUDITOR, OFFICE_HEAD, PUBLICITY
from luoshi.programme import queries as programmes


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers beside the menu's entries."""

    desk: Any


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
        context["counts"] = Counts(SimpleLazyObject(lambda: _waiting(actor)))
        context["may"] = {
            "publicity": programmes.is_office(actor) or actor.has(PUBLICITY),
            "verify": actor.has(AUDITOR) or actor.has(OFFICE_HEAD),
        }
    return context


def _waiting(actor: Actor) -> int:
    """How many rows wait on the desk; asked only by a page that draws the menu."""
    return waiting.count(actor, on=beijing_date(clock.now()))
