"""Is it a row? Where the order begins in its clauses, and whether it names work (D1)."""

from __future__ import annotations

from luoshi.text import orders
from luoshi.text.clauses import MUST, Clause
from luoshi.text.marks import between, marks
from luoshi.text.patterns import pattern
from luoshi.text.rows import general, is_limit
from luoshi.text.segments import CONDITION, header
from luoshi.text.setting import GOALS, NARRATIVE, NEUTRAL, ORDERS, PLAN, STRICT, TOLD

UNFIT = pattern(
    r"(?:也要清醒|要清醒|但也要看到|要看到|也要看到|既要看到|要深刻认识|要充分认识到|要认识到|必须看到|必须清醒)"
)
_NEEDS_ALL = ("需要全", "需要我们", "需要大家", "需要各级", "离不开", "同志们")
_ESSAYS = pattern(
    r"(?:要)?(?:着力|重点|切实|努力)?(?:做好|写好|做实|书写好)“?[一二三四五六七八九十]{1,2}篇(?:大)?文章”?$"
)
_PERMITS = pattern(r"[^，。；]{0,24}(?<![许不认])(?:可以|可)(?![靠能持行再视追量操复控见爱观比喜])")


SHORT_NAME = 3  # characters: 政府, 公司 and 企业 alone name nobody


def permits(text: str, kept: list[Clause]) -> bool:
    """D5: the first order of an unlabelled sentence only permits (可结合实际…)."""
    if text.find("可", kept[0].start, kept[-1].end) < 0 or any(c.bare or c.modal for c in kept):
        return False
    main = [
        c for c in kept if not (CONDITION.match(text, c.start, c.end) or text[c.end - 1] == "的")
    ]
    first = next((c for c in main if c.verbs), kept[0])
    allowed = [c for c in main or kept if _PERMITS.match(text, c.start, c.end) and not c.numbers]
    return bool(allowed) and (first in allowed or first.past)


def order_begins(text: str, segment: list[Clause], mode: str, within: bool) -> int | None:
    """The index of the clause where the order begins; None when the segment is no order."""
    if mode in (NARRATIVE, TOLD):
        return None
    if any(text.startswith(_NEEDS_ALL, c.start) for c in segment):
        return None
    if (
        mode != ORDERS
        and not any(c.modal or c.bare or c.numbers for c in segment)
        and any(
            orders.remarks(text, c.start, c.end) and orders.states(text, c.start, c.end)
            for c in segment
        )
    ):
        return None
    usable = [i for i, c in enumerate(segment) if not _dropped(text, c, mode)]
    if not usable:
        return None
    opener = next((i for i in usable if _gives_order(text, segment[i], mode)), None)
    if (
        opener is None
        and within
        and mode != STRICT
        and not segment[usable[0]].past
        and any(c.verbs or c.numbers for c in segment)
    ):
        opener = usable[0]
    if opener is None:
        return None
    start = opener
    while (
        start > 0
        and start - 1 in usable
        and _prepares(text, segment[start - 1], segment[start].start, mode)
    ):
        start -= 1
    return start


def _dropped(text: str, c: Clause, mode: str) -> bool:
    if not orders.remarks(text, c.start, c.end):
        return False
    if orders.forecast(text, c.start, c.end) or orders.praise(text, c.start, c.end):
        return not c.modal or orders.praise(text, c.start, c.end) and not c.owners
    return orders.states(text, c.start, c.end) and not c.bare


