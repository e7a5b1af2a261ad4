"""Finds the places where a run of shifted characters may start."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from luoshi.text.restore_annotation import PINYIN
from luoshi.text.restore_bytes import keys_of, last_byte
from luoshi.text.restore_model import load_model, load_readings, load_worlds

_SHOWN = re.compile(  # begins with a set, which is searched for fast
    rf"[?(](?:(?<=\?)(?:\(?({PINYIN})\)|([!?;,:！？；，：。、]))|(?<=[^\s?()]\()({PINYIN})\))"
)
_LINE = re.compile("[^\n]+")
_ROW_REACH = 6
_ROW = 6  # question marks so near to each other that they are meant
_MARK = re.compile("[!?;,！？；，。、]")
_LETTER = re.compile("[@-~][㐀-鿿(]")  # may be the second byte of a character
_SUDDEN = -4.0  # nats of a mark that is expected less
_END = re.compile(r"[,;!?、。，；！？\r\n]|\Z")
_NEXT = 3  # characters behind a mark that tell shifted ones from text
_ODD = -7.5  # nats for each of them, at most


@dataclass(slots=True)
class Anchor:
    """A place where a run may start.

    kind: reading (?reading) | alien (a reading that is none of its character, the lead byte gone
    without a trace) | cut (? and a mark) | silent (a mark, the lead byte before it gone) | gap (a
    mark before which a whole character may be gone).
    """

    kind: str
    at: int
    end: int
    what: str  # the reading or the mark


def shown_anchors(text: str) -> Iterator[Anchor]:
    """Yields the anchors that a reader can see."""
    for match in _SHOWN.finditer(text):
        if match[1]:
            yield Anchor("reading", match.start(), match.end(), match[1])
        elif match[2]:
            yield Anchor("cut", match.start(), match.end(), match[2])
        elif _is_alien(text, match.start(), match[3]):
            yield Anchor("alien", match.start(), match.end(), match[3])


def _is_alien(text: str, at: int, reading: str) -> bool:
    """Returns whether the character before is not what was annotated, but its last byte was."""
    if reading in load_readings().get(text[at - 1], ()):
        return False
    return any(key.listed for key in keys_of(last_byte(text[at - 1 : at]), reading))


def is_cut(text: str, at: int, end: int, mark: str, *, damaged: bool) -> bool:
    """Returns whether ? and a mark may be a cut: then odd text, or a mark that stood alone, follows.

    On a page known to be damaged the reader decides; what was cut at the end of a line shows nothing.
    """
    around = text[max(0, at - _ROW_REACH) : end + _ROW_REACH]
    if around.count("?") + around.count("？") >= _ROW:  # how people shout
        return False
    return damaged or text[end : end + 1] in ("。", "、") or _is_odd(text, end, mark)


def _is_odd(text: str, at: int, mark: str) -> bool:
    """Returns whether the text behind a mark looks shifted."""
    behind = text[at : at + _NEXT].partition("\n")[0]
    if _LETTER.match(behind) or "?" in behind or any(map(_is_foreign, behind)):
        return True
    folded = load_worlds().fold(mark + behind)
    return load_model().total(folded, 1) < _ODD * len(behind)


def strange_anchors(text: str) -> Iterator[Anchor]:
    """Yields marks soon followed by what no converter leaves, on pages of unknown policy."""
    for match in _strange().finditer(text):
        yield Anchor("silent", match.start(), match.end(), match[0])


@cache
def _strange() -> re.Pattern[str]:
    foreign = "".join(sorted(load_worlds().simplified_only))
    return re.compile(f"[!?;,！？；，](?=[^!?;,。、\n]{{0,3}}[{foreign}\ue000-\ue864]|[@-~]\\()")


def silent_anchors(text: str, start: int, stop: int) -> Iterator[Anchor]:
    """Yields marks behind which the text is odd, on pages that lose bytes without a trace."""
    for match in _MARK.finditer(text, start, stop):
        at = match.end()
        if _END.match(text, at) or _is_odd(text, at, match[0]):
            yield Anchor("silent", match.start(), at, match[0])
        elif match[0] in "。、" and _is_sudden(text, at):
            yield Anchor("gap", match.start(), at, match[0])


def _is_sudden(text: str, at: int) -> bool:
    """Returns whether the mark that ends at the offset comes as a surprise."""
    return load_model().score(load_worlds().fold(text[max(0, at - 4) : at])) < _SUDDEN


def _is_foreign(char: str) -> bool:
    return char in load_worlds().simplified_only or "\ue000" <= char <= "\uf8ff"


class Page:
    """Answers which lines are traditional text: a converter leaves no other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = (-1, -1)
        self._traditional = False
        self._page: bool | None = None

    def is_traditional(self, at: int) -> bool:
        """Returns whether the line around the offset is traditional."""
        if not self._line[0] <= at <= self._line[1]:
            start = self._text.rfind("\n", 0, at) + 1
            end = self._text.find("\n", at) % (len(self._text) + 1)
            self._line = (start, end)
            self._traditional = self._judge(self._text[start:end])
        return self._traditional

    def _judge(self, line: str) -> bool:
        traditional, simplified = _counts(line)
        if traditional > 4 * simplified:
            return True
        if traditional < simplified:
            return False
        if self._page is None:
            lines = (_counts(match[0]) for match in _LINE.finditer(self._text))
            sums = [pair for pair in lines if pair[0] >= pair[1]]
            self._page = sum(p[0] for p in sums) > 4 * sum(p[1] for p in sums)
        return self._page


def _counts(line: str) -> tuple[int, int]:
    worlds = load_worlds()
    traditional, simplified = worlds.to_simplified, worlds.simplified_only
    chars = Counter(line).items()
    return (
        sum(count for char, count in chars if char in traditional),
        sum(count for char, count in chars if char in simplified),
    )
