"""Every verb has its move, its permission, its function, its event and its word."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from importlib import import_module
from types import ModuleType

import pytest

from luoshi.kernel.actor import Actor
from luoshi.kernel.move import Move
from luoshi.ledger.erasing import ERASE
from luoshi.ledger.founding import FOUND
from luoshi.org.policy import rule_of

PACKAGES = ("org", "intake", "programme", "delivery")
# Moves without a function of their own: the verb that makes them along with its own.
FOLLOWS = {"assign": "issue"}
# Verbs that stand in a module of their own beside `actions`.
ELSEWHERE = {"decide_repair": "deciding", "withdraw_decision": "deciding"} | dict.fromkeys(
    ("learn_pair", "revoke_pair", "reinstate_pair"), "pairs"
)
OUTSIDE_THE_PACKAGES = {FOUND: "luoshi.ledger.founding.found", ERASE: "luoshi.ledger.erasing.erase"}
EVENT = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def states_of(package: str) -> ModuleType:
    return import_module(f"luoshi.{package}.states")


def actions_of(package: str, verb: str) -> ModuleType:
    """The module that holds a verb: `actions`, or the one its package keeps for it."""
    return import_module(f"luoshi.{package}.{ELSEWHERE.get(verb, 'actions')}")


def rules_of(package: str) -> tuple[Move, ...]:
    return tuple(rule.move for rule in import_module(f"luoshi.{package}.permissions").RULES)


MOVES = [(package, move) for package in PACKAGES for move in states_of(package).MOVES]
each_move = pytest.mark.parametrize(
    ("package", "move"), MOVES, ids=[f"{package}-{move.verb}" for package, move in MOVES]
)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_table_of_moves_holds_every_move_of_its_module(package: str) -> None:
    states = states_of(package)
    defined = [value for value in vars(states).values() if isinstance(value, Move)]
    assert Counter(states.MOVES) == Counter(defined)


@each_move
def test_a_move_has_one_row_in_its_packages_table_of_permissions(package: str, move: Move) -> None:
    assert rules_of(package).count(move) == 1
    rule = rule_of(move)
    assert rule is not None
    assert rule.move == move
    assert bool(rule.who) != rule.system


@pytest.mark.parametrize("package", PACKAGES)
def test_a_table_of_permissions_names_no_move_that_does_not_exist(package: str) -> None:
    extra = set(rules_of(package)) - set(states_of(package).MOVES)
    assert extra == (set(OUTSIDE_THE_PACKAGES) if package == "org" else set())


@each_move
def test_a_verb_is_a_function_that_says_who_acts(package: str, move: Move) -> None:
    actions = actions_of(package, move.verb)
    function = getattr(actions, FOLLOWS.get(move.verb, move.verb))
    assert inspect.isfunction(function)
    assert function.__module__ == actions.__name__
    by = inspect.signature(function, eval_str=True).parameters["by"]
    assert (by.kind, by.annotation) == (inspect.Parameter.KEYWORD_ONLY, Actor)
    words = function.__doc__ or ""
    if move.verb not in FOLLOWS:
        assert move.label in words, f"the docstring of {move.verb} does not say {move.label}"


@pytest.mark.parametrize("package", PACKAGES)
def test_a_public_function_of_the_actions_is_a_verb(package: str) -> None:
    verbs = {move.verb for move in states_of(package).MOVES} - set(FOLLOWS)
    modules = {actions_of(package, verb) for verb in verbs}
    public = {
        name
        for actions in modules
        for name, value in vars(actions).items()
        if inspect.isfunction(value) and value.__module__ == actions.__name__ and name[0] != "_"
    }
    questions = {"missing_step"}  # asked by `conclude` and by its page
    assert public - questions == verbs


def test_an_event_and_a_verb_belong_to_one_move_only() -> None:
    moves = [move for _, move in MOVES] + list(OUTSIDE_THE_PACKAGES)
    events = Counter(move.event for move in moves)
    assert [event for event, count in events.items() if count > 1] == []
    verbs = Counter((package, move.verb) for package, move in MOVES)
    assert [verb for verb, count in verbs.items() if count > 1] == []
    assert "refused" not in events


@each_move
def test_an_event_is_a_thing_and_what_happened_to_it(package: str, move: Move) -> None:
    assert EVENT.fullmatch(move.event)
    assert len(move.event) <= 64


@each_move
def test_a_move_has_a_chinese_word(package: str, move: Move) -> None:
    assert CHINESE.fullmatch(str(move.label))


@each_move
def test_a_move_starts_from_and_leads_to_states_that_exist(package: str, move: Move) -> None:
    known = {
        state
        for each in PACKAGES
        for name, pairs in vars(states_of(each)).items()
        if name.endswith("_STATES")
        for state, _ in pairs
    }
    assert set(move.sources) <= known
    assert move.target is None or move.target in known


def test_every_state_can_be_reached() -> None:
    targets = {move.target for _, move in MOVES}
    # by READ_DOCUMENT, ASSIGN, SIGN, APPROVE_WORDING and MARK, which make or move another row
    followed = {"proposed", "to_sign_for", "claimed", "replaced", "added"}
    for package in PACKAGES:
        for name, pairs in vars(states_of(package)).items():
            if name.endswith("_STATES"):
                assert {state for state, _ in pairs} - targets - followed == set(), name


def test_the_verbs_of_the_ledger_itself_are_where_they_are_said_to_be() -> None:
    for move, place in OUTSIDE_THE_PACKAGES.items():
        module, _, name = place.rpartition(".")
        assert inspect.isfunction(getattr(import_module(module), name))
        assert CHINESE.fullmatch(move.label)
        assert rule_of(move) is not None
