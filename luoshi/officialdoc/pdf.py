"""PDF with a text layer in: lines joined again where only the page's width broke them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.gate import doubts_of, gate
from luoshi.officialdoc.limits import limit
from luoshi.officialdoc.paper import Charset, Doubt, Paper, Paragraph, Place

_PAGE_NUMBER = re.compile(
    r"[-—–－\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－\s]*"
)
_ENDS = "。！？"
_CLOSING = "”’」』）)》】"
# What begins a line of its own, however full the line before is.
_BEGINS = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.、．](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条]|[■●◆★▲□○▪•·]|附件|[一二三四五六七八九十]是"
)
_FULL = 2.0  # a line that stops this many characters before the margin stops by itself
_INDENT = 1.2  # characters: a paragraph's first line stands further in
_MOSTLY = 0.6
_ALMOST = 0.9
_SOME = 0.03
_REPEATED = 2  # a line on so many pages, at the same edge, is a running head
_EDGE = 2
_STEP = 4.0


@dataclass(slots=True)
class _Line:
    text: str
    left: float
    right: float
    size: float  # width of one character
    page: int
    height: int = 0  # of the line above the page's foot, in steps of `_STEP` points


def read_pdf(data: bytes) -> Paper:
    """The paper of a PDF: one paragraph a block, each with its page.

    Running heads and page numbers are left out and counted as a doubt. Errors: Invalid(pdf_broken |
    pdf_encrypted | pdf_too_many_pages | pdf_scan | text_*).
    """
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        code = "pdf_encrypted" if "password" in str(error).lower() else "pdf_broken"
        raise Invalid(code, reason=str(error)) from error
    try:
        if len(document) > limit("pdf_pages"):
            raise Invalid("pdf_too_many_pages", count=len(document), limit=limit("pdf_pages"))
        pages = [list(_lines(page, number)) for number, page in enumerate(document, 1)]
    except PdfiumError as error:
        raise Invalid("pdf_broken", reason=str(error)) from error
    finally:
        document.close()
    blank = sum(not page for page in pages)
    if blank == len(pages):
        raise Invalid("pdf_scan")
    kept, left_out = _without_heads(pages)
    blocks = tuple(
        Paragraph(text, Place("page", str(number))) for number, text in _paragraphs(kept)
    )
    text = gate("\n".join(block.text for block in blocks))
    doubts = [Doubt("pdf_reflowed")]
    if left_out:
        doubts.append(Doubt("pdf_heads_left_out", {"count": len(left_out), "sample": left_out[0]}))
    if blank:
        doubts.append(Doubt("pdf_pages_without_text", {"count": blank}))
    return Paper(
        None,
        blocks,
        Charset("utf-8", "declared"),
        "application/pdf",
        (*doubts, *doubts_of(text)),
    )


def _lines(page: PdfPage, number: int) -> Iterator[_Line]:
    """Yields the lines of a page as they follow each other in the file."""
    held = page.get_textpage()
    text = held.get_text_range()
    at = 0
    for piece in text.split("\n"):
        line = piece.rstrip("\r")
        start, at = at, at + len(piece) + 1
        stripped = line.strip()
        if not stripped:
            continue
        first = start + len(line) - len(line.lstrip())
        last = start + len(line.rstrip()) - 1
        count = held.count_chars()
        if last >= count:
            yield _Line(stripped, 0.0, 0.0, 0.0, number)
            continue
        left = held.get_charbox(first, loose=True)
        right = held.get_charbox(last, loose=True)
        size = max(left[2] - left[0], right[2] - right[0], 1.0)
        words = stripped.replace("\x02", "").replace("\ufffe", "")
        yield _Line(words, left[0], right[2], size, number, round(left[1] / _STEP))
    held.close()
    page.close()


def _without_heads(pages: list[list[_Line]]) -> tuple[list[_Line], list[str]]:
    """The lines of the text, and those that only belong to the pages."""
    edges = Counter(
        place
        for page in pages
        for place in {(line.text, line.height) for line in page[:_EDGE] + page[-_EDGE:]}
    )
    kept, left_out = [], []
    for page in pages:
        for at, line in enumerate(page):
            edge = at < _EDGE or at >= len(page) - _EDGE
            running = len(pages) >= _REPEATED and edges[line.text, line.height] >= max(
                _REPEATED, _MOSTLY * len(pages)
            )
            if edge and (running or _PAGE_NUMBER.fullmatch(line.text)):
                left_out.append(line.text)
            else:
                kept.append(line)
    return kept, left_out


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a document sets its text: where lines begin and end, and whether paragraphs are indented."""

    left: float
    right: float
    indented: bool

    def goes_on(self, before: _Line, line: _Line) -> bool:
        """Whether `line` stands alone only because the line before was full."""
        if not before.size or before.right < self.right - _FULL * before.size:
            return False
        if _BEGINS.match(line.text):
            return False
        if self.indented:
            return line.left < self.left + _INDENT * line.size
        return before.text.rstrip(_CLOSING)[-1:] not in _ENDS

    @classmethod
    def of(cls, lines: list[_Line]) -> _Layout:
        """The layout that most lines follow."""
        rights = sorted(line.right for line in lines)
        left, _ = Counter(round(line.left) for line in lines).most_common(1)[0]
        further = sum(line.left > left + _INDENT * line.size for line in lines)
        return cls(left, rights[int(len(rights) * _ALMOST)], further > _SOME * len(lines))


def _paragraphs(lines: list[_Line]) -> Iterator[tuple[int, str]]:
    """Yields page and text of each paragraph."""
    layout = _Layout.of(lines)
    text, number, before = "", 0, None
    for line in lines:
        if before is not None and layout.goes_on(before, line):
            text += _joint(text, line.text) + line.text
        else:
            if text:
                yield number, text
            text, number = line.text, line.page
        before = line
    if text:
        yield number, text


def _joint(before: str, after: str) -> str:
    """What stands between two lines that are joined: a space between two words of Latin letters."""
    return (
        " "
        if before[-1:].isascii()
        and before[-1:].isalnum()
        and after[:1].isascii()
        and after[:1].isalnum()
        else ""
    )
