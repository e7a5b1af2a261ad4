"""The form that corrects a finding: every field of its kind; and what was typed as a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from luoshi.intake.models import Document, Finding
from luoshi.intake.schema import KINDS_OF_TIME, MAIN_FIELD, OPERATORS, kind_of_time
from luoshi.intake.times import time_of
from luoshi.web.intake import words

_SPLIT = re.compile(r"[、,，;；\n]+")
_TIME = "|".join(form.pattern for form in KINDS_OF_TIME.values())
MOST = 40  # rows of targets or milestones in one form


@dataclass(frozen=True, slots=True)
class Input:
    """One field: its name in the value, its label, how it is shown, typed and read back."""

    name: str
    label: Any
    field: Callable[..., forms.Field] = forms.CharField
    shown: Callable[[Any], Any] = lambda value: value
    read: Callable[[Any], Any] = lambda typed: typed
    options: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Several things of one sort, a row of fields for each, and one row more."""

    name: str
    label: Any
    columns: tuple[Input, ...]


def _list(name: str, label: Any) -> Input:
    """Several words, typed with 、 between them."""
    return Input(
        name,
        label,
        shown=lambda value: "、".join(value or ()),
        read=lambda typed: [each.strip() for each in _SPLIT.split(typed) if each.strip()],
    )


def _optional(name: str, label: Any, **options: Any) -> Input:
    """Words that may be missing."""
    return Input(name, label, read=lambda typed: typed or None, options=options)


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


def _time(name: str, label: Any, **options: Any) -> Input:
    """The value of a time in its plain form."""
    return Input(
        name, label, forms.RegexField, read=lambda typed: typed or None,
        options={"regex": rf"^(?:{_TIME})$", **options},
    )  # fmt: skip


def _number(name: str, label: Any) -> Input:
    return Input(name, label, forms.IntegerField, options={"min_value": 0})


def _read_figure(typed: str) -> int | str | None:
    """A whole number as one, any other as its text: a record holds no floats."""
    if not typed:
        return None
    return int(typed) if re.fullmatch(r"-?\d+", typed) else typed


def _figure(name: str, label: Any) -> Input:
    """A number as it is printed: 450, 1.8."""
    return Input(
        name, label, forms.RegexField,
        shown=lambda value: "" if value is None else str(value),
        read=_read_figure,
        options={"regex": r"^-?\d{1,15}(\.\d{1,6})?$"},
    )  # fmt: skip


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
    "agenda": (Input("quote", _("议程")),),
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
            options={"help_text": _("照原文写，如“年底前”；规范写法空着就照文字换算。")},
        ),
        _time("deadline_value", _("规范写法"), help_text=_("如 2023-06-30、2023-Q3、2023、P15D（15 天内）")),
        _optional("area", _("方面")),
        _choice("strength", _("要求的硬度"), words.STRENGTHS),
        _list("verbs", _("动作")),
    ),
    "result": (
        _optional("metric", _("指标")),
        _figure("value", _("数值")),
        _optional("unit", _("单位")),
        _optional("rank", _("位次")),
    ),
}  # fmt: skip
TABLES: Mapping[str, tuple[Table, ...]] = {
    "directive": (
        Table(
            "targets", _("目标值"),
            (
                _optional("metric", _("指标"), max_length=80),
                Input("operator", _("比较"), forms.ChoiceField, read=lambda typed: typed or "=",
                      options={"choices": [(each, words.OPERATORS[each]) for each in OPERATORS]}),
                _figure("value", _("数值")),
                _optional("unit", _("单位"), max_length=20),
            ),
        ),
        Table("milestones", _("节点"), (_optional("text", _("照原文"), max_length=80), _time("value", _("规范写法")))),
    ),
}  # fmt: skip


