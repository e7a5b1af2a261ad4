"""The table of the model: what is packed into it is found again, and probabilities are some."""

from __future__ import annotations

from math import exp, log

import pytest

from luoshi.text.restore_model import (
    LINE_END,
    LOG_STEP,
    Model,
    load_model,
    load_readings,
    load_worlds,
    pack,
    parse_worlds,
    weight_of,
)

COUNTS = {"的": 900, "\n": 400, "会": 300, "议": 150, "发": 60, "展": 7, "𠀀": 1}
GRAMS = {"的会": 500, "会议": 150, "\n会": 300, "发展": 7, "议\n": 60, "议的": 80}
LONGER = {"的会议": 150, "\n会议": 120, "会议的": 80, "会议\n": 60, "\n会议的": 75}


def packed(longer: dict[str, int]) -> Model:
    """A model of a few counts."""
    singles = {LINE_END if c == "\n" else c: weight_of(n) for c, n in COUNTS.items() if c < "𠀀"}
    grams = {gram: weight_of(count) for gram, count in (GRAMS | longer).items()}
    return Model(b"# head\n\n" + pack(singles, grams))


def test_a_weight_is_the_logarithm_of_a_count_in_one_byte() -> None:
    assert [weight_of(count) for count in (0, 0.5, 1)] == [1, 1, 1]
    assert weight_of(exp(LOG_STEP)) == 2
    assert weight_of(exp(LOG_STEP * 253)) == 254
    assert weight_of(1e9) == 255


def test_packed_characters_are_counted_again() -> None:
    model = packed(LONGER)
    for char, count in COUNTS.items():
        wanted = pytest.approx(count, rel=LOG_STEP) if char < "𠀀" else 0
        assert model.count(char) == wanted


def test_packed_sequences_raise_what_ends_them() -> None:
    model = packed(LONGER)
    for gram in GRAMS:
        assert model.score(gram) > model.score(gram[-1])
    for gram in LONGER:
        without = packed({other: count for other, count in LONGER.items() if other != gram})
        assert model.score(gram) > without.score(gram)
        assert model.score("展会") == without.score("展会")


@pytest.mark.parametrize("before", ["", "的", "会议", "\n会议", "人民代", "的会议", "𠀀"])
def test_probabilities_of_all_characters_sum_to_at_most_one(before: str) -> None:
    """Sequences that were left out of the table make it less, hashes that meet a little more."""
    model, worlds = load_model(), load_worlds()
    others = [*map(chr, range(0x21, 0x7F)), *"\n “”《》、。·—…"]
    chars = set(worlds.fold("".join([*load_readings(), *others])))
    total = sum(exp(model.score(before + char)) for char in chars)
    assert 0.5 < total < 1.02


def test_likeliest_scores_are_those_of_the_model() -> None:
    from_choice = load_model()
    assert from_choice.total("会议强调", 2) == pytest.approx(
        from_choice.score("会议强") + from_choice.score("会议强调")
    )
    assert from_choice.total("在会议强调", 4) == from_choice.score("会议强调")


def test_the_unseen_is_possible() -> None:
    assert load_model().score("會") >= log(1e-8)


def test_worlds_are_read_from_lines() -> None:
    worlds = parse_worlds("# head\n发\t發\t\n学\t學\t\n会\t会\t\n=\t發\t发\n=\t髮\t发\n=\t學\t学\n")
    assert worlds.to_simplified == {"發": "发", "髮": "发", "學": "学"}
    assert worlds.written == {"发": "發", "学": "學", "会": "会"}
    assert worlds.also == {"髮"}
    assert worlds.simplified_only == {"发", "学"}
    assert worlds.is_traditional("髮")
    assert not worlds.is_traditional("发")


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("發髮", "发发"),
        ("９5七", "00七"),
        ("Ａzā", "aaā"),
        ("，,！?", ",,!?"),
        ("『「」』《", "““””《"),
        ("\xa0\t\u3000 \r\n", "    \n\n"),
        ("~！\x7f～", "~!\x7f~"),
    ],
)
def test_text_is_folded_to_the_form_the_model_counts(given: str, folded: str) -> None:
    assert load_worlds().fold(given) == folded
