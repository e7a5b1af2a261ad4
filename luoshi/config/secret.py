"""The secret of sessions and forms: a key file like the ledger's, never in the settings."""

from __future__ import annotations

import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """The secret in its file; before `luoshi up` has made that, one that lasts as long as the process."""
    try:
        return (folder / "django.key").read_text().strip()
    except FileNotFoundError:
        return secrets.token_hex(32)
