"""Pinyin insertions beside their characters, and what they say about the whole page.

A page converter writes the one constant reading of a listed character behind it, each time or
never; a lesson annotates every character with the reading it has there. The page profile tells one
from the other.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import compress
from typing import NamedTuple, TypeAlias

from luoshi.text.restore_bytes import encoded
from luoshi.text.restore_edits import Edits, What
from luoshi.text.restore_model import load_keys, load_model, load_readings, load_worlds
from luoshi.text.restore_records import Profile

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
PINYIN = f"[a-zü]{{0,3}}[{TONED}][a-z]{{0,3}}"
_INSERTION = re.compile(rf"\(({PINYIN})\)")
_CUT_OFF = re.compile(rf"(\w)\(([a-z{TONED}]{{0,5}})\Z")
_LONGEST = 8  # characters of an insertion that is cut off, and the one before
_PRIVATE = re.compile("[\ue000-\ue7ff]")
_TEACHING_SHARE = 0.15
_TEACHING_LINE = 6  # pairs that let one line be judged alone
_FEWEST = 3  # table pairs that prove damage
_COMMON = 200.0  # count of a character that may be learned: glosses stand beside rare ones


# Characters and readings learned from other pages of the same site, which is known to be damaged;
# None when the site is not known.
Site: TypeAlias = frozenset[tuple[str, str]] | None


class Pair(NamedTuple):
    """A character and the reading inserted behind it."""

    char: str
    reading: str
    sort: str  # known | crossed | other | same | alien


class Pairs:
    """The insertions of a text in columns: there may be millions."""

    __slots__ = ("ends", "pairs", "starts")

    def __init__(self) -> None:
        self.starts, self.ends = array("I"), array("I")  # of the insertions
        self.pairs: list[Pair] = []

    def add(self, start: int, end: int, pair: Pair) -> None:
        """Takes one more at the end."""
        self.starts.append(start)
        self.ends.append(end)
        self.pairs.append(pair)

    def __len__(self) -> int:
        return len(self.pairs)

    def __iter__(self) -> Iterator[tuple[int, int, Pair]]:
        return zip(self.starts, self.ends, self.pairs, strict=True)

    def sorts(self) -> Counter[str]:
        """Returns how many there are of each sort."""
        counts: Counter[str] = Counter()
        for pair, count in Counter(self.pairs).items():
            counts[pair.sort] += count
        return counts

    def outside(self, spans: list[tuple[int, int]]) -> "Pairs":
        """Returns those that lie in none of the spans, which are sorted and disjoint."""
        starts = [start for start, _ in spans]
        left = Pairs()
        for start, end, pair in self:
            place = bisect_right(starts, start) - 1
            if place < 0 or start >= spans[place][1]:
                left.add(start, end, pair)
        return left


class _Sorted(dict[tuple[str, str], Pair]):
    """Sorts each character and reading once."""

    def __missing__(self, key: tuple[str, str]) -> Pair:
        found = self[key] = Pair(*key, _sort(*key))
        return found


def find_pairs(text: str, site: Site = None) -> Pairs:
    """Returns all toned readings in parentheses behind a character, in order."""
    known = _Sorted({(char, reading): Pair(char, reading, "known") for char, reading in site or ()})
    pairs = Pairs()
    add_start, add_end, add = pairs.starts.append, pairs.ends.append, pairs.pairs.append
    char, last_end = "", -1
    for match in _INSERTION.finditer(text):
        start, end = match.span()
        if start != last_end:  # a page damaged twice has two insertions in a row
            char = text[start - 1] if start else ""
        last_end = end
        pair = known[char, match[1]]
        if not pair.sort:
            if not (key := _crossed(text, start, pair.reading)):
                continue
            pair = Pair(key, pair.reading, "crossed")
        add_start(start)
        add_end(end)
        add(pair)
    return pairs


def _crossed(text: str, start: int, reading: str) -> str:
    """Returns the key that was hit across a character and the ASCII letter behind it, or ""."""
    code = encoded(text[start - 2]) if start > 1 and "@" <= text[start - 1] <= "~" else b""
    key = (code[1:] + text[start - 1].encode()).decode("gbk", "ignore") if len(code) == 2 else ""
    return key if load_keys().get(key) == reading else ""


def _sort(char: str, reading: str) -> str:
    """Returns "" for a character of none."""
    if load_keys().get(char) == reading:
        return "known"
    if char < "㐀":
        return ""
    if reading not in load_readings().get(char, ()):
        return "alien"
    return "other" if load_worlds().is_traditional(char) else "same"


def _lines(text: str, pairs: Pairs) -> Iterator[tuple[int, int, int, int]]:
    """Yields the lines that hold pairs, and the places of the first pair and behind the last."""
    at = 0
    while at < len(pairs):
        start = text.rfind("\n", 0, pairs.starts[at]) + 1
        end = text.find("\n", pairs.starts[at]) % (len(text) + 1)
        stop = bisect_left(pairs.starts, end, at + 1)
        yield start, end, at, stop
        at = stop


def _lesson_spans(text: str, pairs: Pairs) -> list[tuple[int, int]]:
    """Returns the lines that are lessons by themselves, so that they do not judge the others."""
    spans = []
    for start, end, first, stop in _lines(text, pairs):
        sorts = Counter(pair.sort for pair in pairs.pairs[first:stop])
        if _is_lesson(sorts, _TEACHING_LINE):
            spans.append((start, end))
    return spans


def _is_lesson(sorts: Counter[str], least: int) -> bool:
    readings = sorts["known"] + sorts["other"] + sorts["same"]
    return readings >= least and sorts["same"] > _TEACHING_SHARE * readings


def _bare(text: str, pairs: Counter[Pair], lines: Callable[[], str]) -> frozenset[str]:
    """Returns the annotated characters that also stand without their insertion.

    `lines` gives those that hold an insertion, joined: clean lines prove nothing.
    """
    counts: Counter[str] = Counter()
    for pair, count in pairs.items():
        counts[pair.char] += count
    bare = {char for char, count in counts.items() if text.count(char) > count}
    if bare:
        annotated = lines()
        bare = {char for char in bare if annotated.count(char) > counts[char]}
    if pairs and (cut := _cut_off(text)):
        bare.discard(cut[1])
    return frozenset(bare)


def _cut_off(text: str) -> re.Match[str] | None:
    """Returns the character and the beginning of its insertion with which the text ends."""
    return _CUT_OFF.search(text, max(0, len(text) - _LONGEST))


def _learned(pairs: Counter[Pair], bare: frozenset[str]) -> dict[str, str]:
    """Returns pairs outside the table that the page proves: common, repeated, never bare."""
    seen: dict[str, Counter[str]] = {}
    for pair, number in pairs.items():
        if pair.sort == "other" and pair.char not in bare:
            seen.setdefault(pair.char, Counter())[pair.reading] += number
    keys, fold, count = load_keys(), load_worlds().fold, load_model().count
    return {
        char: next(iter(readings))
        for char, readings in seen.items()
        if len(readings) == 1
        and readings.total() >= 2
        and char not in keys
        and count(fold(char)) >= _COMMON
    }


def examine(text: str, site: Site = None) -> tuple[Profile, Pairs]:
    """Returns what the insertions say about the page, and those outside lessons.

    A page with too little evidence of its own is as its site is, if nothing speaks against it.
    """
    pairs = find_pairs(text, site) if "(" in text else Pairs()
    private = bool(_PRIVATE.search(text))
    if not pairs:
        return Profile(private_use=private), pairs
    if same := pairs.sorts()["same"]:
        lessons = _lesson_spans(text, pairs)
        pairs = pairs.outside(lessons)
        if lessons and not pairs:
            return Profile("teaching", same_pairs=same, private_use=private), pairs
    return _judged(text, pairs, site, private), pairs


def _judged(text: str, pairs: Pairs, site: Site, private: bool) -> Profile:
    sorts = pairs.sorts()
    table = Counter(pair for pair in pairs.pairs if pair.sort in ("known", "other"))

    def lines() -> str:
        found = (p for p in _lines(text, pairs))
        return "\n".join(text[start:end] for start, end, _, _ in found)

    bare = _bare(text, table, lines)
    known = {pair.char for pair in table if pair.sort == "known"}
    readings = sorts["known"] + sorts["other"] + sorts["same"]
    state = "weak" if known else "clean"
    if _is_lesson(sorts, 1):
        state = "teaching"
    elif sorts["known"] >= _FEWEST and 2 * sorts["known"] >= readings:
        state = "damaged" if 2 * len(known & bare) <= len(known) else "weak"
    if state == "weak" and site is not None and not known & bare:
        state = "damaged"
    learned = _learned(table, bare) if state == "damaged" else {}
    return Profile(
        state,
        sorts["known"],
        tuple(sorted(learned.items())),
        sorts["other"],
        sorts["same"],
        tuple(sorted(known & bare)),
        private,
    )


def annotated(profile: Profile, pairs: Pairs) -> frozenset[str]:
    """Returns the characters that a damaged page annotates each time they occur."""
    if profile.state != "damaged":
        return frozenset()
    known = {pair.char for pair in set(pairs.pairs) if pair.sort in ("known", "crossed")}
    learned = {char for char, _ in profile.learned}
    return frozenset((known | learned).difference(profile.inconsistent))


def annotation_edits(text: str, profile: Profile, pairs: Pairs) -> Edits:
    """Returns the removal of each insertion that is proven."""
    edits = Edits()
    if profile.state == "teaching":
        return edits
    statuses = {pair: _status(pair, profile) for pair in set(pairs.pairs)}
    whats = {
        pair: What("", "annotation", status) if status else None
        for pair, status in statuses.items()
    }
    found = list(map(whats.__getitem__, pairs.pairs))
    edits.starts = array("I", compress(pairs.starts, found))
    edits.ends = array("I", compress(pairs.ends, found))
    edits.whats = [what for what in found if what]
    if profile.state == "damaged" and (cut := _cut_off(text)) and _begins(cut[1], cut[2]):
        edits.add(cut.end(1), cut.end(), What("", "annotation", "proposed"))
    return edits


def _status(pair: Pair, profile: Profile) -> str:
    """Returns the status of removing the insertion, "" where it stays."""
    damaged = profile.state == "damaged"
    if pair.sort in ("known", "crossed"):
        status = "inferred" if pair.char in profile.inconsistent else "exact"
        return status if damaged else "proposed"
    if (pair.char, pair.reading) in profile.learned:
        return "inferred"
    return "proposed" if damaged and pair.sort == "other" else ""


def _begins(char: str, start: str) -> bool:
    return load_keys().get(char, "").startswith(start) and char in load_keys()
