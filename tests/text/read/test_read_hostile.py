"""No text raises, none takes more than linear time, none floods the clerk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.text import read

SIZE = 1_500
GROWTH = 4
SLACK = 1.25  # of the calls that a text of four times the length may take above four times as many
ROOT = Path(__file__).parents[3]
UNITS = {
    "nothing": "",
    "question marks": "?",
    "open brackets": "（",
    "open quotations": "“",
    "commas": "，",
    "one clause for ever": "各镇要建设道路，",
    "no marks at all": "要建设",
    "impossible dates": "6月31日前完成2月30日。",
    "headings": "一、一、三、\n",
    "numbers": "12 345 6789\n",
    "owners": "县发改局、",
    "labels": "责任单位：",
    "by and please": "由请",
    "blanks": " ",
    "bars": "|",
    "tabs": "1\t2\t",
    "digits": "1",
    "one character": "中",
    "each": "每",
    "surrogate and NUL": "\ud800\x00",
    "English": "The council shall complete the road by June. ",
    "years": "2025年",
    "posts": "市委书记、市长",
}


def _calls(text: str) -> int:
    """How many functions are called while the text is read: the same number every time."""
    called = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal called
        called += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return called


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_text_four_times_as_long_takes_four_times_the_calls(unit: str) -> None:
    small = unit * (SIZE // max(1, len(unit)))
    read(small[:100])
    short, long = _calls(small + "x"), _calls(small * GROWTH)
    assert long < short * GROWTH * SLACK + 5_000


IN_A_CHILD = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (90, 90))
from luoshi.text import read
from tests.text.read.test_read_hostile import UNITS, giants
for text in giants():
    read(text)
"""


