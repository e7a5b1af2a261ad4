"""The secret of sessions and forms: a key file like the ledger's, never in the settings."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "django.key"


def secret_key(folder: Path) -> str:
    """The secret in its file; before `luoshi up` has made that, one that lasts as long as the process."""
    try:
        return (folder / NAME).read_text().strip()
    except FileNotFoundError:
        return secrets.token_hex(32)


def make_secret_key(folder: Path) -> None:
    """Make the file with mode 0600 if it is not there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
