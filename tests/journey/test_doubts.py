"""A clerk goes through a damaged page: one key from doubt to doubt, one for each decision, one to undo."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from luoshi.intake.models import Document, RepairDecision
from tests.damaged import page as damaged_page
from tests.journey import screens, workbench
from tests.journey.cast import Cast


def test_a_page_of_ten_doubts_takes_eleven_keys(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "云溪.txt"
    file.write_text(damaged_page(), "utf-8")
    page = cast("clerk")
    workbench.take_in(page, file)
    document = Document.objects.get()
    doubts = [
        number
        for number, record in enumerate(document.receipt, start=1)
        if record["status"] == "uncertain"
    ]
    assert len(doubts) >= 10
    pressed = 0
    screens.press(page, "]")
    pressed += 1
    for place, number in enumerate(doubts):
        expect(page.locator("#doubt")).to_have_attribute("data-repair", str(number))
        expect(page.locator(f"#repair-{number}")).to_be_in_viewport()
        expect(page.locator("#doubt .dbt-w")).to_contain_text(f"{place + 1}/{len(doubts)}")
        screens.press(page, "1")
        pressed += 1
        screens.told(page, "判定了。")
        _settled(page, place + 1)
    assert pressed == len(doubts) + 1
    expect(page.locator("#document-head")).to_contain_text(f"人工判定 {len(doubts)} 处")
    fresh = Document.objects.get()
    assert [number for number, _text in fresh.decided] == doubts
    assert _bare(page) == "".join(fresh.restored.split())

    last = doubts[-1]
    screens.press(page, "z")
    screens.told(page, "判定撤回了。")
    expect(page.locator("#doubt .dbt-w")).to_contain_text("还有 1 处没有判定")
    assert RepairDecision.objects.get(number=last).state == "withdrawn"
    screens.press(page, "i")
    page.keyboard.type("为小就不做")
    page.keyboard.press("Enter")
    expect(page.locator("#document-head")).to_contain_text(f"人工判定 {len(doubts)} 处")
    assert "为小就不做" in _bare(page)

    screens.press(page, "[", "v")
    page.wait_for_url("**as=received**")
    expect(page.locator(f"#repair-{doubts[-2]}")).to_be_in_viewport()
    assert _bare(page) == "".join(damaged_page().split())


def _settled(page: Page, count: int) -> None:
    """Wait until the text with this decision is there."""
    expect(page.locator("#source-tools")).to_contain_text(f"人工判定 {count}")


def _bare(page: Page) -> str:
    """The text on the page without its furniture and white space."""
    words: str = page.locator(".src").evaluate(
        """article => { const copy = article.cloneNode(true);
             copy.querySelectorAll('.pn, .mk, .rpt, .meta').forEach(each => each.remove());
             return copy.textContent; }"""
    )
    return "".join(words.split())
