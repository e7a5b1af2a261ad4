"""Pure arithmetic of intake: offsets of received and restored text, coverage, values of findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.intake.repairs import APPLIED
from luoshi.text.spans import SpanMap

# What a sentence leaves open, settled when its matter is registered: no doubt about the reading.
GAPS = frozenset({"no-owner", "general-owner", "no-deadline", "vague"})
SURE = (
    900  # per mille: of directives read so surely 98 in 100 are right (tools/calibrate_reading.py)
)

BY_HAND, MERGED_BY_HAND, SPLIT_BY_HAND = "by hand", "merged by hand", "split by hand"
MADE_BY_HAND = frozenset({BY_HAND, MERGED_BY_HAND, SPLIT_BY_HAND})


def is_sure(doubts: Iterable[str], confidence: int) -> bool:
    """Whether a finding may be confirmed unread: nothing about it is in doubt, and the reader trusts it."""
    return set(doubts) <= GAPS and confidence >= SURE


def span_map(repairs: Iterable[Mapping[str, Any]]) -> SpanMap:
    """The map between received and restored offsets that stored repairs make."""
    return SpanMap(
        (repair["start"], repair["end"], repair["out_start"], repair["out_end"])
        for repair in repairs
        if repair["status"] in APPLIED
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """漏项核对: the directives a person stands behind, by what became of them; and those left."""

    by_kind: Mapping[str, int]
    unlinked: int
    unconfirmed: int
    rejected: int

    @property
    def directives(self) -> int:
        return sum(self.by_kind.values()) + self.unlinked


def exact(value: Any) -> Any:
    """A value without floats: they become their shortest text, so that it can be recorded."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {key: exact(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [exact(inner) for inner in value]
    return value
