"""What a row must reach: which figures are targets, and what they count."""

from __future__ import annotations

from luoshi.text.clauses import Clause
from luoshi.text.patterns import pattern
from luoshi.text.sentences import LISTED, Span, cut
from luoshi.text.targets import COUNTERS, Figure

_FROM = pattern(r"[由从][^，。；\d]{0,11}$")
_TO = pattern(r"[^，。；\d]{0,8}[到至为]")
_EACH = pattern(
    r"(?P<list>[^，。；：]{2,60}?)(?:均|都|全部)(?:要|须|需|应|能)?(?:达到|达|不低于|不少于|超过|保持在|保持|稳定在|控制在|提高到|提升到|实现|高于|低于)?$"
)
_SHARED = pattern(r"(?P<list>[^，。；：、]{2,20}(?:、[^，。；：、]{1,12}){1,5})各$")
_MEASURES = ("率", "度", "量", "比", "比例", "占比", "值", "指数", "覆盖面")
_CAPPED = pattern(
    r"(?:最高|封顶|上限|给予|一次性(?:补贴|补助|奖励)|(?:补贴|补助|奖励)(?!资金|经费)|标准为?|罚款|处以)[^，。；\d]{0,6}$"
)
_TERMS = pattern(r"(?:租期|公示|公示期|有效期|任期|合同期|试用期|期限|保质期|为期)[^，。]{0,6}$")
_METRIC_EDGE = pattern(
    r"(?:力争|争取|确保|达到|达|完成|实现|突破|超过|不少于|不低于|不得低于|至少|提高到|提升到|增加到|扩展到|压缩到|压缩至|控制在|稳定在|保持在|冲刺|要|在|将|把|年内|全年|今年|其中|不超过|约|共|再|均|各|总数|到|为){1,8}$"
)
_BASE = pattern(
    r"(?:[由从]|较)[^，。；\d]{0,6}\d[\d.,]{0,8}[^，。；]{0,12}$|\d[\d.]{0,8}[%个家]?(?:至|到|[-—~～])$"
)


def targets_of(text: str, made: list[Clause]) -> list[tuple[Span, Figure]]:
    """The figures that the clauses of a row say must be reached, with what they count."""
    found: list[tuple[Span, Figure]] = []
    shared: dict[int, Span] = {}
    subject: Span | None = None
    for clause in made:
        if clause.past and not clause.modal and not clause.owners:
            continue
        if _foretold(text, clause):
            continue
        shared = _respectively(text, clause)
        for figure in clause.numbers:
            if figure.threshold or _not_target(text, clause, figure):
                continue
            metric = shared.get(figure.start) or _metric(text, clause, figure) or subject
            if metric is None:
                metric = (
                    (clause.start, figure.start)
                    if figure.start > clause.start
                    else (figure.end, clause.end)
                )
            subject = metric
            figure = _like_before(text, found, figure)
            found.extend([(metric, figure)] * _times(text, clause, figure))
    return found


def _respectively(text: str, clause: Clause) -> dict[int, Span]:
    """What each of several figures counts where 分别 stands before them (A、B分别达到65%、100%)."""
    at = text.find("分别", clause.start, clause.end)
    figures = [figure for figure in clause.numbers if figure.start > at]
    names = cut(text, clause.start, at, LISTED) if at > 0 and len(figures) > 1 else []
    if len(names) != len(figures):
        return {}
    return {figure.start: name for figure, name in zip(figures, names, strict=True)}


def _like_before(text: str, found: list[tuple[Span, Figure]], figure: Figure) -> Figure:
    """The figure with the comparison of the one before in a list (分别达到65%、100%)."""
    before = found[-1][1] if found else None
    if before is None or figure.operator != "=" or before.unit != figure.unit:
        return figure
    between = text[before.end : figure.start]
    return figure._replace(operator=before.operator) if between in ("、", "和") else figure


def _times(text: str, clause: Clause, figure: Figure) -> int:
    """How many measures reach the figure (面商率、办结率均达到100%: two)."""
    hit = _SHARED.match(text, clause.start, figure.start)
    if hit and not hit["list"].endswith(("市", "县", "区", "乡", "镇", "村", "局")):
        return len(hit["list"].split("、"))
    hit = _EACH.match(text, clause.start, figure.start)
    if not hit or hit.end() != figure.start:
        return 1
    names = hit["list"].replace("和", "、").replace("及", "、").split("、")
    return len(names) if len(names) > 1 and all(n.endswith(_MEASURES) for n in names) else 1


