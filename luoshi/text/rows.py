"""A row of the task table while it is being put together, and what its sentence says of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.text.clauses import Clause, attributive
from luoshi.text.dates import Clock, Moment, moments
from luoshi.text.labels import ROLES, Label
from luoshi.text.marks import marks
from luoshi.text.owners import Owner, owners_at, split_names, strong
from luoshi.text.patterns import pattern
from luoshi.text.reach import targets_of
from luoshi.text.sentences import Span, clauses
from luoshi.text.targets import Figure

_LEADS = pattern(
    r"(?:要|应|须|将|负责|继续|做好|发挥|抓好|切实|具体|总|全面|共同|分别|联合|各自|统一){0,4}(?:牵头|牵个头|抓总|主办)"
)
_OF_A_LINE = pattern(r"[牵分主包挂联责带链河林田同]|班子|领导小组")
_COORDINATES = pattern(
    r"(?:要|应|须|将|负责|继续|做好|抓好|切实|具体|总|全面|全程){0,4}(?:牵头|抓总|主办|协调|统筹|调度|挂帅|领衔|总负责|负总责)"
)
_HELPS = pattern(
    r"(?:负责)?(?:积极|主动|全力|协同|做好|共同)?(?:配合|协助|协办|参与|指导)(?!机制|作用|下)"
)
_HELPED = pattern(r"(?:牵头|负责)[、](?P<l>[^，。；：]{2,30}?)(?:配合|参与|协助|协办)(?!的)")
_WITH = pattern(r"(?:会同|联合|联同|偕同|商|协同)(?=[\u3400-\u9fff])")
_BY = pattern(r"由(?<![理自经缘事]由)")
_GENERAL = pattern(
    r"(?:全[区市县镇省州校院](?:上下|各级)?|集团上下|公司上下|全系统|各级各部门|各级|各地(?:区)?(?:各(?:有关)?部门)?|各(?:有关|相关)?单位|各(?:有关|相关)?部门|有关(?:部门|单位|方面)|我们|大家|各方(?:面)?|国务院有关部门|各有关地区和部门|各级领导干部|广大[^，]{0,8}|各级应急[^，]{0,8})$"
)
_PLANNED = pattern(
    r"《[^》]{4,60}》|“[^”]{2,16}”(?:行动|工程|计划|活动|机制|专项|项目)(?!成[果效])"
)
_CAMPAIGN = pattern(r"(?:年|专项|攻坚)行动")
_HAN = pattern(r"[\u3400-\u9fff]{2}")
_NOT_LIMIT = pattern(
    r"[^，。；]{0,3}(?:以来|印发的|发布的|出台的|召开[的了]|会议(?!室)|工作会|实施的|至今|期间的)|度(?!(?:内|末|底|前))"
)


@dataclass(slots=True)
class Row:
    """One row. Spans are of the folded text; `rules` and `doubts` are codes."""

    start: int
    end: int
    area: Span | None = None
    owners: dict[str, list[Span]] = field(default_factory=dict)
    deadline: Moment | None = None
    milestones: list[tuple[Span, Moment]] = field(default_factory=list)
    targets: list[tuple[Span, Figure]] = field(default_factory=list)
    verbs: list[Span] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    subject: dict[str, list[Span]] = field(default_factory=dict)
    confidence: float = 0.85


def merge(into: dict[str, list[Span]], more: dict[str, list[Span]], text: str) -> None:
    """Put the owners of `more` behind those of `into`, each name once in a role."""
    for role, spans in more.items():
        kept = into.setdefault(role, [])
        if not spans:
            continue
        if not kept and len(spans) == 1:
            kept.append(spans[0])
            continue
        names = {text[a:b] for a, b in kept}
        for span in spans:
            if text[span[0] : span[1]] not in names:
                names.add(text[span[0] : span[1]])
                kept.append(span)


_LEADING = frozenset("要应须将负继做发抓切具总全共牵主分联各统")
_HELPING = frozenset("负积主全协做共同配参指")


def role_of(text: str, owner: Owner, after: int, end: int) -> str:
    """The role of an owner whose predicate begins at `after`."""
    name = text[owner.start : owner.end]
    if owner.kind == "leader":
        leads = _OF_A_LINE.search(name) or _COORDINATES.match(text, after, min(end, after + 16))
        return "lead_leaders" if leads else "responsible_people"
    if owner.kind == "person":
        stop = min(end, after + 16)
        led = name.endswith("同志") and _COORDINATES.match(text, after, stop)
        led = led or name.endswith("长") and _LEADS.match(text, after, stop)
        return "lead_leaders" if led else "responsible_people"
    if (
        "牵头" in name
        or "主办" in name
        or "主责" in name
        or text[after : after + 1] in _LEADING
        and _LEADS.match(text, after, min(end, after + 16))
    ):
        return "lead_units"
    if "责任" in name:
        return "responsible_units"
    if (
        "配合" in name
        or "协办" in name
        or "协助" in name
        or text[after : after + 1] in _HELPING
        and _HELPS.match(text, after, min(end, after + 10))
    ):
        return "cooperating_units"
    return "responsible_units"


_NOBODY = ("我们", "大家")  # who speaks and who listens own nothing
_ABOUT = ("关于", "提出的", "提交的", "报送的", "起草的", "上报的", "呈报的")
_BY_RULE = ("根据", "按照", "结合", "依据", "围绕", "对照", "依照")


def owners_of(text: str, clause: Clause, *, leads: bool = False) -> dict[str, list[Span]]:
    """The owners that one clause names, by role; `leads` when the next clause says what they must do."""
    found: dict[str, list[Span]] = {}
    if text.startswith(_ABOUT, clause.after):
        return found
    does = (
        leads
        or clause.modal
        or clause.will
        or clause.given
        or clause.verbs
        or clause.times
        or text[clause.after : clause.after + 1] in ("对", "把", "将")
        or _HELPS.match(text, clause.after, clause.end)
        or text.startswith(_BY_RULE, clause.after)
    )
    for owner in clause.owners if does or clause.after >= clause.end else []:
        if text[owner.start : owner.end] in _NOBODY:
            continue
        role = role_of(text, owner, clause.after, clause.end)
        found.setdefault(role, []).append(_bare_name(text, owner))
    _further(text, clause, found)
    return found


def _bare_name(text: str, owner: Owner) -> Span:
    """The name without 同志 behind a person's name."""
    words = text[owner.start : owner.end]
    return owner.start, owner.end - 2 if words.endswith("同志") and len(words) <= 6 else owner.end


