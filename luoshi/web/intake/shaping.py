"""Where a directive ends: two merged into one, one split in two."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.intake import queries, shaping, states
from luoshi.web.forms import seen_version, write
from luoshi.web.intake import answering
from luoshi.web.intake.acts import require
from luoshi.web.intake.findings import asked
from luoshi.web.intake.sheet import Sheet
from luoshi.web.intake.splitting import SplitForm
from luoshi.web.request import StaffRequest


@login_required
@require_POST
def merge(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the directive that follows into this one."""
    row = queries.finding(request.actor, pk)
    other = queries.finding(request.actor, _number(request.POST.get("other", "")))

    def act() -> str:
        seen, other_seen = seen_version(request), _number(request.POST.get("other_seen", ""))
        shaping.merge(row, other, by=request.actor, seen=seen, other_seen=other_seen)
        return f"{reverse('web:finding', args=[pk])}?gone={other.pk}"

    return write(
        request,
        act,
        done=_("合并成一句了。"),
        again=lambda error: answering.refused(request, row, error),
    )


@login_required
@require_http_methods(["GET", "POST"])
def split(request: StaffRequest, pk: int) -> HttpResponse:
    """Cut a directive in two at a place in its words."""
    row = queries.finding(request.actor, pk)
    require(request.actor, states.SPLIT, row)
    sheet = Sheet(row.document)
    start, end = sheet.span(row)
    form = SplitForm(sheet.text, start, end, request.POST or None, auto_id=f"split_{pk}_%s")

    def act() -> str:
        _first, second = shaping.split(row, form.at, by=request.actor, seen=seen_version(request))
        return f"{reverse('web:finding', args=[pk])}?also={second.pk}"

    return asked(request, row, form, act, done=_("拆成两句了。"), send=pgettext("verb", "拆分"))


def _number(text: str) -> int:
    """A key or a version as a form sends it; 0, which is none, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
