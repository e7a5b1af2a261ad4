"""What only a browser shows: a form sent twice, a form that has become stale, a page without scripts."""

from __future__ import annotations

from playwright.sync_api import expect

from luoshi.intake.models import Finding
from luoshi.ledger.models import Event
from luoshi.org.queries import DEMO_PASSWORD
from luoshi.programme.models import Item
from tests.journey import screens, workbench
from tests.journey.cast import Cast

# Chromium sends only the last of two quick clicks; so this sends what both would have sent.
TWICE = """form => Promise.all([1, 2].map(() => fetch(form.action, {
  method: "POST", body: new URLSearchParams(new FormData(form)) }).then(answer => answer.url)))"""


def test_a_double_click_signs_for_an_item_once(players: Cast) -> None:
    page = players("farming")
    screens.item(page, "2023-003")
    screens.act(page, "签收").dblclick()
    screens.told(page, "已签收")
    screens.stands(page, "区农业农村局", "报送进展", "未评")
    assert _acts(3).count("assignment.signed_for") == 1


def test_a_form_that_arrives_twice_has_one_effect_and_two_equal_answers(players: Cast) -> None:
    page = players("farming")
    screens.item(page, "2023-003")
    answers = page.locator("form[action$='/sign-for/']").first.evaluate(TWICE)
    assert answers == [page.url, page.url]
    assert _acts(3).count("assignment.signed_for") == 1
    assert not Event.objects.filter(stream__startswith="refusal:").exists()


def _acts(serial: int) -> list[str]:
    """What happened to an item of 2023, oldest first."""
    stream = Item.objects.get(year=2023, serial=serial).stream
    rows = Event.objects.filter(stream=stream).order_by("sequence")
    return list(rows.values_list("name", flat=True))


def test_a_stale_form_says_so_and_keeps_what_was_typed(players: Cast) -> None:
    clerk, head = players("clerk"), players("office-head")
    for page, unit in ((clerk, "大場鎮政府"), (head, "大場鎮黨委政府")):
        page.goto("/documents/1/facts/")
        workbench.choose(page, "大場鎮", exact=True)
        screens.press(page, "e")
        page.locator("form.fd-form [name=unit]").fill(unit)
    head.locator("form.fd-form [name=unit]").press(screens.SEND)
    expect(head.locator(".fc").filter(has_text="大場鎮黨委政府")).to_contain_text("已更正")
    clerk.locator("form.fd-form [name=unit]").press(screens.SEND)
    form = clerk.locator(".fc-form")
    expect(form).to_contain_text("您打开之后，别人改过这一件。")
    expect(form).to_contain_text("现在是：大場鎮黨委政府")
    expect(form.locator("[name=unit]")).to_have_value("大場鎮政府")
    form.locator("[name=unit]").press(screens.SEND)
    expect(clerk.locator(".fc").filter(has_text="大場鎮政府")).to_contain_text("已更正")
    assert Finding.objects.filter(value={"unit": "大場鎮政府"}).count() == 1


def test_without_scripts_the_pages_still_read(players: Cast) -> None:
    page = players.visitor(java_script_enabled=False)
    screens.sign_in(page, "clerk", DEMO_PASSWORD)
    page.goto("/documents/1/")
    expect(page.locator(".src")).to_contain_text("要重點圍繞四大國家戰略")
    expect(page.locator("#findings .fd")).to_have_count(7)
    page.get_by_role("link", name="要素与会议").click()
    expect(page.locator(".fcs")).to_contain_text("表态发言 14 位，点名 6 家")
    page.goto("/items/2023-001/")
    expect(page.locator(".chain")).to_contain_text("公开")
    expect(page.locator("#trail")).to_contain_text("柏小满 代录，沈砚青审阅")
    finding = Finding.objects.filter(kind="directive").earliest("order")
    page.goto(f"/findings/{finding.pk}/correct/")
    expect(page.locator("blockquote")).to_contain_text("全區上下要持續深入學習")
