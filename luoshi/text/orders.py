"""What words tell of an order: verbs of work, attitude, slogans, the past, forecasts, formulas."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache

from luoshi.text.marks import between, flagged, marks
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span
from luoshi.text.wordlists import groups

CONNECTIVE = pattern(
    r"(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}，|同时|此外|另外|其中|并且|并|还|也|下一步|接下来|会后|首先|其次|再次|最后|与此同时|对此|为此|因此|特别是|尤其是|今后|下一阶段|下步|年内|原则上|具体|先由|再由|后)?"
)
PAST = pattern(
    r"去年(?<![比较与]去年)(?!同期)|上年(?<![比较]上年)(?!同期)|过去[一的两三几]|过去五|一年来|五年来|几年来|近年来|年来|同比|环比|累计|截至|截止|以来|已经?(?!经[^，]{0,4}的年)|曾|一季度(?!末|底|前|内)|前[一二三四五六七八九十两]{1,2}个?月|创历史|首次|荣获|获评|获得|实现了|完成了|取得了|得到了|有效(?:提升|改善)了|圆满|顺利(?:完成|实现)"
)
_DONE = pattern(r"了(?<=[\u3400-\u9fff]了)(?!解|然|如|不|得|却|事)")
FORECAST = pattern(r"预计|据[^，。]{0,12}(?:预测|预计|预报)|有望|估计")
_PRAISE = pattern(
    r"给予(?:了)?(?:充分)?肯定|表示(?:充分)?肯定|充分肯定|值得(?:充分)?肯定|表示(?:衷心|诚挚|热烈|崇高|亲切|节日)?(?:的)?(?:感谢|祝贺|慰问|敬意)|(?:^|，|会议)(?:原则(?:上)?)?同意|原则(?:上)?同意|原则通过|审议通过|听取了|会议听取|讨论了"
)
_TRANSMIT = pattern(
    r"现(?:将[^。]{0,60})?印发给你们|请认真(?:贯彻|组织|遵照|抓好)|现(?:将|就)[^。]{0,60}(?:如下|公布|通知|予以)|请遵照执行|提出如下|纪要如下|意见如下|报告如下|以下(?:意见|措施)"
)
_RULE = pattern(
    r"自(?:本|印发|发布|公布|\d{4}年)[^。]{0,24}(?:起施行|起执行|起实施)|有效期|停止执行|同时废止|由[^。，]{2,30}负责解释|解释权|以上意见|特此(?:通知|报告|纪要)|制定(?:如下|以下|本(?:方案|办法|意见|要点|计划|规划|清单|细则|措施|规定|工作|实施|行动|任务|分工))"
)
_PRINCIPLE = pattern(
    r"(?:坚持|以[^，]{2,30}为(?:指导|引领|统领|主线|根本|遵循|目标|宗旨)|按照[^，]{2,40}(?:总要求|总体要求|总体思路)|深入学习贯彻|全面贯彻)"
)
_PHRASE_MARKS = pattern("[，、]")

_CONNECTIVE_LETTERS = frozenset(
    "一二三四五六七八九十第同此另其并还也下接会首再最与对为因特尤今年原具先后"
)


def past_connective(text: str, start: int, end: int) -> int:
    """The place after 同时, 此外, 一是 and the like that open a clause."""
    if text[start : start + 1] not in _CONNECTIVE_LETTERS:
        return start
    hit = CONNECTIVE.match(text, start, end)
    return hit.end() if hit else start


@cache
def slogans() -> tuple[str, ...]:
    return groups("verbs")["slogan"]


def verbs_in(text: str, start: int, end: int) -> list[Span]:
    """The verbs of work in the span; weak ones count only where a phrase begins."""
    seen = marks(text)
    found = between(seen.acts, start, end)
    first = past_connective(text, start, end)
    weak = seen.weak
    if (first, first + 2) in weak and first + 2 <= end:
        return [(first, first + 2), *found]
    if (
        (first, first + 1) in weak
        and first + 1 <= end
        and text[first + 1 : first + 2] in "好出开到完清齐足严实"
    ):
        return [(first, first + 1), *found]
    return found


def attitude_only(text: str, start: int, end: int) -> bool:
    """Whether no phrase of the span names work: attitude, slogans and principles only."""
    return not any(_works(text, first, last) for first, last in phrases(text, start, end))


def phrases(text: str, start: int, end: int) -> list[Span]:
    """The span cut at commas and list marks outside quotations."""
    inside = marks(text).quoted
    found, first = [], start
    for hit in _PHRASE_MARKS.finditer(text, start, end):
        at = hit.start()
        if not inside[at]:
            if at > first:
                found.append((first, at))
            first = at + 1
    if end > first:
        found.append((first, end))
    return found


def _works(text: str, start: int, end: int) -> bool:
    verbs = verbs_in(text, start, end)
    if not verbs:
        return False
    if any(first <= verbs[0][0] for first, _ in between(marks(text).attitude, start, end)):
        return False
    tail = text[max(start, end - 4) : end]
    return not tail.endswith(slogans())


@lru_cache(maxsize=2)
def _backward(text: str) -> tuple[bytearray, list[int], list[int]]:
    """Where words that look back begin in a text, and where they end; those in quotations left out."""
    inside = marks(text).quoted
    hits = [hit.span() for hit in PAST.finditer(text)]
    done = ((hit.start() - 1, hit.end()) for hit in _DONE.finditer(text))
    hits += [span for span in done if not inside[span[0]]]
    hits.sort()
    starts = [start for start, _ in hits]
    return flagged(len(text), starts), starts, [end for _, end in hits]


# Every word that one of FORECAST, _PRAISE, _STATES needs, and how all of _TRANSMIT, _RULE begin.
_REMARKS = pattern(
    r"预计|据|有望|估计|肯定|感谢|祝贺|慰问|敬意|同意|通过|听取|讨论了|现在|目前|当前|以来|年来|具有|意义重大|至关重要|是|发挥着|定为|被确定"
)
_FORMULAS = pattern(
    r"现[将就印]|请认真|请遵照|提出如下|纪要如下|意见如下|报告如下|以下(?:意见|措施)|自(?:本|印发|发布|公布|\d)|有效期|停止执行|同时废止|由[^。，]{2,30}负责解释|解释权|以上意见|特此|制定(?:如|以|本)"
)


@lru_cache(maxsize=2)
def _remarks(text: str) -> bytearray:
    return flagged(len(text), (hit.start() for hit in _REMARKS.finditer(text)))


@lru_cache(maxsize=2)
def _formulas(text: str) -> bytearray:
    return flagged(len(text), (hit.start() for hit in _FORMULAS.finditer(text)))


def remarks(text: str, start: int, end: int) -> bool:
    """Whether the clause has any word of a forecast, of praise or of a statement."""
    return _remarks(text).find(1, start, end) >= 0


def forecast(text: str, start: int, end: int) -> bool:
    """Whether the words only foretell."""
    return bool(FORECAST.match(text, start, min(end, start + 24)))


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
    if _formulas(text).find(1, start, end) < 0:
        return False
    return bool(_TRANSMIT.search(text, start, end) or _RULE.search(text, start, end))


def principle(text: str, start: int, end: int) -> bool:
    """Whether the clause states a principle."""
    return bool(_PRINCIPLE.match(text, start, end))


def reported(text: str, start: int, end: int) -> bool:
    """Whether the words look back (去年, 同比, 了)."""
    begins, starts, ends = _backward(text)
    if begins.find(1, start, end) < 0:
        return False
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    return any(ends[at] <= end for at in range(first, last))
