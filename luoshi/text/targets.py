"""Figures of official prose: what is counted, compared how, how much, in which unit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from luoshi.text.marks import flagged, marks
from luoshi.text.numerals import number
from luoshi.text.patterns import pattern
from luoshi.text.wordlists import any_of

_SCALE = r"(?:万亿|百万|千万|十万|亿|万|千|百)?"
_UNIT = any_of("measures")
_FIGURE = pattern(
    rf"(?P<n>\d(?:(?<![\d.]\d)\d{{0,2}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,6}})?|(?<![\d.A-Za-z]\d)\d{{0,11}}(?:\.\d{{1,6}})?))"
    rf"(?P<more>多|余|几)?(?P<unit>{_SCALE}(?P<more2>多|余)?{_UNIT}|{_SCALE}(?=[^\w]|$)|{_SCALE})"
)
_SHARE = pattern(
    r"(?P<n>[一二三四五六七八九])(?:成(?P<half>半)?|个百分点)(?![立员果为功本交都绩效熟长])"
)
_CHINESE = pattern(
    r"(?P<n>[一二两三四五六七八九十百](?<=[育建造成增进置设立养少于].)[一二两三四五六七八九十百]{0,3})(?P<unit>家|个|座|所|条|处|支|名|项)(?!方面|是|度|工程|行动|样|系列|定|律|体|致|批|年|月|工作日|结合|到位|盯|一)"
)
_COUNTERS = frozenset(
    [
        "个",
        "家",
        "项",
        "件",
        "条",
        "座",
        "所",
        "处",
        "台",
        "套",
        "名",
        "人",
        "场",
        "次",
        "批",
        "户",
        "万人",
        "万户",
        "支",
        "对",
    ]
)
_LATER = pattern(r"[^，。；\n\d]{0,30}\d")
_COUNTS = pattern(r"\d|[一二三四五六七八九十百两](?:成|个百分点|家|个|座|所|条|处|支|名|项)")
_BEFORE = {
    ">=": (
        "不少于",
        "不低于",
        "达到",
        "达",
        "至少",
        "不小于",
        "保持在",
        "稳定在",
        "提高到不低于",
        "不得低于",
        "不得少于",
        "应达到",
        "不低於",
    ),
    ">": ("突破", "超过", "超", "力争突破", "高于", "多于", "大于"),
    "<=": (
        "不超过",
        "不高于",
        "控制在",
        "不得超过",
        "不多于",
        "不大于",
        "低于",
        "压缩到",
        "压缩至",
        "小于",
        "少于",
        "不得高于",
        "降至",
        "压减至",
    ),
    "~": ("约", "大约", "左右"),
}
_AFTER = {
    ">=": ("及以上", "以上"),
    "<=": ("及以下", "及以内", "以内", "以下", "之内", "内"),
    "~": ("左右", "上下"),
}
_ORDER = [(word, op) for op, words in _BEFORE.items() for word in words]
_ORDER.sort(key=lambda pair: -len(pair[0]))
_ORDER_LETTERS = frozenset(word[-1] for word, _ in _ORDER)
_AFTER_LETTERS = frozenset(word[0] for words in _AFTER.values() for word in words)


class Figure(NamedTuple):
    """A number with its unit in the folded text. `operator` as in the schema; `threshold` when
    it only says which things are meant (500户以上的网格), `unit` as printed, "" if there is none."""

    start: int
    end: int
    value: int | float
    unit: str
    operator: str
    threshold: bool
    spelled: bool = False
    unit_at: tuple[int, int] = (0, 0)


def figures(text: str, start: int, end: int) -> list[Figure]:
    """The figures with a unit in `text[start:end]`, in order; dates, ordinals, names left out."""
    begins, starts, found = _whole(text)
    if begins.find(1, start, end) < 0:
        return []
    inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
    return [figure for figure in inside if figure.end <= end]


@lru_cache(maxsize=4)
def _whole(text: str) -> tuple[bytearray, list[int], list[Figure]]:
    """The figures of a whole text, those inside quotations left out; a 1 and a list say where."""
    if not _COUNTS.search(text):
        return bytearray(), [], []
    quoted = marks(text).quoted
    found = sorted(_all(text, 0, len(text)), key=lambda figure: figure.start)
    kept = [figure for figure in found if not quoted[figure.start]]
    starts = [figure.start for figure in kept]
    return flagged(len(text), starts), starts, kept


def _all(text: str, start: int, end: int) -> Iterator[Figure]:
    for hit in _FIGURE.finditer(text, start, end):
        value = number(hit["n"])
        unit = hit["unit"].replace("多", "").replace("余", "")
        if value is None or not unit or _dated(text, hit.start(), hit.end(), unit):
            continue
        made = _figure(
            text, hit.start(), hit.end(), value, unit, bool(hit["more"] or hit["more2"]), end
        )
        yield made._replace(unit_at=hit.span("unit")) if not hit["more2"] else made
    for hit in _SHARE.finditer(text, start, end):
        share = (number(hit["n"]) or 0) * 10 + (5 if hit["half"] else 0)
        if hit[0].endswith("百分点"):
            yield _figure(text, hit.start(), hit.end(), share // 10, "个百分点", False, end)
        else:
            yield _figure(text, hit.start(), hit.end(), share, "%", False, end)
    for hit in _CHINESE.finditer(text, start, end):
        value = number(hit["n"])
        if value is not None:
            yield Figure(hit.start(), hit.end(), value, hit["unit"], "=", False, True)


def _dated(text: str, start: int, end: int, unit: str) -> bool:
    """Whether the number is a date, an ordinal or a part of a name and not an amount."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before in ("第", "-", "—", "/", "〔") or unit in ("年", "月", "日", "号", "时", "点", "岁"):
        return True
    if unit in ("个月", "周", "季度", "次", "届", "期", "版", "类", "级", "楼", "路"):
        return True
    return unit in ("万", "千", "百") and after in ("年", "里")


def _figure(
    text: str, start: int, end: int, value: int | float, unit: str, more: bool, stop: int
) -> Figure:
    after = text[end : min(stop, end + 3)]
    operator, tail = "=", 0
    for op, endings in _AFTER.items() if after[:1] in _AFTER_LETTERS else ():
        word = next((word for word in endings if after.startswith(word)), "")
        if word and not (
            word == "内" and unit not in ("天", "日", "个工作日", "小时", "分钟", "个小时")
        ):
            operator, tail = op, len(word)
            break
    if operator == "=":
        operator = _operator_before(text, start) or (">" if more else "=")
    following = text[end + tail : end + tail + 1] if end + tail < stop else ""
    bound = bool(tail) and after[:tail] not in ("左右", "上下")
    lasting = unit in ("个工作日", "工作日", "小时", "个小时", "分钟", "天", "日") and after[
        :tail
    ].endswith("内")
    counted = unit in _COUNTERS and not _LATER.match(text, end)
    threshold = (bound and _goes_on(following) and not lasting and not counted) or (
        following == "的" and bound
    )
    if (
        text[max(0, start - 3) : start - 2] not in ("不", "得")
        and text[max(0, start - 2) : start] in ("超过", "不足", "逾期", "低于")
        and following == "的"
    ):
        threshold = True
    return Figure(start, end, value, unit, operator, threshold)


def _goes_on(following: str) -> bool:
    return "\u3400" <= following <= "\u9fff" and following not in "且并和及"


def _operator_before(text: str, start: int) -> str | None:
    if text[max(0, start - 1) : start] not in _ORDER_LETTERS:
        return None
    head = text[max(0, start - 6) : start]
    return next((op for word, op in _ORDER if head.endswith(word)), None)
