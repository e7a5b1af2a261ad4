"""`luoshi read` on folders and into a workbook, with reasons; `luoshi score`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luoshi.cli.main import run
from luoshi.officialdoc.breakdown import read_breakdown
from luoshi.officialdoc.breakdown_rows import rows_of
from luoshi.officialdoc.paper import Table
from luoshi.officialdoc.readers import read_paper
from tests.officialdoc.office_made import xlsx

QUALITY = Path(__file__).parents[1] / "text" / "quality" / "documents"
ROWS = [
    ["2025年重点任务分解表"],
    ["序号", "重点任务", "牵头单位", "责任单位", "完成时限"],
    ["1", "修复李桥路八公里，新建桥梁两座", "区交通局", "区财政局", "2025年6月底前"],
    ["2", "建成普惠幼儿园三所并投入使用", "区教育局", "各镇街", "2025年8月底前"],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers = tmp_path / "in"
    (papers / "sub").mkdir(parents=True)
    (papers / "A21.txt").write_bytes((QUALITY / "A21.txt").read_bytes())
    (papers / "sub" / "table.xlsx").write_bytes(xlsx(ROWS))
    return papers


def test_a_folder_is_read_whole_with_all_kinds_of_papers(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["read", str(folder), "--json", "--out", str(out)]) == 0
    text = json.loads((out / "A21.json").read_bytes())
    table = json.loads((out / "sub" / "table.json").read_bytes())
    assert text["directives"]
    assert [row["lead_units"] for row in table["directives"]] == [["区交通局"], ["区教育局"]]
    assert run(["read", str(folder), "--json", "--out", str(out)]) == 0


def test_the_task_table_of_a_folder_reads_back_with_its_owners(
    folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tasks.xlsx"
    assert run(["read", str(folder), "--xlsx", str(file)]) == 0
    (table,) = read_paper(file.read_bytes(), file.name).blocks
    assert isinstance(table, Table)
    made = read_breakdown(table)
    assert made is not None
    rows = list(rows_of(made))
    assert rows[-1].owners["lead_units"] == ["区教育局"]
    assert rows[-1].task.text.startswith("建成普惠幼儿园")
    assert run(["read", str(folder), "--xlsx", str(file)]) == 2  # nobody's file is written over


def test_a_sheet_is_read_by_itself_too(folder: Path, capsys: pytest.CaptureFixture) -> None:
    assert run(["read", str(folder / "sub" / "table.xlsx"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["directives"]) == 2


def test_why_a_row_was_found_is_said_in_words_and_in_json(
    folder: Path, capsys: pytest.CaptureFixture
) -> None:
    sheet = str(folder / "sub" / "table.xlsx")
    assert run(["read", sheet, "--explain"]) == 0
    assert "表格里的任务格" in capsys.readouterr().out
    assert run(["read", sheet, "--json", "--explain"]) == 0
    row = json.loads(capsys.readouterr().out)["directives"][0]
    assert row["rules"][0] == "S5-table"
    assert 0 < row["confidence"] <= 1


def test_readings_scored_against_themselves_are_perfect_and_a_missing_one_is_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    predicted = tmp_path / "pred"
    predicted.mkdir()
    for path in sorted(QUALITY.glob("A2[1-3].json")):
        (predicted / path.name).write_bytes(path.read_bytes())
    gold = tmp_path / "gold"
    gold.mkdir()
    for path in sorted(QUALITY.glob("A2[1-3].json")):
        (gold / path.name).write_bytes(path.read_bytes())
    assert run(["score", str(predicted), str(gold), "--fields"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "documents 3"
    assert all(" 0." not in line for line in lines[2:])
    (predicted / "A22.json").unlink()
    assert run(["score", str(predicted), str(gold)]) == 0
    out = capsys.readouterr().out
    assert "no prediction: A22" in out
    assert " 0." in out


@pytest.mark.parametrize("broken", ["", "[", "{"])
def test_a_broken_annotation_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture, broken: str
) -> None:
    (tmp_path / "x.json").write_text(broken)
    assert run(["score", str(tmp_path), str(tmp_path)]) == 3
    assert "x.json" in capsys.readouterr().err
