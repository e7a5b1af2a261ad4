"""The slot for the policy. Empty, it refuses everything; `org` fills it at start."""

from __future__ import annotations

from typing import Protocol

from luoshi.kernel.actor import Actor
from luoshi.kernel.move import Move
from luoshi.kernel.verdict import Verdict, refused
from luoshi.ledger.models import Recorded


class Judge(Protocol):
    def __call__(self, actor: Actor, move: Move, row: Recorded, behalf: int | None) -> Verdict: ...


def _refuse(actor: Actor, move: Move, row: Recorded, behalf: int | None) -> Verdict:
    return refused("no_policy")


_judge: Judge = _refuse


def fill(judge: Judge) -> None:
    """Put the policy into the slot."""
    global _judge
    _judge = judge


def empty() -> None:
    """Take the policy out of the slot: everything is refused."""
    fill(_refuse)


def judge(actor: Actor, move: Move, row: Recorded, behalf: int | None) -> Verdict:
    """The policy's answer: may this actor do this to this row, and for whom."""
    return _judge(actor, move, row, behalf)
