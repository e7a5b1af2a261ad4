"""First light: one damaged sentence of the seed walks to a struck-off item on a public page, and back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect

import luoshi
from tests.databases import Database
from tests.journey import screens
from tests.journey.cast import Cast

SEED = Path(luoshi.__file__).parent / "officialdoc/samples/mobilisation-meeting-2023.txt"
AREAS = (
    "四大國家戰略", "實體經濟發展", "科教強區建設", "高水平開放", "促進消費", "優化營商環境", "功能區提檔升級",
    "城市更新和城市建設", "鄉村振興", "文化軟實力提升", "生態文明建設", "民生改善", "社會治理現代化",
)  # fmt: skip
YEAR, CODE = "创新突破年 2023", "2023-001"
# what is typed, closing grade, part of the cooperating unit
ITEMS = (
    (
        {
            "heading": "城市更新和城市建設", "requirement": "完成 32 个老旧小区改造并通过居民验收",
            "measure": "完工且居民满意率达到 85% 的小区", "due": "2023-08-31", "papers_due": "2023-09-15",
            "lead_unit": "区住建局", "lead_leader": "望川区 副区长", "target-0-metric": "完工小区",
            "target-0-value": "32", "target-0-unit": "个", "node-0-deliverable": "全部开工",
            "node-0-due": "2023-05-31",
        },
        "key", "居民意见征集",
    ),
    (
        {
            "heading": "優化營商環境", "requirement": "企业开办一日办结率达到 95%",
            "due": "2023-09-30", "lead_unit": "区审批局",
        },
        "ordinary", "",
    ),
    (
        {
            "heading": "鄉村振興", "requirement": "建成 12 个村级物流服务站",
            "due": "2023-12-20", "lead_unit": "区农业农村局",
        },
        "simple", "",
    ),
)  # fmt: skip
DECISION = {
    "approved_at": "区政府第 21 次常务会议", "number": "望政督〔2023〕6号", "issued_on": "2023-02-17",
}  # fmt: skip
DONE, EXCEPTED = "32 个小区全部完工，居民满意率 93%。", "黎桥街道未报"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(500)  # the head of an .exe
BACK, SEEN = "缺居民满意度票，请补齐后再报", "抽看 6 个小区，均已完工。"
WORDING = "全区 32 个老旧小区改造已全部完工，经居民验收。"


def test_one_sentence_walks_to_a_public_page_and_back(
    cast: Cast, district: Database, keys: Path
) -> None:
    the_clerk_takes_the_seed_in(cast)
    she_sees_what_it_says(cast)
    she_judges_what_was_read(cast)
    she_drafts_the_programme(cast)
    she_says_what_became_of_every_sentence(cast)
    she_registers_three_items(cast)
    the_head_issues_the_list(cast)
    the_unit_signs_for_it_and_claims(cast)
    it_is_sent_back_once_then_accepted(cast)
    it_is_verified_read_concluded_and_struck_off(cast)
    the_public_reads_of_it(cast)
    it_is_taken_down_again(cast)
    the_ledger_is_whole_until_somebody_edits_a_row(district, keys)


def the_clerk_takes_the_seed_in(cast: Cast) -> None:
    """Restored, open on request; a press report, so that it binds nobody."""
    page = cast("clerk")
    expect(page.get_by_text("演示数据：任务、单位、进展均为虚构")).to_be_visible()
    screens.take_in(page, SEED)
    head = page.locator(".doc-h")
    expect(head).to_contain_text("参考报道")
    expect(head).to_contain_text("不具约束")
    expect(page.locator("#coverage")).to_contain_text("任务要求 7 句")
    expect(page.locator("#coverage")).to_contain_text("不具约束")
    expect(page.locator(".src-tools")).to_contain_text("还原 133 处，其中推断 1 处")
    assert screens.coverage(page) == {"待确认": 7}
    records = screens.repairs(page)
    assert len(records) == 133
    assert [record[4] for record in records].count("推断") == 1
    assert "擔使命" in records[0][1]


def she_sees_what_it_says(cast: Cast) -> None:
    """Page facts, meeting, people, honours, pledges, themes, areas, directives: each in its sentence."""
    page = cast("clerk")
    screens.face(page, "要素与会议")
    said = dict(screens.facts(page, "页面要素"))
    assert said["栏目"].startswith("熱點聚焦")
    assert "“創新突破年”動員大會召開" in said["标题"]
    assert said["发布时间"].startswith("2023年1月29日")
    assert said["稿件来源"].startswith("青島西海岸報/西海岸新聞網")
    assert said["点击量"].startswith("原文没有写")
    label, meeting = screens.facts(page, "会议")[0]
    assert label == "会议"
    assert "“創新突破年”動員大會 2023年1月28日" in meeting
    people = dict(screens.facts(page, "人物"))
    assert people["孫永紅"].startswith("西海岸新區工委書記、區委書記 出席、讲话")
    assert people["趙士玉"].startswith("西海岸新區工委副書記、青島自貿片區管委主任 出席、部署")
    assert people["王清源"].startswith("西海岸新區工委副書記、區長 主持")
    assert len(people) == 3
    assert len(screens.facts(page, "表彰表扬")) == 3
    assert [label for label, _ in screens.facts(page, "承诺事项")].count("承诺事项") == 6
    expect(page.locator(".fcs")).to_contain_text("表态发言 14 位，点名 6 家")
    themes = [words for _, words in screens.facts(page, "主题年")]
    assert [words[:5] for words in themes] == ["創新突破年", "作風能力提"]
    areas = [words.split()[0] for _, words in screens.facts(page, "方面")]
    assert tuple(areas) == AREAS
    for words in ("熱點聚焦", "孫永紅", "“仲華”熱物理試驗裝置", "促進消費"):
        screens.choose(page, words, exact=True)
        assert screens.lit(page) == words
    screens.face(page, "任务要求")
    walked = screens.walk(page)
    assert len(walked) == 7
    assert all(quote == lit for quote, lit in walked), walked


def she_judges_what_was_read(cast: Cast) -> None:
    """With the keyboard: one corrected, all sure ones confirmed, one rejected, one marked by hand."""
    page = cast("clerk")
    screens.face(page, "要素与会议")
    screens.choose(page, "大場鎮", exact=True)
    screens.asked(page, "e", {"unit": "大場鎮政府"})
    corrected = page.locator(".fc").filter(has_text="大場鎮政府")
    expect(corrected.locator(".fc-s")).to_contain_text("已更正")
    screens.press(page, "c")
    screens.told(page, "无存疑的都确认了。")
    screens.face(page, "任务要求")
    for words in (
        "抓黨建就是抓全局",
        "要重點圍繞",
        "各牽頭領導",
        "各牽頭部門",
        "各責任單位",
        "走在前、開新局",
    ):
        screens.choose(page, words)
        screens.confirm(page)
    screens.choose(page, "全區上下要持續深入學習")
    screens.asked(page, "r", {"because": "slogan"})
    expect(page.locator("#rejected")).to_have_text("另有 1 句不采纳")
    assert screens.coverage(page) == {"未对应": 6}
    screens.press(page, "t")
    screens.select_in_text(page, "爭一流、創一流")
    screens.press(page, screens.SEND)
    screens.told(page, "标好了。")
    assert screens.coverage(page) == {"未对应": 7}
    expect(screens.row(page)).to_contain_text("人工标注")


def she_drafts_the_programme(cast: Cast) -> None:
    """创新突破年 2023 with thirteen areas, each pointing at its words."""
    page = cast("clerk")
    screens.draft(page, YEAR)
    expect(page.locator("h1")).to_have_text(YEAR)
    links = page.locator(".areas .srclink")
    expect(links).to_have_count(13)
    for number, area in enumerate(AREAS):
        expect(links.nth(number)).to_contain_text(area)
    links.nth(4).press("Enter")
    page.wait_for_url("**/facts/#*")
    assert screens.lit(page) == "促進消費"


def she_says_what_became_of_every_sentence(cast: Cast) -> None:
    """Every directive gets a link, and the bar counts them."""
    page = cast("clerk")
    screens.face(page, "任务要求")
    screens.word(page, "抓黨建就是抓全局", "d", "另行部署")
    screens.word(page, "各牽頭領導", "g", "面上要求")
    screens.word(page, "各牽頭部門", "g", "面上要求")
    screens.word(page, "各責任單位", "w", "待细化")
    screens.word(page, "走在前、開新局", "g", "面上要求")
    screens.into_all_areas(page, "要重點圍繞")
    assert screens.coverage(page) == {
        "已列事项": 1,
        "面上要求": 3,
        "另行部署": 1,
        "待细化": 1,
        "未对应": 1,
    }


def she_registers_three_items(cast: Cast) -> None:
    """One of each closing grade, each from its sentence, under its area, with duties by post and unit."""
    page = cast("clerk")
    for values, grade, part in ITEMS:
        screens.choose(page, "要重點圍繞")
        screens.press(page, "a")
        screens.register(page, values, grade, part)
    expect(screens.row(page)).to_contain_text("2023-003")
    page.goto("/programmes/")
    page.get_by_role("link", name=YEAR).press("Enter")
    expect(page.locator(".areas .it")).to_have_count(3)
    screens.refused(page, page.url + "issue/", 403, "这一步由督查室主任来办。")


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
    screens.word(clerk, "爭一流、創一流", "y", "阅知")
    assert "未对应" not in screens.coverage(clerk)
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
    expect(secretary.locator("form .err")).to_have_text("办的日子不能早于前一步的日子。")
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


def the_ledger_is_whole_until_somebody_edits_a_row(district: Database, keys: Path) -> None:
    """`luoshi audit` in a process of its own, before and after one line of SQL."""
    whole = _audit(district, keys)
    assert whole.returncode == 0, whole.stdout
    assert whole.stdout == ""
    with closing(sqlite3.connect(district.settings["NAME"])) as connection, connection:
        (key,) = connection.execute("SELECT id FROM programme_item WHERE serial = 1").fetchone()
        connection.execute("UPDATE programme_item SET due = '2024-12-31' WHERE id = ?", (key,))
    edited = _audit(district, keys)
    assert edited.returncode == 1
    assert edited.stdout.startswith(f"row_edited\titem:{key}\t")


def _audit(district: Database, keys: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from luoshi.cli.main import main; main()", "audit"],
        env=district.environment(keys),
        capture_output=True,
        text=True,
        check=False,
    )
