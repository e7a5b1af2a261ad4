"""A move: one verb, from which states it starts and where it ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a table of moves.

    `verb` is the function's name and the permission's name, `event` the name in the ledger.
    `sources` are the states the verb starts from (empty for a first row); `target` is the state
    it leads to, None when the state stays. `label` is the Chinese word on the button, the message
    id of its translation.
    """

    verb: str
    event: str
    label: str
    sources: tuple[str, ...] = ()
    target: str | None = None
