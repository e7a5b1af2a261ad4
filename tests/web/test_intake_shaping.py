"""Merge, split, take back, confirm several, read again: with htmx and without, refused, stale, twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.intake import findings, queries
from luoshi.intake.models import Document, Finding
from luoshi.web.forms import new_key
from luoshi.web.intake import rereading_page
from tests import sixty
from tests.intake.test_rereading import newer
from tests.intake.test_shaping import directive
from tests.sixty import DOUBLE
from tests.web.test_intake_findings import HTMX
from tests.web.visiting import page, send, visitor, words
from tests.world import World


@pytest.fixture
def document(world: World) -> Document:
    return sixty.take_in(world.actor("clerk"))


def press(world: World, route: str, row: Finding, **typed: Any) -> HttpResponse:
    """A step as htmx sends it, and what the page then gets."""
    given = {"key": new_key(), "seen": row.version, **typed}
    address = reverse(f"web:{route}", args=[row.pk])
    return visitor(world, "clerk").post(address, given, headers=HTMX, follow=True)


def last(world: World, document: Document, who: str = "clerk") -> str:
    event = queries.last_act(world.actor(who), document)
    return str(event.sequence if event else 0)


def test_a_merger_draws_one_row_takes_the_other_away_and_lights_the_whole(
    world: World, document: Document
) -> None:
    first, second = directive(document, 0), directive(document, 1)
    given = {"other": second.pk, "other_seen": second.version}
    text = words(press(world, "merge", first, **given))
    assert text.count("data-row data-finding") == 1
    assert f'id="finding-{second.pk}" hx-swap-oob="delete"' in text
    assert f"{sixty.sentence(0)}。{sixty.sentence(1)}" in text
    assert "还有 59 条待确认" in text
    assert "撤回“合并”" in text
    assert "data-focus" in text  # she stays: it waits for her word
    assert press(world, "merge", first, **given).status_code == 409


def test_without_scripts_a_merged_row_leads_to_the_one_that_took_it_in(
    world: World, document: Document
) -> None:
    first, second = directive(document, 0), directive(document, 1)
    key = new_key()
    for _each in range(2):  # sent twice, done once
        answer = send(
            world, "clerk", "merge", first, other=second.pk, other_seen=second.version, key=key
        )
        assert answer.status_code == 302
    there = visitor(world, "clerk").get(reverse("web:finding", args=[second.pk]))
    assert there.headers["Location"].endswith(f"#finding-{first.pk}")


def test_a_cut_is_chosen_among_the_pauses_or_typed(world: World, document: Document) -> None:
    row = directive(document, DOUBLE)
    form = words(visitor(world, "clerk").get(reverse("web:split", args=[row.pk])))
    at = document.restored.index("，区水务局") + 1
    assert f'value="{at}"' in form
    assert "<blockquote" in form
    text = words(press(world, "split", row, place=str(at), words="", cursor=""))
    assert text.count("data-row data-finding") == 2
    assert text.count("data-focus") == 1
    row = directive(document, 0)
    answer = send(world, "clerk", "split", row, place="typed", words="办好")
    assert answer.status_code == 302
    made = document.findings.latest("pk")
    assert made.passage.start == document.restored.index("办好第0批")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"place": "typed", "words": ""}, "请点在这句话中间"),
        ({"place": "typed", "words": "没有这几个字"}, "请点在这句话中间"),
        ({"place": "typed", "words": "区发展"}, "要断在这句话的中间"),
        ({"place": "cursor", "cursor": "999999"}, "要断在这句话的中间"),
        ({"place": "7"}, 'class="err"'),
        ({}, 'class="err"'),
    ],
)
def test_a_cut_that_cannot_be_is_said_at_its_field(
    world: World, document: Document, typed: dict[str, str], said: str
) -> None:
    answer = send(world, "clerk", "split", directive(document, 0), **typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert document.findings.filter(kind="directive").count() == sixty.COUNT


def test_the_last_act_is_offered_to_be_taken_back_and_is(world: World, document: Document) -> None:
    assert "撤回“" not in words(page(world, "clerk", "document", document.pk))
    row = directive(document, 0)
    findings.confirm(row, by=world.actor("clerk"), seen=row.version)
    assert "撤回“确认”" in words(page(world, "clerk", "document", document.pk))
    assert "撤回“" not in words(page(world, "head", "document", document.pk))
    document = Document.objects.get(pk=document.pk)
    given = {"last": last(world, document)}
    assert send(world, "head", "withdraw", document, **given).status_code == 409
    assert send(world, "inspector", "withdraw", document, **given).status_code == 403
    assert send(world, "water", "withdraw", document, **given).status_code == 404
    assert send(world, "clerk", "withdraw", document, last="x").status_code == 422
    answer = send(world, "clerk", "withdraw", document, **given)
    assert answer.headers["Location"] == reverse("web:finding", args=[row.pk])
    assert directive(document, 0).state == "proposed"
    assert send(world, "clerk", "withdraw", document, **given).status_code == 409


def test_ticked_ones_are_confirmed_as_they_were_seen(world: World, document: Document) -> None:
    text = words(page(world, "clerk", "document", document.pk))
    assert text.count('form="select"') == sixty.COUNT
    rows = [directive(document, number) for number in (0, 4)]
    chosen = [f"{row.pk}:{row.version}" for row in rows]
    assert send(world, "clerk", "confirm_selected", document, selected=chosen).status_code == 302
    states = document.findings.filter(pk__in=[row.pk for row in rows])
    assert set(states.values_list("state", flat=True)) == {"confirmed"}
    fresh = Document.objects.get(pk=document.pk)
    assert send(world, "clerk", "confirm_selected", fresh, selected=chosen).status_code == 409
    assert send(world, "clerk", "confirm_selected", fresh).status_code == 422
    assert send(world, "clerk", "confirm_selected", fresh, selected="x").status_code == 422
    assert send(world, "verifier", "confirm_selected", fresh, selected=chosen).status_code == 403


def test_one_press_confirms_the_sure_ones_of_this_face(world: World, document: Document) -> None:
    assert "确认无存疑的 48 条" in words(page(world, "clerk", "document", document.pk))
    answer = send(world, "clerk", "confirm_sure", document, face="directives")
    assert answer.headers["Location"] == reverse("web:document", args=[document.pk])
    text = words(page(world, "clerk", "document", document.pk))
    assert "还有 12 条待确认，其中存疑 12 条" in text
    assert document.findings.get(kind="title").state == "proposed"


def test_every_field_of_a_directive_is_edited_as_a_field(world: World, document: Document) -> None:
    row = directive(document, 0)
    form = words(visitor(world, "clerk").get(reverse("web:correct", args=[row.pk])))
    assert "{" not in form.split("<form", 2)[2].split("</form>")[0]
    typed = {
        "lead_leaders": "甲副区长", "lead_units": "乙局", "responsible_units": "丙局、丁局",
        "cooperating_units": "", "responsible_people": "戊", "deadline": "6月底前",
        "deadline_value": "2023", "area": "民生", "strength": "soft", "verbs": "办，交",
        "targets-0-metric": "小区", "targets-0-operator": ">=", "targets-0-value": "32.5",
        "targets-0-unit": "个", "milestones-0-text": "3月底前开工", "milestones-0-value": "",
    }  # fmt: skip
    assert send(world, "clerk", "correct", row, **typed).status_code == 302
    value = directive(document, 0).value
    assert value["lead_leaders"] == ["甲副区长"]
    assert value["responsible_units"] == ["丙局", "丁局"]
    assert value["deadline"]["value"] == "XXXX-06"
    assert (value["area"], value["strength"], value["verbs"]) == ("民生", "soft", ["办", "交"])
    assert value["targets"] == [{"metric": "小区", "operator": ">=", "value": "32.5", "unit": "个"}]
    assert value["milestones"] == [{"text": "3月底前开工", "value": "XXXX-03"}]
    typed |= {"targets-0-value": "三十", "milestones-0-value": "2023-13", "deadline_value": "去年"}
    answer = send(world, "clerk", "correct", directive(document, 0), **typed)
    assert answer.status_code == 422
    assert words(answer).count('class="err"') == 3


def test_a_newer_reading_is_shown_and_taken_over(
    world: World, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading_page, "read_text", lambda text: newer())
    row = directive(document, 0)
    findings.confirm(row, by=world.actor("head"), seen=row.version)
    text = words(page(world, "clerk", "read_again", document.pk))
    assert "没有人动过的 11 处可以一次采用；有人定过的 1 处不会自动改" in text
    assert "<del>区商务局</del>" in text
    assert "<ins>区应急局</ins>" in text
    document = Document.objects.get(pk=document.pk)
    given = {"reader": document.reader, "which": "all"}
    assert send(world, "inspector", "read_again", document, **given).status_code == 403
    assert send(world, "clerk", "read_again", document, which="all").status_code == 422
    answer = send(world, "clerk", "read_again", document, **given)
    assert answer.headers["Location"] == reverse("web:document", args=[document.pk])
    assert directive(document, 1).value["responsible_units"] == ["区应急局"]
    assert directive(document, 0).value["responsible_units"] == ["区发展和改革局"]


def test_the_list_is_doubtful_first_or_in_the_order_of_the_text(
    world: World, document: Document
) -> None:
    def order(**query: str) -> list[str]:
        text = words(page(world, "clerk", "document", document.pk, **query))
        return [part.split("<", 1)[0] for part in text.split('fd-q" lang="zh-Hans">')[1:]]

    assert order(only="text") == [sixty.sentence(number) for number in range(sixty.COUNT)]
    doubtful = [
        sixty.sentence(number) for number in range(sixty.COUNT) if sixty.is_doubtful(number)
    ]
    assert order()[: len(doubtful)] == order(only="doubt") == doubtful
    text = words(page(world, "clerk", "document", document.pk))
    assert "主体加“要、应、须”；把握 70%" in text


MOST = {"document": 16, "document_facts": 15, "finding": 17}


def test_sixty_rows_cost_what_one_costs(world: World, document: Document, settings: Any) -> None:
    settings.SESSION_SAVE_EVERY_REQUEST = False
    client = visitor(world, "clerk")
    other = world.document
    counts = {}
    for route in ("document", "document_facts"):
        for each in (document, other):
            address = reverse(f"web:{route}", args=[each.pk])
            client.get(address)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            counts[route] = max(counts.get(route, 0), len(caught))
    address = reverse("web:finding", args=[directive(document, 0).pk])
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address, headers=HTMX).status_code == 200
    counts["finding"] = len(caught)
    assert {name: count for name, count in counts.items() if count > MOST[name]} == {}
