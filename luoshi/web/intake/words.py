"""Words of intake: doubts of the reader, acts at a meeting, levels of honours, what became of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from luoshi.programme import states
from luoshi.programme.models import Link
from luoshi.web.words import WEEKDAYS

# code of the reader -> what is uncertain, and where it can be settled
DOUBTS: Mapping[str, tuple[Any, Any]] = {
    "no-owner": (gettext_lazy("没写责任单位"), gettext_lazy("立项时指定")),
    "general-owner": (gettext_lazy("单位是统称"), gettext_lazy("立项时落到具体单位")),
    "no-deadline": (gettext_lazy("没写时限"), gettext_lazy("立项时定，可按年度")),
    "vague": (gettext_lazy("说得笼统"), gettext_lazy("可标为面上要求或待细化")),
    "number-damaged": (gettext_lazy("数字可能缺位"), gettext_lazy("先判定原文那一处，再看数值")),
    "words-uncertain": (gettext_lazy("有字存疑"), gettext_lazy("先判定原文那一处")),
    "words-changed": (gettext_lazy("原文的字改过"), gettext_lazy("值还是原来读的，请核对")),
    "year-assumed": (gettext_lazy("年份是推断的"), gettext_lazy("请核对，不对就更正")),
    "owners-unsure": (gettext_lazy("责任单位拿不准"), gettext_lazy("请对照原文核对，不对就更正")),
    "deadline-unsure": (gettext_lazy("时限拿不准"), gettext_lazy("请对照原文核对，不对就更正")),
    "targets-unsure": (gettext_lazy("目标值拿不准"), gettext_lazy("请对照原文核对，不对就更正")),
    "no-official-paper": (gettext_lazy("不像公文"), gettext_lazy("请核对是不是任务要求")),
}
MEETING_ACTS = (
    ("attend", gettext_lazy("出席")),
    ("speak", gettext_lazy("讲话")),
    ("chair", gettext_lazy("主持")),
    ("deploy", gettext_lazy("部署")),
    ("read", gettext_lazy("宣读")),
    ("award", gettext_lazy("颁奖")),
    ("report", gettext_lazy("报告")),
    ("other", gettext_lazy("其他")),
)
HONOUR_LEVELS = (
    ("national", gettext_lazy("国家级")),
    ("province", gettext_lazy("省级")),
    ("province+", gettext_lazy("省级以上")),
    ("city", gettext_lazy("市级")),
    ("county", gettext_lazy("区（县）级")),
    ("unit", gettext_lazy("单位")),
)
THEME_STATES = (("current", gettext_lazy("本年")), ("previous", gettext_lazy("往年")))
TIMES_OF_DAY = (
    ("上午", gettext_lazy("上午")),
    ("下午", gettext_lazy("下午")),
    ("晚上", gettext_lazy("晚上")),
)
OWNERS = (
    ("lead_leaders", gettext_lazy("牵头领导")),
    ("lead_units", gettext_lazy("牵头单位")),
    ("responsible_units", gettext_lazy("责任单位")),
    ("cooperating_units", gettext_lazy("配合单位")),
    ("responsible_people", gettext_lazy("责任人")),
)


def doubt(code: str) -> dict[str, str]:
    """One doubt as `_finding.html` draws it."""
    says, offer = DOUBTS.get(code, (_("请核对"), ""))
    return {"says": str(says), "offer": str(offer)}


def label_of(choices: Iterable[tuple[str, Any]], code: str | None) -> str:
    """The words of a choice; the code itself when it is none of them."""
    return str(dict(choices).get(code or "", code or ""))


def joined(words: Iterable[str]) -> str:
    """Words in a row, joined as the language joins them."""
    return _("、").join(words)


def day_words(text: str | None) -> str:
    """An ISO date in words with its weekday; any other text as it is."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return text or ""
    words = date_format(day, pgettext("date", "Y年n月j日"))
    return _("%(day)s %(weekday)s") % {"day": words, "weekday": WEEKDAYS[day.weekday()]}


def outcome(links: Iterable[Link]) -> str:
    """What became of a sentence, in words: 已列 2023-001；列入 13 个方面."""
    pieces: list[str] = []
    headings = [link.heading for link in links if link.heading]
    if headings:
        names = joined(str(heading) for heading in headings[:3])
        if len(headings) > 3:
            names = _("%(names)s 等 %(n)s 个方面") % {"names": names, "n": len(headings)}
        pieces.append(_("列入 %(names)s") % {"names": names})
    for link in links:
        if link.item:
            kind = label_of(states.LINK_KINDS, link.kind)
            values = {"kind": kind, "code": link.item.code, "item": link.item.requirement}
            pieces.append(_("%(kind)s %(code)s %(item)s") % values)
        elif not link.heading:
            kind = label_of(states.LINK_KINDS, link.kind)
            pieces.append(kind + _("（%(words)s）") % {"words": link.note} if link.note else kind)
    return _("；").join(pieces)


def tag_of(links: list[Link]) -> str:
    """The same in a tag's length: 已列 2023-001, 3 项, 13 个方面, 面上要求."""
    first = links[0]
    headings = sum(1 for link in links if link.heading_id)
    items = sum(1 for link in links if link.item_id)
    if first.item and items > 1:
        return _("%(n)s 项") % {"n": items}
    if first.item:
        kind = label_of(states.LINK_KINDS, first.kind)
        return _("%(kind)s %(code)s") % {"kind": kind, "code": first.item.code}
    if headings:
        return _("%(n)s 个方面") % {"n": headings}
    return label_of(states.LINK_KINDS, first.kind)
