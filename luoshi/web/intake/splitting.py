"""The form that says where a directive is cut: one of its pauses, the cursor in the text, or typed words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.intake.dividing import halves

_PAUSE = re.compile("[。！？!?；;，,]")
_STRONG = "。！？!?；;"
_NEAR = 12  # characters shown on either side of a cut
CURSOR, TYPED = "cursor", "typed"
MOST = 60


class SplitForm(forms.Form):
    """A place to cut [start, end) of a text at; `first` is the field one begins with."""

    place = forms.ChoiceField(label=_("断在哪里"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("后一句从这几个字起"), required=False, max_length=60,
        help_text=_("上面没有合适的，照抄后一句开头的几个字。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    cursor = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, text: str, start: int, end: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.start, self.end = text, start, end
        cuts = list(self._cuts())
        choices = [(str(at), self._shown(at)) for at in cuts]
        choices += [
            (CURSOR, gettext("原文里光标所在的地方")),
            (TYPED, gettext("下面写的几个字之前")),
        ]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.initial["place"] = str(self._likely(cuts)) if cuts else TYPED
        self.first = "place" if cuts else "words"
        self.fields["cursor"].widget.attrs |= {"data-cursor": f"{start} {end}"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        at = self._chosen(cleaned)
        if at is None and "place" in cleaned:
            self.add_error("place", _("请点在这句话中间，或者选一处。"))
        elif at is not None and halves(self.text, self.start, self.end, at) is None:
            self.add_error("place", _("要断在这句话的中间，前后都要有字。"))
        return cleaned

    @property
    def at(self) -> int:
        """The offset in the restored text to cut at."""
        return self._chosen(self.cleaned_data) or 0

    def _chosen(self, cleaned: dict[str, Any]) -> int | None:
        place = cleaned.get("place", "")
        if place == CURSOR:
            at: int | None = cleaned.get("cursor")
            return at
        if place == TYPED:
            words = (cleaned.get("words") or "").strip()
            found = self.text.find(words, self.start, self.end) if words else -1
            return found if found >= 0 else None
        return int(place) if place else None

    def _cuts(self) -> Iterator[int]:
        """The places behind the pauses of the sentence that leave words on both sides."""
        found = (hit.end() for hit in _PAUSE.finditer(self.text, self.start, self.end))
        kept = [at for at in found if halves(self.text, self.start, self.end, at)]
        yield from kept[:MOST]

    def _likely(self, cuts: list[int]) -> int:
        """The pause nearest the middle, a strong one before a comma."""
        middle = (self.start + self.end) / 2
        return min(cuts, key=lambda at: (self.text[at - 1] not in _STRONG, abs(at - middle)))

    def _shown(self, at: int) -> str:
        before = self.text[max(self.start, at - _NEAR) : at].rpartition("\n")[2]
        after = self.text[at : min(self.end, at + _NEAR)].partition("\n")[0]
        return f"…{before} ‖ {after}…"
