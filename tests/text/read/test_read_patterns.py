"""No pattern takes more than linear time: no repeat without a bound, none that explodes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from luoshi.text.patterns import REGISTER
from tests.text.read import attacks

ROOT = Path(__file__).parents[3]


def test_every_pattern_of_the_package_is_found() -> None:
    found = attacks.patterns()
    assert set(REGISTER) <= set(found)
    assert len(found) > 200


def test_no_pattern_of_the_reader_repeats_anything_without_a_bound() -> None:
    """Then a try at one place takes a bounded number of steps, and a search linear time."""
    assert [shape.pattern for shape in set(REGISTER) if attacks.boundless(shape)] == []


def test_a_repeat_without_bound_is_noticed() -> None:
    bad = attacks.re.compile("(?:一|二)+三")
    assert attacks.boundless(bad)
    assert not attacks.boundless(attacks.re.compile("[^ ]+"))


def test_every_pattern_ends_on_texts_of_what_it_is_sensitive_to() -> None:
    """Some five seconds of processor time are used; what explodes is killed at the limit."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.text.read.attacks"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout.splitlines() or [""])[-1] + done.stderr[-500:]
