from __future__ import annotations

import json
from pathlib import Path

import pytest

import bench.cli
from bench.__main__ import main, table
from bench.row import Row
from luoshi.cli.columns import width

FAST = Row("cli", "一行字", 0.5, "s", 0.5, "lower")
SLOW = Row("cli", "rows", 90, "1/s", 100, "higher")


def test_a_goal_is_met_in_the_direction_that_is_better() -> None:
    assert FAST.met
    assert not SLOW.met
    assert not Row("x", "x", 0.6, "s", 0.5, "lower").met
    assert Row("x", "x", 101, "1/s", 100, "higher").met


def test_the_table_lines_up() -> None:
    head, fast, slow = table([FAST, SLOW])
    assert head.split() == ["suite", "what", "measured", "goal", "met"]
    assert fast.endswith("≤ 0.5 s  yes")
    assert slow.endswith("≥ 100 1/s  NO")
    assert width(fast[: fast.index(" s  ")]) + 2 == width(slow[: slow.index("/s  ")]) + 2


def test_the_result_is_a_table_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bench.cli, "run", lambda: [FAST, SLOW])
    assert main(["cli"]) == 0
    assert capsys.readouterr().out.count("\n") == 3
    written = json.loads(Path("var/bench.json").read_text("utf-8"))
    assert written[0] == {
        "suite": "cli",
        "name": "一行字",
        "value": 0.5,
        "unit": "s",
        "goal": 0.5,
        "better": "lower",
        "met": True,
    }


def test_an_unknown_suite_is_wrong_usage(capsys: pytest.CaptureFixture) -> None:
    assert main(["nonsense"]) == 2
    assert "there is cli" in capsys.readouterr().err
