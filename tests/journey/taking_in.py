"""The clerk's half: the seed is taken in, judged, drafted into a list, linked and registered."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

import luoshi
from tests.journey import screens, workbench
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


def the_clerk_takes_the_seed_in(cast: Cast) -> None:
    """Restored, open on request; a press report, so that it binds nobody."""
    page = cast("clerk")
    expect(page.get_by_text("演示数据：任务、单位、进展均为虚构")).to_be_visible()
    workbench.take_in(page, SEED)
    head = page.locator(".doc-h")
    expect(head).to_contain_text("参考报道")
    expect(head).to_contain_text("不具约束")
    expect(page.locator("#coverage")).to_contain_text("任务要求 7 句")
    expect(page.locator("#coverage")).to_contain_text("不具约束")
    expect(head).to_contain_text("还原 133 处，其中推断 1 处")
    assert workbench.coverage(page) == {"待确认": 7}
    records = workbench.repairs(page)
    assert len(records) == 133
    assert [record[4] for record in records].count("推断") == 1
    assert "擔使命" in records[0][1]


def she_sees_what_it_says(cast: Cast) -> None:
    """Page facts, meeting, people, honours, pledges, themes, areas, directives: each in its sentence."""
    page = cast("clerk")
    workbench.face(page, "要素与会议")
    said = dict(workbench.facts(page, "页面要素"))
    assert said["栏目"].startswith("熱點聚焦")
    assert "“創新突破年”動員大會召開" in said["标题"]
    assert said["发布时间"].startswith("2023年1月29日")
    assert said["稿件来源"].startswith("青島西海岸報/西海岸新聞網")
    assert said["点击量"].startswith("原文没有写")
    label, meeting = workbench.facts(page, "会议")[0]
    assert label == "会议"
    assert "“創新突破年”動員大會 2023年1月28日" in meeting
    people = dict(workbench.facts(page, "人物"))
    assert people["孫永紅"].startswith("西海岸新區工委書記、區委書記 出席、讲话")
    assert people["趙士玉"].startswith("西海岸新區工委副書記、青島自貿片區管委主任 出席、部署")
    assert people["王清源"].startswith("西海岸新區工委副書記、區長 主持")
    assert len(people) == 3
    assert len(workbench.facts(page, "表彰表扬")) == 3
    assert [label for label, _ in workbench.facts(page, "承诺事项")].count("承诺事项") == 6
    expect(page.locator(".fcs")).to_contain_text("表态发言 14 位，点名 6 家")
    themes = [words for _, words in workbench.facts(page, "主题年")]
    assert [words[:5] for words in themes] == ["創新突破年", "作風能力提"]
    areas = [words.split()[0] for _, words in workbench.facts(page, "方面")]
    assert tuple(areas) == AREAS
    for words in ("熱點聚焦", "孫永紅", "“仲華”熱物理試驗裝置", "促進消費"):
        workbench.choose(page, words, exact=True)
        assert workbench.lit(page) == words
    workbench.face(page, "任务要求")
    walked = workbench.walk(page)
    assert len(walked) == 7
    assert all(quote == lit for quote, lit in walked), walked


def she_judges_what_was_read(cast: Cast) -> None:
    """With the keyboard: one corrected, all sure ones confirmed, one rejected, one marked by hand."""
    page = cast("clerk")
    workbench.face(page, "要素与会议")
    workbench.choose(page, "大場鎮", exact=True)
    workbench.asked(page, "e", {"unit": "大場鎮政府"})
    corrected = page.locator(".fc").filter(has_text="大場鎮政府")
    expect(corrected.locator(".fc-s")).to_contain_text("已更正")
    screens.press(page, "c")
    screens.told(page, "无存疑的都确认了。")
    workbench.face(page, "任务要求")
    for words in (
        "抓黨建就是抓全局",
        "要重點圍繞",
        "各牽頭領導",
        "各牽頭部門",
        "各責任單位",
        "走在前、開新局",
    ):
        workbench.choose(page, words)
        workbench.confirm(page)
    workbench.choose(page, "全區上下要持續深入學習")
    workbench.asked(page, "r", {"because": "slogan"})
    expect(page.locator("#rejected")).to_have_text("另有 1 句不采纳")
    assert workbench.coverage(page) == {"未对应": 6}
    screens.press(page, "t")
    workbench.select_in_text(page, "爭一流、創一流")
    screens.press(page, screens.SEND)
    screens.told(page, "标好了。")
    assert workbench.coverage(page) == {"未对应": 7}
    expect(workbench.row(page)).to_contain_text("人工标注")


def she_drafts_the_programme(cast: Cast) -> None:
    """创新突破年 2023 with thirteen areas, each pointing at its words."""
    page = cast("clerk")
    workbench.draft(page, YEAR)
    expect(page.locator("h1")).to_have_text(YEAR)
    links = page.locator(".areas .srclink")
    expect(links).to_have_count(13)
    for number, area in enumerate(AREAS):
        expect(links.nth(number)).to_contain_text(area)
    links.nth(4).press("Enter")
    page.wait_for_url("**/facts/#*")
    assert workbench.lit(page) == "促進消費"


def she_says_what_became_of_every_sentence(cast: Cast) -> None:
    """Every directive gets a link, and the bar counts them."""
    page = cast("clerk")
    workbench.face(page, "任务要求")
    workbench.word(page, "抓黨建就是抓全局", "d", "另行部署")
    workbench.word(page, "各牽頭領導", "g", "面上要求")
    workbench.word(page, "各牽頭部門", "g", "面上要求")
    workbench.word(page, "各責任單位", "w", "待细化")
    workbench.word(page, "走在前、開新局", "g", "面上要求")
    workbench.into_all_areas(page, "要重點圍繞")
    assert workbench.coverage(page) == {
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
        workbench.choose(page, "要重點圍繞")
        screens.press(page, "a")
        workbench.register(page, values, grade, part)
    expect(workbench.row(page)).to_contain_text("2023-003")
    page.goto("/programmes/")
    page.get_by_role("link", name=YEAR).press("Enter")
    expect(page.locator(".areas .it")).to_have_count(3)
    screens.refused(page, page.url + "issue/", 403, "这一步由督查室主任来办。")
