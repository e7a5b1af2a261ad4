"""The request of a person at work: who acts, through which door."""

from __future__ import annotations

from django.http import HttpRequest

from luoshi.kernel.actor import Actor


class StaffRequest(HttpRequest):
    """A request that the middleware has given an actor; views behind the sign-in get this one."""

    actor: Actor
    switchable: bool  # the account holds more than one post today
