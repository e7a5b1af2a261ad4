"""What the public reads: what was opened, in the approved words, and nothing else."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.delivery import actions as delivery
from luoshi.intake import actions as intake
from luoshi.intake import deciding
from luoshi.ledger.models import Event
from luoshi.portal import queries
from tests.world import KEY, SIMPLE, World

SENTENCE = "各牽頭領導要頂格協調推進、靠前指揮作戰"


def public(route: str, *args: object) -> HttpResponse:
    return Client().get(reverse(f"portal:{route}", args=args))


def words(response: HttpResponse) -> str:
    return response.content.decode()


def opened(world: World) -> World:
    """One item struck off and public, its document open."""
    world.walk(KEY, to="strike_off")
    world.draft_wording(KEY, "三十二个小区全部完工")
    world.approve_wording(KEY)
    row = world.document
    intake.open_document(row, by=world.actor("head"), seen=row.version)
    return world


def test_nothing_is_public_until_somebody_opened_it(world: World) -> None:
    world.walk(KEY, to="strike_off")
    world.draft_wording(KEY)
    assert public("item", KEY).status_code == 404
    assert public("document", queries.document_code(world.document)).status_code == 404
    assert KEY not in words(public("column"))


def test_the_page_of_an_item_tells_its_story_and_proves_it(world: World) -> None:
    opened(world)
    text = words(public("item", KEY))
    assert "三十二个小区全部完工" in text
    assert SENTENCE in text
    assert "2023/02/17" in text
    assert "已销号" in text
    last = Event.objects.filter(stream=world.item(KEY).stream).latest("sequence")
    assert queries.proof(world.item(KEY)).records == last.sequence
    assert queries.proof(world.item(KEY)).digest in text
    assert KEY in words(public("column"))


def test_no_person_of_the_office_or_the_units_is_named(world: World) -> None:
    opened(world)
    text = words(public("item", KEY))
    for name in ("head", "inspector", "verifier", "housing", "housing_head", "leader"):
        assert world.person(name).name not in text


def test_the_document_shows_each_sentence_with_what_came_of_it(world: World) -> None:
    opened(world)
    text = words(public("document", queries.document_code(world.document)))
    assert "①" in text
    assert reverse("portal:item", args=[KEY]) in text
    assert "已列为事项，尚未公开" in text
    assert world.item(SIMPLE).requirement not in text


def test_the_head_of_the_received_page_is_not_part_of_the_body(world: World) -> None:
    opened(world)
    assert "媒體關注" in world.document.restored
    assert "媒體關注" not in words(public("document", queries.document_code(world.document)))


def test_what_is_closed_again_says_so_without_its_words(world: World) -> None:
    opened(world)
    row = world.item(KEY)
    delivery.close_to_public(row, by=world.actor("head"), seen=row.version, reason="口径有误")
    document = world.document
    intake.close_document(document, by=world.actor("head"), seen=document.version, reason="有误")
    for page in (public("item", KEY), public("document", queries.document_code(document))):
        assert page.status_code == 410
        assert "已撤下" in words(page)
        assert "三十二个小区全部完工" not in words(page)
        assert SENTENCE not in words(page)
        assert "口径有误" not in words(page)


@pytest.mark.parametrize("code", ["2023-999", "2023-3", "x", "2023-٠٠٣", "9" * 40])
def test_a_number_that_is_none_is_not_found(world: World, code: str) -> None:
    assert public("item", code).status_code == 404


@pytest.mark.parametrize("code", ["", "0" * 12, "%" * 12, "x" * 300])
def test_a_document_that_is_none_is_not_found(world: World, code: str) -> None:
    address = reverse("portal:document", args=["code"]).replace("code", code)
    assert Client().get(address).status_code == 404


def test_public_pages_cost_few_queries(world: World) -> None:
    opened(world)
    for route, args in (("column", ()), ("item", (KEY,)), ("document", ("code",))):
        given = [queries.document_code(world.document) if each == "code" else each for each in args]
        with CaptureQueriesContext(connection) as asked:
            assert public(route, *given).status_code == 200
        assert len(asked) <= 16, (route, len(asked))


def test_a_decision_that_changes_the_length_leaves_every_public_word_in_its_place(
    world: World,
) -> None:
    opened(world)
    document = world.document
    code = queries.document_code(document)
    before = words(public("document", code))
    number = 1 + [record["status"] for record in document.receipt].index("inferred")
    first = document.receipt[0]
    by = world.actor("clerk")
    deciding.decide_repair(document, 1, "typed", "很长的一段别的字", by=by, seen=0)
    deciding.decide_repair(document, number, "typed", "擔起使命", by=by, seen=0)
    after = words(public("document", code))
    said = r'<span class="said" id="([^"]+)">(.*?)</span>'
    changed = document.receipt[number - 1]["after"]
    told = [
        (anchor, text.replace(changed, "擔起使命")) for anchor, text in re.findall(said, before)
    ]
    assert re.findall(said, after) == told
    assert first["before"] not in after
    assert SENTENCE in words(public("item", KEY))


def test_the_public_document_is_shown_in_another_script_and_says_so(world: World) -> None:
    opened(world)
    code = queries.document_code(world.document)
    plain = words(public("document", code))
    shown = words(Client().get(reverse("portal:document", args=[code]), {"script": "hans"}))
    assert "已转换显示" in shown
    assert "已转换显示" not in plain
    assert "落實" in plain
    assert shown.count('class="said"') == plain.count('class="said"')
