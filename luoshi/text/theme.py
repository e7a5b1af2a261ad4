"""Theme years: names ending in 年 that label a campaign year, which year, and whether it runs now."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.text.numerals import number
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span

_QUOTED = pattern(r"“(?P<n>[^“”0-9，。；]{3,14}年)”")
_PLAIN = pattern(
    r"(?:开展|启动|实施|推进|深化|确定为|定为|作为|实施好|抓好|打好|是)(?:全[区市县省])?(?:了)?(?P<n>(?:“[^”]{2,10}”)?[\u3400-\u9fff]{2,14}?(?:攻坚|提升|深化|突破|建设|落实|优化|推进|创新|提质|服务|发展|治理|改革|管理|强基|赋能|增效|见效|提速|大干|巩固|实干|推广|整治|转型)年)(?=行动|活动|工作|专项|，|。|、|；)"
)
_NOT = pattern(
    r"[一二三四五六七八九十百多几数近去今明全半每逐周当本上下后前两]{1,3}年$|.{0,16}(?:学年|青年|少年|成年|老年|中年|丰年|(?:^|[迎贺过庆欢接])新年|周年|元年|童年|晚年|开局之年|起步之年|关键之年|之年|一年|五年|三年|流年|每年)$"
)
_YEAR = pattern(r"(?P<y>20\d{2})年")
_LAST = pattern(r"去年|上年|过去一年|上一年|以来|成果|成效|已|回顾")
_SAYS = pattern(r"20\d{2}年(?:是|为|被?确定为|定为)[^，。；“]{0,12}“?$")
NEAR = 60


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme year; `year` is None when the page does not say."""

    start: int
    end: int
    year: int | None
    previous: bool


def themes(text: str, start: int, year: int | None, past: list[Span]) -> list[Theme]:
    """The theme years named from `start` on, each once, with the place of its best mention.

    `past` are the stretches that look back.
    """
    seen: dict[str, list[Span]] = {}
    for shape in (_QUOTED, _PLAIN):
        for hit in shape.finditer(text, start):
            name = hit["n"]
            if not _NOT.fullmatch(name.strip("“”")) and not name.startswith(("第", "近")):
                seen.setdefault(name, []).append(hit.span("n"))
    found = []
    names = sorted(seen, key=lambda name: seen[name][0])
    for name in names:
        if any(other != name and name in other and "“" in other for other in names):
            continue
        found.append(_theme(text, seen[name], year, past))
    return found


def _theme(text: str, places: list[Span], year: int | None, past: list[Span]) -> Theme:
    told = [(_told_year(text, a), (a, b)) for a, b in places]
    printed = next(((value, span) for value, span in told if value is not None), None)
    behind = any(_looks_back(text, span, past) for span in places)
    if printed is not None and (_SAYS.search(text[max(0, printed[1][0] - 24) : printed[1][0]])):
        value, span = printed
        return Theme(*span, value, bool(year and value < year))
    if printed is not None and not (behind and year and printed[0] >= year):
        value, span = printed
        return Theme(*span, value, bool(year and value < year))
    if behind:
        return Theme(*places[0], year - 1 if year else None, True)
    return Theme(*places[0], year, False)


def _told_year(text: str, at: int) -> int | None:
    """The year printed shortly before the name in the same sentence."""
    head = text[max(0, at - NEAR) : at]
    for mark in "。；\n":
        head = head[head.rfind(mark) + 1 :]
    hits = list(_YEAR.finditer(head))
    if not hits:
        return None
    between = head[hits[-1].end() :]
    if "，" in between and not any(word in between for word in ("确定为", "定为", "是")):
        return None
    value = number(hits[-1]["y"])
    return int(value) if value is not None else None


def _looks_back(text: str, span: Span, past: list[Span]) -> bool:
    start, end = span
    head = text[max(0, start - 14) : start]
    head = head[max(head.rfind("。"), head.rfind("；"), head.rfind("，")) + 1 :]
    if _LAST.search(head) or text[end : end + 8].lstrip("”").startswith(
        ("活动成", "成果", "成效", "活动以来", "以来")
    ):
        return True
    return any(a <= start < b for a, b in past)