class CorrectForm(forms.Form):
    """The fields of one finding of any kind."""

    compact = True  # labels stand beside their fields

    def __init__(self, finding: Finding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finding = finding
        self.inputs = INPUTS[finding.kind]
        self.tables = TABLES.get(finding.kind, ())
        main = MAIN_FIELD.get(finding.kind)
        value = {**finding.value}
        value["deadline_value"] = (value.get("deadline") or {}).get("value")
        for each in self.inputs:
            self._add(each.name, each, value.get(each.name), required=each.name == main)
        self.rows: dict[str, int] = {}
        for table in self.tables:
            self._add_rows(table, value.get(table.name) or [])
        self._focus()

    @property
    def plain(self) -> list[BoundField]:
        """The fields that stand alone."""
        return [self[each.name] for each in self.inputs]

    @property
    def grids(self) -> Iterator[dict[str, Any]]:
        """The rows of the tables, as `_finding_form.html` draws them."""
        for table in self.tables:
            yield {
                "label": table.label,
                "name": table.name,
                "rows": [
                    [self[f"{table.name}-{at}-{column.name}"] for column in table.columns]
                    for at in range(self.rows[table.name])
                ],
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for at in range(self.rows.get("targets", 0)):
            named = any(cleaned.get(f"targets-{at}-{name}") for name in ("metric", "unit"))
            name = f"targets-{at}-value"
            if named and name not in self.errors and cleaned.get(name) in (None, ""):
                self._missing(name)
        for at in range(self.rows.get("milestones", 0)):
            if cleaned.get(f"milestones-{at}-value") and not cleaned.get(f"milestones-{at}-text"):
                self._missing(f"milestones-{at}-text")
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What the person changed, as values."""
        changed = set(self.changed_data)
        found = {
            each.name: each.read(self.cleaned_data[each.name])
            for each in self.inputs
            if each.name in changed and not each.name.startswith("deadline")
        }
        if changed & {"deadline", "deadline_value"}:
            found["deadline"] = self._deadline(changed)
        for table in self.tables:
            if any(name.startswith(f"{table.name}-") for name in changed):
                found[table.name] = list(self._read(table))
        return found

    def _add(self, name: str, each: Input, value: Any, *, required: bool) -> None:
        field = each.field(label=each.label, required=required, **(each.options or {}))
        if not isinstance(field, forms.MultipleChoiceField | forms.ChoiceField):
            field.widget.attrs["autocomplete"] = "off"
        self.fields[name] = field
        self.initial.setdefault(name, each.shown(value))

    def _add_rows(self, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
        """A row for each value or for each that was sent, and an empty one."""
        rows = len(values) + 1
        while (
            self.is_bound
            and rows < MOST
            and any(f"{table.name}-{rows}-{column.name}" in self.data for column in table.columns)
        ):
            rows += 1
        self.rows[table.name] = rows
        for at in range(rows):
            value: Mapping[str, Any] = values[at] if at < len(values) else {}
            for column in table.columns:
                self._add(
                    f"{table.name}-{at}-{column.name}",
                    column,
                    value.get(column.name),
                    required=False,
                )

    def _read(self, table: Table) -> Iterator[dict[str, Any]]:
        for at in range(self.rows[table.name]):
            row = {
                column.name: column.read(self.cleaned_data[f"{table.name}-{at}-{column.name}"])
                for column in table.columns
            }
            if any(value for name, value in row.items() if name != "operator"):
                if table.name == "milestones" and row["value"] is None:
                    row["value"] = time_of(row["text"], *clock_of(self.finding.document))["value"]
                yield row

    def _deadline(self, changed: set[str]) -> dict[str, Any] | None:
        text, value = self.cleaned_data["deadline"], self.cleaned_data["deadline_value"]
        if not text and (not value or "deadline_value" not in changed):
            return None
        if not value or "deadline_value" not in changed:
            return time_of(text, *clock_of(self.finding.document))
        return {"text": text or value, "value": value, "kind": kind_of_time(value)}

    def _missing(self, name: str) -> None:
        self.add_error(name, _("请填这一栏。"))

    def _focus(self) -> None:
        """The field that is asked for first: of a directive the first owners named, else who is responsible."""
        names = [each.name for each in self.inputs]
        if self.finding.kind == "directive":
            owners = [name for name, _label in words.OWNERS]
            names = [name for name in owners if self.finding.value.get(name)] or [
                "responsible_units"
            ]
        self.first = names[0]


def clock_of(document: Document) -> tuple[int | None, int | None]:
    """The year and month that bare dates of a document belong to, as far as it says."""
    day = document.published_on
    return (day.year, day.month) if day else (None, None)
