"""How alike two wordings are, by pairs of neighbouring characters. Pure."""

from __future__ import annotations

import re

from luoshi.text.wordlists import simplified

_KEPT = re.compile(r"[\u3400-\u9fffA-Za-z0-9.%]")
ALIKE = 0.5  # of the shorter wording's pairs: of less, two matters are not the same
ALIKE_FOR_THE_SAME_UNIT = 0.35
FEWEST = 4  # pairs: a shorter wording is alike to everything


def likeness(first: str, second: str) -> float:
    """The share of the shorter wording's pairs that the other has, too: 0 to 1."""
    one, two = pairs(first), pairs(second)
    least = min(len(one), len(two))
    return len(one & two) / least if least >= FEWEST else 0.0


def pairs(words: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a wording, without marks, in Simplified."""
    kept = "".join(_KEPT.findall(words.translate(simplified())))
    return frozenset(kept[at : at + 2] for at in range(len(kept) - 1))


def telling(words: str, most: int) -> list[str]:
    """Stretches of four characters, spread over the words: what a search can look for, in Simplified too."""
    runs = re.findall(r"[\u3400-\u9fff]{4,}", words)
    found = [run[at : at + 4] for run in runs for at in range(0, len(run) - 3, 2)]
    distinct = list(dict.fromkeys(found))
    every = max(1, len(distinct) // most)
    chosen = distinct[::every][:most]
    return list(dict.fromkeys([*chosen, *(each.translate(simplified()) for each in chosen)]))
