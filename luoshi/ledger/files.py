"""The bytes of files: each kept once, under its SHA-256, synced before the row is committed."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from luoshi.ledger.models import File


@dataclass(frozen=True, slots=True)
class Upload:
    """What a person handed in: bytes, the name to show, the type found by looking inside."""

    data: bytes
    name: str
    media_type: str


def file_path(sha256: str) -> Path:
    """Where the bytes with this digest lie."""
    return Path(settings.DATA_FOLDER) / "files" / sha256[:2] / sha256[2:]


def store(upload: Upload, stream: str) -> File:
    """An unsaved File whose bytes are on the disk: temporary name, sync, rename, sync the folder."""
    sha256 = hashlib.sha256(upload.data).hexdigest()
    path = file_path(sha256)
    if not path.exists():
        _make_folder(path.parent)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        with draft.open("wb") as file:
            file.write(upload.data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        _sync_folder(path.parent)
    return File(
        sha256=sha256,
        size=len(upload.data),
        media_type=upload.media_type,
        name=upload.name,
        stream_name=stream,
    )


def read_bytes(file: File) -> bytes:
    """The bytes of a file. Errors: FileNotFoundError when they are gone."""
    return file_path(file.sha256).read_bytes()


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each known to the disk before anything lies in it."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
