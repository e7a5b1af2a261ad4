"""Pages that the simulator damages come back, or are flagged."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.text import restore
from luoshi.text.restore_model import load_keys
from tests.text.conftest import random_converter
from tests.text.restore.checks import checked
from tests.text.simulator import Converter, halved

SILENT_PER_1000 = 5


@pytest.mark.parametrize("policy", ["eat", "one"])
@pytest.mark.parametrize("cut", ["none", "aligned", "bytewise"])
def test_paragraphs_come_back_or_are_flagged(
    paragraphs: list[str], written: dict[str, str], cut: str, policy: str
) -> None:
    counts: Counter[str] = Counter()
    for number in range(4):
        rng = random.Random(number)
        converter = random_converter(rng, cut=cut, policy=policy)
        text = Converter(written).traditional("\n".join(paragraphs))
        expected = halved(text) if converter.half_width else text
        expected = expected.encode("gbk", "replace").decode("gbk")
        received = converter.damage("\n".join(paragraphs))
        for outcome, line in outcomes(received, expected):
            counts[outcome] += 1
            if outcome == "silent":
                print(line)
    total = counts.total()
    assert counts["exact"] >= 0.95 * total, counts
    assert 1000 * counts["silent"] <= SILENT_PER_1000 * total, counts


def outcomes(received: str, expected: str) -> list[tuple[str, str]]:
    """Returns exact, flagged, visible or silent for each line."""
    result = restore(received)
    found, start = [], 0
    for line, want in zip(result.text.split("\n"), expected.split("\n"), strict=True):
        end = start + len(line)
        flagged = any(
            not r.applied and r.out_start < end and r.out_end > start for r in result.repairs
        )
        kind = (
            "flagged" if flagged else "visible" if line.count("?") > want.count("?") else "silent"
        )
        found.append(("exact" if line == want else kind, line))
        start = end + 1
    return found


def test_a_page_that_loses_bytes_without_a_trace_is_mostly_restored(
    paragraphs: list[str], written: dict[str, str]
) -> None:
    converter = Converter(written, load_keys(), policy="drop")
    text = "\n".join(paragraphs)
    expected = halved(converter.traditional(text).encode("gbk", "replace").decode("gbk"))
    counts = Counter(kind for kind, _ in outcomes(converter.damage(text), expected))
    assert 1000 * counts["silent"] <= 60 * counts.total(), counts


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_receipt_holds_for_any_damage(paragraphs: list[str], seed: int) -> None:
    rng = random.Random(seed)
    lines = rng.sample(paragraphs, 4)
    received = random_converter(rng).damage("\n".join(lines))
    checked(received[: rng.randrange(len(received))])


@pytest.mark.parametrize("first", [0xB5, 0xC4, 0xD6])
def test_every_listed_key_hit_across_a_boundary_is_paired_again(first: int) -> None:
    keys = load_keys()
    page = "".join(f"\n{char}({reading})" for char, reading in list(keys.items())[:60])
    tried = wrong = 0
    for key, reading in keys.items():
        lead, trail = key.encode("gbk")
        if trail < 0x81:
            continue
        before = bytes((first, lead)).decode("gbk", "ignore")
        behind = bytes((trail, 0x41)).decode("gbk", "ignore")
        if len(before) != 1 or len(behind) != 1:
            continue
        received = f"{before}?{reading})A，在會議上說明\ue319{page}"
        tried += 1
        result = restore(received)
        flagged = any(not r.applied and r.start < 12 for r in result.repairs)
        wrong += not (result.text.startswith(before + behind) or flagged)
    assert tried > 40
    assert wrong == 0


def test_runs_are_never_exact_once_private_use_characters_were_stripped(
    paragraphs: list[str], written: dict[str, str]
) -> None:
    converter = Converter(written, load_keys(), strip_private=True)
    result = checked(converter.damage("\n".join(paragraphs)))
    runs = [r for r in result.repairs if r.kind in ("misaligned", "cut")]
    assert runs
    assert all(r.status != "exact" for r in runs)


@pytest.mark.parametrize("figure", ["8000", "80%", "2.7", "2025"])
def test_a_number_that_lost_a_digit_is_never_silent(written: dict[str, str], figure: str) -> None:
    converter = Converter(written, load_keys() | {"擔": "dān", "聯": "lián"})
    page = "會議要求加快發展，認真學習貫徹，經濟總量穩步提高。\n" * 3
    for head in ("要勇擔使", "要因為在", "他們在內"):
        received = converter.damage(page + head + figure + "家企業")
        if figure in received:
            continue
        result = checked(received)
        doubts = [r for r in result.repairs if not r.applied]
        assert any("?" in r.before and r.before[-1] in "0123456789%?" for r in doubts), received
