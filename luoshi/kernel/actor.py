"""Who acts: an account in one chosen post."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Actor:
    """An account acting in one post for one unit.

    Ids are opaque; the names are copied as text into the event's body and nowhere else.
    `behalf` is the person for whom an act is entered (代录), None when one acts for oneself.
    """

    account: int
    person: int | None = None
    post: int | None = None
    unit: int | None = None
    via: str = "cli"
    name: str = ""
    post_name: str = ""
    unit_name: str = ""
    address: str = ""
    system: bool = False

    def through(self, via: str, address: str = "") -> Actor:
        """The same actor, come in by another door (web, api, cli, clock)."""
        return replace(self, via=via, address=address)


SYSTEM = Actor(account=0, via="clock", name="系统", system=True)
