"""Damaged places on the pages of a document: chosen by one key, undone by one, read as received."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.intake import actions as intake
from luoshi.intake.doubting import touched
from luoshi.intake.models import Document, RepairDecision, SitePair
from luoshi.ledger.models import Event
from luoshi.web.forms import new_key
from tests.damaged import page as damaged_page
from tests.damaged import restored
from tests.intake.test_deciding import number_of, take_in
from tests.intake.test_pairs import FIRST
from tests.intake.test_pairs import take_in as take_page_in
from tests.web.visiting import visitor, words
from tests.world import World

_TAG = re.compile(r"<[^>]+>")


def article(response: HttpResponse) -> str:
    """The text on a page, without the furniture in it."""
    found = re.search(r"<article.*?</article>", words(response), re.DOTALL)
    assert found is not None
    shown = re.sub(r'<span class="rpt".*?</span>|<a class="(?:pn|mk).*?</a>', "", found[0])
    return unescape(_TAG.sub("", shown))


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def decide(
    world: World, document: Document, number: int, choice: str, name: str = "clerk", **more: str
) -> HttpResponse:
    """The form of a place, as a page without scripts sends it."""
    row = document.decisions.filter(number=number).first()
    given = {"key": new_key(), "seen": row.version if row else 0, "choice": choice, **more}
    url = reverse("web:decide_repair", args=[document.pk, number])
    return visitor(world, name).post(url, given, follow=True)


def test_a_place_offers_its_readings_numbered_and_a_lost_digit_by_itself(world: World) -> None:
    document = take_in(world)
    number = number_of(document, "?024")
    said = words(
        visitor(world, "clerk").get(
            reverse("web:document", args=[document.pk]), {"doubt": str(number)}
        )
    )
    assert 'value="offered:2" data-key="2"' in said
    assert 'data-key="o"' in said
    assert 'data-key="i"' in said
    assert f'id="repair-{number}"' in said
    assert "收到的是“?024”" in said


def test_without_scripts_a_choice_leads_to_the_next_place(world: World) -> None:
    document = take_in(world)
    number = number_of(document, "?024")
    answer = decide(world, document, number, "offered:2")
    assert answer.status_code == 200
    said = words(answer)
    assert "刚才判定" in said
    assert "2024年底前" in article(answer)
    assert 'data-key="z"' in said
    assert "人工判定 1 处（收文某 1）" in said
    row = RepairDecision.objects.get()
    back = visitor(world, "clerk").post(
        reverse("web:withdraw_decision", args=[document.pk, number]),
        {"key": new_key(), "seen": row.version},
        follow=True,
    )
    assert "?024年底前" in article(back)


def test_with_htmx_the_answer_holds_the_place_the_text_and_the_findings_it_touched(
    world: World,
) -> None:
    document = take_in(world)
    number = number_of(document, "?.5")
    client = visitor(world, "clerk")
    given = {"key": new_key(), "seen": 0, "choice": "typed", "text": "二点五"}
    answer = client.post(
        reverse("web:decide_repair", args=[document.pk, number]),
        given,
        follow=True,
        headers={"hx-request": "true"},
    )
    said = words(answer)
    assert said.lstrip().startswith('<section class="dbt')
    assert 'id="source-text" hx-swap-oob="true"' in said
    assert 'id="document-head" hx-swap-oob="true"' in said
    assert 'id="source-tools" hx-swap-oob="true"' in said
    assert "二点五" in article(answer)
    touched = [row.pk for row in document.findings.all() if "words-changed" in row.doubts]
    assert touched
    assert any(f'id="finding-{pk}"' in said for pk in touched)
    assert "原文的字改过" in said


def test_the_same_form_twice_is_one_decision(world: World) -> None:
    document = take_in(world)
    number = number_of(document, "?024")
    given = {"key": new_key(), "seen": 0, "choice": "offered:2"}
    client = visitor(world, "clerk")
    url = reverse("web:decide_repair", args=[document.pk, number])
    answers = [client.post(url, given).headers["Location"] for _each in range(2)]
    assert answers[0] == answers[1]
    assert Event.objects.filter(name="repair.decided").count() == 1


def test_a_second_clerk_is_told_and_sees_the_decision_that_stands(world: World) -> None:
    document = take_in(world)
    number = number_of(document, "?024")
    decide(world, document, number, "offered:2")
    answer = visitor(world, "head").post(
        reverse("web:decide_repair", args=[document.pk, number]),
        {"key": new_key(), "seen": 0, "choice": "kept"},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 409
    assert "您打开之后，别人改过这一件。" in words(answer)
    assert "收文某" in words(answer)


@pytest.mark.parametrize("choice", ["", "offered:", "offered:99", "offered:x", "guess:1"])
def test_what_is_no_reading_is_refused(world: World, choice: str) -> None:
    document = take_in(world)
    answer = visitor(world, "clerk").post(
        reverse("web:decide_repair", args=[document.pk, number_of(document, "?024")]),
        {"key": new_key(), "seen": 0, "choice": choice},
    )
    assert answer.status_code == 422
    assert not RepairDecision.objects.exists()


def test_who_may_not_decide_sees_the_place_and_who_may(world: World) -> None:
    document = take_in(world)
    number = number_of(document, "?024")
    url = reverse("web:document", args=[document.pk])
    said = words(visitor(world, "inspector").get(url, {"doubt": str(number)}))
    assert "收到的是“?024”" in said
    assert "判定由" in said
    assert 'name="choice"' not in said
    assert decide(world, document, number, "kept", name="inspector").status_code == 403


def test_the_page_as_received_shows_every_character_that_came(world: World) -> None:
    document = take_in(world)
    decide(world, document, number_of(document, "?024"), "offered:2")
    url = reverse("web:document", args=[document.pk])
    answer = visitor(world, "clerk").get(url, {"as": "received"})
    assert bare(article(answer)) == bare(damaged_page())
    assert bare(article(visitor(world, "clerk").get(url))) == bare(
        restored().text.replace("?024", "2024")
    )


def test_the_lines_keep_their_anchors_in_every_view(world: World) -> None:
    document = take_in(world)
    url = reverse("web:document", args=[document.pk])
    client = visitor(world, "clerk")

    def anchors(**query: str) -> list[str]:
        return re.findall(r'<p class="(?:par|src-nav)" id="(p-\d+)"', words(client.get(url, query)))

    first = anchors()
    assert len(first) > 8
    assert first == anchors(**{"as": "received"}) == anchors(script="hans")
    decide(world, document, number_of(document, "?0%"), "typed", text="百分之八十以上")
    assert first == anchors()


def test_another_script_is_a_view_marked_as_such(world: World) -> None:
    document = take_in(world)
    url = reverse("web:document", args=[document.pk])
    client = visitor(world, "clerk")
    answer = client.get(url, {"script": "hans"})
    assert "已转换显示" in words(answer)
    assert "群众" in article(answer) or "动员大会" in article(answer)
    assert "data-markable" not in words(answer)
    assert "data-markable" in words(client.get(url))
    assert "動員大會" in article(client.get(url, {"script": "latin"}))


def test_a_page_without_doubts_costs_no_query_more(world: World) -> None:
    document = take_in(world)
    client = visitor(world, "clerk")
    counts = {}
    for name, pk, query in (
        ("clean", world.document.pk, {}),
        ("damaged", document.pk, {}),
        ("in question", document.pk, {"doubt": str(number_of(document, "?024"))}),
    ):
        client.get(reverse("web:document", args=[pk]), query)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("web:document", args=[pk]), query)
        counts[name] = len(asked)
    assert counts["damaged"] <= counts["clean"]
    assert counts["in question"] == counts["damaged"] + 1


def test_what_a_site_taught_is_shown_with_its_documents_and_revoked(world: World) -> None:
    first = take_page_in(world, FIRST)
    client = visitor(world, "clerk")
    said = words(client.get(reverse("web:site_pairs")))
    assert "云溪发布" in said
    assert "漁</b>" in said
    assert first.title in said
    row = SitePair.objects.get()
    given = {"key": new_key(), "seen": row.version}
    answer = client.post(reverse("web:revoke_pair", args=[row.pk]), given, follow=True)
    assert "停用了。已收的文件不变。" in words(answer)
    assert "恢复采用" in words(answer)
    assert visitor(world, "housing").get(reverse("web:site_pairs")).status_code == 403


def test_a_misread_upload_shows_its_evidence(world: World) -> None:
    text = "云溪区召开动员大会，区住建局要在2023年11月底前完成改造，各单位要认真落实。" * 3
    client = visitor(world, "clerk")
    file = SimpleUploadedFile("通知.txt", text.encode("gb18030").decode("latin-1").encode())
    url = reverse("web:receive")
    answer = client.post(url, {"key": new_key(), "file": file}, follow=True)
    assert "已按 GB 18030 重新读出" in words(answer)
    document = Document.objects.latest("pk")
    assert document.received == text
    said = words(client.get(reverse("web:document_repairs", args=[document.pk])))
    assert "整篇曾被误读" in said
    assert "ÔÆÏª" in said


def test_a_finding_confirmed_before_says_that_its_words_changed_since(world: World) -> None:
    document, by = take_in(world), world.actor("clerk")
    number = number_of(document, "?.5")
    record = document.receipt[number - 1]
    rows = document.findings.filter(kind="directive").select_related("passage", "document")
    (finding, *_) = touched(rows, record["start"], record["end"])
    finding = intake.confirm(finding, by=by, seen=finding.version)
    decide(world, document, number, "offered:2")
    finding.refresh_from_db()
    assert finding.state == "confirmed"
    url = reverse("web:document", args=[document.pk])
    assert "原文的字改过" in words(visitor(world, "clerk").get(url))
