"""Pledges: who made a 表态发言 or handed in a letter of responsibility, and how many did."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.text.numerals import number
from luoshi.text.owners import split_names
from luoshi.text.patterns import pattern
from luoshi.text.sentences import BOTH, Span, cut, sentences

_PLEDGE = pattern(
    r"表态(?:性)?(?:发言)?|(?:递交|提交|签订|签署)(?:了)?[^，。；]{0,24}(?:责任书|责任状|承诺书|军令状|目标书)"
)
_COUNT = pattern(
    r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|家|位|名)(?:单位|部门|代表|企业|镇街|负责人|同志|乡镇|村|社区)?"
)
_TAIL = pattern(
    r"(?:等)?(?:各条战线|各行各业|各领域)?(?:的)?(?:(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|家|位|名)[^、，。；]{0,10})?(?:的)?(?:主要|党政|党组织|党支部|党委|党总支|支部|行政)?(?:主要)?(?:负责人|负责同志|代表|同志|书记|主要领导|一把手)?(?:在会上|先后|分别|依次|现场|上台|会上|代表[^，。]{0,10}){0,4}(?:作|做|进行|向[^，。；]{1,12})?(?:了)?$"
)
_WITH = pattern(r"[^，。；]{0,12}(?:与|和|同)(?:各|\d{1,3}[家个])")
_PREFIX = pattern(r"(?:会上|会议上|随后|最后|来自|其中|由|会议还|现场)[，]?")


@dataclass(slots=True)
class Pledges:
    """The units that pledged and the printed number, else the number of units, else None."""

    units: list[Span]
    count: int | None
    counted: Span | None = None


def pledges(text: str, paragraphs: list[Span]) -> Pledges:
    """The pledges of the paragraphs that tell the meeting."""
    made = Pledges([], None)
    for paragraph in paragraphs:
        for sentence in sentences(text, *paragraph):
            for start, end in cut(text, *sentence, BOTH):
                hit = _PLEDGE.search(text, start, end)
                if hit and not _WITH.match(text, start, hit.start()):
                    _take(text, start, hit.start(), made)
    if made.count is None and made.units:
        made.count = len(made.units)
    return made


def _take(text: str, start: int, at: int, made: Pledges) -> None:
    prefix = _PREFIX.match(text, start, at)
    first = prefix.end() if prefix else start
    count = _COUNT.search(text, first, at)
    if count:
        value = number(count["n"])
        made.count = (made.count or 0) + int(value or 0)
        made.counted = count.span()
    stop = at
    cutoff = text.find("等", first, at)
    if cutoff > first:
        stop = cutoff
    else:
        tail = _shortest_tail(text, first, at)
        stop = tail if tail > first else at
    for span in split_names(text, first, stop):
        if _is_name(text[slice(*span)]):
            made.units.append(span)


def _shortest_tail(text: str, first: int, at: int) -> int:
    for place in range(max(first, at - 40), at):
        if _TAIL.fullmatch(text, place, at):
            return place
    return at


def _is_name(words: str) -> bool:
    return words[0] != "各" and (
        2 <= len(words) <= 24
        and not _COUNT.fullmatch(words)
        and words not in ("代表", "负责人", "部分单位", "有关单位", "相关单位")
    )