def _gives_order(text: str, c: Clause, mode: str) -> bool:
    if (
        c.past
        and not (c.modal or c.bare or c.given or c.will)
        and not any(m.before for m in c.times)
    ):
        return False
    strict = any(m.before and text[m.start : m.end] != "全年" for m in c.times)
    if mode == GOALS:
        return strict or any(not f.threshold for f in c.numbers)
    if mode == STRICT:
        return _binds(text, c)
    if c.modal or c.bare or (c.owners and (c.will or c.given)):
        return True
    limit = any(
        is_limit(text, c.start, m, c)
        and (m.before or m.kind != "year")
        or m.kind == "year"
        and m.before
        for m in c.times
    )
    if c.owners and (limit or c.verbs and mode != NEUTRAL):
        return True
    if mode == PLAN:
        return bool(c.verbs or limit or c.numbers)
    if text.startswith(("拟于", "将于", "拟在", "计划于"), c.start):
        return True
    if mode == ORDERS:
        return bool(
            limit
            or _begins_with_verb(text, c)
            or header(text, c.start, c.end)
            or (c.numbers and any(not m.past for m in c.times))
            or _handed(text, c)
        )
    return bool(c.will) or strict and bool(c.verbs)


def _binds(text: str, c: Clause) -> bool:
    """Whether an office of its own name must do something, in a text that is no official one."""
    named = any(
        o.kind == "unit" and o.end - o.start >= SHORT_NAME and not general(text, (o.start, o.end))
        for o in c.owners
    )
    return (
        named
        and c.modal
        and not text.startswith("应该", c.after)
        and bool(MUST.match(text, c.after, c.end))
    )


def _handed(text: str, c: Clause) -> bool:
    return bool(CONDITION.match(text, c.start, c.end)) and bool(c.verbs)


_HANDLES = pattern(r"[^，。；]{0,6}[将把](?![来军近])")


def _begins_with_verb(text: str, c: Clause) -> bool:
    near = any(first - c.start <= 6 for first, _ in c.verbs)
    return near or bool(c.verbs and _HANDLES.match(text, c.start, c.end))


def _prepares(text: str, c: Clause, after: int, mode: str) -> bool:
    """Whether the clause before the order belongs to its row: a topic, a condition, a bare subject."""
    if orders.states(text, c.start, c.end) and not c.owners or "确定为" in text[c.start : c.end]:
        return False
    if mode in (PLAN, GOALS):
        return not c.past or bool(c.owners) or bool(CONDITION.match(text, c.start, c.end))
    if c.numbers and text.startswith("由", after):
        return True
    if c.owners or CONDITION.match(text, c.start, c.end) or header(text, c.start, c.end):
        return not text.startswith(("今年确定", "以习近平"), c.start)
    return c.end - c.start <= 12 and not c.verbs and not c.past and not c.numbers


def executable(text: str, kept: list[Clause], mode: str) -> bool:
    """D1 (b) and (c): work on which progress can be told, not only attitude."""
    first, last = kept[0].start, kept[-1].end
    if _ESSAYS.match(text, first, last):
        return False
    if any(c.given and c.owners or c.topic for c in kept) and not all(c.past for c in kept):
        return True
    if (
        any((c.numbers and not all(f.threshold for f in c.numbers)) for c in kept)
        and mode != NEUTRAL
    ):
        return True
    for c in kept:
        start = max(c.start, c.after if c.owners else c.start)
        if not orders.attitude_only(text, start, c.end):
            return True
    if (
        any(c.bare for c in kept)
        and last - first >= 8
        and not between(marks(text).attitude, first, last)
    ):
        return not text[first:last].endswith(orders.slogans())
    owned = [c for c in kept if c.owners and (c.modal or c.will or c.times)]
    return (
        bool(owned)
        and any(c.times or c.numbers for c in kept)
        or bool(owned)
        and _plain_order(text, first, last, owned)
    )


def _plain_order(text: str, first: int, last: int, owned: list[Clause]) -> bool:
    """An owner who must do something in words the lists do not know is believed, attitude is not."""
    c = owned[0]
    if any(
        o.kind == "unit" and text[o.start : o.end].startswith(("全", "各级各", "广大"))
        for o in c.owners
    ):
        return False
    if between(marks(text).attitude, c.after, last):
        return False
    return not text[first:last].endswith(orders.slogans())
