"""Times of official prose: where they stand, what they mean, how exact they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from luoshi.text.marks import flagged
from luoshi.text.numerals import number
from luoshi.text.patterns import pattern

UNKNOWN = "XXXX"
_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?:[12]\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_Y = r"(?:(?:19|20)\d{2}年|[二][〇○零][〇○零一二三四五六七八九]{2}年|(?:中华)?民国\d{2,3}年|1[01]\d年|今年|明年|本年度?|当年|去年|后年|次年|翌年|来年)"
_FULL = pattern(
    rf"(?P<y>{_Y})?(?P<m>{_M})月(?P<d>{_D})[日号](?:（(?:星期|周)[一二三四五六日天]）)?(?P<end>零时|或?之前|或?以前|前|止|起)?"
)
_MONTH = pattern(
    rf"(?P<y>{_Y})?(?P<m>{_M})月(?P<part>份|底|末|上旬|中旬|下旬|初|中)?(?P<end>或?之前|或?以前|前|内|止|起)?"
)
_QUARTER = pattern(
    rf"(?P<y>{_Y})?(?:第(?P<s>[一二三四1-4])季(?!度)|第?(?P<q>[一二三四1-4])季(?:度|(?=[底末前]))|Q(?P<l>[1-4]))(?P<end>[底末]?(?:之前|以前|前|内)?)"
)
_HALF = pattern(rf"(?P<y>{_Y})?(?P<h>[上下])半年(?P<end>[底末]?(?:之前|以前|前|内)?)")
_YEAR = pattern(rf"(?P<y>{_Y})(?P<end>(?:年?[底末内终])?(?:之前|以前|前)?)")
_MIDYEAR = pattern(rf"(?P<y>{_Y})?年?中(?P<end>之前|以前|前)")
_WITHIN = pattern(
    r"(?P<end>年内|年[底末](?:之前|以前|前)?|年终(?:之前|以前|前)|全年|年度内|本年度内?|岁末前)"
)
_THIS_MONTH = pattern(
    r"(?P<which>本月|当月|下月|下个月|次月)(?P<part>[底末中]|上旬|中旬|下旬)?(?P<end>之前|以前|前|内)?|(?<![0-9一二三四五六七八九十每个])(?:月底(?:之前|以前|前)?|月内)"
)
_SLASHED = pattern(
    r"(?P<y>(?:19|20)\d{2})[-/.](?P<m>1[0-2]|0?[1-9])[-/.](?P<d>[12]\d|3[01]|0?[1-9])(?!\d)(?P<end>前)?"
)
_SPAN = pattern(
    rf"(?:自[^，。；\n]{{1,16}}之日起|(?:印发|收到|接到|发布|公示|会议|会)[^，。；\n\d]{{0,6}}后)?(?P<n>{_N}|半|百)(?P<u>个工作[日天]|工作[日天]|个自然日|个季度|个月|个?星期|天|日|周|年|月|小时|个小时)(?:之内|以内|内)"
)
_RECURRING = pattern(
    r"每(?:逢)?(?:个)?(?:学期|学年|半个?月|半年|季度?|[两二三四五六1-6]个?(?:月|周|天|年|季度)|月度?|年度?|周[一二三四五六日]|周|星期[一二三四五六日]?|日|天|晚|旬)"
    rf"(?:(?:最后一个月|首月|末月|第[一二三]个?月)的?)?(?:{_M}月)?(?:{_D}[日号])?(?:[零一二三四五六七八九十两\d]{{1,3}}[点时](?:半)?)?(?:[底末初])?(?:年[底末终]|重阳节|春节|国庆节?|元旦)?(?:之前|以前|前)?(?:(?:结束|终了)?后?的?{_N}个?(?:工作日|日|天)(?:之内|以内|内))?"
)
_FESTIVAL = pattern(
    rf"(?P<y>{_Y})?(?<!双)(?P<f>春节|农历新年|除夕|元旦|国庆节?|五一(?:节|假期)?|劳动节|七一|八一|十一(?=前|假期|长假|黄金周)|端午节?|中秋节?|清明节?|元宵节?|重阳节?|教师节|儿童节|植树节|妇女节|青年节|建党节|建军节|圣诞节)(?:假期|长假|黄金周|小长假)?(?:之前|以前|前)"
)
_SEASON = pattern(
    r"(?:今年|明年|本|下|当)?(?:(?:主|春|伏|秋)?汛期?(?:来临|到来)?|入汛|入冬|封冻|上冻|冬季|(?:供暖|采暖|供热)[季期]?(?:开始|到来)?|雨季(?:来临|到来)?|台风季(?:来临)?|防火期|春耕|秋收|三夏|双抢|(?:秋季|春季|新)?(?:学期|学年)?开学|寒假|暑假|放假|中考|高考|两节|双节|双十一)(?:之前|以前|前)"
    r"|(?:本|下|新|每|春季|秋季)?学期(?:末|结束|内|底)(?:之前|以前|前)?|(?:本|当|下)?(?:财政年度|学年|财年)(?:度)?(?:内|末|底|结束)(?:之前|以前|前)?"
    r"|(?:(?:本|下)(?:周|星期)(?:[一二三四五六日天](?:之前|以前|前)?|[内末底](?:之前|以前|前)?)|(?:周|星期|礼拜)[一二三四五六日天](?:之前|以前|前))"
)
_SEASON_LETTER = pattern("[汛冬冻暖热雨台防春秋夏抢学寒暑假考节一周星礼财]")
_THIS_QUARTER = pattern(
    r"(?P<which>本|当|下)(?:个)?季(?:度(?P<end>内|[底末]?(?:之前|以前|前)?)|(?:内|[底末](?:之前|以前|前)?))"
)
_STOP = pattern(r"[，。；\n]")
_HINT = pattern(
    r"[\d一二三四五六七八九十百两每全今明本当下去后半] ?(?:[年月日号季半周天旬学晚两个期次工小星]|[-/.])|[每汛]|年[内底末终度中]|月[底内]|[春节旦庆]节?前|[五七八十]一"
    r"|端午|中秋|清明|元宵|除夕|重阳|[植妇青建圣农][树女年党军诞历]|岁末|[入]冬|[封上]冻|[供采][暖热]|雨季|台风|防火期|春耕|秋收|三夏|双[抢节]|开学|[寒暑放]假|[中高]考|学期|[财学]年|周[一二三四五六日]|星期|礼拜|Q[1-4]"
)

DATED = pattern(
    r"长期.{0,6}|常态化.{0,4}|(?:全年)?持续.{0,6}|全年|年内|随时|.{0,12}(?:底|前|月|季度|年|日|旬|半年|内).{0,30}|即时|立即|(?:\d{2,4}[./-])?\d{1,2}(?:[./-]\d{1,2})?"
)

FIXED_FEASTS = {
    "元旦": (1, 1),
    "国庆": (10, 1),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "十一": (10, 1),
    "教师节": (9, 10),
    "儿童节": (6, 1),
    "植树节": (3, 12),
    "妇女节": (3, 8),
    "青年节": (5, 4),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "圣诞节": (12, 25),
}
# Days of the lunar year, by the tables of the Hong Kong Observatory.
LUNAR_FEASTS = {
    "春节": {2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26)},
    "除夕": {2022: (1, 31), 2023: (1, 21), 2024: (2, 9), 2025: (1, 28), 2026: (2, 16), 2027: (2, 5), 2028: (1, 25)},
    "重阳": {2022: (10, 4), 2023: (10, 23), 2024: (10, 11), 2025: (10, 29), 2026: (10, 18), 2027: (10, 8), 2028: (10, 26)},
    "元宵": {2022: (2, 15), 2023: (2, 5), 2024: (2, 24), 2025: (2, 12), 2026: (3, 3), 2027: (2, 20), 2028: (2, 9)},
    "清明": {2022: (4, 5), 2023: (4, 5), 2024: (4, 4), 2025: (4, 4), 2026: (4, 5), 2027: (4, 5), 2028: (4, 4)},
    "端午": {2022: (6, 3), 2023: (6, 22), 2024: (6, 10), 2025: (5, 31), 2026: (6, 19), 2027: (6, 9), 2028: (5, 28)},
    "中秋": {2022: (9, 10), 2023: (9, 29), 2024: (9, 17), 2025: (10, 6), 2026: (9, 25), 2027: (9, 15), 2028: (10, 3)},
}  # fmt: skip
_SPAN_UNITS = {
    "个工作日": "D",
    "工作日": "D",
    "个工作天": "D",
    "工作天": "D",
    "个自然日": "D",
    "天": "D",
    "日": "D",
    "个月": "M",
    "周": "W",
    "个星期": "W",
    "星期": "W",
    "年": "Y",
}


class Moment(NamedTuple):
    """A time in the folded text. `value` as in the schema, "" when no calendar tells (汛期前);
    `before` when the words set a limit.

    `kind` is date, month, quarter, half, year, relative or recurring; `assumed` when the year
    is the document's and not printed here; `working` when the days are working days.
    """

    start: int
    end: int
    value: str
    kind: str
    before: bool = False
    assumed: bool = False
    working: bool = False
    past: bool = False


class Clock(NamedTuple):
    """The year and month that a document's bare dates belong to; None when it does not say."""

    year: int | None = None
    month: int | None = None


