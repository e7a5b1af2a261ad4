"""Where a row begins and ends inside a sentence (S2)."""

from __future__ import annotations

import re

from luoshi.text import orders
from luoshi.text.clauses import Clause
from luoshi.text.patterns import pattern
from luoshi.text.rows import is_limit
from luoshi.text.setting import Setting

_ONLY_OWNER = pattern(
    r"[^，。；]{0,24}(?:牵头|配合|协助|参与|负责|包干|兜底落实|落实|指导|协办|承办)(?:落实|负责|完成|抓落实|实施)?$"
)
_HEADER = pattern(
    r"(?:在(?P<a>[^，。；]{2,16})上(?:做|下)(?:好)?(?:文章|功夫)|(?P<b>[^，。；]{2,16})方面)$"
)


def header(text: str, start: int, end: int) -> re.Match[str] | None:
    """The header of a segment (在链条延伸上做文章, 市场开拓方面) when the clause is nothing else."""
    return _HEADER.match(text, start, end) if text[end - 1 : end] in ("章", "夫", "面") else None


CONDITION = pattern(
    r"(?:对|为|在|按照|按|根据|围绕|以|通过|凡|凡是|如|若|遇有|除|针对|结合|依托|依据|聚焦|瞄准|从|自|用|于|到|至|将|把|涉及|没有|逾期|确需|已)"
)
SHORT_HEAD = 7  # 要排查隐患: a topic in the form of an order, in front of who must do what


def heads_next(segment: list[Clause], later: list[list[Clause]]) -> bool:
    c = segment[0]
    if (
        len(segment) > 1
        or not c.bare
        or c.owners
        or c.numbers
        or c.times
        or c.end - c.start > SHORT_HEAD
    ):
        return False
    return bool(later and later[0][0].owners and later[0][0].modal)


def grouped(text: str, made: list[Clause], at: Setting) -> list[list[Clause]]:
    """The clauses of a part, grouped into rows (S2)."""
    groups: list[list[Clause]] = []
    for c in made:
        if groups and not _opens(text, groups[-1], c):
            groups[-1].append(c)
        else:
            groups.append([c])
    return groups


def _opens(text: str, group: list[Clause], c: Clause) -> bool:
    """Whether a clause begins a new row behind the clauses of the row so far."""
    if len(group) == 1 and header(text, group[0].start, group[0].end):
        return False
    if text.startswith(("其中", "并", "同时"), c.start) and not c.owners:
        return c.modal and _counts(text, c)
    if c.owners and _names_only(text, c):
        return False
    if (
        c.owners
        and c.modal
        and not c.given
        and not c.topic
        and any(g.owners and (g.past or g.verbs) for g in group)
    ):
        return True
    if c.owners and _new_subject(text, group, c) or c.bare and not (c.owners and c.topic):
        return any(_settled(text, g) for g in group)
    return _second_figure(text, group, c) and any(_settled(text, g) for g in group)


def _settled(text: str, g: Clause) -> bool:
    """Whether a clause says something by itself and does not only prepare the next one."""
    if text[g.end - 1] == "的" and not g.bare:
        return False
    if g.owners and not (g.modal or g.will or g.given):
        return (
            bool(g.verbs or g.times and any(m.before for m in g.times))
            and not g.past
            and not (CONDITION.match(text, g.after, g.end) and _prepares(text, g))
            and not text.startswith(("是", "作为"), g.after)
        )
    if g.modal or g.bare or g.will:
        return True
    if CONDITION.match(text, g.start, g.end) or text[g.end - 1] in "的时后中":
        return bool(g.numbers) and not all(f.threshold for f in g.numbers)
    return g.past or bool(g.numbers or g.verbs) or g.end - g.start > 14


_PREPARING = (
    "时",
    "前",
    "中",
    "后",
    "的",
    "规定",
    "精神",
    "职责",
    "分工",
    "实际",
    "原则",
    "安排",
    "方案",
)


