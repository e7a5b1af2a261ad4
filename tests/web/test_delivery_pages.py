"""The pages one reads: the list with its filters, the item, publicity, audit; and what they cost."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.delivery import queries
from luoshi.delivery.narrowing import Asked
from luoshi.intake import actions as intake
from tests.web.test_routes import EVERYBODY, REVIEW, TABLE, stage
from tests.web.visiting import page, visitor, words
from tests.world import HOUSING, JOINT, KEY, ORDINARY, SIMPLE, TODAY, World


def codes(world: World, name: str = "inspector", **query: str) -> list[str]:
    """The numbers in the list, as this account sees it."""
    text = words(page(world, name, "items", **query))
    return re.findall(r"data-row-open>(\d{4}-\d{3,})</a>", text)


def test_the_list_stands_by_number_and_a_unit_sees_its_own(world: World) -> None:
    assert codes(world) == [SIMPLE, ORDINARY, KEY, JOINT]
    assert codes(world, "housing") == []  # nothing is issued
    world.issue()
    assert codes(world, "housing") == [SIMPLE, ORDINARY, KEY, JOINT]
    assert codes(world, "commerce") == [JOINT]
    assert codes(world, "leader") == [KEY]
    assert codes(world, "water") == []
    assert "台账里还没有事项" in words(page(world, "water", "items"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "2023-003"}, [KEY]),
        ({"q": "老旧小区"}, [KEY]),
        ({"q": "小区 改造"}, [KEY]),
        ({"q": "小区 街区"}, []),
        ({"q": "以旧换新"}, [ORDINARY]),
        ({"q": "区商务局"}, [JOINT]),
        ({"q": "\x00%"}, []),
        ({"q": "_"}, []),
        ({"q": "没有这个词"}, []),
        ({"state": "issued"}, [SIMPLE, ORDINARY, KEY, JOINT]),
        ({"state": "struck_off"}, []),
        ({"state": "nonsense"}, [SIMPLE, ORDINARY, KEY, JOINT]),
        ({"light": "red"}, [KEY]),
        ({"light": "notyet"}, [SIMPLE, ORDINARY, JOINT]),
        ({"light": "nonsense", "unit": "x", "programme": "-1"}, [SIMPLE, ORDINARY, KEY, JOINT]),
        ({"programme": "999"}, []),
        ({"after": "2023-002"}, [KEY, JOINT]),
        ({"after": "2023-002", "light": "red"}, [KEY]),
        ({"after": "nonsense"}, [SIMPLE, ORDINARY, KEY, JOINT]),
    ],
    ids=str,
)
def test_the_list_is_narrowed_by_what_the_address_asks(
    world: World, query: dict[str, str], found: list[str]
) -> None:
    world.issue()
    assert codes(world, **query) == found


def test_the_list_is_narrowed_by_unit_and_programme(world: World) -> None:
    world.issue()
    assert codes(world, unit=str(world.unit("区商务局").pk)) == [JOINT]
    assert codes(world, programme=str(world.programme.pk)) == [SIMPLE, ORDINARY, KEY, JOINT]
    assert "看全部" in words(page(world, "inspector", "items", q="没有"))


def test_the_list_is_paged_by_key_and_keeps_what_was_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luoshi.web.delivery.list_page.LIMIT", 2)
    monkeypatch.setattr("luoshi.web.delivery.views.LIMIT", 2)
    world.issue()
    assert codes(world) == [SIMPLE, ORDINARY]
    following = re.search(r'href="([^"]+)" rel="next"', words(page(world, "inspector", "items")))
    assert following is not None
    assert following[1] == f"{reverse('web:items')}?after={ORDINARY}"
    assert codes(world, after=ORDINARY) == [KEY, JOINT]
    assert "回到开头" in words(page(world, "inspector", "items", after=ORDINARY))
    assert 'rel="next"' not in words(page(world, "inspector", "items", after=ORDINARY))


@pytest.mark.both
def test_odd_words_are_looked_for_on_both_databases(world: World) -> None:
    for odd in ("\x00", "%", "'; DROP TABLE", "\\", "😀", "2023-999999", "字" * 500):
        assert page(world, "inspector", "items", q=odd).status_code == 200


def test_a_light_is_found_beyond_the_first_rows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "CHUNK", 1)
    world.issue()
    found = queries.items(world.actor("inspector"), on=TODAY, limit=2, asked=Asked(light="notyet"))
    assert [view.item.code for view in found] == [SIMPLE, ORDINARY, JOINT]


def test_an_item_tells_its_story_from_sentence_to_page(world: World) -> None:
    world.walk(KEY, to="strike_off")
    world.draft_wording(KEY)
    world.approve_wording(KEY)
    text = words(page(world, "auditor", "item", KEY))
    chain = text[text.index('class="chain"') : text.index("</ol>")]
    assert chain.count('class="is-done"') == 9
    assert "已销号，没有下一步" in text
    assert '<mark class="hit">各牽頭領導要頂格協調推進、靠前指揮作戰</mark>' in text
    assert "看公开页" in text
    assert reverse("portal:item", args=[KEY]) in text
    assert "秘书某 代录" in text


def test_an_item_says_whose_move_it_is_and_why_its_light(world: World) -> None:
    world.issue()
    text = words(page(world, "inspector", "item", KEY))
    assert "区住建局" in text
    assert "5月31日的节点还没有报" in text
    assert ">签收</button>" not in text  # not the inspector's step
    assert ">签收</button>" in words(page(world, "housing", "item", KEY))


def test_an_item_is_unrated_before_its_first_full_quarter(world: World) -> None:
    text = words(page(world, "inspector", "item", KEY))
    assert "未评" in text
    assert "还没有印发，不评" in text


def test_buttons_are_those_the_policy_allows(world: World) -> None:
    stage(world)
    offered = {
        name: bool(re.search(rf'href="{reverse("web:review", args=[world.last_report(REVIEW).pk])}"', words(page(world, name, "item", REVIEW))))
        for name in ("inspector", "head", "clerk", "housing", "publicity")
    }  # fmt: skip
    assert offered == {
        "inspector": True, "head": False, "clerk": False, "housing": False, "publicity": False,
    }  # fmt: skip
    assert "这一步不由您来办" in words(page(world, "head", "review", world.last_report(REVIEW).pk))


def test_a_name_in_a_report_is_shown_as_text(world: World) -> None:
    world.issue()
    world.sign_for(SIMPLE)
    world.report(SIMPLE, done="<script>alert(1)</script>", claim=False)
    text = words(page(world, "housing_head", "item", SIMPLE))
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_publicity_shows_what_waits_and_what_is_open(world: World) -> None:
    stage(world)
    text = words(page(world, "publicity", "publicity"))
    assert "已完成改造" in text
    assert "看公开页" in text
    assert "拟公开口径" in text
    mine = words(page(world, "inspector", "publicity"))
    assert "您拟的，要另一人审批" in mine


def test_the_audit_runs_when_it_is_asked_and_names_what_differs(world: World) -> None:
    client = visitor(world, "auditor")
    address = reverse("web:verify")
    assert "开始核验" in words(client.get(address))
    assert "核验一致" in words(client.post(address))
    with world.database.as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE programme_item SET requirement = '改过' WHERE serial = 1")
    text = words(client.post(address))
    assert "有 1 处不一致" in text
    assert "现在的值与轨迹说的不一样" in text
    assert f"item:{world.item(SIMPLE).pk}" in text
    assert visitor(world, "inspector").post(address).status_code == 403


READ = ["desk", "items", "item", "review", "publicity", "verify"]
MOST = {
    "desk": 15, "items": 15, "item": 24, "review": 17, "publicity": 10, "verify": 6, "issue": 12,
    "report": 15,
}  # fmt: skip


def cost(world: World, name: str, route: str) -> int:
    """Statements of one page, the second time it is opened."""
    client = visitor(world, name)
    address = reverse(f"web:{route}", args=TABLE[f"web:{route}"].args(world))
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_pages_keep_to_their_number_of_queries(world: World) -> None:
    stage(world)
    found = {
        route: max(cost(world, name, route) for name in ("inspector", "head", "housing", "publicity")
                   if name in TABLE[f"web:{route}"].may)
        for route in MOST
    }  # fmt: skip
    assert {route: count for route, count in found.items() if count > MOST[route]} == {}


def test_many_rows_cost_no_more_queries(world: World) -> None:
    few = cost(world, "inspector", "items")
    for _each in range(8):
        world.register()
    assert cost(world, "inspector", "items") == few
    world.issue()
    some = cost(world, "housing", "desk")
    assert words(page(world, "housing", "desk")).count('class="td"') == 12
    assert cost(world, "housing", "desk") == some


def test_every_page_reads_in_english_too(world: World) -> None:
    stage(world)
    for name in sorted(EVERYBODY):
        client = visitor(world, name, "en")
        for route in ("items", "item", "review", "publicity", "verify"):
            row = TABLE[f"web:{route}"]
            if name in row.may & row.sees:
                response = client.get(reverse(f"web:{route}", args=row.args(world)))
                assert response.status_code == 200
                assert 'lang="en"' in words(response)


def test_a_repaired_sentence_says_how_sure_it_is(world: World) -> None:
    text = words(page(world, "inspector", "item", SIMPLE))
    assert "还原：" in text
    head = world.actor("head")
    intake.stand_as(world.document, "basis", by=head, seen=world.document.version)
    assert "依据文件" in words(page(world, "inspector", "item", SIMPLE))


def test_the_pages_of_one_step_say_whose_move_it_is(world: World) -> None:
    world.issue()
    text = words(page(world, "housing", "sign_for", world.lead(SIMPLE).pk))
    assert f'当前责任方 <b class="dim2">{HOUSING}' in text
    world.sign_for(SIMPLE)
    text = words(page(world, "housing", "report", world.lead(SIMPLE).pk))
    assert f'当前责任方 <b class="dim2">{HOUSING}' in text
    world.report(SIMPLE)
    world.sign(SIMPLE)
    text = words(page(world, "inspector", "review", world.last_report(SIMPLE).pk))
    assert '当前责任方 <b class="dim2">督查员' in text
