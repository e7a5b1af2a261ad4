"""Workbooks come in by stored cells, with what they hide said."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.paper import Cell, Paper, Place, Table, column_name
from luoshi.officialdoc.readers import read_paper
from luoshi.officialdoc.sheet_parts import _column
from tests.officialdoc.office_made import ods, xls, xlsx

ROWS = [["序号", "任务", "牵头单位"], ["1", "修路", "区交通局"], ["2", "架桥", ""]]
LINES = "序号\t任务\t牵头单位\n1\t修路\t区交通局\n2\t架桥"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", xlsx(ROWS)),
        ("a.xls", xls(ROWS)),
        ("a.ods", ods(ROWS)),
        ("a.csv", "\n".join(",".join(row) for row in ROWS).encode("gb18030")),
        ("a.csv", "\r\n".join(";".join(row) for row in ROWS).encode("utf-8-sig")),
    ],
)
def test_every_kind_of_sheet_reads_alike(name: str, data: bytes) -> None:
    assert read_paper(data, name).text == LINES


def test_a_merged_cell_stands_once_and_the_cells_beside_it_keep_their_columns() -> None:
    rows = [["领域", "任务"], ["产业", "修路"], [None, "架桥"]]
    (table,) = read_paper(xlsx(rows, ["A2:A3"]), "a.xlsx").blocks
    assert isinstance(table, Table)
    assert table.rows[1][0] == Cell("产业", row_span=2)
    assert table.rows[2] == (Cell("架桥"),)
    assert table.text == "领域\t任务\n产业\t修路\n\t架桥"


def test_values_are_written_as_a_person_would() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        share = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, [12, 3.5, 0.1 + 0.2, True])
        sheet.write_datetime(0, 4, datetime(2023, 6, 30), day)  # noqa: DTZ001 (a sheet knows no zone)
        sheet.write(0, 5, 0.855, share)
        sheet.write_formula(0, 6, "=1+1", None, 2)
    assert read_paper(target.getvalue(), "a.xlsx").text == "12\t3.5\t0.3\t是\t2023-06-30\t85.5%\t2"


def test_one_value_in_the_last_cell_costs_one_value_and_keeps_its_name() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "头")
        sheet.write(1_048_575, 16_383, "尾")
    paper = read_paper(target.getvalue(), "a.xlsx")
    assert paper.text == "头\n\t尾"
    assert [place.name for _, place in paper.places()] == ["表!A1", "表!XFD1048576"]


def test_what_a_workbook_hides_is_said() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet, other = book.add_worksheet("表"), book.add_worksheet("字典")
        sheet.write_column(0, 0, ["看得见", "看不见"])
        sheet.set_row(1, None, None, {"hidden": True})
        other.write(0, 0, "选项")
        other.hide()
    paper = read_paper(target.getvalue(), "a.xlsx")
    assert paper.text == "看得见\n看不见"
    assert {doubt.code for doubt in paper.doubts} == {"sheet_hidden", "sheet_hidden_rows"}
    (table,) = paper.blocks
    assert isinstance(table, Table)
    assert table.hidden == {1}


def test_a_workbook_of_formulas_that_nobody_computed_says_which() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "合计")
        sheet.write_formula(0, 1, "=SUM(C1:C9)", None, "")
    data = target.getvalue()
    assert read_paper(data, "a.xlsx").text.startswith("合计")


def test_places_and_text_agree_in_a_workbook_of_two_sheets() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("甲").write_row(1, 1, ["一", "二"])
        book.add_worksheet("空")
        book.add_worksheet("乙").write(0, 0, "三")
    paper = read_paper(target.getvalue(), "a.xlsx")
    found = {place.name: paper.text[at] for at, place in paper.places()}
    assert found == {"甲!B2": "一", "甲!C2": "二", "乙!A1": "三"}


@pytest.mark.parametrize("data", [xlsx([]), b"", b",,,\n,,"])
def test_nothing_in_it_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read_paper(data, "a.xlsx" if data.startswith(b"PK") else "a.csv")
    assert refused.value.code == "empty"


def test_a_file_under_another_name_is_refused() -> None:
    for name in ("a.xls", "a.docx"):
        with pytest.raises(Invalid) as refused:
            read_paper(xlsx(ROWS), name)
        assert refused.value.code in ("kind_differs", "office_not_this_kind")


def test_dates_of_a_csv_stay_as_typed() -> None:
    assert (
        read_paper("任务,时限\n修路,2023.6.31".encode(), "a.csv").text
        == "任务\t时限\n修路\t2023.6.31"
    )


@given(st.integers(0, 16_383))
def test_the_name_of_a_column_leads_back_to_it(column: int) -> None:
    assert _column(f"{column_name(column)}7", -1) == column


@given(
    st.lists(st.lists(st.sampled_from(["", "甲", "乙\n丙"]), min_size=1, max_size=4), max_size=5)
)
def test_a_sheet_written_and_read_keeps_every_cell(rows: list[list[str]]) -> None:
    if not any(any(row) for row in rows):
        return
    (table,) = read_paper(xlsx(rows), "a.xlsx").blocks
    assert isinstance(table, Table)
    read = {
        table.cell_name(at, column): cell.text
        for at, placed in enumerate(table.grid())
        for column, cell in placed
        if cell.text
    }
    written = {
        f"{column_name(column)}{at + 1}": text
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    }
    assert read == written


def test_a_paper_of_tables_survives_its_journey_through_a_child() -> None:
    paper = read_paper(xlsx(ROWS, ["A2:A3"]), "a.xlsx")
    assert Paper.from_dict(paper.as_dict()) == paper
    assert next(paper.places()) == (0, Place("cell", "表!A1"))
