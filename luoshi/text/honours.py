"""Honours read out or awarded: the titles of lists, decisions and bulletins, their level and kinds."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, sentences

_OCCASION = pattern(r"宣读|表彰|表扬|授予|颁奖|颁发|通报表扬|嘉奖")
_TITLE = pattern(r"《(?P<t>[^《》]{4,120})》")
_HONOURS = pattern(r"表彰|表扬|授予|命名|荣誉|先进|嘉奖|记功|奖励|优秀|标兵|模范|评选结果")
_LIST = pattern(
    r"(?:宣读(?:了)?|》和|》以及|》及|》、|公布(?:了)?|通报了)(?P<t>[^，。；《》]{4,60}?(?:名单|决定|通报|命令))(?=[，。；、]|$|和《|并)"
)
_RECEIVED = pattern(
    r"(?:^|，|；)(?P<t>[^，。；]{2,60}?)(?:受到|获得|荣获|被授予|获)(?:了)?(?:通报)?(?:表彰|表扬|奖励|嘉奖|“[^”]{2,16}”(?:荣誉)?称号)"
)
_PRAISED = pattern(
    r"对(?P<t>[^。；]{4,80}?)(?:进行|予以|给予)(?:了)?(?:通报)?(?:表彰|表扬|嘉奖|奖励)"
)
_PRAISING = pattern(r"(?:表彰|表扬)了(?P<t>[^，。；]{4,60})")
_KINDS = (
    ("企业家", ("企业家",)),
    ("企业", ("企业", "公司", "纳税大户", "商户", "民宿", "合作社")),
    (
        "单位",
        (
            "单位",
            "示范镇",
            "示范村",
            "示范县",
            "示范区",
            "示范乡镇",
            "示范街道",
            "示范社区",
            "示范校",
            "示范园区",
            "示范基地",
            "示范点",
            "示范机关",
            "文明村",
            "文明镇",
            "文明乡镇",
            "文明校园",
            "文明社区",
            "先进村",
            "先进镇",
            "先进乡镇",
            "先进街道",
            "先进社区",
            "先进学校",
            "先进机关",
            "先进处室",
            "达标村",
            "特色村",
            "特色镇",
            "美丽村",
            "样板村",
            "十佳村",
            "平安村",
            "平安乡镇",
        ),
    ),
    ("集体", ("集体", "班组", "支部", "窗口", "科室", "部门", "班级", "站所")),
    ("团队", ("团队", "小组")),
    ("公务员", ("公务员",)),
    (
        "项目",
        (
            "优秀项目",
            "先进项目",
            "示范项目",
            "标杆项目",
            "项目奖",
            "成果",
            "案例",
            "优质工程",
            "样板工程",
        ),
    ),
    (
        "个人",
        (
            "个人",
            "劳动模范",
            "劳模",
            "先锋",
            "标兵",
            "专员",
            "能手",
            "工匠",
            "模范",
            "党员",
            "工作者",
            "员工",
            "名“",
            "教师",
            "职工",
            "干部",
            "之星",
            "医师",
            "护士",
            "教师",
            "楷模",
            "志愿者",
            "青年",
            "带头人",
            "教练",
            "运动员",
            "班主任",
            "工程师",
            "人物",
            "匠",
            "网格员",
            "民警",
            "护工",
            "女职工",
            "村官",
            "能人",
            "学生",
            "校长",
            "书记",
            "好人",
        ),
    ),
)
_LEVELS = (
    ("province+", pattern(r"省级(?:及)?以上|省部级(?:及)?以上")), ("national", pattern(r"国家级|国务院|全国|中华人民共和国")),
    ("province", pattern(r"省级|省委|省政府|全省|自治区")), ("city", pattern(r"市级|市委|市政府|全市|市人民政府")),
    ("county", pattern(r"县级|区级|县委|区委|县政府|区政府|全县|全区|工委|管委|新区")), ("unit", pattern(r"集团|公司|学校|医院|协会|学院|大学|厂")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Honour:
    """A title in the folded text with its level and kinds (Simplified words of the schema)."""

    start: int
    end: int
    level: str | None
    kinds: tuple[str, ...]


def honours(text: str, paragraphs: list[Span], home: str | None) -> list[Honour]:
    """The honours of the paragraphs that tell the meeting; `home` is the level of who held it."""
    spans: list[Span] = []
    for paragraph in paragraphs:
        for start, end in sentences(text, *paragraph):
            if _OCCASION.search(text, start, end):
                spans.extend(_in_sentence(text, start, end))
    kept: list[Span] = []
    for span in sorted(set(spans)):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return [Honour(*span, _level(text, *span, home), _kinds(text[slice(*span)])) for span in kept]


def _in_sentence(text: str, start: int, end: int) -> list[Span]:
    found = [h.span("t") for h in _TITLE.finditer(text, start, end) if _HONOURS.search(h["t"])]
    found += [h.span("t") for h in _LIST.finditer(text, start, end)]
    if found:
        return found
    for shape in (_RECEIVED, _PRAISED, _PRAISING):
        found += [h.span("t") for h in shape.finditer(text, start, end)]
    return found


def _kinds(title: str) -> tuple[str, ...]:
    rest, found = title, []
    for kind, words in _KINDS:
        at = min((rest.find(word) for word in words if word in rest), default=-1)
        if at >= 0:
            found.append((at, kind))
            if kind == "企业家":
                rest = rest.replace("企业家", "　　　")
    return tuple(kind for _, kind in sorted(found))


def _level(text: str, start: int, end: int, home: str | None) -> str | None:
    title = text[start:end]
    for level, shape in _LEVELS[:4]:
        hit = shape.search(title)
        if hit and "级" in hit[0]:
            return level
    for level, shape in _LEVELS:
        if shape.search(title[:24]) and level not in ("national", "province+"):
            return level
    return home


def home_level(names: list[str]) -> str | None:
    """The level of the body that held the meeting, from the posts and the title."""
    joined = " ".join(names)
    for level, marks in (
        ("unit", ("集团", "公司", "董事长", "总经理", "校长", "院长", "会长")),
        ("county", ("县委", "县长", "区委", "区长", "工委", "管委")), ("city", ("市委", "市长", "我市")),
        ("province", ("省委", "省长", "自治区主席")),
    ):  # fmt: skip
        if any(mark in joined for mark in marks):
            return level
    return None
