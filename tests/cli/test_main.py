from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.cli.columns import cut, table, width
from luoshi.cli.main import COMMANDS, SERVER, run
from luoshi.cli.words import languages

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_DJANGO = """
import sys
sys.modules["django"] = None
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("django", "typer", "pydantic", "rich", "click"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hidden())
del sys.modules["django"]
from importlib import util
found = util.find_spec
util.find_spec = lambda name, *rest: None if name == "django" else found(name, *rest)
from luoshi.cli.main import main
main()
"""


def without_django(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )


def test_help_lists_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    for command in COMMANDS.values():
        assert f"{command.name} " in out
        assert command.help in out
    assert "退出码：0 正常" in out


@pytest.mark.parametrize("command", ["read", "restore"])
def test_each_command_for_text_has_help_of_its_own(
    capsys: pytest.CaptureFixture, command: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run([command, "--help"])
    assert ended.value.code == 0
    assert f"usage: luoshi {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["--nonsense"], ["read"]])
def test_wrong_usage_is_exit_2_and_says_so_on_standard_error(
    capsys: pytest.CaptureFixture, arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "usage: luoshi" in err


def test_version_is_printed(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    "name", [command.name for command in COMMANDS.values() if command.module == SERVER]
)
def test_a_command_of_the_server_says_which_extra_it_needs(name: str) -> None:
    ended = without_django(name, "--help")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "这个命令需要服务端组件。请安装：pip install 'luoshi[server]'\n"


def test_the_commands_for_text_need_nothing_but_the_base_install() -> None:
    ended = without_django("restore", "luoshi/officialdoc/samples/mobilisation-meeting-2023.txt")
    assert ended.returncode == 0
    assert ended.stdout.startswith("熱點聚焦\n集團動態 媒體關注")
    assert without_django("--help").returncode == 0


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, []),
        ({"LANG": "C.UTF-8"}, []),
        ({"LANG": "zh_CN.UTF-8"}, []),
        ({"LANG": "zh_HK.UTF-8"}, ["zh_Hant"]),
        ({"LANG": "en_GB.UTF-8"}, ["en"]),
        ({"LANG": "de_DE@euro"}, ["en"]),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN"}, []),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US"}, ["en"]),
    ],
)
def test_the_language_is_that_of_the_environment(
    environment: dict[str, str], wanted: list[str]
) -> None:
    assert languages(environment) == wanted


def test_columns_line_up_whatever_the_signs_are_as_wide_as() -> None:
    rows = [("标题", "3:1-5", "甲" * 40), ("xy", "10:100-2000", "b\nc"), ("e\u0301", "1", "d")]
    lines = list(table(("种类", "位置", "内容"), rows, 60))
    starts = {width(line[: line.index(last)]) for line, last in zip(lines, "内甲bd", strict=True)}
    assert starts == {4 + 2 + 11 + 2}
    assert [width(line) <= 60 for line in lines] == [True] * 4
    assert lines[1].endswith("甲…")
    assert lines[2].endswith("b c")


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("抓落实", 6, "抓落实"), ("抓落实了", 6, "抓落…"), ("抓落实了", 5, "抓落…"), ("abc", 2, "a…")],
)
def test_a_text_is_cut_to_columns_not_to_characters(text: str, most: int, shown: str) -> None:
    assert cut(text, most) == shown
