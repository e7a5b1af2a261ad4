"""Word documents in: paragraphs with their automatic numbers, tables, text boxes, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as Opened
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.docx_numbers import Numbers
from luoshi.officialdoc.gate import doubts_of, gate
from luoshi.officialdoc.kinds import DOCX
from luoshi.officialdoc.office import check_office
from luoshi.officialdoc.paper import Block, Cell, Charset, Doubt, Paper, Paragraph, Place, Table

Element = etree._Element
_NOT_READ = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rPr", "w:pPr"))
)
_OTHER_FORM = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qn("w:txbxContent")
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:t"))
_WRITTEN = {
    qn("w:tab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_BREAK, _RUBY_TEXT = qn("w:br"), qn("w:rt")
_NOTES = re.compile(r"/word/(?:foot|end)notes\.xml")
_HEADS = re.compile(r"/word/(?:header|footer)\d*\.xml")


def read_docx(data: bytes) -> Paper:
    """The paper of a Word document as it reads with every tracked change accepted.

    Errors: Invalid(empty | office_* | text_*).
    """
    check_office(data, DOCX.office)
    try:
        opened = Document(BytesIO(data))
    except (
        PackageNotFoundError,
        BadZipFile,
        KeyError,
        ValueError,
        ParseError,
        etree.XMLSyntaxError,
    ) as error:
        raise Invalid("office_broken", reason=str(error)) from error
    reader = _Reader(Numbers(opened))
    blocks = [*reader.blocks(opened.element.body)]
    for part in _parts(opened, _NOTES):
        blocks += reader.blocks(part)
    text = gate("\n".join(block.text for block in blocks))
    if not text.strip():
        raise Invalid("empty")
    doubts = (*_doubts(opened, text), *doubts_of(text))
    return Paper(
        opened.core_properties.title or None,
        tuple(blocks),
        Charset("utf-8", "declared"),
        DOCX.media_type,
        doubts,
    )


class _Reader:
    """Goes through an element's paragraphs and tables, and counts them as it goes."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._paragraphs = self._tables = 0

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Yields the blocks in `parent`, in order; wrappers (content controls, sections) are opened."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                self._paragraphs += 1
                place = Place("paragraph", str(self._paragraphs))
                for line in self._lines(child):
                    yield Paragraph(line, place)
                for box in _boxes(child):
                    yield from self.blocks(box)
            elif child.tag == _TABLE:
                self._tables += 1
                yield Table(tuple(self._rows(child)), f"table {self._tables}")
            elif child.tag not in _NOT_READ and child.tag != _OTHER_FORM:
                yield from self.blocks(child)

    def _lines(self, paragraph: Element) -> list[str]:
        text = self._numbers.label(paragraph) + "".join(_pieces(paragraph))
        return [line for line in text.split("\n") if line.strip()]

    def _rows(self, table: Element) -> Iterator[tuple[Cell, ...]]:
        rows: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}  # column -> where the cell stands that goes on below
        for row in table.iter(_ROW):
            if next(row.iterancestors(_TABLE)) is not table:
                continue
            rows.append([])
            column = _skipped(row)
            for cell in row.iter(_CELL):
                if next(cell.iterancestors(_ROW)) is not row:
                    continue
                width, merge = _span(cell), _merge(cell)
                if merge == "continue" and column in above:
                    at, place = above[column]
                    rows[at][place] = replace(rows[at][place], row_span=len(rows) - at)
                else:
                    rows[-1].append(Cell(self._cell_text(cell), 1, width))
                    if merge == "restart":
                        above[column] = len(rows) - 1, len(rows[-1]) - 1
                    else:
                        above.pop(column, None)
                column += width
        yield from map(tuple, rows)

    def _cell_text(self, cell: Element) -> str:
        lines: list[str] = []
        for paragraph in cell.iter(_PARAGRAPH):
            lines += self._lines(paragraph)
        return "\n".join(lines)


def _pieces(element: Element) -> Iterator[str]:
    """Yields the text in an element; what stands in its text boxes comes apart."""
    for child in element:
        tag = child.tag
        if tag == _TEXT:
            yield child.text or ""
        elif tag == _BREAK:
            yield "\n" if child.get(qn("w:type")) in (None, "textWrapping") else ""
        elif tag in _WRITTEN:
            yield _WRITTEN[tag]
        elif tag not in _NOT_READ and tag not in (_BOX, _OTHER_FORM, _RUBY_TEXT):
            yield from _pieces(child)


def _boxes(paragraph: Element) -> Iterator[Element]:
    for box in paragraph.iter(_BOX):
        if next(box.iterancestors(_OTHER_FORM), None) is None:
            yield box


def _property(element: Element, path: str) -> str | None:
    found = element.find("/".join(map(qn, path.split("/"))))
    return None if found is None else found.get(qn("w:val"), "")


def _span(cell: Element) -> int:
    value = _property(cell, "w:tcPr/w:gridSpan") or "1"
    return min(max(int(value), 1), 1_000) if value.isdigit() else 1


def _merge(cell: Element) -> str:
    """restart, continue, or nothing for a cell of one row."""
    value = _property(cell, "w:tcPr/w:vMerge")
    return "" if value is None else value or "continue"


def _skipped(row: Element) -> int:
    value = _property(row, "w:trPr/w:gridBefore") or "0"
    return int(value) if value.isdigit() else 0


def _parts(opened: Opened, name: re.Pattern[str]) -> Iterator[Element]:
    for part in opened.part.package.iter_parts():
        if name.fullmatch(str(part.partname)):
            yield etree.fromstring(part.blob)


def _doubts(opened: Opened, text: str) -> Iterator[Doubt]:
    """What a person should know: text that stayed out, tracked changes, pictures."""
    body = opened.element.body
    stored = Counter("".join(piece.text or "" for piece in body.iter(_TEXT) if not _other(piece)))
    missing = {char: n for char, n in (stored - Counter(text)).items() if char.isalnum()}
    if missing:
        values = {"count": sum(missing.values()), "sample": "".join(missing)[:20]}
        yield Doubt("docx_left_out", values)
    changes = sum(1 for _ in body.iter(qn("w:ins"), qn("w:del")))
    if changes:
        yield Doubt("docx_tracked_changes", {"count": changes})
    pictures = sum(1 for _ in body.iter(qn("w:drawing"), qn("w:pict")) if not _boxed(_))
    if pictures:
        yield Doubt("docx_pictures", {"count": pictures})
    heads = {
        "".join(piece.text or "" for piece in part.iter(_TEXT)).strip()
        for part in _parts(opened, _HEADS)
    }
    heads = {head for head in heads if any(char.isalpha() for char in head)}
    if heads:
        yield Doubt("docx_heads", {"sample": "；".join(sorted(heads))[:60]})


def _other(piece: Element) -> bool:
    return next(piece.iterancestors(_OTHER_FORM, qn("w:rt"), qn("w:moveFrom")), None) is not None


def _boxed(picture: Element) -> bool:
    return next(picture.iter(_BOX), None) is not None
