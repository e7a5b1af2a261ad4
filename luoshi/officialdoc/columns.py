"""Which column of a task table holds what: by its head, and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.text.dates import UNSET, moments
from luoshi.text.fold import fold
from luoshi.text.names import name_end
from luoshi.text.owners import names_unit, split_names
from luoshi.text.wordlists import words

# What a column may hold. The roles are those of the reading schema.
FIELDS = (
    "number", "register", "area", "heading", "task", "measure", "target", "lead_leaders",
    "lead_units", "responsible_units", "cooperating_units", "responsible_people", "start",
    "deadline", "node", "progress", "status", "basis", "contact", "remark",
)  # fmt: skip
ROLES = FIELDS[7:12]
# What a head says, in the order of trying: the first that is found in it decides. Heads are read
# without blanks, marks and brackets.
_HEADS = (
    ("register", r"督[查办]编号|任务编号|事项编号|台账号|立项号|登记号"),
    ("number", r"序号?|编号|项次|No\.?|项号|号"),
    ("contact", r"联系|电话|手机|联络员|经办"),
    ("progress", r"进展|落实情况|完成情况|推进情况|办理情况|执行情况|工作成效|已完成|前期工作|下[一]?步|存在.{0,2}问题|困难"),
    ("status", r"状态|亮灯|是否|销号|办结$|评价|得分|红黄|完成率|进度（?%"),
    ("basis", r"依据|来源|出处|文号|会议名称|交办(?:单位|领导|时间)|提出"),
    ("start", r"(?:启动|开工|开始|起始|交办|下达)(?:时间|日期|时限)"),
    ("node", r"节点|里程碑|阶段|分步|[一二三四1-4]季度|(?:上|下)半年|\d{1,2}月(?:份|底)?(?:目标|计划|进度)?$|进度(?:安排|计划)|序时|时间安排|形象进度"),
    ("deadline", r"时限|期限|截止|限期|(?:完成|办结|竣工|整改|办理|计划|预计).{0,4}(?:时间|日期|时)|时间要求|何时|时间$|日期$"),
    ("lead_leaders", r"(?:牵头|主管|分管|责任|包联|包保|包抓|包案|挂点|挂钩|挂牌|联系|领衔|督办|协调|市级?|县级?|区级?|校级?).{0,2}领导|领导|分管负责人|挂帅|指挥长|包联"),
    ("responsible_people", r"责任人|负责人|承办人|责任同志|(?:项目|具体|直接)负责|谁负责|经手"),
    ("cooperating_units", r"配合|协[办助同作]|参与|参加|会办|联办|协管|指导|支持|督导|其他单位"),
    ("lead_units", r"牵头|主办|主责|第一责任|主要责任|总责|首要责任"),
    ("responsible_units", r"(?:责任|负责|实施|落实|承办|承担|执行|建设|申报|办理|具体).{0,2}(?:单位|部门|主体|处室|科室|机构|学院|企业|村|股室|车间|班组)|责任分工|分工|单位$|部门$|谁来办|归口"),
    ("target", r"目标值|指标值|量化|(?:年度|工作|任务|预期|绩效)?(?:目标|指标)(?!任务)|任务量|(?<!衡量)(?<!验收)(?<!完成)标准$|数量|计划数|预期成效|预期"),
    ("measure", r"衡量|完成标[准志]|验收|成果|交付|举措|措施|做法|路径|办法|怎么[办干做]|具体安排|抓手"),
    ("area", r"领域|类别|方面|板块|大类|分类|专项|类型|工程$|行动$|章节|条线|篇章|部分|一级"),
    ("heading", r"重点(?:任务|工作)$|主要任务$|任务名称|项目名称|工作名称|事项名称|二级|(?:工作|任务)要点"),
    ("task", r"任务|工作|事项|内容|项目|要求|议定|要点|实事|清单|问题|建议|批示|三级|干什么|要办"),
    ("remark", r"备注|说明|其[他它]|注$"),
)  # fmt: skip
_RULES = tuple((kind, re.compile(rule)) for kind, rule in _HEADS)
_SPACE = re.compile(r"\s|\u3000")
_BRACKETS = re.compile(r"[（(【〔\[].*?[）)】〕\]]")
_FIRST_LEADS = re.compile(r"(?:第一|首|前)[^，。]{0,8}(?:牵头|主办|主责)|首位[^，。]{0,4}牵头")
_LONGEST_HEAD = 40
_SAMPLE = 40
_NUMBERED = re.compile(r"\d{1,4}(?:[-.]\d{1,3}){0,2}|[一二三四五六七八九十]{1,3}|[（(]\d{1,3}[）)]")
_SURE, _LIKELY = 0.95, 0.7


@dataclass(frozen=True, slots=True)
class Column:
    """One column as recognised: its place, its head as printed, what it holds and how surely.

    `first_leads`: the head says that the first unit of a cell leads (列第一位的为牵头单位).
    """

    at: int
    head: str
    field: str | None
    confidence: float = 0.0
    evidence: str = ""
    first_leads: bool = False


def plain(head: str) -> str:
    """The head in one line, simplified, without blanks."""
    return fold(_SPACE.sub("", head)).text


def head_field(head: str) -> str | None:
    """What a head says that its column holds; None if it says nothing known."""
    whole = plain(head)
    if not whole or len(whole) > _LONGEST_HEAD:
        return None
    bare = _BRACKETS.sub("", whole) or whole.strip("（）()【】")
    for text in dict.fromkeys((bare.split("/")[-1], bare)):
        for kind, rule in _RULES:
            if rule.fullmatch(text):
                return kind
        for kind, rule in _RULES:
            if kind != "number" and rule.search(text):
                return kind
    return None


def recognised(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns under these heads; what a head leaves open is decided by the cells below it."""
    columns = []
    for at, head in enumerate(heads):
        cells = [row[at] for row in rows[:_SAMPLE] if at < len(row) and row[at].strip()]
        said, shown = head_field(head), _content_field(cells)
        leads = bool(_FIRST_LEADS.search(plain(head)))
        if said:
            sure = _SURE if shown in (None, said) or _compatible(said, shown) else _LIKELY
            columns.append(Column(at, head, said, sure, "head", leads))
        elif shown:
            columns.append(Column(at, head, shown, _LIKELY, "cells", leads))
        else:
            columns.append(Column(at, head, None))
    return _settled(columns, rows)