UNSET = Clock()


def year_of(word: str | None, clock: Clock) -> tuple[str, bool]:
    """The four digits of a printed year and whether they were assumed; `XXXX` if unknown."""
    if not word:
        return (str(clock.year) if clock.year else UNKNOWN), True
    shift = {
        "今年": 0,
        "本年": 0,
        "本年度": 0,
        "当年": 0,
        "明年": 1,
        "去年": -1,
        "后年": 2,
        "次年": 1,
        "翌年": 1,
        "来年": 1,
    }.get(word)
    if shift is not None:
        return (str(clock.year + shift) if clock.year else UNKNOWN), True
    digits = word.removesuffix("年").removeprefix("中华").removeprefix("民国")
    value = number(digits)
    if value is None:
        return UNKNOWN, True
    return str(int(value) + 1911 if value < 1000 else int(value)), False


def _two(word: str) -> int:
    return int(number(word) or 0)


def real_day(year: str, month: int, day: int) -> bool:
    last = (
        monthrange(int(year), month)[1]
        if year.isdigit()
        else (29 if month == 2 else monthrange(2023, month)[1])
    )
    return 1 <= day <= last


def moments(text: str, clock: Clock, start: int = 0, end: int | None = None) -> list[Moment]:
    """The times in `text[start:end]`, in order, none inside another; impossible dates left out."""
    stop = len(text) if end is None else end
    begins, starts, found = _whole(text)
    if begins.find(1, start, stop) < 0:
        return []
    inside = found[bisect_left(starts, start) : bisect_left(starts, stop)]
    return [
        _resolved(text, clock, moment) if moment.assumed and clock != UNSET else moment
        for moment in inside
        if moment.end <= stop
    ]


