"""Edits of a text in columns, and how two layers of them become one.

A heavily annotated page has one edit for every twenty bytes: a row is two offsets and a shared
`What`, sixteen bytes.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, compress, islice
from operator import add, sub
from typing import NamedTuple, TypeAlias

from luoshi.text.restore_records import APPLIED, Candidate, Repairs
from luoshi.text.spans import Span, SpanMap

_JOINED = 4096  # edits made at once


class What(NamedTuple):
    """What is done to a span, and why."""

    after: str
    kind: str
    status: str
    candidates: tuple[Candidate, ...] = ()


Row: TypeAlias = tuple[int, int, What]


class Edits:
    """Changes of a text, sorted and disjoint, in the offsets of the text they were found in."""

    __slots__ = ("ends", "starts", "whats")

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.starts, self.ends = array("I"), array("I")  # no text is longer than 4 G
        self.whats: list[What] = []
        for start, end, what in rows:
            self.add(start, end, what)

    def add(self, start: int, end: int, what: What) -> None:
        """Takes one more row at the end."""
        self.starts.append(start)
        self.ends.append(end)
        self.whats.append(what)

    def __len__(self) -> int:
        return len(self.whats)

    def __iter__(self) -> Iterator[Row]:
        return zip(self.starts, self.ends, self.whats, strict=True)

    def only(self, *, applied: bool) -> "Edits":
        """Returns the edits that change the text, or the others."""
        return self.kept([(what.status in APPLIED) is applied for what in self.whats])

    def kept(self, chosen: Iterable[int]) -> "Edits":
        """Returns the edits that are chosen by 1, in order."""
        chosen = list(chosen)
        if all(chosen):
            return self
        new = Edits()
        new.starts = array("I", compress(self.starts, chosen))
        new.ends = array("I", compress(self.ends, chosen))
        new.whats = list(compress(self.whats, chosen))
        return new

    def extend(self, other: "Edits", start: int, stop: int) -> None:
        """Takes some rows of another layer at the end."""
        self.starts += other.starts[start:stop]
        self.ends += other.ends[start:stop]
        self.whats += other.whats[start:stop]


def apply(text: str, edits: Edits) -> str:
    """Returns the text with the applied edits made."""
    done = edits.only(applied=True)
    kept = map(text.__getitem__, map(slice, chain((0,), done.ends), done.starts))
    pieces = chain.from_iterable(zip(kept, (what.after for what in done.whats), strict=True))
    joined = iter(lambda: "".join(islice(pieces, 2 * _JOINED)), "")
    return "".join([*joined, text[done.ends[-1] :] if done else text])


def _placed(edits: Edits, sizes: "array[int]") -> tuple["array[int]", "array[int]"]:
    """Returns where the edits start and end in the text after them, given the sizes they get."""
    gains = map(sub, sizes, map(sub, edits.ends, edits.starts))
    starts = array("I", map(add, edits.starts, accumulate(gains, initial=0)))
    return starts, array("I", map(add, starts, sizes))


def span_map(edits: Edits) -> SpanMap:
    """Returns the map of offsets over the applied edits."""
    done = edits.only(applied=True)
    sizes = array("I", (len(what.after) for what in done.whats))
    return SpanMap.of_columns(done.starts, done.ends, *_placed(done, sizes))


def changed(edits: Edits) -> list[Span]:
    """Returns the spans of the text after the edits in which more than an insertion changed."""
    done = edits.only(applied=True)
    sizes = array("I", (len(what.after) for what in done.whats))
    columns = zip(*_placed(done, sizes), done.whats, strict=True)
    return [(start, end) for start, end, what in columns if what.kind != "annotation"]


def repairs(text: str, edits: Edits) -> Repairs:
    """Returns the records of the edits of `text`."""
    sizes = array(
        "I",
        (len(what.after) if what.status in APPLIED else end - start for start, end, what in edits),
    )
    return Repairs(text, edits.starts, edits.ends, *_placed(edits, sizes), edits.whats)


def compose(first: Edits, second: Edits, middle: str) -> Edits:
    """Returns one layer for two: `first` leads to the text `middle`, `second` starts from it.

    An applied edit of `second` that cuts applied ones of `first` swallows them. An unapplied edit
    never covers an applied one: it keeps the part behind it, or goes.
    """
    if not second:
        return first
    if not first:
        return second
    done, back = first.only(applied=True), span_map(first)
    staying = bytearray(b"\1") * len(back)
    moved: list[Row] = []
    for start, end, what in _joined(second, back, middle):
        inside = back.met_by(start, end)
        row = _moved(start, end, what, inside, back, middle)
        if row and inside and what.status in APPLIED:
            under = (done.whats[place] for place in inside)
            row = row[0], row[1], _weakest(row[2], under)
            staying[inside.start : inside.stop] = bytes(len(inside))
        if row:
            moved.append(row)
    return merged(merged(done.kept(staying), Edits(moved)), first.only(applied=False))


def _joined(second: Edits, back: SpanMap, middle: str) -> Edits:
    """Returns `second` with those applied edits as one that cut the same edit of the first layer."""
    joined = Edits()
    for start, end, what in second.only(applied=True):
        if joined and back.met_by(start, joined.ends[-1]):
            last = joined.whats[-1]
            after = last.after + middle[joined.ends[-1] : start] + what.after
            joined.whats[-1] = _weakest(what, (last,))._replace(after=after, candidates=())
            joined.ends[-1] = end
        else:
            joined.add(start, end, what)
    others = second.only(applied=False)
    return second if len(joined) + len(others) == len(second) else merged(joined, others)


def _weakest(what: What, others: Iterable[What]) -> What:
    """Returns what is done, no surer than the others that it stands on."""
    sure = all(other.status == "exact" for other in others)
    return what if sure else what._replace(status="inferred")


def _moved(
    start: int, end: int, what: What, inside: range, back: SpanMap, middle: str
) -> Row | None:
    if not inside:
        return *back.backward_span(start, end), what
    left, right = back.replacement(inside[0]), back.replacement(inside[-1])
    if what.status not in APPLIED:
        start = right[3]
        if start >= end:
            return None
        shorter = What(middle[start:end], what.kind, what.status)
        return *back.backward_span(start, end), shorter
    first, last = back.backward_span(start, end)
    before = middle[left[2] : start]  # what the earlier edits wrote outside the new span
    after = before + what.after + middle[end : right[3]]
    return min(first, left[0]), max(last, right[1]), what._replace(after=after)


def merged(first: Edits, second: Edits) -> Edits:
    """Returns all edits, sorted and disjoint; of two that meet, an applied or an earlier one stays.

    Stretches of `first` without one of `second` are taken over whole.
    """
    if not second:
        return first
    new = Edits()
    at = 0
    for row in second:
        stop = bisect_right(first.starts, row[0], at)
        at = _take(new, first, at, stop)
        _put(new, *row)
    _take(new, first, at, len(first))
    return new


def _take(new: Edits, layer: Edits, at: int, stop: int) -> int:
    """Takes rows of a layer; those that follow one that meets nothing meet nothing either."""
    while at < stop and new.ends and layer.starts[at] < new.ends[-1]:
        _put(new, layer.starts[at], layer.ends[at], layer.whats[at])
        at += 1
    if at < stop:
        new.extend(layer, at, stop)
    return stop


def _put(new: Edits, start: int, end: int, what: What) -> None:
    if not new.ends or start >= new.ends[-1]:
        new.add(start, end, what)
    elif what.status in APPLIED and new.whats[-1].status not in APPLIED:
        new.starts[-1], new.ends[-1], new.whats[-1] = start, end, what
