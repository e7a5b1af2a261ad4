"""Where the words of the lists stand in a text, found in one pass and kept for the last texts."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick

from luoshi.text.patterns import pattern
from luoshi.text.wordlists import groups

Span = tuple[int, int]
QUOTES = {"“": "”", "《": "》", "‘": "’"}
LONGEST_QUOTE = 200
_OPENS = pattern(r"[“《‘]")
NO_PLACE = 1 << 60


@dataclass(frozen=True, slots=True)
class Marks:
    """Places of a text. `quoted[i]` is 1 inside quotation marks and titles; `ending[i]` is the length
    of the longest unit or person ending that ends before `i`; `after[i]` is 1 where a word may
    follow a name; `never[i]` is the first place where a word that no name holds, begun at `i` or
    later, ends; the lists hold spans in order; `acting[i]` is the length of the one of `acts` at `i`."""

    quoted: bytearray
    ending: bytearray
    after: bytearray
    never: Sequence[int]
    acts: list[Span]
    acting: bytearray
    weak: frozenset[Span]
    attitude: list[Span]


_ENDING, _AFTER, _NEVER, _ACT, _WEAK, _ATTITUDE = (1 << bit for bit in range(6))


@cache
def _automaton() -> ahocorasick.Automaton:
    """All the words of the lists; the value is the length and the lists that a word stands in."""
    units, verbs = groups("units"), groups("verbs")
    act = {word for word in set(verbs["act"]) - set(verbs["weak"]) if len(word) > 1}
    told: dict[str, int] = {}
    for flags, words in (
        (_ENDING, [*units["ending"], *units["person"], *units["leader"], *units["special"]]),
        (_AFTER, [*units["after"], *act]),
        (_NEVER, units["never"]),
        (_ACT, act),
        (_WEAK, verbs["weak"]),
        (_ATTITUDE, verbs["attitude"]),
    ):
        for word in words:
            told[word] = told.get(word, 0) | flags
    made = ahocorasick.Automaton()
    for word, flags in told.items():
        made.add_word(word, (len(word), flags))
    made.make_automaton()
    return made


@lru_cache(maxsize=2)
def marks(text: str) -> Marks:
    """The marks of a text; linear in its length."""
    size = len(text) + 1
    ending, after = bytearray(size), bytearray(size)
    acts: list[tuple[int, int]] = []
    attitude: list[tuple[int, int]] = []
    weak: list[Span] = []
    never: dict[int, int] = {}
    for last, (length, flags) in _automaton().iter(text):
        stop = last + 1
        start = stop - length
        if flags & _ENDING and ending[stop] < length:
            ending[stop] = length
        if flags & _AFTER:
            after[start] = 1
        if flags & _NEVER:
            never.setdefault(start, stop)  # the shortest of those that begin here comes first
        if flags & _ACT:
            acts.append((start, -stop))
        if flags & _WEAK:
            weak.append((start, stop))
        if flags & _ATTITUDE:
            attitude.append((start, -stop))
    quoted = _quoted(text)
    chained = _chain(acts, quoted)
    acting = bytearray(size)
    for start, stop in chained:
        acting[start] = stop - start
    return Marks(
        quoted, ending, after, _never(never, size), chained, acting, frozenset(weak),
        _chain(attitude, quoted),
    )  # fmt: skip


def _never(ends: dict[int, int], size: int) -> Sequence[int]:
    """For each place the nearest end of the words that begin there or later."""
    stretches: list[tuple[int, int]] = []
    nearest, behind = NO_PLACE, size
    for start in sorted(ends, reverse=True):
        stretches.append((nearest, behind - start - 1))
        nearest, behind = min(nearest, ends[start]), start + 1
    stretches.append((nearest, behind))
    filled = array("q")
    for nearest, length in reversed(stretches):
        filled.extend(array("q", (nearest,)) * length)
    return filled


def _chain(hits: list[tuple[int, int]], quoted: bytearray) -> list[Span]:
    """The words from left to right, the longest at each place, none inside another or a quotation.

    A hit is its start and its end, negative so that the longest comes first when they are sorted.
    """
    hits.sort()
    kept: list[Span] = []
    reached = 0
    for start, minus in hits:
        if start >= reached and not quoted[start]:
            kept.append((start, -minus))
            reached = -minus
    return kept


def _quoted(text: str) -> bytearray:
    inside = bytearray(len(text) + 1)
    reached = 0
    for hit in _OPENS.finditer(text):
        at = hit.start()
        if at < reached:
            continue
        end = text.find(QUOTES[hit[0]], at + 1, at + LONGEST_QUOTE)
        if end > 0:
            inside[at : end + 1] = b"\x01" * (end + 1 - at)
            reached = end + 1
    return inside


def flagged(size: int, places: Iterable[int]) -> bytearray:
    """A byte for each place of a text, 1 at the places given: `find` tells whether a span has one."""
    made = bytearray(size + 1)
    for at in places:
        made[at] = 1
    return made


def between(spans: list[Span], start: int, end: int) -> list[Span]:
    """The spans of an ordered list that lie inside `[start, end)`."""
    found = []
    for at in range(bisect_left(spans, (start, 0)), len(spans)):
        span = spans[at]
        if span[0] >= end:
            break
        if span[1] <= end:
            found.append(span)
    return found
