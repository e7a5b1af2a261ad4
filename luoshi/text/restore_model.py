"""How likely a piece of Chinese text is, and which world its characters belong to.

The model counts one to four characters of news, folded to the Simplified world, so that one table
serves both. Counts are 8-bit logarithms. Pairs stand in full behind their first character, longer
n-grams lie in buckets of 16-bit prints: they load by one read and need no parsing.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import exp, log
from typing import TypeAlias, TypeVar

LOG_STEP = 0.055  # 8 bits reach e**14
LINE_END = "\u2028"  # stands for a line feed in the line of characters
BUCKETS = 100_003  # a prime; seven or eight n-grams in each
_CACHE_LIMIT = 40_000  # remembered answers, so that a text of any size needs bounded memory
# Weight of the shorter context, by the length of the n-gram: factor * count ** power. Fitted on the
# held-out tenth of the news; it stands for what was never seen or left out of the table.
BACK_OFF = ((0.0, 0.0), (0.0, 0.0), (8.0, 0.65), (6.0, 0.82), (4.0, 0.9))
_UNSEEN = 1e-8
_CHOICE_LIMIT = 400  # the same for one unknown byte
_NOWHERE = (0, 0)

# The last characters, as many as tell anything about the next one; weights of one, two, all three.
Context: TypeAlias = tuple[str, int, int, int]
_Answer = TypeVar("_Answer")


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


class _Memo(dict[str, _Answer]):
    """Remembers answers about pieces of text: most are asked for more than once."""

    def __init__(self, answer: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, key: str) -> _Answer:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        found = self[key] = self._answer(key)
        return found


class Choice:
    """Characters among which one is chosen again and again."""

    __slots__ = ("by_folded", "known", "usual")

    def __init__(self, chars: Iterable[str], worlds: Worlds, model: "Model") -> None:
        self.by_folded: dict[str, list[str]] = {}
        for char in chars:
            self.by_folded.setdefault(worlds.fold(char), []).append(char)
        self.usual = sorted(self.by_folded, key=model.count, reverse=True)
        self.known: dict[tuple[str, int], tuple[str, bytes]] = {}  # answers of the model


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
        self._strengths: list[list[float]] = [
            [factor * count**power for count in self._counts] for factor, power in BACK_OFF
        ]
        self._known: dict[str, int] = {}
        self.scores: dict[str, float] = _Memo(self._logarithm)
        self.contexts: dict[str, Context] = _Memo(self._context)

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

    def likeliest(self, recent: str, choice: Choice, most: int) -> list[tuple[float, str]]:
        """Returns those that fit best behind the last character, each with its `score`."""
        context = self.contexts[recent]
        found: list[tuple[float, str]] = []
        chars, weights = self._behind_one(recent[-1:], choice, most)
        for char, pair in zip(chars, weights, strict=True):
            score = log(self._behind(context, char, pair))
            found += [(score, written) for written in choice.by_folded[char]]
        return found[:most]

    def _behind_one(self, before: str, choice: Choice, most: int) -> tuple[str, bytes]:
        """Returns the folded characters that fit best behind one other, and the pairs' weights."""
        known = choice.known.get((before, most))
        if known:
            return known
        if len(choice.known) > _CHOICE_LIMIT:
            choice.known.clear()
        start, stop = self._rows.get(before, _NOWHERE)
        share = self._strengths[2][self._singles.get(before, 0)] or 1.0
        pairs = dict.fromkeys(choice.usual[:most], 0)
        for char in choice.by_folded.keys() & self._seconds[start:stop]:
            pairs[char] = self._pair_weights[self._seconds.find(char, start, stop)]
        counts, alone, singles = self._counts, self._alone, self._singles
        rated = [
            (counts[pair] + share * alone[singles.get(char, 0)], char)
            for char, pair in pairs.items()
        ]
        rated.sort(reverse=True)
        chars = "".join(char for _, char in rated[:most])
        known = choice.known[before, most] = chars, bytes(map(pairs.__getitem__, chars))
        return known

    def score(self, gram: str) -> float:
        """Returns log P(last character | the characters before it), for 1..4 folded characters."""
        return self.scores[gram]

    def total(self, text: str, start: int) -> float:
        """Returns the log probability of text[start:] after text[:start]; text is folded."""
        grams = [text[at - 3 if at > 3 else 0 : at + 1] for at in range(start, len(text))]
        return sum(map(self.scores.__getitem__, grams))

    def _logarithm(self, gram: str) -> float:
        context = self.contexts[gram[:-1]]
        return log(self._behind(context, gram[-1], self._pair(gram[-2:-1], gram[-1])))

    def _context(self, recent: str) -> Context:
        """Returns what is known of up to three characters, and how many of them matter."""
        one = self._singles.get(recent[-1:], 0)
        two = self._pair(recent[-2], recent[-1]) if one and len(recent) > 1 else 0
        if not two:
            return recent[-1:], one, 0, 0
        far = self._pair(recent[0], recent[1]) if len(recent) > 2 else 0
        three = self._longer(recent, min(far, two)) if far else 0
        return recent if three else recent[-2:], one, two, three

    def _behind(self, context: Context, char: str, pair: int) -> float:
        """Interpolates from the single character to the longest context that was seen."""
        recent, one, two, three = context
        counts, strengths = self._counts, self._strengths
        probability = self._alone[self._singles.get(char, 0)]
        if not one:
            return probability
        strength = strengths[2][one]
        probability = (counts[pair] + strength * probability) / (counts[one] + strength)
        if not two:
            return probability
        triple = self._longer(recent[-2:] + char, min(pair, two)) if pair else 0
        strength = strengths[3][two]
        probability = (counts[triple] + strength * probability) / (counts[two] + strength)
        if not three:
            return probability
        whole = self._longer(recent + char, min(triple, three)) if triple else 0
        strength = strengths[4][three]
        return (counts[whole] + strength * probability) / (counts[three] + strength)


def _two(column: bytes) -> Iterator[tuple[int, int]]:
    return zip(column[::2], column[1::2], strict=True)


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