def giants() -> list[str]:
    """Long texts of one kind of thing; some twenty seconds of processor time read them all."""
    names = "、".join(f"第{n}中学" for n in range(2_000))
    long = [unit * (40_000 // len(unit)) for unit in UNITS.values() if unit]
    return [
        *long,
        "会议要求，" + "各镇要做好防汛工作，" * 2_000,
        f"工作任务分解表\n1.完成校舍改造。（市教育局、{names}负责）",
        f"任务分解表\n序号\t工作任务\t责任单位\t完成时限\n1\t完成校舍改造\t{names}\t6月底前",
        "关于做好工作的通知\n" + "各镇要在6月底前改造房屋300户，县住建局牵头。\n" * 4_000,
    ]


def test_giants_are_read_under_a_limit_of_processor_time() -> None:
    """Quadratic work on any of them would need minutes and be killed at the limit."""
    done = subprocess.run(
        [sys.executable, "-c", IN_A_CHILD], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]


def test_two_thousand_owners_in_one_bracket_are_read() -> None:
    names = "、".join(f"第{n}中学" for n in range(2_000))
    text = f"工作任务分解表\n1.完成校舍改造。（市教育局、{names}负责）"
    rows = read(text).as_dict()["directives"]
    assert [row["quote"] for row in rows] == ["完成校舍改造"]
    assert len(rows[0]["responsible_units"]) == 2_001


def test_two_thousand_owners_in_one_cell_are_read() -> None:
    names = "、".join(f"第{n}中学" for n in range(2_000))
    text = f"任务分解表\n序号\t工作任务\t责任单位\t完成时限\n1\t完成校舍改造\t{names}\t6月底前"
    rows = read(text).as_dict()["directives"]
    assert [len(row["responsible_units"]) for row in rows] == [2_000]


def test_rows_of_one_length_are_no_wrapped_page() -> None:
    rows = "".join(f"{n}\t完成第{n}号项目改造\t市住建局\t6月底前\n" for n in range(10, 60))
    text = "任务分解表\n序号\t工作任务\t责任单位\t完成时限\n" + rows
    assert len(read(text).as_dict()["directives"]) == 50


def test_a_day_that_does_not_exist_is_no_deadline() -> None:
    text = "关于做好防汛工作的通知\n各镇：\n各镇要在6月31日前完成河道清理。"
    rows = read(text).as_dict()["directives"]
    assert rows
    assert all(row["deadline"] is None or "31" not in row["deadline"]["value"] for row in rows)


def test_headings_numbered_wrongly_still_part_the_text() -> None:
    text = (
        "云渚县2025年工作要点\n一、抓好产业\n县工信局要新建园区2个。\n"
        "一、抓好民生\n县教育局要新建学校3所。\n三、抓好生态\n县林业局要植树500亩。"
    )
    found = read(text).as_dict()
    assert found["areas"] == ["抓好产业", "抓好民生", "抓好生态"]
    assert [row["responsible_units"] for row in found["directives"]] == [
        ["县工信局"],
        ["县教育局"],
        ["县林业局"],
    ]


def test_two_documents_pasted_together_keep_the_rows_of_both(
    documents: dict[str, tuple[str, dict[str, Any]]],
) -> None:
    first, second = documents["B21"], documents["B23"]
    alone = [
        row["quote"] for text, _ in (first, second) for row in read(text).as_dict()["directives"]
    ]
    both = [row["quote"] for row in read(first[0] + "\n" + second[0]).as_dict()["directives"]]
    assert len(set(both) & set(alone)) > len(alone) * 0.7
    assert len(both) < len(alone) * 1.3


def test_a_paper_that_quotes_another_orders_only_what_it_says_itself() -> None:
    text = (
        "关于转发文件的通知\n各镇：\n县政府印发的《关于加快建设道路、完成绿化任务的意见》已经收到。"
        "各镇要在5月底前报送清单。"
    )
    quotes = [row["quote"] for row in read(text).as_dict()["directives"]]
    assert quotes == ["各镇要在5月底前报送清单"]


@pytest.mark.parametrize(
    "text", ["", "\n \n", "。，；：、" * 400, "0123456789" * 400, "\x00\ue000\ud800" * 400]
)
def test_nothing_is_found_where_nothing_is_said(text: str) -> None:
    found = read(text).as_dict()
    assert found["directives"] == found["results"] == found["areas"] == []
    assert found["meeting"] is None


def test_a_paragraph_or_a_cell_of_nothing_but_marks_orders_nothing() -> None:
    assert read("?" * 40 + "。").document["directives"] == []
    table = "序号\t工作任务\t责任单位\t完成时限\n1\t。，；\t市住建局\t6月底前\n"
    assert read(table).document["directives"] == []


PHRASES = (
    "会议要求，", "会议强调，", "各镇要", "县发改局", "市委宣传部", "、", "，", "。", "；", "：", "\n", "\t", "（", "）", "“", "”", "《", "》",
    "由县财政局牵头", "配合", "负责）", "责任单位：", "完成时限：", "序号\t任务\t责任单位\t完成时限\n", "一、", "（二）", "3.", "一是", "6月31日前",
    "2025年6月底前", "每月25日前", "15个工作日内", "完成投资50亿元", "增长5%以上", "同比增长", "过去一年，", "同志们：", "关于", "的通知", "〔2025〕3号",
    "出席会议", "王建国", "县长李明", "主持会议。", "表态发言", "“创新突破年”", "以上工作要在2月底前完成。", "同上", "列第一位者为牵头单位，下同", "第三条",
)  # fmt: skip
JUNK = (
    "\x00",
    "\ud83d",
    "\ue0a5",
    "\u200b",
    "\ufeff",
    "𠀀",
    "é",
    "?" * 40,
    "|",
    " " * 30,
    "１２",
    "a\u0301",
    "\r\n",
    "\x85",
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(PHRASES), st.sampled_from(JUNK), st.text(max_size=6)), max_size=60
    ).map("".join)
)
def test_any_mix_of_office_phrases_and_junk_is_read_and_points_at_its_own_words(text: str) -> None:
    found = read(text)
    for finding in found.findings:
        assert 0 <= finding.start < finding.end <= len(text)
    for row in found.document["directives"]:
        assert text[row["start"] : row["end"]] == row["quote"]


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="一二（）1.、。，；：要由责任单位县局前日月年“”《》\n\t| ?a\ud83d", max_size=300
    )
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = read(text).as_dict()
    assert found["n_chars"] == len(text)