def _foretold(text: str, clause: Clause) -> bool:
    return "预计" in text[clause.start : clause.start + 4]


def _not_target(text: str, clause: Clause, figure: Figure) -> bool:
    head = text[max(clause.start, figure.start - 12) : figure.start]
    tail = text[figure.end : figure.end + 4]
    if _FROM.search(head) and _TO.match(text, figure.end, min(clause.end, figure.end + 10)):
        return True
    if (
        figure.unit == "小时"
        and figure.value == 24
        and figure.operator == "="
        and "提前" not in head
    ):
        return True  # 24小时 is all day
    if "元" in figure.unit and (_CAPPED.search(head) or tail.startswith("的标准")):
        return True
    if "元" in figure.unit and head.endswith(
        ("每人", "每户", "每名", "每亩", "每平方米", "每吨", "每家", "每个")
    ):
        return True
    if (
        figure.unit in ("小时", "个小时", "天")
        and head.endswith("前")
        and not head.endswith("提前")
    ):
        return True
    if (
        _TERMS.search(head)
        or head.endswith(("每", "各级", "年满", "满", "以上的"))
        and figure.unit in ("周岁", "岁")
    ):
        return True
    if (
        figure.unit in ("小时", "个小时")
        and tail.startswith(("值", "在", "不", "热", "监", "轮", "待"))
        or tail.startswith(("周岁", "年", "一班", "一趟", "一次"))
    ):
        return True
    if figure.unit in ("天", "日") and ("逾期" in head or tail.startswith("以上的")):
        return True
    if figure.unit == "家" and head.endswith("内"):
        return True
    if figure.unit == "次" or (
        figure.unit in ("项", "个", "大", "条")
        and tail.startswith(("行动", "重点任务", "方面", "专项行动"))
    ):
        return True
    return any(m.start <= figure.start < m.end and m.kind != "relative" for m in clause.times)


def _metric(text: str, clause: Clause, figure: Figure) -> Span | None:
    """What is counted: the noun behind a counter (3条线路), else the words before the number without
    time and comparison, else those after."""
    behind = _behind(text, clause, figure)
    if behind is not None and figure.unit in COUNTERS:
        return behind
    return _ahead(text, clause, figure) or behind


def _ahead(text: str, clause: Clause, figure: Figure) -> Span | None:
    start, end = clause.start, figure.start
    for owner in clause.owners:
        if owner.end <= end:
            start = max(start, clause.after if clause.after <= end else start)
    for moment in clause.times:
        if moment.end <= end:
            start = max(start, moment.end)
    start = max(start, text.rfind("、", start, end) + 1, text.rfind("：", start, end) + 1)
    base = _BASE.search(text, start, end)
    end = base.start() if base else end
    edge = _METRIC_EDGE.search(text, start, end)
    last = edge.start() if edge else end
    while start < last and text[start] in _LEADING and not text.startswith(_NOT_LED, start):
        start += 1
    return (start, last) if last - start >= 2 else None


_LEADING = "要须应将把使让对前内，于至到由底末"
_NOT_LED = ("到位", "至少")
NOUN_TAIL = 3  # a verb with so few letters behind it is a part of the noun (供需对接项目)
_BEYOND = pattern(r"(?:及?以[上下内]|左右|之内|内)?(?P<noun>[\u3400-\u9fff“”]{2,30})")
_NO_NOUN = pattern(r"[以左之上下不并且和及与其中力争确保]")


def _behind(text: str, clause: Clause, figure: Figure) -> Span | None:
    """The noun behind the number, up to the next verb; behind the last 的 where there is one."""
    hit = _BEYOND.match(text, figure.end, clause.end)
    if hit is None or _NO_NOUN.match(hit["noun"]):
        return None
    start, end = hit.span("noun")
    of = text.rfind("的", start, clause.end - 2)
    if of >= 0:
        further = _BEYOND.match(text, of + 1, clause.end)
        start, end = further.span("noun") if further else (start, end)
    verbs = (a for a, b in clause.verbs if start + 2 <= a and end - b > NOUN_TAIL)
    end = min(end, next(verbs, end))
    return (start, end) if end - start >= 2 else None
