"""The text as it is cut for the screen: no word lost, places counted, repairs shown, marks placed."""

from __future__ import annotations

import pytest

from luoshi.intake.actions import _repair
from luoshi.kernel.errors import Invalid
from luoshi.web.intake.lines import PART, lines, part_of, parts, place_words
from luoshi.web.intake.marking import place_of
from luoshi.web.intake.source import Mark, Repairs, paragraph
from tests.world import restored

TEXT = "栏目\n\n  标题一行 \n第一句。第二句；第三句！\n第二段。"


def test_lines_are_those_with_words_and_number_the_body_alone() -> None:
    found = lines(TEXT, body=TEXT.index("第一句"))
    assert [TEXT[line.start : line.end] for line in found] == [
        "栏目", "标题一行", "第一句。第二句；第三句！", "第二段。",
    ]  # fmt: skip
    assert [line.number for line in found] == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("words", "place"),
    [("栏目", "页首"), ("第一句", "第 1 段第 1 句"), ("第三句", "第 1 段第 3 句"), ("第二段", "第 2 段第 1 句")],
)  # fmt: skip
def test_a_place_is_said_by_paragraph_and_sentence(words: str, place: str) -> None:
    found = lines(TEXT, body=TEXT.index("第一句"))
    assert place_words(TEXT, found, TEXT.index(words)) == place


def test_a_long_text_comes_in_parts_and_a_very_long_line_in_pieces() -> None:
    text = "?" * (3 * PART) + "\n" + "一句话。\n" * 10
    pages = parts(lines(text))
    assert len(pages) == 4
    assert "".join(text[line.start : line.end] for page in pages for line in page) == text.replace(
        "\n", ""
    )
    assert [part_of(pages, offset) for offset in (0, PART, 3 * PART + 5, 10**9)] == [1, 2, 4, 4]
    assert parts(lines("")) == [[]]


def test_the_runs_of_the_seed_are_its_text_and_every_repair_is_shown() -> None:
    text = restored().text
    repairs = Repairs([_repair(repair) for repair in restored().repairs])
    found = lines(text)
    runs = [run for line in found for run in repairs.runs(text, line.start, line.end)]
    whole = "".join(text[line.start : line.end] for line in found)
    assert "".join(run["text"] for run in runs) == whole
    shown = [run for run in runs if run.get("repair")]
    assert len(shown) == 133
    assert [run["text"] for run in shown if run["repair"] == "inferred"] == ["擔使命"]
    assert "(" in shown[0]["note"]


def test_marks_that_overlap_share_their_stretch_and_a_tag_stands_behind_the_stop() -> None:
    text = "会议强调，要抓好落实。各单位要报告。"
    line = lines(text)[0]
    whole = Mark(5, 10, "one", "open", {"text": "待确认", "url": "#one"})
    inner = Mark(6, 8, "two", "ok", None)
    drawn = paragraph(text, line, [whole, inner], Repairs([]))
    assert [
        ("".join(run["text"] for run in each["runs"]), each["findings"], each["state"])
        for each in drawn["sentences"]
    ] == [
        ("会议强调，", "", ""), ("要", "one", "open"), ("抓好", "two one", "ok"),
        ("落实", "one", "open"), ("。", "", ""), ("各单位要报告。", "", ""),
    ]  # fmt: skip
    assert [each["tag"]["text"] for each in drawn["sentences"] if each["tag"]] == ["待确认"]
    assert drawn["sentences"][4]["tag"]


def test_marked_words_are_found_by_selection_or_by_looking() -> None:
    text = "要落实。要落实好。𠀀字"
    assert place_of(text, "要落实", 4, 7) == (4, 7)
    assert place_of(text, "要 落实", 4, 7) == (4, 7)  # browsers change white space
    assert place_of(text, "落实好", 0, 3) == (5, 8)  # a selection that does not fit is looked for
    assert place_of(text, "𠀀字") == (9, 11)  # code points, not UTF-16 units


@pytest.mark.parametrize(("words", "code"), [("没有", "words_not_found"), ("要落实", "words_found_often"), (" ", "words_not_found")])  # fmt: skip
def test_words_that_have_no_one_place_are_refused(words: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        place_of("要落实。要落实好。", words)
    assert refused.value.fields == {"words": code}
