"""The organisation's verbs: units, posts, people, accounts, grants, working days."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError

from luoshi.kernel.actor import SYSTEM
from luoshi.kernel.calendar import is_working_day, working_day_after
from luoshi.kernel.errors import Invalid, NotAllowed, Stale
from luoshi.ledger.audit import audit
from luoshi.ledger.models import EventBody
from luoshi.org import actions as org
from luoshi.org import queries
from luoshi.org.models import Account, Unit
from tests.together import everything, together
from tests.world import DISTRICT, HOUSING, PAPER, PASSWORD, WATER, World


def test_a_unit_stands_below_its_parent(world: World) -> None:
    child = org.add_unit("住建所", by=SYSTEM, parent=world.unit(HOUSING), aliases=("建管所",))
    assert child.path == f"{world.unit(DISTRICT).pk}/{world.unit(HOUSING).pk}/{child.pk}/"
    assert (child.short_name, child.aliases) == ("住建所", ["建管所"])
    assert audit().whole


def test_nobody_who_has_signed_in_gives_rights_and_only_the_head_makes_units(world: World) -> None:
    assert org.add_unit("区气象局", by=world.actor("head")).pk
    for name in ("head", "clerk", "auditor"):
        before = everything()
        with pytest.raises(NotAllowed):
            org.add_post(world.unit(HOUSING), "私设", by=world.actor(name))
        if name != "head":
            with pytest.raises(NotAllowed):
                org.add_unit("私设", by=world.actor(name))
        with pytest.raises(NotAllowed):
            org.grant_role(
                world.account(name), "office_head", world.unit(DISTRICT), by=world.actor(name)
            )
        assert everything() == before


def test_a_paper_person_has_an_account_that_nobody_signs_in_with(world: World) -> None:
    for name in PAPER:
        account = world.account(name)
        assert not account.has_usable_password()
        assert not any(account.check_password(word) for word in ("", "!", PASSWORD))
    assert world.account("clerk").check_password(PASSWORD)


def test_a_name_is_given_to_one_account_only(world: World) -> None:
    before = everything()
    with pytest.raises(Invalid) as caught:
        org.open_account(world.person("water"), "clerk", by=SYSTEM, password="x")
    assert caught.value.fields == {"username": "username_taken"}
    assert everything() == before


def test_a_closed_account_is_not_found_any_more(world: World) -> None:
    org.close_account(world.account("clerk"), by=SYSTEM)
    assert queries.account("clerk") is None
    assert Account.objects.filter(username="clerk").exists()


def test_a_new_password_takes_the_place_of_the_old_and_is_in_no_event(world: World) -> None:
    account = org.set_password(world.account("clerk"), "ein-anderes-wort", by=SYSTEM)
    assert world.account("clerk").check_password("ein-anderes-wort")
    assert not world.account("clerk").check_password(PASSWORD)
    bodies = EventBody.objects.values_list("body", flat=True)
    assert not any(account.password in (body or "") for body in bodies)


@pytest.mark.both
def test_a_day_is_decided_once(world: World) -> None:
    org.set_holiday(date(2023, 1, 27), working=False, name="春节", by=SYSTEM)
    before = everything()
    with pytest.raises(IntegrityError):
        org.set_holiday(date(2023, 1, 27), working=True, name="错", by=SYSTEM)
    assert everything() == before


def test_the_weekend_after_the_festival_of_2023_was_worked(world: World) -> None:
    for day in range(21, 28):
        org.set_holiday(date(2023, 1, day), working=False, name="春节", by=SYSTEM)
    for day in (28, 29):
        org.set_holiday(date(2023, 1, day), working=True, name="春节调休", by=SYSTEM)
    days = queries.working_days()
    assert [is_working_day(date(2023, 1, day), days) for day in (20, 21, 27, 28, 29, 30)] == [
        True, False, False, True, True, True,
    ]  # fmt: skip
    assert working_day_after(date(2023, 1, 20), 1, days) == date(2023, 1, 28)
    assert working_day_after(date(2023, 1, 20), 3, days) == date(2023, 1, 30)
    assert working_day_after(date(2023, 1, 28), 1, days) == date(2023, 1, 29)
    assert working_day_after(date(2023, 1, 28), 0, days) == date(2023, 1, 28)


def test_the_holder_of_a_post_is_who_is_appointed_on_that_day(world: World) -> None:
    post = world.post("water")
    assert queries.holder_of(post.pk, on=date(2023, 9, 14)) == world.person("water")
    later = org.add_post(world.unit(HOUSING), "新设", by=SYSTEM)
    org.appoint(world.person("water"), later, by=SYSTEM, since=date(2023, 10, 1))
    assert queries.holder_of(later.pk, on=date(2023, 9, 30)) is None
    assert queries.holder_of(later.pk, on=date(2023, 10, 1)) == world.person("water")


def test_units_come_in_their_order_and_leaders_with_their_posts(world: World) -> None:
    assert [unit.name for unit in queries.units(on=date(2023, 9, 14))][:2] == [DISTRICT, "区督查室"]
    assert queries.leader_posts() == [world.post("leader")]


def test_a_day_that_is_decided_counts_at_once(world: World) -> None:
    day = date(2023, 12, 30)
    assert day not in queries.working_days()
    org.set_holiday(day, working=True, name="调休上班", by=SYSTEM)
    assert queries.working_days()[day] is True


@pytest.mark.both
def test_another_name_is_kept_once_and_belongs_to_one_unit(world: World) -> None:
    by, unit = world.actor("clerk"), world.unit(HOUSING)
    unit = org.add_alias(unit, " 城建局 ", by=by, seen=unit.version)
    assert unit.aliases == ["城建局"]
    unit = org.add_alias(unit, "城建局", by=by, seen=unit.version)
    assert unit.aliases == ["城建局"]
    other = world.unit(WATER)
    faults = {
        "城建局": "alias_taken",
        "區住建局": "alias_taken",
        " ": "required",
        "长" * 121: "max_length",
    }
    for name, code in faults.items():
        with pytest.raises(Invalid) as caught:
            org.add_alias(other, name, by=by, seen=other.version)
        assert caught.value.fields == {"alias": code}
    with pytest.raises(NotAllowed):
        org.add_alias(other, "水利局", by=world.actor("inspector"), seen=other.version)
    with pytest.raises(Stale):
        org.add_alias(other, "水利局", by=by, seen=other.version + 1)


@pytest.mark.both
def test_of_two_units_that_take_a_name_at_once_one_has_it(world: World) -> None:
    by = world.actor("clerk")
    calls = [
        partial(org.add_alias, world.unit(name), "建管局", by=by, seen=world.unit(name).version)
        for name in (HOUSING, WATER)
    ]
    answers = together(calls)
    assert sum(isinstance(each, Unit) for each in answers) == 1
    assert [each.aliases for each in Unit.objects.exclude(aliases=[])] == [["建管局"]]
