from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.batch.jsonl import parsed
from luoshi.kernel.errors import Invalid

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES), st.text(), st.text(), st.booleans())
def test_only_the_text_of_a_line_is_rewritten(
    others: dict[str, object], text: str, new: str, escaped: bool
) -> None:
    values = {**others, "text": text}
    data = json.dumps(values, ensure_ascii=escaped).encode("utf-8", "backslashreplace")
    line = parsed(data + b"\r\n", "text", 1)
    assert line is not None
    assert line.text == text
    assert line.with_text(text) == data + b"\r\n"
    written = line.with_text(new)
    assert repr(json.loads(written)) == repr({**json.loads(data), "text": new})


def test_numbers_spaces_escapes_and_order_stay_as_they_were_written() -> None:
    data = '{ "n":1.50,"big":1e999 , "x\\u0041":"\\u4e00", "text" : "舊" ,"id":007}'
    data = data.replace("007", "7" * 5000)
    line = parsed(data.encode(), "text", 3)
    assert line is not None
    assert line.with_text("新").decode() == data.replace("舊", "新")


def test_a_line_of_ascii_stays_one() -> None:
    line = parsed(b'{"text": "\\u7532"}\n', "text", 1)
    assert line is not None
    assert line.with_text("乙") == b'{"text": "\\u4e59"}\n'


def test_a_lone_surrogate_goes_out_as_it_came_in() -> None:
    line = parsed('{"甲": 1, "text": "乙\\ud800"}'.encode(), "text", 1)
    assert line is not None
    assert line.with_text(line.text + "丙") == '{"甲": 1, "text": "乙\\ud800丙"}'.encode()


def test_a_blank_line_is_no_page_and_a_mark_may_stand_before_the_first() -> None:
    assert parsed(b" \t\r\n", "text", 2) is None
    assert parsed(b"\xef\xbb\xbf\n", "text", 1) is None
    first = parsed(b'\xef\xbb\xbf{"text": "x"}', "text", 1)
    assert first is not None
    assert first.with_text("y") == b'\xef\xbb\xbf{"text": "y"}'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"text": "\xb2\xe2"}', "line_not_utf8"),
        (b"{", "line_broken"),
        (b'{"text": "x"', "line_broken"),
        (b'{"text": "x"} {}', "line_broken"),
        (b'{"text": "x",}', "line_broken"),
        (b'{"text" "x"}', "line_broken"),
        (b'{"text": }', "line_broken"),
        (b'{text: "x"}', "line_broken"),
        (b'["text"]', "line_broken"),
        (b'"text"', "line_broken"),
        (b'\xef\xbb\xbf{"text": "x"}', "line_broken"),
        (b'{"a": ' + b"[" * 100_000 + b', "text": ""}', "line_broken"),
        (b"{}", "line_without_field"),
        (b'{"Text": "x"}', "line_without_field"),
        (b'{"text": null}', "line_without_field"),
        (b'{"text": 5}', "line_without_field"),
        (b'{"a": {"text": "x"}}', "line_without_field"),
        (b'{"text": "x", "text": "y"}', "line_field_twice"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_by_its_number(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parsed(data, "text", 12)
    assert (refused.value.code, refused.value.values["line"]) == (code, 12)
