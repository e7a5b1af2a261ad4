"""Likely twins: matters that are on a list already, proposed and never linked by themselves."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from luoshi.intake import findings
from luoshi.intake.models import Finding
from luoshi.programme.likeness import likeness, telling
from luoshi.programme.models import Link
from luoshi.programme.twins import STRETCHES, twins
from tests.web.visiting import send, visitor, words
from tests.world import HOUSING, WATER, World

TWIN = "年底前完成32个老旧小区改造任务"


@given(some.text(), some.text())
def test_likeness_is_a_share_and_the_same_both_ways(first: str, second: str) -> None:
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, second) == likeness(second, first)
    assert len(telling(first, STRETCHES)) <= 2 * STRETCHES


def test_script_and_marks_do_not_matter() -> None:
    assert likeness("完成32個老舊小區改造", "完成 32 个老旧小区，改造") == 1
    assert likeness("完成32个老旧小区改造", "清淤河道80处") == 0
    assert likeness("改造", "改造") == 0  # too short to say


@pytest.mark.both
def test_the_likest_come_first_and_what_is_unlike_not_at_all(world: World) -> None:
    viewer, housing = world.actor("clerk"), world.unit(HOUSING)
    found = twins(viewer, TWIN, year=2023, units={housing.pk})
    assert found[0].item.requirement == "完成32个老旧小区改造"
    assert found[0].same_unit
    assert found[0].share == 1
    assert len(found) == 1
    elsewhere = twins(viewer, TWIN, year=2023, units={world.unit(WATER).pk})
    assert [(each.item.pk, each.same_unit) for each in elsewhere] == [(found[0].item.pk, False)]
    assert twins(viewer, TWIN, year=2022, units={housing.pk}) == []
    assert twins(viewer, "a", year=2023, units=set()) == []
    assert twins(world.actor("water"), TWIN, year=2023, units=set()) == []  # not for its eyes


def test_many_items_cost_no_more_queries(world: World) -> None:
    viewer, units = world.actor("clerk"), {world.unit(HOUSING).pk}
    with CaptureQueriesContext(connection) as few:
        twins(viewer, TWIN, year=2023, units=units)
    for number in range(6):
        world.register(requirement=f"完成第{number}批老旧小区改造", due=date(2023, 12, 1))
    with CaptureQueriesContext(connection) as many:
        assert len(twins(viewer, TWIN, year=2023, units=units)) == 3
    assert len(few) == len(many) == 2


def test_a_twin_is_offered_where_links_are_made_and_a_person_takes_it(world: World) -> None:
    document = world.document
    start = document.restored.index("功能區提檔升級")
    row = findings.mark(document, "directive", start, start + 7, by=world.actor("clerk"))
    item = world.register(requirement="功能区提档升级")
    links = Link.objects.count()
    address = reverse("web:link", args=[row.pk])
    form = words(visitor(world, "clerk").get(address, {"kind": "covered"}))
    assert f"{item.code} 功能区提档升级（相近 100%）" in form
    assert Link.objects.count() == links
    fresh = Finding.objects.get(pk=row.pk)
    assert send(world, "clerk", "link", fresh, kind="covered").status_code == 422
    answer = send(world, "clerk", "link", fresh, kind="covered", twin=item.code)
    assert answer.status_code == 302
    assert Link.objects.latest("pk").item == item
    assert send(world, "clerk", "link", fresh, kind="covered", twin="2023-999").status_code == 422
