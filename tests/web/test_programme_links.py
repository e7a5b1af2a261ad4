"""What became of a sentence, said on the page: headings, an item, a word; taken back; several at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from luoshi.intake.models import Finding
from luoshi.programme import queries
from luoshi.programme.models import Link
from luoshi.web.forms import new_key
from tests.web.visiting import page, visitor, words
from tests.world import ORDINARY, World

HTMX = {"hx-request": "true"}


@pytest.fixture
def open_one(world: World) -> Finding:
    """A directive that a person stands behind, linked to nothing."""
    return world.document.findings.filter(kind="directive").latest("order")


def say(world: World, row: Finding, who: str = "clerk", **typed: Any) -> HttpResponse:
    given = {"key": new_key(), **typed}
    return visitor(world, who).post(reverse("web:link", args=[row.pk]), given)


def standing(row: Finding) -> list[tuple[str, str]]:
    """The links of a sentence: kind, and what it points at."""
    links = queries.links_of([row.passage_id]).get(row.passage_id, [])
    return [(link.kind, str(link.heading or link.item or link.note)) for link in links]


@pytest.mark.parametrize("kind", ["general", "elsewhere", "to_detail", "filed"])
def test_a_word_is_one_press_and_the_bar_counts_it(
    world: World, open_one: Finding, kind: str
) -> None:
    assert say(world, open_one, kind=kind).status_code == 302
    assert standing(open_one) == [(kind, "")]
    found = queries.coverage(world.document)
    assert (found.unlinked, found.by_kind[kind]) == (0, 2 if kind == "general" else 1)


def test_another_word_takes_the_place_of_the_first(world: World, open_one: Finding) -> None:
    say(world, open_one, kind="to_detail")
    say(world, open_one, kind="filed")
    assert standing(open_one) == [("filed", "")]


def test_a_sentence_goes_into_several_headings_or_all(world: World, open_one: Finding) -> None:
    first, second = world.programme.headings.all()
    form = visitor(world, "clerk").get(
        reverse("web:link", args=[open_one.pk]), {"kind": "ordered"}, headers=HTMX
    )
    assert "全部 2 个方面" in words(form)
    assert "促進消費" in words(form)
    assert say(world, open_one, kind="ordered", headings=[str(first.pk)]).status_code == 302
    assert say(world, open_one, kind="ordered", headings=["all"]).status_code == 302
    assert standing(open_one) == [("ordered", "促進消費"), ("ordered", "民生改善")]
    again = say(world, open_one, kind="ordered", headings=[str(second.pk)])
    assert again.status_code == 422
    assert "已经对应过了" in words(again)
    text = words(page(world, "clerk", "document", world.document.pk))
    assert "列入 促進消費、民生改善" in text
    assert "2 个方面</a>" in text


@pytest.mark.parametrize("kind", ["merged", "covered"])
def test_a_sentence_goes_with_an_item_by_its_number(
    world: World, open_one: Finding, kind: str
) -> None:
    form = visitor(world, "clerk").get(
        reverse("web:link", args=[open_one.pk]), {"kind": kind}, headers=HTMX
    )
    assert f'<option value="{ORDINARY}">开展家电补贴' in words(form)
    missing = say(world, open_one, kind=kind, item="2023-999", note="同一件")
    assert missing.status_code == 422
    assert "没有这个编号的事项" in words(missing)
    assert 'value="2023-999"' in words(missing)
    assert 'value="同一件"' in words(missing)
    assert say(world, open_one, kind=kind, item=f" {ORDINARY} ").status_code == 302
    assert standing(open_one) == [(kind, ORDINARY)]
    assert say(world, open_one, kind=kind, item=ORDINARY).status_code == 422


@pytest.mark.parametrize(
    "typed", [{"kind": "ordered"}, {"kind": "ordered", "headings": ["x"]}, {"kind": "merged", "item": ""}, {"kind": "nonsense"}, {}]
)  # fmt: skip
def test_what_says_nothing_is_refused(world: World, open_one: Finding, typed: Any) -> None:
    assert say(world, open_one, **typed).status_code == 422
    assert standing(open_one) == []


def test_a_sentence_nobody_confirmed_has_no_outcome_yet(world: World) -> None:
    row = world.finding("directive")
    Finding.objects.filter(pk=row.pk)
    visitor(world, "clerk").post(
        reverse("web:reject", args=[row.pk]),
        {"key": new_key(), "seen": row.version, "because": "slogan"},
    )
    before = Link.objects.count()
    answer = say(world, row, kind="general")
    assert answer.status_code == 409
    assert "这一句还没有确认" in words(answer)
    assert Link.objects.count() == before


def test_links_are_taken_back_and_the_sentence_is_open_again(
    world: World, open_one: Finding
) -> None:
    say(world, open_one, kind="ordered", headings=["all"])
    first, second = queries.links_of([open_one.passage_id])[open_one.passage_id]
    client, address = visitor(world, "clerk"), reverse("web:unlink", args=[open_one.pk])
    form = words(client.get(address, headers=HTMX))
    assert f'value="{first.pk}:{first.version}"' in form
    sent = {"key": new_key(), "links": [f"{first.pk}:{first.version}"]}
    assert client.post(address, sent).status_code == 302
    assert standing(open_one) == [("ordered", "民生改善")]
    assert client.post(address, {"key": new_key(), "links": []}).status_code == 422
    stale = {"key": new_key(), "links": [f"{second.pk}:{second.version + 1}"]}
    assert client.post(address, stale).status_code == 422  # no such choice any more
    sent = {"key": new_key(), "links": [f"{second.pk}:{second.version}"]}
    assert client.post(address, sent).status_code == 302
    assert queries.coverage(world.document).unlinked == 1


def test_several_sentences_get_one_word(world: World) -> None:
    rows = list(world.document.findings.filter(kind="directive"))
    address = reverse("web:link_several", args=[world.document.pk])
    client = visitor(world, "clerk")
    text = words(page(world, "clerk", "document", world.document.pk))
    assert text.count('form="bulk"') == len(rows) == 3
    sent = {"key": new_key(), "kind": "filed", "finding": [str(row.pk) for row in rows[1:]]}
    assert client.post(address, sent).status_code == 302
    assert standing(rows[1]) == standing(rows[2]) == [("filed", "")]
    assert client.post(address, {"key": new_key(), "kind": "filed"}).status_code == 422


@pytest.mark.parametrize("others", [["x"], ["999999"], ["-1"]])
def test_several_with_one_that_is_not_there_change_nothing(world: World, others: list[str]) -> None:
    row = world.finding("directive")
    before = Link.objects.count()
    sent = {"key": new_key(), "kind": "filed", "finding": [str(row.pk), *others]}
    address = reverse("web:link_several", args=[world.document.pk])
    assert visitor(world, "clerk").post(address, sent).status_code == 404
    assert Link.objects.count() == before


def test_who_may_not_link_is_told_who_may(world: World, open_one: Finding) -> None:
    answer = say(world, open_one, who="verifier", kind="general")
    assert answer.status_code == 403
    assert "收文员、督查员、督查室主任" in words(answer)
    assert standing(open_one) == []


def test_with_htmx_the_row_the_line_and_the_bar_come_back(world: World, open_one: Finding) -> None:
    sent = {"key": new_key(), "kind": "general"}
    address = reverse("web:link", args=[open_one.pk])
    answer = visitor(world, "clerk").post(address, sent, headers=HTMX, follow=True)
    text = words(answer)
    assert "<html" not in text
    assert 'class="mk" href="#finding-' in text  # the tag in the text
    assert 'id="coverage"' in text
    assert 'id="pills" hx-swap-oob="true"' in text
