"""The walk through the paragraphs: sections and their modes, areas, rows, what looks back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from luoshi.text import clauses, orders, speakers
from luoshi.text.cells import table_rows
from luoshi.text.directives import prose_rows
from luoshi.text.document import Document
from luoshi.text.labelled import labelled_rows
from luoshi.text.labels import (
    ROLES,
    Label,
    first_leads_throughout,
    owner_brackets,
    owner_sentence,
    read_fields,
    says_same,
)
from luoshi.text.layout import Block
from luoshi.text.leadins import narrow_time
from luoshi.text.patterns import pattern
from luoshi.text.rows import Row, merge, role_of
from luoshi.text.sections import (
    PAST,
    Heading,
    open_area,
    open_bare,
    open_heading,
    open_section,
    stage_time,
    supports,
    turns_forward,
)
from luoshi.text.sentences import Span, sentences
from luoshi.text.sentences import clauses as spans_of_clauses
from luoshi.text.setting import GOALS, NARRATIVE, NEUTRAL, ORDERS, PLAN, STRICT, VIEWS, Setting
from luoshi.text.topics import is_topic

_GOAL_SENTENCE = pattern(r"[^。；]{0,40}(?:目标|指标)(?:任务)?(?:是|为)")
_COUNTED = pattern(
    r"情况看|较去年|较上年|比上年|今年以来|同比|数据显示|累计|去年全年|全年(?:完成|实现)"
)
_HEARD = pattern(r"(?:会议)?(?:听取|通报|传达|学习|审议通过|汇报)")
_LEADIN = pattern(
    r"[^。；]{2,60}(?:以下|如下|下列)[^。；]{0,10}：$|[^。；]{2,40}(?:抓好|做好|办好|完成)[^。；]{0,12}：$"
)
_REVIEW = pattern(
    r"(?:过去一年|过去的一年|去年|20\d{2}年(?:以来)?，|一年来|五年来|今年以来|上半年，|刚刚过去|——)"
)
_AGENDA = pattern(r"(?:会议)?(?:研究|审议|听取|讨论|通报|传达|学习|审定|汇报|关于)")
TOPIC_LINE = 28
SHORT_LINE = 40


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
    setting.first_leads = first_leads_throughout(made.text)
    listed: list[Span] = []
    if made.kind == "A" and made.blocks:
        listed = explicit(made.text, made.blocks[0].start, made.blocks[-1].end)
    setting.areas = {made.text[a:b]: (a, b) for a, b in listed}
    _blocks(made, found, setting)
    found.rows.sort(key=lambda row: (row.start, row.end))
    headings = _heading_areas(found)
    found.areas = _united(made.text, found.areas, headings) or listed or headings
    if (
        made.kind == "C"
        and found.labelled >= 2
        and (found.labelled * 2 >= len(found.rows) or found.carrying * 2 >= found.leaves)
    ):
        made.kind = "B"
    return found


def _tables(made: Document, found: Found) -> None:
    headings = {block.end: block.title for block in made.blocks if block.heading}
    for table in made.tables:
        told = table_rows(made.text, table, made.clock, headings.get(table.above))
        found.rows.extend(told.rows)
        found.areas.extend(told.areas)
        found.progress.extend(told.progress)
        found.labelled += len(told.rows)
        for span, row in told.steps:
            found.rows.extend(_next_steps(made, span, row))


def _next_steps(made: Document, span: Span, row: Row) -> list[Row]:
    """The rows of the next steps that a table's cell announces: they have the owners of its row."""
    setting = Setting(made.clock, area=row.area, mode=PLAN)
    rows = prose_rows(made.text, *span, setting)
    for step in rows:
        merge(step.owners, row.owners, made.text)
    return rows


def _united(text: str, cells: list[Span], headings: list[Span]) -> list[Span]:
    """The areas of tables with those of the headings around them, in order, each name once."""
    by_name = {text[a:b]: (a, b) for a, b in sorted({*cells, *headings}, reverse=True)}
    return sorted(by_name.values()) if cells else []


def _heading_areas(found: Found) -> list[Span]:
    return sorted({row.area for row in found.rows if row.area})


