from __future__ import annotations

import os
from pathlib import Path

import pytest

from luoshi.batch.folder import apart, listing
from luoshi.kernel.errors import Invalid, LuoshiError


def test_the_files_of_the_kinds_asked_for_are_found_at_any_depth(tmp_path: Path) -> None:
    for name in ("b.txt", "a/甲.TXT", "a/b/c.jsonl", "a/other.md", "Makefile"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("xy")
    found = listing(tmp_path, (".txt", ".jsonl"))
    assert [(one.relative, one.size, one.error) for one in found.files] == [
        ("a/b/c.jsonl", 2, None),
        ("a/甲.TXT", 2, None),
        ("b.txt", 2, None),
    ]
    assert found.others == 2


def test_hidden_names_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("x")
    (tmp_path / "._a.txt").write_text("x")
    assert listing(tmp_path, (".txt",)).files == ()


def test_links_to_files_are_followed_and_links_to_folders_named(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    (tmp_path / "circle").symlink_to(tmp_path)
    found = listing(tmp_path, (".txt",))
    assert [one.relative for one in found.files] == ["link.txt", "real.txt"]
    assert found.links == ("circle",)


def test_what_cannot_be_read_is_found_with_its_error(tmp_path: Path) -> None:
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    found = {one.relative: one.error for one in listing(tmp_path, (".txt",)).files}
    assert isinstance(found["round.txt"], OSError)
    assert isinstance(found["gone.txt"], FileNotFoundError)
    pipe = found["pipe.txt"]
    assert isinstance(pipe, LuoshiError)
    assert pipe.code == "not_a_file"
    assert set(found) == {"round.txt", "gone.txt", "pipe.txt"}


def test_a_name_that_is_no_utf8_is_a_name(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("测".encode("gb18030") + b".txt")).write_text("x")
    (one,) = listing(tmp_path, (".txt",)).files
    assert os.fsencode(one.relative) == "测".encode("gb18030") + b".txt"


def test_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        listing(tmp_path / "nowhere", (".txt",))
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        listing(tmp_path / "file", (".txt",))


@pytest.mark.parametrize("other", ["in", "in/below", ".", "in/../in", "link"])
def test_folders_that_hold_each_other_are_refused(tmp_path: Path, other: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "in")
    with pytest.raises(Invalid) as refused:
        apart(tmp_path / "in", tmp_path / other)
    assert refused.value.code == "folders_nested"


def test_folders_side_by_side_are_fine(tmp_path: Path) -> None:
    apart(tmp_path / "in", tmp_path / "in2", tmp_path / "report")
