"""A second page converter, written from the description of the damage alone.

It shares no code with simulator.py, so that a misreading of the description shows as a difference.
A page goes through it as HTML: one character at a time into Traditional, into bytes, annotation of
the bytes, cuts, back into characters, out of HTML, into the page store.
"""

import random
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import accumulate, chain, pairwise

CUT_MARKS = "！？；，：。、"
_EURO = "\x80"
_ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "·": "&middot;", "—": "&mdash;", "\xa0": "&nbsp;"}
_TAG = re.compile(r"</?(?:p|span|strong)(?: [^<>]*)?>")
_VARIANTS = {"為": "爲", "線": "綫", "眾": "衆", "群": "羣", "裡": "裏", "峰": "峯", "啟": "啓"}
_SPAM = "亚洲视频一区_国产精品在线观看_免费高清影院_久久综合网_手机在线播放"


@dataclass(frozen=True)
class Site:
    """How one site damages its pages."""

    written: Mapping[str, str]  # what it writes for a simplified character
    keys: Sequence[tuple[str, str]] = ()  # annotated characters with their readings, in list order
    cuts: str = ""  # marks at which decoding starts afresh, in the order of cutting
    aligned: bool = False  # whether the cuts see characters instead of bytes
    policy: str = "eat"  # eat | one | drop: what becomes of a lead byte before an ASCII byte
    half_width: bool = True
    keeps_private: bool = True
    entities: bool = False  # quotation marks are entities in its HTML
    tags: bool = True  # paragraphs are elements; else lines
    variants: Mapping[str, str] = field(default_factory=dict)

    def traditional(self, text: str) -> str:
        """Returns the text after the first stage."""
        return "".join(
            self.variants.get(form, form) for form in (self.written.get(c, c) for c in text)
        )

    def wanted(self, paragraphs: Iterable[str]) -> list[str]:
        """Returns what a perfect restoration gives back of each paragraph."""
        return [self._stored(_encodable(self.traditional(text))) for text in paragraphs]

    def received(self, paragraphs: Iterable[str]) -> str:
        """Returns the damaged page."""
        return self.again("\n".join(map(self.traditional, paragraphs)))

    def again(self, text: str) -> str:
        """Returns the page after all stages but the first."""
        lines = map(self._escaped, text.split("\n"))
        html = "\n".join(f"<p>{line}</p>" if self.tags else line for line in lines)
        units = [_bytes_of(char) for char in html]
        pieces = self._cut(units)
        shown = "".join(self._decoded(piece) for piece in pieces)
        return self._stored(unescape(_TAG.sub("", shown)))

    def _escaped(self, line: str) -> str:
        chars = _ENTITIES if self.entities else {"\xa0": "&nbsp;"}
        return "".join(chars.get(char, char) for char in line)

    def _annotated(self, data: bytes) -> bytes:
        for char, reading in self.keys:
            code = char.encode("gbk")
            data = data.replace(code, code + b"(" + reading.encode("gbk") + b")")
        return data

    def _cut(self, units: list[bytes]) -> list[bytes]:
        if self.aligned:
            return self._cut_at_characters(units)
        pieces = [self._annotated(b"".join(units))]
        for mark in self.cuts:
            code = mark.encode("gbk")
            pieces = list(chain.from_iterable(_split_before(piece, code) for piece in pieces))
        return pieces

    def _cut_at_characters(self, units: list[bytes]) -> list[bytes]:
        """Follows the places of the marks through each insertion."""
        marks = {mark.encode("gbk") for mark in self.cuts}
        starts = accumulate(map(len, units), initial=0)
        places = [at for at, unit in zip(starts, units, strict=False) if unit in marks]
        data = b"".join(units)
        for char, reading in self.keys:
            code = char.encode("gbk")
            size = len(reading.encode("gbk")) + 2
            hits = [match.end() for match in re.finditer(re.escape(code), data)]
            places = [at + size * bisect_right(hits, at) for at in places]
            data = data.replace(code, code + b"(" + reading.encode("gbk") + b")")
        return [data[a:b] for a, b in pairwise([0, *places, len(data)])]

    def _decoded(self, piece: bytes) -> str:
        out, at = [], 0
        while at < len(piece):
            first = piece[at]
            second = piece[at + 1] if at + 1 < len(piece) else None
            if first < 0x80:
                out.append(chr(first))
                at += 1
            elif first == 0x80:
                out.append("€")
                at += 1
            elif second is None:
                out.append("" if self.policy == "drop" else "?")
                at += 1
            elif second < 0x40 or second in (0x7F, 0xFF):
                white = second in (0x0A, 0x20)
                out.append("" if self.policy == "drop" or white and self.policy == "eat" else "?")
                at += 2 if self.policy == "eat" and not white else 1
            else:
                shown = _character(first, second)
                out.append(shown or ("" if self.policy == "drop" else "?"))
                at += 2
        return "".join(out)

    def _stored(self, text: str) -> str:
        if not self.keeps_private:
            text = re.sub("[\ue000-\uf8ff]", "", text)
        if self.half_width:
            text = re.sub("[！-～]", lambda match: chr(ord(match[0]) - 0xFEE0), text)
        return text


