"""What `make lock` writes can be installed anywhere and names no address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "requirements"
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)")


def pins(name: str) -> dict[str, str]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return dict(found.groups() for line in lines if (found := PINNED.match(line)))


@pytest.mark.parametrize("name", ["uv.txt", "run.txt", "dev.txt"])
def test_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    assert len(re.findall(r" \\\n    --hash=sha256:[0-9a-f]{64}", text)) >= len(pins(name)) > 0
    assert not re.search(r"://|^--(?!hash)|^-\w", text, re.MULTILINE)


def test_what_is_tested_is_what_is_run() -> None:
    developed = pins("dev.txt")
    for name in ("uv.txt", "run.txt"):
        assert pins(name).items() <= developed.items()
