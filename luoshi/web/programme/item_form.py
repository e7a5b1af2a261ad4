"""The form of an item with its rows of targets, nodes and cooperating units; several rows without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.intake import queries as intake
from luoshi.intake.models import Finding
from luoshi.intake.states import PAGE_FACTS, STANDING_FINDINGS
from luoshi.kernel.errors import Invalid, LuoshiError
from luoshi.org import queries as org
from luoshi.org.models import Post, Unit
from luoshi.programme import queries, states
from luoshi.programme.actions import DutyGiven, NodeGiven, TargetGiven
from luoshi.programme.models import Heading, Programme
from luoshi.web import words
from luoshi.web.forms import refuse_into
from luoshi.web.intake.sheet import Sheet
from luoshi.web.programme import defaults

BLANK_ROWS = 3
MOST_ROWS = 30
_DAY = {"type": "date"}
_CELL = {"autocomplete": "off"}


@dataclass(frozen=True, slots=True)
class Choices:
    """What an item of a programme can be made of: its areas, the document's sentences, posts, units."""

    programme: Programme
    sheet: Sheet
    headings: dict[str, Heading]
    findings: dict[str, Finding]
    posts: dict[str, Post]
    units: dict[str, Unit]
    days: defaults.Days

    def sentence(self, key: Any) -> dict[str, str] | None:
        """The chosen sentence with its place."""
        finding = self.findings.get(str(key))
        if finding is None:
            return None
        return {"words": self.sheet.words(finding), "place": self.sheet.place(finding)}


def choices(programme: Programme, *, on: date) -> Choices:
    """The choices of a programme on a day."""
    kinds = ("directive", "signed", "meeting", *PAGE_FACTS)
    found = intake.findings_between(programme.document, (), 0, 0, kinds)
    sheet = Sheet(programme.document)
    sheet.settle(found)
    standing = [
        each for each in found if each.kind == "directive" and each.state in STANDING_FINDINGS
    ]
    for each in standing:
        each.document = programme.document
    headings = queries.headings_of([programme])
    for heading in headings:
        heading.programme = programme
    return Choices(
        programme=programme,
        sheet=sheet,
        headings={str(each.pk): each for each in headings},
        findings={str(each.pk): each for each in standing},
        posts={str(each.pk): each for each in org.leader_posts()},
        units={str(each.pk): each for each in org.units(on=on)},
        days=defaults.days_of(programme.year, found),
    )


