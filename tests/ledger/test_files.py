"""文件原件: the bytes of every upload are on the disk, synced, before its row is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.ledger import files
from luoshi.ledger.files import Upload, file_path, read_bytes, store
from tests.databases import Database

UPLOAD = Upload("办结".encode(), "办结.txt", "text/plain")


def test_bytes_come_back_as_they_came(database: Database) -> None:
    file = store(UPLOAD, "item:1")
    assert read_bytes(file) == UPLOAD.data
    assert (file.size, file.name, file.media_type, file.stream) == (
        6, "办结.txt", "text/plain", "item:1",
    )  # fmt: skip
    assert file.pk is None


def test_the_same_bytes_lie_on_the_disk_once(database: Database) -> None:
    one, two = store(UPLOAD, "item:1"), store(UPLOAD, "item:2")
    assert file_path(one.sha256) == file_path(two.sha256)
    assert [path for path in (database.data / "files").rglob("*") if path.is_file()] == [
        file_path(one.sha256)
    ]


def test_file_and_every_new_folder_are_synced(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []

    def sync(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())

    monkeypatch.setattr(files.os, "fsync", sync)
    path = file_path(store(UPLOAD, "item:1").sha256)
    folders = [database.data, database.data / "files"]
    assert synced[:2] == folders
    assert synced[2].name.endswith(".part")
    assert synced[3:] == [path.parent]


def test_a_name_that_reaches_elsewhere_is_only_shown(database: Database) -> None:
    file = store(Upload(b"x", "../../etc/passwd", "text/plain"), "item:1")
    assert file_path(file.sha256).is_relative_to(database.data / "files")
