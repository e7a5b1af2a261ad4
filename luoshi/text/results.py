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
    r"居|列|位居|位列|排名|排在|上升到|升至|进入|跻身|稳居|前进|入选|荣登|取得|超过全国|高于全国|创|位次"
)
_FOLLOWS = pattern(
    r"(?:分别)?(?:均)?(?:居|列|位居|位列|排名|排|超过全国|高于全国|超过全省|高于全省|增[速幅](?:位)?居|增[速幅]列|增速均?居|增速高于|取得近|创(?:历史|同期)|稳居)"
)
_AGREED = pattern(r"(?:^|。|，|会议)(?:原则(?:上)?)?同意")
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
    for sentence in spans:
        foretold = False
        if _AGREED.search(text[slice(*sentence)]):
            continue
        told = orders.reported(text, *sentence)
        for first, end in cut(text, *sentence, BOTH):
            start = max(first, text.rfind("：", first, end) + 1)
            foretold = foretold or bool(not told and orders.FORECAST.search(text, start, end))
            if foretold or _in_row(rows, start, end) or _SKIP.search(text, start, end):
                continue
            made = clauses.clause(text, start, end, clock)
            if (made.modal or made.bare) and not made.past:
                continue
            _claims(text, start, end, found)
    return found


def _in_row(rows: list[Span], start: int, end: int) -> bool:
    """Whether a row of the ordered list covers a part of the span."""
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
