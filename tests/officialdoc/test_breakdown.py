"""Task tables of many layouts are read row by row, owner by owner."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from luoshi.officialdoc.breakdown import Breakdown, find_layout, read_breakdown
from luoshi.officialdoc.breakdown_rows import Row, owners_in, rows_of, tables_year
from luoshi.officialdoc.columns import head_field
from luoshi.officialdoc.paper import Cell, Table
from luoshi.officialdoc.readers import read_paper
from tests.officialdoc.office_made import xlsx


def table(rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Table:
    found = read_paper(xlsx(rows, merged), "a.xlsx").blocks[0]
    assert isinstance(found, Table)
    return found


def read(
    rows: Sequence[Sequence[object]], merged: Sequence[str] = ()
) -> tuple[Breakdown, list[Row]]:
    made = read_breakdown(table(rows, merged))
    assert made is not None
    return made, list(rows_of(made, 2025))


HEAD = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("序\n号", "number"), ("督查编号", "register"), ("所属领域", "area"), ("工 作 任 务", "task"),
        ("牵头县领导", "lead_leaders"), ("责任领导", "lead_leaders"), ("包抓领导", "lead_leaders"),
        ("牵头单位（主要责任单位）", "lead_units"), ("主办单位", "lead_units"),
        ("责任单位", "responsible_units"), ("实施主体", "responsible_units"), ("责任科室", "responsible_units"),
        ("配合部门", "cooperating_units"), ("協辦單位", "cooperating_units"), ("责任人", "responsible_people"),
        ("完成时限", "deadline"), ("计划完成时间", "deadline"), ("辦理期限", "deadline"), ("启动时间", "start"),
        ("进展情况", "progress"), ("目前完成情况", "progress"), ("联系人及电话", "contact"), ("备注", "remark"),
        ("目标值", "target"), ("衡量标准", "measure"), ("任务来源", "basis"), ("一季度目标", "node"),
        ("甲乙丙丁", None), ("", None),
    ],
)  # fmt: skip
def test_a_head_says_what_its_column_holds(head: str, field: str | None) -> None:
    assert head_field(head) == field


def test_a_plain_table_is_read_with_its_title_and_notes() -> None:
    made, rows = read([
        ["2025年重点任务分解表"],
        HEAD,
        [1, "修复李桥路", "区交通局", "区财政局、各镇街", "6月底前"],
        [2, "建成学校两所", "区教育局", None, "年内"],
        ["注：各镇街包括李桥镇。"],
    ])  # fmt: skip
    assert made.layout.titles == ("2025年重点任务分解表",)
    assert made.notes == ["注：各镇街包括李桥镇。"]
    assert [row.task.text for row in rows] == ["修复李桥路", "建成学校两所"]
    assert rows[0].owners == {
        "lead_units": ["区交通局"],
        "cooperating_units": ["区财政局", "各镇街"],
    }
    assert [row.deadline.value for row in rows if row.deadline] == ["2025-06", "2025"]
    assert rows[1].owners == {"lead_units": ["区教育局"]} or "cooperating_units" in rows[1].owners


def test_merged_owners_hold_for_every_row_they_cover_and_for_no_other() -> None:
    _, rows = read(
        [
            ["序号", "领域", "任务", "牵头单位", "配合单位"],
            [1, "交通", "修复李桥路", "区交通局", "区财政局"],
            [2, None, "新建桥梁两座", None, None],
            [3, "教育", "建成学校两所", "区教育局", None],
        ],
        ["B2:B3", "D2:D3", "E3:E4"],
    )
    assert [row.headings for row in rows] == [["交通"], ["交通"], ["教育"]]
    assert [row.owners.get("lead_units") for row in rows] == [
        ["区交通局"],
        ["区交通局"],
        ["区教育局"],
    ]
    assert [row.owners.get("cooperating_units") for row in rows] == [["区财政局"], None, None]


def test_a_table_that_merges_nothing_goes_on_with_the_words_above() -> None:
    _, rows = read([
        ["序号", "领域", "任务", "牵头单位"],
        [1, "交通", "修复李桥路", "区交通局"],
        [2, None, "新建桥梁两座", None],
    ])  # fmt: skip
    assert (rows[1].headings, rows[1].owners) == (["交通"], {"lead_units": ["区交通局"]})


def test_two_rows_of_heads_name_their_columns_together() -> None:
    made, rows = read(
        [
            ["序号", "任务内容", "责任分工", None, None, "时限"],
            [None, None, "牵头领导", "牵头单位", "配合单位", None],
            [1, "修复李桥路全段八公里", "沈砚青", "区交通局", "区财政局", "2025-06-30"],
        ],
        ["A1:A2", "B1:B2", "C1:E1", "F1:F2"],
    )
    assert [column.field for column in made.layout.columns] == [
        "number", "task", "lead_leaders", "lead_units", "cooperating_units", "deadline",
    ]  # fmt: skip
    assert rows[0].owners["lead_leaders"] == ["沈砚青"]


def test_a_heading_in_a_row_of_its_own_holds_until_the_next_of_its_form() -> None:
    _, rows = read(
        [
            HEAD,
            ["一、产业升级"],
            ["（一）制造业"],
            [1, "修复李桥路", "区交通局", "", "6月底前"],
            ["二、民生实事"],
            [2, "建成学校两所", "区教育局", "", "8月底前"],
        ],
        ["A2:E2", "A3:E3", "A5:E5"],
    )
    assert [row.headings for row in rows] == [["一、产业升级", "（一）制造业"], ["二、民生实事"]]


def test_a_merged_task_is_one_item_with_all_its_units_and_dates() -> None:
    _, rows = read(
        [
            ["序号", "任务", "责任单位", "完成时限"],
            [1, "修复李桥路", "区交通局", "6月底前"],
            [None, None, "区财政局", "9月底前"],
            [2, "建成学校两所", "区教育局", "8月底前"],
        ],
        ["A2:A3", "B2:B3"],
    )
    assert len(rows) == 2
    assert rows[0].owners == {"responsible_units": ["区交通局", "区财政局"]}
    assert rows[0].deadline is not None
    assert (rows[0].deadline.value, [m.value for _, m in rows[0].milestones]) == (
        "2025-09",
        ["2025-06"],
    )


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("区交通局、区财政局", {"responsible_units": ["区交通局", "区财政局"]}),
        ("区交通局\n区财政局", {"responsible_units": ["区交通局", "区财政局"]}),
        ("区交通局牵头，区财政局、各镇街配合", {"lead_units": ["区交通局"], "cooperating_units": ["区财政局", "各镇街"]}),
        ("牵头：区交通局\n配合：区财政局", {"lead_units": ["区交通局"], "cooperating_units": ["区财政局"]}),
        ("牵头单位：区交通局；配合单位：区财政局", {"lead_units": ["区交通局"], "cooperating_units": ["区财政局"]}),
        ("区交通局（牵头）、区财政局", {"lead_units": ["区交通局"], "responsible_units": ["区财政局"]}),
        ("區交通局會同區財政局", {"responsible_units": ["區交通局"], "cooperating_units": ["區財政局"]}),
    ],
)  # fmt: skip
def test_roles_inside_a_cell_part_its_units(cell: str, owners: dict[str, list[str]]) -> None:
    assert owners_in(cell, "responsible_units") == owners


def test_the_first_unit_leads_where_the_head_says_so() -> None:
    _, rows = read([
        ["序号", "任务", "责任单位（列第一位的为牵头单位，下同）", "时限"],
        [1, "修复李桥路", "区交通局、区财政局", "6月底前"],
        [2, "建成学校两所", "各镇街、区教育局", "6月底前"],
    ])  # fmt: skip
    assert rows[0].owners == {"lead_units": ["区交通局"], "responsible_units": ["区财政局"]}
    assert rows[1].owners == {"responsible_units": ["各镇街", "区教育局"]}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2025.6.30", "2025-06-30"), ("2025/6/30", "2025-06-30"), ("45838", "2025-06-30"),
        (45838, "2025-06-30"), ("2025.6", "2025-06"), ("202506", "2025-06"), ("2025年6月", "2025-06"),
        ("6月底", "2025-06"), ("第二季度", "2025-Q2"), ("上半年", "2025-H1"), ("年底前", "2025"),
    ],
)  # fmt: skip
def test_dates_are_read_however_they_are_written(cell: object, value: str) -> None:
    _, rows = read([HEAD, [1, "修复李桥路", "区交通局", "", cell]])
    assert rows[0].deadline is not None
    assert rows[0].deadline.value == value
    assert rows[0].problems == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [("2023.6.31", "date_impossible"), ("尽快", "date_unread"), ("2023.1", "month_one_or_ten")],
)
def test_a_date_that_is_none_is_a_problem_with_its_cell(cell: str, code: str) -> None:
    _, rows = read([HEAD, [1, "修复李桥路", "区交通局", "", cell]])
    assert [(problem.code, problem.cell, problem.text) for problem in rows[0].problems] == [
        (code, "E2", cell)
    ]


@pytest.mark.parametrize("cell", ["长期坚持", "持续推进", "—", "待定"])
def test_a_date_left_open_is_no_problem(cell: str) -> None:
    _, rows = read([HEAD, [1, "修复李桥路", "区交通局", "", cell]])
    assert (rows[0].deadline, rows[0].problems) == (None, [])


def test_a_head_again_on_the_next_page_is_no_row_and_another_one_is_a_doubt() -> None:
    made, rows = read([
        HEAD,
        [1, "修复李桥路", "区交通局", "", "6月底前"],
        HEAD,
        [2, "建成学校两所", "区教育局", "", "6月底前"],
        ["序号", "工作任务", "配合单位", "牵头单位", "完成时限"],
        [3, "新建公园三处", "区住建局", "", "6月底前"],
    ])  # fmt: skip
    assert len(rows) == 3
    assert [code for code, _ in made.doubts] == ["heads_differ", "heads_differ"]


def test_nodes_are_dated_by_their_words_or_by_their_head() -> None:
    _, rows = read([
        ["序号", "任务", "责任单位", "一季度目标", "6月底目标", "完成时限"],
        [1, "修复李桥路全段八公里", "区交通局", "完成设计", "5月开工", "年底前"],
    ])  # fmt: skip
    assert [(text, m.value) for text, m in rows[0].milestones] == [
        ("完成设计", "2025-Q1"), ("5月开工", "2025-05"),
    ]  # fmt: skip


def test_words_of_a_row_without_a_task_are_not_lost() -> None:
    _, rows = read(
        [
            HEAD,
            [1, "修复李桥路", "区交通局", "", "6月底前"],
            [2, None, "区教育局", "区财政局", "8月"],
        ]
    )
    assert [(problem.code, problem.cell) for problem in rows[0].problems] == [
        ("row_without_task", "A3")
    ]


def test_a_person_corrects_a_column_and_the_rows_follow() -> None:
    given = table(
        [["序号", "任务", "甲方", "时限"], [1, "修复李桥路全段八公里", "某公司", "6月底前"]]
    )
    layout = find_layout(given)
    assert layout is not None
    made = read_breakdown(given, layout.corrected({2: "responsible_units"}))
    assert made is not None
    assert [row.owners for row in rows_of(made)] == [{"responsible_units": ["某公司"]}]


def test_the_same_heads_have_the_same_signature_whatever_stands_below() -> None:
    first, second = (
        find_layout(table([["表"], HEAD, [1, text, "区交通局", "", "6月底前"]]))
        for text in ("修路一条", "架桥一座")
    )
    assert first is not None
    assert second is not None
    assert first.signature == second.signature


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "年龄"], ["甲", "3"]],
        [["一段话，没有表头。"]],
        [["任务", "任务", "任务"], ["a", "b", "c"]],
    ],
)
def test_what_is_no_task_table_is_none(rows: Sequence[Sequence[object]]) -> None:
    assert read_breakdown(table(rows)) is None


def test_a_table_of_nothing_is_none() -> None:
    assert find_layout(Table(((), (Cell(""),)))) is None


def test_the_year_of_the_titles_is_that_of_the_dates_unless_they_name_two() -> None:
    assert tables_year(["望川区2025年重点任务分解表"]) == 2025
    assert tables_year(["2024年总结", "2025年打算"]) is None
