"""Edits of a text, and how two layers of them become one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from luoshi.text.restore_records import APPLIED, Candidate, Repair
from luoshi.text.spans import SpanMap


@dataclass(slots=True)
class Edit:
    """A change of text[start:end], in the offsets of the text it was found in."""

    start: int
    end: int
    after: str
    kind: str
    status: str
    candidates: tuple[Candidate, ...] = ()


def applied(edits: Iterable[Edit]) -> list[Edit]:
    """Returns the edits that change the text."""
    return [edit for edit in edits if edit.status in APPLIED]


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Returns the text with the applied edits made; edits are sorted and disjoint."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.status in APPLIED:
            pieces += (text[at : edit.start], edit.after)
            at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def replacements(edits: Iterable[Edit]) -> Iterator[tuple[int, int, int, int]]:
    """Yields (start, end, out_start, out_end) of the applied edits."""
    shift = 0
    for edit in edits:
        if edit.status in APPLIED:
            out_start = edit.start + shift
            out_end = out_start + len(edit.after)
            yield edit.start, edit.end, out_start, out_end
            shift = out_end - edit.end


def compose(first: list[Edit], second: list[Edit], middle: str) -> list[Edit]:
    """Returns one layer for two: `first` leads to the text `middle`, `second` starts from it.

    An applied edit of `second` that cuts applied ones of `first` swallows them. An unapplied edit
    never covers an applied one: it keeps the part behind it, or goes.
    """
    if not second:
        return first
    if not first:
        return second
    done = applied(first)
    back = SpanMap(replacements(done))
    swallowed: set[int] = set()
    moved = []
    for edit in second:
        inside = back.met_by(edit.start, edit.end)
        new = _moved(edit, [back.replacement(place) for place in inside], back, middle)
        if new:
            moved.append(new)
            if new.status in APPLIED:
                swallowed.update(inside)
    kept = [edit for place, edit in enumerate(done) if place not in swallowed]
    return merged(kept, moved, [edit for edit in first if edit.status not in APPLIED])


def _moved(
    edit: Edit, inside: list[tuple[int, int, int, int]], back: SpanMap, middle: str
) -> Edit | None:
    start, end, after = edit.start, edit.end, edit.after
    if edit.status not in APPLIED and inside:
        start = inside[-1][3]
        if start >= end:
            return None
        return Edit(*back.backward_span(start, end), middle[start:end], edit.kind, edit.status)
    first, last = back.backward_span(start, end)
    if inside:  # keep what the earlier edits wrote outside the new span
        left, right = inside[0], inside[-1]
        after = middle[left[2] : start] + after if left[2] < start else after
        after = after + middle[end : right[3]] if right[3] > end else after
        first, last = min(first, left[0]), max(last, right[1])
    return Edit(first, last, after, edit.kind, edit.status, edit.candidates)


def merged(*layers: Iterable[Edit]) -> list[Edit]:
    """Returns all edits sorted and disjoint; of two that meet, an applied or an earlier one stays."""
    kept: list[Edit] = []
    for edit in sorted(chain.from_iterable(layers), key=_start):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
        elif edit.status in APPLIED and kept[-1].status not in APPLIED:
            kept[-1] = edit
    return kept


def _start(edit: Edit) -> int:
    return edit.start


def repairs(text: str, edits: list[Edit]) -> tuple[Repair, ...]:
    """Returns the records of the edits of `text`, sorted and disjoint; empties the list of edits."""
    shift = 0
    rows: list[Repair] = []
    shared: dict[str, str] = {}  # a page has few different insertions
    edits.reverse()
    while edits:  # a heavily annotated page has one edit for every twenty bytes
        edit = edits.pop()
        before = text[edit.start : edit.end]
        out_start = edit.start + shift
        size = len(edit.after) if edit.status in APPLIED else len(before)
        out_end = out_start + size
        shift = out_end - edit.end
        rows.append(
            Repair(
                edit.kind,
                edit.status,
                edit.start,
                edit.end,
                out_start,
                out_end,
                shared.setdefault(before, before),
                edit.after,
                edit.candidates,
            )
        )
    return tuple(rows)