def _bytes_of(char: str) -> bytes:
    if char == "€":
        return _EURO.encode("latin-1")
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return b"?"


def _encodable(text: str) -> str:
    return "".join(c if c in "€\xa0" or _bytes_of(c) != b"?" else "?" for c in text)


def _character(first: int, second: int) -> str:
    """Returns the character of two bytes, private use ones from the user-defined area, or ""."""
    if 0xAA <= first <= 0xAF and second >= 0xA1:
        return chr(0xE000 + (first - 0xAA) * 94 + second - 0xA1)
    if 0xF8 <= first <= 0xFE and second >= 0xA1:
        return chr(0xE234 + (first - 0xF8) * 94 + second - 0xA1)
    if 0xA1 <= first <= 0xA7 and second <= 0xA0:
        return chr(0xE4C6 + (first - 0xA1) * 96 + second - 0x40 - (second > 0x7F))
    try:
        return bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return ""


def _split_before(piece: bytes, code: bytes) -> list[bytes]:
    first, *others = piece.split(code)
    return [first, *(code + other for other in others)]


def nested_keys(
    table: Mapping[str, str], readings: Mapping[str, Iterable[str]], rng: random.Random
) -> list[tuple[str, str]]:
    """Returns a list: a share of the table, and rarely known keys, in a random order."""
    known = list(table.items())
    size = max(1, round(len(known) * rng.choice([0.1, 0.3, 0.6, 1.0])))
    keys = known[:size] if rng.random() < 0.5 else rng.sample(known, size)
    # A converter writes readings in bytes of the code page; it has no macron by itself (m̄).
    foreign = sorted(
        char for char in set(readings) - set(table) if all(map(_writable, readings[char]))
    )
    keys += [
        (c, rng.choice(sorted(readings[c]))) for c in rng.sample(foreign, rng.choice([0, 3, 9]))
    ]
    rng.shuffle(keys)
    return keys


def random_site(
    written: Mapping[str, str],
    keys: Sequence[tuple[str, str]],
    rng: random.Random,
    **options: object,
) -> Site:
    """Returns a site of any kind; options fix what shall not be left to chance."""
    marks = rng.sample(CUT_MARKS, rng.randrange(1, len(CUT_MARKS)))
    if "。" in marks:  # whoever cuts there cut at the others before
        marks = [*(mark for mark in marks if mark not in "！。"), "！", "。"]
    chosen: dict[str, object] = {
        "keys": keys,
        "cuts": rng.choice(["", "".join(marks), "！？；，"]),
        "aligned": rng.random() < 0.3,
        "policy": rng.choice(["eat", "eat", "one", "drop"]),
        "half_width": rng.random() < 0.7,
        "keeps_private": rng.random() < 0.8,
        "entities": rng.random() < 0.2,
        "tags": rng.random() < 0.5,
        "variants": dict(rng.sample(sorted(_VARIANTS.items()), rng.choice([0, 0, 2]))),
    }
    return Site(written, **(chosen | options))  # type: ignore[arg-type]


def with_commas(text: str) -> str:
    """Returns a page of family G: a comma stands before each mark."""
    return re.sub("(?=[,，。、；：！？;:!?])", ",", text)


def with_rows_of_marks(text: str, rng: random.Random) -> str:
    """Returns a page of family H: each mark is written six or seven times."""
    return re.sub("[，。、；：！？“”]", lambda match: match[0] * rng.choice([6, 7]), text)


def under_a_spam_header(text: str) -> str:
    """Returns the page behind one line of phrases that were never converted."""
    return f"{_SPAM}\n{text}"


def in_blocks(damaged: str, clean: str) -> str:
    """Returns a page whose lines are damaged and clean in turn."""
    pairs = zip(damaged.split("\n"), clean.split("\n"), strict=True)
    return "\n".join(d if at % 2 else c for at, (d, c) in enumerate(pairs))


def _writable(reading: str) -> bool:
    return reading == reading.encode("gbk", "ignore").decode("gbk")
