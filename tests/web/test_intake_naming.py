"""Names in findings: linked where it is certain, asked about where it is not, never made silently."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse

from luoshi.intake import findings
from luoshi.intake.models import Finding
from luoshi.ledger.models import Event
from luoshi.org.models import Unit
from luoshi.web.forms import new_key
from tests.web.visiting import page, visitor, words
from tests.world import HOUSING, World


@pytest.fixture
def named(world: World) -> Finding:
    """A directive with a unit that is known, one that is not, one like a known one, and a class."""
    row = findings.mark(world.document, "directive", 500, 512, by=world.actor("clerk"))
    names = ["區住建局", "区住房城乡建设局", "区气象局", "各街道"]
    given = {"responsible_units": names}
    return findings.correct(row, given, by=world.actor("clerk"), seen=row.version)


def settle(world: World, row: Finding, who: str, name: str, unit: str) -> HttpResponse:
    address = reverse("web:settle_name", args=[row.pk])
    given = {"key": new_key(), "seen": row.version, "name": name, "unit": unit}
    return visitor(world, who).post(address, given)


def test_a_known_name_is_a_link_a_class_is_none_and_an_unknown_one_is_asked_about(
    world: World, named: Finding
) -> None:
    text = words(page(world, "clerk", "document", named.document_id))
    housing = world.unit(HOUSING)
    assert f'href="/items/?unit={housing.pk}">區住建局</a>' in text
    assert text.count(f"即{HOUSING}，按简称") == 1
    assert text.count("名册里没有") == 1
    assert '<span class="val">各街道</span></span>' in text
    seen = words(page(world, "inspector", "document", named.document_id))
    assert "settle-name" not in seen


def test_what_a_person_says_a_name_means_is_an_alias_from_then_on(
    world: World, named: Finding
) -> None:
    address = reverse("web:settle_name", args=[named.pk])
    form = words(visitor(world, "clerk").get(address, {"name": "区气象局"}))
    assert "指哪个单位" in form
    assert "增设" not in form  # a clerk makes no units
    housing = world.unit(HOUSING)
    before = Unit.objects.count()
    answer = settle(world, named, "clerk", "区气象局", f"{housing.pk}:{housing.version}")
    assert answer.status_code == 302
    assert world.unit(HOUSING).aliases == ["区气象局"]
    assert Unit.objects.count() == before
    assert Event.objects.latest("pk").name == "unit.alias_added"
    text = words(page(world, "clerk", "document", named.document_id))
    assert "名册里没有" not in text
    assert f"即{HOUSING}，按别名" in text


def test_a_new_unit_is_made_by_the_head_alone_and_on_request(world: World, named: Finding) -> None:
    assert settle(world, named, "clerk", "区气象局", "new").status_code == 422
    assert settle(world, named, "head", "区气象局", "new").status_code == 302
    made = Unit.objects.get(name="区气象局")
    assert made.parent is not None
    assert made.path == f"{made.parent.path}{made.pk}/"


@pytest.mark.parametrize(
    ("who", "name", "unit", "status"),
    [
        ("inspector", "区气象局", "1:1", 403),
        ("water", "区气象局", "1:1", 404),
        ("clerk", "区没写的局", "1:1", 404),
        ("clerk", "区气象局", "9999:1", 422),
        ("clerk", "区气象局", "", 422),
    ],
)
def test_what_cannot_be_settled_changes_nothing(
    world: World, named: Finding, who: str, name: str, unit: str, status: int
) -> None:
    before = list(Unit.objects.values_list("aliases", "version"))
    assert settle(world, named, who, name, unit).status_code == status
    assert list(Unit.objects.values_list("aliases", "version")) == before


def test_an_old_page_settles_nothing(world: World, named: Finding) -> None:
    housing = world.unit(HOUSING)
    chosen = f"{housing.pk}:{housing.version}"
    assert settle(world, named, "clerk", "区气象局", chosen).status_code == 302
    assert settle(world, named, "clerk", "区气象局", chosen).status_code in (409, 422)
    assert world.unit(HOUSING).aliases == ["区气象局"]
