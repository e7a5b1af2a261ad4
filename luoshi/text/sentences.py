"""Lines, sentences, parts and clauses of a folded text, as half-open spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from luoshi.text.patterns import pattern

Span = tuple[int, int]

SENTENCE = "。！？!\n"
PART = "；"
CLAUSE = "，"
BOTH = "；，"
ALL = "。；，"
LISTED = "、"
_MARKS = {marks: pattern(f"[{marks}]") for marks in (SENTENCE, PART, CLAUSE, BOTH, ALL, LISTED)}
_OPEN = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】", "〈": "〉"}
_BRACKET = pattern(r"[（）《》“”〔〕【】〈〉]")
_INTERESTING = pattern(r"[（）《》“”〔〕【】〈〉。！？!；，、\n]")
_CLOSE = {close: open_ for open_, close in _OPEN.items()}
NESTED = 600  # brackets and quotations that are not closed within so many characters do not count


def trim(text: str, start: int, end: int) -> Span:
    """The span without blanks at its two ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def lines(text: str) -> list[Span]:
    """The lines that are not empty, without blanks at their ends."""
    spans, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            spans.append(trim(text, start, end))
        start = end + 1
    return spans


@lru_cache(maxsize=2)
def _brackets(text: str) -> bytearray:
    places = bytearray(len(text) + 1)
    for hit in _BRACKET.finditer(text):
        places[hit.start()] = 1
    return places


def bracketed(text: str, start: int, end: int) -> bool:
    """Whether a bracket or quotation mark stands in the span."""
    return _brackets(text).find(1, start, end) >= 0


def cut(text: str, start: int, end: int, marks: str) -> Sequence[Span]:
    """The pieces of `text[start:end]` between the marks that stand outside brackets and quotations.

    The marks themselves are left out; empty pieces too. A closing quotation mark right after a
    sentence mark belongs to the piece before it.
    """
    if not bracketed(text, start, end):
        return _plain_cut(text, start, end, marks)
    return list(_nested_cut(text, start, end, marks))


def _plain_cut(text: str, start: int, end: int, marks: str) -> Sequence[Span]:
    """The pieces of a span that has no brackets and quotations."""
    found: list[Span] = []
    first = start
    for hit in _MARKS[marks].finditer(text, start, end):
        _piece(text, first, hit.start(), found)
        first = hit.start() + 1
    _piece(text, first, end, found)
    return found


def _piece(text: str, first: int, last: int, found: list[Span]) -> None:
    if first < last:
        if text[first].isspace() or text[last - 1].isspace():
            first, last = trim(text, first, last)
        if first < last:
            found.append((first, last))


def _nested_cut(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    first = start
    closers: list[str] = []
    opened = start
    for hit in _INTERESTING.finditer(text, start, end):
        at, char = hit.start(), hit[0]
        if char in _OPEN:
            if not closers:
                opened = at
            closers.append(_OPEN[char])
        elif closers and char == closers[-1]:
            closers.pop()
        elif closers and char in _CLOSE and char in closers:
            del closers[closers.index(char) :]
        elif char in marks and closers and (char == "\n" or at - opened > NESTED):
            closers.clear()
        if char in marks and not closers:
            if not _blank(text, first, at):
                yield trim(text, first, at)
            first = at + 1
    if closers and opened + 1 < end and any(mark in text[opened:end] for mark in marks):
        # an opening mark was never closed: from there on, cut without regard to it
        yield from _after_unclosed(text, first, opened, end, marks)
        return
    if not _blank(text, first, end):
        yield trim(text, first, end)


def _blank(text: str, start: int, end: int) -> bool:
    return start >= end or (text[start].isspace() and not text[start:end].strip())


def _after_unclosed(text: str, first: int, opened: int, end: int, marks: str) -> Iterator[Span]:
    at = opened + 1
    while at <= end:
        if at == end or text[at] in marks:
            if text[first:at].strip():
                yield trim(text, first, at)
            first = at + 1
        at += 1


@lru_cache(maxsize=4096)
def _kept(text: str, start: int, end: int, marks: str) -> tuple[Span, ...]:
    return tuple(cut(text, start, end, marks))


def sentences(text: str, start: int, end: int) -> Sequence[Span]:
    """The sentences of a span, without their final mark."""
    return _kept(text, start, end, SENTENCE)


def parts(text: str, start: int, end: int) -> Sequence[Span]:
    """The pieces of a sentence between semicolons."""
    return _kept(text, start, end, PART)


def clauses(text: str, start: int, end: int) -> Sequence[Span]:
    """The pieces of a part between commas."""
    return _kept(text, start, end, CLAUSE)
