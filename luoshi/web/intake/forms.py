"""Forms of intake: reject, mark by hand, stand as."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.intake import states

OTHER = "other"
REASONS = (
    ("slogan", _("是口号或态度，不是要求")),
    ("past", _("说的是过去的事")),
    ("misread", _("识别有误")),
    ("twice", _("与另一条重复")),
    (OTHER, _("其他")),
)


class RejectForm(forms.Form):
    """A reason from a short list; free words may go with it."""

    because = forms.ChoiceField(label=_("为什么"), choices=REASONS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("补充一句"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("because") == OTHER and not cleaned.get("words"):
            self.add_error("words", _("选了“其他”，请写一句。"))
        return cleaned

    @property
    def reason(self) -> str:
        """The reason as it is kept: words only, in the language it was given in."""
        label = str(dict(REASONS)[self.cleaned_data["because"]])
        words = self.cleaned_data["words"]
        if self.cleaned_data["because"] == OTHER:
            return words
        return f"{label}；{words}" if words else label


class MarkForm(forms.Form):
    """Words of the text and what they are; `start` and `end` come from a selection on the page."""

    kind = forms.ChoiceField(
        label=_("标为"),
        choices=sorted(states.FINDING_KINDS, key=lambda pair: pair[0] != "directive"),
    )
    words = forms.CharField(
        label=_("原文里的字"),
        help_text=_("在左边选中会自动填上，也可以贴进来。"),
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class TypedForm(forms.Form):
    """What stood at a damaged place, typed by a person; empty when nothing did."""

    text = forms.CharField(
        label=_("这里原来是"),
        help_text=_("这里没有字就留空。"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "zh-Hans"}),
    )


class ClosingForm(forms.Form):
    """Why a public page is taken down; the reason stays inside."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class StandAsForm(forms.Form):
    """依据文件 or 参考报道."""

    standing = forms.ChoiceField(choices=states.STANDINGS, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("理由"), required=False, max_length=200)
