"""The forms of delivery's steps, and the fields they share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.delivery import states
from luoshi.org.models import Person

RETURN_REASONS = (
    _("缺佐证材料"),
    _("佐证看不清，或者打不开"),
    _("完成数与佐证对不上"),
    _("没有说清做到哪一步"),
    _("没有按要求的口径报"),
)


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def happened(*, required: bool = False) -> forms.DateField:
    """The day on which an act was done on paper."""
    return forms.DateField(
        label=_("实际办的日子"),
        help_text=_("纸上办的那一天。录入的时间另外记下。"),
        required=required,
        widget=DateInput(),
    )


def words(label: Any, *, required: bool = True, rows: int = 3, most: int = 2000) -> forms.CharField:
    """A few lines of free words."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": _("请填这一栏。")},
    )


class Nothing(forms.Form):
    """A step that needs no words."""


class OnPaper(forms.Form):
    """A step that was taken on paper on an earlier day."""

    happened = happened(required=True)


class ForAnother(forms.Form):
    """A step that one person enters for another (代录)."""

    behalf = forms.ChoiceField(label=_("替谁代录"))
    happened = happened(required=True)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        field = self.fields["behalf"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, person.name) for key, person in self.people.items()]

    def clean_behalf(self) -> Person:
        return self.people[self.cleaned_data["behalf"]]


class Reading(forms.Form):
    """The leader's reading: words if he has any."""

    words = words(_("批示或意见"), required=False, most=300)
    happened = happened()


class ReadingForAnother(ForAnother, Reading):
    """The leader's reading, entered by his secretary."""

    field_order = ("behalf", "happened", "words")


class Reason(forms.Form):
    """A step that says why."""

    reason = words(_("原因"), rows=2, most=300)


class SendBack(forms.Form):
    """Why a report is sent back: one of a few reasons, or words."""

    chosen = forms.MultipleChoiceField(
        label=_("缺什么"),
        required=False,
        help_text=_("选一条，或者在下面写一句。"),
        choices=[(str(number), reason) for number, reason in enumerate(RETURN_REASONS)],
        widget=forms.CheckboxSelectMultiple(),
    )
    reason = words(_("再说清楚一点"), required=False, rows=2, most=200)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        chosen = [str(RETURN_REASONS[int(number)]) for number in typed.get("chosen", [])]
        typed["reason"] = "；".join([*chosen, *filter(None, [typed.get("reason", "").strip()])])
        if not typed["reason"]:
            self.add_error("reason", _("请选一条，或者写一句。"))
        return typed


class Verification(forms.Form):
    """What was seen at the check."""

    method = forms.ChoiceField(label=_("怎么核查的"), choices=states.METHODS)
    place = forms.CharField(label=_("在哪里"), required=False, max_length=120)
    words = words(_("看到什么"))
    happened = happened()


class Report(forms.Form):
    """One report of a unit; the template draws it in three cards."""

    done = words(_("做了什么"), rows=4)
    evidence = forms.FileField(
        label=_("选文件或拍照"),
        required=False,
        help_text=_("PDF、图片、Word、Excel、PPT、纯文本，每个不超过 20 MB，一次最多 10 个。"),
    )
    problem = words(_("有什么问题"), required=False, rows=2)
    next_step = words(_("下一步"), required=False, rows=2)
    claim = forms.BooleanField(
        label=_("这一件已办成，申请办结"),
        required=False,
        help_text=_("要有一份佐证材料。负责人审签那天起，单位停钟。"),
    )
    excepted = forms.CharField(
        label=_("哪些单位的分工没有报"),
        required=False,
        max_length=300,
        help_text=_("牵头单位申请办结时，配合单位还没报的，在这里写明“某单位未报”。"),
    )


class Wording(forms.Form):
    """What the public will read."""

    text = words(_("公开口径"), rows=6)


class Issue(forms.Form):
    """The decision by which a programme is issued."""

    approved_at = forms.CharField(label=_("审定会议"), max_length=120)
    number = forms.CharField(label=_("文号"), max_length=80)
    issued_on = forms.DateField(label=_("印发日期"), widget=DateInput())
    exception = words(_("还有任务要求没有对应，为什么放过"), required=False, rows=2, most=300)
