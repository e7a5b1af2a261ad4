"""The walk through the paragraphs: sections and their modes, areas, rows, what looks back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from luoshi.text import orders
from luoshi.text.dates import Moment, moments
from luoshi.text.directives import (
    GOALS,
    NARRATIVE,
    NEUTRAL,
    ORDERS,
    PLAN,
    Setting,
    is_topic,
    labelled_rows,
    prose_rows,
)
from luoshi.text.document import Document
from luoshi.text.labels import Label, owner_brackets, owner_sentence, read_fields
from luoshi.text.layout import Block
from luoshi.text.patterns import pattern
from luoshi.text.rows import Row, merge
from luoshi.text.sentences import Span, sentences
from luoshi.text.tables import table_rows

_PAST = pattern(
    r".{0,30}(?:回顾|成绩|看成绩|工作总结|完成情况|基本情况|主要成效|取得的成效|存在(?:的)?(?:主要)?问题|形势|背景|现状|情况(?:$|：)|困难和不足)"
)
_SUPPORT = pattern(
    r".{0,30}(?:保障措施|组织保障|保障$|强化保障|组织领导|组织实施|有关要求|工作要求|相关要求|几点要求|加强领导|强保障|实施步骤|工作步骤|工作进度|进度安排|监督检查|附则|工作纪律|工作保障|强化措施|加强保障|督查考核|组织推进|方法步骤|保障机制)"
)
_GOAL = pattern(r".{0,30}(?:目标|总体要求|指导思想|基本原则|总体思路|工作原则|工作思路)")
_GUIDE = pattern(r".{0,30}(?:指导思想|基本原则|总体思路|工作原则|重要意义|认识)")
_CONTAINER = pattern(
    r"(?:\d{4}年|今年|下半年|下一步|全年|当前|近期)?(?:的)?(?:主要任务|重点任务|工作措施|重点工作|主要措施|工作任务|任务分工|具体措施|政府工作任务|主要工作|工作安排|工作内容|主要内容|重点举措|工作重点|任务和措施|工作打算|任务措施|具体任务|任务分解|重点工作任务|议定事项|主要举措|工作计划|实施内容)(?:和措施|及措施|安排|及分工|分工)?$"
)
_FORWARD = pattern(
    r".{0,30}(?:\d{4}年(?:的)?(?:重点)?(?:工作|任务|总体)|今年(?:的)?(?:重点)?工作|下一步|下半年|任务|措施|安排|要求)"
)
_GOAL_SENTENCE = pattern(r"[^。；]{0,40}(?:目标|指标)(?:任务)?(?:是|为)")
_COUNTED = pattern(r"情况看|同比|数据显示|累计|去年全年|全年(?:完成|实现)")
_HEARD = pattern(r"(?:会议)?(?:听取|通报|传达|学习|审议通过|汇报)")
_LEADIN = pattern(
    r"[^。；]{2,60}(?:以下|如下|下列)[^。；]{0,10}：$|[^。；]{2,40}(?:抓好|做好|办好|完成)[^。；]{0,12}：$"
)
_REVIEW = pattern(
    r"(?:过去一年|过去的一年|去年|20\d{2}年(?:以来)?，|一年来|五年来|今年以来|上半年，|刚刚过去|——)"
)


@dataclass(slots=True)
class Heading:
    """An open heading: its level, its words, what kind of section it opens."""

    level: int
    title: Span
    kind: str
    area: bool


@dataclass(slots=True)
class Found:
    """What the walk found. `past` are sentences that may hold results."""

    rows: list[Row] = field(default_factory=list)
    areas: list[Span] = field(default_factory=list)
    past: list[Span] = field(default_factory=list)
    behind: list[Span] = field(default_factory=list)
    progress: list[Span] = field(default_factory=list)
    labelled: int = 0
    leaves: int = 0
    carrying: int = 0
    items: list[Block] = field(default_factory=list)


def walk(made: Document, explicit: Callable[[str, int, int], list[Span]]) -> Found:
    """The rows, areas and backward-looking sentences of the document."""
    found = Found()
    _tables(made, found)
    setting = Setting(made.clock, minutes=made.kind == "D", speech=made.speech)
    listed = explicit(made.text, made.blocks[0].start, made.blocks[-1].end) if made.blocks else []
    if made.kind not in ("A",):
        listed = []
    setting.areas = {made.text[a:b]: (a, b) for a, b in listed}
    _blocks(made, found, setting)
    found.rows.sort(key=lambda row: (row.start, row.end))
    headings = _heading_areas(found)
    found.areas = found.areas or listed or headings
    if (
        made.kind == "C"
        and found.labelled >= 2
        and (found.labelled * 2 >= len(found.rows) or found.carrying * 2 >= found.leaves)
    ):
        made.kind = "B"
    return found


def _tables(made: Document, found: Found) -> None:
    for table in made.tables:
        rows, areas = table_rows(made.text, table, made.clock)
        found.rows.extend(rows)
        found.areas.extend(areas)
        found.labelled += len(rows)


def _heading_areas(found: Found) -> list[Span]:
    ordered: list[Span] = []
    for row in found.rows:
        if row.area and row.area not in ordered:
            ordered.append(row.area)
    return sorted(ordered)


def _blocks(made: Document, found: Found, setting: Setting) -> None:
    path: list[Heading] = []
    text = made.text
    opening = set(made.opening) | set(made.told)
    forward = not _report_like(made)
    previous: Label | None = None
    for index, block in enumerate(made.blocks):
        labels = _labels(text, block)
        multi = _spreads(text, made.blocks, index, labels)
        if block.level <= 5:
            _open(text, path, block, labels, multi, made.kind)
            if block.heading and not block.body:
                setting.leadin, forward = {}, forward or _turns(text, block)
                if made.kind == "D":
                    found.items.append(block)
                continue
            if made.kind == "D" and block.level <= 3:
                found.items.append(block)
        forward = forward or bool(block.body and _GOAL_SENTENCE.match(text, *block.body))
        if block.level <= 5:
            found.leaves += 1
            found.carrying += bool(labels)
        span = (block.start, block.end)
        section = _section(path)
        mode = _mode(made, span, opening, section, forward)
        if section == "past" or not forward or block.body and _looks_back(text, *block.body):
            found.behind.append(span)
        setting.mode = mode
        setting.stage = _stage(text, path, setting)
        setting.area = None if _closes(made, index) else _area(path, made)
        if labels:
            previous = _same(labels, previous)
            title = block.title if not multi and block.title else None
            start = block.title[0] if title else block.body[0] if block.body else block.start
            rows = labelled_rows(text, start, block.end, labels, setting, title)
            found.labelled += len(rows)
            _progress(labels, found)
        else:
            rows = _plain(made, block, setting, section)
        for row in rows:
            row.deadline = row.deadline or setting.stage
        found.rows.extend(rows)
        if block.body:
            found.past.extend(_backward(text, block, labels, mode, section, made))


def _stage(text: str, path: list[Heading], setting: Setting) -> Moment | None:
    """The time in the bracket of a stage heading (集中整治阶段（3月至10月）): its last one."""
    for heading in reversed(path):
        open_ = text.find("（", *heading.title)
        if open_ > 0:
            steps = moments(text, setting.clock, open_, heading.title[1])
            if steps:
                return steps[-1]
    return None


def _closes(made: Document, index: int) -> bool:
    """A plain paragraph behind numbered items that orders somebody: the end of the paper, no item."""
    block = made.blocks[index]
    if block.level != 9 or index == 0:
        return False
    before = next((b for b in reversed(made.blocks[:index]) if b.level <= 5), None)
    if before is None or before.heading or before.body is None:
        return False
    head = orders.analysed(made.text, block.start, min(block.end, block.start + 60), made.clock)
    return bool(head and head[0].owners and (head[0].modal or head[0].verbs))


def _report_like(made: Document) -> bool:
    """A report to a congress looks back until it turns to the tasks ahead."""
    titles = [made.text[a:b].split("（")[0] for a, b in made.page.title]
    return made.page.congress is not None or any(title.endswith("工作报告") for title in titles)


def _turns(text: str, block: Block) -> bool:
    return bool(
        block.title and _FORWARD.match(text, *block.title) and not _PAST.match(text, *block.title)
    )


def _labels(text: str, block: Block) -> list[Label]:
    start, end = (block.title or block.body or (block.start, block.end))[0], block.end
    labels = owner_brackets(text, start, end)
    if labels:
        return labels
    whole = sentences(text, start, end) if block.level <= 5 else []
    if len(whole) > 1 and (plain := owner_sentence(text, *whole[-1])):
        return [plain]
    label = read_fields(text, start, end)
    if label is not None and block.level <= 5 and not (label.fields or label.owners):
        return [label]
    if label is not None and (
        label.owners or label.same or "progress" in label.fields or "deadline" in label.fields
    ):
        return [label]
    return []


def _same(labels: list[Label], previous: Label | None) -> Label:
    """同上 takes the value of the same field of the item before."""
    for label in labels:
        if previous is not None:
            for role in label.same:
                if role in previous.owners:
                    label.owners[role] = list(previous.owners[role])
            if len(label.same) > 3 and "deadline" in previous.fields:
                label.fields.setdefault("deadline", previous.fields["deadline"])
        previous = label
    return labels[-1]


def _spreads(text: str, blocks: list[Block], index: int, labels: list[Label]) -> bool:
    """Whether a numbered item with a label goes on in plain paragraphs with labels of their own."""
    if blocks[index].level > 5 or not labels or index + 1 >= len(blocks):
        return False
    after = blocks[index + 1]
    return after.level == 9 and bool(owner_brackets(text, after.start, after.end))


def _open(
    text: str, path: list[Heading], block: Block, labels: list[Label], multi: bool, kind: str
) -> None:
    while path and path[-1].level >= block.level:
        path.pop()
    if block.title is None:
        return
    section = _classify(text, block.title, path)
    own = bool(block.heading) or not labels or multi
    area = own and section == "" and not _CONTAINER.fullmatch(text, *block.title)
    path.append(Heading(block.level, block.title, section, area))


def _classify(text: str, title: Span, path: list[Heading]) -> str:
    for name, shape in (("support", _SUPPORT), ("guide", _GUIDE), ("goal", _GOAL), ("past", _PAST)):
        if shape.match(text, *title) and title[1] - title[0] <= 24:
            return name
    return path[-1].kind if path else ""


def _section(path: list[Heading]) -> str:
    return path[-1].kind if path else ""


def _area(path: list[Heading], made: Document) -> Span | None:
    if made.kind == "D" or any(h.kind in ("support", "goal", "guide", "past") for h in path):
        return None
    return next((h.title for h in reversed(path) if h.area), None)


def _mode(made: Document, span: Span, opening: set[Span], section: str, forward: bool) -> str:
    if section == "past" or not forward:
        return NARRATIVE
    if section in ("guide", "goal"):
        return GOALS
    if made.kind == "A" and not made.speech:
        return NARRATIVE if span in opening else NEUTRAL
    if made.speech:
        return NEUTRAL if section == "" and span in _speech_head(made) else ORDERS
    if made.kind == "D":
        return NARRATIVE if span in opening else ORDERS
    return PLAN


def _speech_head(made: Document) -> list[Span]:
    return [(b.start, b.end) for b in made.blocks[:1]]


def _plain(made: Document, block: Block, setting: Setting, section: str) -> list[Row]:
    text = made.text
    start, end = block.body or (block.start, block.end)
    if (
        block.level == 9
        and end - start <= 40
        and not any(mark in text[start:end] for mark in "。；，")
    ):
        return _short(text, start, end, setting, made)
    if _LEADIN.match(text, start, end) and text[end - 1] == "：":
        _lead_in(text, start, end, setting)
        return []
    mode = setting.mode
    if _preamble(made, block):
        return []
    if made.kind == "D" and block.title and _HEARD.match(text, *block.title):
        setting.mode = NEUTRAL
    if mode == PLAN and _looks_back(text, start, end):
        setting.mode = NARRATIVE
    if made.speech and (_looks_back(text, start, end) or _reviews(text, start, end)):
        setting.mode = NEUTRAL
    topic_ok = (
        block.title is None
        and block.level in (9,)
        or text.startswith(("一是", "二是", "三是", "四是", "五是"), start)
    )
    rows = prose_rows(text, start, end, setting, topic_ok=topic_ok)
    if block.level < 7 and block.title is None and len(rows) == 0 and setting.mode == PLAN:
        rows = []
    setting.mode = mode
    return rows


def _preamble(made: Document, block: Block) -> bool:
    """The paragraph that says why and that the measures follow (现提出以下意见：)."""
    text, (start, end) = made.text, (block.start, block.end)
    if (
        block.level != 9
        or text[end - 1] not in "：。"
        or any(b.level <= 5 for b in made.blocks if b.start < start)
    ):
        return False
    last = sentences(text, start, end)[-1]
    return orders.formula(text, *last) and (
        text[end - 1] == "：" or "如下" in text[last[0] : last[1]]
    )


def _reviews(text: str, start: int, end: int) -> bool:
    """Whether the topic sentence of a paragraph (第一，回顾过去，…) says that it looks back."""
    place = orders.ordinal(text, start, end)
    first = sentences(text, start, end)[0] if end > start else (start, end)
    return place > start and bool(_PAST.match(text, *first))


def _looks_back(text: str, start: int, end: int) -> bool:
    return bool(_REVIEW.match(text, start, end))


def _short(text: str, start: int, end: int, setting: Setting, made: Document) -> list[Row]:
    """A short line without marks is a heading without number, not a row."""
    return []


def _lead_in(text: str, start: int, end: int, setting: Setting) -> None:
    made = orders.analysed(text, start, end - 1, setting.clock)
    from_line: dict[str, list[Span]] = {}
    for c in made:
        for owner in c.owners:
            role = (
                "lead_leaders"
                if owner.kind == "leader"
                else "responsible_people"
                if owner.kind == "person"
                else "responsible_units"
            )
            from_line.setdefault(role, []).append((owner.start, owner.end))
    setting.leadin = {}
    merge(setting.leadin, from_line, text)


def _progress(labels: list[Label], found: Found) -> None:
    for label in labels:
        found.progress.extend(label.fields.get("progress", []))


def _backward(
    text: str, block: Block, labels: list[Label], mode: str, section: str, made: Document
) -> list[Span]:
    """The sentences of a paragraph that may claim results."""
    if labels and not made.speech:
        return []
    start, end = block.body or (block.start, block.end)
    found, past = [], False
    told = (block.start, block.end) in made.opening + made.told and (
        made.kind == "A" or block is made.blocks[0]
    )
    first = (start, end) if made.kind == "D" and block.level <= 3 and block.title is None else None
    for index, span in enumerate(sentences(text, start, end)):
        if first and index == 0 and not orders.reported(text, *span) or orders.formula(text, *span):
            continue
        if told and not _COUNTED.search(text, *span):
            continue
        past = past or orders.reported(text, *span) or "情况看" in text[span[0] : span[1]]
        if mode == PLAN and not orders.reported(text, *span):
            continue
        if mode == PLAN and section != "past":
            continue
        found.append(span)
    return found


def topic(text: str, span: Span, setting: Setting) -> bool:
    """Whether a sentence is an inline topic."""
    return is_topic(text, *span, setting.clock)