class MainForm(forms.Form):
    """The item itself. What the sentence gives is filled in; a date and a unit are asked for."""

    finding = forms.ChoiceField(label=_("原文"))
    heading = forms.ChoiceField(label=_("方面"))
    requirement = forms.CharField(
        label=_("要求"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    due = forms.DateField(
        label=_("完成时限"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    lead_unit = forms.ChoiceField(label=_("牵头单位"))
    grade = forms.ChoiceField(
        label=_("办结等级"),
        choices=states.GRADES,
        initial=states.ORDINARY,
        widget=forms.RadioSelect,
    )
    lead_leader = forms.ChoiceField(label=_("牵头领导"), required=False)
    responsible_units = forms.MultipleChoiceField(
        label=_("责任单位"), required=False, widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text=_("按住 Ctrl 可多选；只有一个单位时填牵头单位就够了"),
    )  # fmt: skip
    measure = forms.CharField(
        label=_("衡量"), required=False, max_length=300, widget=forms.TextInput(attrs=_CELL)
    )
    papers_due = forms.DateField(
        label=_("报结时限"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )

    def __init__(self, known: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", "—")]
        units = [(key, str(each)) for key, each in known.units.items()]
        offered: Mapping[str, list[tuple[str, str]]] = {
            "finding": none + [(key, _short(known.sheet.words(each))) for key, each in known.findings.items()],
            "heading": none + [(key, str(each)) for key, each in known.headings.items()],
            "lead_unit": none + units,
            "responsible_units": units,
            "lead_leader": none + [(key, f"{each.unit} {each.name}") for key, each in known.posts.items()],
        }  # fmt: skip
        for name, pairs in offered.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]  # a ChoiceField


class PartForm(forms.Form):
    """A unit that cooperates, and with what."""

    unit = forms.ChoiceField(label=_("配合单位"))
    part = forms.CharField(
        label=_("分工"), max_length=120, required=False, widget=forms.TextInput(attrs=_CELL)
    )

    def __init__(self, known: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(key, str(each)) for key, each in known.units.items()]
        self.fields["unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]  # a ChoiceField


class TargetForm(forms.Form):
    """A figure to reach."""

    metric = forms.CharField(label=_("指标"), max_length=80, widget=forms.TextInput(attrs=_CELL))
    operator = forms.ChoiceField(label=_("关系"), choices=states.OPERATORS, initial=">=")
    value = forms.DecimalField(label=_("目标值"), max_digits=18, decimal_places=4)
    unit = forms.CharField(
        label=_("单位"), max_length=20, required=False, widget=forms.TextInput(attrs=_CELL)
    )

    def __init__(self, known: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def has_changed(self) -> bool:
        """Whether anything was typed: the operator alone asks for nothing."""
        return bool(set(self.changed_data) - {"operator"})


class NodeForm(forms.Form):
    """A deliverable and its date."""

    deliverable = forms.CharField(
        label=_("节点成果"), max_length=120, widget=forms.TextInput(attrs=_CELL)
    )
    due = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))

    def __init__(self, known: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


RowForm = type[PartForm] | type[TargetForm] | type[NodeForm]


class ItemForms:
    """The main form and its rows, drawn and read together."""

    def __init__(
        self,
        known: Choices,
        data: Mapping[str, Any] | None,
        initial: defaults.Defaults | None = None,
    ) -> None:
        given = initial or defaults.Defaults()
        self.known = known
        self.main = MainForm(known, data, initial=given.main)
        for name, hint in given.hints.items():
            self.main.fields[name].help_text = hint
        self.parts = list(_rows(PartForm, "part", known, data, given.parts))
        self.targets = list(_rows(TargetForm, "target", known, data, given.targets))
        self.nodes = list(_rows(NodeForm, "node", known, data, given.nodes))

    @classmethod
    def fresh(cls, known: Choices, asked: Mapping[str, str]) -> ItemForms:
        """The forms with what the sentence and the address give."""
        finding = known.findings.get(asked.get("finding", ""))
        given = defaults.of(finding, known.sheet, known.units, known.headings, known.days)
        if asked.get("heading", "") in known.headings:
            given.main["heading"] = asked["heading"]
        return cls(known, None, given)

    @classmethod
    def typed(cls, known: Choices, data: Mapping[str, Any]) -> ItemForms:
        """The forms as they were sent."""
        return cls(known, data)

    def is_valid(self) -> bool:
        """Whether every form is; all are checked, so that every error is seen at once."""
        answers = [each.is_valid() for each in (self.main, *self.parts, *self.targets, *self.nodes)]
        return all(answers)

    def refuse(self, error: LuoshiError) -> None:
        """Put a refusal where it belongs."""
        if isinstance(error, Invalid) and not set(error.fields) & set(self.main.fields):
            self.main.add_error(
                None, _("、").join(words.field_words(error).values()) or words.refusal(error)
            )
            return
        refuse_into(self.main, error)

    @property
    def heading(self) -> Heading:
        return self.known.headings[self.main.cleaned_data["heading"]]

    @property
    def finding(self) -> Finding:
        return self.known.findings[self.main.cleaned_data["finding"]]

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes, but for the heading."""
        main = self.main.cleaned_data
        return {
            "finding": self.finding,
            "requirement": main["requirement"],
            "measure": main["measure"],
            "grade": main["grade"],
            "due": main["due"],
            "papers_due": main["papers_due"],
            "duties": list(self._duties()),
            "targets": [
                TargetGiven(**each.cleaned_data) for each in self.targets if each.has_changed()
            ],
            "nodes": [NodeGiven(**each.cleaned_data) for each in self.nodes if each.has_changed()],
        }

    def _duties(self) -> Iterator[DutyGiven]:
        main, units = self.main.cleaned_data, self.known.units
        if main["lead_leader"]:
            yield DutyGiven(states.LEAD_LEADER, post=self.known.posts[main["lead_leader"]])
        yield DutyGiven(states.LEAD_UNIT, unit=units[main["lead_unit"]])
        for key in main["responsible_units"]:
            if key != main["lead_unit"]:
                yield DutyGiven(states.RESPONSIBLE_UNIT, unit=units[key])
        for each in self.parts:
            if each.has_changed():
                given = each.cleaned_data
                yield DutyGiven(
                    states.COOPERATING_UNIT, unit=units[given["unit"]], part=given["part"]
                )


def _rows(
    kind: RowForm,
    prefix: str,
    known: Choices,
    data: Mapping[str, Any] | None,
    initial: list[dict[str, Any]],
) -> Iterator[forms.Form]:
    """As many rows as were sent, or those given and three blank ones; a blank row asks for nothing."""
    count = len(initial) + BLANK_ROWS
    if data is not None:
        numbers = (name.split("-")[1] for name in data if name.startswith(f"{prefix}-"))
        count = max(
            (int(each) + 1 for each in numbers if each.isascii() and each.isdigit()), default=0
        )
    for number in range(min(count, MOST_ROWS)):
        yield kind(
            known, data, prefix=f"{prefix}-{number}", empty_permitted=True, use_required_attribute=False,
            initial=initial[number] if number < len(initial) else None,
        )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
