"""Pinyin insertions beside their characters, and what they say about the whole page.

A page converter writes the one constant reading of a listed character behind it, each time or
never; a lesson annotates every character with the reading it has there. The page profile tells one
from the other.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TypeAlias

from luoshi.text.restore_bytes import encoded
from luoshi.text.restore_edits import Edit
from luoshi.text.restore_model import load_keys, load_model, load_readings, load_worlds
from luoshi.text.restore_records import Profile

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
PINYIN = f"[a-zü]{{0,3}}[{TONED}][a-z]{{0,3}}"
_INSERTION = re.compile(rf"\(({PINYIN})\)")
_CUT_OFF = re.compile(rf"(\w)\(([a-z{TONED}]{{0,5}})\Z")
_PRIVATE = re.compile("[\ue000-\ue7ff]")
_TEACHING_SHARE = 0.15
_TEACHING_LINE = 6  # pairs that let one line be judged alone
_FEWEST = 3  # table pairs that prove damage
_COMMON = 200.0  # count of a character that may be learned: glosses stand beside rare ones


# Characters and readings learned from other pages of the same site, which is known to be damaged;
# None when the site is not known.
Site: TypeAlias = frozenset[tuple[str, str]] | None


@dataclass(slots=True)
class Pair:
    """A character and the reading inserted behind it; start and end are those of the insertion."""

    char: str
    reading: str
    start: int
    end: int
    sort: str  # known | crossed | other | same | alien


def find_pairs(text: str, site: Site = None) -> list[Pair]:
    """Returns all toned readings in parentheses behind a character, in order."""
    of_site = site or frozenset()
    keys = load_keys()
    shared: dict[str, str] = {}  # one object for all equal strings: there may be millions
    pairs: list[Pair] = []
    char, last_end = "", -1
    for match in _INSERTION.finditer(text):
        start = match.start()
        if start != last_end:  # a page damaged twice has two insertions in a row
            char = text[start - 1] if start else ""
            char = shared.setdefault(char, char)
        last_end = match.end()
        reading = shared.setdefault(match[1], match[1])
        if keys.get(char) == reading or (char, reading) in of_site:
            pairs.append(Pair(char, reading, start, last_end, "known"))
        elif "@" <= char <= "~":
            if key := _crossed(text, start, reading):
                pairs.append(Pair(key, reading, start, last_end, "crossed"))
        elif char >= "㐀":
            pairs.append(Pair(char, reading, start, last_end, _sort(char, reading)))
    return pairs


def _crossed(text: str, start: int, reading: str) -> str:
    """Returns the key that was hit across a character and the ASCII letter behind it, or ""."""
    code = encoded(text[start - 2]) if start > 1 else b""
    key = (code[1:] + text[start - 1].encode()).decode("gbk", "ignore") if len(code) == 2 else ""
    return key if load_keys().get(key) == reading else ""


def _sort(char: str, reading: str) -> str:
    if reading not in load_readings().get(char, ()):
        return "alien"
    return "other" if load_worlds().is_traditional(char) else "same"


def _lesson_spans(text: str, pairs: list[Pair]) -> list[tuple[int, int]]:
    """Returns the lines that are lessons by themselves, so that they do not judge the others."""
    lines: dict[tuple[int, int], Counter[str]] = {}
    start = end = -1
    for pair in pairs:
        if not start <= pair.start < end:
            start = text.rfind("\n", 0, pair.start) + 1
            end = text.find("\n", pair.start) % (len(text) + 1)
        lines.setdefault((start, end), Counter())[pair.sort] += 1
    return [span for span, sorts in lines.items() if _is_lesson(sorts, _TEACHING_LINE)]


def _is_lesson(sorts: Counter[str], least: int) -> bool:
    readings = sorts["known"] + sorts["other"] + sorts["same"]
    return readings >= least and sorts["same"] > _TEACHING_SHARE * readings


def _annotated_lines(text: str, pairs: list[Pair]) -> str:
    """Returns the lines that hold an insertion, joined: clean lines prove nothing."""
    pieces, end = [], -1
    for pair in pairs:
        if pair.start >= end:
            start = text.rfind("\n", 0, pair.start) + 1
            end = text.find("\n", pair.start) % (len(text) + 1)
            pieces.append(text[start:end])
    return "\n".join(pieces)


def _bare(text: str, pairs: list[Pair]) -> frozenset[str]:
    """Returns the annotated characters that also stand without their insertion."""
    counts = Counter(pair.char for pair in pairs)
    bare = {char for char, count in counts.items() if text.count(char) > count}
    if bare:
        lines = _annotated_lines(text, pairs)
        bare = {char for char in bare if lines.count(char) > counts[char]}
    if pairs and (cut := _CUT_OFF.search(text)):
        bare.discard(cut[1])
    return frozenset(bare)


def _learned(pairs: list[Pair], bare: frozenset[str]) -> dict[str, str]:
    """Returns pairs outside the table that the page proves: common, repeated, never bare."""
    seen: dict[str, Counter[str]] = {}
    for pair in pairs:
        if pair.sort == "other" and pair.char not in bare:
            seen.setdefault(pair.char, Counter())[pair.reading] += 1
    keys, fold, count = load_keys(), load_worlds().fold, load_model().count
    return {
        char: next(iter(readings))
        for char, readings in seen.items()
        if len(readings) == 1
        and readings.total() >= 2
        and char not in keys
        and count(fold(char)) >= _COMMON
    }


def examine(text: str, site: Site = None) -> tuple[Profile, list[Pair]]:
    """Returns what the insertions say about the page, and those outside lessons.

    A page with too little evidence of its own is as its site is, if nothing speaks against it.
    """
    pairs = find_pairs(text, site) if "(" in text else []
    private = bool(_PRIVATE.search(text))
    if not pairs:
        return Profile(private_use=private), pairs
    sorts = Counter(pair.sort for pair in pairs)
    if sorts["same"]:
        lessons = _lesson_spans(text, pairs)
        pairs = [p for p in pairs if not any(a <= p.start < b for a, b in lessons)]
        if lessons and not pairs:
            return Profile("teaching", same_pairs=sorts["same"], private_use=private), []
        sorts = Counter(pair.sort for pair in pairs)
    table = [pair for pair in pairs if pair.sort in ("known", "other")]
    bare = _bare(text, table)
    known = {pair.char for pair in table if pair.sort == "known"}
    readings = sorts["known"] + sorts["other"] + sorts["same"]
    state = "weak" if known else "clean"
    if _is_lesson(sorts, 1):
        state = "teaching"
    elif sorts["known"] >= _FEWEST and 2 * sorts["known"] >= readings:
        state = "damaged" if 2 * len(known & bare) <= len(known) else "weak"
    if state == "weak" and site is not None and not known & bare:
        state = "damaged"
    learned = _learned(pairs, bare) if state == "damaged" else {}
    profile = Profile(
        state,
        sorts["known"],
        tuple(sorted(learned.items())),
        sorts["other"],
        sorts["same"],
        tuple(sorted(known & bare)),
        private,
    )
    return profile, pairs


def annotation_edits(text: str, profile: Profile, pairs: list[Pair]) -> list[Edit]:
    """Returns the removal of each insertion that is proven; empties the list of pairs."""
    if profile.state == "teaching":
        return []
    learned, inconsistent = dict(profile.learned), set(profile.inconsistent)
    damaged = profile.state == "damaged"
    edits = []
    pairs.reverse()
    while pairs:
        pair = pairs.pop()
        if pair.sort in ("known", "crossed"):
            status = "inferred" if pair.char in inconsistent else "exact"
            status = status if damaged else "proposed"
        elif learned.get(pair.char) == pair.reading:
            status = "inferred"
        elif damaged and pair.sort == "other":
            status = "proposed"
        else:
            continue
        edits.append(Edit(pair.start, pair.end, "", "annotation", status))
    if damaged and (cut := _CUT_OFF.search(text)) and _begins(cut[1], cut[2]):
        edits.append(Edit(cut.end(1), cut.end(), "", "annotation", "proposed"))
    return edits


def _begins(char: str, start: str) -> bool:
    return load_keys().get(char, "").startswith(start) and char in load_keys()
