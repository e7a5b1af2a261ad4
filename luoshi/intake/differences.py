"""What a newer reading would change of the findings that stand: new, gone, changed. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.intake import states
from luoshi.intake.models import Finding
from luoshi.intake.rules import MADE_BY_HAND, exact
from luoshi.text.reading import Reading
from luoshi.text.spans import SpanMap

NEW, CHANGED, GONE = "new", "changed", "gone"
_ALIKE = 0.5  # shared of joint length: of less overlap two stretches are not the same finding
_PLACES = ("start", "end")  # a value holds no offsets: the passage does


@dataclass(frozen=True, slots=True)
class Proposal:
    """A finding as a reading proposes it, with offsets of the received text."""

    kind: str
    start: int
    end: int
    value: Mapping[str, Any]
    spans: Mapping[str, list[list[int]]]
    doubts: list[str]
    rules: list[str]
    confidence: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the newer reading sees otherwise. `touched`: a person has had a hand in the row, so that
    it changes only when it is asked for by its key."""

    what: str
    key: str
    row: Finding | None = None
    proposal: Proposal | None = None
    touched: bool = False


def proposals(reading: Reading, offsets: SpanMap) -> list[Proposal]:
    """The findings of a reading as they are stored."""
    return [
        Proposal(
            kind=found.kind,
            start=offsets.backward_span(found.start, found.end)[0],
            end=offsets.backward_span(found.start, found.end)[1],
            value=exact({name: each for name, each in found.value.items() if name not in _PLACES}),
            spans={
                name: [list(offsets.backward_span(*span)) for span in spans]
                for name, spans in found.spans.items()
            },
            doubts=list(found.doubts),
            rules=list(found.rules),
            confidence=round(found.confidence * 1000),
        )
        for found in reading.findings
    ]


def is_touched(row: Finding) -> bool:
    """Whether a person has had a hand in a finding: judged it, or moved its edges."""
    return row.state != states.PROPOSED or not MADE_BY_HAND.isdisjoint(row.rules)


def differences(rows: Sequence[Finding], proposed: Sequence[Proposal]) -> list[Difference]:
    """What differs, in the order of the text; rows with their passages, without those 已撤回."""
    matched = dict(_matched(rows, proposed))
    taken = set(matched.values())
    found = [
        *_changed(rows, proposed, matched),
        *(
            Difference(GONE, f"{GONE}:{row.pk}:{row.version}", row)
            for at, row in enumerate(rows)
            if at not in matched and not is_touched(row)
        ),
        *(
            Difference(NEW, f"{NEW}:{_digest(each)}", proposal=each)
            for at, each in enumerate(proposed)
            if at not in taken and not _covered(each, rows)
        ),
    ]
    return sorted(found, key=_place)


def refreshed(
    rows: Sequence[Finding], proposed: Sequence[Proposal]
) -> Iterator[tuple[Finding, Proposal]]:
    """Untouched rows that say the same, with the proposal whose rules, doubts and confidence are newer."""
    for at, to in _matched(rows, proposed):
        row, proposal = rows[at], proposed[to]
        if not is_touched(row) and not _differs(row, proposal):
            yield row, proposal


def _changed(
    rows: Sequence[Finding], proposed: Sequence[Proposal], matched: Mapping[int, int]
) -> Iterator[Difference]:
    for at, to in matched.items():
        row, proposal = rows[at], proposed[to]
        if row.state in (states.REJECTED, states.MERGED) or not _differs(row, proposal):
            continue
        key = f"{CHANGED}:{row.pk}:{row.version}:{_digest(proposal)}"
        yield Difference(CHANGED, key, row, proposal, is_touched(row))


def _matched(rows: Sequence[Finding], proposed: Sequence[Proposal]) -> Iterator[tuple[int, int]]:
    """Places of a row and of the proposal that is the same finding; each at most once, the closest first."""
    pairs = sorted(
        (-_alike(row, each), at, to)
        for at, row in enumerate(rows)
        for to, each in _near(row, proposed)
        if _alike(row, each) >= _ALIKE
    )
    done: tuple[set[int], set[int]] = set(), set()
    for _share, at, to in pairs:
        if at not in done[0] and to not in done[1]:
            done[0].add(at)
            done[1].add(to)
            yield at, to


def _near(row: Finding, proposed: Sequence[Proposal]) -> Iterator[tuple[int, Proposal]]:
    start, end = row.passage.start, row.passage.end
    for to, each in enumerate(proposed):
        if each.kind == row.kind and each.start < end and each.end > start:
            yield to, each


def _alike(row: Finding, proposal: Proposal) -> float:
    """How much of the two stretches is shared, 0 to 1."""
    starts, ends = (row.passage.start, proposal.start), (row.passage.end, proposal.end)
    shared = min(ends) - max(starts)
    return max(shared, 0) / max(max(ends) - min(starts), 1)


def _covered(proposal: Proposal, rows: Iterable[Finding]) -> bool:
    """Whether a person has already had a hand in these words, as a finding of this kind."""
    return any(
        row.kind == proposal.kind
        and is_touched(row)
        and row.passage.start < proposal.end
        and row.passage.end > proposal.start
        for row in rows
    )


def _differs(row: Finding, proposal: Proposal) -> bool:
    place = (row.passage.start, row.passage.end) != (proposal.start, proposal.end)
    value = {name: each for name, each in row.value.items() if name not in _PLACES}
    return value != dict(proposal.value) or (place and not is_touched(row))


def _digest(proposal: Proposal) -> str:
    said = [proposal.kind, proposal.start, proposal.end, proposal.value]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _place(difference: Difference) -> tuple[int, str]:
    start = difference.proposal.start if difference.proposal else 0
    return (difference.row.passage.start if difference.row else start, difference.key)
