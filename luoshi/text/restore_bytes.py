"""The bytes behind the characters: code page 936 as the page converters used it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from luoshi.text.restore_model import load_keys, load_readings, load_worlds

EURO = 0x80  # a single byte of its own in this code page
MARKS = {  # marks at which a converter cuts, with their bytes; stores often show them half width
    "!": (0xA3, 0xA1),
    "?": (0xA3, 0xBF),
    ";": (0xA3, 0xBB),
    ",": (0xA3, 0xAC),
    ":": (0xA3, 0xBA),
    "。": (0xA1, 0xA3),
    "、": (0xA1, 0xA2),
}
MARKS |= {chr(ord(mark) + 0xFEE0): pair for mark, pair in MARKS.items() if mark < "\x7f"}
_SYMBOLS = dict.fromkeys("、。·—…‘’“”《》", 0.0) | dict.fromkeys(
    "　〔〕〈〉「」『』【】×℃○●△", -4.0
)
_VARIANT = -3.0  # a traditional form that page converters never write
_WIDE = -1.0  # full-width letters and digits


@cache
def encoded(char: str) -> bytes:
    """Returns one byte, two bytes, or none when the code page lacks the character."""
    if char == "€":
        return bytes((EURO,))
    try:
        code = char.encode("gb18030")  # knows the user-defined area, unlike gbk
    except UnicodeEncodeError:
        return b""
    return code if len(code) < 3 else b""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The characters that a repair may write, with a handicap in nats, and by each byte."""

    handicap: dict[str, float]
    folded: Mapping[str, str]  # as the model counts them
    rare: frozenset[str]  # those with a handicap that a page which shows them anyway lifts
    decoded: Mapping[int, str]  # lead << 8 | trail
    by_lead: Mapping[int, tuple[str, ...]]
    by_trail: Mapping[int, tuple[str, ...]]


@cache
def load_inventory() -> Inventory:
    """Returns the characters that a repair may write: common ones that a converter leaves."""
    handicap: dict[str, float] = {}
    decoded: dict[int, str] = {}
    by_lead: dict[int, list[str]] = defaultdict(list)
    by_trail: dict[int, list[str]] = defaultdict(list)
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            char = bytes((lead, trail)).decode("gbk", "ignore")
            worth = _handicap(char) if char else None
            if worth is None:
                continue
            handicap[char] = worth
            decoded[lead << 8 | trail] = char
            by_lead[lead].append(char)
            by_trail[trail].append(char)
    return Inventory(
        handicap,
        {char: load_worlds().fold(char) for char in handicap},
        frozenset(char for char, worth in handicap.items() if worth <= _VARIANT),
        decoded,
        {lead: tuple(chars) for lead, chars in by_lead.items()},
        {trail: tuple(chars) for trail, chars in by_trail.items()},
    )


def _handicap(char: str) -> float | None:
    worlds = load_worlds()
    if len(char) > 1:  # two single bytes
        return None
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    if "！" <= char <= "～":
        return _WIDE if char.isalnum() else 0.0
    if not "一" <= char <= "鿿" or char in worlds.simplified_only:
        return None
    return _VARIANT if char in worlds.also else 0.0


@dataclass(frozen=True, slots=True)
class Key:
    """A character before whose insertion bytes were cut; listed when the table has it."""

    char: str
    trail: int
    listed: bool


@cache
def keys_of(lead: int, reading: str) -> tuple[Key, ...]:
    """Returns the characters that a converter may have hit across a boundary after `lead`."""
    keys, readings = load_keys(), load_readings()
    found = []
    for char in load_inventory().by_lead.get(lead, ()):
        trail = encoded(char)[1]
        if trail > EURO and char in load_worlds().to_simplified:
            if keys.get(char) == reading:
                found.append(Key(char, trail, True))
            elif char not in keys and reading in readings.get(char, ()):
                found.append(Key(char, trail, False))
    listed = tuple(key for key in found if key.listed)
    return listed or tuple(found)


@cache
def unmapped_pairs() -> dict[int, tuple[int, ...]]:
    """Returns the pairs that are no character, as first byte -> second bytes from 81 on."""
    pairs: dict[int, list[int]] = defaultdict(list)
    for first in range(0x81, 0xFF):
        private = 0xAA <= first <= 0xAF or first >= 0xF8
        for second in range(0x81, 0xFF):
            if (second > 0xA0 and private) or (second <= 0xA0 and 0xA1 <= first <= 0xA7):
                continue  # the user-defined area
            if not bytes((first, second)).decode("gbk", "ignore"):
                pairs[first].append(second)
    return {first: tuple(seconds) for first, seconds in pairs.items()}


def last_byte(left: str) -> int:
    """Returns the last byte of the text as it was converted: ASCII marks and digits were wide."""
    if not left:
        return 0
    char = left[-1]
    return ord(char) + 0x80 if "!" <= char <= "~" else (encoded(char) or b"\0")[-1]