def _further(text: str, clause: Clause, found: dict[str, list[Span]]) -> None:
    start, end = clause.start, clause.end
    if text.find("会同", start, end) >= 0 or text.startswith(_JOINTLY, clause.after):
        _together(text, clause, found)
    if text.find("由", start + 2, end) >= 0:
        _handed(text, clause, found)
    if text.find("头、", start, end) >= 0 or text.find("责、", start, end) >= 0:
        for hit in _HELPED.finditer(text, start, end):
            found.setdefault("cooperating_units", []).extend(split_names(text, *hit.span("l")))
    if not found.get("cooperating_units"):
        found.pop("cooperating_units", None)


_JOINTLY = ("联合", "联同", "偕同", "商", "协同")


def _together(text: str, clause: Clause, found: dict[str, list[Span]]) -> None:
    """The units behind 会同, and those behind 联合 and the like right after the subject."""
    inside = marks(text).quoted
    for hit in _WITH.finditer(text, clause.start, clause.end):
        at_subject = clause.owners and hit.start() == clause.after
        if inside[hit.start()] or (hit[0] != "会同" and not at_subject):
            continue
        named, _ = owners_at(text, hit.end(), clause.end)
        if not named:
            named, _ = owners_at(text, hit.end(), clause.end, given=True)
        found.setdefault("cooperating_units", []).extend((o.start, o.end) for o in named)


def _handed(text: str, clause: Clause, found: dict[str, list[Span]]) -> None:
    """The owners behind 由 that are not the subject."""
    inside = marks(text).quoted
    known = {owner.start for owner in clause.owners}
    for hit in _BY.finditer(text, clause.start + 2, clause.end):
        if inside[hit.start()] or hit.end() in known:
            continue
        named, after = owners_at(text, hit.end(), clause.end, given=True)
        if after < clause.end and (text[after] == "的" or attributive(text, after, clause.end)):
            continue
        for owner in named:
            found.setdefault(role_of(text, owner, after, clause.end), []).append(
                (owner.start, owner.end)
            )


def fill(
    text: str, row: Row, made: list[Clause], clock: Clock, *, own: bool = True, strict: bool = False
) -> None:
    """Put owners, times, figures and verbs of the clauses into the row.

    `strict`: in an item with an owner label, a unit counts only where the words oblige it.
    """
    for index, clause in enumerate(made):
        told = clause.past and not (clause.modal or clause.will or clause.given)
        if own and not told and not (strict and not _obliged(text, clause)):
            leads = index + 1 < len(made) and made[index + 1].bare
            merge(row.owners, owners_of(text, clause, leads=leads), text)
        row.verbs.extend(clause.verbs)
    limits = [
        (clause, moment)
        for clause in made
        if clause.times
        for moment in clause.times
        if is_limit(text, clause.start, moment, clause)
    ]
    set_deadline(text, row, limits)
    row.targets.extend(targets_of(text, made))


def _obliged(text: str, clause: Clause) -> bool:
    if not clause.owners or clause.given:
        return True
    first = clause.owners[0]
    return (
        clause.modal
        and strong(text, clause.after)
        in ("要", "应", "须", "负责", "不得", "牵头", "需", "会同", "请")
        or text[first.start : first.end].endswith("财政")
    )


_AS_A_WHOLE = pattern(
    r"(?:全年|年内|本年度)(?:的)?(?:经济社会|各项|目标|任务|工作|重点|计划|指标|预算|主要|既定|收支|生产|经营)"
)


_RANGE = pattern(r"至(?!少|今|多)|[—~～-]")


