"""The second simulator, which shares no code with the first, finds the same engine at work."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.text import restore
from luoshi.text.restore_model import load_keys, load_readings, load_worlds
from tests.text.restore.checks import checked
from tests.text.restore.test_restore_simulated import outcomes
from tests.text.second_simulator import (
    Site,
    in_blocks,
    nested_keys,
    random_site,
    under_a_spam_header,
    with_commas,
    with_rows_of_marks,
)

FULL_CUT = "！？；，"


def site_of(seed: int, **options: object) -> Site:
    """A site of any kind, the same for the same seed."""
    rng = random.Random(seed)
    worlds = load_worlds()
    traditional = {
        char: found for char, found in load_readings().items() if char in worlds.to_simplified
    }
    keys = nested_keys(load_keys(), traditional, rng)
    return random_site(worlds.written, keys, rng, **options)


def full_site(**options: object) -> Site:
    """A site that annotates every character of the table, in a random order."""
    keys = random.Random(5).sample(sorted(load_keys().items()), len(load_keys()))
    return Site(load_worlds().written, keys, **options)  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_the_receipt_holds_on_any_site(paragraphs: list[str], seed: int) -> None:
    rng = random.Random(seed)
    site = site_of(seed)
    page = site.received(rng.sample(paragraphs, 3))
    worsened = [
        site.again(page),
        with_commas(page),
        with_rows_of_marks("\n".join(rng.sample(paragraphs, 3)), rng),
        under_a_spam_header(page),
        page[: rng.randrange(len(page))],
    ]
    checked(page)
    checked(rng.choice(worsened))


@pytest.mark.parametrize("tags", [True, False])
@pytest.mark.parametrize("policy", ["eat", "one"])
@pytest.mark.parametrize("cuts", ["", FULL_CUT])
def test_paragraphs_come_back_or_are_flagged(
    paragraphs: list[str], cuts: str, policy: str, tags: bool
) -> None:
    site = full_site(cuts=cuts, policy=policy, tags=tags)
    found = outcomes(site.received(paragraphs), "\n".join(site.wanted(paragraphs)))
    counts = Counter(kind for kind, _ in found)
    assert counts["silent"] == 0, [line for kind, line in found if kind == "silent"]
    assert counts["exact"] >= 0.95 * counts.total(), counts


def test_aligned_cuts_leave_characters_whole(paragraphs: list[str]) -> None:
    site = full_site(cuts="，。、", aligned=True)
    found = outcomes(site.received(paragraphs), "\n".join(site.wanted(paragraphs)))
    assert Counter(kind for kind, _ in found)["silent"] == 0


def test_clean_lines_between_damaged_ones_stay(paragraphs: list[str]) -> None:
    site = full_site(cuts=FULL_CUT)
    clean = "\n".join(paragraphs)
    mixed = in_blocks(site.received(paragraphs), clean)
    lines = restore(mixed).text.split("\n")
    assert lines[::2] == clean.split("\n")[::2]


def test_a_page_damaged_twice_loses_all_insertions(paragraphs: list[str]) -> None:
    site = full_site()
    once = site.received(paragraphs)
    text = restore(site.again(once)).text
    assert "(fā)" not in text
    assert "(yè)" not in text


def test_a_term_in_quotation_marks_does_not_end_in_a_full_stop() -> None:
    """三保 in quotation marks was read as 三。: both are one lost byte before the mark."""
    page = full_site(cuts=FULL_CUT).received(
        ["兜牢基层“三保”底线，落实好结对帮扶机制，发展特色产业，建设美丽乡村。"] * 3
    )
    result = restore(page)
    assert "“三。”" not in result.text


def test_a_head_of_question_marks_on_one_line_alone_stays(paragraphs: list[str]) -> None:
    page = full_site().received([*paragraphs[:6], "???这是什么意思"])
    assert "\n???這是什么意思" in restore(page).text
