"""How likely a piece of Chinese text is, and which world its characters belong to.

The model counts one to four characters of news, folded to the Simplified world, so that one table
serves both. Counts are 8-bit logarithms. Pairs stand in full behind their first character, longer
n-grams lie in buckets of 16-bit prints: they load by one read and need no parsing.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import exp, log

LOG_STEP = 0.055  # 8 bits reach e**14
LINE_END = "\u2028"  # stands for a line feed in the line of characters
BUCKETS = 100_003  # a prime; seven or eight n-grams in each
_CACHE_LIMIT = 40_000  # remembered answers, so that a text of any size needs bounded memory
# Weight of the shorter context, by the length of the n-gram: factor * count ** power. Fitted on the
# held-out tenth of the news; it stands for what was never seen or left out of the table.
BACK_OFF = ((0.0, 0.0), (0.0, 0.0), (8.0, 0.65), (6.0, 0.82), (4.0, 0.9))
_UNSEEN = 1e-8
_NOWHERE = (0, 0)


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

    Characters stand first, then the pairs of each in two columns: the second character in 16 bits
    and the weight. Of longer n-grams each bucket holds two bytes of hash and the weight, in three
    columns.
    """
    pairs: dict[str, list[str]] = {char: [] for char in characters}
    buckets: list[list[tuple[int, int, int]]] = [[] for _ in range(BUCKETS)]
    for gram, weight in grams.items():
        if len(gram) == 2:
            pairs[gram[0].replace("\n", LINE_END)].append(gram[1])
        else:
            mixed = _mixed(_key(gram))
            buckets[(mixed >> 20) % BUCKETS].append((mixed & 0xFF, mixed >> 8 & 0xFF, weight))
    followers = [first.replace(LINE_END, "\n") + char for first in pairs for char in pairs[first]]
    rows = [row for bucket in buckets for row in bucket]
    return b"".join(
        (
            "".join(characters).encode() + b"\n",
            bytes(characters.values()),
            b"".join(len(seconds).to_bytes(2, "little") for seconds in pairs.values()),
            "".join(pair[1] for pair in followers).encode("utf-16-le"),
            bytes(map(grams.__getitem__, followers)),
            bytes(map(len, buckets)),
            *(bytes(row[place] for row in rows) for place in range(3)),
        )
    )


class Choice:
    """Characters among which one is chosen again and again."""

    __slots__ = ("by_folded", "usual")

    def __init__(self, chars: Iterable[str], worlds: Worlds, model: "Model") -> None:
        self.by_folded: dict[str, list[str]] = {}
        for char in chars:
            self.by_folded.setdefault(worlds.fold(char), []).append(char)
        self.usual = sorted(self.by_folded, key=model.count, reverse=True)


