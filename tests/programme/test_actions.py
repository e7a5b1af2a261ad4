"""編制, 立項, 對應: what a draft is made of, and what became of every sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.intake import findings
from luoshi.kernel.errors import Invalid, WrongState
from luoshi.ledger.audit import audit
from luoshi.programme import actions as programmes
from luoshi.programme import queries
from luoshi.programme.actions import DutyGiven, NodeGiven, TargetGiven
from luoshi.programme.models import Item
from tests.together import everything
from tests.world import HOUSING, KEY, WATER, World


def test_a_draft_has_a_heading_for_each_area_that_a_person_stands_behind(world: World) -> None:
    area = world.document.findings.filter(kind="area").latest("order")
    findings.reject(area, by=world.actor("clerk"), seen=area.version, reason="不是方面")
    made = programmes.draft_programme(
        world.document, title=" 清单 ", year=2023, by=world.actor("clerk"), theme="创新突破年"
    )
    headings = list(made.headings.all())
    assert [(each.order, each.name) for each in headings] == [(1, "促進消費")]
    assert headings[0].passage == world.finding("area").passage
    assert (made.title, made.state, made.theme) == ("清单", "draft", "创新突破年")


def test_without_a_confirmed_area_or_a_title_nothing_is_drafted(world: World) -> None:
    by = world.actor("clerk")
    with pytest.raises(Invalid) as caught:
        programmes.draft_programme(world.document, title=" ", year=2023, by=by)
    assert caught.value.fields == {"title": "required"}
    document = world.receive()
    before = everything()
    with pytest.raises(Invalid) as caught:
        programmes.draft_programme(document, title="清单", year=2023, by=by)
    assert caught.value.code == "no_confirmed_areas"
    assert everything() == before


def test_an_item_keeps_all_that_was_given_and_its_sentence(world: World) -> None:
    item = world.register(
        DutyGiven("lead_unit", unit=world.unit(HOUSING), part="总牵头", due=date(2023, 10, 1)),
        DutyGiven("lead_leader", post=world.post("leader")),
        measure="验收合格", papers_due=date(2023, 12, 10),
        targets=[TargetGiven("小区", Decimal("32.50"), ">", "个")],
        nodes=[NodeGiven("开工", date(2023, 5, 31))],
    )  # fmt: skip
    listing, target, node = item.listings.get(), item.targets.get(), item.nodes.get()
    assert (item.code, item.state, item.publicity) == ("2023-005", "registered", "closed")
    assert (listing.heading, listing.order, listing.wording) == (world.heading, 5, "再办一件")
    assert (target.value, target.operator, target.unit) == (Decimal("32.5"), ">", "个")
    assert (node.deliverable, node.due) == ("开工", date(2023, 5, 31))
    assert {(duty.role, duty.printed, duty.part) for duty in item.duties.all()} == {
        ("lead_unit", HOUSING, "总牵头"), ("lead_leader", "副区长", ""),
    }  # fmt: skip
    assert queries.ordering_passage(item) == world.finding("directive").passage
    assert audit().whole


LEAD = "lead_unit"


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"requirement": " "}, {"requirement": "required"}),
        ({"grade": "gold"}, {"grade": "unknown_grade"}),
        ({"due": None}, {"due": "required"}),
        ({"papers_due": date(2023, 11, 29)}, {"papers_due": "papers_before_due"}),
        ({"grade": "key"}, {"lead_leader": "key_needs_leader"}),
        ({"requirement": "长" * 301}, {"requirement": "max_length"}),
        ({"requirement": "空\0字"}, {"requirement": "unstorable"}),
        ({"requirement": "半\ud842字"}, {"requirement": "unstorable"}),
    ],
)
@pytest.mark.both
def test_an_item_that_does_not_fit_is_refused_by_its_field(
    world: World, given: dict[str, Any], fields: dict[str, str]
) -> None:
    before = everything()
    with pytest.raises(Invalid) as caught:
        world.register(**given)
    assert caught.value.fields == fields
    assert everything() == before


def test_an_item_has_one_lead_or_a_responsible_unit(world: World) -> None:
    housing, water = world.unit(HOUSING), world.unit(WATER)
    with pytest.raises(Invalid) as caught:
        world.register(DutyGiven(LEAD, unit=housing), DutyGiven(LEAD, unit=water))
    assert caught.value.fields == {"lead_unit": "one_lead_only"}
    with pytest.raises(Invalid) as caught:
        world.register(DutyGiven("cooperating_unit", unit=housing))
    assert caught.value.fields == {"lead_unit": "required"}
    assert world.register(DutyGiven("responsible_unit", unit=water)).duties.count() == 1


def test_a_role_an_operator_and_a_figure_that_do_not_exist_are_refused(world: World) -> None:
    housing = world.unit(HOUSING)
    lead = DutyGiven(LEAD, unit=housing)
    before = everything()
    for duties, given, fields in (
        ((lead, DutyGiven("boss", unit=housing)), {}, {"role": "invalid_choice"}),
        ((lead,), {"targets": [TargetGiven("x", Decimal(1), "!!")]}, {"operator": "invalid_choice"}),
        ((lead,), {"targets": [TargetGiven("x", Decimal("1e20"))]}, {"value": "max_digits"}),
        ((lead,), {"targets": [TargetGiven("x", Decimal("0.00005"))]}, {"value": "max_decimal_places"}),
    ):  # fmt: skip
        with pytest.raises(Invalid) as caught:
            world.register(*duties, **given)
        assert caught.value.fields == fields
    assert everything() == before


def test_numbers_begin_anew_each_year_and_are_never_given_twice(world: World) -> None:
    by = world.actor("clerk")
    programmes.draft_programme(world.document, title="次年", year=2024, by=by)
    heading = world.document.programmes.get(year=2024).headings.earliest("pk")
    codes = [
        programmes.register_item(
            heading, by=by, finding=world.finding("directive"), requirement="事", grade="simple",
            due=date(2024, 5, 1), duties=[DutyGiven(LEAD, unit=world.unit(HOUSING))],
        ).code
        for _ in range(2)
    ]  # fmt: skip
    assert codes == ["2024-001", "2024-002"]
    assert world.document.links.filter(kind="ordered").count() == 6


def test_nothing_is_added_to_a_list_that_was_issued(world: World) -> None:
    heading = world.heading
    world.issue()
    before = everything()
    with pytest.raises(WrongState) as caught:
        world.register()
    assert caught.value.code == "programme_issued"
    assert everything() == before
    assert heading.listings.count() == 4


# --- links and coverage ---


def directives(world: World) -> list[Any]:
    return list(world.document.findings.filter(kind="directive").order_by("order"))


def test_coverage_counts_each_directive_once_by_what_became_of_it(world: World) -> None:
    found = queries.coverage(world.document)
    assert dict(found.by_kind) == {"ordered": 1, "general": 1}
    assert (found.unlinked, found.unconfirmed, found.rejected, found.directives) == (1, 0, 0, 3)


def test_a_rejected_directive_is_counted_beside(world: World) -> None:
    last = directives(world)[2]
    findings.reject(last, by=world.actor("clerk"), seen=last.version, reason="口号")
    found = queries.coverage(world.document)
    assert (found.unlinked, found.rejected, found.directives) == (0, 1, 2)


def test_a_directive_nobody_looked_at_is_counted_as_such(world: World) -> None:
    marked = findings.mark(world.document, "directive", 3, 9, by=world.actor("clerk"))
    assert queries.coverage(world.document).unlinked == 2
    rows = world.document.findings.filter(pk=marked.pk)
    assert rows.get().state == "added"


def test_one_sentence_may_point_at_several_headings(world: World) -> None:
    last = directives(world)[2]
    headings = list(world.programme.headings.all())
    made = programmes.link(last, "merged", by=world.actor("clerk"), headings=headings)
    assert [link.heading for link in made] == headings
    assert dict(queries.coverage(world.document).by_kind)["merged"] == 1
    assert queries.links_of([last.passage_id])[last.passage_id] == made


def test_a_later_word_replaces_an_earlier_one(world: World) -> None:
    second, by = directives(world)[1], world.actor("clerk")
    programmes.link(second, "to_detail", by=by, note="三月细化")
    found = queries.links_of([second.passage_id])[second.passage_id]
    assert [link.kind for link in found] == ["to_detail"]
    assert world.document.links.filter(removed=True).count() == 1


def test_a_link_to_an_item_replaces_a_word_and_a_word_does_not_replace_it(world: World) -> None:
    second, by = directives(world)[1], world.actor("clerk")
    programmes.link(second, "covered", by=by, item=world.item(KEY))
    programmes.link(second, "filed", by=by)
    found = queries.links_of([second.passage_id])[second.passage_id]
    assert [link.kind for link in found] == ["covered", "filed"]
    assert dict(queries.coverage(world.document).by_kind)["covered"] == 1


def test_taking_back_the_last_link_opens_the_sentence_again(world: World) -> None:
    link = world.document.links.get(kind="general")
    programmes.unlink(link, by=world.actor("clerk"), seen=link.version)
    assert queries.coverage(world.document).unlinked == 2
    assert world.document.links.filter(pk=link.pk, removed=True).exists()


@pytest.mark.parametrize(
    ("kind", "pointing", "code"),
    [
        ("ordered", False, "needs_heading_or_item"),
        ("general", True, "points_at_nothing"),
        ("declined", False, "unknown_kind"),
    ],
)
def test_a_link_points_where_its_kind_says(
    world: World, kind: str, pointing: bool, code: str
) -> None:
    item = Item.objects.earliest("pk") if pointing else None
    before = everything()
    with pytest.raises(Invalid) as caught:
        programmes.link(directives(world)[2], kind, by=world.actor("clerk"), item=item)
    assert caught.value.fields == {"kind": code}
    assert everything() == before
