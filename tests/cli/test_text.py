from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import luoshi.officialdoc
from luoshi.cli.main import run
from luoshi.text import read, restore

SEED = Path(luoshi.officialdoc.__file__).parent / "samples" / "mobilisation-meeting-2023.txt"
ROOT = Path(__file__).resolve().parents[2]
MAIN = "from luoshi.cli.main import main; main()"


def luoshi_process(
    *arguments: str, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", MAIN, *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={"PATH": os.defpath, **environment},
        check=False,
    )


def test_restore_writes_the_restored_text_and_nothing_else(capsys: pytest.CaptureFixture) -> None:
    assert run(["restore", str(SEED)]) == 0
    out, err = capsys.readouterr()
    assert out == restore(SEED.read_text("utf-8")).text
    assert err == "还原 133 处，其中推断 1 处；存疑 0 处。\n"


def test_the_report_has_one_line_for_every_repair(tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    assert run(["restore", str(SEED), "--report", str(report)]) == 0
    rows = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    text = SEED.read_text("utf-8")
    assert len(rows) == 133
    assert set(rows[0]) == {
        *("kind", "status", "start", "end", "out_start", "out_end"),
        *("before", "after", "candidates"),
    }
    assert all(text[row["start"] : row["end"]] == row["before"] for row in rows)


def test_check_says_by_its_exit_code_whether_doubts_remain(tmp_path: Path) -> None:
    assert run(["restore", str(SEED), "--check"]) == 0
    weak = tmp_path / "weak.txt"
    weak.write_text("全區系統(tǒng)部署", "utf-8")
    assert any(not repair.applied for repair in restore(weak.read_text("utf-8")).repairs)
    assert run(["restore", str(weak), "--check"]) == 1
    assert run(["restore", str(weak)]) == 0


def test_read_prints_one_line_for_every_finding(capsys: pytest.CaptureFixture) -> None:
    assert run(["read", str(SEED)]) == 0
    out, err = capsys.readouterr()
    restored = restore(SEED.read_text("utf-8")).text
    lines = out.splitlines()
    assert lines[0].split() == ["种类", "位置", "内容"]
    assert len(lines) == 1 + len(read(restored).findings)
    assert "还原 133 处" in err
    (published,) = [line for line in lines if line.startswith("发布时间")]
    assert published.split() == ["发布时间", "4:79-89", "2023-01-29"]


def test_read_as_json_is_the_reading_with_the_name_of_the_document(
    capsys: pytest.CaptureFixture,
) -> None:
    assert run(["read", "--json", str(SEED)]) == 0
    answer = json.loads(capsys.readouterr().out)
    expected = read(restore(SEED.read_text("utf-8")).text).as_dict()
    assert answer == json.loads(json.dumps({"id": SEED.stem, **expected}))
    assert list(answer)[0] == "id"


def test_a_folder_becomes_one_file_for_each_document(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    source, out = tmp_path / "in", tmp_path / "out" / "new"
    source.mkdir()
    (source / "A01.raw.txt").write_bytes(SEED.read_bytes())
    page = "".join(f"<p>{line}</p>" for line in SEED.read_text("utf-8").splitlines())
    (source / "A02.html").write_text(page, "utf-8")
    (source / "notes.md").write_text("not a document", "utf-8")
    assert run(["read", str(source), "--json", "--out", str(out)]) == 0
    assert sorted(path.name for path in out.glob("*.json")) == ["A01.json", "A02.json"]
    assert json.loads((out / "A01.json").read_text("utf-8"))["id"] == "A01"
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "读了 2 份，先前已读 0 份，0 份未能读取" in printed.err


def test_what_cannot_be_read_in_a_folder_is_named_and_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "empty.txt").touch()
    (source / "good.txt").write_bytes(SEED.read_bytes())
    assert run(["read", str(source), "--json", "--out", str(out)]) == 3
    assert [path.name for path in out.glob("*.json")] == ["good.json"]
    assert "empty.txt: 文件里没有文字" in capsys.readouterr().err


def test_two_documents_of_one_name_are_not_written_over_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in ("A01.txt", "A01.raw.txt"):
        (source / name).write_text("六月底前完成。", "utf-8")
    assert run(["read", str(source), "--json", "--out", str(tmp_path / "out")]) == 2
    assert "A01" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["read", "restore"])
@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("missing.txt", None, 3, "没有这个文件"),
        ("empty.txt", b"", 3, "文件里没有文字"),
        ("binary.txt", bytes(range(256)) * 9, 3, "无法识别文件的编码"),
        ("nul.txt", b"a\nb\0", 3, "第 2 行（第 3 个字符处）有空字符"),
        ("report.doc", b"x", 3, "另存为 .docx"),
        ("report.docx", b"PK\x03\x04", 3, "Office 文件已损坏"),
        ("report.pdf", b"%PDF-", 3, "PDF 文件已损坏"),
        ("program.exe", b"MZ", 3, "不接受 .exe 文件"),
    ],
)
def test_input_that_cannot_be_read_is_one_line_and_exit_3(
    tmp_path: Path,
    capsys: pytest.CaptureFixture,
    command: str,
    name: str,
    content: bytes | None,
    code: int,
    told: str,
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert run([command, str(path)]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}: ")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["read", "."], 2, "这是文件夹"),
        (["restore", "."], 2, "请加上 --out DIR"),
        (["restore", ".", "--out", "/x", "--diff"], 2, "--diff 只用于单个文件"),
        (["restore", "{seed}", "--out", "x"], 2, "只用于文件夹"),
        (["restore", "{seed}", "--dask", "tcp://x"], 2, "只用于文件夹"),
        (["read", "{seed}", "--out", "x"], 2, "--json"),
        (["read", "{seed}", "--json", "--out", "{seed}"], 2, "这不是文件夹"),
        (["restore", "{seed}", "--report", "/no/such/folder/x"], 2, "没有这个文件"),
    ],
)
def test_what_does_not_go_together_is_said_in_one_line(
    capsys: pytest.CaptureFixture, arguments: list[str], code: int, told: str
) -> None:
    assert run([argument.format(seed=SEED) for argument in arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


def test_standard_input_is_bytes_whatever_the_locale() -> None:
    text = "六月底前完成投资项目审批制度改革，由区发改局牵头。\n"
    for given in (text.encode("gb18030"), text.encode("utf-16"), text.encode()):
        ended = luoshi_process("restore", "-", given=given, LC_ALL="C", PYTHONIOENCODING="ascii")
        assert (ended.returncode, ended.stdout.decode("utf-8")) == (0, text)
        assert "还原 0 处" in ended.stderr.decode("utf-8")


def test_a_page_on_standard_input_is_read_as_a_page() -> None:
    page = "<!DOCTYPE html><p>六月底前<b>完成</b>。<script>x</script>".encode()
    assert luoshi_process("restore", "-", given=page).stdout.decode() == "六月底前完成。"


def test_a_closed_pipe_ends_it_quietly(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_text("按照会议要求抓落实。\n" * 50_000, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "restore", str(large)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout
    process.stdout.read(10)
    process.stdout.close()
    _, errors = process.communicate()
    assert process.returncode == -signal.SIGPIPE
    assert errors == b""
