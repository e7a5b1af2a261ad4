"""Finds where runs of shifted characters start, and judges what the walker reads there."""

import re
from dataclasses import dataclass
from math import exp

from luoshi.text.restore_annotation import PINYIN
from luoshi.text.restore_bytes import encoded, keys_of
from luoshi.text.restore_edits import Edit
from luoshi.text.restore_model import load_readings, load_worlds
from luoshi.text.restore_records import APPLIED, Candidate, Profile
from luoshi.text.restore_runs import (
    Outcome,
    Path,
    Walker,
    open_marks,
    starts_at_mark,
    starts_at_pair,
    starts_at_reading,
)

_ANCHOR = re.compile(rf"\?\(?({PINYIN})\)|\?([!?;,:！？；，：。、])|(?<=[㐀-鿿])\(({PINYIN})\)")
_SURE = 1.7  # nats between the two best readings
_PLAIN = 4.0  # nats over the received text on a page known to be damaged
_PLAIN_ALONE = 8.0  # the same on a page that shows nothing else
_EXACT = 6.0
_OFFERED = 5
_NUMBER = re.compile(r"[0-9.,:%‰/~-]*[0-9%‰]+")
_QUOTE_REACH = 500


class Page:
    """Answers which lines are traditional text: a converter leaves no other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = (-1, -1)
        self._traditional = False
        self._page: bool | None = None

    def is_traditional(self, at: int) -> bool:
        """Returns whether the line around the offset is traditional."""
        if not self._line[0] <= at <= self._line[1]:
            start = self._text.rfind("\n", 0, at) + 1
            end = self._text.find("\n", at) % (len(self._text) + 1)
            self._line = (start, end)
            self._traditional = self._judge(self._text[start:end])
        return self._traditional

    def _judge(self, line: str) -> bool:
        traditional, simplified = _counts(line)
        if traditional > 4 * simplified:
            return True
        if traditional < simplified:
            return False
        if self._page is None:
            lines = (_counts(line) for line in self._text.splitlines())
            sums = [pair for pair in lines if pair[0] >= pair[1]]
            self._page = sum(p[0] for p in sums) > 4 * sum(p[1] for p in sums)
        return self._page


def _counts(line: str) -> tuple[int, int]:
    worlds = load_worlds()
    traditional, simplified = worlds.to_simplified, worlds.simplified_only
    return sum(map(traditional.__contains__, line)), sum(map(simplified.__contains__, line))


@dataclass(slots=True)
class _Found:
    at: int
    end: int
    reading: str = ""
    mark: str = ""


def shift_edits(text: str, profile: Profile) -> list[Edit]:
    """Returns a repair or a doubt for each run of shifted characters, in order."""
    anchors = _anchors(text)
    if not anchors:
        return []
    page = Page(text)
    one = any(text[a.at] == "?" and text[a.at + 1] == "(" for a in anchors)
    drop = any(text[a.at] == "(" for a in anchors)
    walker = Walker(text, one=one, drop=drop, private=profile.private_use)
    least = _PLAIN if profile.state == "damaged" else _PLAIN_ALONE
    edits: list[Edit] = []
    reached, left = 0, ""
    for anchor in anchors:
        if anchor.at < reached or not (
            page.is_traditional(anchor.at) or (anchor.reading and profile.state == "damaged")
        ):
            continue
        left = _left(text, edits, anchor.at)
        starts = _starts(walker, text, anchor, left)
        marks = _open_marks(text, edits, anchor.at)
        outcome = walker.read(anchor.at, left, starts, marks) if starts else None
        edit = _judged(text, anchor, outcome, profile, least)
        if edit:
            edits.append(edit)
            reached = edit.end
            if edit.status in APPLIED and outcome and outcome.paths[0].eaten:
                edits.append(_eaten(text, reached))
                reached = edits[-1].end
    return edits


def _starts(walker: Walker, text: str, anchor: _Found, left: str) -> list[Path]:
    if anchor.reading:
        return starts_at_reading(walker, anchor.reading, anchor.end, left)
    starts = starts_at_mark(walker, anchor.mark, anchor.end, left)
    if anchor.mark == "?" and text[anchor.end : anchor.end + 1] in ("。", "、"):
        starts += starts_at_pair(walker, anchor.end, left)
    return starts


def _open_marks(text: str, edits: list[Edit], at: int) -> str:
    """Returns the quotation marks that are open; looks back a bounded way in the paragraph."""
    floor = max(at - _QUOTE_REACH, text.rfind("\n", max(0, at - _QUOTE_REACH), at) + 1)
    pieces, end = [], at
    for edit in reversed(edits):
        if edit.end <= floor:
            break
        if edit.status in APPLIED:
            pieces += [text[edit.end : end], edit.after]
            end = edit.start
    pieces.append(text[floor:end])
    joined = "".join(reversed(pieces))
    return open_marks(joined)


def _anchors(text: str) -> list[_Found]:
    found = []
    for match in _ANCHOR.finditer(text):
        if match[3] and not keys_of(_trail(text[match.start() - 1]), match[3]):
            continue
        if match[3] and match[3] in load_readings().get(text[match.start() - 1], ()):
            continue
        found.append(_Found(match.start(), match.end(), match[1] or match[3] or "", match[2] or ""))
    return found


def _trail(char: str) -> int:
    code = encoded(char)
    return code[1] if len(code) == 2 else 0


def _left(text: str, edits: list[Edit], at: int) -> str:
    if edits and edits[-1].status in APPLIED and edits[-1].end > at - 3:
        return edits[-1].after + text[edits[-1].end : at]
    return text[max(0, at - 3) : at]


def _judged(
    text: str, anchor: _Found, outcome: Outcome | None, profile: Profile, least: float
) -> Edit | None:
    kind = "misaligned" if anchor.reading else "cut"
    if outcome is None or outcome.scores[0] < outcome.unchanged + least:
        if anchor.reading:
            after = text[anchor.at : anchor.end]
            return Edit(anchor.at, anchor.end, after, kind, "uncertain")
        return None
    best = outcome.paths[0]
    margin = outcome.scores[0] - outcome.scores[1] if len(outcome.scores) > 1 else 99.0
    status = "inferred" if margin >= _SURE else "uncertain"
    if status == "inferred" and margin >= _EXACT and profile.private_use and _is_proven(best):
        status = "exact"
    candidates = () if status == "exact" else _candidates(text, outcome)
    return Edit(anchor.at, best.at, best.out, kind, status, candidates)


def _eaten(text: str, at: int) -> Edit:
    """Returns the doubt about one ASCII character that went with a byte: often a digit."""
    number = _NUMBER.match(text, at + 1)
    end = number.end() if number else at + 1
    rest = text[at + 1 : end]
    lost = "0123456789" if number else " "
    offered = tuple(Candidate(char + rest, "lost character", 1 / len(lost)) for char in lost)
    kind = "number" if number else "drop"
    return Edit(at, end, text[at:end], kind, "uncertain", offered)


def _is_proven(best: object) -> bool:
    return not (best.guessed or best.lost or not best.listed)  # type: ignore[attr-defined]


def _candidates(text: str, outcome: Outcome) -> tuple[Candidate, ...]:
    """Returns the readings of the span of the best one, with their probabilities."""
    end = outcome.paths[0].at
    top = outcome.scores[0]
    weights = [exp(max(score - top, -50.0)) for score in outcome.scores]
    whole = sum(weights)
    offered = []
    for path, weight in zip(outcome.paths[:_OFFERED], weights, strict=False):
        reading = path.out + text[path.at : end] if path.at <= end else path.out
        reason = "guessed bytes" if path.guessed else "paired bytes"
        offered.append(Candidate(reading, reason, round(weight / whole, 4)))
    return tuple(offered)
