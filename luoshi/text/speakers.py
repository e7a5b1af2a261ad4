"""Who speaks: 会议强调， 他说， and the numbers (一是, 第一，) in front of a sentence."""

from __future__ import annotations

from luoshi.text.names import name_end, post_end
from luoshi.text.owners import names_unit
from luoshi.text.patterns import pattern

REPORTING = ("汇报", "通报", "介绍")
TELLING = ("指出", "认为", "说", "回顾", "分析", "谈到", "指明", "总结")
WISHING = (
    "表示",
    "希望",
    "号召",
    "勉励",
    "祝贺",
    "期待",
    "相信",
    "一致认为",
    "一致表示",
    "呼吁",
    "倡议",
    "表态",
)
_SPEECH = (
    "一致表示",
    "一致认为",
    "一致同意",
    "提出要求",
    "明确要求",
    "研究决定",
    "研究确定",
    "最后说",
    "强调",
    "要求",
    "提出",
    "明确",
    "确定",
    "决定",
    "议定",
    "商定",
    "指出",
    "认为",
    "回顾",
    "分析",
    "谈到",
    "表示",
    "希望",
    "号召",
    "勉励",
    "指明",
    "介绍",
    "呼吁",
    "倡议",
    "讲到",
    "汇报",
    "通报",
    "部署",
    "说",
)
LONGEST_SPEAKER = 34
_GLUED = pattern(
    r"(?:会议|大会|会上|全会|报告|讲话|他|她|[\u3400-\u9fff]{2,4})(?:还|同时|进一步|最后|特别|并|一并)?(?P<verb>强调|要求|明确|决定|议定|指出|认为|希望|号召|提出)(?=各|全|要|由|对|加|进|坚|切|把|将|市|县|区|镇|受)"
    r"|(?P<alone>强调|要求)(?=要|各|相关|有关|全)"
)
_SAYING = pattern("强调|要求|明确|决定|议定|指出|认为|希望|号召|提出")
_ORDINAL = pattern(
    r"(?:第?[一二三四五六七八九十]{1,2}是|[一二三四五六七八九十](?=[要由])|第[一二三四五六七八九十]{1,2}，|首先，|其次，|再次，|最后，|其一，|其二，|其三，|其四，|[一另]方面(?=要)|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.、](?!\d)|[①-⑳])"
)

_ORDINAL_LETTERS = frozenset("第一二三四五六七八九十首其再最另（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳0123456789")
_LAST_LETTERS = frozenset(word[-1] for word in _SPEECH) | {"道", "了"}


def attribution(text: str, start: int, end: int) -> str:
    """The speech verb of a clause that only says who speaks (会议强调), "" for any other clause."""
    if text[end - 1 : end] not in _LAST_LETTERS:
        return ""
    last = end - 1 if text[end - 1 : end] in ("道", "了") else end
    if not text.endswith(_SPEECH, start, last):
        return ""
    verb = next(word for word in _SPEECH if text.endswith(word, start, last))
    head = text[start : last - len(verb)]
    if len(head) > LONGEST_SPEAKER or "：" in head:
        return ""
    if verb in REPORTING:
        if any(word in head for word in ("要", "应", "向", "由", "每", "予以", "进行", "须")):
            return ""
        return verb if names_unit(head) or _named(head) else ""
    if _SILENT.search(head):
        return ""
    return verb if _speaks(head, verb) else ""


_SILENT = pattern(
    r"按照|根据|宣读|作出|印发|表扬|表彰|围绕|贯彻|落实|《|要(?!求)|下发|通过|做出|符合|有关|各项|法定|统一的|标准和"
)
_MANNER = pattern(
    r"(?:在[^，。]{1,16}(?:时|中|后|上|会上)|就[^，。]{2,24}|针对[^，。]{2,20}|对[^，。]{2,24}|还|最后|同时|特别|再次|进一步|也|分别|并|一并|明确|着重|反复){1,3}$"
)
_SPEAKERS = (
    "会议",
    "大会",
    "全会",
    "会上",
    "报告",
    "方案",
    "纪要",
    "通知",
    "意见",
    "讲话",
    "同志",
    "他",
    "她",
    "文件",
    "决议",
    "与会者",
    "与会人员",
    "代表们",
    "大家",
    "常务会",
    "办公会",
    "工委",
    "党委",
    "市委",
    "县委",
    "区委",
    "省委",
    "负责人",
)
_NEED_SPEAKER = (
    "分析",
    "回顾",
    "介绍",
    "谈到",
    "部署",
    "提出",
    "明确",
    "决定",
    "确定",
    "汇报",
    "通报",
)


def _speaks(head: str, verb: str) -> bool:
    """Whether the words before a speech verb name a speaker: a meeting, a paper, a person, a unit."""
    hit = _MANNER.search(head)
    who = head[: hit.start()] if hit else head
    if not who:
        return verb not in _NEED_SPEAKER
    return who.endswith(_SPEAKERS) or _named(who) or bool(names_unit(who)) and len(who) <= 12


def _named(who: str) -> bool:
    """Whether the words are a person's name, or posts with a name behind them."""
    if who.endswith(
        (
            "书记",
            "市长",
            "县长",
            "区长",
            "镇长",
            "主任",
            "局长",
            "董事长",
            "总经理",
            "主席",
            "会长",
            "校长",
            "院长",
        )
    ):
        return True
    for size in (3, 2, 4):
        name = who[-size:]
        if len(name) == size and name_end(name, 0, size) == size:
            before = who[:-size]
            return not before or bool(post_end(before, 0, len(before))) or before[-1] in "，、和"
    return False


def glued_attribution(text: str, start: int, end: int) -> tuple[str, int]:
    """The speech verb that opens a clause without a comma (会议要求各镇…) and where it ends."""
    stop = min(end, start + 16)
    if not _SAYING.search(text, start, stop):
        return "", start
    hit = _GLUED.match(text, start, stop)
    return (hit["verb"] or hit["alone"], hit.end()) if hit else ("", start)


def ordinal(text: str, start: int, end: int) -> int:
    """The place after 一是, 第一， and the like (and after the number of 一要, before its 要)."""
    if text[start : start + 1] not in _ORDINAL_LETTERS:
        return start
    hit = _ORDINAL.match(text, start, end)
    return hit.end() if hit else start
