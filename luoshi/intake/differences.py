"""What a newer reading would change of the findings that stand: new, gone, changed. Pure."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
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
    # Where a person has had a hand, nothing new of that kind is proposed.
    settled = _Places(
        (row.kind, row.passage.start, row.passage.end) for row in rows if is_touched(row)
    )
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
            if at not in taken
            and next(settled.touching(each.kind, each.start, each.end), None) is None
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


class _Places:
    """Stretches by kind, so that those which touch another are found without looking at all."""

    def __init__(self, stretches: Iterable[tuple[str, int, int]]) -> None:
        self._by_kind: dict[str, list[tuple[int, int, int]]] = {}
        for at, (kind, start, end) in enumerate(stretches):
            self._by_kind.setdefault(kind, []).append((start, end, at))
        for rows in self._by_kind.values():
            rows.sort()
        self._longest = {
            kind: max(end - start for start, end, _at in rows)
            for kind, rows in self._by_kind.items()
        }

    def touching(self, kind: str, start: int, end: int) -> Iterator[int]:
        """The numbers of the stretches of a kind that touch [start, end)."""
        rows = self._by_kind.get(kind, [])
        first = bisect_left(rows, (start - self._longest.get(kind, 0),))
        for other, last, at in rows[first:]:
            if other >= end:
                return
            if last > start:
                yield at


def _matched(rows: Sequence[Finding], proposed: Sequence[Proposal]) -> Iterator[tuple[int, int]]:
    """Places of a row and of the proposal that is the same finding; each at most once, the closest first."""
    places = _Places((each.kind, each.start, each.end) for each in proposed)
    pairs = sorted(
        (-_alike(row, proposed[to]), at, to)
        for at, row in enumerate(rows)
        for to in places.touching(row.kind, row.passage.start, row.passage.end)
        if _alike(row, proposed[to]) >= _ALIKE
    )
    done: tuple[set[int], set[int]] = set(), set()
    for _share, at, to in pairs:
        if at not in done[0] and to not in done[1]:
            done[0].add(at)
            done[1].add(to)
            yield at, to


def _alike(row: Finding, proposal: Proposal) -> float:
    """How much of the two stretches is shared, 0 to 1."""
    starts, ends = (row.passage.start, proposal.start), (row.passage.end, proposal.end)
    shared = min(ends) - max(starts)
    return max(shared, 0) / max(max(ends) - min(starts), 1)


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