def _settled(columns: list[Column], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Every table has one task column, the one with the longest words; others of its kind step back."""
    tasks = [column for column in columns if column.field == "task"]
    if not tasks:
        rest = [c for c in columns if c.field in ("heading", "measure", "target", None)]
        longest = max(rest, key=lambda column: _length(column, rows), default=None)
        if longest and _length(longest, rows) > 4:
            return [_as(c, "task") if c is longest else c for c in columns]
        return columns
    chosen = max(tasks, key=lambda column: _length(column, rows))
    found = []
    for column in columns:
        if column.field == "task" and column is not chosen:
            kind = "heading" if column.at < chosen.at else "measure"
            column = _as(column, kind)
        found.append(column)
    return found


def _as(column: Column, field: str) -> Column:
    return Column(column.at, column.head, field, _LIKELY, "place", column.first_leads)


def _length(column: Column, rows: Sequence[Sequence[str]]) -> float:
    cells = [row[column.at] for row in rows[:_SAMPLE] if column.at < len(row)]
    return sum(map(len, cells)) / max(1, len(cells))


def _compatible(said: str, shown: str | None) -> bool:
    if shown in ROLES and said in ROLES:
        return True
    return said in {
        "task": ("heading", "measure", "target", "node", "progress", "basis", "remark"),
        "deadline": ("node", "start", "progress"),
        "number": ("register",),
        "area": ("heading", "task"),
    }.get(shown or "", ())


def _content_field(cells: Sequence[str]) -> str | None:
    """What the cells of a column look like, when most of them look alike."""
    if not cells:
        return None
    counts: dict[str, int] = {}
    for cell in cells:
        kind = _looks_like(plain(cell))
        counts[kind] = counts.get(kind, 0) + 1
    kind, count = max(counts.items(), key=lambda pair: pair[1])
    return kind if kind and count * 3 >= len(cells) * 2 else None


def _looks_like(cell: str) -> str:
    if _NUMBERED.fullmatch(cell):
        return "number"
    if len(cell) <= 30 and moments(cell, UNSET):
        return "deadline"
    names = [cell[start:end] for start, end in split_names(cell, 0, len(cell))]
    if names and all(names_unit(name) == "unit" for name in names):
        return "responsible_units"
    if names and all(_person(name) for name in names):
        return "responsible_people"
    return "task" if len(cell) >= 12 else ""


def _person(name: str) -> bool:
    return (
        name[:1] in words("surnames")
        and len(name) <= 4
        and name_end(name, 0, len(name)) == len(name)
    )


def head_score(cells: Iterable[str]) -> tuple[int, bool]:
    """How many different fields the cells of a row name as heads, and whether a task is among them."""
    kinds = {head_field(cell) for cell in cells if len(cell) <= _LONGEST_HEAD} - {None}
    return len(kinds), bool(kinds & {"task", "heading", "measure", "target"})
