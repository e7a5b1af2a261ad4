"""Damages clean Chinese text as a page converter does: five stages, written apart from the engine.

Nothing here is shared with the restoration code but the table of what a converter writes for each
simplified character, so a mistake in one cannot hide in the other.
"""

import random
from dataclasses import dataclass, field

MARK_BYTES = {mark: mark.encode("gbk") for mark in "！？；，。、："}
BYTEWISE_ORDER = "！？；，。、"


@dataclass(frozen=True)
class Converter:
    """One way a page was converted.

    keys: characters and readings in the order of their replacement. cut: none | aligned | bytewise.
    policy: what a bad pair shows: eat (one ? for both), one (a ? and the ASCII byte), drop (the
    ASCII byte alone). half_width: the store turned FF01..FF5E into ASCII afterwards.
    """

    written: dict[str, str]
    keys: dict[str, str] = field(default_factory=dict)
    cut: str = "bytewise"
    policy: str = "eat"
    half_width: bool = True
    strip_private: bool = False

    def traditional(self, text: str) -> str:
        """Returns stage 1: one character at a time, no phrases."""
        return "".join(self.written.get(char, char) for char in text)

    def damage(self, text: str) -> str:
        """Returns the page as a reader receives it, from simplified text."""
        return self.damage_traditional(self.traditional(text))

    def damage_traditional(self, text: str) -> str:
        """Returns stages 2 to 5 for text that is traditional already; lines are converted apart."""
        shown = "\n".join(self._line(line) for line in text.split("\n"))
        if self.half_width:
            shown = halved(shown)
        if self.strip_private:
            shown = "".join(char for char in shown if not "\ue000" <= char <= "\uf8ff")
        return shown

    def _line(self, line: str) -> str:
        data = line.encode("gbk", "replace")
        for key, reading in self.keys.items():
            code = key.encode("gbk")
            data = data.replace(code, code + b"(" + reading.encode("gbk") + b")")
        return "".join(decoded(piece, self.policy) for piece in self._pieces(data))

    def _pieces(self, data: bytes) -> list[bytes]:
        if self.cut == "aligned":
            return self._aligned_pieces(data)
        pieces = [data]
        if self.cut == "bytewise":
            for mark in BYTEWISE_ORDER:
                pieces = [part for piece in pieces for part in _cut_before(piece, MARK_BYTES[mark])]
        return pieces

    def _aligned_pieces(self, data: bytes) -> list[bytes]:
        """Cuts at the marks of the annotated text, each found where it was written."""
        text = data
        for mark in BYTEWISE_ORDER:
            text = text.replace(MARK_BYTES[mark], b"\0" + MARK_BYTES[mark])
        return text.split(b"\0")


def _cut_before(piece: bytes, mark: bytes) -> list[bytes]:
    """Returns the parts around each mark; the mark stands alone, the rest is read afresh."""
    first, *others = piece.split(mark)
    parts = [first]
    for other in others:
        parts += [mark + other] if _is_lead_start(mark) else [mark, other]
    return [part for part in parts if part]


def _is_lead_start(mark: bytes) -> bool:
    return mark[0] >= 0x81  # a mark is whole, so reading afresh after it changes nothing


def decoded(data: bytes, policy: str) -> str:
    """Returns stage 5 for one piece."""
    out, at = [], 0
    while at < len(data):
        byte = data[at]
        if byte < 0x80:
            out.append(chr(byte))
            at += 1
        elif byte == 0x80:
            out.append("€")
            at += 1
        else:
            char, used = _pair(data, at, policy)
            out.append(char)
            at += used
    return "".join(out)


def _pair(data: bytes, at: int, policy: str) -> tuple[str, int]:
    if at + 1 == len(data):
        return ("" if policy == "drop" else "?"), 1
    pair = data[at : at + 2]
    if pair[1] >= 0x40 and pair[1] != 0x7F and pair[0] != 0xFF:
        return _char(pair), 2
    if policy == "eat":
        return "?", 2
    return ("?" if policy == "one" else ""), 1


def _char(pair: bytes) -> str:
    lead, trail = pair
    if 0xAA <= lead <= 0xAF and trail >= 0xA1:
        return chr(0xE000 + (lead - 0xAA) * 94 + trail - 0xA1)
    if lead >= 0xF8 and trail >= 0xA1:
        return chr(0xE234 + (lead - 0xF8) * 94 + trail - 0xA1)
    if 0xA1 <= lead <= 0xA7 and trail <= 0xA0:
        return chr(0xE4C6 + (lead - 0xA1) * 96 + trail - 0x40 - (trail > 0x7F))
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return "?"


def halved(text: str) -> str:
    """Returns the text with FF01..FF5E as ASCII, as the page store does."""
    return text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})


def random_keys(table: dict[str, str], rng: random.Random, share: float) -> dict[str, str]:
    """Returns a share of the table in a random order."""
    keys = rng.sample(sorted(table), max(3, round(len(table) * share)))
    return {key: table[key] for key in keys}