def _blocks(made: Document, found: Found, setting: Setting) -> None:
    path: list[Heading] = []
    text = made.text
    opening = set(made.opening) | set(made.told)
    forward = not _report_like(made)
    previous: Label | None = None
    item: Block | None = None
    for index, block in enumerate(made.blocks):
        labels = _labels(text, block) if made.official else []
        multi = _spreads(text, made.blocks, index, labels)
        open_bare(text, path, block)
        if supports(text, block, made.neighbour(block, 1)):
            path[:] = [Heading(0, (block.start, block.end), "support", False)]
        if block.level <= 5:
            open_heading(text, path, block, labels, multi, made.kind)
            _count(made, found, block, labels)
            item = block
        if block.heading and not block.body:
            setting.leadin, setting.leadin_time = {}, None
            forward = forward or turns_forward(text, block)
            continue
        forward = forward or bool(block.body and _GOAL_SENTENCE.match(text, *block.body))
        span, section = (block.start, block.end), open_section(path)
        setting.mode = _mode(made, span, opening, section, forward)
        setting.stage = stage_time(text, path, setting)
        setting.area = None if _closes(made, block, item) else open_area(path, made)
        if section == "past" or not forward or block.body and _looks_back(text, *block.body):
            found.behind.append(span)
        if labels:
            previous = _same(labels, previous)
        mode = setting.mode
        known = len(found.rows)
        _read(made, found, block, labels, setting, multi=multi)
        found.labelled += _from_headings(text, path, found.rows[known:])
        if block.body:
            found.past.extend(_backward(text, block, labels, mode, section, made))


def _from_headings(text: str, path: list[Heading], rows: list[Row]) -> int:
    """Give the rows the owners that the headings above name, for roles that they have not.

    Answers how many rows had no owner before.
    """
    given = 0
    for heading in path:
        owners = heading.label.owners if heading.label else {}
        for row in rows if owners else ():
            given += not any(row.owners.values())
            merge(row.owners, {r: o for r, o in owners.items() if not row.owners.get(r)}, text)
    return given


def _count(made: Document, found: Found, block: Block, labels: list[Label]) -> None:
    """Keep the items of minutes; count the numbered items and those with owner labels."""
    whole = block.heading and not block.body
    if made.kind == "D" and (whole or block.level <= 3):
        found.items.append(block)
    if not whole:
        found.leaves += 1
        found.carrying += bool(labels)


def _read(
    made: Document,
    found: Found,
    block: Block,
    labels: list[Label],
    setting: Setting,
    *,
    multi: bool,
) -> None:
    """Put the rows of a paragraph into what was found."""
    if labels:
        title = None if multi else block.title
        start = (title or block.body or (block.start, block.end))[0]
        rows = labelled_rows(made.text, start, block.end, labels, setting, title)
        found.labelled += len(rows)
        _progress(labels, found)
    else:
        rows = _plain(made, block, setting)
    for row in rows:
        row.deadline = row.deadline or setting.stage or setting.leadin_time
    found.rows.extend(rows)


def _closes(made: Document, block: Block, before: Block | None) -> bool:
    """A plain paragraph behind numbered items that orders somebody: the end of the paper, no item."""
    if block.level != 9 or before is None:
        return False
    if _ends_paper(made, block):
        return True
    if before.heading or before.body is None:
        return False
    last = min(block.end, block.start + 60)
    head = spans_of_clauses(made.text, block.start, last)[:2]
    told = (clauses.clause(made.text, *span, made.clock) for span in head)
    return any(c.owners and (c.modal or c.verbs) for c in told)


_TO_ALL = pattern(
    r"请?各(?:责任|牵头|有关|相关|成员)?(?:单位|部门|地|级)|(?:以上|上述)[^，。]{0,6}(?:事项|任务|工作)"
)


def _ends_paper(made: Document, block: Block) -> bool:
    """Whether the paragraph speaks to all units behind the last numbered item and its own text."""
    if not _TO_ALL.match(made.text, block.start, block.end):
        return False
    above, below = made.neighbour(block, -1), made.neighbour(block, 1)
    last = below is None or below.level == 9 and made.neighbour(below, 1) is None
    return last and above is not None and not above.heading


def _report_like(made: Document) -> bool:
    """A report to a congress looks back until it turns to the tasks ahead."""
    titles = [made.text[a:b].split("（")[0] for a, b in made.page.title]
    return made.page.congress is not None or any(title.endswith("工作报告") for title in titles)


def _labels(text: str, block: Block) -> list[Label]:
    start, end = (block.title or block.body or (block.start, block.end))[0], block.end
    labels = owner_brackets(text, start, end)
    if labels:
        return labels
    whole = sentences(text, start, end) if block.level <= 5 else []
    if len(whole) > 1 and says_same(text, *whole[-1]):
        return [Label(*whole[-1], same=set(ROLES))]
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


def _mode(made: Document, span: Span, opening: set[Span], section: str, forward: bool) -> str:
    if section == "past" or not forward or made.law:
        return NARRATIVE
    if section in ("guide", "goal"):
        return GOALS
    if made.kind == "A" and not made.speech:
        return NARRATIVE if span in opening else NEUTRAL
    if made.speech:
        return NEUTRAL if section == "" and span in _speech_head(made) else ORDERS
    if made.kind == "D" and section == "heard":
        return VIEWS
    if made.kind == "D":
        return NARRATIVE if span in opening else ORDERS
    return PLAN if made.official else STRICT


