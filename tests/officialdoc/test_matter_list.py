"""The matter list goes out as a workbook and comes in again without loss."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.officialdoc.breakdown import read_breakdown
from luoshi.officialdoc.breakdown_rows import rows_of
from luoshi.officialdoc.matter_list import Head, write_matter_list
from luoshi.officialdoc.paper import Table
from luoshi.officialdoc.readers import read_paper

HEADS = (
    Head("register", "督查编号", 10),
    Head("area", "方面", 12, merged=True),
    Head("heading", "重点任务", 16, merged=True),
    Head("task", "具体事项", 40),
    Head("lead_units", "牵头单位", 14),
    Head("cooperating_units", "配合单位", 16),
    Head("deadline", "完成时限", 12),
    Head("progress", "进展情况", 30),
)
UNITS = st.lists(
    st.sampled_from(["区交通局", "区财政局", "各镇街", "区住建局"]), max_size=3, unique=True
)
WORDS = st.text("修路架桥一二三，。、=+-@（）“”abc 12", max_size=30)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "area": st.sampled_from(["产业", "民生"]),
            "heading": st.sampled_from(["修路", "办学", "就医"]),
            "task": WORDS.map(lambda text: f"=完成{text}工程建设任务"),
            "lead_units": st.sampled_from(["区交通局", "区教育局"]),
            "cooperating_units": UNITS.map("、".join),
            "deadline": st.dates(date(2001, 1, 1), date(2098, 12, 31)).map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
            "progress": st.sampled_from(["", "=1+1", "已开工\n正在浇筑", "@完成"]),
        }
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


def table_of(path: Path) -> Table:
    (table,) = read_paper(path.read_bytes(), path.name).blocks
    assert isinstance(table, Table)
    return table


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(rows=ROWS)
def test_what_went_out_comes_in_again(rows: list[dict[str, str]], tmp_path: Path) -> None:
    numbered = [{"register": f"2025-{at:03}", **row} for at, row in enumerate(rows, 1)]
    path = tmp_path / "list.xlsx"
    assert write_matter_list(
        path, HEADS, numbered, title="望川区督查台账", note="2025年9月1日"
    ) == len(rows)
    made = read_breakdown(table_of(path))
    assert made is not None
    back = list(rows_of(made))
    assert [row.register for row in back] == [row["register"] for row in numbered]
    for given_row, row in zip(rows, back, strict=True):
        assert row.headings == [given_row["area"], given_row["heading"]]
        assert row.task.text == given_row["task"]
        assert row.owners.get("lead_units") == [given_row["lead_units"]]
        assert row.owners.get("cooperating_units", []) == [
            n for n in given_row["cooperating_units"].split("、") if n
        ]
        assert row.deadline is not None
        year, month, day = map(int, row.deadline.value.split("-"))
        assert f"{year}年{month}月{day}日" == given_row["deadline"]
        assert row.texts.get("progress", [""]) == [given_row["progress"]]
        assert row.problems == []


def test_it_is_set_for_a3_across_with_its_head_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_matter_list(path, HEADS, [{"task": "修路"}], title="台账")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert 'paperSize="8"' in sheet
    assert 'orientation="landscape"' in sheet
    assert "fitToHeight" in sheet
    assert "_xlnm.Print_Titles" in book


def test_equal_areas_below_each_other_are_one_cell_and_others_are_not(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    rows = [
        {"area": "产业", "heading": "甲", "task": "一"},
        {"area": "产业", "heading": "甲", "task": "二"},
        {"area": "民生", "heading": "甲", "task": "三"},
    ]
    write_matter_list(path, HEADS, rows, title="台账")
    spans = {
        cell.text: cell.row_span
        for row in table_of(path).rows
        for cell in row
        if cell.text in ("产业", "民生", "甲")
    }
    assert spans["产业"] == 2
    assert spans["民生"] == 1


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_matter_list(path, HEADS, [{"task": "=cmd|' /C calc'!A0"}], title="=1+1")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles
    assert table_of(path).rows[-1][3].text == "=cmd|' /C calc'!A0"
