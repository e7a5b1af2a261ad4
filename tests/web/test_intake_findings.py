"""Steps on a finding: with htmx and without, refused, stale, sent twice, by the wrong person."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from luoshi.intake import findings
from luoshi.intake.models import Finding
from luoshi.ledger.models import Event
from luoshi.web.forms import new_key
from tests.web.visiting import page, send, visitor, words
from tests.world import World

HTMX = {"hx-request": "true"}


@pytest.fixture
def proposed(world: World) -> Finding:
    """The theme, which carries a doubt and waits."""
    return world.finding("theme")


@pytest.fixture
def directive(world: World) -> Finding:
    """The last directive: confirmed, and linked to nothing."""
    return world.document.findings.filter(kind="directive").latest("order")


def press(world: World, route: str, row: Finding, **typed: Any) -> HttpResponse:
    """A step as htmx sends it, and what the page then gets."""
    client = visitor(world, "clerk")
    given = {"key": new_key(), "seen": row.version, **typed}
    address = reverse(f"web:{route}", args=[row.pk])
    return client.post(address, given, headers=HTMX, follow=True)


def post(
    world: World, who: str, route: str, row: Finding, typed: dict[str, Any], **more: Any
) -> HttpResponse:
    """A form whose fields may have any name."""
    given = {"key": new_key(), "seen": row.version, **typed, **more}
    return visitor(world, who).post(reverse(f"web:{route}", args=[row.pk]), given)


def test_a_step_answers_with_the_row_its_line_and_the_counts(
    world: World, proposed: Finding
) -> None:
    text = words(press(world, "confirm", proposed))
    assert text.count("<li") == 1
    assert f'id="finding-{proposed.pk}"' in text
    assert "已确认" in text
    assert 'id="left" hx-swap-oob="true"' in text
    assert text.count('class="par"') == 1
    assert 'hx-swap-oob="true"' in text
    assert "data-say data-acknowledged=" in text
    assert "<html" not in text


def test_a_step_on_a_directive_draws_the_coverage_bar_again(
    world: World, directive: Finding
) -> None:
    text = words(press(world, "reject", directive, because="slogan", words=""))
    assert 'id="coverage"' in text
    assert "另有 1 句不采纳" in text
    assert "不采纳：是口号或态度，不是要求" in text
    directive.refresh_from_db()
    assert (directive.state, directive.reason) == ("rejected", "是口号或态度，不是要求")


def test_without_scripts_a_step_leads_back_to_its_row(world: World, proposed: Finding) -> None:
    answer = send(world, "clerk", "confirm", proposed)
    assert answer.headers["Location"] == reverse("web:finding", args=[proposed.pk])
    there = visitor(world, "clerk").get(answer.headers["Location"])
    facts = reverse("web:document_facts", args=[proposed.document_id])
    assert there.headers["Location"] == f"{facts}#finding-{proposed.pk}"


def test_a_form_opens_in_the_row_or_as_a_page(world: World, proposed: Finding) -> None:
    address = reverse("web:correct", args=[proposed.pk])
    inside = words(visitor(world, "clerk").get(address, headers=HTMX))
    assert "<html" not in inside
    assert 'value="創新突破年"' in inside
    assert "data-focus" in inside
    whole = words(visitor(world, "clerk").get(address))
    assert "<html" in whole
    assert "“創新突破年”,要" in whole  # the sentence beside it


def test_what_is_typed_becomes_the_value(world: World, proposed: Finding) -> None:
    typed = {"name": "创新突破年", "year": "2024", "status": "current"}
    answer = post(world, "clerk", "correct", proposed, typed)
    assert answer.status_code == 302
    proposed.refresh_from_db()
    assert proposed.value == {"name": "创新突破年", "year": 2024, "status": "current"}
    assert (proposed.state, proposed.doubts) == ("corrected", [])


CORRECTIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "title": ({"text": "新标题"}, {"text": "新标题"}),
    "published": ({"date": "2023-01-30"}, {"date": "2023-01-30"}),
    "meeting": (
        {"name": "大会", "date": "XXXX-01-28", "time_of_day": ""},
        {"name": "大会", "date": "XXXX-01-28", "time_of_day": None},
    ),
    "person": (
        {"name": "孙永红", "posts": "书记、 主任", "acts": ["speak"]},
        {"name": "孙永红", "posts": ["书记", "主任"], "acts": ["speak"]},
    ),
    "area": ({"name": "促进消费"}, {"name": "促进消费"}),
}


@pytest.mark.parametrize("kind", CORRECTIONS)
def test_each_kind_is_corrected_in_its_own_words(world: World, kind: str) -> None:
    typed, value = CORRECTIONS[kind]
    row = world.finding(kind)
    assert post(world, "clerk", "correct", row, typed).status_code == 302
    row.refresh_from_db()
    assert row.value == value


def test_owners_and_a_date_are_typed_as_words(world: World) -> None:
    row = findings.mark(world.document, "directive", 500, 512, by=world.actor("clerk"))
    typed = {"responsible_units": "区发改局，区住建局", "deadline": "2023-11-30"}
    assert send(world, "clerk", "correct", row, **typed).status_code == 302
    row.refresh_from_db()
    assert row.value["responsible_units"] == ["区发改局", "区住建局"]
    assert row.value["deadline"] == {"text": "2023-11-30", "value": "2023-11-30", "kind": "date"}
    typed["deadline"] = "年底前"
    assert send(world, "clerk", "correct", row, **typed).status_code == 302
    row.refresh_from_db()
    assert row.value["deadline"] == {"text": "年底前", "value": "2023", "kind": "year"}
    typed |= {"deadline": "适时", "deadline_value": "2023"}
    assert send(world, "clerk", "correct", row, **typed).status_code == 302
    row.refresh_from_db()
    assert row.value["deadline"] == {"text": "适时", "value": None, "kind": None}


def test_what_does_not_fit_is_said_at_its_field_and_kept(world: World, proposed: Finding) -> None:
    typed = {"name": "", "year": "x", "status": "current"}
    answer = post(world, "clerk", "correct", proposed, typed)
    assert answer.status_code == 422
    assert 'value="x"' in words(answer)
    assert words(answer).count('class="err"') == 2
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_other_as_a_reason_needs_words(world: World, proposed: Finding) -> None:
    assert send(world, "clerk", "reject", proposed, because="other").status_code == 422
    assert send(world, "clerk", "reject", proposed).status_code == 422
    answer = send(world, "clerk", "reject", proposed, because="other", words="重复了")
    assert answer.status_code == 302
    proposed.refresh_from_db()
    assert proposed.reason == "重复了"


def test_a_stale_form_says_so_shows_what_stands_and_keeps_what_was_typed(
    world: World, proposed: Finding
) -> None:
    findings.correct(proposed, {"year": 2025}, by=world.actor("head"), seen=proposed.version)
    typed = {"name": "改过的名", "year": "2024", "status": "current"}
    answer = post(world, "clerk", "correct", proposed, typed)
    assert answer.status_code == 409
    text = words(answer)
    assert "您打开之后，别人改过这一件" in text
    assert "改过的名" in text
    assert "现在是：創新突破年" in text
    proposed.refresh_from_db()
    assert proposed.value["year"] == 2025
    assert f'name="seen" value="{proposed.version}"' in text  # one may decide again


def test_a_stale_press_is_refused_in_its_row(world: World, proposed: Finding) -> None:
    seen = proposed.version
    findings.correct(proposed, {"year": 2025}, by=world.actor("head"), seen=seen)
    findings.reject(
        Finding.objects.get(pk=proposed.pk), by=world.actor("head"), seen=seen + 1, reason="重复"
    )
    answer = press(world, "confirm", proposed, seen=seen)
    assert answer.status_code == 409
    assert 'class="errs" role="alert"' in words(answer)
    assert "<html" not in words(answer)


def test_a_form_sent_twice_has_one_effect(world: World, proposed: Finding) -> None:
    key = new_key()
    for _each in range(2):
        assert send(world, "clerk", "confirm", proposed, key=key).status_code == 302
    events = Event.objects.filter(subject=proposed.subject, name="finding.confirmed")
    assert events.count() == 1
    other = send(world, "clerk", "confirm", proposed, key=key, seen=7)
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("route", "typed"),
    [
        ("confirm", {}),
        ("correct", {"name": "x", "year": "2023", "status": "current"}),
        ("reject", {"because": "slogan"}),
    ],
)
def test_a_step_by_somebody_else_is_refused_and_says_who_may(
    world: World, proposed: Finding, route: str, typed: dict[str, str]
) -> None:
    answer = post(world, "inspector", route, proposed, typed)
    assert answer.status_code == 403
    assert "收文员、督查室主任" in words(answer)
    assert post(world, "water", route, proposed, typed).status_code == 404
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_all_that_carry_no_doubt_are_confirmed_at_once(world: World) -> None:
    document = world.document
    assert "确认无存疑的 1 条" in words(page(world, "clerk", "document_facts", document.pk))
    assert send(world, "clerk", "confirm_sure", document).status_code == 302
    states = dict(
        document.findings.filter(kind__in=("source", "theme")).values_list("kind", "state")
    )
    assert states == {"source": "confirmed", "theme": "proposed"}
    assert send(world, "clerk", "confirm_sure", document).status_code == 409  # an old page
    assert send(world, "verifier", "confirm_sure", world.document).status_code == 403


def test_words_are_marked_by_selection_or_pasted(world: World) -> None:
    document = world.document
    words_ = "實現創新突破目標"
    start = document.restored.index(words_)
    typed = {"kind": "directive", "words": words_, "start": str(start), "end": str(start + 8)}
    assert send(world, "clerk", "mark", document, **typed).status_code == 302
    made = document.findings.latest("pk")
    assert (made.kind, made.state) == ("directive", "added")
    typed = {"kind": "area", "words": "功能區提檔升級"}
    assert send(world, "clerk", "mark", document, **typed).status_code == 302
    made = document.findings.latest("pk")
    assert made.value == {"name": "功能區提檔升級"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "area", "words": "没有这几个字"}, "原文里没有这几个字"),
        ({"kind": "area", "words": "孫永紅"}, "不止一处"),
        ({"kind": "published", "words": "功能區提檔升級"}, "不是一个日期"),
        ({"kind": "nonsense", "words": "功能區提檔升級"}, "nonsense"),
        ({"kind": "area", "words": ""}, "人工标注"),
    ],
)
def test_what_cannot_be_marked_is_said_at_the_words_and_kept(
    world: World, typed: dict[str, str], said: str
) -> None:
    before = world.document.findings.count()
    answer = send(world, "clerk", "mark", world.document, **typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert typed["words"] in words(answer)
    assert world.document.findings.count() == before


def test_words_beyond_any_form_are_refused_in_words(world: World) -> None:
    before = world.document.findings.count()
    typed = {"kind": "area", "words": "长" * 1_000_000}
    answer = send(world, "clerk", "mark", world.document, **typed)
    assert answer.status_code == 413
    assert "填的字太多" in words(answer)
    assert world.document.findings.count() == before


def test_the_head_lets_a_document_stand_as_a_basis(world: World) -> None:
    document = world.document
    assert send(world, "clerk", "stand_as", document, standing="basis").status_code == 403
    assert send(world, "head", "stand_as", document, standing="nonsense").status_code == 422
    answer = send(world, "head", "stand_as", document, standing="basis", reason="正式印发")
    assert answer.status_code == 302
    text = words(page(world, "head", "document", document.pk))
    assert "依据文件" in text
    assert "不具约束" not in text


def test_the_head_opens_and_closes_the_public_page(world: World) -> None:
    assert send(world, "clerk", "open_document", world.document).status_code == 403
    assert send(world, "head", "open_document", world.document).status_code == 302
    assert world.document.publicity == "open"
    assert "撤下原文" in words(page(world, "head", "document", world.document.pk))
    assert send(world, "head", "close_document", world.document).status_code == 422
    answer = send(world, "head", "close_document", world.document, reason="有个人信息")
    assert answer.status_code == 302
    assert world.document.publicity == "withdrawn"
