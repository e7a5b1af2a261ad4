"""Wrong character sets are found, tried in order, with their evidence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.text.charset import decode, misread

TEXT = "会议指出，要坚持以人民为中心的发展思想，加快建设现代化产业体系。" * 3
OLD = "會議指出，要堅持以人民為中心的發展思想，加快建設現代化產業體系。" * 3


@pytest.mark.parametrize(
    ("text", "charset"),
    [(TEXT, "utf-8"), (TEXT, "gb18030"), (OLD, "big5hkscs"), (OLD, "gb18030"), (TEXT, "utf-16")],
)
def test_bytes_are_read_in_their_own_charset(text: str, charset: str) -> None:
    best = decode(text.encode(charset))[0]
    assert best.text == text
    assert best.evidence


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (TEXT, "utf-8", "latin-1"),
        (TEXT, "gb18030", "latin-1"),
        (OLD, "big5hkscs", "gb18030"),
    ],
)
def test_text_misread_as_a_whole_is_read_again(text: str, right: str, wrong: str) -> None:
    best = misread(text.encode(right).decode(wrong))[0]
    assert (best.text, best.charset, best.misread_as) == (text, right, wrong)


def test_utf8_read_as_gbk_with_losses_is_offered() -> None:
    best = misread(TEXT.encode().decode("gbk", "replace"))[0]
    assert best.charset == "utf-8"
    assert best.text.count("�") < len(best.text) / 4


@pytest.mark.parametrize("text", [TEXT, OLD, "", "plain English text", "naïve café", "?" * 50])
def test_good_text_is_left_alone(text: str) -> None:
    assert misread(text) == []


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read(data: bytes) -> None:
    assert decode(data)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_judged(text: str) -> None:
    misread(text)
