"""Is it an order? What the clauses of a sentence tell: verbs of work, modals, attitude, the past."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache

from luoshi.text.dates import Clock, Moment, moments
from luoshi.text.marks import between, marks
from luoshi.text.owners import Owner, names_unit, owners_at, strong
from luoshi.text.patterns import pattern
from luoshi.text.people import name_end, post_end
from luoshi.text.sentences import Span, clauses
from luoshi.text.targets import Figure, figures
from luoshi.text.wordlists import groups

ORDERING = (
    "强调",
    "要求",
    "提出",
    "明确",
    "决定",
    "议定",
    "商定",
    "部署",
    "研究决定",
    "会议同意",
    "明确要求",
    "提出要求",
    "确定",
)
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
_ATTRIBUTION = pattern(
    r"[^，。；：]{0,34}?(?P<verb>一致表示|一致认为|一致同意|强调|要求|提出要求|明确要求|提出|明确|研究决定|决定|议定|商定|指出|认为|回顾|分析|谈到|表示|希望|号召|勉励|指明|介绍|呼吁|倡议|最后说|说|讲到|汇报|通报|对[^，。；：]{2,20}作出部署|部署)(?:道|了)?$"
)
_GLUED = pattern(
    r"(?:会议|大会|会上|全会|报告|讲话|他|她|[\u3400-\u9fff]{2,4})(?:还|同时|进一步|最后|特别)?(?P<verb>强调|要求|明确|决定|议定|指出|认为|希望|号召|提出)(?=各|全|要|由|对|加|进|坚|切|把|将|市|县|区|镇|受)"
)
_CONNECTIVE = pattern(
    r"(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}，|同时|此外|另外|其中|并且|并|还|也|下一步|接下来|会后|首先|其次|再次|最后|与此同时|对此|为此|因此|特别是|尤其是|今后|下一阶段|下步|年内|原则上|具体|先由|再由|后)?"
)
_ORDINAL = pattern(
    r"(?:第?[一二三四五六七八九十]{1,2}是|[一二三四五六七八九十](?=[要由])|第[一二三四五六七八九十]{1,2}，|首先，|其次，|再次，|最后，|其一，|其二，|其三，|其四，|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.、](?!\d)|[①-⑳])"
)
_MODAL = pattern(
    r"(?:都|也|还|均|就|则|必须|务必|一定|更|仍|继续|同时|并|才|既)?(?:要(?!求|闻|素|害|点|件)|应(?![急用届收对该]|有|变)|应当|应该|须|必须|务必|不得|严禁|禁止|不准|不再|(?<![申邀聘提])请|需(?!求|要)|一律|坚决)"
)
_BARE = pattern(
    r"(?:同时|此外|另外|并且|还|也|更|特别是|尤其)?(?:都|也|还)?(?:要(?!求|闻|素|害|点|件)|务必|必须)"
)
_WILL = pattern(r"(?:将|拟|计划)(?!军|来|近)")
_PAST = pattern(
    r"去年|(?<![比较])上年(?!同期)|过去[一的两三几]|过去五|一年来|五年来|几年来|近年来|年来|同比|环比|累计|截至|截止|以来|已经?(?!经[^，]{0,4}的年)|曾|一季度(?!末|底|前|内)|前[一二三四五六七八九十两]{1,2}个?月|创历史|首次|荣获|获评|获得|实现了|完成了|取得了|得到了|有效(?:提升|改善)了|圆满|顺利(?:完成|实现)"
)
_DONE = pattern(r"[\u3400-\u9fff](?:了)(?!解|然|如|不|得|却|事)")
_FORECAST = pattern(r"预计|据[^，。]{0,12}(?:预测|预计|预报)|有望|估计")
_PRAISE = pattern(
    r"给予(?:了)?(?:充分)?肯定|表示(?:充分)?肯定|充分肯定|值得(?:充分)?肯定|表示(?:衷心|诚挚|热烈|崇高|亲切|节日)?(?:的)?(?:感谢|祝贺|慰问|敬意)|(?:^|，|会议)(?:原则(?:上)?)?同意|原则(?:上)?同意|原则通过|审议通过|听取了|会议听取|讨论了"
)
_TRANSMIT = pattern(
    r"现(?:将[^。]{0,60})?印发给你们|请认真(?:贯彻|组织|遵照|抓好)|现(?:将|就)[^。]{0,60}(?:如下|公布|通知|予以)|请遵照执行|提出如下|纪要如下|意见如下|报告如下|以下(?:意见|措施)"
)
_RULE = pattern(
    r"自(?:本|印发|发布|公布|\d{4}年)[^。]{0,24}(?:起施行|起执行|起实施)|有效期|停止执行|同时废止|由[^。，]{2,30}负责解释|解释权|以上意见|特此(?:通知|报告|纪要)|(?:特)?制定(?:如下|以下|本(?:方案|办法|意见|要点|计划|规划|清单|细则|措施|规定|工作|实施|行动|任务|分工))"
)
_PRINCIPLE = pattern(
    r"(?:坚持|以[^，]{2,30}为(?:指导|引领|统领|主线|根本|遵循|目标|宗旨)|按照[^，]{2,40}(?:总要求|总体要求|总体思路)|深入学习贯彻|全面贯彻)"
)
_PHRASE_MARKS = "，、"
_HANDS = pattern(r"(?<![理自经缘事])由|(?<![申聘邀提])请")


@cache
def _slogans() -> tuple[str, ...]:
    return groups("verbs")["slogan"]


@dataclass(slots=True)
class Clause:
    """One clause and what it tells. Owners and times are spans of the folded text."""

    start: int
    end: int
    attribution: str = ""
    owners: list[Owner] = field(default_factory=list)
    after: int = 0
    topic: bool = False
    given: bool = False
    modal: bool = False
    bare: bool = False
    will: bool = False
    times: list[Moment] = field(default_factory=list)
    numbers: list[Figure] = field(default_factory=list)
    verbs: list[Span] = field(default_factory=list)
    past: bool = False

    @property
    def orders(self) -> bool:
        """Whether the clause opens an order by its own words."""
        return (
            bool(self.owners and (self.modal or self.will or self.given or self.verbs))
            or self.bare
            or self.modal
        )


def verbs_in(text: str, start: int, end: int) -> list[Span]:
    """The verbs of work in the span; weak ones count only where a phrase begins."""
    seen = marks(text)
    found = between(seen.acts, start, end)
    hit = _CONNECTIVE.match(text, start, end)
    first = hit.end() if hit else start
    for size in (2, 1):
        if (
            (first, first + size) in seen.weak
            and first + size <= end
            and (size == 2 or text[first + 1 : first + 2] in "好出开到完清齐足严实")
        ):
            return [(first, first + size), *found]
    return found


def attitude_only(text: str, start: int, end: int) -> bool:
    """Whether no phrase of the span names work: attitude, slogans and principles only."""
    return not any(_works(text, first, last) for first, last in phrases(text, start, end))


def phrases(text: str, start: int, end: int) -> list[Span]:
    """The span cut at commas and list marks outside quotations."""
    inside = marks(text).quoted
    found, first = [], start
    for at in range(start, end + 1):
        if at == end or (text[at] in _PHRASE_MARKS and not inside[at]):
            if at > first:
                found.append((first, at))
            first = at + 1
    return found


def _works(text: str, start: int, end: int) -> bool:
    verbs = verbs_in(text, start, end)
    if not verbs:
        return False
    if any(first <= verbs[0][0] for first, _ in between(marks(text).attitude, start, end)):
        return False
    tail = text[max(start, end - 4) : end]
    return not tail.endswith(_slogans())


def attribution(text: str, start: int, end: int) -> str:
    """The speech verb of a clause that only says who speaks (会议强调), "" for any other clause."""
    hit = _ATTRIBUTION.match(text, start, end)
    if not hit:
        return ""
    verb = hit["verb"]
    head = text[start : hit.start("verb")]
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
    r"(?:在[^，。]{1,16}(?:时|中|后|上|会上)|就[^，。]{2,24}|针对[^，。]{2,20}|对[^，。]{2,24}|还|最后|同时|特别|再次|进一步|也|分别|并|一并|明确|着重|反复)+$"
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


_NEED_SPEAKER = ("分析", "回顾", "介绍", "谈到", "部署", "提出", "明确", "决定", "汇报", "通报")


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
    hit = _GLUED.match(text, start, min(end, start + 16))
    return (hit["verb"], hit.end()) if hit else ("", start)


def ordinal(text: str, start: int, end: int) -> int:
    """The place after 一是, 第一， and the like (and after the number of 一要, before its 要)."""
    hit = _ORDINAL.match(text, start, end)
    return hit.end() if hit else start


@lru_cache(maxsize=2048)
def clause(text: str, start: int, end: int, clock: Clock) -> Clause:
    """What the clause tells. The answer is shared: nobody may change it."""
    made = Clause(start, end)
    inside = marks(text).quoted
    made.attribution = attribution(text, start, end)
    made.times = [m for m in moments(text, clock, start, end) if not inside[m.start]]
    made.times = [m for m in made.times if not service(text, start, m)]
    made.numbers = [
        f
        for f in figures(text, start, end)
        if not any(m.start <= f.start < m.end for m in made.times)
    ]
    made.verbs = verbs_in(text, start, end)
    earlier = clock.year is not None and any(
        m.kind == "year" and not m.assumed and m.value.isdigit() and int(m.value) < clock.year
        for m in made.times
    )
    made.past = earlier or bool(_PAST.search(text, start, end) or _done(text, start, end))
    _subject(text, made)
    if not made.owners:
        _topic_owner(text, made)
    hit = _BARE.match(text, ordinal(text, start, end), end)
    made.bare = bool(hit)
    made.modal = (
        bool(made.owners and _modal_after(text, made)) or made.bare or _modal_inside(text, made)
    )
    made.will = bool(made.owners and _WILL.search(text, made.after, min(end, made.after + 14)))
    return made


_SERVICE = pattern(
    r"[^，。；]{0,4}(?:答复|办结|回复|反馈|作出|受理|办理|响应|审核|给出|予以|处置|出具|到场|到达|完成审|完成核|审结|拨付到位|解决)"
)
_BY_LENGTH = pattern(
    r"(?:压缩到|压缩至|压缩为|缩短到|缩短至|控制在|不超过|时限为|时间为|减至|减少到|压减到|压减至)$"
)


def service(text: str, start: int, moment: Moment) -> bool:
    """A time limit of a service (收件后3个工作日内办结, 压缩到25个工作日以内) is a target, no deadline."""
    if moment.kind != "relative":
        return False
    words = text[moment.start : moment.end]
    head = text[max(start, moment.start - 6) : moment.start]
    if _BY_LENGTH.search(head) or moment.value.startswith("PT"):
        return True
    if "之日" in words or words.startswith(("印发", "会", "发布", "公示")):
        return False
    return (
        moment.working
        or words.startswith(("收", "接"))
        or moment.value[-1] == "D"
        and "对" in text[max(start, moment.start - 16) : moment.start]
    ) and bool(_SERVICE.match(text, moment.end, moment.end + 10))


def _done(text: str, start: int, end: int) -> bool:
    inside = marks(text).quoted
    return any(not inside[hit.start()] for hit in _DONE.finditer(text, start, end))


def _subject(text: str, made: Clause) -> None:
    at = ordinal(text, made.start, made.end)
    hit = _CONNECTIVE.match(text, at, made.end)
    for place in dict.fromkeys((at, hit.end() if hit else at)):
        if _owners_from(text, made, place):
            return
    first = next((m for m in made.times if m.start - at <= 3), None)
    if first is not None:
        place = first.end + (1 if text[first.end : first.end + 1] in "，前" else 0)
        _owners_from(text, made, place)


def _owners_from(text: str, made: Clause, place: int) -> bool:
    given = (
        text[place : place + 1] in ("请", "由", "让", "经")
        and not text.startswith(
            ("经营", "经济", "经信", "经发", "经开", "经贸", "经办", "由于"), place
        )
        or text.startswith(("责成", "委托", "需要"), place)
    )
    if given:
        place += 2 if text.startswith(("责成", "委托", "需要"), place) else 1
    found, after = owners_at(text, place, made.end)
    if not found or (after < made.end and text[after] in "的"):
        return False
    if given and attributive(text, after, made.end):
        return False
    made.owners, made.after, made.given = found, after, given
    return True


def _topic_owner(text: str, made: Clause) -> None:
    """The owner behind 由 or 请 in the middle (停车难由区城管局牵头)."""
    inside = marks(text).quoted
    for hit in _HANDS.finditer(text, made.start + 1, made.end):
        if inside[hit.start()]:
            continue
        found, after = owners_at(text, hit.end(), made.end)
        named = None if found else _named_person(text, hit.end(), made.end)
        if named:
            found, after = [named], named.end + 2
        if (
            found
            and (after >= made.end or text[after] not in "的向")
            and not attributive(text, after, made.end)
        ):
            made.owners, made.after, made.topic, made.given = found, after, True, True
            return


def attributive(text: str, after: int, end: int) -> bool:
    """由X牵头的机制: the words are an attribute of what follows."""
    return (
        any(
            text.startswith(word, after)
            for word in (
                "牵头的",
                "参与的",
                "组成的",
                "参加的",
                "负责的",
                "主导的",
                "组织的",
                "牵头、",
            )
        )
        and "的" in text[after:end]
        and not text.startswith("牵头、", after)
    )


_NAMED = pattern(r"[\u3400-\u9fff]{2,4}?(?:同志)")


def _named_person(text: str, start: int, end: int) -> Owner | None:
    """A person named with 同志 at the place."""
    hit = _NAMED.match(text, start, end)
    return Owner(start, hit.end() - 2, "leader") if hit else None


def _modal_after(text: str, made: Clause) -> bool:
    window = min(made.end, made.after + 26)
    return any(
        strong(text, at) in ("要", "应", "须", "不得", "需", "负责", "牵头")
        for at in range(made.after, window)
    ) or bool(_MODAL.match(text, made.after, made.end))


def _modal_inside(text: str, made: Clause) -> bool:
    inside = marks(text).quoted
    for hit in _MODAL.finditer(text, made.start, made.end):
        if inside[hit.start()]:
            continue
        word = hit[0]
        if word.endswith(("要", "应", "须", "需")) and not strong(text, hit.end() - 1):
            continue
        return True
    return False


def analysed(text: str, start: int, end: int, clock: Clock) -> list[Clause]:
    """The clauses of a part of a sentence."""
    return [clause(text, first, last, clock) for first, last in clauses(text, start, end)]


def forecast(text: str, start: int, end: int) -> bool:
    """Whether the words only foretell."""
    return bool(_FORECAST.match(text, start, min(end, start + 24)))


_STATES = pattern(
    r"^(?:今年|\d{4}年)是|^(?:现在|目前|当前|近年来|长期以来|一段时间以来)|具有(?:十分)?重[要大]|意义重大|至关重要|是[^，。；]{2,60}(?:举措|要求|保障|基础|关键|途径|抓手|之年|需要|体现|前提|平台|战略|内容|课题|根本)$|发挥着|确定为|被确定|定为"
)


def states(text: str, start: int, end: int) -> bool:
    """Whether the clause only states what something is or means."""
    return bool(_STATES.search(text[start:end]))


def praise(text: str, start: int, end: int) -> bool:
    """Whether the clause praises, thanks, hears or agrees."""
    return bool(_PRAISE.search(text[start:end]))


def formula(text: str, start: int, end: int) -> bool:
    """Whether the sentence only transmits the paper or says from when it holds."""
    return bool(_TRANSMIT.search(text, start, end) or _RULE.search(text, start, end))


def principle(text: str, start: int, end: int) -> bool:
    """Whether the clause states a principle."""
    return bool(_PRINCIPLE.match(text, start, end))


def reported(text: str, start: int, end: int) -> bool:
    """Whether the words look back (去年, 同比, 了)."""
    return bool(_PAST.search(text, start, end) or _done(text, start, end))
