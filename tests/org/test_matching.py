"""Names as they are printed, and whom they mean: certain, proposed, or nobody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luoshi.org.matching import (
    ABBREVIATED,
    ALIAS,
    AMBIGUOUS,
    CERTAIN,
    CLASS,
    EXACT,
    LEVEL,
    PERSON,
    POST,
    UNIT,
    UNKNOWN,
    Book,
    Known,
    abbreviations,
    folded,
)

DISTRICT, REFORM, HOUSING, FARMS, STREET, PROPAGANDA, CITY = range(1, 8)
UNITS = (
    Known(UNIT, DISTRICT, ("望川区", "望川区")),
    Known(UNIT, REFORM, ("望川区发展和改革局", "区发展和改革局")),
    Known(UNIT, HOUSING, ("望川区住房和城乡建设局", "区住建局"), ("城建局",)),
    Known(UNIT, FARMS, ("望川区农业农村局", "区农业农村局")),
    Known(UNIT, STREET, ("黎桥街道办事处", "黎桥街道")),
    Known(UNIT, PROPAGANDA, ("中共望川区委宣传部", "区委宣传部")),
    Known(POST, 21, ("望川区区长", "望川区区长"), unit=DISTRICT),
    Known(POST, 22, ("望川区发展和改革局局长", "区发展和改革局局长"), unit=REFORM),
    Known(PERSON, 31, ("闻人越",)),
)
BOOK = Book(UNITS, "望川区")


@pytest.mark.parametrize(
    ("name", "how", "key"),
    [
        ("望川区发展和改革局", EXACT, REFORM),
        ("望川區發展和改革局", EXACT, REFORM),
        ("區發展和改革局", EXACT, REFORM),
        ("发展和改革局", LEVEL, REFORM),
        ("區發改局", ABBREVIATED, REFORM),
        ("发改局", ABBREVIATED, REFORM),
        ("望川区发改局", ABBREVIATED, REFORM),
        ("区发展改革局", ABBREVIATED, REFORM),
        ("城建局", ALIAS, HOUSING),
        ("区住房和城乡建设局", LEVEL, HOUSING),
        ("住建局", LEVEL, HOUSING),
        ("区农业局", ABBREVIATED, FARMS),
        ("黎桥街道", EXACT, STREET),
        ("黎橋街道辦", ABBREVIATED, STREET),
        ("宣传部", LEVEL, PROPAGANDA),
        ("区长", LEVEL, 21),
        ("闻人越", EXACT, 31),
    ],
)
def test_a_name_is_matched_and_says_how(name: str, how: str, key: int) -> None:
    match = BOOK.match(name)
    assert match.how == how
    assert match.certain is not None
    assert match.certain.key == key


@pytest.mark.parametrize(
    "name",
    ["各街道", "各责任单位", "区直各部门", "有关部门", "各镇街", "各牵头领导", "牵头单位", "相关单位", "各级各部门"],
)  # fmt: skip
def test_a_class_of_units_is_no_unit(name: str) -> None:
    assert BOOK.match(name) == BOOK.match(name)
    assert (BOOK.match(name).how, BOOK.match(name).certain) == (CLASS, None)


@pytest.mark.parametrize("name", ["市发改委", "省发展和改革委员会", "区气象局", "青禾县住建局", ""])
def test_a_unit_of_another_level_or_place_or_of_nobody_is_unknown(name: str) -> None:
    match = BOOK.match(name)
    assert (match.how, match.certain) == (UNKNOWN, None)


def test_another_ending_is_only_proposed() -> None:
    match = BOOK.match("区发改委")
    assert (match.how, match.certain) == (UNKNOWN, None)
    assert [each.key for each in match.found] == [REFORM]


def test_of_two_whom_a_name_can_mean_none_is_chosen_until_one_has_it_as_an_alias() -> None:
    second = Known(UNIT, 9, ("发展和改革局驻园区办公室", "发改局"))
    book = Book((*UNITS, Known(UNIT, 8, ("望川区园区发展改革局", "发展改革局"))), "望川区")
    match = book.match("区发改局")
    assert (match.how, match.certain) == (AMBIGUOUS, None)
    assert {each.key for each in match.found} == {REFORM, 8}
    chosen = Known(UNIT, REFORM, UNITS[1].names, ("区发改局",))
    assert Book((chosen, second), "望川区").match("区发改局").how == ALIAS


@given(some.text(max_size=40))
def test_no_name_is_too_odd_and_only_what_is_there_is_found(name: str) -> None:
    match = BOOK.match(name)
    assert set(match.found) <= set(UNITS)
    assert (match.certain is not None) == (match.how in CERTAIN)


@given(some.sampled_from(UNITS))
def test_everybody_is_found_by_the_own_name(known: Known) -> None:
    for name in known.names:
        found = BOOK.match(name).certain
        assert found is not None
        assert found.key == known.key


def test_a_short_stem_has_full_ones() -> None:
    table = abbreviations()
    assert table["发改"] == ("发展和改革",)
    assert all(short and full for short, full in table.items())
    assert all(folded(short) == short for short in table)
