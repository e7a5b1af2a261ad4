"""Office files made with the libraries that offices' programs are like, for the tests of the readers."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

import xlsxwriter
import xlwt
from docx import Document
from docx.document import Document as Opened
from lxml import etree
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = ParagraphStyle(
    "body", fontName="STSong-Light", fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK"
)


def docx(fill: Callable[[Opened], None]) -> bytes:
    """A Word document that `fill` wrote into."""
    opened = Document()
    fill(opened)
    target = BytesIO()
    opened.save(target)
    return target.getvalue()


def xml(source: str) -> etree._Element:
    """An element of WordprocessingML; the prefix is w."""
    name, _, rest = (
        source.partition(" ") if " " in source.partition(">")[0] else source.partition(">")
    )
    mark = " " if " " in source.partition(">")[0] else ">"
    return etree.fromstring(f'{name} xmlns:w="{W}"{mark}{rest}')


def xlsx(rows: Sequence[Sequence[object]], merged: Sequence[str] = (), name: str = "表") -> bytes:
    """A workbook of one sheet; `merged` are ranges such as B2:B4."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet(name)
        for area in merged:
            sheet.merge_range(area, "")
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, value)
    return target.getvalue()


def xls(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook in the old format; a cell of the first column reaches down over empty ones."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("旧表")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value:
                sheet.write(at, column, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="表">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """An OpenDocument workbook of one sheet."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", _ODS_TYPE)
        archive.writestr("content.xml", _ODS.format(cells))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return target.getvalue()


def pdf(paragraphs: Sequence[str], head: str = "") -> bytes:
    """A PDF with these paragraphs, page numbers and a running head."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def margins(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(72, 800, head)
        canvas.drawCentredString(300, 40, f"- {template.page} -")

    target = BytesIO()
    SimpleDocTemplate(target).build(
        [Paragraph(text, _BODY) for text in paragraphs], onFirstPage=margins, onLaterPages=margins
    )
    return target.getvalue()
