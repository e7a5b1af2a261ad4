"""What restoration hands back: the text, a record of every repair, and what the page looked like."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import eq
from typing import Protocol, overload

from luoshi.text.spans import Span, SpanMap

APPLIED = frozenset({"exact", "inferred"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible reading of a damaged place; score is its probability among all of them."""

    text: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Repair:
    """One change, made or offered.

    kind: annotation (a pinyin insertion) | misaligned (bytes shifted by an insertion) | cut (bytes
    shifted at a mark) | drop (the same, a byte lost without a trace) | markup (an eaten & or <) |
    unencodable (? for a space) | comma (inserted before a mark) | repeated (a mark written several
    times) | number (a figure that may have lost a digit).
    status: exact and inferred stand in the restored text; uncertain and proposed do not.
    Spans are half-open: start and end in the received text, out_start and out_end in the restored
    one. `before` is what was received, `after` what stands there or, if not applied, would.
    """

    kind: str
    status: str
    start: int
    end: int
    out_start: int
    out_end: int
    before: str
    after: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def applied(self) -> bool:
        """Returns whether the restored text holds `after`."""
        return self.status in APPLIED


class _What(Protocol):
    """What is done to a span."""

    @property
    def after(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def candidates(self) -> tuple[Candidate, ...]: ...


class Repairs(Sequence[Repair]):
    """The records of one text, sorted and disjoint; made when asked for, kept in columns."""

    __slots__ = ("_columns", "_text", "_whats")

    def __init__(
        self,
        text: str,
        starts: "array[int]",
        ends: "array[int]",
        out_starts: "array[int]",
        out_ends: "array[int]",
        whats: Sequence[_What],
    ) -> None:
        self._text, self._whats = text, whats
        self._columns = starts, ends, out_starts, out_ends

    def __len__(self) -> int:
        return len(self._whats)

    @overload
    def __getitem__(self, place: int) -> Repair: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Repair, ...]: ...
    def __getitem__(self, place: int | slice) -> Repair | tuple[Repair, ...]:
        if isinstance(place, slice):
            return tuple(map(self.__getitem__, range(len(self))[place]))
        start, end, out_start, out_end = (column[place] for column in self._columns)
        return self._made(start, end, out_start, out_end, self._whats[place])

    def __iter__(self) -> Iterator[Repair]:
        return map(self._made, *self._columns, self._whats)

    def _made(self, start: int, end: int, out_start: int, out_end: int, what: _What) -> Repair:
        before = self._text[start:end]
        return Repair(
            what.kind,
            what.status,
            start,
            end,
            out_start,
            out_end,
            before,
            what.after,
            what.candidates,
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Repairs | tuple):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True, slots=True)
class Profile:
    """What the page as a whole showed.

    state: clean | damaged | weak (too little evidence, so only proposals) | teaching.
    """

    state: str = "clean"
    known_pairs: int = 0  # insertions of the table
    learned: tuple[tuple[str, str], ...] = ()  # character and reading, proven by this page alone
    other_pairs: int = 0  # readings beside other traditional characters
    same_pairs: int = 0  # readings beside characters that both worlds share: a lesson
    inconsistent: tuple[str, ...] = ()  # characters both with and without their insertion
    private_use: bool = False  # private use characters were kept by whoever stored the page


@dataclass(frozen=True, slots=True)
class Restoration:
    """A restored text with its receipt."""

    text: str
    repairs: Sequence[Repair]
    profile: Profile
    _map: SpanMap = field(repr=False, compare=False)

    def to_restored(self, offset: int) -> int:
        """Returns the offset in the restored text for one in the received text."""
        return self._map.forward(offset)

    def to_received(self, offset: int) -> int:
        """Returns the offset in the received text for one in the restored text."""
        return self._map.backward(offset)

    def span_to_restored(self, start: int, end: int) -> Span:
        """Returns the restored span, rounded outward to the edges of the repairs it cuts."""
        return self._map.forward_span(start, end)

    def span_to_received(self, start: int, end: int) -> Span:
        """Returns the received span, rounded outward to the edges of the repairs it cuts."""
        return self._map.backward_span(start, end)

    def counts(self) -> Counter[str]:
        """Returns how many repairs there are of each status."""
        return Counter(repair.status for repair in self.repairs)
