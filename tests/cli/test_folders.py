from __future__ import annotations

import errno
import json
import os
import pty
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pytest

import luoshi.officialdoc
from luoshi.batch.job import Made
from luoshi.batch.manifest import opened
from luoshi.cli.folders import work_through
from luoshi.cli.main import run
from luoshi.cli.progress import Progress
from luoshi.cli.source import Stopped
from luoshi.text.restore import restore

SEED = Path(luoshi.officialdoc.__file__).parent / "samples" / "mobilisation-meeting-2023.txt"
ROOT = Path(__file__).resolve().parents[2]
MAIN = "from luoshi.cli.main import main; main()"
WEAK = "全區系統(tǒng)部署"
DOUBTFUL = (
    "會(huì)上傳達(dá)學(xué)習(xí)了有關(guān)會(huì)議精神\n" * 6 + "紅星新聞?dòng)浾?楊奕通訊員"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / "seed.txt").write_bytes(SEED.read_bytes())
    (folder / "below" / "shard.jsonl").write_text(json.dumps({"text": WEAK}) + "\n", "utf-8")
    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder that takes a few seconds."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        text = (SEED.read_text("utf-8") + f"第{number}期\n") * 12
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


def started(*arguments: str | Path, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", MAIN, *map(str, arguments)]
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        command, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True, **options
    )


def written(out: Path) -> dict[str, bytes]:
    """Every file below the folder but what the manifest needs."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and ".luoshi" not in path.parts
    }


def done(out: Path) -> list[str]:
    """The paths of the manifest's whole lines."""
    log = out / ".luoshi" / "manifest.jsonl"
    lines = log.read_bytes().splitlines(keepends=True) if log.exists() else []
    return [json.loads(line)["path"] for line in lines if line.endswith(b"\n")]


