"""A text that came through the wrong charset is read again, with the evidence beside it."""

from __future__ import annotations

import pytest

from luoshi.officialdoc.paper import Paper
from luoshi.officialdoc.readers import read_paper

TEXT = (
    "2月18日上午，云溪区召开动员大会，区委书记出席并讲话，区长主持会议。会议要求认真学习贯彻上级部署，"
    "加快发展实体经济，年底前完成技术改造投资，确保各项任务落到实处。\n各责任单位要在月底前报送实施方案。"
)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("cp1252", "gb18030"), ("latin-1", "utf-8"), ("latin-1", "gb18030"),
        ("gb18030", "big5hkscs"),
    ],
)  # fmt: skip
def test_text_misread_as_a_whole_is_read_again_and_says_so(wrong: str, right: str) -> None:
    text = (
        TEXT
        if right != "big5hkscs"
        else TEXT.translate(
            str.maketrans(
                "云区动员会书记讲话长议学习贯彻级发实体经济术资确项务处责单报",
                "雲區動員會書記講話長議學習貫徹級發實體經濟術資確項務處責單報",
            )
        )
    )
    text = text.encode(right, "ignore").decode(right)
    spoilt = text.encode(right).decode(wrong, "ignore")
    if spoilt.encode(wrong) != text.encode(right):
        pytest.skip("these bytes do not survive the misreading")
    paper = read_paper(spoilt.encode("utf-8"), "x.txt")
    assert paper.text == text
    charset = paper.charset
    assert (charset.name, charset.evidence) == (right, "misread")
    assert charset.misread_as in {wrong, "latin-1"}  # which of the two western ones cannot be told
    assert charset.before
    assert charset.before != text[:40]
    assert "charset_misread" in [doubt.code for doubt in paper.doubts]
    assert charset.tried[0].sample


def test_where_bytes_were_lost_the_text_stays_and_the_better_reading_is_a_doubt() -> None:
    spoilt = TEXT.encode().decode("gbk", "replace")
    paper = read_paper(spoilt.encode("utf-8"), "x.txt")
    assert paper.text == spoilt
    (doubt,) = (doubt for doubt in paper.doubts if doubt.code == "charset_maybe_misread")
    assert doubt.values["found"] == "utf-8"
    assert "云溪" in doubt.values["sample"] or "2" in doubt.values["sample"]


def test_good_text_is_left_as_it_is() -> None:
    paper = read_paper(TEXT.encode(), "x.txt")
    assert (paper.charset.name, paper.charset.evidence, paper.charset.tried) == (
        "utf-8",
        "valid",
        (),
    )


def test_bytes_of_gbk_say_what_else_was_tried() -> None:
    paper = read_paper(TEXT.encode("gb18030"), "x.txt")
    assert paper.charset.name == "gb18030"
    scores = {each.name: each.score for each in paper.charset.tried}
    assert scores["gb18030"] > scores["big5hkscs"]
    assert Paper.from_dict(paper.as_dict()) == paper
