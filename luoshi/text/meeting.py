"""The meeting a document tells of: its name, date, time of day, and what was done at it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from luoshi.text.dates import Clock, moments
from luoshi.text.layout import Block
from luoshi.text.mentions import mentions
from luoshi.text.names import name_end
from luoshi.text.patterns import pattern
from luoshi.text.rolls import OUTLINE
from luoshi.text.sentences import BOTH, CLAUSE, Span, cut, sentences

# The head words of what is held: meetings, ceremonies, courses; the longest first.
_MEETING = r"(?:[\u3400-\u9fff]会议?|例会|年会|论坛|峰会|沙龙|讲坛|大讲堂|仪式|典礼|启动式|启动礼|揭牌礼|开幕礼|[开闭]幕式|签约式|颁奖礼|动工礼|[开结]班式|活动|培训班|研讨班|轮训班|集训|调训|演练|竞赛|比赛|党课|会晤|磋商|听证|会报|汇报|议事)"
_HOW = r"(?:隆重|顺利|圆满|正式|如期|胜利|成功|同步|分别|联合|以视频形式|以视频会议形式|以电视电话会议形式|以线上线下结合的?方式|通过视频|线上)"
_NAMED_BEFORE = pattern(
    rf"(?P<name>[^，。；：]{{2,60}}?{_MEETING}(?:（[^）]{{1,16}}）)?){_HOW}?(?:在[^，。；：]{{1,24}}?)?{_HOW}?(?:召开|举行|举办|开幕|闭幕|开班|启幕|拉开帷幕)"
)
_NAMED_AFTER = pattern(
    rf"(?:召开|举行|举办|组织召开)(?:了|的)?(?P<name>[^，。；：]{{1,56}}?{_MEETING})(?=[，。；：、（]|$|并|对|传达|研究|部署|进一步|时|上|，?现)"
)
_TITLE_SPEECH = pattern(
    rf"(?:^|.{{0,30}})在(?P<name>[^，。]{{2,60}}?{_MEETING})(?:（[^）]{{0,12}}）)?(?:上|中|时|闭幕式上|开幕式上|结束时)?的?(?:重要|总结|动员|主持|部署)?(?:讲话|发言|致辞|致词|报告|主持词|总结)"
)
_THIS = pattern(rf"(?:这次|本次|此次|这个)(?P<name>[^，。；：是]{{2,40}}?{_MEETING})(?=[，是的])")
_CONGRESS = pattern(r"在(?P<name>[^，。（）]{6,50}?(?:会议|大会|全体会议|次会议))(?:上|$)")
_DAY = pattern(r"(?P<rel>昨[天日]|今[天日]|前[天日]|日前|近日)")
_SPAN_DAYS = pattern(r"(?P<a>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?:至|—|-|~|～)(?:\d{1,2}月)?\d{1,2}日")
_TIME_OF_DAY = pattern(
    r"[），、 ]{0,2}(?:（[^（）]{1,14}）|(?:星期|周|礼拜)[一二三四五六日天])?[，、 ]{0,2}(?P<t>上午|下午|晚上|晚间|夜间|傍晚|中午|早上|清晨|午前|午后)"
)
_TIMES = {
    "晚间": "晚上",
    "夜间": "晚上",
    "傍晚": "下午",
    "早上": "上午",
    "清晨": "上午",
    "午前": "上午",
    "午后": "下午",
    "中午": "",
}
_LABEL_TIME = pattern(rf"{OUTLINE} ?(?:会议|开会)?(?:时间|日期) ?：")
_AFTER_DATE = pattern(
    r"[，、 ]?(?:上午|下午|晚上|晚间|中午)?(?:\d{1,2}[:时点](?:\d{1,2}分?)?)?[，、 ]?"
)
_ORGANISER = pattern(
    r"(?:我|全)[市县区省镇州校院](?=“)|(?:学校|学院|医院|集团|公司|集团公司|我[校院局厂司]|本[校院局厂])(?=“|20\d{2}|第)"
)
_MINUTES_NAME = pattern(
    r"(?:(?:(?:20\d{2}|1[01]\d)年(?:度)?)?第 ?[〇一二三四五六七八九十百\d]{1,4}次|(?:20\d{2}|1[01]\d)年度?)?(?:总经理|董事长|主任|局长|区长|县长|市长|镇长|党委|党组|党政|校长|院长|社长|厂长|理事长|常务|专题|行政|党委会|党组会|班子)[\u3400-\u9fff]{0,10}(?:会议|办公会|联席会|扩大会|例会|会)$"
)
_DONE_AT = pattern(
    r"听取(?:了|和)|宣读|通报|传达|汇报|(?:作|做)了?[^，。；]{0,40}报告|颁奖|颁发|授牌|授旗|表彰|表扬|表态发言|交流发言|经验交流|典型发言|发言|递交|签订|签署|介绍(?:了)?[^，；]{0,20}(?:做法|经验|情况|数据|进展|方案)|谈了|观看|察看|观摩|审议|学习|揭牌|签约|书面交流|述职|解读|点评|部署"
)
_PREFIX = pattern(
    r"(?:会上|会议|大会|随后|会前|会议还|刚才|会议期间|会议首先|会中|会议现场|活动中|其间|首先|接着|最后)[，还]?"
)
_SITE = pattern(r"(?:实地|现场)?(?:察看|观摩|观看|走访)")
_LEFT_OUT = pattern(r"召开|举行|主持|出席|强调|指出|要求|讲话(?!精神)|参加会议|列席")
_JOINED = pattern(r"现场|并(?!购)|当场")


@dataclass(slots=True)
class Meeting:
    """The facts of the meeting; spans of the folded text, the date as YYYY-MM-DD or XXXX-MM-DD."""

    name: Span | None = None
    day: Span | None = None
    date: str | None = None
    time: Span | None = None
    time_of_day: str | None = None
    agenda: list[Span] = field(default_factory=list)


def meeting_name(text: str, body: list[Span], title: list[Span]) -> Span | None:
    """The noun phrase before or after 召开, in the body before the headline."""
    for start, end in body[:4]:
        for first, last in sentences(text, start, min(end, start + 400))[:4]:
            found = _named(text, first, last)
            if found:
                return found
    for first, last in title:
        hit = _TITLE_SPEECH.match(text, first, last)
        if hit:
            return _without_crowd(text, *hit.span("name"))
    for first, last in title:
        found = _named(text, first, last)
        if found:
            return found
    return None


_NAMELESS = ("会议", "大会", "这次会议", "本次会议", "此次会议", "这次大会", "这个会议", "一次会议")


def held(text: str, paragraphs: list[Span]) -> bool:
    """Whether one of the first sentences tells that a meeting was held."""
    for start, end in paragraphs:
        for first, last in sentences(text, start, min(end, start + 300))[:3]:
            if not _WILL.search(text, first, last) and _named(text, first, last):
                return True
    return False


_WILL = pattern(
    r"定于|拟于|将于|将在|拟召开|将召开|要召开|每[月季周年]|应当?召开|由[^，。]{2,20}负责|根据"
)


def _without_crowd(text: str, start: int, end: int) -> Span:
    hit = _ORGANISER.match(text, start, end)
    return (hit.end(), end) if hit else (start, end)


def _named(text: str, first: int, last: int) -> Span | None:
    start = _past_date(text, first, last)
    after = _NAMED_AFTER.search(text, start, last)
    if after and after.start() - start < 90:
        found = _trimmed(text, *after.span("name"))
        return None if text[slice(*found)] in _NAMELESS else found
    before = _NAMED_BEFORE.match(text, start, last) or _clause_before(text, start, last)
    if before:
        return _trimmed(text, *before.span("name"))
    this = _THIS.search(text, start, min(last, start + 60))
    return this.span("name") if this else None


def _clause_before(text: str, start: int, last: int) -> re.Match[str] | None:
    for first, end in cut(text, start, min(last, start + 200), CLAUSE):
        hit = _NAMED_BEFORE.match(text, first, end)
        if hit:
            return hit
    return None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in "了的，、 ":
        start += 1
    return start, end


def _past_date(text: str, start: int, end: int) -> int:
    """The place after the date and time that open a sentence."""
    hit = _SPAN_DAYS.match(text, start, end)
    place = hit.end() if hit else start
    if not hit:
        first = next(iter(moments(text, Clock(), start, min(end, start + 24))), None)
        if first is not None and first.start - start <= 1 and first.kind in ("date", "month"):
            place = first.end
        elif rel := _DAY.match(text, start, end):
            place = rel.end()
        elif text.startswith("会议", start):
            place = start
    after = _AFTER_DATE.match(text, place, end)
    return after.end() if after and place > start else place


def minutes_name(text: str, title: list[Span]) -> Span | None:
    """The meeting's name inside the title of its minutes."""
    for start, end in title:
        at = next(
            (p for p in (text.find(w, start, end) for w in ("纪要", "记录", "纪录")) if p > 0), -1
        )
        if at < 0:
            continue
        at -= 2 * text.endswith("会会议", start, at)
        hit = _MINUTES_NAME.search(text, start, at)
        if hit and hit.start() > start:
            return hit.start(), at
        return start, at
    return None


