"""A text in one form (Simplified, one set of marks, no soft blanks) that remembers its offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from luoshi.text.patterns import pattern
from luoshi.text.wordlists import simplified

_MARKS = {
    ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？",
    "﹔": "；", "｡": "。", "﹐": "，", "︰": "：", "∶": "：", "︽": "《", "︾": "》",
    "「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”", "﹁": "“", "﹂": "”",
    "―": "—",
    "─": "—",
    "％": "%", "﹪": "%", "‧": "·", "•": "·", "・": "·", "＝": "=", "／": "/", "．": ".",
    "［": "〔", "］": "〕", "[": "〔", "]": "〕", "〘": "〔", "〙": "〕", "－": "-", "–": "-",
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200b": " ",
    "\u200c": " ", "\u200d": " ", "\ufeff": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n",
    "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "│": "|", "┃": "|", "｜": "|",
}  # fmt: skip

_BETWEEN_DIGITS = pattern(r"[，：](?<=\d[，：])(?=\d)")
_LABEL_AHEAD = pattern(r"[\u3400-\u9fff]{2,8}：")
_SPACED_LABEL = pattern(r" {0,8}(?P<l>[\u3400-\u9fff](?: {1,4}[\u3400-\u9fff]){1,4} {0,4})：")
_TOKEN = pattern(r"[^ ]+")
PROSE_LINE = 40  # a shorter line with blanks may be a row of a table or a line of a masthead
WRAPPED_LINES = 4  # so many lines of one length, none at a sentence end, are a wrapped page


@cache
def _table() -> dict[int, int]:
    table = {ord(mark): ord(plain) for mark, plain in _MARKS.items()}
    for first, last, to in ((0xFF10, 0xFF19, 0x30), (0xFF21, 0xFF3A, 0x41), (0xFF41, 0xFF5A, 0x61)):
        table.update({code: to + code - first for code in range(first, last + 1)})
    return simplified() | table


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; `origin[i]` is where its character `i` stands in `raw`."""

    raw: str
    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the raw text of a half-open span of the folded one."""
        origin = self.origin
        if end <= start:
            return origin[start], origin[start]
        return origin[start], origin[end - 1] + 1

    def quote(self, start: int, end: int) -> str:
        """The words of the raw text under a span of the folded one."""
        first, last = self.span(start, end)
        return self.raw[first:last]

    def value(self, start: int, end: int) -> str:
        """The same words as a value: wrapping taken out, nothing else changed."""
        origin = self.origin
        first = origin[start]
        last = origin[end - 1] + 1 if end > start else first
        if last - first == end - start:
            return self.raw[first:last].strip()
        return "".join(self.raw[origin[at]] for at in range(start, end)).strip()


def fold(raw: str) -> Folded:
    """The folded form of any text. Blanks and line breaks that only wrap a line are left out."""
    text = raw.translate(_table())
    text = _BETWEEN_DIGITS.sub(lambda found: "," if found[0] == "，" else ":", text)
    soft = _soft(text)
    if not soft:
        return Folded(raw, text, range(len(text) + 1))
    kept = [at for at in range(len(text)) if at not in soft]
    return Folded(raw, "".join(text[at] for at in kept), [*kept, len(text)])


def _soft(text: str) -> set[int]:
    soft: set[int] = set()
    start = 0
    wrapped = _wrap_width(text)
    for line in text.split("\n"):
        end = start + len(line)
        if len(line) >= PROSE_LINE and "，" in line and " " in line:
            soft.update(start + at for at in _soft_blanks(line))
        spaced = _SPACED_LABEL.match(line)
        if spaced:
            soft.update(start + at for at in range(*spaced.span("l")) if line[at] == " ")
        if wrapped and _wraps(line, wrapped) and text[end + 1 : end + 2].strip():
            soft.add(end)
        start = end + 1
    return soft


def _wraps(line: str, width: int) -> bool:
    """Whether the line is full and open at its end, and no row of a table."""
    bare = line.rstrip()
    return width - 3 <= len(bare) <= width and bare[-1:] not in "。！？；：" and "\t" not in bare


def _wrap_width(text: str) -> int:
    """The width of a page whose paragraphs are cut into lines of one length, else 0."""
    lengths = [len(line.rstrip()) for line in text.split("\n") if line.strip()]
    width = max(lengths, default=0)
    if not 18 <= width <= 60:
        return 0
    full = sum(1 for line in text.split("\n") if _wraps(line, width))
    return width if full >= WRAPPED_LINES and full * 3 >= len(lengths) else 0


def _soft_blanks(line: str) -> list[int]:
    """Blanks inside a sentence: a letter on both sides, no label after, no row of short words."""
    soft: list[int] = []
    tokens = list(_TOKEN.finditer(line))
    for before, after in zip(tokens, tokens[1:], strict=False):
        left, right = line[before.end() - 1], line[after.start()]
        if not (_joins(left) and _joins(right)) or _LABEL_AHEAD.match(line, after.start()):
            continue
        if any(
            line.rfind(a, 0, before.end()) > line.rfind(b, 0, before.end())
            for a, b in ("《》", "（）")
        ):
            continue
        if min(len(before[0]), len(after[0])) < 9 and _tabular(tokens, before.start()):
            continue
        soft.extend(range(before.end(), after.start()))
    return soft


def _joins(char: str) -> bool:
    return char.isdigit() or "\u3400" <= char <= "\u9fff" or char in "”“，、%"


def _tabular(tokens: list[re.Match[str]], start: int) -> bool:
    """Whether the word at `start` stands among short ones: a flattened row, not a wrapped line."""
    at = next((i for i, token in enumerate(tokens) if token.start() == start), 0)
    near = tokens[max(0, at - 1) : at + 4]
    return sum(1 for token in near if len(token[0]) <= 8) >= 3
