"""Registering an item: what the sentence gives, what is asked for, what is kept when it is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from luoshi.intake import findings
from luoshi.intake.models import Finding
from luoshi.kernel.actor import SYSTEM
from luoshi.org import actions as org
from luoshi.programme.models import Item
from luoshi.web.forms import new_key
from tests.web.visiting import page, visitor, words
from tests.world import COMMERCE, HOUSING, WATER, World


@pytest.fixture
def sentence(world: World) -> Finding:
    """A confirmed directive."""
    return world.document.findings.filter(kind="directive").latest("order")


def least(world: World, sentence: Finding) -> dict[str, Any]:
    """What the form sends when only a date and a unit were typed."""
    return {
        "finding": str(sentence.pk),
        "heading": str(world.heading.pk),
        "requirement": "办好这一件",
        "grade": "ordinary",
        "due": "2023-11-30",
        "lead_unit": str(world.unit(HOUSING).pk),
    }


def register(world: World, who: str = "clerk", **typed: Any) -> HttpResponse:
    address = reverse("web:register_item", args=[world.programme.pk])
    return visitor(world, who).post(address, {"key": new_key()} | typed)


def test_a_date_and_a_unit_are_enough(world: World, sentence: Finding) -> None:
    answer = register(world, **least(world, sentence))
    made = Item.objects.latest("pk")
    assert answer.headers["Location"].endswith(f"#heading-{world.heading.pk}")
    assert (made.code, made.due, made.grade) == ("2023-005", date(2023, 11, 30), "ordinary")
    assert made.links.get().passage == sentence.passage
    back = register(world, **least(world, sentence), back="document")
    document = reverse("web:document", args=[world.document.pk])
    assert back.headers["Location"] == f"{document}#finding-{sentence.pk}"


def test_everything_an_item_can_have_is_kept(world: World, sentence: Finding) -> None:
    typed = least(world, sentence) | {
        "measure": "验收表", "papers_due": "2023-12-10", "grade": "key",
        "lead_leader": str(world.post("leader").pk),
        "responsible_units": [str(world.unit(HOUSING).pk), str(world.unit(WATER).pk)],
        "part-0-unit": "", "part-0-part": "",
        "part-1-unit": str(world.unit(COMMERCE).pk), "part-1-part": "招商",
        "target-0-metric": "小区", "target-0-operator": ">=", "target-0-value": "32",
        "target-0-unit": "个", "target-2-metric": "", "target-2-operator": ">=",
        "node-0-deliverable": "全部开工", "node-0-due": "2023-05-31",
        "node-1-deliverable": "", "node-1-due": "",
    }  # fmt: skip
    assert register(world, **typed).status_code == 302
    made = Item.objects.latest("pk")
    assert (made.measure, made.papers_due) == ("验收表", date(2023, 12, 10))
    duties = {(duty.role, str(duty.post or duty.unit), duty.part) for duty in made.duties.all()}
    assert duties == {
        ("lead_leader", "副区长", ""), ("lead_unit", HOUSING, ""), ("responsible_unit", WATER, ""),
        ("cooperating_unit", COMMERCE, "招商"),
    }  # fmt: skip
    target = made.targets.get()
    assert (target.metric, target.operator, target.value, target.unit) == (
        "小区", ">=", Decimal(32), "个",
    )  # fmt: skip
    assert [(node.deliverable, node.due) for node in made.nodes.all()] == [
        ("全部开工", date(2023, 5, 31))
    ]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no date": ({"due": ""}, "办好这一件"),
    "no unit": ({"lead_unit": ""}, "办好这一件"),
    "no requirement": ({"requirement": " "}, "2023-11-30"),
    "a grade that is none": ({"grade": "nonsense"}, "办好这一件"),
    "papers before the date": ({"papers_due": "2023-01-01"}, "报结时限不能早于完成时限"),
    "key without a leader": ({"grade": "key"}, "重点事项要有牵头领导"),
    "half a target": ({"target-0-metric": "小区", "target-0-value": ""}, 'value="小区"'),
    "a target that is no number": (
        {"target-0-metric": "小区", "target-0-value": "三十"},
        'value="三十"',
    ),
    "half a node": ({"node-0-deliverable": "开工", "node-0-due": ""}, 'value="开工"'),
    "a part without its unit": ({"part-0-unit": "", "part-0-part": "招商"}, 'value="招商"'),
    "an area of another list": ({"heading": "999999"}, "办好这一件"),
    "a sentence of another document": ({"finding": "999999"}, "办好这一件"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_missing_is_said_at_its_field_and_all_is_kept(
    world: World, sentence: Finding, case: str
) -> None:
    given, kept = WRONG[case]
    before = Item.objects.count()
    answer = register(world, **(least(world, sentence) | given))
    assert answer.status_code == 422
    assert 'class="err"' in words(answer)
    assert kept in words(answer)
    assert Item.objects.count() == before


def test_the_sentence_fills_in_what_it_says(world: World, sentence: Finding) -> None:
    address = reverse("web:register_item", args=[world.programme.pk])
    client = visitor(world, "clerk")
    text = words(client.get(address, {"finding": str(sentence.pk)}))
    assert "使每項工作有布置、有落實、有成效</textarea>" in text
    assert f'<input type="hidden" name="finding" value="{sentence.pk}">' in text
    assert text.count('name="target-') == 3 * 4
    text = words(client.get(address, {"heading": str(world.heading.pk), "finding": "x"}))
    assert f'<option value="{world.heading.pk}" selected>' in text
    assert '<select name="finding"' in text


def test_a_span_of_working_days_is_counted_from_its_day_and_provisional_until_announced(
    world: World,
) -> None:
    deadline = {"text": "15个工作日内", "value": "P15D", "kind": "relative"}
    start = world.document.restored.index("使每項工作")
    made = findings.mark(
        world.document, "directive", start, start + 9, by=world.actor("clerk"),
        value={"deadline": deadline},
    )  # fmt: skip
    address = reverse("web:register_item", args=[world.programme.pk])
    text = words(visitor(world, "clerk").get(address, {"finding": str(made.pk)}))
    assert 'name="due" value="2023-02-17"' in text
    assert "所跨年度的放假安排还没有公布，这一天是暂定的" in text
    org.set_holiday(date(2023, 10, 1), working=False, name="国庆节", by=SYSTEM)
    text = words(visitor(world, "clerk").get(address, {"finding": str(made.pk)}))
    assert "起算，请核对" in text
    assert "暂定" not in text


def test_a_form_sent_twice_registers_one_item(world: World, sentence: Finding) -> None:
    key = new_key()
    first = register(world, **least(world, sentence), key=key)
    again = register(world, **least(world, sentence), key=key)
    assert first.headers["Location"] == again.headers["Location"]
    assert Item.objects.count() == 5
    other = register(world, **(least(world, sentence) | {"measure": "另一种"}), key=key)
    assert other.status_code == 409
    assert 'value="另一种"' in words(other)


def test_who_may_not_register_is_told_who_may_and_an_issued_list_takes_no_more(
    world: World, sentence: Finding
) -> None:
    answer = register(world, who="verifier", **least(world, sentence))
    assert answer.status_code == 403
    assert "收文员、督查员、督查室主任" in words(answer)
    world.issue()
    assert page(world, "clerk", "register_item", world.programme.pk).status_code == 409
    assert register(world, **least(world, sentence)).status_code == 409