@lru_cache(maxsize=512)
def _resolved(text: str, clock: Clock, moment: Moment) -> Moment:
    """The time with the year and month of the document where its own words name none."""
    again = [m for m in _all(text, clock, moment.start, moment.end) if m.kind == moment.kind]
    fits = [m for m in again if m.start == moment.start]
    return fits[0]._replace(end=moment.end, before=moment.before) if fits else moment


@lru_cache(maxsize=8)
def _whole(text: str) -> tuple[bytearray, list[int], list[Moment]]:
    """The times of a whole text; a 1 and a list say where. Kept: a text is asked clause by clause."""
    found = [moment for span in _stretches(text) for moment in _all(text, UNSET, *span)]
    found.sort(key=lambda moment: (moment.start, -moment.end))
    kept: list[Moment] = []
    for moment in found:
        if kept and not moment.value and moment.start == kept[-1].end:
            kept[-1] = _with_season(kept[-1], moment)
        elif not kept or moment.start >= kept[-1].end:
            kept.append(moment)
    starts = [moment.start for moment in kept]
    return flagged(len(text), starts), starts, kept


def _with_season(dated: Moment, season: Moment) -> Moment:
    """9月开学前: the date says when it is; 2025年汛期前: the season does, and nobody knows the day."""
    if dated.kind == "year":
        return season._replace(start=dated.start)
    return dated._replace(end=season.end, before=True)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between marks that hold the hint of a time."""
    end = 0
    for hit in _HINT.finditer(text):
        if hit.start() < end:
            continue
        start = max(text.rfind(mark, end, hit.start()) for mark in "，。；\n") + 1
        stop = _STOP.search(text, hit.end())
        start, end = max(start, end), stop.start() if stop else len(text)
        yield start, end


def _all(text: str, clock: Clock, start: int, stop: int) -> Iterator[Moment]:
    """The times of a stretch; a shape is only looked for when its own character stands there."""
    words = text[start:stop]
    if "每" in words:
        for hit in _RECURRING.finditer(text, start, stop):
            yield Moment(hit.start(), hit.end(), "recurring", "recurring", before=True)
    if "内" in words:
        for hit in _SPAN.finditer(text, start, stop):
            yield from _within(hit)
    if "20" in words or "19" in words:
        yield from _slashed(text, start, stop)
    if "月" in words:
        yield from _days(text, clock, start, stop)
        yield from _months(text, clock, start, stop)
    yield from _coarse(text, clock, start, stop, words)


def _slashed(text: str, start: int, stop: int) -> Iterator[Moment]:
    for hit in _SLASHED.finditer(text, start, stop):
        year, month, day = hit["y"], int(hit["m"]), int(hit["d"])
        if real_day(year, month, day):
            yield Moment(
                hit.start(), hit.end(), f"{year}-{month:02}-{day:02}", "date", bool(hit["end"])
            )


def _days(text: str, clock: Clock, start: int, stop: int) -> Iterator[Moment]:
    for hit in _FULL.finditer(text, start, stop):
        year, assumed = year_of(hit["y"], clock)
        month, day = _two(hit["m"]), _two(hit["d"])
        if real_day(year, month, day):
            tail = hit["end"] or ""
            cut = len(tail) if tail in ("零时", "起") else 0
            yield Moment(
                hit.start(),
                hit.end() - cut,
                f"{year}-{month:02}-{day:02}",
                "date",
                "前" in tail or tail == "止",
                assumed,
                past=hit["y"] == "去年",
            )


def _within(hit: re.Match[str]) -> Iterator[Moment]:
    n, unit = number(hit["n"]), hit["u"]
    first, last = hit.start(), hit.end()
    if hit["n"] == "半":
        half = {"年": "P6M", "月": "P15D", "个月": "P15D", "天": "PT12H"}.get(unit)
        if half:
            yield Moment(first, last, half, "relative", True)
        return
    if n is None or unit == "月":
        return
    if unit == "个季度":
        n, unit = int(n) * 3, "个月"
    if unit in ("小时", "个小时"):
        yield Moment(first, last, f"PT{n}H", "relative", True)
        return
    letter = _SPAN_UNITS[unit]
    value = f"P{n * 7}D" if letter == "W" else f"P{n}{letter}"
    yield Moment(first, last, value, "relative", True, working="工作" in unit)


def _coarse(text: str, clock: Clock, start: int, stop: int, words: str) -> Iterator[Moment]:
    """Quarters, half years, years, and what only the document's own date settles."""
    if "季" in words or "Q" in words:
        for hit in _QUARTER.finditer(text, start, stop):
            quarter = _two(hit["q"] or hit["s"] or hit["l"])
            yield _seasonal(hit, clock, f"Q{quarter}", "quarter")
        for hit in _THIS_QUARTER.finditer(text, start, stop):
            yield _this_quarter(hit, clock)
    if "半年" in words:
        for hit in _HALF.finditer(text, start, stop):
            yield _seasonal(hit, clock, "H1" if hit["h"] == "上" else "H2", "half")
    if "年" in words:
        for hit in _YEAR.finditer(text, start, stop):
            year, assumed = year_of(hit["y"], clock)
            past = hit["y"] == "去年"
            yield Moment(*hit.span(), year, "year", bool(hit["end"]), assumed, past=past)
        for hit in _MIDYEAR.finditer(text, start, stop):
            yield _seasonal(hit, clock, "H1", "half")
    if "年" in words or "岁末" in words:
        for hit in _WITHIN.finditer(text, start, stop):
            if text[hit.start() - 1 : hit.start()] not in tuple("0123456789半学财"):
                year, assumed = year_of(None, clock)
                yield Moment(*hit.span(), year, "year", True, assumed)
    if "月" in words:
        for hit in _THIS_MONTH.finditer(text, start, stop):
            yield _near_month(hit, clock)
    if _SEASON_LETTER.search(words):
        for hit in _SEASON.finditer(text, start, stop):
            yield Moment(*hit.span(), "", "relative", True)
    if "前" in words:
        for hit in _FESTIVAL.finditer(text, start, stop):
            yield _feast(hit, clock)


