from __future__ import annotations

from luoshi.officialdoc.html import read_html
from luoshi.officialdoc.markup import visible_lines
from luoshi.officialdoc.paper import Cell, Paragraph, Table


def test_what_the_site_says_of_its_page_becomes_hints() -> None:
    paper = read_html(
        """<head><meta name="ColumnName" content="热点聚焦"><META NAME='ArticleTitle' CONTENT="动员大会
        召开"><meta name=PubDate content="2023-01-29 10:00"><meta name=ContentSource content=西海岸报>
        <meta name=viewport content=width><meta name=PubDate content=later>
        <title>动员大会-政府网</title></head><p>正文""".encode()
    )
    assert paper.title_hint == "动员大会召开"
    assert paper.hints == {
        "columnname": "热点聚焦",
        "articletitle": "动员大会召开",
        "pubdate": "2023-01-29 10:00",
        "contentsource": "西海岸报",
    }
    assert paper.text == "正文"


def test_without_a_hint_the_title_is_the_page_title() -> None:
    assert read_html("<title>\n 动员大会 </title><p>正文".encode()).title_hint == "动员大会"


def test_lines_end_where_a_reader_sees_them_end() -> None:
    source = "<h1>标<b>题</b></h1><p>第一\n行<br>第二 行<ul><li>甲<li>乙</ul>尾<span>巴</span>"
    assert read_html(source.encode()).text == "标题\n第一行\n第二 行\n甲\n乙\n尾巴"


def test_white_space_is_folded_as_in_a_browser_but_indents_stay() -> None:
    source = (
        "<p>\u3000\u3000六月\n   底前\t 完成 \n abc\n def&nbsp;&nbsp;点击</p><pre>  a\n  b</pre>"
    )
    expected = "\u3000\u3000六月底前 完成 abc def\xa0\xa0点击\n  a\n  b"
    assert read_html(source.encode()).text == expected


def test_a_table_of_data_keeps_its_cells() -> None:
    source = """<p>前<table><tr><th>序号<th>任务<th>责任单位
      <tr><td rowspan=2>1<td>修路<br>架桥<td>交通局<tr><td colspan="2">通水</table>后"""
    paper = read_html(source.encode())
    assert paper.blocks == (
        Paragraph("前"),
        Table(
            (
                (Cell("序号"), Cell("任务"), Cell("责任单位")),
                (Cell("1", row_span=2), Cell("修路\n架桥"), Cell("交通局")),
                (Cell("通水", column_span=2),),
            )
        ),
        Paragraph("后"),
    )
    assert paper.text == "前\n序号\t任务\t责任单位\n1\t修路 架桥\t交通局\n\t通水\n后"


def test_a_table_for_the_layout_becomes_lines_and_the_table_inside_it_stays() -> None:
    source = """<table><tr><td>左栏<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>中</td>
      <td>右栏</td></tr></table>末"""
    paper = read_html(source.encode())
    assert [type(block) for block in paper.blocks] == [Paragraph, Table] + [Paragraph] * 3
    assert paper.text == "左栏\n甲\t乙\n丙\t丁\n中\n右栏\n末"


def test_little_lost_text_is_a_doubt_and_the_page_stays_as_parsed() -> None:
    paper = read_html(("<p>" + "推進落實" * 100 + "<a 丟了").encode())
    assert paper.text == "推進落實" * 100
    (doubt,) = paper.doubts
    assert doubt.code == "markup_hides_text"
    assert doubt.values["count"] == 3


def test_the_check_sees_what_a_reader_of_the_source_sees() -> None:
    source = """<!DOCTYPE html><!-- x --><title>题</title><style>p{}</style><p title="a>b">甲&amp;乙
      <script>var s = "<p>z</p>"</script ><br>丙<b>丁</b>"""
    assert [line.strip() for line in visible_lines(source)] == ["题", "甲&乙", "丙丁"]


def test_letters_that_grow_in_lower_case_do_not_shift_the_check() -> None:
    assert visible_lines("İİİ<SCRIPT>x</SCRIPT>甲") == ["İİİ甲"]
