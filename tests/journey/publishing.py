"""The public's side: nothing before another person approved it, then the story, then 已撤下."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journey import screens
from tests.journey.cast import Cast
from tests.journey.taking_in import CODE, ITEMS

WORDING = "全区 32 个老旧小区改造已全部完工，经居民验收。"


def the_public_reads_of_it(cast: Cast) -> None:
    """Not before another person approved the words; then the story, and the seed with its tag."""
    visitor, editor, head = (
        cast.visitor(java_script_enabled=False),
        cast("publicity"),
        cast("office-head"),
    )
    address = f"/public/items/{CODE}/"
    _answers(visitor, address, 404)
    screens.item(editor, CODE)
    screens.answer(editor, "拟公开口径")
    editor.wait_for_url("**/draft-wording/")
    screens.fill(editor, {"text": WORDING})
    screens.press(editor, screens.SEND)
    screens.told(editor, "已拟好，等另一人审批。")
    _answers(visitor, address, 404)
    screens.item(head, CODE)
    path = head.locator("form[action$='/approve/']").first.get_attribute("action") or ""
    screens.refused(editor, path, 403, "拟稿的人不能自己办这一步，要换一个人。")
    screens.answer(head, "审批公开口径")
    screens.told(head, "已审批，公开页已经打开。")
    _answers(visitor, address, 200)
    expect(visitor.get_by_text("演示数据：任务、单位、进展均为虚构")).to_be_visible()
    expect(visitor.locator("meta[name=robots]")).to_have_attribute("content", "noindex, nofollow")
    story = visitor.locator("#main")
    for words in (
        WORDING,
        "要重點圍繞四大國家戰略",
        "区住建局报送，负责人审签",
        "2023/02/20",
        "已销号",
    ):
        expect(story).to_contain_text(words)
    head.goto("/documents/")
    screens.press(head, "j", "Enter")
    screens.answer(head, "公开原文")
    screens.told(head, "原文公开了。")
    visitor.reload()
    visitor.get_by_role("link", name="在报道里看这一句").click()
    mark = visitor.locator(".said").filter(has_text="要重點圍繞四大國家戰略")
    expect(mark).to_be_visible()
    visitor.locator(f".said[id='{mark.get_attribute('id')}'] ~ a.ref").first.click()
    tag = visitor.locator("#acts li:target")
    expect(tag).to_contain_text(ITEMS[0][0]["requirement"])
    expect(tag).to_contain_text("已列为事项，尚未公开")
    tag.get_by_role("link", name=ITEMS[0][0]["requirement"]).click()
    assert visitor.url.endswith(address)


def it_is_taken_down_again(cast: Cast) -> None:
    """The address stays and says that the page was withdrawn, and when."""
    head, visitor = cast("office-head"), cast.visitor(java_script_enabled=False)
    screens.item(head, CODE)
    screens.answer(head, "撤下公开页", {"reason": "口径要改"})
    screens.told(head, "公开页已撤下")
    _answers(visitor, f"/public/items/{CODE}/", 410)
    expect(visitor.locator("#main")).to_contain_text("已撤下")
    expect(visitor.locator("#main")).to_contain_text("2023/02/20")
    expect(visitor.locator("#main")).not_to_contain_text("口径要改")


def _answers(page: Page, path: str, status: int) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
