"""Whom a printed name means, said by a person: an alias of a unit, or a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luoshi.intake import queries
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import Invalid, NotFound
from luoshi.ledger import clock
from luoshi.org import actions, matching, states
from luoshi.org import queries as org
from luoshi.org.matching import Match
from luoshi.org.models import Unit
from luoshi.web.forms import write
from luoshi.web.intake import answering
from luoshi.web.intake.acts import offered, require
from luoshi.web.intake.names import book_of_today, names_in
from luoshi.web.request import StaffRequest

NEW = "new"


class NameForm(forms.Form):
    """Which unit a printed name means, or that it is a new one."""

    name = forms.CharField(max_length=120, widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=gettext_lazy("指哪个单位"))

    def __init__(self, match: Match, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = [known.key for known in match.found if known.kind == matching.UNIT]
        units = org.units(on=beijing_date(clock.now()))
        self.units = {str(each.pk): each for each in units}
        ordered = sorted(units, key=lambda each: near.index(each.pk) if each.pk in near else 99)
        choices = [("", "—"), *((f"{each.pk}:{each.version}", each.name) for each in ordered)]
        if new:
            choices.append((NEW, _("名册里没有，增设“%(name)s”") % {"name": match.name}))
        field = self.fields["unit"]
        field.choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        field.help_text = _("“%(name)s”以后都指它。") % {"name": match.name}
        if near:
            self.initial["unit"] = choices[1][0]


@login_required
@require_http_methods(["GET", "POST"])
def settle_name(request: StaffRequest, pk: int) -> HttpResponse:
    """Say which unit a name of a finding means: it becomes an alias, or a new unit."""
    row = queries.finding(request.actor, pk)
    require(request.actor, states.ADD_ALIAS, Unit())
    name = (request.POST if request.method == "POST" else request.GET).get("name", "")
    if name not in names_in(row):
        raise NotFound("not_found")
    form = NameForm(
        book_of_today().match(name),
        request.POST or None,
        new=offered(request.actor, states.ADD_UNIT, Unit()),
        auto_id=f"name_{pk}_%s",
        initial={"name": name},
    )
    send = _("定下来")
    if request.method == "GET":
        return answering.form(request, row, form, send)
    if not form.is_valid():
        return answering.form(request, row, form, send, 422)

    def act() -> str:
        _settle(request, form)
        return f"{reverse('web:finding', args=[pk])}?stay"

    return write(
        request,
        act,
        done=_("记下了，以后这个名字都指它。"),
        again=lambda error: answering.refused(request, row, error),
    )


def _settle(request: StaffRequest, form: NameForm) -> None:
    name, chosen = form.cleaned_data["name"], form.cleaned_data["unit"]
    if chosen == NEW:
        root = Unit.objects.filter(parent=None).order_by("pk").first()
        actions.add_unit(name, by=request.actor, parent=root)
        return
    key, _colon, version = chosen.partition(":")
    if key not in form.units:
        raise Invalid(fields={"unit": "invalid_choice"})
    actions.add_alias(form.units[key], name, by=request.actor, seen=int(version))
