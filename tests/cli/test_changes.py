from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import luoshi.officialdoc
from luoshi.cli.changes import shown
from luoshi.cli.main import run
from luoshi.text.restore import restore
from luoshi.text.restore_records import Candidate, Repair

SEED = Path(luoshi.officialdoc.__file__).parent / "samples" / "mobilisation-meeting-2023.txt"
TEXT = "甲\n乙乙(yǐ)\n丙\n丁\n戊?己\n庚5辛\n壬"


def repair(
    before: str, after: str, status: str, *candidates: Candidate, kind: str = "cut"
) -> Repair:
    start = TEXT.index(before)
    return Repair(kind, status, start, start + len(before), 0, 0, before, after, candidates)


REPAIRS = [
    repair("(yǐ)", "", "exact", kind="annotation"),
    repair("戊?", "戊，", "inferred"),
    repair(
        "5",
        "5",
        "uncertain",
        Candidate("15", "lost character", 0.6),
        Candidate("", "other", 0.4),
        kind="number",
    ),
]


def test_each_change_has_signs_of_its_status_and_a_line_around_it() -> None:
    assert list(shown(TEXT, REPAIRS, False)) == [
        "[-原文-]{+还原+} 确定；[~原文~]{~还原~} 推断；{?原文?} 未改，候选见下",
        "    1 │ 甲",
        "    2 ┃ 乙乙[-(yǐ)-]",
        "    3 │ 丙",
        "    4 │ 丁",
        "    5 ┃ [~戊?~]{~戊，~}己",
        "    6 ┃ 庚{?5?}辛",
        "      ? 6:2 存疑（数字可能缺位）“5”，候选：“15” 0.60（补一个字）；删去 0.40（other）",
        "    7 │ 壬",
    ]


def test_lines_far_from_any_change_are_left_out() -> None:
    assert [line[:8] for line in shown(TEXT, REPAIRS[::2], False)][4:7] == [
        "⋯",
        "    5 │ ",
        "    6 ┃ ",
    ]
    assert list(shown(TEXT, [], False)) == []


def test_colour_adds_nothing_but_colour() -> None:
    coloured = "\n".join(shown(TEXT, REPAIRS, True))
    assert "\x1b[31m[-(yǐ)-]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == "\n".join(shown(TEXT, REPAIRS, False))


def test_a_change_over_several_lines_shows_them_all() -> None:
    over = repair("丙\n丁\n", "丙丁\n", "exact")
    lines = list(shown(TEXT, [over], False))[1:]
    assert [line[:7] for line in lines] == ["    2 │", "    3 ┃", "    5 │"]
    assert "[-丙\\n丁\\n-]{+丙丁\\n+}" in lines[1]


@given(st.text())
def test_no_text_sends_an_escape_to_the_terminal(text: str) -> None:
    lines = shown(
        text + "\n會(huì)上傳達(dá)學(xué)習(xí)了有關(guān)會(huì)議精神",
        restore(text).repairs,
        False,
    )
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ue000]", "\n".join(lines))


def test_the_command_shows_the_changes_in_place_of_the_text(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["restore", str(SEED), "--diff"]) == 0
    out, err = capsys.readouterr()
    assert "[-(qū)-]" in out
    assert "\x1b" not in out, "no terminal, no colour"
    assert out.count("[-(") + out.count("[~") >= 133
    assert err == "还原 133 处，其中推断 1 处；存疑 0 处。\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    run(["restore", str(SEED), "--diff"])
    assert "\x1b[31m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    run(["restore", str(SEED), "--diff"])
    assert "\x1b" not in capsys.readouterr().out
