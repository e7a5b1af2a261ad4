"""A plain text that is too large to be one page, in pieces.

Restoration judges a page as a whole: what one paragraph proves helps all others. A text file up to
`WHOLE` bytes is one page. A larger one is cut at line ends into pieces of one to about three million
characters, each restored as a page of its own; there is no short rest. Where it is cut depends on
the text alone. A paragraph is never cut, so memory is bounded by the longest one.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.charset import decode

WHOLE = 6_000_000  # bytes
PIECE = 1_000_000  # characters
_BLOCK = 1 << 20
_BROKEN = 1 / 500  # as officialdoc.charset: more bad bytes mean that it is another charset
_WITH_MARK = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}


def pieces(source: Path, least: int = PIECE) -> Iterator[str]:
    """The pieces of a text file, line ends as \\n; together they are its text.

    A byte that is no character becomes U+FFFD. Errors: Invalid(not_text), OSError.
    """
    bad = 0
    with source.open(encoding=charset_of(source), errors="replace", newline=None) as text:
        for piece in _cut(text, least):
            bad += piece.count("\ufffd")
            yield piece
    if bad > source.stat().st_size * _BROKEN:
        raise Invalid("not_text")


def charset_of(source: Path) -> str:
    """The charset of a large text file, told by its mark or by the first block that is no UTF-8."""
    checker = codecs.getincrementaldecoder("utf-8")()
    with source.open("rb") as data:
        head = block = data.read(_BLOCK)
        while block and b"\0" not in head:
            try:
                checker.decode(block)
            except UnicodeDecodeError:
                return _judged(block)
            block = data.read(_BLOCK)
    return _judged(head) if b"\0" in head else _marked(head, "utf-8")


def _judged(block: bytes) -> str:
    """The charset of a block, without the characters that its edges may have cut."""
    if b"\0" in block:
        return _marked(block, decode(block[: len(block) // 2 * 2]).charset.name)
    start, end = block.find(b"\n") + 1, block.rfind(b"\n") + 1
    return decode(block[start:end] or block).charset.name


def _marked(head: bytes, name: str) -> str:
    marked = head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return _WITH_MARK.get(name, name) if marked else name


def _cut(text: TextIO, least: int) -> Iterator[str]:
    held: list[str] = []
    size = place = 0  # of what is held; behind its last line end that leaves a full piece before it
    while block := text.read(least):
        held.append(block)
        size += len(block)
        if place and size - place >= least:
            whole = "".join(held)
            yield whole[:place]
            held, size, place = [whole[place:]], size - place, 0
        end = size - len(block) + block.rfind("\n") + 1
        if "\n" in block and end >= least:
            place = end
    if size:
        yield "".join(held)
