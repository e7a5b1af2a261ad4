"""The form that corrects a finding: the words of its value, by kind; and what was typed as a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.intake.models import Finding
from luoshi.intake.rules import MAIN_FIELD
from luoshi.web.intake import words

_SPLIT = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True, slots=True)
class Input:
    """One field: its name in the value, its label, how it is shown, typed and read back."""

    name: str
    label: Any
    field: Callable[..., forms.Field] = forms.CharField
    shown: Callable[[Any], Any] = lambda value: value
    read: Callable[[Any], Any] = lambda typed: typed
    options: Mapping[str, Any] | None = None


def _list(name: str, label: Any) -> Input:
    """Several words, typed with 、 between them."""
    return Input(
        name,
        label,
        shown=lambda value: "、".join(value or ()),
        read=lambda typed: [each.strip() for each in _SPLIT.split(typed) if each.strip()],
    )


def _choice(name: str, label: Any, choices: Sequence[tuple[str, Any]]) -> Input:
    return Input(
        name, label, forms.ChoiceField, read=lambda typed: typed or None,
        options={"choices": [("", "—"), *choices]},
    )  # fmt: skip


def _day(name: str, label: Any) -> Input:
    """An ISO date; XXXX-01-28 when the year is not known."""
    return Input(
        name, label, forms.RegexField, read=lambda typed: typed or None,
        options={"regex": r"^(\d{4}|XXXX)-\d{2}-\d{2}$", "help_text": _("写作 2023-01-28；年份不明写 XXXX")},
    )  # fmt: skip


def _number(name: str, label: Any) -> Input:
    return Input(name, label, forms.IntegerField, options={"min_value": 0})


def _deadline(typed: str) -> dict[str, Any] | None:
    """A date as typed: a full ISO date has a value, other words are kept as they are."""
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return {"text": typed, "value": None, "kind": None}
    return {"text": typed, "value": day.isoformat(), "kind": "date"}


_TEXT = (Input("text", _("文字")),)
INPUTS: Mapping[str, tuple[Input, ...]] = {
    "title": _TEXT,
    "doc_no": _TEXT,
    "source": _TEXT,
    "column": _TEXT,
    "published": (_day("date", _("日期")),),
    "signed": (_day("date", _("日期")),),
    "clicks": (_number("count", _("点击量")),),
    "meeting": (
        Input("name", _("名称")),
        _day("date", _("日期")),
        _choice("time_of_day", _("时段"), words.TIMES_OF_DAY),
    ),
    "person": (
        Input("name", _("姓名")),
        _list("posts", _("职务")),
        Input(
            "acts", _("在会上"), forms.MultipleChoiceField, read=list,
            options={"choices": words.MEETING_ACTS, "widget": forms.CheckboxSelectMultiple},
        ),
    ),
    "agenda": (Input("quote", _("议程")), Input("text", _("议程"))),
    "honour": (
        Input("title", _("名称")),
        _choice("level", _("级别"), words.HONOUR_LEVELS),
        _list("kinds", _("对象")),
    ),
    "commitment": (Input("unit", _("单位")),),
    "commitment_count": (_number("count", _("表态发言数")),),
    "theme": (
        Input("name", _("主题年")),
        _number("year", _("年份")),
        _choice("status", _("哪一年的"), words.THEME_STATES),
    ),
    "area": (Input("name", _("方面")),),
    "directive": (
        *(_list(name, label) for name, label in words.OWNERS),
        Input(
            "deadline", _("完成时限"), shown=lambda value: (value or {}).get("text") or "",
            read=_deadline, options={"help_text": _("日期写作 2023-11-30；也可照原文写“年底前”")},
        ),
    ),
    "result": (
        Input("metric", _("指标")),
        Input("value", _("数值"), shown=lambda value: "" if value is None else str(value)),
        Input("unit", _("单位")),
        Input("rank", _("位次")),
        Input("text", _("成效")),
    ),
}  # fmt: skip


class CorrectForm(forms.Form):
    """The words of one finding; fields that its value does not have are left out."""

    def __init__(self, finding: Finding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        main = MAIN_FIELD.get(finding.kind)
        self.finding = finding
        self.inputs = [
            each for each in INPUTS[finding.kind] if each.name in finding.value or each.name == main
        ]
        for each in self.inputs:
            field = each.field(label=each.label, required=each.name == main, **(each.options or {}))
            self.fields[each.name] = field
            self.initial.setdefault(each.name, each.shown(finding.value.get(each.name)))

    @property
    def given(self) -> dict[str, Any]:
        """What the person changed, as values."""
        return {
            each.name: each.read(self.cleaned_data[each.name])
            for each in self.inputs
            if each.name in self.changed_data
        }
