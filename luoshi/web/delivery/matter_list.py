"""督查台账 as a workbook: the rows of the list as they are filtered, in the words that offices print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luoshi.delivery.queries import ItemView
from luoshi.officialdoc.matter_list import Head
from luoshi.programme.models import Item
from luoshi.programme.states import (
    COOPERATING_UNIT,
    LEAD_LEADER,
    LEAD_UNIT,
    RESPONSIBLE_UNIT,
)
from luoshi.web import words
from luoshi.web.delivery.cards import measure_of

# An official table: its heads are the office's, whatever language the page is read in.
HEADS = (
    Head("number", "序号", 7),
    Head("register", "督查编号", 11),
    Head("area", "方面", 12, merged=True),
    Head("heading", "重点任务", 14, merged=True),
    Head("task", "具体事项", 40),
    Head("measure", "衡量标准", 20),
    Head(LEAD_LEADER, "牵头领导", 10),
    Head(LEAD_UNIT, "牵头单位", 14),
    Head(RESPONSIBLE_UNIT, "责任单位", 14),
    Head(COOPERATING_UNIT, "配合单位", 16),
    Head("deadline", "完成时限", 13),
    Head("node", "节点安排", 22),
    Head("progress", "最新进展", 34),
    Head("light", "状态", 10),
)
_ROLES = (LEAD_LEADER, LEAD_UNIT, RESPONSIBLE_UNIT, COOPERATING_UNIT)


def rows_of(views: Iterator[ItemView]) -> Iterator[dict[str, str]]:
    """Yields what each row shows, in the order of the list; `number` counts the rows."""
    for number, view in enumerate(views, 1):
        yield {"number": str(number), **_row(view)}


def _row(view: ItemView) -> dict[str, str]:
    item = view.item
    heading = view.listing.heading
    area = heading.parent or heading
    latest = next(iter(item.reports.all()), None)
    return {
        "register": item.code,
        "area": area.name,
        "heading": heading.name if heading.parent else "",
        "task": item.requirement,
        "measure": measure_of(item),
        **{role: _holders(item, role) for role in _ROLES},
        "deadline": _full(item.due),
        "node": "\n".join(f"{_full(node.due)}：{node.deliverable}" for node in item.nodes.all()),
        "progress": f"{_full(latest.reported_on)}：{latest.done}" if latest else "",
        "light": str(words.LIGHTS[view.light.code]),
    }


def _holders(item: Item, role: str) -> str:
    duties = [duty for duty in item.duties.all() if duty.role == role]
    return "、".join(str(duty.unit or duty.post) for duty in duties)


def _full(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
