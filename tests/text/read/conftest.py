"""What the tests of the reader share: case files and the documents read by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEXT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def cases() -> Callable[[str], list[dict[str, Any]]]:
    """The cases of a topic."""

    def load(topic: str) -> list[dict[str, Any]]:
        return json.loads((TEXT / "cases" / "read" / f"{topic}.json").read_text(encoding="utf-8"))

    return load


@pytest.fixture(scope="session")
def documents() -> dict[str, tuple[str, dict[str, Any]]]:
    """Text and annotation of each document read by hand, by its id."""
    folder = TEXT / "quality" / "documents"
    return {
        path.stem: (
            path.read_text(encoding="utf-8"),
            json.loads(path.with_suffix(".json").read_text(encoding="utf-8")),
        )
        for path in sorted(folder.glob("*.txt"))
    }
