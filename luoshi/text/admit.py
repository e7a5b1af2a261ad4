"""Is it a row? Where the order begins in its clauses, and whether it names work (D1)."""

from __future__ import annotations

from luoshi.text import orders
from luoshi.text.clauses import MUST, Clause
from luoshi.text.marks import between, marks
from luoshi.text.patterns import pattern
from luoshi.text.rows import general, is_limit
from luoshi.text.segments import CONDITION, NAMES, aims, header, names_only
from luoshi.text.setting import GOALS, NARRATIVE, NEUTRAL, ORDERS, PLAN, STRICT, TOLD, VIEWS

UNFIT = pattern(
    r"(?:也要清醒|要清醒|但也要看到|要看到|也要看到|既要看到|要深刻认识|要充分认识到|要认识到|必须看到|必须清醒)"
    r"|[^，。；要应须]{1,10}(?:不是|(?<!重点)(?<!关键)全?在于)(?!要)"
    r"|(?:为此，)?[^。；]{0,60}(?:制定|制订|编制|出台|拟定|形成)本(?:行动|工作|实施)?(?:计划|方案|意见|办法|细则|规划|清单|要点|通知)$"
    r"|纳入[^，。；]{1,10}的[为是]"
)
_NEEDS_ALL = (
    "让我们",
    "希望大家",
    "希望同志们",
    "希望全体",
    "希望各位",
    "需要全",
    "需要我们",
    "需要大家",
    "需要各级",
    "离不开",
    "同志们",
)
_ESSAYS = pattern(
    r"(?:要)?(?:着力|重点|切实|努力)?(?:做好|写好|做实|书写好)“?[一二三四五六七八九十]{1,2}篇(?:大)?文章”?$"
)
_PERMITS = pattern(
    r"[^，。；]{0,24}(?<![许不认])(?:可以|得(?=[依视由予以])|可(?![靠能持行再视追量操复控见爱观比喜]))"
)

_MAY = pattern("[可得]")
_REACHES = pattern(r"(?![^，。；]{0,40}(?:去年|上年|同比|以来|了|已))[^，。；]{0,40}累计")


SHORT_NAME = 3  # characters: 政府, 公司 and 企业 alone name nobody