def _prepares(text: str, g: Clause) -> bool:
    """Whether an owner's clause stops before it says what to do (各地在制定办法时)."""
    return text.endswith(_PREPARING, g.start, g.end) or text.startswith(("对现行", "对已"), g.after)


def _new_subject(text: str, group: list[Clause], c: Clause) -> bool:
    """S2 (i): the clause has an owner of its own as subject, or hands its topic to one."""
    if c.topic:
        words = text[c.start : c.owners[0].start - 1]
        if words[-1:] in "交转改":
            return False
        return len(words) > 1 and not words.startswith(
            ("这", "该", "此", "并", "再", "报", "提", "经", "按", "费用", "所需")
        )
    if c.given:
        return text[c.start] == "请" and not _finishes(text, c)
    return bool(c.modal or c.will or c.verbs or c.times)


def _finishes(text: str, c: Clause) -> bool:
    """请X在2月底前完成: names owner and time of the clause before, nothing more."""
    tail = text[c.after : c.end]
    return tail.endswith(("完成", "负责", "落实", "盯到底", "办理")) and len(tail) <= 16


def _names_only(text: str, c: Clause) -> bool:
    """K2: the clause only says who leads or helps."""
    return (
        bool(c.owners)
        and bool(_ONLY_OWNER.fullmatch(text, c.after, c.end))
        and c.end - c.after <= 8
        and not (c.topic and c.owners[0].start - c.start > 8)
    )


def _second_figure(text: str, group: list[Clause], c: Clause) -> bool:
    """S2 (iii): a second figure or time with a verb of its own after a first one."""
    number, time = _counts(text, c), _limits(text, c)
    if not (number or time):
        return False
    had_number = any(_counts(text, g) for g in group)
    had_time = any(_limits(text, g) for g in group)
    if not (had_number or had_time):
        return False
    if number and had_number and _own_metric(text, c):
        return True
    if orders.FORECAST.match(text, c.start, c.end) or text.startswith(
        (
            "力争",
            "争取达到",
            "冲刺",
            "比上年",
            "较上年",
            "比去年",
            "占",
            "同比",
            "增幅",
            "增速",
            "其中",
        ),
        c.start,
    ):
        return bool(time and text.startswith(("力争", "争取"), c.start) and had_time and c.verbs)
    if had_number and not had_time and time and not number:
        return False
    return bool(c.verbs) or number and (c.end - c.start) > 6


_STRETCH = pattern(r"(?:力争|争取|确保)(?:全年|年内)?(?P<m>[^，。；\d]{0,30})\d")


def _own_metric(text: str, c: Clause) -> bool:
    """力争 with a measure of its own (力争新开工项目50个) is no stretch value of the one before."""
    hit = _STRETCH.match(text, c.start, c.end)
    if not hit:
        return False
    words = hit["m"]
    for verb in ("达到", "完成", "突破", "实现", "超过", "增长", "下降", "冲刺", "做到", "达"):
        words = words.replace(verb, "")
    return len(words) >= 3


def _counts(text: str, c: Clause) -> bool:
    return bool(c.numbers) and any(
        not f.threshold and f.unit not in ("小时", "次", "天") for f in c.numbers
    )


def _limits(text: str, c: Clause) -> bool:
    for m in c.times:
        if (
            m.kind == "recurring"
            and text[m.start : m.start + 2]
            in ("每晚", "每天", "每日", "每半", "每周", "每月", "每季", "每年", "每两")
            and "前" not in text[m.start : m.end]
        ):
            continue
        if m.kind == "recurring" and any(mark in text[m.start : m.end] for mark in "点时"):
            continue
        if text[m.start - 1 : m.start] in ("从", "自") or not m.before and m.kind == "date":
            continue
        if m.kind == "relative" and m.working:
            continue
        if is_limit(text, c.start, m, c):
            return True
    return False
