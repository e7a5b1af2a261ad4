"""A task table means the same however it is printed."""

from __future__ import annotations

from typing import Any

import pytest

from luoshi.text import read
from luoshi.text.heads import column_kind

HEADS = ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"]
ROWS = [
    ["1", "新建标准厂房12万平方米，签约企业不少于15家", "区工信局", "区招商局", "9月底前"],
    ["2", "改造老旧管网36公里", "区住建局", "区水务公司", "2026年10月31日前"],
    ["3", "举办技能竞赛4场，培训工人2000人次", "区总工会", "区人社局", "全年"],
]
OWN = ("lead_units", "cooperating_units")


def _page(table: str) -> str:
    return f"岚桥区2026年重点任务分解表\n{table}\n"


LAYOUTS = {
    "tabs": "\n".join("\t".join(row) for row in [HEADS, *ROWS]),
    "bars": "\n".join("| " + " | ".join(row) + " |" for row in [HEADS, *ROWS]),
    "blanks": "\n".join(" ".join(row) for row in [HEADS, *ROWS]),
    "lines": "\n".join(cell for row in [HEADS, *ROWS] for cell in row),
    "head again": "\n".join("\t".join(row) for row in [HEADS, *ROWS[:1], HEADS, *ROWS[1:]]),
    "wrapped": "\n".join("\t".join(row) for row in [HEADS, *ROWS]).replace("，签约", "，\n签约"),
    "heads in two rows": "\n".join(
        [
            "序号\t重点任务\t责任分工\t\t完成时限",
            "\t\t牵头单位\t配合单位",
            *("\t".join(row) for row in ROWS),
        ]
    ),
}


def _told(text: str) -> list[dict[str, Any]]:
    rows = read(text).as_dict()["directives"]
    return [
        {
            "quote": "".join(row["quote"].split()),
            "owners": [row[role] for role in OWN],
            "due": row["deadline"]["value"],
            "targets": [(t["value"], t["unit"]) for t in row["targets"]],
        }
        for row in rows
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_gives_the_same_rows_in_every_layout(layout: str) -> None:
    assert _told(_page(LAYOUTS[layout])) == [
        {
            "quote": ROWS[0][1],
            "owners": [["区工信局"], ["区招商局"]],
            "due": "2026-09",
            "targets": [(12, "万平方米"), (15, "家")],
        },
        {
            "quote": ROWS[1][1],
            "owners": [["区住建局"], ["区水务公司"]],
            "due": "2026-10-31",
            "targets": [(36, "公里")],
        },
        {
            "quote": ROWS[2][1],
            "owners": [["区总工会"], ["区人社局"]],
            "due": "2026",
            "targets": [(4, "场"), (2000, "人次")],
        },
    ]


@pytest.mark.parametrize("order", [[0, 4, 2, 3, 1], [2, 3, 1, 4, 0], [4, 1, 3, 2, 0]])
def test_the_order_of_the_columns_does_not_matter(order: list[int]) -> None:
    lines = ["\t".join(row[at] for at in order) for row in [HEADS, *ROWS]]
    assert _told(_page("\n".join(lines))) == _told(_page(LAYOUTS["tabs"]))


def test_the_heads_of_offices_of_every_kind_are_known() -> None:
    told = {
        "lead_leaders": ["包联领导", "分管副局长", "责任校领导", "挂钩县领导"],
        "lead_units": ["牵头站所", "主办机关", "市直牵头部门", "主责科室"],
        "responsible_units": ["责任村", "权责机关", "整改责任单位", "具体实施单位", "责任分工"],
        "cooperating_units": ["协办机关", "配合站所", "协同处室", "指导单位"],
        "responsible_people": ["责任人及电话", "项目负责人", "责任教师"],
        "deadline": ["预定完成日期", "整改时限", "时间节点", "计划完成时间"],
        "progress": ["办理情形", "一季度进展情况", "目前进展"],
        "task": ["工作项目", "具体举措", "列管事项", "整改措施"],
        "aim": ["2026年目标", "目标值", "考核指标"],
    }
    wrong = {
        word: column_kind(word)
        for kind, words in told.items()
        for word in words
        if column_kind(word) != kind
    }
    assert not wrong


def test_what_is_no_head_has_no_kind() -> None:
    for word in ("", "临澜新区", "新建公厕60座", "岚桥区2026年安全生产重点任务分解清单", "8月底前"):
        assert column_kind(word) == "", word


def _flat(*lines: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read("\n".join(["岚桥区重点任务分解表", *lines])).as_dict()[
        "directives"
    ]
    return rows


def test_a_row_whose_number_is_missing_does_not_swallow_the_rows_behind_it() -> None:
    first, second, third = ROWS
    rows = _flat(*HEADS, *first, *second[1:], *third)
    assert [row["lead_units"] for row in rows] == [["区工信局"], ["区住建局"], ["区总工会"]]
    assert [row["cooperating_units"][0] for row in rows] == ["区招商局", "区水务公司", "区人社局"]


@pytest.mark.parametrize(
    "numbers", [["一", "二", "三"], ["ZD-01", "ZD-02", "ZD-03"], ["1", "2", "4"]]
)
def test_the_numbers_of_a_flattened_table_may_be_codes_or_have_gaps(numbers: list[str]) -> None:
    cells = [c for number, row in zip(numbers, ROWS, strict=True) for c in (number, *row[1:])]
    rows = _flat(*HEADS, *cells)
    assert [row["quote"] for row in rows] == [row[1] for row in ROWS]
    assert [row["lead_units"] for row in rows] == [[row[2]] for row in ROWS]


def test_a_cell_broken_behind_a_comma_or_inside_is_one_cell() -> None:
    rows = _flat(
        *HEADS, "1", "建设智慧停车", "平台，接入泊位3000个", "区城管局", "区公安局、", "区财政局", "6月底前",
        *ROWS[1],
    )  # fmt: skip
    assert [row["lead_units"] for row in rows] == [["区城管局"], ["区住建局"]]
    assert rows[0]["cooperating_units"] == ["区公安局", "区财政局"]


def test_numbered_headings_between_flattened_rows_are_areas() -> None:
    told = read(
        "\n".join(
            ["岚桥区重点任务分解表", *HEADS, "一、产业培育", *ROWS[0], "二、城市更新", *ROWS[1]]
        )
    ).as_dict()
    assert told["areas"] == ["产业培育", "城市更新"]
    assert [row["area"] for row in told["directives"]] == ["产业培育", "城市更新"]


def test_the_next_step_in_a_progress_cell_is_a_row_of_the_same_owner() -> None:
    rows = _flat(
        "编号", "事项名称", "年度目标", "责任单位", "完成时限", "进展情况及下一步打算",
        "A-1", "背街小巷", "改造背街小巷12条", "县城管局", "9月底前",
        "已完成4条。下一步：倒排工期，7月底前完成雨污管网施工。",
        "A-2", "农村供水", "新建供水站5处", "县水利局", "10月底前", "已完工2处。",
    )  # fmt: skip
    assert [row["responsible_units"] for row in rows] == [["县城管局"], ["县城管局"], ["县水利局"]]
    assert rows[0]["quote"] == "改造背街小巷12条"
    assert rows[1]["deadline"]["text"] == "7月底前"
