"""Who acts: an account in one chosen post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Actor:
    """An account acting in one post for one unit.

    Ids are opaque. `rights` maps each role that counts in this post to the ids of the units it
    covers; `posts` are the posts held now, the chosen one among them. `system` is the clock or the shell of the machine, never a person.
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
    rights: Mapping[str, frozenset[int]] = field(default_factory=dict, compare=False)
    posts: frozenset[int] = field(default=frozenset(), compare=False)

    def has(self, role: str) -> bool:
        """Whether a role counts for this actor anywhere."""
        return bool(self.rights.get(role))

    def through(self, via: str, address: str = "") -> Actor:
        """The same actor, come in by another door (web, api, cli, clock)."""
        return replace(self, via=via, address=address)


SYSTEM = Actor(account=0, via="clock", name="系统", system=True)
