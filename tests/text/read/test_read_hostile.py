"""No text raises, none takes more than linear time, none floods the clerk."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.text import read
from luoshi.text.patterns import REGISTER

SIZE = 4_000
GROWTH = 4
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


def _seconds(text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_long_strange_texts_take_linear_time(unit: str) -> None:
    small = unit * (SIZE // max(1, len(unit)))
    read(small[:100])
    short, long = _seconds(small), _seconds(small * GROWTH)
    assert long < max(0.6, short * GROWTH * 3)


def test_no_pattern_is_worse_than_linear() -> None:
    texts = [unit * (1_000 // max(1, len(unit))) for unit in UNITS.values()]
    for shape in REGISTER:
        start = time.process_time()
        for text in texts:
            for _ in shape.finditer(text * 2):
                pass
        assert time.process_time() - start < 0.5, shape.pattern[:60]


def test_two_thousand_owners_in_one_bracket_are_read() -> None:
    names = "、".join(f"第{n}中学" for n in range(2_000))
    text = f"工作任务分解表\n1.完成校舍改造。（市教育局、{names}负责）"
    assert _seconds(text) < 2
    assert len(read(text).as_dict()["directives"]) == 1


def test_a_sentence_of_twenty_thousand_characters_is_read() -> None:
    assert _seconds("会议要求，" + "各镇要做好防汛工作，" * 2_000) < 6


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="一二（）1.、。，；：要由责任单位县局前日月年“”《》\n\t| ?a\ud83d", max_size=300
    )
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = read(text).as_dict()
    assert found["n_chars"] == len(text)
