"""Runs of shifted characters: pairs the bytes again and lets the language model choose.

A run starts where one lead byte was separated from its second byte (a `Start`) and ends where the
pairing falls into step again: at an ASCII second byte, at a lost byte, or at an insertion that fits.
All ways to explain the received characters are followed side by side, the best few at a time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from html.entities import html5
from itertools import chain

from luoshi.text.restore_annotation import PINYIN
from luoshi.text.restore_bytes import EURO, MARKS, encoded, load_inventory, unmapped_pairs
from luoshi.text.restore_model import (
    Choice,
    Model,
    Worlds,
    load_keys,
    load_model,
    load_readings,
    load_worlds,
)
from luoshi.text.restore_quotes import left_open, unbalanced

_WIDTH = 8  # paths kept at each character
_GUESSES = 8  # readings kept of one unknown byte
_TRIED = 30  # readings looked at closely
_MOST_GUESSED = 3  # unknown bytes in one run
_HOPELESS = 12.0  # nats below the received text at which a path is given up
_FAR = 18.0  # and below the best path
_LONGEST = 300  # shown characters in one run
_BEHIND = 4  # characters behind a run that help to choose
_READING_BEHIND = re.compile(rf"({PINYIN})\)")
_INSERTION_BEHIND = re.compile(rf"\({PINYIN}\)")
ANOTHER = re.compile(rf"\?(?:\(?{PINYIN}\)|[!?;,:！？；，：])")
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
_TYPICAL = -4.5  # nats of one character of usual text
_SINGLE_MARKS = frozenset("。、，,；;：:")
_DOUBLED = -3.0  # nats for two marks in a row that never follow each other
_ALIEN = -8.0
_FOREIGN = -3.0  # nats for a simplified or private use character in traditional text


@dataclass(slots=True)
class Path:
    """One explanation of the received characters so far."""

    at: int  # the next received character
    pending: int  # a lead byte that waits for its second byte; 0 when in step
    out: str
    recent: str  # the last three characters written, folded
    score: float
    guessed: int = 0  # bytes that were not in the text
    eaten: bool = False  # an ASCII character was lost with a byte
    lost: bool = False  # a byte went without a trace
    listed: bool = True  # every key used stands in the table


@dataclass(slots=True)
class Outcome:
    """The readings of one run, best first, over the same stretch of received text."""

    start: int
    paths: list[Path]
    scores: list[float]
    unchanged: float  # score of the received text itself
    length: int  # characters that the best score covers


class Walker:
    """Reads runs in one text."""

    def __init__(self, text: str, *, one: bool, drop: bool, private: bool) -> None:
        self._text = text
        self._one, self._drop, self._private = one, drop, private
        self._model: Model = load_model()
        self._worlds: Worlds = load_worlds()
        self._inventory = load_inventory()
        self._keys = load_keys()
        self._choices: dict[tuple[str, ...], Choice] = {}
        self._handicap = self._inventory.handicap
        self._lifted = self._inventory.rare.intersection(text) - {"\u3000"}  # the page has them
        self._halved = {} if _WIDE.search(text) else _HALVES

    def read(
        self, start: int, left: str, starts: list[Path], marks: str, free: int
    ) -> Outcome | None:
        """Returns the readings of the run that begins at `start` after the restored text `left`.

        `marks` are the quotation marks open there; text[start:free] costs nothing unchanged.
        """
        text = self._text
        finished = [path for path in starts if not path.pending]
        waiting: dict[int, list[Path]] = {}
        for path in starts:
            if path.pending:
                waiting.setdefault(path.at, []).append(path)
        received, known = self._worlds.fold(left[-3:]), free
        plain = 0.0  # score of text[free:known] as received
        while waiting:
            at = min(waiting)
            if at > known:
                plain += self._plain(received, text[known:at])
                received = (received + self._worlds.fold(text[known:at]))[-3:]
                known = at
            active = nlargest(_WIDTH, waiting.pop(at), key=_score)
            least = max(plain - _HOPELESS, active[0].score - _FAR)
            for new in chain.from_iterable(self._steps(p) for p in active if p.score >= least):
                if not new.pending:
                    finished.append(new)
                elif new.at < start + _LONGEST:
                    waiting.setdefault(new.at, []).append(new)
        if not finished:
            return None
        return self._ranked(start, left, finished, marks, free)

    def start(self, left: str, start: int) -> Path:
        """Returns a path in step, to be continued by `write`."""
        return Path(start, 0, "", self._worlds.fold(left[-3:]), 0.0)

    def write(self, path: Path, char: str, at: int, pending: int, handicap: float = 0.0) -> Path:
        """Returns the path continued by one character."""
        gram = path.recent + self._worlds.fold(char)
        if not pending and (reading := self._keys.get(char)):
            insertion = f"({reading})"
            at += len(insertion) if self._text.startswith(insertion, at) else 0
        return Path(
            at,
            pending,
            path.out + (self._halved.get(char, char)),
            gram[-3:],
            path.score + self._rated(path, char) + handicap,
            path.guessed,
            path.eaten,
            path.lost,
            path.listed,
        )

    def _rated(self, path: Path, char: str) -> float:
        """Returns what the character adds to the score of the path."""
        folded = self._worlds.folding.get(ord(char), char)
        rated = self._model.score(path.recent + folded)
        if char not in self._lifted:
            rated += self._handicap[char]
        if char in _SINGLE_MARKS and path.recent[-1:] in _SINGLE_MARKS:
            rated += _DOUBLED
        return rated

    def guess(self, path: Path, chars: tuple[str, ...], at: int, pending: int) -> list[Path]:
        """Returns the path continued by each of the likeliest characters; one byte is guessed."""
        most = _TRIED if pending else _TRIED // 2
        likely = self._model.likeliest(path.recent[-1:], self._choice(chars), most)
        rated = nlargest(
            _GUESSES if not pending else 2 * _GUESSES,
            ((self._rated(path, char), char) for char in likely),
        )
        made = [self.write(path, char, at, pending) for _, char in rated]
        for new in made:
            new.guessed += 1
        return made

    def _choice(self, chars: tuple[str, ...]) -> Choice:
        found = self._choices.get(chars)
        if found is None:
            found = self._choices[chars] = Choice(chars, self._worlds, self._model)
        return found

    def _steps(self, path: Path, *, plain: bool = False) -> Iterator[Path]:
        """Yields the continuations by one shown character; plain ones guess nothing."""
        at, lead = path.at, path.pending
        char = self._text[at] if at < len(self._text) else "\n"  # the end is an end of line
        decoded = self._inventory.decoded
        code = encoded(char)
        if len(code) == 2:
            if written := decoded.get(lead << 8 | code[0]):
                if code[1] > EURO:
                    yield self.write(path, written, at + 1, code[1])
                elif code[1] < EURO:
                    new = self.write(path, written, at + 1, 0)
                    new.out += chr(code[1])
                    yield new
            if not (self._private or plain or path.guessed):
                yield from self._private_lost(path, code)
        elif code and (written := decoded.get(lead << 8 | code[0])):
            yield self.write(path, written, at + 1, 0)
        if "!" <= char <= "~" and (written := decoded.get(lead << 8 | 0xA3)):
            yield self.write(path, written, at + 1, ord(char) + 0x80, HANDICAP["wide"])
        if char == "?":
            yield from self._reading_behind(path)
        if plain or path.guessed >= _MOST_GUESSED:
            return
        if char == "?":
            yield from self._second_byte_lost(path)
        if char in "\r\n\t " or (self._drop and (char < "@" or char in MARKS)):
            yield from self._silent(path)

    def _reading_behind(self, path: Path) -> Iterator[Path]:
        """The ? hides the second byte of an annotated character and its parenthesis."""
        if match := _READING_BEHIND.match(self._text, path.at + 1 + self._one):
            readings = load_readings()
            for char in self._inventory.by_lead.get(path.pending, ()):
                if self._keys.get(char) == match[1]:
                    yield self.write(path, char, match.end(), 0)
                elif char not in self._keys and match[1] in readings.get(char, ()):
                    new = self.write(path, char, match.end(), 0, HANDICAP["unlisted"])
                    new.listed = False
                    yield new

    def _second_byte_lost(self, path: Path) -> Iterator[Path]:
        at, text = path.at, self._text
        if _READING_BEHIND.match(text, at + 1 + self._one):
            return
        guesses = self._inventory.by_lead.get(path.pending, ())
        if match := _REST.match(text, at + 1):
            for new in self.guess(path, guesses, match.end(), 0):
                new.out += html5.get(match[1], "&" + match[1]) if match[1] else ""
                yield new
            return
        behind = text[at + 1 : at + 2]
        if behind == "?" or (behind and behind not in MARKS):
            yield from self._unmapped(path)
        if behind in MARKS or self._one or not behind or behind in "\r\n":
            yield from self.guess(path, guesses, at + 1, 0)
        else:
            yield from self._doubtful(path, guesses)

    def _doubtful(self, path: Path, guesses: tuple[str, ...]) -> Iterator[Path]:
        """The ? also hides an ASCII character; it is left standing as a doubt of its own."""
        for new in self.guess(path, guesses, path.at, 0):
            new.eaten = True
            new.score += HANDICAP["eaten"]
            yield new

    def _silent(self, path: Path) -> Iterator[Path]:
        """A byte before white space or, on some pages, any ASCII character went without a trace."""
        for new in self.guess(path, self._inventory.by_lead.get(path.pending, ()), path.at, 0):
            new.lost = True
            new.score += 0.0 if self._drop else HANDICAP["lost"]
            yield new

    def _unmapped(self, path: Path) -> Iterator[Path]:
        """The ? stands for two bytes that are no character of the code page."""
        made: list[Path] = []
        behind = encoded(self._text[path.at + 1])
        for first, seconds in unmapped_pairs().items():
            if written := self._inventory.decoded.get(path.pending << 8 | first):
                half = self.write(path, written, path.at + 1, 1, HANDICAP["unmapped"])
                half.guessed += 1
                for second in seconds:
                    if len(behind) < 2 or second << 8 | behind[0] in self._inventory.decoded:
                        half.pending = second
                        made += self._steps(half, plain=True)
        yield from nlargest(_GUESSES, made, key=_score)

    def _private_lost(self, path: Path, code: bytes) -> Iterator[Path]:
        """Somebody took a private use character out: its two bytes are guessed."""
        if code[1] <= EURO:
            return
        first = [
            char
            for char in self._inventory.by_lead.get(path.pending, ())
            if _is_private_lead(encoded(char)[1])
        ]
        second = [
            char for char in self._inventory.by_trail.get(code[0], ()) if encoded(char)[0] > 0xA0
        ]
        for half in self.guess(path, tuple(first), path.at, 1)[:3]:
            for new in self.guess(half, tuple(second), path.at + 1, code[1])[:3]:
                new.score += HANDICAP["private"]
                yield new

    def _ranked(
        self, start: int, left: str, finished: list[Path], marks: str, free: int
    ) -> Outcome:
        text = self._text
        for path in finished:
            if _INSERTION_BEHIND.match(text, path.at):  # its character would have taken it
                path.score += _ALIEN
        end = min(len(text), max(path.at for path in finished) + _BEHIND)
        scored = [
            (
                path.score
                + self._behind(path.recent, path.at, end)
                + unbalanced(path.out, marks)
                + left_open(path.out, text[path.at : path.at + 1]),
                path,
            )
            for path in finished
        ]
        best: dict[str, tuple[float, Path]] = {}
        for score, path in sorted(scored, key=lambda pair: -pair[0]):
            best.setdefault(path.out + text[path.at : end], (score, path))
        ranked = list(best.values())
        unchanged = self._plain(self._worlds.fold(left[-3:]), text[free:end])
        length = len(ranked[0][1].out) + end - ranked[0][1].at
        return Outcome(start, [p for _, p in ranked], [s for s, _ in ranked], unchanged, length)

    def _behind(self, recent: str, at: int, end: int) -> float:
        """Returns the score of what follows a run; what another run shifted costs as usual text."""
        other = ANOTHER.search(self._text, at, end)
        stop = other.start() if other else end
        return self._plain(recent, self._text[at:stop]) + _TYPICAL * (end - stop)

    def _plain(self, recent: str, received: str) -> float:
        """Returns the score of text that stays as received."""
        worlds = self._worlds
        foreign = sum(c in worlds.simplified_only or "\ue000" <= c <= "\uf8ff" for c in received)
        text = recent + worlds.fold(received)
        return self._model.total(text, len(recent)) + _FOREIGN * foreign


def _score(path: Path) -> float:
    return path.score


def _is_private_lead(byte: int) -> bool:
    return 0xAA <= byte <= 0xAF or byte >= 0xF8
