"""The answer of the policy: allowed, or refused with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """May this actor do this? A refusal carries the code of its reason and the values to say it with."""

    allowed: bool
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: str, **values: Any) -> Verdict:
    """A refusal; `reason` is a code that the edge can word."""
    return Verdict(False, reason, values)
