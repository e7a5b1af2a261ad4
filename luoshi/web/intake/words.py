"""Words of intake: doubts of the reader, acts at a meeting, levels of honours, what became of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from luoshi.intake.rules import GAPS, SURE
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
    "unsure": (gettext_lazy("把握不大"), gettext_lazy("请看原文再定")),
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
STRENGTHS = (("hard", gettext_lazy("硬要求")), ("soft", gettext_lazy("软要求")))
OPERATORS: Mapping[str, Any] = {
    "=": "=", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": gettext_lazy("约"),
}  # fmt: skip
# name of a rule of the reader -> why a finding was found
RULES: Mapping[str, Any] = {
    "D1-owner-must": gettext_lazy("主体加“要、应、须”"),
    "D1-must": gettext_lazy("句中有“要、应、须”"),
    "D1-owner-does": gettext_lazy("主体加动作"),
    "D1-imperative": gettext_lazy("动词开头的要求"),
    "D1-announced": gettext_lazy("预告了要办的事"),
    "S3-indicator": gettext_lazy("预期指标"),
    "S4-label": gettext_lazy("后面标着责任"),
    "S5-table": gettext_lazy("表格里的任务格"),
    "S7-joins": gettext_lazy("补充句并入前句"),
    "O1-carried": gettext_lazy("主体承前句"),
    "K7-respectively": gettext_lazy("“分别”对应几个数"),
    "page-title": gettext_lazy("标题的位置"),
    "page-published": gettext_lazy("发布时间的标签"),
    "page-signed": gettext_lazy("落款日期"),
    "page-doc_no": gettext_lazy("文号的写法"),
    "page-source": gettext_lazy("来源的标签"),
    "page-column": gettext_lazy("栏目的位置"),
    "page-clicks": gettext_lazy("点击量的标签"),
    "meeting-held": gettext_lazy("“召开”前后的会名"),
    "agenda": gettext_lazy("会上办的事"),
    "post-and-name": gettext_lazy("职务加姓名"),
    "honour-title": gettext_lazy("表彰的名称"),
    "pledge": gettext_lazy("作表态发言的单位"),
    "pledge-count": gettext_lazy("表态发言的数"),
    "theme-year": gettext_lazy("以“年”结尾的主题"),
    "area": gettext_lazy("列出的方面"),
    "result-figure": gettext_lazy("带数字的成绩"),
    "result-rank": gettext_lazy("带位次的成绩"),
    "by hand": gettext_lazy("人工标的"),
    "merged by hand": gettext_lazy("人工合并的"),
    "split by hand": gettext_lazy("人工拆分的"),
}
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


def doubts(codes: Iterable[str], confidence: int) -> list[dict[str, str]]:
    """All doubts of a finding that is not sure; the reader's own distrust is one when there is no other."""
    found = list(codes)
    if not set(found) - GAPS and confidence < SURE:
        found.append("unsure")
    return [doubt(code) for code in found]


def target(value: Mapping[str, Any]) -> str:
    """A figure to reach: 新开工项目 ≥ 80 个."""
    operator = value.get("operator") or "="
    sign = "" if operator == "=" else str(OPERATORS.get(operator, operator))
    pieces = (value.get("metric"), sign, str(value.get("value")), value.get("unit"))
    return " ".join(piece for piece in pieces if piece)


def why(rules: Iterable[str], confidence: int) -> str:
    """Why something was found and how far the reader trusts it: 主体加“要”；把握 85%."""
    known = [str(RULES.get(rule, rule)) for rule in rules]
    said = _("把握 %(n)s%%") % {"n": round(confidence / 10)}
    return _("；").join([joined(known), said]) if known else said


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
