"""Figures of official prose: what is counted, compared how, how much, in which unit."""

from __future__ import annotations

import re
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
_PER = r"(?:/(?:小时|日|天|月|年|亩|立方米|平方米|人|户|辆|吨|公里|升|秒|次|km|h|L|m³))?"
_ALSO = r"(?:（[套间次处座项个件户幢栋]）)?"
_FIGURE = pattern(
    rf"(?P<n>\d(?:(?<![\d.]\d)\d{{0,2}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,6}})?|(?<![\d.A-Za-z]\d)\d{{0,11}}(?:\.\d{{1,6}})?))"
    rf"(?:[%个家]?(?:至|到|—{{1,2}}|[-~～])(?P<high>\d{{1,8}}(?:\.\d{{1,4}})?))?"
    rf"(?P<more>多|余|几)?(?P<unit>{_SCALE}(?P<more2>多|余)?{_UNIT}{_ALSO}{_PER}|{_SCALE}(?=[^\w]|$)|{_SCALE})"
)
_SHARE = pattern(
    r"(?:百分之(?P<p>百|[一二三四五六七八九十]{1,4}(?:点[零一二三四五六七八九]{1,2})?)"
    r"|(?P<n>[一二两三四五六七八九])(?:成(?P<half>半|[一二三四五六七八九](?=以|[，。；、]|$))?|个百分点)(?![立员果为功本交都绩效熟长]))"
)
_TIMES = pattern(r"翻(?P<n>[一两二三四1-4])番")
_RANKED = pattern(
    r"(?:进入|跻身|位居|位列|保持|力争|冲刺|争取|确保|挺进|迈入|排名|稳居|进|居|列|入)[^，。；、\d]{0,6}前(?P<n>\d{1,3}|[一二三四五六七八九十]{1,2})(?P<unit>位|强)"
)
_NO_GROWTH = pattern(r"零(?=增长|死亡)")
_LEVELS = pattern(r"(?P<n>[一二三四五六七八九])(?P<unit>级|层)(?=以内|以下)")
_CHINESE = pattern(
    r"(?:(?P<low>[一二两三四五六七八九十])[至到](?P<high>[一二两三四五六七八九十百]{1,3})"
    r"|(?P<n>[一二两三四五六七八九十百](?<=[育建造成增进置设立养少于办展工创引树选备约过破报请至到出光].)[一二两三四五六七八九十百]{0,3}))"
    r"(?P<unit>家|个|座|所|条|处|支|名|项|场|部|门|人次)"
    r"(?!不|[^，。；]{1,3}一[个家起项件]|都|方面|是|度|工程|行动|任务|工作|重点|举措|措施|制度|机制|样|系列|定|律|体|致|批|年|月|工作日|星期|季度|结合|到位|盯|一|关键|环节|领域|要求|目标|清单|战役|攻坚|问题|责任|体系|市场|层面|维度|抓手|阶段|重心|确保|维护|不变|毫不|转变|循环|根本|联系|作用|文明|一律|“|‘|百分点)"
)
_SPELLED_SUM = pattern(
    r"(?<![第几数每各前〇零一二两三四五六七八九十百千万亿\d点年])(?P<n>[二两三四五六七八九十][一二三四五六七八九十百千]{0,5}|一[百千十][一二三四五六七八九十百千]{0,4}|一(?=[万亿]))"
    r"(?P<unit>(?:万亿|万|亿)(?:元|美元|港元|亩|吨|公里|千瓦时|千瓦|平方米|立方米|人次|人|户|头|只|株|件|份|公顷)|公里|吨|亩|平方米|公顷)(?![\u3400-\u9fff]{0,2}(?:级|强|工程|产业))"
)
_SPELLED_LAST = pattern(
    r"(?<=[\u3400-\u9fff])(?<!不超过)(?<![第几数每各前这那哪上下其余某等一二两三四五六七八九十百千万和与及])(?P<n>[两三四五六七八九](?!十|百)|[二三四五六七八九]?十[一二三四五六七八九]?)"
    r"(?P<unit>家|座|所|条|处|支|名|场|批|件|台|套|辆)(?=以上|左右|[，。；、\n]|$)"
)
COUNTERS = frozenset(
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
_COUNTS = pattern(
    r"\d|[一二三四五六七八九十百千两](?:[成番级层名位强]|个百分点|家|个|座|所|条|处|支|名|项|场|部|门|人次|批|件|台|套|辆|[万亿吨亩]|公里|平方米|公顷)|百分之|零[增死]"
)
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
        yield from _counted(text, hit, end)
    for hit in _SHARE.finditer(text, start, end):
        yield _share(text, hit, end)
    known = set()
    for hit in _CHINESE.finditer(text, start, end):
        known.add(hit.end())
        yield from _spelled(text, hit, end)
    for shape in (_SPELLED_SUM, _SPELLED_LAST):
        for hit in shape.finditer(text, start, end):
            if hit.end() not in known:
                yield _figure(
                    text, hit.start(), hit.end(), number(hit["n"]) or 1, hit["unit"], False, end
                )._replace(spelled=True)
    for hit in _NO_GROWTH.finditer(text, start, end):
        yield Figure(hit.start(), hit.start() + 1, 0, "", "=", False, True)
    if "番" in text:
        for hit in _TIMES.finditer(text, start, end):
            yield Figure(hit.start(), hit.end(), number(hit["n"]) or 1, "番", "=", False, True)
    for hit in _RANKED.finditer(text, start, end):
        first = hit.start("n")
        yield Figure(first, hit.end(), number(hit["n"]) or 1, hit["unit"], "<=", False, True)
    for hit in _LEVELS.finditer(text, start, end):
        yield Figure(*hit.span(), number(hit["n"]) or 1, hit["unit"], "<=", False, True)


def _counted(text: str, hit: re.Match[str], end: int) -> Iterator[Figure]:
    """The amount in Arabic digits; two for a range (3至5个)."""
    unit = hit["unit"].replace("多", "").replace("余", "")
    last = hit.end()
    if not unit or _dated(text, hit.start(), last, unit):
        return
    more = bool(hit["more"] or hit["more2"])
    for name in ("n", "high"):
        amount = number(hit[name]) if hit[name] else None
        start = hit.start(name)
        if amount is not None:
            made = _figure(text, start, last, amount, unit, more, end)
            yield made._replace(unit_at=hit.span("unit")) if not hit["more2"] else made


def _share(text: str, hit: re.Match[str], end: int) -> Figure:
    """A share in Chinese numerals: 百分之九十五, 七成, 两个百分点."""
    if hit["p"]:
        whole, _, part = hit["p"].partition("点")
        value = float(f"{number(whole)}.{number(part) or 0}")
        amount: int | float = int(value) if value.is_integer() else value
        return _figure(text, hit.start(), hit.end(), amount, "%", False, end)
    tenths = number(hit["n"]) or 0
    if hit[0].endswith("百分点"):
        return _figure(text, hit.start(), hit.end(), tenths, "个百分点", False, end)
    if hit["half"]:
        tenths += 0.5 if hit["half"] == "半" else (number(hit["half"]) or 0) / 10
    return _figure(text, hit.start(), hit.end(), tenths, "成", False, end)


def _spelled(text: str, hit: re.Match[str], end: int) -> Iterator[Figure]:
    """The amount in Chinese numerals; two for a range (一到两个)."""
    for name in ("low", "high", "n"):
        value = number(hit[name]) if hit[name] else None
        if value is not None:
            made = _figure(text, hit.start(name), hit.end(), value, hit["unit"], False, end)
            yield made._replace(threshold=False, spelled=True)


_OVER = ("超过", "不足", "逾期", "低于", "高于", "多于", "大于", "小于", "少于", "未满")


def _dated(text: str, start: int, end: int, unit: str) -> bool:
    """Whether the number is a date, an ordinal or a part of a name and not an amount."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if unit == "分" and before in "时点" and before:
        return True
    if unit == "日" and text.startswith(("内", "以内", "之内"), end):
        return False
    if before in ("第", "-", "—", "/", "〔") or unit in ("年", "月", "日", "号", "时", "点", "岁"):
        return True
    if unit in ("个月", "周", "季度", "次", "届", "期", "版", "类", "级", "楼", "路"):
        return True
    return unit in ("万", "千", "百") and after in ("年", "里")


_LENGTHS = ("个工作日", "工作日", "个工作天", "工作天", "小时", "个小时", "分钟", "天", "日")


def _figure(
    text: str, start: int, end: int, value: int | float, unit: str, more: bool, stop: int
) -> Figure:
    after = text[end : min(stop, end + 3)]
    operator, tail = "=", 0
    for op, endings in _AFTER.items() if after[:1] in _AFTER_LETTERS else ():
        word = next((word for word in endings if after.startswith(word)), "")
        if word and not (word == "内" and unit not in _LENGTHS):
            operator, tail = op, len(word)
            break
    if operator == "=":
        operator = _operator_before(text, start) or (">" if more else "=")
    following = text[end + tail : end + tail + 1] if end + tail < stop else ""
    bound = bool(tail) and after[:tail] not in ("左右", "上下")
    lasting = unit in _LENGTHS and after[:tail].endswith("内")
    counted = unit in COUNTERS and not _LATER.match(text, end)
    aimed = (
        bool(_AIMED.match(text, end + tail, stop))
        or unit in _SHARES
        and text[start - 1 : start] in ("让", "使", "有")
    )
    goes_on = bound and _goes_on(following) and not lasting and not counted
    threshold = not aimed and (goes_on or following == "的" and bound)
    if following == "的" and text[max(0, start - 3) : start - 2] not in ("不", "得"):
        threshold = (
            threshold or text[max(0, start - 2) : start] in _OVER or text[start - 1] in "超满"
        )
    return Figure(start, end, value, unit, operator, threshold)


_SHARES = ("%", "成")
_AIMED = pattern(r"的[^，。；]{0,6}(?:目标|任务|指标|要求|水平)")


def _goes_on(following: str) -> bool:
    return "\u3400" <= following <= "\u9fff" and following not in "且并和及"


def _operator_before(text: str, start: int) -> str | None:
    if text.find("少", max(0, start - 10), start) >= 0 and _AT_LEAST.search(
        text, max(0, start - 12), start
    ):
        return ">="
    if text[max(0, start - 1) : start] not in _ORDER_LETTERS:
        return None
    head = text[max(0, start - 6) : start]
    return next((op for word, op in _ORDER if head.endswith(word)), None)


_LIMIT = pattern(
    r"(?P<n>[\d.]{1,8}|[一二两三四五六七八九十半]{1,3})(?P<u>个?(?:工作[日天]|自然日|月|星期|季度|小时)|分钟|天|日|周|年)"
)


def limit_figure(text: str, start: int, end: int) -> Figure | None:
    """The figure of a service's time limit (到岗一个月内): at most so long."""
    hit = _LIMIT.search(text, start, end)
    value = number(hit["n"]) if hit else None
    if hit is None or value is None:
        return None
    return Figure(*hit.span(), value, hit["u"], "<=", False, True, hit.span("u"))


_AT_LEAST = pattern(r"(?:至少|不少于|不低于)[^，。；、\d]{1,8}$")
