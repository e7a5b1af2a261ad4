"""How likely a piece of Chinese text is, and which world its characters belong to.

The model counts one to four characters of news, folded to the Simplified world, so that one table
serves both. The counts lie in an open-addressed table of 16-bit fingerprints and 8-bit logarithms:
it loads by one read and needs no parsing.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import TypeAlias

LOG_STEP = 0.055  # 8 bits reach e**14
LINE_END = "\u2028"  # stands for a line feed in the line of characters
SLOTS = 1_200_007  # a prime; three bytes each
_CACHE_LIMIT = 200_000  # remembered answers, so that a text of any size needs bounded memory
# Weight of the shorter context, by the length of the n-gram: factor * count ** power. Fitted on the
# held-out tenth of the news; it stands for what was never seen or left out of the table.
_BACK_OFF = ((0.0, 0.0), (0.0, 0.0), (8.0, 0.65), (6.0, 0.82), (4.0, 0.9))
_UNSEEN = 1e-8


@dataclass(frozen=True, slots=True)
class Worlds:
    """Character tables of the two worlds."""

    to_simplified: dict[str, str]
    written: dict[str, str]  # what a page converter writes for a simplified character
    also: frozenset[str]  # traditional characters that converters never write
    simplified_only: frozenset[str]
    folding: dict[int, str]

    def fold(self, text: str) -> str:
        """Returns the text in the form the model counts: same length, simplified, half width."""
        return text.translate(self.folding)

    def is_traditional(self, char: str) -> bool:
        """Returns whether the character exists in the Traditional world alone."""
        return char in self.to_simplified


def _folding(to_simplified: dict[str, str]) -> dict[int, str]:
    table = {ord(char): simplified for char, simplified in to_simplified.items()}
    for code in range(0x21, 0x7F):
        char = chr(code)
        plain = "0" if char.isdigit() else "a" if char.isalpha() else char
        table[code] = table[code + 0xFEE0] = plain
    table.update(dict.fromkeys((0x3000, 0xA0, 0x09, 0x20), " "))
    table[0x0D] = "\n"
    table |= {ord("『"): "“", ord("「"): "“", ord("』"): "”", ord("」"): "”"}
    return table


def parse_worlds(content: str) -> Worlds:
    """Returns the character tables from the content of worlds.txt."""
    written: dict[str, str] = {}
    to_simplified: dict[str, str] = {}
    for line in content.splitlines():
        if line.startswith("#"):
            continue
        first, second, third = line.split("\t")
        if first == "=":
            to_simplified[second] = third
        else:
            written[first] = second
    only = frozenset(char for char, form in written.items() if form != char)
    never = frozenset(to_simplified.keys() - set(written.values()))
    return Worlds(to_simplified, written, never, only, _folding(to_simplified))


def _mixed(gram: str) -> int:
    key = 0
    for char in gram:
        key = (key << 16) ^ ord(char)
    key = (key ^ (key >> 31)) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    return (key ^ (key >> 29)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF


Table: TypeAlias = "tuple[array[int], bytearray]"


def empty_table() -> Table:
    """Returns a table to fill with `insert`."""
    return array("H", bytes(2 * SLOTS)), bytearray(SLOTS)


def _slot(table: Table, gram: str) -> tuple[int, int]:
    mixed = _mixed(gram)
    prints, weights = table
    place, fingerprint = (mixed >> 20) % SLOTS, mixed & 0xFFFF
    while weights[place] and prints[place] != fingerprint:
        place = place + 1 if place + 1 < SLOTS else 0
    return place, fingerprint


def insert(table: Table, gram: str, weight: int) -> None:
    """Puts the logarithmic count (1..255) of an n-gram into the table."""
    place, fingerprint = _slot(table, gram)
    table[0][place] = fingerprint
    table[1][place] = weight


def weight_of(count: float) -> int:
    """Returns a count as the table keeps it, 1..255."""
    return max(1, min(255, 1 + round(log(max(count, 1.0)) / LOG_STEP)))


def pack(characters: dict[str, int], table: Table) -> bytes:
    """Returns the bytes that `Model` loads: single characters apart, since no print confuses them."""
    prints = array("H", table[0])
    if sys.byteorder == "big":
        prints.byteswap()
    line = "".join(characters).encode()
    return line + b"\n" + bytes(characters.values()) + prints.tobytes() + bytes(table[1])


class Model:
    """Probabilities of a character after up to three others."""

    def __init__(self, content: bytes) -> None:
        start = content.index(b"\n\n") + 2
        end = content.index(b"\n", start)
        characters = content[start:end].decode()
        weights, at = content[end + 1 : end + 1 + len(characters)], end + 1 + len(characters)
        prints = array("H")
        prints.frombytes(content[at : at + 2 * SLOTS])
        if sys.byteorder == "big":
            prints.byteswap()
        self._table: Table = (prints, bytearray(content[at + 2 * SLOTS :]))
        self._counts = [0.0] + [exp((weight - 1) * LOG_STEP) for weight in range(1, 256)]
        self._characters = {
            char: self._counts[weight] for char, weight in zip(characters, weights, strict=True)
        }
        self._characters["\n"] = self._characters.pop(LINE_END, 0.0)
        self._total = sum(self._characters.values())
        self._known: dict[str, float] = {}
        self._scores: dict[str, float] = {}

    def count(self, gram: str) -> float:
        """Returns how often the n-gram was seen; 0.0 when it is not in the table.

        A print that fits by chance is unmasked by the shorter n-gram, which is never rarer.
        """
        if len(gram) == 1:
            return self._characters.get(gram, 0.0)
        found = self._known.get(gram)
        if found is None:
            if len(self._known) > _CACHE_LIMIT:
                self._known.clear()
            shorter = min(self.count(gram[1:]), self.count(gram[:-1]))
            found = 0.0
            if shorter:
                place, _ = _slot(self._table, gram)
                found = min(shorter, self._counts[self._table[1][place]])
            self._known[gram] = found
        return found

    def score(self, gram: str) -> float:
        """Returns log P(last character | the characters before it), for 1..4 folded characters."""
        found = self._scores.get(gram)
        if found is None:
            if len(self._scores) > _CACHE_LIMIT:
                self._scores.clear()
            found = self._scores[gram] = log(self._probability(gram))
        return found

    def _probability(self, gram: str) -> float:
        last = gram[-1]
        probability = max(self.count(last) / self._total, _UNSEEN)
        for size in range(2, len(gram) + 1):
            context = self.count(gram[-size:-1])
            if not context:
                break
            seen = self.count(gram[-size:])
            factor, power = _BACK_OFF[size]
            strength = factor * context**power
            probability = (seen + strength * probability) / (context + strength)
        return probability

    def total(self, text: str, start: int) -> float:
        """Returns the log probability of text[start:] after text[:start]; text is folded."""
        return sum(self.score(text[max(0, at - 3) : at + 1]) for at in range(start, len(text)))


def lines_of(name: str) -> Iterator[str]:
    """Yields the lines of a lexicon file without its head."""
    content = files("luoshi.text").joinpath("lexicon", name).read_text("utf-8")
    return (line for line in content.splitlines() if line and not line.startswith("#"))


@cache
def load_model() -> Model:
    """Returns the model; read from disk at the first call."""
    return Model(files("luoshi.text").joinpath("lexicon", "ngrams.bin").read_bytes())


@cache
def load_worlds() -> Worlds:
    """Returns the character tables; read at the first call."""
    return parse_worlds(files("luoshi.text").joinpath("lexicon", "worlds.txt").read_text("utf-8"))


@cache
def load_readings() -> dict[str, frozenset[str]]:
    """Returns the toned readings of each character of GBK."""
    by_char: dict[str, set[str]] = {}
    for line in lines_of("readings.txt"):
        reading, chars = line.split("\t")
        for char in chars:
            by_char.setdefault(char, set()).add(reading)
    return {char: frozenset(found) for char, found in by_char.items()}


@cache
def load_keys() -> dict[str, str]:
    """Returns the constant reading of each character that converters annotate."""
    return _parse_keys(lines_of("annotation.txt"))


def _parse_keys(lines: Iterable[str]) -> dict[str, str]:
    return {line[0]: line[1:].split("\t")[0] for line in lines}
