"""Lead-ins: what stands before a colon or a list, and what it gives to the rows under it."""

from __future__ import annotations

from luoshi.text import clauses, speakers
from luoshi.text.dates import Clock, Moment, moments
from luoshi.text.patterns import pattern
from luoshi.text.rows import merge, owners_of
from luoshi.text.sentences import Span
from luoshi.text.setting import NARRATIVE, NEUTRAL, ORDERS, PLAN, STRICT, TOLD, VIEWS, Setting

_LEADS_IN = pattern(
    r"[^：]{0,60}(?:要求|如下|以下|下列|任务|工作|强调|指出|措施|安排|意见|做到|重点|几点|方面|目标|事项|环节|关键|关口|实事|大事|决定|决议|裁示|议定|确定|明确|提示|指示|裁定|结论|结语|补充|“[^”]{1,12}”)："
)
_RAISES = pattern(
    r"(?:提出|作出|作了|做出|做了|进行|进行了|讲了|强调了?)[^，。：]{0,10}(?:要求|意见|安排|部署|措施|任务)$"
)

LONGEST_TIME = 14  # characters of a time with its colon
RAISING = 60  # a sentence that only says that orders were given is shorter


def after_leadin(
    text: str, start: int, end: int, mode: str, at: Setting
) -> tuple[int, dict[str, list[Span]], str]:
    """The place after a lead-in that ends in a colon, the owners it names for what follows, the mode."""
    stop = min(end, start + 80)
    hit = _LEADS_IN.match(text, start, stop) if text.find("：", start, stop) >= 0 else None
    if (
        not hit
        or hit.end() >= end - 3
        or text.count("“", start, hit.end()) != text.count("”", start, hit.end())
    ):
        return start, {}, mode
    owners: dict[str, list[Span]] = {}
    for c in clauses.analysed(text, start, hit.end() - 1, at.clock):
        if _RAISES.search(text, c.start, c.end):
            mode = mode_of("提出", mode)
        elif c.attribution:
            mode = mode_of(c.attribution, mode)
        elif c.modal or c.given or c.will:
            merge(owners, owners_of(text, c), text)
    at.leadin_time = narrow_time(text, start, hit.end(), at.clock) or at.leadin_time
    return hit.end(), owners, mode


def raises(text: str, start: int, end: int) -> bool:
    """Whether the sentence only says that orders were given (会议还对X作出安排)."""
    return end - start <= RAISING and bool(_RAISES.search(text, start, end))


def narrow_time(text: str, start: int, end: int, clock: Clock) -> Moment | None:
    """K10: the half, quarter, month, day or goal year of a lead-in, which goes to every row under it."""
    times = moments(text, clock, start, end)
    narrow = ("half", "quarter", "month")
    limits = ("date", "year")
    return next((m for m in times if m.kind in narrow or m.kind in limits and _by(text, m)), None)


def _by(text: str, moment: Moment) -> bool:
    """Whether the time says by when: 到2025年, 2025年底前."""
    goal = moment.kind == "year" and text[moment.start - 1 : moment.start] in ("到", "至")
    return goal or moment.before and text[moment.start : moment.end] not in ("全年", "年内")


def headed_by_time(text: str, start: int, end: int, clock: Clock) -> Moment | None:
    """The time that alone stands in front of a colon (到2026年底：…; 2024年：…)."""
    colon = text.find("：", start, min(end, start + LONGEST_TIME))
    if colon < 0:
        return None
    first = start + (text[start] in "到至")
    times = moments(text, clock, first, colon)
    return next((m for m in times if (m.start, m.end) == (first, colon)), None)


_OUTLINES = pattern(r"(?:总体要求|总体思路|指导思想|总的要求|基本思路|工作思路)(?:是|为)")
_PRINCIPLES = pattern(
    r"(?:完成|实现|做好)(?:以上|上述|今年|全年|这些|明年)[^，。]{0,14}，(?:我们)?(?:要|必须|需要|关键|重在)"
)
_INTRODUCES = pattern(
    r"(?:以下|如下|下列)(?:几|[一二三四五六七八九十]{1,2})?(?:件|项|个|点|方面){0,3}[^，。；：]{0,8}$|几(?:件|项|点|个)[^，。；：]{0,10}$"
)


def mode_of(verb: str, mode: str) -> str:
    if verb in speakers.WISHING or verb.startswith("一致"):
        return NARRATIVE
    if verb in speakers.REPORTING:
        return TOLD
    if mode == STRICT:
        return mode
    if verb == "认为":
        return VIEWS
    if verb in speakers.TELLING or verb in ("最后说", "说", "讲到"):
        return NEUTRAL
    return mode if mode == PLAN else ORDERS


def outlines(text: str, start: int, end: int) -> bool:
    """Whether the sentence states a general line or principles, or only introduces what follows."""
    if _OUTLINES.search(text, start, min(end, start + 60)):
        return True
    if _PRINCIPLES.match(text, start, end) and not any(c.isdigit() for c in text[start:end]):
        return True
    return bool(_INTRODUCES.search(text, max(start, end - 24), end))
