"""Forms of programme: what became of a sentence, drafting a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.programme.models import Heading, Item, Link
from luoshi.programme.twins import Twin
from luoshi.web.intake import words

ALL = "all"


class HeadingsForm(forms.Form):
    """列入方面: one heading, several, or all."""

    kind = forms.CharField(widget=forms.HiddenInput)
    headings = forms.MultipleChoiceField(
        label=_("列入哪些方面"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, headings: Sequence[Heading], titles: Mapping[int, str], *args: Any, **kwargs: Any
    ) -> None:
        """`titles` are those of the programmes; each heading names its own where there are several."""
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.pk): each for each in headings}
        whole = _("全部 %(n)s 个方面") % {"n": len(headings)}
        several = len(titles) > 1
        choices = [
            (key, f"{each}　{titles[each.programme_id]}" if several else str(each))
            for key, each in self.by_key.items()
        ]
        self.fields["headings"].choices = [(ALL, whole), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> list[Heading]:
        """The headings meant, in their order."""
        keys = self.cleaned_data["headings"]
        return [each for key, each in self.by_key.items() if ALL in keys or key in keys]


class ItemForm(forms.Form):
    """并入 or 已有事项承接: the item that carries the sentence, one of its likely twins or by its number.

    A figure key chooses a twin and sends.
    """

    kind = forms.CharField(widget=forms.HiddenInput)
    twin = forms.ChoiceField(label=_("意思相近的事项"), required=False, widget=forms.RadioSelect)
    item = forms.CharField(label=_("督查编号"), max_length=12, required=False)
    note = forms.CharField(label=_("说明"), required=False, max_length=120)

    def __init__(
        self, suggested: Iterable[Item], twins: Sequence[Twin], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pick = bool(twins)
        if twins:
            choices = [(each.item.code, _twin_words(each)) for each in twins]
            self.fields["twin"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["twin"]
        self.fields["item"].required = not twins
        self.suggestions = [(each.code, each.requirement) for each in suggested]
        self.suggestions_id = f"{self.auto_id}items".replace("%s", "")
        self.fields["item"].widget.attrs.update(
            {"list": self.suggestions_id, "autocomplete": "off", "placeholder": "2023-001"}
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["item"] = cleaned.get("item") or cleaned.get("twin") or ""
        if not cleaned["item"] and "item" not in self.errors:
            self.add_error("item", _("请填这一栏。"))
        return cleaned


def _twin_words(twin: Twin) -> str:
    """An item as a choice: its number, its words, how alike it is."""
    values = {
        "code": twin.item.code,
        "item": twin.item.requirement,
        "share": round(twin.share * 100),
    }
    if twin.same_unit:
        return gettext("%(code)s %(item)s（相近 %(share)s%%，同一单位）") % values
    return gettext("%(code)s %(item)s（相近 %(share)s%%）") % values


class WordForm(forms.Form):
    """面上要求, 另行部署, 待细化, 阅知: the word alone, perhaps with a note."""

    kind = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("说明"), required=False, max_length=120)


class UnlinkForm(forms.Form):
    """Which links are taken back; each value carries the version that was seen."""

    links = forms.MultipleChoiceField(label=_("取消哪些"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, links: Sequence[Link], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.pk): each for each in links}
        field = self.fields["links"]
        field.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (f"{each.pk}:{each.version}", words.outcome([each])) for each in links
        ]
        if len(links) == 1:
            field.initial = [f"{links[0].pk}:{links[0].version}"]

    @property
    def chosen(self) -> list[tuple[Link, int]]:
        """The links with the versions seen."""
        pairs = (value.split(":") for value in self.cleaned_data["links"])
        return [(self.by_key[key], int(version)) for key, version in pairs]


class DraftForm(forms.Form):
    """The name and year of a list."""

    title = forms.CharField(label=_("清单名称"), max_length=120)
    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    theme = forms.CharField(label=_("主题年"), required=False, max_length=40)
