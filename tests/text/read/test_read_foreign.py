"""A text that is no official paper orders nothing, whatever its 应当, 请 and 必须."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.text import read

TEXTS = sorted((Path(__file__).parents[1] / "foreign").glob("*.txt"))
CLAIMS = 5  # findings of any kind but title and date that a page may still give


def test_there_is_a_long_text_of_each_kind() -> None:
    assert len(TEXTS) == 13
    assert [path.stem for path in TEXTS if len(path.read_text("utf-8")) < 2_000] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_foreign_text_gives_no_directive_and_few_findings(path: Path) -> None:
    found = read(path.read_text("utf-8"))
    assert found.document["directives"] == []
    told = [f for f in found.findings if f.kind not in ("title", "published", "signed")]
    assert len(told) <= CLAIMS, [(f.kind, f.value) for f in told]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_same_text_in_lines_or_twice_still_orders_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    assert read(text.replace("。", "。\n")).document["directives"] == []
    assert read(text + text).document["directives"] == []


def test_an_order_in_a_text_that_is_no_official_paper_is_doubted() -> None:
    text = "老桥边的早晨\n县城管局必须在6月底前修好路灯。他把报上的这句话念给妻子听，妻子笑了。"
    rows = [f for f in read(text).findings if f.kind == "directive"]
    assert [f.value["responsible_units"] for f in rows] == [["县城管局"]]
    assert "no-official-paper" in rows[0].doubts
    assert rows[0].confidence <= 0.3
