"""What holds for a paragraph while its rows are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.text.dates import Clock, Moment
from luoshi.text.sentences import Span

NARRATIVE, TOLD, NEUTRAL, ORDERS, PLAN = "narrative", "told", "neutral", "orders", "plan"
GOALS, STRICT, VIEWS = "goals", "strict", "views"


@dataclass(slots=True)
class Setting:
    """What holds for a paragraph: its mode, area, clock, carried owners, conventions."""

    clock: Clock
    mode: str = ORDERS
    area: Span | None = None
    areas: dict[str, Span] = field(default_factory=dict)
    subject: dict[str, list[Span]] = field(default_factory=dict)
    leadin: dict[str, list[Span]] = field(default_factory=dict)
    stage: Moment | None = None
    leadin_time: Moment | None = None
    first_leads: bool = False
    everywhere: list[Span] = field(default_factory=list)
    speech: bool = False
    minutes: bool = False
