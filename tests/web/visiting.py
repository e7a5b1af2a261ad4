"""People at their browsers: signed-in clients of the world, and forms sent as a page sends them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from luoshi.ledger.models import Recorded
from luoshi.web.forms import new_key
from tests.world import World

BACKEND = "django.contrib.auth.backends.ModelBackend"


def visitor(world: World, name: str, language: str = "zh-hans") -> Client:
    """A browser in which this account is signed in."""
    client = Client(headers={"accept-language": language})
    client.force_login(world.account(name), backend=BACKEND)
    return client


def page(world: World, name: str, route: str, *args: Any, **query: str) -> HttpResponse:
    """A page as this account sees it."""
    return visitor(world, name).get(reverse(f"web:{route}", args=args), query)


def send(
    world: World, name: str, route: str, row: Recorded, *args: Any, **typed: Any
) -> HttpResponse:
    """A form about a row, as the account's page sends it."""
    given = {"key": new_key(), "seen": row.version, **typed}
    return visitor(world, name).post(reverse(f"web:{route}", args=args or [row.pk]), given)


def words(response: HttpResponse) -> str:
    """What a page says, as text."""
    return response.content.decode()
