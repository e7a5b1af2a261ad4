"""Headings that stand open: what kind of section they begin and which area they name."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.text.dates import Moment, moments
from luoshi.text.document import Document
from luoshi.text.labels import Label, read_bracket
from luoshi.text.layout import Block
from luoshi.text.owners import names_unit, split_names
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span
from luoshi.text.setting import Setting

PAST = pattern(
    r".{0,30}(?:回顾|成绩|看成绩|工作总结|完成情况|基本情况|主要成效|取得的成效|存在(?:的)?(?:主要)?问题|形势|背景|缘起|前言|现况|现状|情况(?:$|：)|困难和不足)"
)
_SUPPORT = pattern(
    r".{0,30}(?:保障措施|组织保障|(?:组织|工作|制度|服务|措施|强化|加强)保障$|强化保障|组织领导|组织实施|有关要求|工作要求|相关要求|几点要求|加强领导|强保障|实施步骤|时间安排|时间步骤|步骤安排|阶段安排|推进步骤|工作步骤|工作进度|进度安排|监督检查|总 {0,4}则|附 {0,4}则|管制考核|管制|经费来源|经费需求|预期效益|最后(?:说说|讲讲|谈谈|强调)|保障和作风|一般规定|工作纪律|工作保障|强化措施|加强保障|督查考核|组织推进|方法步骤|保障机制)"
)
_GOAL = pattern(r".{0,30}(?:目标|总体要求|指导思想|基本原则|总体思路|工作原则|工作思路)")
_GUIDE = pattern(r".{0,30}(?:指导思想|基本原则|总体思路|工作原则|重要意义|认识)")
_CONTAINER = pattern(
    r"(?:\d{4}年|今年|下半年|下一步|全年|当前|近期)?(?:的)?(?:主要任务|重点任务|工作措施|重点工作|主要措施|工作任务|任务分工|具体措施|政府工作任务|主要工作|工作安排|工作内容|主要内容|重点举措|工作重点|任务和措施|工作打算|任务措施|具体任务|任务分解|重点工作任务|议定事项|(?:各部门|各单位|部门|职责|责任)(?:任务|职责|分工)|整治重点|整治内容|整治任务|整治范围|重点内容|行动内容|行动任务|活动内容|重点环节|主要举措|工作计划|实施内容)(?:和措施|及措施|安排|及分工|分工)?$"
)
_HEARD = pattern(r"(?:报告事项|报告案|主席(?:致词|致辞|报告)|(?:确认)?(?:上|前)次会议)")
_FORWARD = pattern(
    r".{0,30}(?:\d{4}年(?:的)?(?:重点)?(?:工作|任务|总体)|今年(?:的)?(?:重点)?工作|下一步|下半年|任务|措施|安排|要求)"
)


BARE_HEADING = 8


@dataclass(slots=True)
class Heading:
    """An open heading: its level, its words, what kind of section it opens."""

    level: int
    title: Span
    kind: str
    area: bool
    label: Label | None = None


def stage_time(text: str, path: list[Heading], setting: Setting) -> Moment | None:
    """The time in the bracket of a stage heading (集中整治阶段（3月至10月）): its last one."""
    for heading in reversed(path):
        open_ = text.find("（", *heading.title)
        if open_ > 0:
            steps = moments(text, setting.clock, open_, heading.title[1])
            if steps:
                return steps[-1]
    return None


PLAIN_HEADING = 12


def supports(text: str, block: Block, after: Block | None) -> bool:
    """Whether a short line without a number is the heading of a support section (工作要求)."""
    if block.level != 9 or block.end - block.start > PLAIN_HEADING or after is None:
        return False
    return after.level < 7 and bool(_SUPPORT.match(text, block.start, block.end))


def turns_forward(text: str, block: Block) -> bool:
    return bool(
        block.title and _FORWARD.match(text, *block.title) and not PAST.match(text, *block.title)
    )


def open_heading(
    text: str, path: list[Heading], block: Block, labels: list[Label], multi: bool, kind: str
) -> None:
    while path and path[-1].level >= block.level:
        path.pop()
    if block.title is None:
        return
    section = _classify(text, block.title, path)
    if kind == "D":  # an item of minutes is named after what was reported (关于X运行情况)
        section = (
            "heard" if _HEARD.match(text, *block.title) else "" if section == "past" else section
        )
    own = bool(block.heading) or not labels or multi
    area = own and section == "" and not _CONTAINER.fullmatch(text, *block.title)
    label = _heading_label(text, block) if own else None
    name = (block.title[0], label.start) if label and label.start > block.title[0] else block.title
    unit = label is not None and label.start == block.title[0]
    path.append(Heading(block.level, name, section, area and not unit, label))


def open_bare(text: str, path: list[Heading], block: Block) -> None:
    """A line without number that opens a section (工作要求) closes all headings above it."""
    span = (block.start, block.end)
    if block.level == 9 and block.end - block.start <= BARE_HEADING:
        section = _classify(text, span, [])
        if section or _CONTAINER.fullmatch(text, *span):
            path[:] = [Heading(-1, span, section, area=False)]


_OFFICES = pattern(
    r"(?:各?(?:省|市|县|区|州|镇|乡|街道)[\u3400-\u9fff]{1,14}|[\u3400-\u9fff]{2,12})(?:局|委|委员会|办|办公室|部|厅|处|科|室|中心|集团|公司|支队|大队|政府|管委会|街道|分局|银行)|各(?:街道|镇街|乡镇|县区|科室|部门|单位|学院)"
)


def _names_units(text: str, title: Span) -> bool:
    """Whether a heading is nothing but the names of offices, whose tasks stand under it."""
    names = split_names(text, *title)
    return bool(names) and all(
        _OFFICES.fullmatch(text, *name) and names_unit(text[slice(*name)]) == "unit"
        for name in names
    )


def _heading_label(text: str, block: Block) -> Label | None:
    """The owners in the bracket behind a heading (产业升级（牵头领导：…）), which go to the rows under it."""
    if not block.heading or block.title is None or block.body is not None:
        return None
    if _names_units(text, block.title):
        return Label(*block.title, {"responsible_units": split_names(text, *block.title)})
    open_ = text.find("（", *block.title)
    if open_ < block.title[0] + 2 or text[block.title[1] - 1] != "）":
        return None
    label = read_bracket(text, open_ + 1, block.title[1] - 1)
    if label is None or label.bare or not label.owners:
        return None
    label.start = open_
    return label


def _classify(text: str, title: Span, path: list[Heading]) -> str:
    for name, shape in (("support", _SUPPORT), ("guide", _GUIDE), ("goal", _GOAL), ("past", PAST)):
        if shape.match(text, *title) and title[1] - title[0] <= 24:
            return name
    return path[-1].kind if path else ""


def open_section(path: list[Heading]) -> str:
    return path[-1].kind if path else ""


def open_area(path: list[Heading], made: Document) -> Span | None:
    if made.kind == "D" or any(h.kind in ("support", "goal", "guide", "past") for h in path):
        return None
    return next((h.title for h in reversed(path) if h.area), None)