def is_limit(text: str, start: int, moment: Moment, clause: Clause) -> bool:
    """Whether the time says by when or how often, not since when or which paper is meant."""
    after = min(len(text), moment.end + 8)
    if moment.past or not moment.before and _NOT_LIMIT.match(text, moment.end, after):
        return False
    if moment.start - start > 3 and _AS_A_WHOLE.match(text, moment.start):
        return False
    before = text[max(start, moment.start - 1) : moment.start]
    if before in ("较", "比") and moment.kind == "year":
        return False
    if moment.kind in ("year", "quarter", "month") and _RANGE.match(text, moment.end):
        return False  # the beginning of a span of time
    if moment.kind == "year" and not moment.before:
        word = text[moment.start : moment.end]
        if before in ("从", "自"):
            return False
        if word[0].isdigit() and moment.start - start <= 3 and _FINISHED.match(text, moment.end):
            return True
        if before == "到" or word in ("今年", "明年"):
            return before == "到" or bool(clause.numbers) and moment.start - clause.start <= 3
        return bool(clause.numbers) and text[moment.end : moment.end + 1] not in "的度"
    if moment.kind == "relative":
        return _relative_limit(text, moment, clause)
    if before in ("从", "自") and moment.kind == "year":
        return False
    return not (
        text[moment.end : moment.end + 1] == "的"
        and not moment.before
        and moment.kind != "recurring"
    )


_FINISHED = pattern(
    r"[^，。；]{0,6}(?:完成|建成|建好|竣工|投用|投产|启用|通车|交付|达到|实现|全覆盖|开工|启动|力争|争取|投入)"
)


def _relative_limit(text: str, moment: Moment, clause: Clause) -> bool:
    if moment.value.startswith("PT"):
        return False
    return not (
        moment.value.endswith("Y") and text.startswith(("对", "免", "不", "享", "给"), moment.end)
    )


def _ends(moment: Moment) -> tuple[str, str]:
    """Year and day on which the time ends, to tell the last of several steps; "" where none is told."""
    year, _, rest = moment.value.partition("-")
    if moment.kind in ("relative", "recurring") or not year:
        return "", ""
    closing = {"Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12", "H1": "06", "H2": "12", "": "12"}
    month = closing.get(rest, rest)
    return year, month if len(month) > 2 else f"{month}-31"


def set_deadline(text: str, row: Row, limits: list[tuple[Clause, Moment]]) -> None:
    """The last step is the deadline, the steps before it are milestones."""
    dated = [(c, m) for c, m in limits if m.kind != "recurring"]
    strict = [
        (c, m) for c, m in dated if m.before or m.kind in ("date", "month", "quarter", "half")
    ]
    known = [(c, m) for c, m in strict if m.value]
    chosen = known or strict or dated or limits
    if not chosen:
        return
    last = max(range(len(chosen)), key=lambda at: (_ends(chosen[at][1]), at))
    row.deadline = chosen[last][1]
    for made, moment in (step for at, step in enumerate(chosen) if at != last):
        if moment.value != row.deadline.value and moment.kind != "recurring":
            row.milestones.append(((made.start, made.end), moment))
    if len({m.end for _, m in chosen}) > 1 and chosen[-1][1].kind == "recurring":
        row.deadline = chosen[0][1]


def label_owners(text: str, row: Row, label: Label, *, first_leads: bool) -> None:
    """The label's owners go to the row; under 'the first one leads' the first named unit leads."""
    owners = {role: list(spans) for role, spans in label.owners.items()}
    units = owners.get("responsible_units", [])
    if first_leads and units and not owners.get("lead_units"):
        first = next((span for span in units if text[span[0]] != "各"), None)
        if first is not None and first == units[0]:
            owners["lead_units"] = [first]
            owners["responsible_units"] = units[1:]
    taken = {text[a:b] for spans in row.owners.values() for a, b in spans}
    for role in ROLES:
        fresh = [span for span in owners.get(role, []) if text[span[0] : span[1]] not in taken]
        if fresh:
            merge(row.owners, {role: fresh}, text)


def label_times(text: str, row: Row, label: Label, clock: Clock) -> None:
    """The deadline field of a label: its last time is the deadline, the others are milestones."""
    for start, end in label.fields.get("deadline", []):
        steps = [
            (span, moment)
            for span in clauses(text, start, end)
            for moment in moments(text, clock, *span)
        ]
        if not steps:
            continue
        row.deadline = steps[-1][1]
        row.milestones = [(span, m) for span, m in steps[:-1] if m.value != row.deadline.value]


def general(text: str, span: Span) -> bool:
    """Whether the name binds nobody in particular (全区上下, 各有关部门)."""
    return bool(_GENERAL.fullmatch(text, *span))


def hard(text: str, row: Row) -> bool:
    """Whether the row binds: a specific owner, a time, a figure, a named project or paper."""
    if row.deadline is not None or row.targets:
        return True
    if any(not general(text, span) for spans in row.owners.values() for span in spans):
        return True
    return bool(_PLANNED.search(text, row.start, row.end)) or any(
        _HAN.match(text, hit.start() - 2)
        for hit in _CAMPAIGN.finditer(text, row.start + 2, row.end)
    )
