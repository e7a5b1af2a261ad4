"""Maps offsets between a text and its rewritten form, both ways, in O(log n)."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


class SpanMap:
    """Offsets of a text before and after replacements.

    Built from the replaced spans: (start, end, out_start, out_end), sorted, disjoint, half-open.
    Offsets outside a replacement map one to one. An offset inside one has no exact partner: single
    offsets map to the start of the replacement, spans round outward to its edges.
    """

    __slots__ = ("_ends", "_out_ends", "_out_starts", "_starts")

    def __init__(self, replacements: Iterable[tuple[int, int, int, int]]) -> None:
        columns = array("I"), array("I"), array("I"), array("I")  # no text is longer than 4 G
        for row in replacements:
            for column, offset in zip(columns, row, strict=True):
                column.append(offset)
        self._starts, self._ends, self._out_starts, self._out_ends = columns

    @classmethod
    def of_columns(
        cls, starts: "_Column", ends: "_Column", out_starts: "_Column", out_ends: "_Column"
    ) -> "SpanMap":
        """Returns the map of replacements that are given column by column; keeps the columns."""
        spans = cls(())
        spans._starts, spans._ends = starts, ends
        spans._out_starts, spans._out_ends = out_starts, out_ends
        return spans

    def __len__(self) -> int:
        return len(self._starts)

    def met_by(self, start: int, end: int) -> range:
        """Returns the places of the replacements whose result lies in or cuts the rewritten span."""
        first = bisect_right(self._out_ends, start)
        return range(first, max(first, bisect_left(self._out_starts, end)))

    def replacement(self, place: int) -> tuple[int, int, int, int]:
        """Returns (start, end, out_start, out_end) of one replacement."""
        return (
            self._starts[place],
            self._ends[place],
            self._out_starts[place],
            self._out_ends[place],
        )

    def forward(self, offset: int) -> int:
        """Returns the offset in the rewritten text."""
        return _start(self._starts, self._ends, self._out_starts, self._out_ends, offset)

    def backward(self, offset: int) -> int:
        """Returns the offset in the text before."""
        return _start(self._out_starts, self._out_ends, self._starts, self._ends, offset)

    def forward_span(self, start: int, end: int) -> Span:
        """Returns the span in the rewritten text, widened to the edges of what it cuts."""
        return _widened(self._starts, self._ends, self._out_starts, self._out_ends, start, end)

    def backward_span(self, start: int, end: int) -> Span:
        """Returns the span in the text before, widened to the edges of what it cuts."""
        return _widened(self._out_starts, self._out_ends, self._starts, self._ends, start, end)


_Column: TypeAlias = "array[int]"


def _start(starts: _Column, ends: _Column, to: _Column, to_ends: _Column, offset: int) -> int:
    at = bisect_right(starts, offset) - 1
    if at < 0:
        return offset
    return to[at] if offset < ends[at] else offset - ends[at] + to_ends[at]


def _end(starts: _Column, ends: _Column, to: _Column, to_ends: _Column, offset: int) -> int:
    """Maps the end of a span; an end on the left edge of a replacement stays outside it."""
    at = bisect_right(starts, offset - 1) - 1
    if at < 0:
        return offset
    return to_ends[at] if offset <= ends[at] else offset - ends[at] + to_ends[at]


def _widened(
    starts: _Column, ends: _Column, to: _Column, to_ends: _Column, start: int, end: int
) -> Span:
    first = _start(starts, ends, to, to_ends, start)
    return first, max(first, _end(starts, ends, to, to_ends, end)) if end > start else first
