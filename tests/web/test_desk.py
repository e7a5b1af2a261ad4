"""The desk: what waits for each person, why, and how many, the same number beside the menu."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from luoshi.delivery import actions as delivery
from luoshi.delivery import waiting
from luoshi.kernel.actor import SYSTEM
from luoshi.org import actions as org
from tests.web.test_routes import EVERYBODY, stage
from tests.web.visiting import page, send, visitor, words
from tests.world import JOINT, KEY, ORDINARY, SIMPLE, TODAY, World

WAITS = {
    "clerk": ["confirm", "register_item"],
    "head": ["approve_wording", "conclude", "strike_off"],
    "inspector": ["conclude", "review"],
    "verifier": ["verify"],
    "auditor": [],
    "leader": ["read"],
    "secretary": ["enter_reading"],
    "publicity": ["approve_wording", "draft_wording"],
    "housing": ["sign_for"],
    "housing_head": ["sign"],
    "commerce": ["sign_for"],
    "commerce_head": [],
    "water": [],
}


def verbs(world: World, name: str) -> list[str]:
    return sorted(wait.verb for wait in waiting.waiting(world.actor(name), on=TODAY))


@pytest.mark.both
def test_each_role_has_what_its_step_waits_for_and_nobody_elses(world: World) -> None:
    stage(world)
    assert {name: verbs(world, name) for name in sorted(WAITS)} == {
        name: WAITS[name] for name in sorted(WAITS)
    }


@pytest.mark.both
def test_the_number_beside_the_menu_is_the_number_of_rows(world: World) -> None:
    stage(world)
    for name in sorted(EVERYBODY):
        rows = words(page(world, name, "desk")).count('class="td"')
        assert rows == waiting.count(world.actor(name), on=TODAY), name
        menu = re.search(
            r'<span>我的待办</span><span class="n">(\d+)</span>', words(page(world, name, "items"))
        )
        assert (int(menu[1]) if menu else 0) == rows, name


def test_rows_stand_in_the_order_of_the_cost_of_waiting(world: World) -> None:
    stage(world)
    for name in ("head", "inspector", "housing"):
        dates = [wait.latest for wait in waiting.waiting(world.actor(name), on=TODAY)]
        dated = [each for each in dates if each is not None]
        assert dated == sorted(dated)
        assert dates[: len(dated)] == dated


def test_a_desk_without_work_says_so(world: World) -> None:
    assert "没有等您的事" in words(page(world, "water", "desk"))


def test_nothing_counts_days_beside_a_leader(world: World) -> None:
    world.walk(KEY, to="verify")
    for name, page_of in (
        ("leader", ("desk",)),
        ("leader", ("item", KEY)),
        ("secretary", ("desk",)),
    ):
        text = words(page(world, name, *page_of))
        main = text[text.index("<main") :]
        assert "完成32个老旧小区改造" in main
        for rude in ("逾期", "已过", "红灯"):
            assert rude not in main, (name, page_of, rude)


def test_signing_for_from_the_desk_leads_back_to_the_desk(world: World) -> None:
    world.issue()
    response = send(world, "housing", "sign_for", world.lead(SIMPLE), back="desk")
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("web:desk")
    assert world.lead(SIMPLE).state == "working"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "/admin/", "items"])
def test_a_form_leads_nowhere_else(world: World, back: str) -> None:
    world.issue()
    response = send(world, "housing", "sign_for", world.lead(SIMPLE), back=back)
    assert response.headers["Location"] == reverse("web:item", args=[SIMPLE])


def test_a_returned_report_and_a_near_date_ask_for_a_report(world: World) -> None:
    world.walk(KEY, to="sign")
    world.send_back(KEY)
    world.sign_for(ORDINARY)  # due on 30 November: far
    found = waiting.waiting(world.actor("housing"), on=TODAY)
    reports = [wait.row.item.code for wait in found if wait.verb == "report"]
    assert reports == [KEY]
    assert "上次报的退回了" in words(page(world, "housing", "desk"))


def test_a_matter_taken_up_again_is_read_again_after_its_new_verification(world: World) -> None:
    world.walk(KEY, to="strike_off")
    head, verifier = world.actor("head"), world.actor("verifier")
    delivery.reopen(world.item(KEY), by=head, seen=world.item(KEY).version, reason="回头看")
    for verb in ("report", "sign", "accept"):
        getattr(world, verb)(KEY)
    assert verbs(world, "leader") == []
    lead = world.lead(KEY)
    delivery.verify(lead, by=verifier, seen=lead.version, method="site", words="又看过")
    assert verbs(world, "leader") == ["read"]
    assert verbs(world, "inspector") == []
    leader, item = world.actor("leader"), world.item(KEY)
    delivery.read(item, by=leader, seen=item.version)
    assert verbs(world, "leader") == []
    assert verbs(world, "inspector") == ["conclude"]


def test_a_report_that_lies_with_the_head_is_shown_to_the_liaison_as_waiting_elsewhere(
    world: World,
) -> None:
    world.walk(KEY, to="report")
    text = words(page(world, "housing", "desk"))
    assert "等别人" in text
    assert "在单位负责人，等审签" in text


def test_who_reported_is_not_asked_to_review(world: World) -> None:
    housing = world.account("housing")
    office = world.unit("区督查室")
    post = org.add_post(office, "借调督查员", by=SYSTEM)
    org.appoint(housing.person, post, by=SYSTEM)
    org.grant_role(housing, "inspector", office, by=SYSTEM)
    world.walk(KEY, to="sign")
    client = visitor(world, "housing")
    client.post(reverse("web:choose_post"), {"post": post.pk})
    text = words(client.get(reverse("web:desk")))
    assert "借调督查员" in text
    assert "没有等您的事" in text
    assert verbs(world, "inspector") == ["review"]


def test_an_account_with_two_posts_chooses_between_them(world: World) -> None:
    housing = world.account("housing")
    post = org.add_post(world.unit("区督查室"), "借调", by=SYSTEM)
    org.appoint(housing.person, post, by=SYSTEM)
    world.issue()
    client = visitor(world, "housing")
    first = words(client.get(reverse("web:desk")))
    assert "以哪个职务" in first
    assert "待签收" in first
    client.post(reverse("web:choose_post"), {"post": post.pk})
    assert "没有等您的事" in words(client.get(reverse("web:desk")))
    assert "以哪个职务" not in words(page(world, "water", "desk"))


def test_the_desk_reads_in_english_too(world: World) -> None:
    stage(world)
    for name in sorted(EVERYBODY):
        response = visitor(world, name, "en").get(reverse("web:desk"))
        assert response.status_code == 200
        assert 'lang="en"' in words(response)


def test_an_item_shows_the_part_that_a_unit_has_in_a_joint_matter(world: World) -> None:
    world.issue()
    text = words(page(world, "commerce", "desk"))
    assert "分工：招商" in text
    response = send(world, "commerce", "sign_for", world.part(JOINT), back="desk")
    assert response.status_code == 302
    assert world.part(JOINT).state == "working"
