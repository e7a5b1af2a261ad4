"""Findings in words, one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from luoshi.cli.words import gettext as _
from luoshi.officialdoc.words import READING_DOUBTS, RULES
from luoshi.text.reading import Finding

KINDS = {
    "title": _("标题"),
    "published": _("发布时间"),
    "signed": _("成文日期"),
    "doc_no": _("文号"),
    "source": _("稿件来源"),
    "column": _("栏目"),
    "clicks": _("点击量"),
    "meeting": _("会议"),
    "person": _("参会人员"),
    "agenda": _("议程"),
    "honour": _("表彰表扬"),
    "commitment": _("承诺事项"),
    "commitment_count": _("表态发言数"),
    "theme": _("主题年"),
    "area": _("方面"),
    "directive": _("任务要求"),
    "result": _("成效"),
}
_OWNERS = (
    ("lead_leaders", _("牵头领导")),
    ("lead_units", _("牵头单位")),
    ("responsible_units", _("责任单位")),
    ("cooperating_units", _("配合单位")),
    ("responsible_people", _("责任人")),
)


def shown(found: Finding, text: str) -> str:
    """The finding's value in words; what is in doubt says so at the front."""
    quote = text[found.start : found.end]
    words = _WORDS.get(found.kind, _plain)(found.value, quote) or quote
    return f"[{_('存疑')}] {words}" if found.doubts else words


def reason(found: Finding) -> str:
    """Why it was found, what is doubtful about it, how sure it is."""
    rules = "、".join(_(RULES.get(rule, rule)) for rule in found.rules)
    doubts = "、".join(_(READING_DOUBTS.get(code, code)) for code in found.doubts)
    return "；".join(part for part in (rules, doubts, f"{found.confidence:.0%}") if part)


def _plain(value: Mapping[str, Any], quote: str) -> str:
    return " ".join(str(one) for one in value.values() if isinstance(one, str | int))


def _quoted(value: Mapping[str, Any], quote: str) -> str:
    return quote


def _meeting(value: Mapping[str, Any], quote: str) -> str:
    return _joined(value.get("date"), value.get("time_of_day"), value.get("name"))


def _person(value: Mapping[str, Any], quote: str) -> str:
    return _joined(value["name"], "、".join(value.get("posts", ())))


def _theme(value: Mapping[str, Any], quote: str) -> str:
    year = value.get("year")
    return _joined(value["name"], str(year) if year else None)


def _honour(value: Mapping[str, Any], quote: str) -> str:
    return str(value["title"])


def _directive(value: Mapping[str, Any], quote: str) -> str:
    owners = [f"{label} {'、'.join(value[key])}" for key, label in _OWNERS if value.get(key)]
    deadline = value.get("deadline")
    due = f"{_('时限')} {deadline['value']}" if deadline else ""
    aside = "；".join(part for part in (*owners, due) if part)
    # The owners stand first: the sentence may be cut at the edge of the terminal.
    return f"〔{aside}〕{quote}" if aside else quote


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


_WORDS: Mapping[str, Callable[[Mapping[str, Any], str], str]] = {
    "meeting": _meeting,
    "person": _person,
    "directive": _directive,
    "agenda": _quoted,
    "theme": _theme,
    "honour": _honour,
    "result": _quoted,
}
