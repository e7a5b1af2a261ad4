from __future__ import annotations

import pytest

from luoshi.officialdoc.charset import decode

SIMPLIFIED = "各责任单位要以“新”应“变”，项目化、清单化、具体化抓落实。"
TRADITIONAL = "各責任單位要以“新”應“變”，項目化、清單化、具體化抓落實。"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
def test_chinese_is_recognised_without_being_told(text: str, charset: str) -> None:
    assert decode((text + "\n").encode(charset)).text == text + "\n"


def test_big5_is_told_from_gb_18030() -> None:
    decoded = decode(TRADITIONAL.encode("big5"))
    assert (decoded.text, decoded.charset.name) == (TRADITIONAL, "big5hkscs")


@pytest.mark.parametrize(
    ("data", "declared", "name", "evidence"),
    [
        (SIMPLIFIED.encode("utf-8-sig"), "gbk", "utf-8", "bom"),
        (SIMPLIFIED.encode("gbk"), "gb2312", "gb18030", "declared"),
        (SIMPLIFIED.encode("gbk"), "UTF-8", "gb18030", "likely"),
        ((SIMPLIFIED * 2).encode(), "gb2312", "utf-8", "valid"),
        (SIMPLIFIED.encode("gbk"), "iso-8859-1", "gb18030", "likely"),
        (b"ASCII alone", "utf-16", "utf-8", "valid"),
        ("龘靐齉爩".encode("gb18030"), "gbk", "gb18030", "declared"),
    ],
)
def test_a_declaration_counts_as_far_as_the_bytes_bear_it_out(
    data: bytes, declared: str, name: str, evidence: str
) -> None:
    decoded = decode(data, declared)
    assert (decoded.charset.name, decoded.charset.evidence) == (name, evidence)
    told = [doubt.code for doubt in decoded.doubts]
    assert told == ([] if evidence in ("bom", "declared") else ["charset_not_as_declared"])


def test_another_charset_is_a_guess_and_says_so() -> None:
    decoded = decode(("今日は天気がいいですね。日本語の文章です。" * 3).encode("shift_jis"))
    assert decoded.charset.evidence == "guessed"
    assert [doubt.code for doubt in decoded.doubts] == ["charset_guessed"]
