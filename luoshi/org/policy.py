"""The one engine that reads every package's table of permissions.

A table is a tuple of Rules, one per Move. `who` says which role, held where; `apart` names
parties of the row (persons who acted before) that the actor must not be; `entered_by` says who
may enter the act, at the same units, for another person, on whom the rule is then judged (代录).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from luoshi.kernel.actor import Actor
from luoshi.kernel.move import Move
from luoshi.kernel.verdict import ALLOWED, Verdict, refused
from luoshi.ledger.models import Recorded
from luoshi.org import queries

Ids = Callable[[Any], Iterable[int | None]]


@dataclass(frozen=True, slots=True)
class Who:
    """A role; `units` narrows it to grants that cover one of the row's units, `posts` to holders of
    one of the row's posts, `when` to rows of which it is true."""

    role: str
    units: Ids | None = None
    posts: Ids | None = None
    when: Callable[[Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Persons who acted on the row before, from whom the actor must differ."""

    name: str
    persons: Ids


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table of permissions."""

    move: Move
    who: tuple[Who, ...] = ()
    apart: tuple[Party, ...] = ()
    entered_by: tuple[Who, ...] = ()
    system: bool = False


_rules: dict[str, Rule] = {}


def register(rules: Iterable[Rule]) -> None:
    """Take a package's table into the engine."""
    _rules.update({rule.move.event: rule for rule in rules})


def rule_of(move: Move) -> Rule | None:
    """The rule of a move; without one it is refused to everybody."""
    return _rules.get(move.event)


def may(actor: Actor, move: Move, row: Recorded, behalf: int | None = None) -> Verdict:
    """May this actor make this move on this row, for himself or for the person `behalf`?"""
    rule = _rules.get(move.event)
    if rule is None:
        return refused("no_rule", verb=move.verb)
    if actor.system:
        return ALLOWED if rule.system else refused("not_for_the_clock", verb=move.verb)
    judged = actor
    if behalf is not None and behalf != actor.person:
        if not any(_holds(actor, who, row) for who in rule.entered_by):
            return refused("may_not_enter_for_another", roles=[who.role for who in rule.entered_by])
        judged = queries.actor_of_person(behalf)
    if not any(_holds(judged, who, row) for who in rule.who):
        return refused("not_your_role", roles=[who.role for who in rule.who], verb=move.verb)
    for party in rule.apart:
        persons = {person for person in party.persons(row) if person is not None}
        if judged.person in persons:
            return refused("same_person", party=party.name, verb=move.verb)
    return ALLOWED


def _holds(actor: Actor, who: Who, row: Recorded) -> bool:
    covered = actor.rights.get(who.role)
    if not covered:
        return False
    if who.units is not None and covered.isdisjoint(set(who.units(row))):
        return False
    if who.when is not None and not who.when(row):
        return False
    return who.posts is None or not actor.posts.isdisjoint(set(who.posts(row)))