def _speech_head(made: Document) -> list[Span]:
    return [(b.start, b.end) for b in made.blocks[:1]]


def _plain(made: Document, block: Block, setting: Setting) -> list[Row]:
    """The rows of a paragraph without labels; a short line without marks is a heading, not a row."""
    text = made.text
    start, end = block.body or (block.start, block.end)
    marked = any(mark in text[start:end] for mark in "。；，") or text[end - 1] == "："
    if block.level == 9 and end - start <= SHORT_LINE and not marked:
        return []
    if text[end - 1] == "：" and _LEADIN.match(text, start, end):
        _lead_in(text, start, end, setting)
        return []
    if _preamble(made, block) or _topic_line(made, block):
        return []
    if made.kind == "D" and block.level <= 3 and not marked and _AGENDA.match(text, start, end):
        return []
    mode = setting.mode
    setting.mode = _paragraph_mode(made, block, mode)
    before = made.neighbour(block, -1)
    numbered = text.startswith(("一是", "二是", "三是", "四是", "五是"), start)
    topic_ok = block.title is None and block.level >= 7 or numbered
    if before and _topic_line(made, before):
        topic_ok = False
    rows = prose_rows(text, start, end, setting, topic_ok=topic_ok)
    if rows and setting.mode == NEUTRAL and not made.speech and topic_ok:
        first = sentences(text, start, end)[0]
        if is_topic(text, *first, setting.clock):
            # a report tells an order of the meeting under its topic: all of it is ordered
            setting.mode = ORDERS
            rows = prose_rows(text, start, end, setting, topic_ok=topic_ok)
    setting.mode = mode
    return rows


def _paragraph_mode(made: Document, block: Block, mode: str) -> str:
    """The mode of a paragraph that looks back or, in minutes, only hears."""
    text = made.text
    start, end = block.body or (block.start, block.end)
    if made.speech and (_looks_back(text, start, end) or _reviews(text, start, end)):
        return NEUTRAL
    if mode == PLAN and _looks_back(text, start, end):
        return NARRATIVE
    if made.kind == "D" and block.title and _HEARD.match(text, *block.title):
        return NEUTRAL
    return mode


def _topic_line(made: Document, block: Block) -> bool:
    """A line that is one short topic sentence, elaborated by the paragraph below it."""
    if block.level != 9 or block.end - block.start > TOPIC_LINE:
        return False
    after = made.neighbour(block, 1)
    if after is None or after.level != 9 or after.end - after.start < 2 * (block.end - block.start):
        return False
    whole = sentences(made.text, block.start, block.end)
    return len(whole) == 1 and is_topic(made.text, *whole[0], made.clock)


def _preamble(made: Document, block: Block) -> bool:
    """The paragraph that says why and that the measures follow (现提出以下意见：)."""
    text, (start, end) = made.text, (block.start, block.end)
    if block.level != 9 or text[end - 1] not in "：。" or made.first_item < start:
        return False
    whole = sentences(text, start, end)
    if not whole:  # nothing but marks
        return False
    last = whole[-1]
    return orders.formula(text, *last) and (
        text[end - 1] == "：" or "如下" in text[last[0] : last[1]]
    )


def _reviews(text: str, start: int, end: int) -> bool:
    """Whether the topic sentence of a paragraph (第一，回顾过去，…) says that it looks back."""
    place = speakers.ordinal(text, start, end)
    whole = sentences(text, start, end)
    return bool(whole) and place > start and bool(PAST.match(text, *whole[0]))


def _looks_back(text: str, start: int, end: int) -> bool:
    return bool(_REVIEW.match(text, start, end))


def _lead_in(text: str, start: int, end: int, setting: Setting) -> None:
    made = clauses.analysed(text, start, end - 1, setting.clock)
    from_line: dict[str, list[Span]] = {}
    for c in made:
        for owner in c.owners:
            role = role_of(text, owner, c.after, c.end)
            from_line.setdefault(role, []).append((owner.start, owner.end))
    setting.leadin = {}
    setting.leadin_time = narrow_time(text, start, end, setting.clock)
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
        if not made.official and text[span[1] : span[1] + 1] == "？":
            continue
        past = past or orders.reported(text, *span) or "情况看" in text[span[0] : span[1]]
        if (mode in (PLAN, GOALS) or not made.official) and not orders.reported(text, *span):
            continue
        if mode == PLAN and section != "past":
            continue
        found.append(span)
    return found
