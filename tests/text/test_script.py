"""The view in the other script: same length always, back to the clean text, never by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.text.restore_model import load_worlds
from luoshi.text.script import SCRIPTS, viewed
from tests.text.simulator import Converter


@settings(max_examples=100, deadline=None)
@given(
    st.text(
        alphabet=st.characters() | st.sampled_from("著着後后裏里乾干幹發髮\n㐂𠀀\ud800?("),
        max_size=60,
    )
)
def test_a_view_has_the_length_of_its_text(text: str) -> None:
    for script in SCRIPTS:
        shown = viewed(text, script)
        assert len(shown) == len(text)
        assert [at for at, char in enumerate(shown) if char == "\n"] == [
            at for at, char in enumerate(text) if char == "\n"
        ]


@pytest.mark.parametrize("script", ["", "latin", "HANS"])
def test_any_other_script_is_the_text_itself(script: str) -> None:
    assert viewed("顯著發展", script) == "顯著發展"


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("成效顯著", "成效显著"), ("沿著這條路，跟著走", "沿着这条路，跟着走"),
        ("著名作家的著作", "著名作家的著作"), ("著力解決、著眼長遠", "着力解决、着眼长远"),
        ("意味著、圍繞著", "意味着、围绕着"), ("臭名昭著", "臭名昭著"), ("乾隆年間", "乾隆年间"),
        ("功勳卓著", "功勋卓著"), ("顯著著力", "显著着力"),
    ],
)  # fmt: skip
def test_a_word_list_tells_the_two_that_are_written_alike(
    traditional: str, simplified: str
) -> None:
    assert viewed(traditional, "hans") == simplified


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [("皇后后面里头", "皇后後面裏頭"), ("发展头发", "發展頭髮"), ("干部干净", "幹部乾淨")],
)
def test_traditional_goes_by_phrases(simplified: str, traditional: str) -> None:
    assert viewed(simplified, "hant") == traditional


def test_prose_written_in_the_other_world_reads_as_it_was(paragraphs: list[str]) -> None:
    converter = Converter(load_worlds().written)
    texts = [text for text in paragraphs if len(text) > 20]
    exact = sum(viewed(converter.traditional(text), "hans") == text for text in texts)
    assert exact >= len(texts) * 3989 / 4000 - 1, exact
