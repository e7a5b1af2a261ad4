"""The keys of the tags: files of mode 0600 beside, never in, the data folder."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def make_key(name: str = "ledger-1") -> Path:
    """The path of a key file, made with mode 0600 if it was not there."""
    folder = Path(settings.KEYS_FOLDER)
    if folder.resolve().is_relative_to(Path(settings.DATA_FOLDER).resolve()):
        raise ImproperlyConfigured("the keys must not lie in the data folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{name}.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    return path


def current() -> tuple[str, bytes]:
    """Name and bytes of the key that tags new events: the newest in the folder."""
    names = sorted(
        (path.stem for path in Path(settings.KEYS_FOLDER).glob("ledger-*.key")),
        key=lambda stem: int(stem.rpartition("-")[2]),
    )
    if not names:
        raise ImproperlyConfigured("no key for the ledger: run `luoshi up`")
    return names[-1], key(names[-1])


def key(name: str) -> bytes:
    """The bytes of one key. Errors: ImproperlyConfigured when its file is not there."""
    return _read(settings.KEYS_FOLDER, name)


@cache
def _read(folder: Path | str, name: str) -> bytes:
    path = Path(folder) / f"{name}.key"
    try:
        return bytes.fromhex(path.read_text().strip())
    except FileNotFoundError as error:
        raise ImproperlyConfigured(f"the key {path.name} is missing") from error
