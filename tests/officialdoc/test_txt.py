from __future__ import annotations

from pathlib import Path

import luoshi.officialdoc
from luoshi.officialdoc.paper import Charset, Paper
from luoshi.officialdoc.readers import read_paper
from luoshi.officialdoc.txt import read_txt

SEED = Path(luoshi.officialdoc.__file__).parent / "samples" / "mobilisation-meeting-2023.txt"


def test_the_text_of_the_sample_is_received_to_the_last_character() -> None:
    data = SEED.read_bytes()
    paper = read_paper(data, SEED.name)
    assert paper.text == data.decode("utf-8")
    assert paper.charset == Charset("utf-8", "valid")
    assert paper.media_type == "text/plain"
    assert paper.doubts == ()
    assert "\ue319" in paper.text
    assert paper.text.count("\xa0") == data.decode("utf-8").count("\xa0") > 0


def test_every_line_is_one_block_and_the_blocks_make_the_text() -> None:
    paper = read_txt("甲\n\n  乙 \r\n丙\n".encode())
    assert [block.text for block in paper.blocks] == ["甲", "", "  乙 ", "丙", ""]
    assert paper.text == "甲\n\n  乙 \n丙\n"


def test_a_paper_survives_json() -> None:
    paper = read_paper(
        b"<title>t</title><p>a<table><tr><td rowspan=2>1<td>2<tr><td>3<td>4</table>\xef\xbf\xbd",
        "a.html",
    )
    assert Paper.from_dict(paper.as_dict()) == paper
    assert paper.doubts
