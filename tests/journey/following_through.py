"""The middle: the list is issued, one item signed for, claimed, returned, verified, read, struck off."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journey import screens, workbench
from tests.journey.cast import Cast
from tests.journey.taking_in import CODE

DECISION = {
    "approved_at": "区政府第 21 次常务会议", "number": "望政督〔2023〕6号", "issued_on": "2023-02-17",
}  # fmt: skip
DONE, EXCEPTED = "32 个小区全部完工，居民满意率 93%。", "黎桥街道未报"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(500)  # the head of an .exe
BACK, SEEN = "缺居民满意度票，请补齐后再报", "抽看 6 个小区，均已完工。"


def the_head_issues_the_list(cast: Cast) -> None:
    """Not over a sentence without a link; then with 审定会议, 文号 and 印发日期, all rows in one act."""
    page = cast("office-head")
    screens.first_on_desk(page)
    screens.issue(page, DECISION)
    expect(page.locator("form .err").first).to_contain_text("还有任务要求没有对应")
    expect(page.locator("[name=approved_at]")).to_have_value(DECISION["approved_at"])
    clerk = cast("clerk")
    clerk.goto("/documents/")
    clerk.keyboard.press("j")
    clerk.keyboard.press("Enter")
    workbench.word(clerk, "爭一流、創一流", "y", "阅知")
    assert "未对应" not in workbench.coverage(clerk)
    screens.issue(page, DECISION)
    screens.told(page, "已印发，事项都已交办。")
    expect(page.locator(".page-h")).to_contain_text(DECISION["number"])
    screens.item(page, CODE)
    screens.stands(page, "区住建局", "签收", "未评")
    expect(page.locator(".lightbox")).to_contain_text(
        "印发后的第一个完整季度到 6月30日，之前不评。"
    )
    expect(page.locator("mark.hit")).to_contain_text("要重點圍繞四大國家戰略")


def the_unit_signs_for_it_and_claims(cast: Cast) -> None:
    """Others are told why not; a false file is refused and nothing typed is lost."""
    page = cast("housing")
    screens.item(page, CODE)
    path = page.locator("form[action$='/sign-for/']").first.get_attribute("action") or ""
    assignment = path.removesuffix("sign-for/")
    screens.refused(cast("inspector"), path, 403, "这一步由单位联络员、单位负责人来办。")
    screens.refused(cast("approval"), f"/items/{CODE}/", 404, "没有这一页，或者您看不到")
    screens.refused(cast("approval"), path, 404, "没有这一页，或者您看不到")
    screens.answer(page, "签收")
    screens.stands(page, "区住建局", "报送进展", "未评")
    screens.refused(page, f"{assignment}verify/", 403, "这一步由核查人来办。")
    page.goto(f"{assignment}report/")
    screens.report(page, DONE, ("竣工验收.pdf", PROGRAM), EXCEPTED)
    expect(page.locator(".step .err").first).to_contain_text("竣工验收.pdf：")
    expect(page.locator("[name=done]")).to_have_value(DONE)
    expect(page.locator("[name=excepted]")).to_have_value(EXCEPTED)
    expect(page.locator("[name=claim]")).to_be_checked()
    screens.report(page, DONE, ("竣工验收.txt", "32 个小区全部完工。".encode()), EXCEPTED)
    screens.told(page, "已报，等单位负责人审签。")
    screens.stands(page, "区住建局负责人", "审签", "未评")


def it_is_sent_back_once_then_accepted(cast: Cast) -> None:
    """退回补正 with a reason, a second claim, and the inspector accepts."""
    _sign(cast)
    inspector = cast("inspector")
    screens.first_on_desk(inspector)
    screens.answer(inspector, "退回补正", {"reason": BACK})
    screens.told(inspector, "已退回单位。")
    page = cast("housing")
    screens.item(page, CODE)
    screens.stands(page, "区住建局", "报送进展", "未评")
    expect(page.locator("#reports")).to_contain_text(BACK)
    screens.answer(page, "报送进展")
    page.wait_for_url("**/report/")
    expect(page.locator("#main")).to_contain_text(BACK)
    screens.report(
        page, DONE + "满意度票已补齐。", ("满意度票.txt", "满意率 93%".encode()), EXCEPTED
    )
    screens.told(page, "已报，等单位负责人审签。")
    _sign(cast)
    screens.item(page, CODE)
    screens.stands(page, "督查员", "审核", "未到期")
    screens.first_on_desk(inspector)
    screens.press(inspector, "a")
    screens.told(inspector, "已审核通过。")


def _sign(cast: Cast) -> None:
    """The unit's head signs."""
    head = cast("housing-head")
    screens.item(head, CODE)
    screens.answer(head, "审签")
    screens.stands(head, "督查员", "审核", "未到期")


def it_is_verified_read_concluded_and_struck_off(cast: Cast) -> None:
    """By somebody who is neither, by the leader on paper, by the office."""
    inspector, verifier = cast("inspector"), cast("verifier")
    screens.item(inspector, CODE)
    screens.stands(inspector, "核查人", "核查", "提前办结")
    screens.refused(inspector, f"/items/{CODE}/strike-off/", 403, "这一步由督查室主任")
    screens.item(verifier, CODE)
    screens.answer(verifier, "核查属实", {"method": "实地查看", "place": "黎桥街道", "words": SEEN})
    screens.stands(verifier, "牵头领导", "审阅", "提前办结")
    screens.refused(verifier, f"/items/{CODE}/read/", 403, "这一步由牵头领导来办。")
    secretary = cast("secretary")
    screens.item(secretary, CODE)
    reading = {"behalf": "沈砚青", "happened": "2023-02-19", "words": "很好，注意后续维护。"}
    screens.answer(secretary, "代录审阅", reading)
    expect(secretary.locator("form .err")).to_have_text("办的日子不能早于前一步。")
    expect(secretary.locator("[name=words]")).to_have_value(reading["words"])
    secretary.locator("[name=happened]").fill("2023-02-20")
    secretary.locator("[name=words]").press(screens.SEND)
    expect(secretary.locator("#verification")).to_contain_text("2月20日　沈砚青　柏小满 代录")
    screens.item(inspector, CODE)
    screens.stands(inspector, "督查员", "办结", "提前办结")
    screens.answer(inspector, "办结")
    screens.stands(inspector, "督查室主任", "销号", "提前办结")
    head = cast("office-head")
    screens.item(head, CODE)
    screens.answer(head, "销号")
    screens.stands(head, "", "已销号，没有下一步", "提前办结")
    expect(head.locator("#trail")).to_contain_text("柏小满 代录，沈砚青审阅")