def _months(text: str, clock: Clock, start: int, stop: int) -> Iterator[Moment]:
    for hit in _MONTH.finditer(text, start, stop):
        if text[hit.start() - 1 : hit.start()] in ("第", "每"):
            continue
        if hit["part"] is None and text[hit.end() : hit.end() + 1].isdigit():
            continue
        year, assumed = year_of(hit["y"], clock)
        tail = hit["end"] or ""
        value, before = f"{year}-{_two(hit['m']):02}", tail not in ("", "起")
        end = hit.end() - (tail == "起")
        past = hit["y"] == "去年"
        yield Moment(hit.start(), end, value, "month", before, assumed, past=past)


def _seasonal(hit: re.Match[str], clock: Clock, season: str, kind: str) -> Moment:
    year, assumed = year_of(hit["y"], clock)
    return Moment(*hit.span(), f"{year}-{season}", kind, bool(hit["end"]), assumed)


def _this_quarter(hit: re.Match[str], clock: Clock) -> Moment:
    if clock.year is None or clock.month is None:
        return Moment(*hit.span(), "", "quarter", True, True)
    quarter = (clock.month - 1) // 3 + (2 if hit["which"] == "下" else 1)
    value = f"{clock.year + quarter // 5}-Q{(quarter - 1) % 4 + 1}"
    return Moment(*hit.span(), value, "quarter", True, True)


def _near_month(hit: re.Match[str], clock: Clock) -> Moment:
    year, month = clock.year, clock.month
    which = hit["which"]
    if month and which in ("下月", "下个月", "次月"):
        year, month = (year + 1 if year and month == 12 else year), month % 12 + 1
    value = f"{year or UNKNOWN}-{month:02}" if month else f"{year or UNKNOWN}-XX"
    return Moment(hit.start(), hit.end(), value, "month", True, True)


def _feast(hit: re.Match[str], clock: Clock) -> Moment:
    name = hit["f"].removesuffix("假期").replace("农历新年", "春节")
    bare = name.removesuffix("节")
    year, assumed = year_of(hit["y"], clock)
    day = FIXED_FEASTS.get(name) or FIXED_FEASTS.get(bare)
    if day is None and year.isdigit():
        day = LUNAR_FEASTS.get(name, LUNAR_FEASTS.get(bare, {})).get(int(year))
    value = f"{year}-{day[0]:02}-{day[1]:02}" if day else f"{year}-XX-XX"
    return Moment(hit.start(), hit.end(), value, "date", True, assumed)
