"""Where the words of the lists stand in a text, found in one pass and kept for the last texts."""

from __future__ import annotations

from bisect import bisect_left
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
    of the longest unit or person ending that ends before `i`, `stop[i]` that of a word that only
    looks like one; `after[i]` is 1 where a word may follow a name; `never[i]` is the first place
    where a word that no name holds, begun at `i` or later, ends; the lists hold spans in order."""

    quoted: bytearray
    ending: bytearray
    stop: bytearray
    after: bytearray
    never: list[int]
    acts: list[Span]
    weak: frozenset[Span]
    attitude: list[Span]

    def inside(self, at: int) -> bool:
        """Whether the place is inside a quotation."""
        return at < len(self.quoted) and self.quoted[at] == 1


@cache
def _automaton(list_name: str, *names: str) -> ahocorasick.Automaton:
    made = ahocorasick.Automaton()
    table = groups(list_name)
    for name in names:
        for word in table[name]:
            made.add_word(word, len(word))
    made.make_automaton()
    return made


@cache
def _acts() -> ahocorasick.Automaton:
    made = ahocorasick.Automaton()
    table = groups("verbs")
    for word in set(table["act"]) - set(table["weak"]):
        if len(word) > 1:
            made.add_word(word, len(word))
    made.make_automaton()
    return made


@lru_cache(maxsize=2)
def marks(text: str) -> Marks:
    """The marks of a text; linear in its length."""
    quoted = _quoted(text)
    size = len(text) + 1
    ending, stop, after = bytearray(size), bytearray(size), bytearray(size)
    for last, length in _automaton("units", "ending", "person", "leader", "special").iter(text):
        ending[last + 1] = max(ending[last + 1], length)
    for last, length in _automaton("units", "stop").iter(text):
        stop[last + 1] = max(stop[last + 1], length)
    for last, length in _automaton("units", "after").iter(text):
        after[last + 1 - length] = 1
    for last, length in _acts().iter(text):
        after[last + 1 - length] = 1
    return Marks(
        quoted, ending, stop, after, _never(text), _chain(text, _acts(), quoted),
        frozenset((last + 1 - length, last + 1) for last, length in _automaton("verbs", "weak").iter(text)),
        _chain(text, _automaton("verbs", "attitude"), quoted),
    )  # fmt: skip


def _never(text: str) -> list[int]:
    first = [NO_PLACE] * (len(text) + 1)
    for last, length in _automaton("units", "never").iter(text):
        start = last + 1 - length
        first[start] = min(first[start], last + 1)
    for at in range(len(text) - 1, -1, -1):
        first[at] = min(first[at], first[at + 1])
    return first


def _chain(text: str, automaton: ahocorasick.Automaton, quoted: bytearray) -> list[Span]:
    """The words from left to right, the longest at each place, none inside another or a quotation."""
    hits = sorted((last + 1 - length, -(last + 1)) for last, length in automaton.iter(text))
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


def between(spans: list[Span], start: int, end: int) -> list[Span]:
    """The spans of an ordered list that lie inside `[start, end)`."""
    first = bisect_left(spans, (start, 0))
    found = []
    for span in spans[first:]:
        if span[0] >= end:
            break
        if span[1] <= end:
            found.append(span)
    return found