def permits(text: str, kept: list[Clause]) -> bool:
    """D5: the first order of an unlabelled sentence only permits (可结合实际…)."""
    if not _MAY.search(text, kept[0].start, kept[-1].end) or any(c.bare or c.modal for c in kept):
        return False
    main = [
        c for c in kept if not (CONDITION.match(text, c.start, c.end) or text[c.end - 1] in "的者")
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
    if opener is None or _decided(text, segment, opener):
        return None
    start = opener
    while (
        start > 0
        and start - 1 in usable
        and _prepares(text, segment[start - 1], segment[start].start, mode)
    ):
        start -= 1
    return start


def _decided(text: str, segment: list[Clause], opener: int) -> bool:
    """Whether what stands behind 会议同意… only says more of what was agreed to (D4)."""
    behind = segment[opener:]
    if any(c.modal or c.bare or c.given or c.will or c.owners for c in behind):
        return False
    if any(m.before and m.kind != "year" for c in behind for m in c.times):
        return False
    return any(orders.praise(text, g.start, g.end) for g in segment[:opener])


def _dropped(text: str, c: Clause, mode: str) -> bool:
    if not orders.remarks(text, c.start, c.end):
        return False
    if orders.forecast(text, c.start, c.end) or orders.praise(text, c.start, c.end):
        return not c.modal or orders.praise(text, c.start, c.end) and not c.owners
    return orders.states(text, c.start, c.end) and not c.bare


def _gives_order(text: str, c: Clause, mode: str) -> bool:
    if mode == GOALS and _REACHES.match(text, c.start, c.end):
        return bool(c.numbers)
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
    if mode == VIEWS:
        return c.modal and any(o.kind == "unit" for o in c.owners)
    if c.modal or c.bare or (c.owners and (c.will or c.given)):
        return True
    limit = any(
        (m.before if m.kind == "year" else is_limit(text, c.start, m, c))
        and (mode != NEUTRAL or text[m.start : m.end] != "全年")
        for m in c.times
    )
    if c.owners and (limit or c.verbs and mode != NEUTRAL):
        return True
    if c.owners and mode != NEUTRAL and text[c.after : c.after + 1] in ("把", "将", "按", "对"):
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
    if not c.past and (text[c.end - 1] == "外" or NAMES.search(text, c.start, c.end)):
        return True
    return c.end - c.start <= 12 and not c.verbs and not c.past and not c.numbers


_FORBIDS = pattern(
    r"(?:(?<![说要拖慢舍离怪恨巴等了急松马来少见由容])不得(?=[\u3400-\u9fff]{2})|不准|不许|不允许|严禁|禁止|一律不)(?!不|了|已|懈怠|松懈|马虎|掉以|有丝毫|含糊)"
)
_PURPOSE = pattern(
    r"(?:切实|坚决|有力|全力)?(?:确保|防止|避免|让|使|为[^，。；]{2,30}(?:提供|奠定|作出|打下|注入|营造))"
)


def executable(text: str, kept: list[Clause], mode: str) -> bool:
    """D1 (b) and (c): work on which progress can be told, not only attitude."""
    first, last = kept[0].start, kept[-1].end
    if _ESSAYS.match(text, first, last) or _appeals(text, kept):
        return False
    if len(kept) == 1 and kept[0].given and not kept[0].topic and names_only(text, kept[0]):
        return False
    if any(c.given and c.owners or c.topic for c in kept) and not all(c.past for c in kept):
        return True
    if (
        any((c.numbers and not all(f.threshold for f in c.numbers)) for c in kept)
        and mode != NEUTRAL
    ):
        return True
    if len(kept) > 1 and kept[1].bare and aims(kept[0]):
        kept = kept[1:]
    if mode != STRICT and any(_FORBIDS.search(text, c.start, c.end) for c in kept):
        return True
    for at, c in enumerate(kept):
        start = max(c.start, c.after if c.owners else c.start)
        hangs = at and not c.owners and _PURPOSE.match(text, c.start, c.end)
        if hangs and between(marks(text).attitude, first, c.start):
            continue
        if not orders.attitude_only(text, start, c.end):
            return True
    if (
        any(c.bare for c in kept)
        and last - first >= 8
        and not between(marks(text).attitude, first, last)
    ):
        ends = [text[a:b] for a, b in orders.phrases(text, first, last)]
        return not any(words.endswith(orders.slogans()) for words in ends)
    owned = [
        c
        for c in kept
        if c.owners
        and (c.modal or c.will or c.times or text[c.after : c.after + 1] in ("对", "把"))
    ]
    return (
        bool(owned)
        and any(c.times or c.numbers for c in kept)
        or bool(owned)
        and _plain_order(text, first, last, owned)
    )


_AUDIENCE = pattern(
    r"(?:与会|参会|全体|广大|各位|在座|我们|大家|同志们|每[一位名个]{1,2}|人人|(?:公司|集团|机关|全[市县区镇省州校院局]|各级)(?:全体|广大)?(?:干部职工|党员干部|干部|职工|员工|同志|同仁|上下|师生))"
)
_GENERALITY = pattern(
    r"[^，。；]{0,20}(?:各项|全年|年度|既定|这些|上述|议定)[^，。；]{0,10}(?:工作|任务|目标|措施|事项|部署|决策|要求|改革)[^，。；]{0,10}"
    r"|(?:推动|促进|实现|助推)[^，。；]{0,20}(?:高质量|跨越式|可持续|更好|更快|全面|大)发展"
)


_DEVOTES = pattern(
    r"(?:而|去)?(?:不懈|努力|团结|共同|接续){0,2}(?:奋斗|拼搏)$|(?:作|做|当)(?:好)?(?:表率|先锋|贡献)$|走在前(?:列)?(?:、[^，。；]{2,6})?$"
)


def _appeals(text: str, kept: list[Clause]) -> bool:
    """Whether everybody is called upon and nothing can be counted or dated: an appeal, no task."""
    c = kept[0]
    dated = any(text[m.start : m.end] not in ("全年", "今年") for g in kept for m in g.times)
    if dated or any(g.numbers for g in kept) or not _AUDIENCE.match(text, c.start, c.end):
        return False
    if _DEVOTES.search(text, c.start, kept[-1].end):
        return True
    return all(
        _GENERALITY.fullmatch(text, *phrase) or not orders.works(text, *phrase)
        for phrase in orders.phrases(text, c.start, kept[-1].end)
    )


def _plain_order(text: str, first: int, last: int, owned: list[Clause]) -> bool:
    """An owner who must do something in words the lists do not know is believed, attitude is not."""
    c = owned[0]
    if any(
        o.kind == "unit"
        and text[o.start : o.end].startswith(("全", "各级各", "广大", "大家", "我们"))
        for o in c.owners
    ):
        return False
    if between(marks(text).attitude, c.after, last):
        return False
    return not text[first:last].endswith(orders.slogans())
