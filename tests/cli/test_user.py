"""`luoshi user import` and `export`: the organisation in a workbook, there and back."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from luoshi.cli.service.user import app
from luoshi.officialdoc.matter_list import write_sheets
from luoshi.org.models import Unit
from tests.together import everything
from tests.world import World

HEADS = ["单位全称", "简称", "上级单位"]


def workbook(path: Path, rows: list[list[str]]) -> Path:
    with path.open("wb") as target:
        write_sheets(target, [("单位", HEADS, rows)])
    return path


def test_a_workbook_written_here_is_taken_here_and_changes_nothing(
    world: World, tmp_path: Path
) -> None:
    file = tmp_path / "organisation.xlsx"
    assert CliRunner().invoke(app, ["export", str(file)]).exit_code == 0
    before = everything()
    again = CliRunner().invoke(app, ["import", str(file)])
    assert again.exit_code == 0
    assert everything() == before


def test_a_dry_run_lists_what_would_change_with_its_cell(world: World, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", [["青禾县", "县", ""]])
    said = CliRunner().invoke(app, ["import", str(file), "--dry-run"])
    assert said.stdout.splitlines() == ["单位!A2\t增设单位\t青禾县"]
    assert not Unit.objects.filter(name="青禾县").exists()
    assert CliRunner().invoke(app, ["import", str(file)]).exit_code == 0
    assert Unit.objects.filter(name="青禾县").exists()


def test_a_wrong_row_is_named_and_nothing_is_taken(world: World, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", [["青禾县", "县", ""], ["县水利局", "", "无此单位"]])
    said = CliRunner().invoke(app, ["import", str(file)])
    assert said.exit_code == 1
    assert "单位!C3" in said.output
    assert not Unit.objects.filter(name="青禾县").exists()


def test_an_export_never_writes_over_a_file(world: World, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_text("mine")
    assert CliRunner().invoke(app, ["export", str(file)]).exit_code != 0
    assert file.read_text() == "mine"
