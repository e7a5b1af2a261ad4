"""What a reading is: findings in the order of the text, and the same as one dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in the text, with the words it rests on and why it was found.

    `start`, `end` are half-open, in code points of the restored text. `value` has the shape of
    the schema for its `kind`; `spans` gives further places inside (owners, deadline, posts).
    `rules` names the rules that found it, `doubts` are codes for what is uncertain.
    """

    kind: str
    start: int
    end: int
    value: Mapping[str, Any]
    spans: Mapping[str, list[list[int]]] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    confidence: float = 0.9
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All findings of one document and the schema's dictionary made of them."""

    findings: tuple[Finding, ...]
    document: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The document in the schema's keys and order; a fresh copy of the outer dictionary."""
        return dict(self.document)
