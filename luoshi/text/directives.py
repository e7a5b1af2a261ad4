"""Paragraphs become rows: sentences in order, who speaks, whose it is, which area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from luoshi.text import clauses, orders, speakers
from luoshi.text.admit import UNFIT, executable, order_begins, permits
from luoshi.text.clauses import Clause
from luoshi.text.dates import Clock
from luoshi.text.leadins import after_leadin, headed_by_time, mode_of, narrow_time, outlines, raises
from luoshi.text.owners import owners_at
from luoshi.text.patterns import pattern
from luoshi.text.rows import Row, fill, merge, owners_of
from luoshi.text.segments import grouped, header, heads_next
from luoshi.text.sentences import BOTH, Span, cut, parts, sentences
from luoshi.text.setting import GOALS, NEUTRAL, ORDERS, PLAN, STRICT, TOLD, VIEWS, Setting
from luoshi.text.topics import TOPIC, bare_topic, is_topic, numbered_topic, without_topic

Owners = dict[str, list[Span]]
_GOALS = pattern(r"[^。；]{0,40}(?:目标|指标)(?:任务)?(?:是|为|如下)?：")
_INDICATOR_JOINS = pattern(r"(?:力争|争取|其中|并力争|确保|冲刺|增速|高于|比上年|同比|较上年)")
_JOINS = pattern(
    r"(?:以上|上述|前述)(?:工作|任务|事项|各项工作)[^，。]{0,24}(?:完成|负责|落实|办结)(?:到位)?$"
)


@dataclass(slots=True)
class Course:
    """What holds from sentence to sentence of a paragraph; the last two inside one sentence."""

    mode: str
    subject: Owners
    area: Span | None
    foretold: bool = False
    backward: bool = False


def prose_rows(text: str, start: int, end: int, at: Setting, *, topic_ok: bool = True) -> list[Row]:
    """The rows of a paragraph without owner labels."""
    rows: list[Row] = []
    now = Course(at.mode, dict(at.leadin), at.area)
    time = at.leadin_time
    heading = headed_by_time(text, start, end, at.clock)
    at.leadin_time = heading or time
    whole = sentences(text, heading.end + 1 if heading else start, end)
    goals = heading is not None and at.mode == GOALS
    for index, (first, last) in enumerate(whole):
        hit = None
        if at.mode != STRICT and text.find("标", first, last) >= 0:
            hit = _GOALS.match(text, first, last)
        if rows and _JOINS.match(text, first, last):
            _join(text, rows, first, last, at.clock)
        elif hit or (goals and not _bare_order(text, first, last, at)):
            goals = True
            if hit:
                at.leadin_time = narrow_time(text, first, hit.end(), at.clock) or at.leadin_time
            rows.extend(_indicators(text, hit.end() if hit else first, last, at, now.area))
        elif text[last : last + 1] == "？":
            continue
        elif index + 1 < len(whole) and raises(text, first, last):
            now.mode = mode_of("提出", now.mode)
        elif not _announces(text, whole, index, at, topic_ok=topic_ok):
            if index and not _carries(text, first, last):
                now.subject = dict(at.leadin)
            rows.extend(_sentence(text, (first, last), now, at))
    for row in rows:
        row.deadline = row.deadline or at.leadin_time
    at.leadin_time = time
    return rows


def _announces(
    text: str, whole: Sequence[Span], index: int, at: Setting, *, topic_ok: bool
) -> bool:
    """S6: whether the sentence is a topic, introduces a list, or only transmits the paper."""
    first, last = whole[index]
    if index + 1 < len(whole):
        short = last - first <= TOPIC and text.find("要", first + 2, last) > 0
        if (topic_ok and index == 0 or short) and is_topic(text, first, last, at.clock):
            return True
        if numbered_topic(text, first, last, whole[index + 1], at.clock):
            return True
    return text[last - 1] == "：" or orders.formula(text, first, last)


def _bare_order(text: str, first: int, last: int, at: Setting) -> bool:
    """Whether a sentence after the list of indicators is an order of its own again."""
    head = clauses.analysed(text, first, last, at.clock)
    return (
        any(c.orders or c.attribution for c in head)
        or not any(c.numbers for c in head)
        and not text[first:last].endswith(("任务", "目标"))
    )


def _carries(text: str, first: int, last: int) -> bool:
    for a, b in cut(text, first, last, BOTH):
        if speakers.attribution(text, a, b):
            return False
        place = speakers.ordinal(text, a, b)
        return bool(place == a and clauses.BARE.match(text, a, b))
    return False


def _join(text: str, rows: list[Row], first: int, last: int, clock: Clock) -> None:
    """S7: 以上工作要在2月底前完成 joins the row before; its time holds for all rows above."""
    made = clauses.analysed(text, first, last, clock)
    rows[-1].end = last
    rows[-1].rules.append("S7-joins")
    for row in rows:
        if row.deadline is None:
            fill(text, row, made, clock)


def _indicators(text: str, start: int, end: int, at: Setting, area: Span | None) -> list[Row]:
    rows: list[Row] = []
    for first, last in cut(text, start, end, BOTH):
        place = first
        if rows and _INDICATOR_JOINS.match(text, first, last):
            row = rows[-1]
            row.end = last
            extra = clauses.clause(text, first, last, at.clock)
            fill(text, row, [extra], at.clock, own=False)
            continue
        made = clauses.clause(text, place, last, at.clock)
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


def _sentence(text: str, span: Span, now: Course, at: Setting) -> list[Row]:
    if outlines(text, *span):
        return []
    rows: list[Row] = []
    usual = now.mode
    now.foretold = now.backward = False
    start, lead, now.mode = after_leadin(text, *span, now.mode, at)
    now.subject = lead or now.subject
    for first, last in parts(text, start, span[1]):
        made = clauses.analysed(text, first, last, at.clock)
        made, now.mode = _without_attribution(text, made, now.mode, at.clock)
        if at.mode == STRICT and now.mode in (ORDERS, NEUTRAL):
            now.mode = STRICT
        now.backward = _backward(text, made, now.backward)
        if made and speakers.ordinal(text, made[0].start, made[0].end) > made[0].start:
            now.subject = lead if lead or first > start else now.subject
            made = without_topic(text, made)
        now.area = _area_of(text, made, now.area, at)
        rows.extend(_part(text, made, span, now, at, within=bool(rows)))
    if now.mode in (TOLD, VIEWS) or at.minutes and now.mode == NEUTRAL:
        now.mode = usual
    now.subject = _later(text, now.subject)
    return rows


def _part(
    text: str, made: list[Clause], span: Span, now: Course, at: Setting, *, within: bool
) -> list[Row]:
    """The rows of what stands between two semicolons."""
    rows: list[Row] = []
    fresh = bool(made) and bool(header(text, made[0].start, made[0].end))
    segments = grouped(text, made, at)
    agreed = False
    for index, segment in enumerate(segments):
        if agreed and not any(c.modal or c.given or c.will or c.owners or c.times for c in segment):
            continue  # D4: it says more of what was agreed to
        agreed = agreed or orders.praise(text, segment[0].start, segment[0].end)
        if heads_next(segment, segments[index + 1 :]) or bare_topic(text, segment, span):
            continue
        ordered = any(c.bare for c in segment)
        foretells = orders.forecast(text, segment[0].start, segment[0].end)
        now.foretold = (now.foretold or foretells) and not ordered
        if now.foretold and not any(c.modal or c.will for c in segment):
            continue
        subject = {} if fresh else now.subject
        fresh = False
        row, now.subject = _row(
            text, segment, now.mode, subject, now.area, at, within=within or bool(rows)
        )
        if row is not None:
            rows.append(row)
    return rows


def _later(text: str, subject: Owners) -> Owners:
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


_REVIEWS = pattern(
    r"(?:去年|过去[一的两三几五]|上年|一年来|今年以来|上半年来|近年(?:来|，|$)|截至|截止|目前|20\d{2}年|(?:民国)?1[01]\d年)"
)


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
            mode = mode_of(verb, mode)
            kept = []
            continue
        verb, after = speakers.glued_attribution(text, c.start, c.end)
        if verb:
            mode = mode_of(verb, mode)
            c = clauses.clause(text, after, c.end, clock)
            kept = []
        kept.append(c)
    return kept, mode


def _area_of(text: str, made: list[Clause], area: Span | None, at: Setting) -> Span | None:
    if not made:
        return area
    hit = header(text, made[0].start, made[0].end)
    if not hit:
        return area
    group = hit.lastgroup or "b"
    name = text[hit.start(group) : hit.end(group)]
    return at.areas.get(name, hit.span(group) if name in at.areas else area)


def _row(
    text: str,
    segment: list[Clause],
    mode: str,
    subject: Owners,
    area: Span | None,
    at: Setting,
    *,
    within: bool,
) -> tuple[Row | None, Owners]:
    own = _owners(text, segment)
    proposer = _proposer(text, segment)
    if proposer:
        subject = proposer
    opening = order_begins(text, segment, mode, within)
    if (
        opening is None
        or permits(text, segment[opening:])
        or not executable(text, segment[opening:], mode)
    ):
        return None, own or subject
    kept = segment[opening:]
    start = speakers.ordinal(text, kept[0].start, kept[0].end)
    named = kept[0].after if kept[0].owners else 0
    if text[named : named + 1] == "：" and named + 1 < kept[0].end:
        start = named + 1  # 城管办：清理占道经营: the name is a label (D3)
    row = Row(start, kept[-1].end, area)
    fill(text, row, kept, at.clock)
    specific = {role: spans for role, spans in row.owners.items() if role != "cooperating_units"}
    if specific:
        subject = _subject_of(text, kept) or subject or specific
    elif subject:
        merge(row.owners, subject, text)
        row.rules.append("O1-carried")
    row.rules.insert(0, _why(kept, mode))
    if UNFIT.match(text, start, row.end):
        return None, subject
    row.subject = subject
    return row, subject


_AGREES = pattern(r"(?:会议)?(?:原则(?:上)?)?(?:同意|通过)(?:了)?(?:由)?")
_PROPOSES = pattern(
    r"(?:提出的|提交的|关于|起草的|拟定的|上报的|呈报的|拟订的|制定的|报送的|编制的)"
)


def _proposer(text: str, segment: list[Clause]) -> Owners:
    """O6: who proposed the paper that was agreed to is responsible for what follows."""
    for c in segment:
        hit = _AGREES.match(text, c.start, c.end)
        if hit:
            named, after = owners_at(text, hit.end(), c.end)
            if named and _PROPOSES.match(text, after, c.end):
                return {"responsible_units": [(o.start, o.end) for o in named]}
    return {}


def _subject_of(text: str, kept: list[Clause]) -> Owners:
    found: Owners = {}
    for c in kept:
        if c.topic and not c.modal and len(kept) == 1 and c.owners[0].start - c.start > 3:
            continue
        for role, spans in owners_of(text, c).items():
            joined = role == "cooperating_units" and text.find("会同", c.start, c.end) >= 0
            if not found.get(role) and not joined:
                found[role] = spans
    return found


def _owners(text: str, segment: list[Clause]) -> Owners:
    found: Owners = {}
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
