from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import luoshi
from luoshi.batch.manifest import Entry, Output, opened, parts_of

ROOT = Path(luoshi.__file__).parents[1]
OPEN = """
import sys
from pathlib import Path
from luoshi.batch.manifest import opened
with opened([Path(name) for name in sys.argv[1:]]):
    pass
"""


def entry(path: str, size: int = 3) -> Entry:
    return Entry(
        path, size, "aa", (Output(path, "bb"),), "e1", {"name": "t"}, 1, {"exact": 2}, ("d",)
    )


@given(st.binary(max_size=12))
def test_an_entry_comes_back_whatever_its_name_is(name: bytes) -> None:
    path = os.fsdecode(name.replace(b"\0", b"/"))
    line = entry(path).line()
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert json.loads(line.decode())["path"] == path


def test_of_two_lines_on_one_path_the_later_counts(tmp_path: Path) -> None:
    with opened([tmp_path]) as manifest:
        manifest.add(entry("甲.txt", 1))
        manifest.add(entry("乙.txt"))
        manifest.add(entry("甲.txt", 2))
    with opened([tmp_path]) as manifest:
        assert manifest.entries == {"甲.txt": entry("甲.txt", 2), "乙.txt": entry("乙.txt")}
    lines = (tmp_path / ".luoshi/manifest.jsonl").read_bytes().splitlines()
    assert len(lines) == 2


@pytest.mark.parametrize("torn", [1, 20, -2])
def test_a_torn_line_is_no_line_and_spoils_none_after_it(tmp_path: Path, torn: int) -> None:
    with opened([tmp_path]) as manifest:
        manifest.add(entry("a"))
    path = tmp_path / ".luoshi/manifest.jsonl"
    with path.open("ab") as log:
        log.write(entry("b").line()[:torn])
    with opened([tmp_path]) as manifest:
        assert set(manifest.entries) == {"a"}
        manifest.add(entry("c"))
    with opened([tmp_path]) as manifest:
        assert set(manifest.entries) == {"a", "c"}


def test_lines_that_another_version_wrote_are_done_again(tmp_path: Path) -> None:
    path = tmp_path / ".luoshi/manifest.jsonl"
    path.parent.mkdir()
    path.write_bytes(b'5\n[]\n{"path": "a"}\n\xff\n{"outputs": 3}\n' + entry("b").line())
    with opened([tmp_path]) as manifest:
        assert set(manifest.entries) == {"b"}


def test_leftovers_of_a_kill_are_swept_in_every_folder(tmp_path: Path) -> None:
    roots = [tmp_path / "out", tmp_path / "report"]
    for root in roots:
        parts_of(root).mkdir(parents=True)
        (parts_of(root) / "x.part").touch()
        (root / "of-somebody.part").touch()
    with opened(roots):
        assert [list(parts_of(root).iterdir()) for root in roots] == [[], []]
    assert all((root / "of-somebody.part").exists() for root in roots)


@pytest.mark.parametrize("shared", ["out", "report"])
def test_a_folder_is_written_by_one_process_at_a_time(tmp_path: Path, shared: str) -> None:
    mine, others = [tmp_path / "out", tmp_path / "report"], [tmp_path / shared]
    command = [sys.executable, "-c", OPEN, *map(str, others)]
    with opened(mine):
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert "folder_in_use" in ended.stderr
    subprocess.run(command, cwd=ROOT, check=True)
