"""How likely a piece of Chinese text is, and which world its characters belong to.

The model counts one to four characters of news, folded to the Simplified world, so that one table
serves both. The counts lie in buckets of 16-bit prints and 8-bit logarithms: they load by one read
and need no parsing.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from importlib.resources import files
from itertools import accumulate
from math import exp, log

LOG_STEP = 0.055  # 8 bits reach e**14
LINE_END = "\u2028"  # stands for a line feed in the line of characters
BUCKETS = 100_003  # a prime; about a dozen n-grams in each
_CACHE_LIMIT = 40_000  # remembered answers, so that a text of any size needs bounded memory
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


def _mixed(key: int) -> int:
    """Returns the hash of an n-gram given as its characters, 16 bits each."""
    key = (key ^ (key >> 31)) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    return (key ^ (key >> 29)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF


def _key(gram: str) -> int:
    key = 0
    for char in gram:
        key = (key << 16) ^ ord(char)
    return key


def weight_of(count: float) -> int:
    """Returns a count as the table keeps it, 1..255."""
    return max(1, min(255, 1 + round(log(max(count, 1.0)) / LOG_STEP)))


def pack(characters: dict[str, int], grams: dict[str, int]) -> bytes:
    """Returns the bytes that `Model` loads, from characters and longer n-grams with their weights.

    Single characters stand apart, with their own names; of the others each bucket holds two bytes
    of hash and the weight, in three columns.
    """
    buckets: list[list[tuple[int, int, int]]] = [[] for _ in range(BUCKETS)]
    for gram, weight in grams.items():
        mixed = _mixed(_key(gram))
        buckets[(mixed >> 20) % BUCKETS].append((mixed & 0xFF, mixed >> 8 & 0xFF, weight))
    rows = [row for bucket in buckets for row in bucket]
    columns = b"".join(bytes(row[place] for row in rows) for place in range(3))
    line = "".join(characters).encode()
    return line + b"\n" + bytes(characters.values()) + bytes(map(len, buckets)) + columns


class Model:
    """Probabilities of a character after up to three others."""

    def __init__(self, content: bytes) -> None:
        start = content.index(b"\n\n") + 2
        end = content.index(b"\n", start)
        characters = content[start:end].decode()
        at = end + 1 + len(characters)
        self._counts = [exp((weight - 1) * LOG_STEP) for weight in range(256)]
        weights = map(self._counts.__getitem__, content[end + 1 : at])
        self._characters = dict(zip(characters, weights, strict=True))
        self._characters["\n"] = self._characters.pop(LINE_END, 0.0)
        self._total = sum(self._characters.values())
        self._starts = array("I", accumulate(content[at : at + BUCKETS], initial=0))
        at += BUCKETS
        size = self._starts[-1]
        self._first = content[at : at + size]
        self._second = content[at + size : at + 2 * size]
        self._weights = content[at + 2 * size :]
        self._known: dict[str, float] = {}
        self._scores: dict[str, float] = {}

    def _found(self, key: int) -> float:
        """Returns the count of the n-gram with this key, or of one with the same print."""
        mixed = _mixed(key)
        bucket = (mixed >> 20) % BUCKETS
        stop = self._starts[bucket + 1]
        place = self._first.find(mixed & 0xFF, self._starts[bucket], stop)
        while place >= 0:
            if self._second[place] == mixed >> 8 & 0xFF:
                return self._counts[self._weights[place]]
            place = self._first.find(mixed & 0xFF, place + 1, stop)
        return 0.0

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
            found = self._known[gram] = min(shorter, self._found(_key(gram))) if shorter else 0.0
        return found

    def likeliest(self, before: str, chars: tuple[str, ...], most: int) -> list[int]:
        """Returns the places of the characters that fit best behind one other, by pairs alone."""
        first = self._characters.get(before, 0.0)
        factor, power = _BACK_OFF[2]
        share = factor * first**power / self._total if first else 1.0
        base = ord(before) << 16 if first else 0
        rated = []
        for char in chars:
            alone = self._characters.get(char, 0.0)
            together = min(alone, self._found(base ^ ord(char))) if base and alone else 0.0
            rated.append(together + share * alone)
        return nlargest(most, range(len(chars)), key=rated.__getitem__)

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
