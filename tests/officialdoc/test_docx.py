"""Word documents come in whole: automatic numbers, merged cells, boxes, notes, tracked changes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from docx.document import Document as Opened

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.docx import read_docx
from luoshi.officialdoc.docx_numbers import chinese, circled, letter, roman
from luoshi.officialdoc.paper import Cell, Place, Table
from luoshi.officialdoc.readers import read_paper
from tests.officialdoc.office_made import docx, xml

NUMBERING = """<w:numbering>
<w:abstractNum w:abstractNumId="70">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1-%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1%4)"/></w:lvl>
</w:abstractNum></w:numbering>"""


def numbered(opened: Opened, lines: Sequence[tuple[int, str]]) -> None:
    root = opened.part.numbering_part.element
    root.insert(0, xml(NUMBERING)[0])
    root.append(xml('<w:num w:numId="70"><w:abstractNumId w:val="70"/></w:num>'))
    for depth, text in lines:
        place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="70"/></w:numPr>'
        opened.add_paragraph(text)._p.get_or_add_pPr().append(xml(place))


def lines_of(fill: object) -> list[str]:
    return [block.text for block in read_docx(docx(fill)).blocks]  # type: ignore[arg-type]


def test_the_numbers_that_word_writes_by_itself_are_read() -> None:
    lines = [
        (0, "总体要求"),
        (0, "重点任务"),
        (1, "修路"),
        (1, "架桥"),
        (2, "通车"),
        (3, "验收"),
        (0, "保障"),
        (1, "钱"),
    ]
    assert lines_of(lambda opened: numbered(opened, lines)) == [
        "一、总体要求", "二、重点任务", "（一）修路", "（二）架桥", "2-3.通车", "二3)验收", "三、保障", "（一）钱",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百〇五")]
)
def test_numbers_in_chinese(number: int, written: str) -> None:
    assert chinese(number) == written


def test_numbers_in_letters_and_circles() -> None:
    assert (letter(27), roman(14), circled(3), circled(21)) == ("aa", "xiv", "③", "21")


def test_a_merged_cell_reaches_over_the_rows_it_covers() -> None:
    def fill(opened: Opened) -> None:
        table = opened.add_table(3, 3)
        for at, words in enumerate(("领域", "任务", "单位")):
            table.cell(0, at).text = words
        table.cell(1, 0).merge(table.cell(2, 0)).text = "产业"
        table.cell(1, 1).text, table.cell(1, 2).text = "修路", "交通局"
        table.cell(2, 1).merge(table.cell(2, 2)).text = "架桥\n通车"

    (table,) = [block for block in read_docx(docx(fill)).blocks if isinstance(block, Table)]
    assert table.rows[1][0] == Cell("产业", row_span=2)
    assert table.rows[2] == (Cell("架桥\n通车", column_span=2),)
    assert table.text == "领域\t任务\t单位\n产业\t修路\t交通局\n\t架桥 通车"


def test_what_was_struck_out_is_left_out_and_what_was_put_in_is_read_and_both_are_said() -> None:
    def fill(opened: Opened) -> None:
        paragraph = opened.add_paragraph("六月底前")
        paragraph._p.append(xml('<w:del w:id="1"><w:r><w:delText>开工</w:delText></w:r></w:del>'))
        paragraph._p.append(xml('<w:ins w:id="2"><w:r><w:t>完工</w:t></w:r></w:ins>'))

    paper = read_docx(docx(fill))
    assert paper.text == "六月底前完工"
    assert [doubt.code for doubt in paper.doubts] == ["docx_tracked_changes"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    def fill(opened: Opened) -> None:
        paragraph = opened.add_paragraph("正文")
        box = "<w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>"
        paragraph._p.append(xml(f"<w:r><w:pict>{box}</w:pict></w:r>"))

    assert lines_of(fill) == ["正文", "框里的话"]


def test_what_stands_in_a_content_control_is_read() -> None:
    def fill(opened: Opened) -> None:
        inside = "<w:sdtContent><w:p><w:r><w:t>控件里的话</w:t></w:r></w:p></w:sdtContent>"
        opened.element.body.insert(0, xml(f"<w:sdt>{inside}</w:sdt>"))

    assert lines_of(fill) == ["控件里的话"]


def test_a_running_head_is_said_and_stays_out() -> None:
    def fill(opened: Opened) -> None:
        opened.add_paragraph("正文")
        opened.sections[0].header.paragraphs[0].text = "内部资料"

    paper = read_docx(docx(fill))
    assert paper.text == "正文"
    assert paper.doubts[0].values == {"sample": "内部资料"}


def test_each_line_knows_its_paragraph() -> None:
    def fill(opened: Opened) -> None:
        opened.add_paragraph("一")
        opened.add_paragraph("")
        opened.add_paragraph("三\n三下")

    assert list(read_docx(docx(fill)).places()) == [
        (0, Place("paragraph", "1")),
        (2, Place("paragraph", "3")),
    ]


def test_a_paper_without_words_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        read_docx(docx(lambda opened: None))
    assert refused.value.code == "empty"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"%PDF-1.7", "kind_differs"),
        ("a.docx", b"PK\x03\x04broken", "office_broken"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "office_encrypted",
        ),
        ("a.doc", b"x", "document_word"),
        ("a.wps", b"x", "document_word"),
        ("a.ofd", b"x", "document_ofd"),
        ("a.docm", b"x", "document_macros"),
        ("a.tiff", b"x", "document_image"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_paper(data, name)
    assert refused.value.code == code


def test_a_long_table_takes_time_in_proportion_to_its_rows() -> None:
    def fill(rows: int) -> bytes:
        row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc>" * 3 + "</w:tr>"
        return docx(
            lambda opened: opened.element.body.insert(0, xml(f"<w:tbl>{row * rows}</w:tbl>"))
        )

    # work that grew with the square of 20,000 rows would take minutes
    assert len(read_docx(fill(20_000)).text) == 20_000 * 6 - 1
