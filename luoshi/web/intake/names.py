"""Names that a document prints, beside whom they mean: linked, left as a class, or asked about."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.intake.models import Finding
from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_date
from luoshi.ledger import clock
from luoshi.org import matching, states
from luoshi.org import queries as org
from luoshi.org.matching import Book, Match
from luoshi.org.models import Unit
from luoshi.web.intake.acts import offered

UNITS = ("lead_units", "responsible_units", "cooperating_units")
HOW = {
    matching.ALIAS: gettext_lazy("按别名"),
    matching.LEVEL: gettext_lazy("按本级"),
    matching.ABBREVIATED: gettext_lazy("按简称"),
}


def book_of_today() -> Book:
    """Everybody whom a printed name can mean today."""
    return org.book(on=beijing_date(clock.now()))


def name_chip(finding: Finding, match: Match, viewer: Actor | None) -> dict[str, Any]:
    """One printed name as `_name.html` draws it."""
    chip: dict[str, Any] = {"text": match.name}
    known = match.certain
    if known is not None:
        if known.kind == matching.UNIT:
            chip["url"] = f"{reverse('web:items')}?{urlencode({'unit': known.key})}"
        if match.how in HOW:
            values = {"name": known.names[0], "how": HOW[match.how]}
            chip["note"] = _("即%(name)s，%(how)s") % values
    elif match.how != matching.CLASS:
        several = match.how == matching.AMBIGUOUS
        chip["ask"] = _("不止一个单位叫这个名字") if several else _("名册里没有")
        settles = match.name in names_in(finding)
        if settles and viewer is not None and offered(viewer, states.ADD_ALIAS, Unit()):
            query = urlencode({"name": match.name})
            chip["settle"] = f"{reverse('web:settle_name', args=[finding.pk])}?{query}"
    return chip


def names_in(row: Finding) -> list[str]:
    """The names of units that a finding prints."""
    if row.kind == "commitment":
        return [row.value.get("unit") or ""]
    return [name for role in UNITS for name in row.value.get(role) or []]
