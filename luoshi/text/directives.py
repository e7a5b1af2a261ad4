"""Sentences become rows: which parts are orders, where a row begins and ends, whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from luoshi.text import orders
from luoshi.text.dates import Clock, Moment
from luoshi.text.labels import Label
from luoshi.text.marks import between, marks
from luoshi.text.orders import Clause
from luoshi.text.owners import owners_at
from luoshi.text.patterns import pattern
from luoshi.text.rows import Row, fill, is_limit, label_owners, label_times, merge, owners_of
from luoshi.text.sentences import Span, cut, parts, sentences

NARRATIVE, TOLD, NEUTRAL, ORDERS, PLAN = "narrative", "told", "neutral", "orders", "plan"
GOALS = "goals"
_GOALS = pattern(r"[^。；]{0,40}(?:目标|指标)(?:任务)?(?:是|为|如下)?：")
_INDICATOR_JOINS = pattern(r"(?:力争|争取|其中|并力争|确保|冲刺|增速|高于|比上年|同比|较上年)")
_JOINS = pattern(
    r"(?:以上|上述|前述)(?:工作|任务|事项|各项工作)[^，。]{0,24}(?:完成|负责|落实|办结)(?:到位)?$"
)
_ONLY_OWNER = pattern(
    r"[^，。；]{0,24}(?:牵头|配合|协助|参与|负责|包干|兜底落实|落实|指导|协办|承办)(?:落实|负责|完成|抓落实|实施)?$"
)
_LEADIN_TIME = pattern(r"(?:上半年|下半年|[一二三四]季度|近期|本月|\d{1,2}月(?:底前|份)?)")
_HEADER = pattern(
    r"(?:在(?P<a>[^，。；]{2,16})上(?:做|下)(?:好)?(?:文章|功夫)|(?P<b>[^，。；]{2,16})方面)$"
)
_CONDITION = pattern(
    r"(?:对|为|在|按照|按|根据|围绕|以|通过|凡|凡是|如|若|遇有|除|针对|结合|依托|依据|聚焦|瞄准|从|自|用|于|到|至|将|把|涉及|没有|逾期|确需|已)"
)
_UNFIT = pattern(
    r"(?:也要清醒|要清醒|但也要看到|要看到|也要看到|既要看到|要深刻认识|要充分认识到|要认识到|必须看到|必须清醒)"
)


INLINE_TOPIC = 28  # a topic that opens an item is shorter


@dataclass(slots=True)
class Setting:
    """What holds for a paragraph: its mode, area, clock, carried owners, conventions."""

    clock: Clock
    mode: str = ORDERS
    area: Span | None = None
    areas: dict[str, Span] = field(default_factory=dict)
    subject: dict[str, list[Span]] = field(default_factory=dict)
    leadin: dict[str, list[Span]] = field(default_factory=dict)
    stage: Moment | None = None
    first_leads: bool = False
    everywhere: list[Span] = field(default_factory=list)
    speech: bool = False
    minutes: bool = False


def prose_rows(text: str, start: int, end: int, at: Setting, *, topic_ok: bool = True) -> list[Row]:
    """The rows of a paragraph without owner labels."""
    rows: list[Row] = []
    mode, subject, area = at.mode, dict(at.leadin), at.area
    whole = sentences(text, start, end)
    goals = False
    for index, (first, last) in enumerate(whole):
        if rows and _JOINS.match(text, first, last):
            _join(text, rows, first, last, at.clock)
            continue
        hit = _GOALS.match(text, first, last)
        if hit or (goals and not _bare_order(text, first, last, at)):
            goals = True
            rows.extend(_indicators(text, hit.end() if hit else first, last, at, area))
            continue
        more = index + 1 < len(whole)
        if topic_ok and index == 0 and more and is_topic(text, first, last, at.clock):
            continue
        if more and _numbered_topic(text, first, last, whole[index + 1], at.clock):
            continue
        if text[last - 1] == "：" or orders.formula(text, first, last):
            continue
        if index and not _carries(text, first, last):
            subject = dict(at.leadin)
        mode, subject, area, made = _sentence(text, (first, last), mode, subject, area, at)
        rows.extend(made)
    return rows


def _bare_order(text: str, first: int, last: int, at: Setting) -> bool:
    """Whether a sentence after the list of indicators is an order of its own again."""
    head = orders.analysed(text, first, last, at.clock)
    return (
        any(c.orders or c.attribution for c in head)
        or not any(c.numbers for c in head)
        and not text[first:last].endswith(("任务", "目标"))
    )


def _carries(text: str, first: int, last: int) -> bool:
    for a, b in cut(text, first, last, "；，"):
        if orders.attribution(text, a, b):
            return False
        place = orders.ordinal(text, a, b)
        return bool(place == a and orders._BARE.match(text, a, b))
    return False


def is_topic(text: str, first: int, last: int, clock: Clock) -> bool:
    """A short sentence without a comma that the following ones elaborate."""
    if last - first > 26 or any(mark in text[first:last] for mark in "，；：、（"[:3]):
        return False
    made = orders.clause(text, first, last, clock)
    return not (made.owners or made.modal or made.numbers or made.times)


def _numbered_topic(text: str, first: int, last: int, following: Span, clock: Clock) -> bool:
    """一是抓好资源供给。 before the sentences that say how; 第三，强化保障，凝聚合力。 at a speech."""
    place = orders.ordinal(text, first, last)
    if place == first or last - place > 22 or orders.ordinal(text, *following) != following[0]:
        return False
    if "，" in text[place:last] and text[first] != "第":
        return False
    return not any(
        c.owners or c.modal and not c.bare or c.numbers or c.times
        for c in orders.analysed(text, place, last, clock)
    )


def _join(text: str, rows: list[Row], first: int, last: int, clock: Clock) -> None:
    """S7: 以上工作要在2月底前完成 joins the row before; its time holds for all rows above."""
    made = orders.analysed(text, first, last, clock)
    rows[-1].end = last
    rows[-1].rules.append("S7-joins")
    for row in rows:
        if row.deadline is None:
            fill(text, row, made, clock)


def _indicators(text: str, start: int, end: int, at: Setting, area: Span | None) -> list[Row]:
    rows: list[Row] = []
    for first, last in cut(text, start, end, "；，"):
        place = first
        if rows and _INDICATOR_JOINS.match(text, first, last):
            row = rows[-1]
            row.end = last
            extra = orders.clause(text, first, last, at.clock)
            fill(text, row, [extra], at.clock, own=False)
            continue
        made = orders.clause(text, place, last, at.clock)
        if last - place < 5 or orders.forecast(text, place, last):
            continue
        row = Row(place, last, area, rules=["S3-indicator"], confidence=0.9)
        fill(text, row, [made], at.clock, own=False)
        _split_respectively(text, row)
        rows.append(row)
    return rows


def _split_respectively(text: str, row: Row) -> None:
    if "分别" in text[row.start : row.end]:
        row.rules.append("K7-respectively")


def _sentence(
    text: str, span: Span, mode: str, subject: dict[str, list[Span]], area: Span | None, at: Setting
) -> tuple[str, dict[str, list[Span]], Span | None, list[Row]]:
    rows: list[Row] = []
    foretold = backward = False
    usual = mode
    if _INTRODUCES.search(text, max(span[0], span[1] - 24), span[1]):
        return mode, subject, area, []
    start, lead, mode = _after_leadin(text, *span, mode, at)
    if lead:
        subject = lead
    for first, last in parts(text, start, span[1]):
        made = orders.analysed(text, first, last, at.clock)
        made, mode = _without_attribution(text, made, mode, at.clock)
        backward = _backward(text, made, backward)
        headed = bool(made) and bool(_HEADER.match(text, made[0].start, made[0].end))
        area = _area_of(text, made, area, at)
        segments = _segments(text, made, at)
        for index, segment in enumerate(segments):
            if _heads(segment, segments[index + 1 :]):
                continue
            foretold = (
                foretold or orders.forecast(text, segment[0].start, segment[0].end)
            ) and not any(c.bare for c in segment)
            if foretold and not any(c.modal or c.will for c in segment):
                continue
            row, subject = _row(
                text, segment, mode, {} if headed else subject, area, at, within=bool(rows)
            )
            headed = False
            if row is not None:
                rows.append(row)
    if mode == TOLD:
        mode = usual
    return mode, _later(text, subject), area, rows


_LEADS_IN = pattern(
    r"[^：]{0,60}(?:要求|如下|以下|下列|任务|工作|强调|指出|措施|安排|意见|做到|重点|几点|方面|目标|事项|“[^”]{1,12}”)："
)


def _after_leadin(
    text: str, start: int, end: int, mode: str, at: Setting
) -> tuple[int, dict[str, list[Span]], str]:
    """The place after a lead-in that ends in a colon, the owners it names for what follows, the mode."""
    hit = _LEADS_IN.match(text, start, min(end, start + 80))
    if (
        not hit
        or hit.end() >= end - 3
        or text.count("“", start, hit.end()) != text.count("”", start, hit.end())
    ):
        return start, {}, mode
    owners: dict[str, list[Span]] = {}
    for c in orders.analysed(text, start, hit.end() - 1, at.clock):
        if c.attribution:
            mode = _mode_of(c.attribution, mode)
        elif c.modal or c.given:
            merge(owners, owners_of(text, c), text)
    return hit.end(), owners, mode


def _later(text: str, subject: dict[str, list[Span]]) -> dict[str, list[Span]]:
    """What a later sentence inherits: who had to lead the one job is responsible for the next."""
    kept = {
        role: list(spans)
        for role, spans in subject.items()
        if role not in ("cooperating_units", "lead_units")
    }
    for span in subject.get("lead_units", []):
        role = "lead_units" if "牵头" in text[span[0] : span[1]] else "responsible_units"
        kept.setdefault(role, []).append(span)
    return kept


_INTRODUCES = pattern(
    r"(?:以下|如下|下列)(?:几|[一二三四五六七八九十]{1,2})?(?:件|项|个|点|方面)*[^，。；：]{0,8}$|几(?:件|项|点|个)[^，。；：]{0,10}$"
)
_REVIEWS = pattern(r"(?:去年|过去[一的两三几五]|上年|一年来|今年以来|上半年来|近年来|20\d{2}年)")


def _backward(text: str, made: list[Clause], before: bool) -> bool:
    """A sentence that begins in the past stays there until somebody must do something."""
    if (
        made
        and made[0].past
        and not made[0].modal
        and _REVIEWS.match(text, made[0].start, made[0].end)
    ):
        before = True
    for at, c in enumerate(made if before else []):
        if c.modal or c.bare or c.will:
            return False
        made[at] = replace(c, past=True)
    return before


def _without_attribution(
    text: str, made: list[Clause], mode: str, clock: Clock
) -> tuple[list[Clause], str]:
    """The clauses after the last one that says who speaks, and the mode that the speech verb sets."""
    kept: list[Clause] = []
    for c in made:
        verb = c.attribution
        if verb:
            mode = _mode_of(verb, mode)
            kept = []
            continue
        verb, after = orders.glued_attribution(text, c.start, c.end)
        if verb:
            mode = _mode_of(verb, mode)
            c = orders.clause(text, after, c.end, clock)
            kept = []
        kept.append(c)
    return kept, mode


def _mode_of(verb: str, mode: str) -> str:
    if verb in orders.WISHING or verb.startswith("一致"):
        return NARRATIVE
    if verb in orders.REPORTING:
        return TOLD
    if verb in orders.TELLING or verb in ("最后说", "说", "讲到"):
        return NEUTRAL
    return ORDERS if mode != PLAN else PLAN


def _area_of(text: str, made: list[Clause], area: Span | None, at: Setting) -> Span | None:
    if not made:
        return area
    hit = _HEADER.match(text, made[0].start, made[0].end)
    if not hit:
        return area
    group = "a" if hit["a"] else "b"
    name = text[hit.start(group) : hit.end(group)]
    return at.areas.get(name, hit.span(group) if name in at.areas else area)


SHORT_HEAD = 7  # 要排查隐患: a topic in the form of an order, in front of who must do what


def _heads(segment: list[Clause], later: list[list[Clause]]) -> bool:
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


def _segments(text: str, made: list[Clause], at: Setting) -> list[list[Clause]]:
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
    if len(group) == 1 and _HEADER.match(text, group[0].start, group[0].end):
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
    if all(not _settled(text, g) for g in group):
        return False
    if c.owners and _new_subject(text, group, c):
        return True
    if c.bare and not (c.owners and c.topic):
        return True
    return _second_figure(text, group, c)


def _settled(text: str, g: Clause) -> bool:
    """Whether a clause says something by itself and does not only prepare the next one."""
    if text[g.end - 1] == "的" and not g.bare:
        return False
    if g.owners and not (g.modal or g.will or g.given):
        return (
            bool(g.verbs or g.times and any(m.before for m in g.times))
            and not g.past
            and not _CONDITION.match(text, g.after, g.end)
            and not text.startswith(("是", "作为"), g.after)
        )
    if g.modal or g.bare or g.will:
        return True
    if _CONDITION.match(text, g.start, g.end) or text[g.end - 1] in "的时后中":
        return bool(g.numbers) and not all(f.threshold for f in g.numbers)
    return g.past or bool(g.numbers or g.verbs) or g.end - g.start > 14


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
    had_number = any(_counts(text, g) for g in group)
    had_time = any(_limits(text, g) for g in group)
    number, time = _counts(text, c), _limits(text, c)
    if not (number or time) or not (had_number or had_time):
        return False
    if number and had_number and _own_metric(text, c):
        return True
    if orders._FORECAST.match(text, c.start, c.end) or text.startswith(
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
    return any(not f.threshold and f.unit not in ("小时", "次", "天") for f in c.numbers)


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


def _row(
    text: str,
    segment: list[Clause],
    mode: str,
    subject: dict[str, list[Span]],
    area: Span | None,
    at: Setting,
    *,
    within: bool,
) -> tuple[Row | None, dict[str, list[Span]]]:
    own = _owners(text, segment)
    proposer = _proposer(text, segment)
    if proposer:
        subject = proposer
    opening = _opening(text, segment, mode, within)
    if (
        opening is None
        or _permits(text, segment[opening:])
        or not _executable(text, segment[opening:], mode)
    ):
        return None, own or subject
    kept = segment[opening:]
    start = orders.ordinal(text, kept[0].start, kept[0].end)
    row = Row(start, kept[-1].end, area)
    fill(text, row, kept, at.clock)
    specific = {role: spans for role, spans in row.owners.items() if role != "cooperating_units"}
    if specific:
        subject = _subject_of(text, kept) or subject or specific
    elif subject and (within or kept[0].bare or at.leadin or segment[0].start > start or True):
        merge(row.owners, subject, text)
        row.rules.append("O1-carried")
    row.rules.insert(0, _why(kept, mode))
    if _UNFIT.match(text, start, row.end):
        return None, subject
    row.subject = subject
    return row, subject


_AGREES = pattern(r"(?:会议)?(?:原则(?:上)?)?(?:同意|通过)(?:了)?(?:由)?")
_PROPOSES = pattern(
    r"(?:提出的|提交的|关于|起草的|拟定的|上报的|呈报的|拟订的|制定的|报送的|编制的)"
)


def _proposer(text: str, segment: list[Clause]) -> dict[str, list[Span]]:
    """O6: who proposed the paper that was agreed to is responsible for what follows."""
    for c in segment:
        hit = _AGREES.match(text, c.start, c.end)
        if hit:
            named, after = owners_at(text, hit.end(), c.end)
            if named and _PROPOSES.match(text, after, c.end):
                return {"responsible_units": [(o.start, o.end) for o in named]}
    return {}


def _subject_of(text: str, kept: list[Clause]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for c in kept:
        if c.topic and not c.modal and len(kept) == 1 and c.owners[0].start - c.start > 3:
            continue
        for role, spans in owners_of(text, c).items():
            if not found.get(role):
                found[role] = spans
    return found


def _owners(text: str, segment: list[Clause]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for c in segment:
        merge(found, owners_of(text, c), text)
    return found


def _why(kept: list[Clause], mode: str) -> str:
    if any(c.owners and c.modal for c in kept):
        return "D1-owner-must"
    if any(c.modal or c.bare for c in kept):
        return "D1-must"
    if any(c.owners for c in kept):
        return "D1-owner-does"
    return "D1-imperative" if mode in (ORDERS, PLAN) else "D1-announced"


_NEEDS_ALL = ("需要全", "需要我们", "需要大家", "需要各级", "离不开", "同志们")
_ESSAYS = pattern(
    r"(?:要)?(?:着力|重点|切实|努力)?(?:做好|写好|做实|书写好)“?[一二三四五六七八九十]{1,2}篇(?:大)?文章”?$"
)
_PERMITS = pattern(r"[^，。；]{0,24}(?<![许不认])(?:可以|可)(?![靠能持行再视追量操复控见爱观比喜])")


def _permits(text: str, kept: list[Clause]) -> bool:
    """D5: the first order of an unlabelled sentence only permits (可结合实际…)."""
    main = [
        c for c in kept if not (_CONDITION.match(text, c.start, c.end) or text[c.end - 1] == "的")
    ]
    first = next((c for c in main if c.verbs or c.modal), kept[0])
    return (
        not any(c.bare for c in kept)
        and bool(_PERMITS.match(text, first.start, first.end))
        and not first.numbers
    )


def _opening(text: str, segment: list[Clause], mode: str, within: bool) -> int | None:
    """The index of the clause where the order begins; None when the segment is no order."""
    if any(text.startswith(_NEEDS_ALL, c.start) for c in segment):
        return None
    if (
        not any(c.modal or c.bare for c in segment)
        and any(orders.states(text, c.start, c.end) for c in segment)
        and mode != ORDERS
    ):
        return None
    usable = [i for i, c in enumerate(segment) if not _dropped(text, c, mode)]
    if not usable or mode in (NARRATIVE, TOLD):
        return None
    opener = next((i for i in usable if _gives_order(text, segment[i], mode)), None)
    if (
        opener is None
        and within
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
            or _HEADER.match(text, c.start, c.end)
            or (c.numbers and any(not m.past for m in c.times))
            or _handed(text, c)
        )
    return bool(c.will) or strict and bool(c.verbs)


def _handed(text: str, c: Clause) -> bool:
    return bool(_CONDITION.match(text, c.start, c.end)) and bool(c.verbs)


def _begins_with_verb(text: str, c: Clause) -> bool:
    return any(first - c.start <= 6 for first, _ in c.verbs)


def _prepares(text: str, c: Clause, after: int, mode: str) -> bool:
    """Whether the clause before the order belongs to its row: a topic, a condition, a bare subject."""
    if orders.states(text, c.start, c.end) and not c.owners or "确定为" in text[c.start : c.end]:
        return False
    if mode in (PLAN, GOALS):
        return not c.past or bool(c.owners) or bool(_CONDITION.match(text, c.start, c.end))
    if c.numbers and text.startswith("由", after):
        return True
    if c.owners or _CONDITION.match(text, c.start, c.end) or _HEADER.match(text, c.start, c.end):
        return not text.startswith(("今年确定", "以习近平"), c.start)
    return c.end - c.start <= 12 and not c.verbs and not c.past and not c.numbers


def _executable(text: str, kept: list[Clause], mode: str) -> bool:
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
        return not text[first:last].endswith(orders._slogans())
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
    return not text[first:last].endswith(orders._slogans())


def labelled_rows(
    text: str, start: int, end: int, labels: list[Label], at: Setting, title: Span | None
) -> list[Row]:
    """The rows of an item with owner labels (S4): one per label, own sentences of owners apart."""
    rows: list[Row] = []
    first = title[0] if title else start
    for label in labels:
        if label.first_leads:
            at.first_leads = True
        stop = label.start
        rows.extend(
            _labelled(text, first, stop, label, at, titled=bool(title) and label is labels[0])
        )
        if label.everywhere:
            at.everywhere = label.everywhere
        first = label.end
        while first < end and text[first] in "。；， \n":
            first += 1
    if end - first > 6:
        rows.extend(prose_rows(text, first, end, at, topic_ok=False))
    return rows


def _labelled(
    text: str, start: int, end: int, label: Label, at: Setting, *, titled: bool
) -> list[Row]:
    pieces = [span for span in sentences(text, start, end) if span[1] > span[0]]
    groups: list[list[Span]] = []
    apart: list[bool] = []
    for span in pieces:
        for part in _owned_parts(text, span, at):
            alone = _stands_alone(text, part, at, bool(groups))
            if groups and not alone and not apart[-1]:
                groups[-1].append(part)
            else:
                groups.append([part])
                apart.append(alone)
    if len(groups) > 1 and len(groups[0]) == 1 and apart[1]:
        if titled:
            groups[:2] = [groups[0] + groups[1]]
        elif groups[0][0][1] - groups[0][0][0] <= INLINE_TOPIC and not any(
            ch.isdigit() for ch in text[slice(*groups[0][0])]
        ):
            del groups[0]
    elif titled and len(groups) > 1 and len(groups[0]) == 1:
        groups[:2] = [groups[0] + groups[1]]
    rows = []
    for spans in groups:
        row = _label_row(text, spans, label, at)
        if row is not None:
            rows.append(row)
    return rows


def _owned_parts(text: str, span: Span, at: Setting) -> list[Span]:
    """The sentence, cut at a semicolon where a new owner begins."""
    found: list[Span] = []
    for first, last in parts(text, *span):
        head = orders.analysed(text, first, last, at.clock)
        if found and not (head and head[0].owners and head[0].modal):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _stands_alone(text: str, span: Span, at: Setting, later: bool) -> bool:
    made = orders.analysed(text, *span, at.clock)
    if not made:
        return False
    head = made[0]
    if head.owners and not head.topic and (head.modal or text.startswith("负责", head.after)):
        return True
    starts_with_time = any(
        m.start - head.start <= 1 and m.before or text[head.start] == "到" and m.kind == "year"
        for m in head.times
    )
    return starts_with_time and later


def _label_row(text: str, spans: list[Span], label: Label, at: Setting) -> Row | None:
    first, last = spans[0][0], spans[-1][1]
    first = orders.ordinal(text, first, last)
    if last - first < 4:
        return None
    made = [
        c
        for span in spans
        for part in parts(text, *span)
        for c in orders.analysed(text, *part, at.clock)
    ]
    if all(orders.praise(text, c.start, c.end) or c.past and not c.modal for c in made):
        return None
    row = Row(first, last, at.area, rules=["S4-label"], confidence=0.95)
    fill(text, row, made, at.clock, strict=True)
    label_owners(text, row, label, first_leads=at.first_leads)
    if at.everywhere:
        merge(row.owners, {"responsible_units": at.everywhere}, text)
    if "deadline" in label.fields:
        label_times(text, row, label, at.clock)
    return row
