"""The word lists of `lexicon/`, read once and only when they are asked for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("lexicon")
FIRST_CJK, LAST_CJK = 0x3400, 0x9FFF


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list without comments and blanks, in the order of the file."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and line[0] != "#")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a list (separated by blanks or lines), longest first."""
    found = {word for line in lines(name) for word in line.split()}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def groups(name: str) -> dict[str, tuple[str, ...]]:
    """The words of each group of a list whose lines read `group: word word`."""
    table: dict[str, tuple[str, ...]] = {}
    for line in lines(name):
        key, _, rest = line.partition(":")
        table[key.strip()] = table.get(key.strip(), ()) + tuple(rest.split())
    return table


@cache
def any_of(name: str, group: str = "") -> str:
    """A regular expression (one group, not capturing) that matches a word, the longest first."""
    chosen = groups(name)[group] if group else words(name)
    ordered = sorted(set(chosen), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


@cache
def simplified() -> dict[int, int]:
    """Traditional code point to Simplified code point."""
    table: dict[int, int] = {}
    for line in lines("simplified"):
        for pair in line.split():
            table[ord(pair[0])] = ord(pair[1])
    return table
