"""Drafting a list from a document, the list of lists, and a list before and after its issue."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.programme.models import Programme
from luoshi.web.forms import new_key
from tests.web.test_intake_pages import plain, seed
from tests.web.visiting import page, send, visitor, words
from tests.world import JOINT, KEY, ORDINARY, SIMPLE, World

__all__ = ["seed"]


def test_a_list_is_proposed_from_the_theme_and_drafted_with_its_areas(
    world: World, seed: object
) -> None:
    document = seed
    send(world, "clerk", "confirm_sure", document)  # type: ignore[arg-type]
    form = words(page(world, "clerk", "draft_programme", document.pk))  # type: ignore[attr-defined]
    assert 'value="創新突破年 2023"' in form
    assert "编制，立 13 个方面" in form
    address = reverse("web:draft_programme", args=[document.pk])  # type: ignore[attr-defined]
    sent = {"key": new_key(), "title": "創新突破年 2023", "year": "2023", "theme": "創新突破年"}
    client = visitor(world, "clerk")
    answer = client.post(address, sent)
    made = Programme.objects.latest("pk")
    assert answer.headers["Location"] == reverse("web:programme", args=[made.pk])
    assert made.headings.count() == 13
    text = plain(words(client.get(answer.headers["Location"])))
    assert "13 个方面" in text
    assert "13 社會治理現代化 社會治理現代化 事项 0 加事项" in text  # its own words beside it
    assert client.post(address, sent).headers["Location"] == answer.headers["Location"]
    assert Programme.objects.filter(title="創新突破年 2023").count() == 1


def test_without_a_confirmed_area_nothing_is_drafted(world: World, seed: object) -> None:
    address = reverse("web:draft_programme", args=[seed.pk])  # type: ignore[attr-defined]
    client = visitor(world, "clerk")
    assert "还有 13 个方面待确认" in words(client.get(address))
    answer = client.post(address, {"key": new_key(), "title": "我的清单", "year": "2023"})
    assert answer.status_code == 422
    assert "还没有确认过的方面" in words(answer)
    assert 'value="我的清单"' in words(answer)
    answer = client.post(address, {"key": new_key(), "title": "", "year": "1"})
    assert answer.status_code == 422
    assert words(answer).count('class="err"') == 2


def test_who_may_not_draft_is_told_who_may(world: World) -> None:
    answer = page(world, "verifier", "draft_programme", world.document.pk)
    assert answer.status_code == 403
    assert "收文员、督查员、督查室主任" in words(answer)


def test_the_gate_says_what_issuing_still_lacks_and_whose_move_it_is(world: World) -> None:
    text = words(page(world, "clerk", "programme", world.programme.pk))
    gate = plain(text[text.index('id="gate"') : text.index('id="h-areas"')])
    assert "有事项：4 个 ，已齐" in gate
    assert "每个事项有一个牵头单位 ，已齐" in gate
    assert "还有 1 句未对应" in gate
    assert "编好后由督查室主任印发" in gate
    assert reverse("web:issue", args=[world.programme.pk]) not in text
    head = words(page(world, "head", "programme", world.programme.pk))
    assert reverse("web:issue", args=[world.programme.pk]) in head
    assert "编好后由" not in head


def test_items_stand_under_their_area_with_their_lead(world: World) -> None:
    text = plain(words(page(world, "clerk", "programme", world.programme.pk)))
    assert re.search(r"2023-001 公布办事指南 区住建局 简易 .*2023-004 建成特色街区 区住建局", text)


def test_an_issued_list_shows_lights_and_no_gate(world: World) -> None:
    world.issue()
    text = words(page(world, "housing", "programme", world.programme.pk))
    assert 'id="gate"' not in text
    assert "加事项" not in text
    said = plain(text)
    assert "已印发 创新突破年工作清单" in said
    assert "区督字〔2023〕6号 2023年2月17日 印发" in said
    assert "放过的句子：末句为总体要求" in said
    assert "红灯 1" in said
    assert "未到期 3" in said
    for code in (SIMPLE, ORDINARY, KEY, JOINT):
        assert f'href="{reverse("web:item", args=[code])}"' in text


def test_the_lists_of_all_years_and_what_one_may_see(world: World) -> None:
    assert "创新突破年工作清单" in words(page(world, "verifier", "programmes"))
    assert "还没有清单" in words(page(world, "housing", "programmes"))
    assert page(world, "housing", "programme", world.programme.pk).status_code == 404
    world.issue()
    assert "区督字〔2023〕6号" in words(page(world, "housing", "programmes"))
    assert page(world, "water", "programme", 10**6).status_code == 404


@pytest.mark.parametrize("issued", [False, True])
def test_a_list_costs_the_same_with_many_items(world: World, issued: bool) -> None:
    client = visitor(world, "head")
    address = reverse("web:programme", args=[world.programme.pk])

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    if issued:
        world.issue()
        cost()
        assert cost() <= 19
        return
    cost()
    few = cost()
    for _each in range(5):
        world.register()
    assert cost() == few <= 15


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_pages_answer_in_every_language(world: World, language: str) -> None:
    client = visitor(world, "clerk", language)
    pk = world.programme.pk
    for address in (
        reverse("web:programmes"),
        reverse("web:programme", args=[pk]),
        reverse("web:register_item", args=[pk]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in words(answer)
