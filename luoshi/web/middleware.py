"""What every request of the staff pages passes: its actor, the policy of its page, its refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import KeyReused, LuoshiError, NotAllowed, Stale, WrongState
from luoshi.ledger import clock, door
from luoshi.org import queries
from luoshi.org.models import Account
from luoshi.web.errors import error_page
from luoshi.web.request import StaffRequest

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
NOTED = (NotAllowed, WrongState, Stale, KeyReused)  # refusals that the ledger keeps


class PolicyMiddleware:
    """The Content-Security-Policy of every page, and no-store for what is behind the sign-in."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if getattr(request, "actor", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ActorMiddleware:
    """Gives a signed-in request its actor, with the rights of this moment."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request = cast(StaffRequest, request)
        if request.user.is_authenticated:
            _stay_awake(request)
            request.actor = _actor(request)
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a refusal; the ledger keeps it, now that its transaction has ended."""
        if not isinstance(error, LuoshiError):
            return None
        note_refusal(cast(StaffRequest, request), error)
        return error_page(request, error)


def note_refusal(request: StaffRequest, error: LuoshiError) -> None:
    """Keep a refusal in the stream of the account."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None and isinstance(error, NOTED):
        door.note(error, by=actor)


def _stay_awake(request: StaffRequest) -> None:
    """Put off the end of the session; saved once a minute, so that a page read is not a write."""
    minute = int(clock.now().timestamp()) // 60
    if request.session.get("minute") != minute:
        request.session["minute"] = minute


def _actor(request: StaffRequest) -> Actor:
    return queries.actor(
        cast(Account, request.user),
        post=request.session.get("post"),
        via="web:password",
        address=request.META.get("REMOTE_ADDR", ""),
    )
