"""Runs of shifted characters: pairs the bytes again, one received character at a time.

A run starts where one lead byte was separated from its second byte and ends where the pairing falls
into step again: at an ASCII second byte, at a lost byte, or at an insertion that fits.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from html.entities import html5
from typing import NamedTuple

from luoshi.text.restore_annotation import PINYIN
from luoshi.text.restore_bytes import EURO, MARKS, encoded, load_inventory
from luoshi.text.restore_choices import annotated, halves, load_choices
from luoshi.text.restore_model import Choice, load_keys, load_model, load_worlds

_GUESSES = 8  # readings kept of one unknown byte
_TRIED = 30  # readings looked at closely
_MOST_GUESSED = 3  # unknown bytes in one run
_READING_BEHIND = re.compile(rf"({PINYIN})\)")
_REST = re.compile(
    r"(?:([A-Za-z]{2,8};|#\d{2,5};)|/?(?:p|br|span|div|strong|b|a|td|tr|li|font|em)\b[^<>\n]{0,80}>)"
)
HANDICAP = {
    "lost": -4.0,
    "eaten": -5.0,
    "unlisted": -3.0,
    "wide": -0.5,
    "private": -5.0,
    "unmapped": -2.0,
}
_WIDE = re.compile("[！-～]")
_HALVES = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SINGLE_MARKS = frozenset("。、，,；;：:")
_DOUBLED = -3.0  # nats for two marks in a row that never follow each other


@dataclass(slots=True)
class Path:
    """One explanation of the received characters so far."""

    at: int  # the next received character
    pending: int  # a lead byte that waits for its second byte; 0 when in step
    out: str
    recent: str  # the last characters written, folded; at most three
    score: float
    guessed: int = 0  # bytes that were not in the text
    eaten: bool = False  # an ASCII character was lost with a byte
    lost: bool = False  # a byte went without a trace
    listed: bool = True  # every key used stands in the table
    rivals: tuple["Rival", ...] = ()

    @property
    def state(self) -> tuple[int, str, int]:
        """Returns what its continuations depend on, besides the place."""
        return self.pending, self.recent, self.guessed


class Rival(NamedTuple):
    """A path that fell together with a better one: both go on alike."""

    path: Path
    written: int  # characters of the better one at that place
    behind: float  # nats between the two

    def follow(self, better: Path) -> Path:
        """Returns the path, continued as the better one was."""
        path = self.path
        return Path(
            better.at,
            0,
            path.out + better.out[self.written :],
            better.recent,
            better.score - self.behind,
            better.guessed,
            path.eaten or better.eaten,
            path.lost or better.lost,
            path.listed and better.listed,
            path.rivals,
        )


class Steps:
    """Continues paths in one text."""

    def __init__(
        self, text: str, *, one: bool, drop: bool, private: bool, bare: Mapping[str, float]
    ) -> None:
        self._text = text
        self._bare = bare  # nats of characters that this page annotates, where they stand bare
        self._one, self._drop, self._private = one, drop, private
        inventory = load_inventory()
        model, self._fold = load_model(), load_worlds().fold
        self._likeliest, self._scores, self._contexts = (
            model.likeliest,
            model.scores,
            model.contexts,
        )
        self._decoded, self._folded, self._worth = (
            inventory.decoded,
            inventory.folded,
            inventory.handicap,
        )
        self._keys = load_keys()
        if bare:
            self._worth = self._worth | {c: n + self._worth[c] for c, n in bare.items()}
        if lifted := inventory.rare.intersection(text) - {"\u3000"}:  # the page has them
            self._worth = self._worth | dict.fromkeys(lifted, 0.0)
        self._halved = {} if _WIDE.search(text) else _HALVES

    def start(self, left: str, start: int) -> Path:
        """Returns a path in step, to be continued by `write`."""
        return Path(start, 0, "", self.recent(left), 0.0)

    def recent(self, left: str) -> str:
        """Returns what the model looks at of the text before a run."""
        return self._contexts[self._fold(left[-3:])][0]

    def shorten(self, path: Path) -> None:
        """Forgets of the last characters what the model never saw: it makes no difference."""
        path.recent = self._contexts[path.recent][0]

    def write(self, path: Path, char: str, at: int, pending: int, handicap: float = 0.0) -> Path:
        """Returns the path continued by one character."""
        score = self._scores[path.recent + self._folded[char]] + self._extra(path.recent, char)
        return self._written(path, char, at, pending, score + handicap)

    def _written(self, path: Path, char: str, at: int, pending: int, score: float) -> Path:
        if not pending and (reading := self._keys.get(char)):
            insertion = f"({reading})"
            if self._text.startswith(insertion, at):
                at += len(insertion)
                score -= self._bare.get(char, 0.0)
        return Path(
            at,
            pending,
            path.out + self._halved.get(char, char),
            (path.recent + self._folded[char])[-3:],
            path.score + score,
            path.guessed,
            path.eaten,
            path.lost,
            path.listed,
            path.rivals,
        )

    def _extra(self, recent: str, char: str) -> float:
        """Returns what speaks against the character besides the model."""
        if char in _SINGLE_MARKS and recent[-1:] in _SINGLE_MARKS:
            return self._worth[char] + _DOUBLED
        return self._worth[char]

    def guess(self, path: Path, choice: Choice | None, at: int, pending: int) -> list[Path]:
        """Returns the path continued by each of the likeliest characters; one byte is guessed."""
        if not choice:
            return []
        recent, double = path.recent, 1 + bool(pending)
        likely = self._likeliest(recent, choice, _TRIED * double // 2)
        rated = [(score + self._extra(recent, char), char) for score, char in likely]
        best = nlargest(_GUESSES * double, rated)
        made = [self._written(path, char, at, pending, score) for score, char in best]
        for new in made:
            new.guessed += 1
        return made

    def after(self, path: Path) -> list[Path]:
        """Returns the continuations by one shown character."""
        at = path.at
        char = self._text[at] if at < len(self._text) else "\n"  # the end is an end of line
        code = encoded(char)
        found = self._paired(path, char, code)
        if len(code) == 2:
            if not (self._private or path.guessed) and code[1] > EURO:
                found += self._private_lost(path, code)
        elif char == "?":
            behind = _READING_BEHIND.match(self._text, at + 1 + self._one)
            if behind:
                found += self._reading_behind(path, behind[1], behind.end())
            elif path.guessed < _MOST_GUESSED:
                found += self._second_byte_lost(path)
        if path.guessed < _MOST_GUESSED and (
            char in "\r\n\t " or (self._drop and (char < "@" or char in MARKS))
        ):
            found += self._silent(path)
        return found

    def _paired(self, path: Path, char: str, code: bytes) -> list[Path]:
        """Returns the continuations in which the shown bytes are what they seem."""
        at, lead = path.at, path.pending << 8
        written = self._decoded.get(lead | code[0]) if code else None
        found = []
        if len(code) == 2:
            if written and code[1] > EURO:
                found = [self.write(path, written, at + 1, code[1])]
            elif written and code[1] < EURO:
                new = self.write(path, written, at + 1, 0)
                new.out += chr(code[1])
                found = [new]
        elif written:
            # Its insertion, if it had one, was taken out before.
            found = [self.write(path, written, at + 1, 0, -self._bare.get(written, 0.0))]
        if "!" <= char <= "~" and (written := self._decoded.get(lead | 0xA3)):
            found.append(self.write(path, written, at + 1, ord(char) + 0x80, HANDICAP["wide"]))
        return found

    def _reading_behind(self, path: Path, reading: str, end: int) -> Iterator[Path]:
        """The ? hides the second byte of an annotated character and its parenthesis."""
        for char, listed in annotated(path.pending, reading):
            unusual = 0.0 if listed else HANDICAP["unlisted"]
            new = self.write(path, char, end, 0, unusual - self._bare.get(char, 0.0))
            new.listed = path.listed and listed
            yield new

    def _second_byte_lost(self, path: Path) -> list[Path]:
        at, text = path.at, self._text
        guesses = load_choices().by_lead.get(path.pending)
        if match := _REST.match(text, at + 1):
            made = self.guess(path, guesses, match.end(), 0)
            for new in made:
                new.out += html5.get(match[1], "&" + match[1]) if match[1] else ""
            return made
        behind = text[at + 1 : at + 2]
        made = []
        if behind == "?" or (behind and behind not in MARKS):
            made = self._unmapped(path, behind)
        if behind in MARKS or self._one or not behind or behind in "\r\n":
            return made + self.guess(path, guesses, at + 1, 0)
        return made + self._doubtful(path, guesses)

    def _doubtful(self, path: Path, guesses: Choice | None) -> list[Path]:
        """The ? also hides an ASCII character; it is left standing as a doubt of its own."""
        made = self.guess(path, guesses, path.at, 0)
        for new in made:
            new.eaten = True
            new.score += HANDICAP["eaten"]
        return made

    def _silent(self, path: Path) -> list[Path]:
        """A byte before white space or, on some pages, any ASCII character went without a trace."""
        made = self.guess(path, load_choices().by_lead.get(path.pending), path.at, 0)
        for new in made:
            new.lost = True
            new.score += 0.0 if self._drop else HANDICAP["lost"]
        return made

    def _unmapped(self, path: Path, behind: str) -> list[Path]:
        """The ? stands for two bytes that are no character of the code page."""
        made: list[Path] = []
        code = encoded(behind)
        for written, seconds in halves(path.pending, code[0] if len(code) == 2 else 0):
            half = self.write(path, written, path.at + 1, 1, HANDICAP["unmapped"])
            half.guessed += 1
            for second in seconds:
                half.pending = second
                made += self._paired(half, behind, code)
                if behind == "?" and (
                    match := _READING_BEHIND.match(self._text, half.at + 1 + self._one)
                ):
                    made += self._reading_behind(half, match[1], match.end())
        return nlargest(_GUESSES, made, key=_score)

    def _private_lost(self, path: Path, code: bytes) -> Iterator[Path]:
        """Somebody took a private use character out: its two bytes are guessed."""
        choices = load_choices()
        second = choices.private_trail.get(code[0])
        for half in self.guess(path, choices.private_lead.get(path.pending), path.at, 1)[:3]:
            for new in self.guess(half, second, path.at + 1, code[1])[:3]:
                new.score += HANDICAP["private"]
                yield new


def _score(path: Path) -> float:
    return path.score
