"""Buttons as `_act.html` draws them, each offered only where the policy and the state allow the verb."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from luoshi.kernel.actor import Actor
from luoshi.kernel.errors import NotAllowed, WrongState
from luoshi.kernel.move import Move
from luoshi.ledger.models import Recorded
from luoshi.org.policy import may, rule_of
from luoshi.web.forms import new_key
from luoshi.web.words import role_words


def button(
    label: str,
    url: str,
    *,
    seen: int | None = None,
    letter: str = "",
    primary: bool = False,
    target: str = "",
    form: forms.Form | None = None,
    hidden: Iterable[tuple[str, str]] = (),
    says: str = "",
    send: str = "",
) -> dict[str, Any]:
    """An act that writes when it is pressed."""
    return {
        "label": label, "url": url, "seen": seen, "letter": letter, "primary": primary,
        "target": target, "form": form, "hidden": tuple(hidden), "key": new_key(),
        "says": says, "send": send,
    }  # fmt: skip


def opening(
    label: str, url: str, *, letter: str = "", primary: bool = False, target: str = ""
) -> dict[str, Any]:
    """An act that opens a form of its own."""
    return {
        "label": label, "url": url, "letter": letter, "primary": primary, "target": target,
        "link": True,
    }  # fmt: skip


def offered(actor: Actor, move: Move, row: Recorded) -> bool:
    """Whether this verb is a next step of the row, and this actor's."""
    state = getattr(row, "state", None)
    return (not move.sources or state in move.sources) and bool(may(actor, move, row))


def require(actor: Actor, move: Move, row: Recorded) -> None:
    """Refuse the page of a step that is not this actor's, or not the row's next. Errors: NotAllowed, WrongState."""
    verdict = may(actor, move, row)
    if not verdict:
        raise NotAllowed(verdict.reason, **verdict.values)
    state = getattr(row, "state", "")
    if move.sources and state not in move.sources:
        raise WrongState("wrong_state", state=state, verb=move.verb)


def whose(move: Move) -> str:
    """Who may take a step, in words."""
    rule = rule_of(move)
    return role_words([who.role for who in rule.who]) if rule else ""
