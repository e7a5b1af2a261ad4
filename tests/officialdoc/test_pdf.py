"""PDF with a text layer: paragraphs as written, pages kept, running heads said."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.pdf import read_pdf
from luoshi.officialdoc.readers import read_paper
from tests.officialdoc.office_made import pdf

SECTION = [
    "各有关单位要在六月底前完成投资项目审批制度改革，把审批事项压减三分之一以上，做到一窗受理、限时办结，并向社会公开办理进度。",
    "一、修路",
    "区交通局要抓紧修复李桥路，八月底前完工通车。这条路关系到沿线三个村两千多名群众的出行，也关系到秋收时节农产品的外运，务必按期完成，不得拖延。",
    "二、架桥",
]
# Every section differs: a line that is the same on every page is a running head.
PARAGRAPHS = [re.sub("路|，|桥", rf"\g<0>{n}", text) for n in range(8) for text in SECTION]


def test_paragraphs_come_back_as_they_were_written() -> None:
    paper = read_pdf(pdf(PARAGRAPHS, "望川区督查室文件"))
    assert [block.text for block in paper.blocks] == PARAGRAPHS


def test_each_paragraph_knows_its_page() -> None:
    places = [place for _, place in read_pdf(pdf(PARAGRAPHS)).places()]
    assert [place.name for place in places] == [str(n) for n in range(1, len(places) + 1)]
    assert len(places) > 2


def test_running_heads_and_page_numbers_stay_out_and_are_counted() -> None:
    paper = read_pdf(pdf(PARAGRAPHS, "望川区督查室文件"))
    (said,) = [doubt for doubt in paper.doubts if doubt.code == "pdf_heads_left_out"]
    assert said.values["count"] == 2 * len(list(paper.places()))


def blank() -> bytes:
    target = BytesIO()
    canvas = Canvas(target)
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"%PDF-1.7\nbroken", "pdf_broken"), (blank(), "pdf_scan")],
)
def test_what_has_no_text_is_refused_by_what_it_is(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_paper(data, "a.pdf")
    assert refused.value.code == code


def test_a_locked_file_is_refused() -> None:
    target = BytesIO()
    canvas = Canvas(target, encrypt="secret")
    canvas.drawString(10, 10, "hidden")
    canvas.save()
    with pytest.raises(Invalid) as refused:
        read_pdf(target.getvalue())
    assert refused.value.code == "pdf_encrypted"


def test_more_pages_than_the_limit_are_refused() -> None:
    document = PdfDocument.new()
    for _ in range(2_001):
        document.new_page(100, 100)
    target = BytesIO()
    document.save(target)
    with pytest.raises(Invalid) as refused:
        read_pdf(target.getvalue())
    assert refused.value.code == "pdf_too_many_pages"