class Model:
    """Probabilities of a character after up to three others."""

    def __init__(self, content: bytes) -> None:
        start = content.index(b"\n\n") + 2
        end = content.index(b"\n", start)
        line = content[start:end].decode().replace(LINE_END, "\n")
        size = len(line)
        at = end + 1
        self._singles = dict(zip(line, content[at : at + size], strict=True))
        at += size
        sizes = content[at : at + 2 * size]
        by_place = accumulate((low | high << 8 for low, high in _two(sizes)), initial=0)
        starts = list(by_place)
        self._rows = dict(zip(line, pairwise(starts), strict=True))
        at += 2 * size
        self._seconds = content[at : at + 2 * starts[-1]].decode("utf-16-le")
        at += 2 * starts[-1]
        self._pair_weights = content[at : at + starts[-1]]
        at += starts[-1]
        self._starts = array("I", accumulate(content[at : at + BUCKETS], initial=0))
        at += BUCKETS
        size = self._starts[-1]
        self._prints = content[at : at + size], content[at + size : at + 2 * size]
        self._weights = content[at + 2 * size :]
        self._counts = [0.0, *(exp((weight - 1) * LOG_STEP) for weight in range(1, 256))]
        total = sum(map(self._counts.__getitem__, self._singles.values()))
        self._alone = [_UNSEEN, *(max(count / total, _UNSEEN) for count in self._counts[1:])]
        self._strengths = [
            [factor * count**power for count in self._counts] for factor, power in BACK_OFF
        ]
        self._known: dict[str, int] = {}
        self._scores: dict[str, float] = {}

    def count(self, char: str) -> float:
        """Returns how often the character was seen."""
        return self._counts[self._singles.get(char, 0)]

    def _pair(self, first: str, second: str) -> int:
        start, stop = self._rows.get(first, _NOWHERE)
        place = self._seconds.find(second, start, stop)
        return self._pair_weights[place] if place >= 0 else 0

    def _longer(self, gram: str, most: int) -> int:
        """Returns the weight of an n-gram of three or four, 0 when it is not in the table.

        A print that fits by chance is unmasked by the shorter n-grams, whose weight is `most`.
        """
        found = self._known.get(gram)
        if found is None:
            if len(self._known) > _CACHE_LIMIT:
                self._known.clear()
            found = self._known[gram] = min(most, self._found(_key(gram)))
        return found

    def _found(self, key: int) -> int:
        """Returns the weight of the n-gram with this key, or of one with the same print."""
        mixed = _mixed(key)
        bucket = (mixed >> 20) % BUCKETS
        stop = self._starts[bucket + 1]
        first, second = self._prints
        place = first.find(mixed & 0xFF, self._starts[bucket], stop)
        while place >= 0:
            if second[place] == mixed >> 8 & 0xFF:
                return self._weights[place]
            place = first.find(mixed & 0xFF, place + 1, stop)
        return 0

    def likeliest(self, before: str, choice: Choice, most: int) -> list[str]:
        """Returns the characters of the choice that fit best behind one other, by pairs alone."""
        weight = self._singles.get(before, 0)
        usual = choice.usual[:most]
        if not weight:
            return _unfolded(choice, usual, most)
        share = self._strengths[2][weight]
        start, stop = self._rows[before]
        both = choice.by_folded.keys() & self._seconds[start:stop]
        rated = {char: share * self._alone[self._singles.get(char, 0)] for char in usual}
        for char in both:
            place = self._seconds.find(char, start, stop)
            alone = share * self._alone[self._singles[char]]
            rated[char] = self._counts[self._pair_weights[place]] + alone
        return _unfolded(choice, sorted(rated, key=lambda char: (-rated[char], char)), most)

    def score(self, gram: str) -> float:
        """Returns log P(last character | the characters before it), for 1..4 folded characters."""
        found = self._scores.get(gram)
        if found is None:
            if len(self._scores) > _CACHE_LIMIT:
                self._scores.clear()
            found = self._scores[gram] = log(self._probability(gram))
        return found

    def _probability(self, gram: str) -> float:
        """Interpolates from the single character to the longest context that was seen."""
        size, counts = len(gram), self._counts
        probability = self._alone[self._singles.get(gram[-1], 0)]
        context = self._singles.get(gram[-2], 0) if size > 1 else 0
        if not context:
            return probability
        pair = self._pair(gram[-2], gram[-1])
        strength = self._strengths[2][context]
        probability = (counts[pair] + strength * probability) / (counts[context] + strength)
        near = self._pair(gram[-3], gram[-2]) if size > 2 else 0
        if not near:
            return probability
        triple = self._longer(gram[-3:], min(pair, near)) if pair else 0
        strength = self._strengths[3][near]
        probability = (counts[triple] + strength * probability) / (counts[near] + strength)
        far = self._pair(gram[0], gram[1]) if size > 3 else 0
        context = self._longer(gram[:3], min(far, near)) if far else 0
        if not context:
            return probability
        whole = min(triple, context)
        whole = self._longer(gram, whole) if whole else 0
        strength = self._strengths[4][context]
        return (counts[whole] + strength * probability) / (counts[context] + strength)

    def total(self, text: str, start: int) -> float:
        """Returns the log probability of text[start:] after text[:start]; text is folded."""
        return sum(self.score(text[max(0, at - 3) : at + 1]) for at in range(start, len(text)))


def _two(column: bytes) -> Iterator[tuple[int, int]]:
    return zip(column[::2], column[1::2], strict=True)


def _unfolded(choice: Choice, folded: list[str], most: int) -> list[str]:
    found = [char for each in folded for char in choice.by_folded[each]]
    return found[:most]


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
