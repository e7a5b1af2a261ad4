"""Word n-grams of an input method's language model, as expected counts in running text.

The file is a KenLM binary of order 3: a trie over reversed word n-grams, probabilities quantized to
8 bits, pointers chopped. Only what it takes to list the n-grams is read.
"""

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from

_HEADER = 136  # bytes before the vocabulary, for order 3
_COUNTS = 108
_UNIGRAM = 16  # probability, back-off, first child
_LEVELS = 1 << 8


class Trie:
    """The n-grams of one file."""

    def __init__(self, path: Path) -> None:
        self._data = data = path.read_bytes()
        words, pairs, triples = unpack_from("<3Q", data, _COUNTS)
        at = _HEADER + 8 + 8 * words + 8
        self._pair_levels = unpack_from(f"<{_LEVELS}f", data, at)
        self._triple_levels = unpack_from(f"<{_LEVELS}f", data, at + 8 * _LEVELS)
        self._unigrams = at + 12 * _LEVELS
        middle = self._unigrams + _UNIGRAM * (words + 2)
        self._word_bits = words.bit_length()
        table = (middle + 7) & ~7
        self._inline, chunks = _chopped(pairs + 1, triples, data[table + 1])
        self._offsets = unpack_from(f"<{chunks}Q", data, table + 8)
        self._pairs = middle + 8 * (1 + chunks) + 7
        self._pair_size = self._word_bits + 16 + self._inline
        self._triples = self._pairs + ((1 + pairs) * self._pair_size + 7) // 8 + 8
        self._triple_size = self._word_bits + 8
        end = self._triples + ((1 + triples) * self._triple_size + 7) // 8 + 8
        self._words = data[end:].decode().split("\0")[:words]

    def grams(self) -> Iterator[tuple[tuple[str, ...], float]]:
        """Yields word n-grams of one to three words with their share of all words in a text."""
        words = self._words
        alone = [10 ** self._unigram(place)[0] for place in range(len(words))]
        pairs: dict[tuple[int, int], float] = {}
        triples: list[tuple[int, int, int, float]] = []
        for last, word in enumerate(words):
            yield (word,), alone[last]
            for at in range(self._unigram(last)[1], self._unigram(last + 1)[1]):
                bit = at * self._pair_size
                middle = self._bits(self._pairs, bit, self._word_bits)
                level = self._bits(self._pairs, bit + self._word_bits + 8, 8)
                pairs[middle, last] = alone[middle] * 10 ** self._pair_levels[level]
                triples += ((first, middle, last, p) for first, p in self._before(at))
        for (first, last), share in pairs.items():
            yield (words[first], words[last]), share
        for first, middle, last, chance in triples:
            share = pairs.get((first, middle), 0.0) * chance
            yield (words[first], words[middle], words[last]), share

    def _before(self, at: int) -> Iterator[tuple[int, float]]:
        """Yields the words that were seen before a pair, with the chance of its last word then."""
        for place in range(self._child(at), self._child(at + 1)):
            bit = place * self._triple_size
            level = self._bits(self._triples, bit + self._word_bits, 8)
            first = self._bits(self._triples, bit, self._word_bits)
            yield first, 10 ** self._triple_levels[level]

    def _unigram(self, place: int) -> tuple[float, int]:
        probability, _, child = unpack_from("<ffQ", self._data, self._unigrams + _UNIGRAM * place)
        return probability, child

    def _child(self, place: int) -> int:
        bit = place * self._pair_size + self._word_bits + 16
        high = bisect_right(self._offsets, place) - 1
        return high << self._inline | self._bits(self._pairs, bit, self._inline)

    def _bits(self, base: int, bit: int, size: int) -> int:
        at = base + (bit >> 3)
        return int.from_bytes(self._data[at : at + 8], "little") >> (bit & 7) & (1 << size) - 1


def _chopped(entries: int, largest: int, most: int) -> tuple[int, int]:
    """Returns the bits of a pointer that stand inline, and the number of its chopped prefixes."""
    bits = largest.bit_length()
    costs = [(largest >> bits - chop) * 64 - entries * chop for chop in range(min(bits, most) + 1)]
    chop = costs.index(min(costs))
    return bits - chop, (largest >> bits - chop) + 1
