"""Finds where runs of shifted characters start, and judges what the walker reads there."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain
from math import exp

from luoshi.text.restore_anchors import (
    Anchor,
    Page,
    is_cut,
    shown_anchors,
    silent_anchors,
    strange_anchors,
)
from luoshi.text.restore_echo import listen
from luoshi.text.restore_edits import Edits, Row, What
from luoshi.text.restore_quotes import open_marks
from luoshi.text.restore_records import APPLIED, Candidate, Profile
from luoshi.text.restore_runs import Path, Steps
from luoshi.text.restore_starts import starts_at_mark, starts_at_pair, starts_at_reading
from luoshi.text.restore_walker import Outcome, Walker
from luoshi.text.spans import Span

# Least share of the best reading among all for it to be written: fitted on held-out news; official
# texts, web news and laws were looked at too. Where bytes go without a trace, more is asked.
_SURE = 0.7
_SURE_OF_WORD = 0.8  # with a byte guessed, of any but the full stop that nearly all cuts have hit
_SURE_OF_LITTLE = 0.9  # on a page that shows no other damage: clean text stays as it is
_LEAST_SHARE = {"drop": 0.85}
_PLAIN = 4.0  # nats over the received text on a page known to be damaged
_PLAIN_ALONE = 8.0  # the same on a page that shows nothing else
_EXACT = 6.0  # nats between the two best readings
_SILENT = 4.0  # the same where nothing shows that a byte is gone, on a page that loses bytes so
_SILENT_ALONE = 10.0  # and where no other place of the page does
_ALIEN = -8.0  # a reading that fits the last byte alone is evidence enough there
_GAP = 0.5  # a place that may be as it should; below the next figures it is only reported
_APPLIED = {"gap": _SILENT, "cut": _PLAIN}
_UNCLOSED = -6.0  # a paragraph that ends in an open quotation
_READABLE = -8.5  # nats of each character; usual text has -4.5
_KINDS = {"reading": "misaligned", "alien": "drop", "cut": "cut", "silent": "drop", "gap": "drop"}
_OFFERED = 5
_NUMBER = re.compile(r"[0-9.,:%‰/~-]*[0-9%‰]+")
_QUOTE_REACH = 500


@dataclass(frozen=True, slots=True)
class Policy:
    """How a page shows a byte that was lost, judged by all its anchors."""

    one: bool  # the ASCII byte behind it stayed
    drop: bool  # nothing is shown
    strange: bool  # unknown: no anchor shows itself on a damaged page
    hidden: bool  # no anchor shows itself

    @classmethod
    def of(cls, text: str, profile: Profile) -> "Policy":
        """Returns what the anchors of the page say."""
        kinds: Counter[str] = Counter()
        one = False
        for anchor in shown_anchors(text):
            kinds[anchor.kind] += 1
            one = one or (anchor.kind == "reading" and text[anchor.at + 1] == "(")
        shown = kinds["reading"] or kinds["cut"]
        strange = profile.state == "damaged" and not shown
        return cls(one, kinds["alien"] > kinds["reading"], strange, not kinds)


def shift_edits(text: str, profile: Profile, policy: Policy, near: Sequence[Span]) -> Edits:
    """Returns a repair or a doubt for each run of shifted characters in the spans, in order."""
    if policy.hidden and not policy.strange:
        return Edits()
    return _Reader(text, profile, policy).read(_anchors(text, policy, near))


def _anchors(text: str, policy: Policy, near: Sequence[Span]) -> Iterator[Anchor]:
    """Yields the anchors in the spans, which are sorted; what shows itself first."""
    silent: Iterable[Anchor] = ()
    if policy.drop:
        silent = chain.from_iterable(silent_anchors(text, *span) for span in near)
    elif policy.strange:
        silent = strange_anchors(text)
    spans = iter(near)
    start, stop = next(spans, (len(text), len(text)))
    for anchor in merge(shown_anchors(text), silent, key=_place):
        while anchor.at >= stop < len(text):
            start, stop = next(spans, (len(text), len(text)))
        if start <= anchor.at:
            yield anchor


def _place(anchor: Anchor) -> int:
    return anchor.at


class _Reader:
    """Reads the runs of one text from its anchors."""

    def __init__(self, text: str, profile: Profile, policy: Policy) -> None:
        self._text, self._profile, self._policy = text, profile, policy
        self._steps: Steps | None = None  # made at the first run: most pages have none
        self._page = Page(text)
        self.edits = Edits()

    def read(self, anchors: Iterable[Anchor]) -> Edits:
        """Returns the repairs and doubts at the anchors."""
        reached = 0
        for anchor in anchors:
            if anchor.at >= reached and self._may_be(anchor):
                self._read(anchor)
                reached = self.edits.ends[-1] if self.edits else 0
        return self.edits

    def _may_be(self, anchor: Anchor) -> bool:
        """Returns whether the converter can have made it: it leaves no simplified text."""
        damaged = self._profile.state == "damaged"
        shown = anchor.kind in ("reading", "alien") and damaged
        if not (shown or self._page.is_traditional(anchor.at)):
            return False
        at, end, mark = anchor.at, anchor.end, anchor.what
        return anchor.kind != "cut" or is_cut(self._text, at, end, mark, damaged=damaged)

    def _read(self, anchor: Anchor) -> None:
        text = self._text
        left = _left(text, self.edits, anchor.at)
        if self._steps is None:
            one, drop = self._policy.one, self._policy.drop
            self._steps = Steps(text, one=one, drop=drop, private=self._profile.private_use)
            self._walker = Walker(text, self._steps)
        starts = _starts(self._steps, text, anchor, left)
        if not starts:
            return
        free = anchor.end if anchor.kind == "alien" else anchor.at
        marks = _open_marks(text, self.edits, anchor.at)
        outcome = self._walker.read(anchor.at, left, starts, marks, free)
        if outcome:
            listen(text, anchor.at, left, outcome)
        damaged = self._profile.state == "damaged"
        if (
            outcome
            and (anchor.kind == "silent" or (anchor.kind == "cut" and damaged))
            and marks
            and text[anchor.end : anchor.end + 1] in ("", "\n")
        ):
            outcome.unchanged += _UNCLOSED
        row = _judged(text, anchor, outcome, self._profile, self._least(anchor))
        if row:
            self.edits.add(*row)
            if row[2].status in APPLIED and outcome and outcome.paths[0].eaten:
                self.edits.add(*_eaten(text, row[1]))

    def _least(self, anchor: Anchor) -> float:
        """Returns how many nats better than the received text a reading must be."""
        if anchor.kind == "alien":
            return _ALIEN if self._policy.drop else _SILENT
        if anchor.kind == "gap":
            return _GAP
        if anchor.kind == "silent":
            return _SILENT if self._policy.drop else _SILENT_ALONE
        if self._profile.state == "damaged":
            return _GAP if anchor.kind == "cut" else _PLAIN
        return _PLAIN_ALONE


def _starts(steps: Steps, text: str, anchor: Anchor, left: str) -> list[Path]:
    if anchor.kind in ("reading", "alien"):
        return starts_at_reading(steps, anchor.what, anchor.end, left)
    if anchor.kind == "gap":
        return starts_at_pair(steps, anchor.at, left)
    starts = starts_at_mark(steps, anchor.what, anchor.end, left)
    following = text[anchor.end : anchor.end + 1]
    if anchor.kind == "cut" and anchor.what == "?" and following in ("。", "、"):
        starts += starts_at_pair(steps, anchor.end, left)
    elif anchor.kind == "silent" and anchor.what in "。、":
        starts += starts_at_pair(steps, anchor.at, left)
    return starts


def _open_marks(text: str, edits: Edits, at: int) -> str:
    """Returns the quotation marks that are open; looks back a bounded way in the paragraph."""
    floor = max(at - _QUOTE_REACH, text.rfind("\n", max(0, at - _QUOTE_REACH), at) + 1)
    pieces, end = [], at
    for place in range(len(edits) - 1, -1, -1):
        if edits.ends[place] <= floor:
            break
        if edits.whats[place].status in APPLIED:
            pieces += [text[edits.ends[place] : end], edits.whats[place].after]
            end = edits.starts[place]
    pieces.append(text[floor:end])
    return open_marks("".join(reversed(pieces)))


def _left(text: str, edits: Edits, at: int) -> str:
    if edits and edits.whats[-1].status in APPLIED and edits.ends[-1] > at - 3:
        return edits.whats[-1].after + text[edits.ends[-1] : at]
    return text[max(0, at - 3) : at]


def _judged(
    text: str, anchor: Anchor, outcome: Outcome | None, profile: Profile, least: float
) -> Row | None:
    kind = _KINDS[anchor.kind]
    poor = outcome is None or outcome.scores[0] < _READABLE * outcome.length
    if outcome is None or poor or outcome.scores[0] < outcome.unchanged + least:
        if anchor.kind == "reading":
            after = text[anchor.at : anchor.end]
            return anchor.at, anchor.end, What(after, kind, "uncertain")
        return None
    best = outcome.paths[0]
    chances = _shares(outcome.scores)
    status = "inferred" if chances[0] >= _least_share(kind, best, profile) else "uncertain"
    if outcome.scores[0] < outcome.unchanged + _APPLIED.get(anchor.kind, least):
        status = "uncertain"
    alone = len(outcome.scores) < 2 or outcome.scores[0] - outcome.scores[1] >= _EXACT
    if status == "inferred" and alone and profile.private_use and _is_proven(best):
        status = "exact"
    candidates = () if status == "exact" else _candidates(text, outcome, chances)
    if best.at == anchor.at:  # a character was put in before the mark: the record holds the mark
        return anchor.at, anchor.end, What(best.out + anchor.what, kind, status, candidates)
    return anchor.at, best.at, What(best.out, kind, status, candidates)


def _eaten(text: str, at: int) -> Row:
    """Returns the doubt about one ASCII character that went with a byte: often a digit."""
    number = _NUMBER.match(text, at + 1)
    end = number.end() if number else at + 1
    rest = text[at + 1 : end]
    lost = "0123456789" if number else " "
    offered = tuple(Candidate(char + rest, "lost character", 1 / len(lost)) for char in lost)
    kind = "number" if number else "drop"
    return at, end, What(text[at:end], kind, "uncertain", offered)


def _is_proven(best: Path) -> bool:
    return not (best.guessed or best.lost or not best.listed)


def _least_share(kind: str, best: Path, profile: Profile) -> float:
    if profile.state != "damaged":
        return _SURE_OF_LITTLE
    if best.guessed and not best.eaten and kind != "drop" and not best.out.startswith("。"):
        return _SURE_OF_WORD
    return _LEAST_SHARE.get(kind, _SURE)


def _shares(scores: Sequence[float]) -> list[float]:
    """Returns the probability of each reading among all, from their nats, best first."""
    weights = [exp(max(score - scores[0], -50.0)) for score in scores]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _candidates(text: str, outcome: Outcome, chances: list[float]) -> tuple[Candidate, ...]:
    """Returns the readings of the span of the best one, with their probabilities."""
    end = outcome.paths[0].at
    offered = []
    for path, chance in zip(outcome.paths[:_OFFERED], chances, strict=False):
        reading = path.out + text[path.at : end] if path.at <= end else path.out
        reason = "guessed bytes" if path.guessed else "paired bytes"
        offered.append(Candidate(reading, reason, round(chance, 4)))
    return tuple(offered)
