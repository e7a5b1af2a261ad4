"""What the tests of the text library share: the simulator's converters and the golden pages."""

import random
from pathlib import Path

import pytest

from luoshi.text.restore_model import load_keys, load_worlds
from tests.text.simulator import Converter, random_keys

GOLDEN = Path(__file__).parent / "golden"
PROSE = GOLDEN / "prose.txt"


@pytest.fixture(scope="session")
def seed_page() -> str:
    """The page as received."""
    return (GOLDEN / "A01/received.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def paragraphs() -> list[str]:
    """Simplified official prose, written for the tests."""
    return [line for line in PROSE.read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="session")
def written() -> dict[str, str]:
    """What a converter writes for each simplified character."""
    return load_worlds().written


def random_converter(rng: random.Random, **options: object) -> Converter:
    """Returns a converter with a random share of the table in a random order."""
    chosen: dict[str, object] = {
        "keys": random_keys(load_keys(), rng, rng.choice([0.2, 0.5, 1.0])),
        "cut": rng.choice(["none", "aligned", "bytewise"]),
        "policy": rng.choice(["eat", "one", "drop"]),
        "half_width": rng.random() < 0.7,
    }
    return Converter(load_worlds().written, **(chosen | options))  # type: ignore[arg-type]