def congress(text: str, span: Span) -> Span | None:
    """The session before which a report was given."""
    hit = _CONGRESS.search(text, *span)
    return hit.span("name") if hit else None


def meeting_date(
    text: str, spans: list[Span], clock: Clock, published: str | None
) -> tuple[Span, str] | None:
    """The first date at the head of a paragraph or in a time label, resolved."""
    for start, end in spans[:4]:
        label = _LABEL_TIME.match(text, start, end)
        place = label.end() if label else start
        window = min(end, place + (60 if label else 90))
        rel = _DAY.search(text, place, min(end, place + 12))
        if rel and published and rel["rel"][0] in "昨今前" and rel["rel"] not in ("前日",):
            return rel.span(), _shift(published, {"昨": -1, "今": 0, "前": -2}[rel["rel"][0]])
        for moment in moments(text, clock, place, window):
            if moment.kind == "date" and (
                moment.start - place <= 30
                or label
                or text.startswith(("上午", "下午", "晚上"), moment.end)
            ):
                return (moment.start, moment.end), moment.value
    return None


def _shift(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def time_of_day(text: str, after: int) -> tuple[Span, str] | None:
    """上午, 下午 or 晚上 right after the date."""
    hit = _TIME_OF_DAY.match(text, after) or _TIME_OF_DAY.match(text, after + 1)
    if not hit:
        return None
    word = _TIMES.get(hit["t"], hit["t"])
    return (hit.span("t"), word) if word else None


def agenda(text: str, opening: list[Span], told: list[Span]) -> list[Span]:
    """What was done at the meeting. `opening` is the first paragraph, `told` those after it that tell
    what happened."""
    late = [span for paragraph in told for span in _done(text, paragraph, strict=False)]
    done = {_sort(text, *span) for span in late}
    early = [
        span
        for paragraph in opening
        for span in _done(text, paragraph, strict=True)
        if _sort(text, *span) not in done and not (late and _sort(text, *span) == "部署")
    ]
    return sorted(early + late)


_SORTS = (("报告", pattern(r"听取|汇报|报告|述职")), ("宣读", pattern(r"宣读|表彰|表扬")))


def _sort(text: str, start: int, end: int) -> str:
    """What was done, in one word: a report heard is the report that somebody gave."""
    for word, shape in _SORTS:
        if shape.search(text, start, end):
            return word
    hit = _DONE_AT.search(text, start, end)
    return hit[0] if hit else ""


def _done(text: str, paragraph: Span, *, strict: bool) -> list[Span]:
    found: list[Span] = []
    for sentence in sentences(text, *paragraph):
        for start, end in cut(text, *sentence, BOTH):
            if found and _JOINED.match(text, start, end) and found[-1][1] + 1 == start:
                found[-1] = (found[-1][0], end)
                continue
            span = _one(text, start, end, strict)
            if span:
                found.append(span)
    return found


_ITEM = pattern(
    r"会议(?:还|首先|集体|认真)?(?:原则(?:上)?(?:同意|通过)|同意|听取|审议|传达|学习|研究|审定|讨论|通报)"
)


def unnumbered_agenda(text: str, paragraphs: list[Span]) -> list[Span]:
    """The items of minutes without numbers: what the meeting heard, agreed to or discussed."""
    found: list[Span] = []
    for paragraph in paragraphs:
        for start, end in sentences(text, *paragraph)[:2]:
            if _ITEM.match(text, start, end):
                found.append((start + 2, end))
                break
    return found


def _one(text: str, start: int, end: int, strict: bool) -> Span | None:
    hit = _PREFIX.match(text, start, end)
    first = hit.end() if hit else start
    if (
        end - first < 4
        or not _DONE_AT.search(text, first, end)
        or _LEFT_OUT.search(text, first, end)
    ):
        return None
    site = _SITE.search(text, first, end)
    if site:
        return site.start(), end
    told = "了" in text[first:end] or name_end(text, first, end) or mentions(text, first, end)
    if strict and not told:
        return None
    return first, end


_TOPIC = pattern(
    r"[【〔]?(?:议题|议程|议案|案由|提案|讨论事项|报告事项)(?:[一二三四五六七八九十]{1,3}|\d{1,2})?(?:[】〕][：、]?| ?[：、]) ?(?P<t>[^\n。；]{2,48}[。；]?)"
)


def announced(text: str, lines: list[Span]) -> list[Span]:
    """The items that lines announce as such (【议题一】…, 案由：…), without their final mark."""
    found = [hit.span("t") for span in lines if (hit := _TOPIC.fullmatch(text, *span))]
    return [(a, b - (text[b - 1] in "。；")) for a, b in found]


def minutes_agenda(text: str, items: list[Block]) -> list[Span]:
    """One span per item of minutes: its heading, else its first sentence."""
    found: list[Span] = []
    for block in items:
        if block.title:
            found.append(block.title)
        elif block.body:
            whole = sentences(text, *block.body)
            if whole:
                found.append(whole[0])
    return found