def until(true: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it never came about")


def expected(folder: Path) -> dict[str, bytes]:
    return {
        path.name: restore(path.read_text("utf-8")).text.encode() for path in folder.glob("*.txt")
    }


def test_a_folder_comes_back_under_the_same_paths(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    out = tmp_path / "new" / "out"
    assert run(["restore", str(source), "--out", str(out)]) == 0
    assert set(written(out)) == {"seed.txt", "below/shard.jsonl"}
    assert (out / "seed.txt").read_text("utf-8") == restore(SEED.read_text("utf-8")).text
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "还原 2 份，先前已完成 0 份，未能处理 0 份；共 2 页。\n"
        "还原 133 处，其中推断 1 处；存疑 1 处。\n"
    )
    assert run(["restore", str(source), "--out", str(out)]) == 0
    assert "还原 0 份，先前已完成 2 份" in capsys.readouterr().err


def test_a_file_alone_and_in_a_folder_comes_back_the_same(source: Path, tmp_path: Path) -> None:
    (source / "doubt.txt").write_text(DOUBTFUL, "utf-8")
    for flags in ([], ["--apply-uncertain"]):
        out, report = tmp_path / f"out{len(flags)}", tmp_path / f"report{len(flags)}"
        run(["restore", str(source), "--out", str(out), "--report", str(report), *flags])
        for name in ("seed.txt", "doubt.txt"):
            alone = subprocess.run(
                [sys.executable, "-c", MAIN, "restore", str(source / name), *flags]
                + ["--report", str(tmp_path / "alone.jsonl")],
                capture_output=True,
                cwd=ROOT,
                check=True,
            )
            assert (out / name).read_bytes() == alone.stdout
            records = (report / f"{name}.repairs.jsonl").read_bytes()
            assert records == (tmp_path / "alone.jsonl").read_bytes()
    assert (tmp_path / "out0/doubt.txt").read_bytes() != (tmp_path / "out1/doubt.txt").read_bytes()


def test_check_says_by_its_exit_code_whether_doubts_remain_also_the_second_time(
    source: Path, tmp_path: Path
) -> None:
    command = ["restore", str(source), "--out", str(tmp_path / "out")]
    assert run([*command, "--check"]) == 1
    assert run([*command, "--check"]) == 1
    (source / "below" / "shard.jsonl").unlink()
    assert run([*command, "--check"]) == 0


def test_bad_files_are_listed_at_the_end_and_stop_nothing(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (source / "empty.txt").touch()
    (source / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (source / "broken.jsonl").write_text('{"text": "a"}\n{"text"\n', "utf-8")
    (source / "nameless.jsonl").write_text('{"txt": "a"}\n', "utf-8")
    (source / "wrong.jsonl").write_bytes('{"text": "测"}'.encode("gb18030"))
    (source / "round.txt").symlink_to(source / "round.txt")
    (source / "unreadable.txt").symlink_to("/proc/self/mem")
    (source / "circle").symlink_to(source)
    (source / "notes.md").touch()
    out = tmp_path / "out"
    assert run(["restore", str(source), "--out", str(out)]) == 3
    assert set(written(out)) == {"seed.txt", "below/shard.jsonl"}
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["不跟随指向文件夹的链接：circle", "另有 1 份是别的类型，未处理。"]
    assert [line.partition("。")[0] for line in lines[2:-2]] == [
        "binary.txt: 无法识别文件的编码，它可能不是文本",
        "broken.jsonl: 第 2 行不是一个完整的 JSON 对象",
        "empty.txt: 文件里没有文字",
        "nameless.jsonl: 第 1 行没有文本字段“text”",
        f"round.txt: 无法读写：{os.strerror(40)}",
        "unreadable.txt: 无法读写：Input/output error",
        "wrong.jsonl: 第 1 行不是 UTF-8 编码",
    ]
    assert lines[-2] == "还原 2 份，先前已完成 0 份，未能处理 7 份；共 2 页。"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["{in}"], 2, "请加上 --out DIR"),
        (["{in}", "--out", "{in}"], 2, "一个在另一个之内"),
        (["{in}", "--out", "{in}/below/out"], 2, "一个在另一个之内"),
        (["{in}/below", "--out", "{in}"], 2, "一个在另一个之内"),
        (["{in}", "--out", "{tmp}/o", "--report", "{in}/r"], 2, "一个在另一个之内"),
        (["{in}", "--out", "{tmp}/o", "--report", "{tmp}/o/r"], 2, "一个在另一个之内"),
        (["{in}", "--out", "{in}/../file"], 1, "这不是文件夹"),
        (["{tmp}/none", "--out", "{tmp}/o"], 2, "只用于文件夹"),
        (["{tmp}/empty", "--out", "{tmp}/o"], 3, "没有可读的文件"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_writes_nothing(
    source: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture,
    arguments: list[str],
    code: int,
    told: str,
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    before = sorted(tmp_path.rglob("*"))
    places = {"in": str(source), "tmp": str(tmp_path)}
    assert run(["restore", *(one.format(**places) for one in arguments)]) == code
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("address", ["nonsense://x:1", "tcp://x", "x"])
def test_an_address_that_is_none_is_said_in_one_line(
    source: Path, tmp_path: Path, address: str
) -> None:
    process = started("restore", source, "--out", tmp_path / "out", "--dask", address)
    _, errors = process.communicate()
    assert process.returncode == 2
    assert errors.decode() == f"连不上集群 {address}。请检查地址。\n"
    assert not (tmp_path / "out").exists()


def test_an_output_of_somebody_else_is_kept_and_said(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "seed.txt").write_text("a treasure", "utf-8")
    assert run(["restore", str(source), "--out", str(out)]) == 3
    assert (out / "seed.txt").read_text("utf-8") == "a treasure"
    assert f"seed.txt: {out}/seed.txt 已存在，且不是这里写出的内容" in capsys.readouterr().err


def test_a_folder_that_another_process_writes_is_left_alone(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with opened([out]):
        process = started("restore", source, "--out", out)
        _, errors = process.communicate()
    assert process.returncode == 1
    assert errors.decode() == f"{out} 正由另一个进程写入。请等它结束。\n"
    assert written(out) == {}


def test_a_full_disk_stops_it_and_what_was_done_stays(source: Path, tmp_path: Path) -> None:
    """RLIMIT_FSIZE refuses a large file as a full disk does; it is set for the workers as well."""
    out = tmp_path / "out"
    (source / "large.txt").write_text("按照会议要求抓落实。\n" * 5_000, "utf-8")

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    process = started("restore", source, "--out", out, preexec_fn=small)
    _, errors = process.communicate()
    assert process.returncode == 3
    assert f"large.txt: 无法读写：{os.strerror(27)}" in errors.decode()
    assert set(written(out)) == {"seed.txt", "below/shard.jsonl"}
    assert list((out / ".luoshi/parts").iterdir()) == []
    assert run(["restore", str(source), "--out", str(out)]) == 0
    assert "large.txt" in written(out)


def test_a_manifest_that_cannot_grow_stops_it_and_nothing_is_lost(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for number in range(30):
        (source / f"{number:02}.txt").write_text(f"抓落实{number}", "utf-8")

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))

    process = started("restore", source, "--out", out, preexec_fn=small)
    _, errors = process.communicate()
    assert process.returncode == 1
    assert errors.decode() == f"{out}: 无法读写：{os.strerror(27)}。\n"
    assert 0 < len(done(out)) < 30
    assert run(["restore", str(source), "--out", str(out)]) == 0
    assert written(out) == expected(source)
    assert sorted(done(out)) == sorted(expected(source))


@dataclass(frozen=True)
class Full:
    """A task that finds no room for its output."""

    endings: tuple[str, ...] = (".txt",)

    def names(self, relative: str) -> tuple[str, ...]:
        return (relative,)

    def as_dict(self) -> dict[str, Any]:
        return {"name": "full"}

    def make(self, source: Path, into: Sequence[BinaryIO]) -> Made:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_without_room_it_does_not_go_on_to_the_next_thousand_files(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for number in range(200):
        (source / f"{number}.txt").touch()
    with pytest.raises(Stopped, match="磁盘已满"):
        work_through(source, (out,), Full(), None)
    assert capsys.readouterr().err.count(os.strerror(errno.ENOSPC)) == 1
    assert written(out) == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_ended_half_way_it_goes_on_where_it_stopped(
    many: Path, tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "out"
    process = started("restore", many, "--out", out)
    until(lambda: len(done(out)) >= 3)
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    _, errors = process.communicate()
    before = done(out)
    assert 3 <= len(before) < 40
    if number == signal.SIGINT:
        assert process.returncode == 130
        assert errors.decode() == "已中断。再运行同一命令，会从停下的地方继续。\n"
    wanted = expected(many)
    assert all(wanted[name] == content for name, content in written(out).items())
    ended = started("restore", many, "--out", out)
    _, errors = ended.communicate()
    assert ended.returncode == 0
    assert f"先前已完成 {len(before)} 份" in errors.decode()
    assert written(out) == wanted
    assert sorted(done(out)) == sorted(wanted)


def test_workers_end_with_a_command_that_was_killed(many: Path, tmp_path: Path) -> None:
    process = started("restore", many, "--out", tmp_path / "out")
    until(lambda: len(done(tmp_path / "out")) >= 1)
    assert len(of_session(process.pid)) > 1
    process.kill()
    process.communicate()
    until(lambda: of_session(process.pid) == [])


def of_session(leader: int) -> list[int]:
    """The processes of a session that live."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = place.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == leader and state != "Z":
            found.append(int(place.parent.name))
    return found


def test_a_terminal_has_a_bar(source: Path, tmp_path: Path) -> None:
    shown = on_terminal("restore", str(source), "--out", str(tmp_path / "out"))
    assert "█" * 24 in shown
    assert "2/2 份" in shown
    assert shown.rstrip().endswith("存疑 1 处。")


def on_terminal(*arguments: str) -> str:
    """What a command writes to a terminal."""
    mine, terminal = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", MAIN, *arguments], stderr=terminal, cwd=ROOT)
    os.close(terminal)
    pieces = []
    try:
        while piece := os.read(mine, 4096):
            pieces.append(piece)
    except OSError:
        pass  # Linux says so when the other side is closed
    finally:
        os.close(mine)
    assert process.wait() == 0
    return b"".join(pieces).decode()


def test_elsewhere_a_line_comes_now_and_then(capsys: pytest.CaptureFixture) -> None:
    moments = iter(range(0, 1_000, 4))
    with Progress(8, 8_000_000, lambda: next(moments)) as shown:
        for _ in range(8):
            shown.advance(1_000_000)
    lines = capsys.readouterr().err.splitlines()
    assert 1 < len(lines) < 8
    assert lines[0].startswith("3/8 份，3.0 MB，约剩 ")


def test_without_the_component_the_cluster_is_refused_in_words(
    source: Path, tmp_path: Path
) -> None:
    hidden = "import sys; sys.modules['distributed'] = None; from importlib import util; "
    hidden += "found = util.find_spec; util.find_spec = lambda name, *rest: None if name == 'distributed' else found(name, *rest); "
    command = [sys.executable, "-c", hidden + MAIN, "restore", str(source)]
    command += ["--out", str(tmp_path / "out"), "--dask", "tcp://localhost:1"]
    ended = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert ended.returncode == 2
    assert (
        ended.stderr.decode() == "连接集群需要另一个组件。请安装：pip install 'luoshi[cluster]'\n"
    )
    without = [*command[:-2]]
    assert subprocess.run(without, capture_output=True, cwd=ROOT, check=False).returncode == 0
