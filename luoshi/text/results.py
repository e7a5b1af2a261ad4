"""Results claimed: clauses about the past that carry a figure or a rank."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from luoshi.text import clauses, orders
from luoshi.text.dates import Clock
from luoshi.text.patterns import pattern
from luoshi.text.sentences import BOTH, LISTED, Span, cut
from luoshi.text.targets import Figure, figures

_RANK = pattern(
    r"(?P<r>(?:全[国省市区县州]|[\u3400-\u9fff0-9]{0,14}?中)?[^，。；、\d]{0,8}?(?:第[一二三四五六七八九十\d]{1,3}(?:位|名)?(?:、第[一二三四五六七八九十\d]{1,3}(?:位|名)?){0,4}|前[一二三四五六七八九十两\d]{1,3}(?:位|名|强)?|前列|[百千]强|首位|榜首|上游)|(?:全[国省市区县])?前进[一二两三四五六七八九十\d]{1,3}个?(?:位次|位|名)|(?:近\d{1,2}年)?最好(?:成绩|水平)|历史(?:最好|新高)|全国(?:平均|先进)水平)"
)
_RANKING = pattern(
    r"居|列|位居|位列|排名|排在|排(?=全)|名列|保持|位于|处于|上升到|升至|进入|跻身|稳居|前进|入选|荣登|取得|超过全国|高于全国|创|位次"
)
_FOLLOWS = pattern(
    r"(?:分别)?(?:均)?(?:居|列|位居|位列|排名|排|超过全国|高于全国|超过全省|高于全省|增[速幅](?:位)?居|增[速幅]列|增速均?居|增速高于|取得近|创(?:历史|同期)|稳居)"
)
_AGREED = pattern(r"(?:^|。|，|会议)(?:原则(?:上)?)?同意")
# what is to come, in the words of the mainland and of Hong Kong
_WILL = pattern(
    r"预[计期测估]|有望|估计|力争|确保|将(?:超过|达到?|突破|有|于|在|会|新增|完成|为|由|陆续|继续)|会(?:于|在|为|由|联同|联合|继续|陆续|推出|增[设加])|拟于?|计划(?=[\u3400-\u9fff]{0,2}(?:完成|新增|新建|投资|实施|开展|建设|举办|培训|招|引|组织|用|到))|目标|不少于|不低于|不超过|以内|(?:月|年|季度|日)底?前(?!\d|[一二三四五六七八九十两]个|三季度|列)|要(?!求)|应[当于该]?|须|必须|控制在"
)
_AHEAD = pattern(
    r"将(?:超过|达到?|突破|有|于|在|会|新增|完成|陆续|继续)|(?<![大工协员学商理总全开社机集聚峰晚年例议基金联董监都])会(?:于|由|与|同|联同|联合|继续|陆续|推出|增[设加]|加[快强])|拟于|不少于|不低于|不超过|力争|至少"
)
# what says that a sentence looks back, or tells how things stand
_BACK = pattern(
    r"(?<![较比])(?:去年|上年|上一年|前年)|过去[一两三几五]?年|近[一两三四五几\d]{1,2}年|截至|截止|至今|迄今|目前|现有|现共?有|已(?![于将批]|经[^，]{0,12}(?:同意|通过|批准))|累[计积](?:完成|建成|投入|发放|实现|办理|接待|培训|开展|获|服务|为|达)|合共|共计|同比|按年|环比|比上年|较上年|一季度末|上半年以来|今年以来|年初以来|前[一二三四五六七八九十两\d]{1,2}个?(?:月|季度)|[一三]季度末?，|1[-至—]\d{1,2}月|以来"
)
_PLAINLY = pattern(
    r"(?<![较比])(?:去年|上年)(?!.{0,20}基础上)|截至(?:目前|上?月底|\d{1,2}月|一季度|上半年|20\d{2}年\d{1,2}月)|迄今|至今|前[一二三四五六七八九十两\d]{1,2}个?(?:月|季度)|已经?(?:预留|完成|建成|签约|落实|安排|投入|拨付|发放|实现|达|开工|设置|辅导)|累[计积](?:完成|建成|投入|发放|实现|办理|接待)"
)
_YEAR = pattern(
    r"(?<![较比自从以])(?:(?P<y>20\d{2})|(?<!\d)(?P<r>1[01]\d))年(?![^，。；]{0,8}的)(?!(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?前)"
)
_SKIP = pattern(r"表彰|表扬|出席|参加|同意|要求|规模\d|发言|分送|文号|电话|租期|名单")
_FROM_TO = pattern(r"由[^，]{0,24}到$|从[^，]{0,24}到$")
_OPENING = pattern(
    r"(?:全[市县区省镇州年]|集团|公司|我[市县区省]|累计|共|其中|实现|完成|达到|达|同比|过去一年|去年|上半年|今年以来|一季度|[\u3400-\u9fff]{0,4}汇报){1,6}"
)


@dataclass(frozen=True, slots=True)
class Result:
    """A claim: where it stands, what is counted, the figure (None with 分别 or a bare rank)."""

    start: int
    end: int
    metric: Span
    figure: Figure | None
    rank: Span | None


def results(text: str, spans: Iterable[Span], rows: list[Span], clock: Clock) -> list[Result]:
    """The results of the given sentences, in order, none inside a row."""
    found: list[Result] = []
    rows = sorted(rows)
    for sentence in spans:
        foretold = False
        if _AGREED.search(text[slice(*sentence)]):
            continue
        told = orders.reported(text, *sentence)
        back = plain = ahead = False
        for first, end in cut(text, *sentence, BOTH):
            start = max(first, text.rfind("：", first, end) + 1)
            made = clauses.clause(text, start, end, clock)
            plain = not made.modal and (plain or bool(_PLAINLY.search(text, start, end)))
            back = not made.modal and (back or looks_back(text, start, end, clock))
            coming = _AHEAD.search(text, start, end)
            ahead = bool(coming) or ahead and not back
            foretold = foretold or bool(not told and orders.FORECAST.search(text, start, end))
            covered = covers(rows, start, end) and not plain
            if foretold or covered or _SKIP.search(text, start, end):
                continue
            past = orders.reported(text, start, end) and not (coming and coming[0][0] == "将")
            if ahead and not past:
                continue
            if (made.modal or made.bare and not back) and not made.past:
                continue
            _claims(text, start, end, found)
    return found


def looks_back(text: str, start: int, end: int, clock: Clock) -> bool:
    """Whether the words name a time that is over or say how things stand."""
    if _BACK.search(text, start, end):
        return True
    hit = _YEAR.search(text, start, end)
    year = int(hit["y"] or 0) or int(hit["r"] or 0) + 1911 if hit else 0
    return bool(year and clock.year and year < clock.year)


def scattered(text: str, spans: Iterable[Span], clock: Clock) -> list[Span]:
    """The stretches of plans and items that look back: from the clause that says so to the end of
    its sentence or to the first clause that looks ahead."""
    found: list[Span] = []
    for sentence in spans:
        first = None
        last = sentence[0]
        for start, end in cut(text, *sentence, BOTH):
            if first is None and not text.startswith("将", start):
                first = start if looks_back(text, start, end, clock) else None
            if first is not None and _WILL.search(text, start, end):
                break
            last = end
        if first is not None and last > first:
            found.append((first, last))
    return found


def covers(rows: list[Span], start: int, end: int) -> bool:
    """Whether one of the spans of an ordered list covers a part of the span."""
    at = bisect_left(rows, (end, 0))
    return at > 0 and rows[at - 1][1] > start


def _claims(text: str, start: int, end: int, found: list[Result]) -> None:
    together = "分别" in text[start:end]
    pieces = [(start, end)] if together else _pieces(text, start, end)
    for first, last in pieces:
        counted = [f for f in figures(text, first, last) if not f.threshold and not f.spelled]
        rank = _rank(text, first, last)
        if (
            not counted
            and rank
            and found
            and found[-1].end + 1 == first
            and _FOLLOWS.match(text, first, last)
        ):
            found[-1] = replace(found[-1], end=last, rank=rank)
            continue
        if not counted and not (rank and last - first > 5):
            continue
        figure = None if together and len(counted) > 1 else _main(text, first, counted)
        if rank and figure is not None and rank[0] <= figure.start < rank[1]:
            figure = None
        if rank and figure is not None and _inside_rank(text, figure):
            figure = None
        found.append(Result(first, last, _metric(text, first, last, figure), figure, rank))


def _inside_rank(text: str, figure: Figure) -> bool:
    return (
        text[max(0, figure.start - 2) : figure.start].endswith(("在", "列"))
        and "中" in text[figure.end : figure.end + 12]
    )


def _main(text: str, start: int, counted: list[Figure]) -> Figure | None:
    if len(counted) > 1 and _FROM_TO.search(text, start, counted[-1].start):
        return counted[-1]
    if len(counted) > 1 and any(
        word in text[counted[0].end : counted[-1].start]
        for word in ("增加到", "提高到", "上升到", "下降到", "扩大到", "增至", "降至", "升至")
    ):
        return counted[-1]
    return counted[0] if counted else None


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """The clause cut at list marks where both sides hold a figure of their own."""
    pieces: list[Span] = []
    first = start
    for a, b in cut(text, start, end, LISTED):
        if (
            pieces
            and not _own(text, a, b)
            or pieces
            and not any(True for _ in figures(text, *pieces[-1]))
        ):
            pieces[-1] = (pieces[-1][0], b)
        else:
            pieces.append((a if pieces else first, b))
    return pieces or [(start, end)]


def _own(text: str, start: int, end: int) -> bool:
    counted = figures(text, start, end)
    return bool(counted) and counted[0].start - start >= 2 and not _FOLLOWS.match(text, start, end)


def _rank(text: str, start: int, end: int) -> Span | None:
    if not _RANKING.search(text, start, end):
        return None
    hit = _RANK.search(text, start, end)
    return hit.span("r") if hit else None


def _metric(text: str, start: int, end: int, figure: Figure | None) -> Span:
    hit = _OPENING.match(text, start, end)
    first = hit.end() if hit and hit.end() < end - 2 else start
    if figure is None:
        at = _RANKING.search(text, first, end)
        return first, at.start() if at and at.start() - first > 1 else end
    last = figure.start
    while last > first + 1 and text[last - 1] in "达到为超过约了至":
        last -= 1
    return (first, last) if last - first >= 2 else (figure.end, end)
