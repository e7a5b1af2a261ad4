"""重新研读: what the present reader sees otherwise, beside what stands; taken over as a person says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.intake import queries, rereading, states
from luoshi.intake.differences import CHANGED, GONE, NEW, Difference, differences, proposals
from luoshi.intake.models import Document, Finding, Passage
from luoshi.intake.states import PAGE_FACTS
from luoshi.kernel.errors import Invalid, LuoshiError
from luoshi.officialdoc.rereading import read_again as read_text
from luoshi.programme import queries as programmes
from luoshi.text.reading import Reading
from luoshi.text.version import version
from luoshi.web.errors import error_page
from luoshi.web.forms import new_key, seen_version, write
from luoshi.web.intake import facts, head, words
from luoshi.web.intake.acts import require
from luoshi.web.intake.sheet import Sheet
from luoshi.web.request import StaffRequest

PAGE = 200  # differences shown at once; the rest come when these are settled
ALL, CHOSEN = "all", "chosen"


@login_required
@require_http_methods(["GET", "POST"])
def read_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a newer reading would change, and take over what is chosen."""
    row = queries.document(request.actor, pk)
    require(request.actor, states.READ_AGAIN, row)
    try:
        reading = read_text(row.restored)
    except Invalid as error:
        return error_page(request, error)
    if request.method == "GET":
        return _page(request, row, reading)

    def act() -> str:
        if request.POST.get("reader", "") != version():
            raise Invalid("reader_changed")
        everything = request.POST.get("which", "") == ALL
        take = None if everything else request.POST.getlist("take")
        rereading.read_again(row, reading, by=request.actor, seen=seen_version(request), take=take)
        return reverse("web:document", args=[pk])

    def again(error: LuoshiError) -> HttpResponse:
        return error_page(request, error)

    return write(request, act, done=_("按新的读法更新了。"), again=again)


def _page(request: StaffRequest, of: Document, reading: Reading) -> HttpResponse:
    sheet = Sheet(of)
    rows = queries.readable(of)
    sheet.settle([each for each in rows if each.kind in PAGE_FACTS])
    found = differences(rows, proposals(reading, sheet.offsets))
    shown = found[:PAGE]
    context: dict[str, Any] = {
        "here": "documents",
        "document": head.document(of, request.actor, programmes.drafted_from(of, request.actor)),
        "coverage": head.coverage(programmes.coverage(of), of),
        "tabs": head.tabs(of, queries.tallies(of), ""),
        "back": reverse("web:document", args=[of.pk]),
        "url": request.path,
        "key": new_key(),
        "seen": of.version,
        "reader": version(),
        "groups": _groups(sheet, shown),
        "untouched": sum(not each.touched for each in found),
        "touched": sum(each.touched for each in found),
        "more": len(found) - len(shown),
    }
    return render(request, "web/read_again.html", context)


def _groups(sheet: Sheet, found: Sequence[Difference]) -> Iterable[dict[str, Any]]:
    """The differences by what they are: changed, new, gone."""
    titles = ((CHANGED, _("读法不同")), (NEW, _("新读出的")), (GONE, _("不再读出的")))
    for what, title in titles:
        rows = [_row(sheet, each) for each in found if each.what == what]
        if rows:
            yield {"title": title, "rows": rows, "count": len(rows)}


def _row(sheet: Sheet, each: Difference) -> dict[str, Any]:
    before = each.row
    after = _as_finding(sheet.document, each) if each.proposal else None
    shown = after or before
    assert shown is not None
    return {
        "key": each.key,
        "kind": words.label_of(states.FINDING_KINDS, shown.kind),
        "quote": sheet.words(shown),
        "place": sheet.place(shown),
        "touched": words.label_of(states.FINDING_STATES, before.state)
        if before and each.touched
        else "",
        "pairs": _pairs(sheet, before, after),
    }


def _pairs(sheet: Sheet, before: Finding | None, after: Finding | None) -> list[dict[str, str]]:
    """What differs, field by field: label, old value, new value."""
    old, new = (_told(sheet, each) if each else {} for each in (before, after))
    return [
        {"label": label, "old": old.get(label, ""), "new": new.get(label, "")}
        for label in dict.fromkeys([*old, *new])
        if old.get(label) != new.get(label)
    ]


def _told(sheet: Sheet, of: Finding) -> dict[str, str]:
    """What a finding says, label by label: everything in which two readings can differ."""
    told = {_("原文"): sheet.words(of)}
    if of.kind != "directive":
        text, note = facts.texts(sheet, of)
        return {_("内容"): " ".join(filter(None, (text, note))), **told}
    value = of.value
    names = {str(label): words.joined(value.get(name) or ()) for name, label in words.OWNERS}
    steps = words.joined(_time(each) for each in value.get("milestones") or ())
    return {
        **names,
        _("完成时限"): _time(value.get("deadline") or {}),
        _("节点"): steps,
        _("目标值"): words.joined(map(words.target, value.get("targets") or ())),
        _("方面"): value.get("area") or "",
        _("要求的硬度"): words.label_of(words.STRENGTHS, value.get("strength")),
        _("动作"): words.joined(value.get("verbs") or ()),
        **told,
    }


def _time(value: Mapping[str, Any]) -> str:
    """A time as printed, with its plain form."""
    plain = value.get("value")
    text = value.get("text") or ""
    return f"{text} {plain}".strip() if plain and plain != text else text


def _as_finding(of: Document, each: Difference) -> Finding:
    """A proposal as the finding it would become; it is not saved."""
    proposal = each.proposal
    assert proposal is not None
    passage = Passage(document=of, start=proposal.start, end=proposal.end)
    return Finding(document=of, passage=passage, kind=proposal.kind, value=dict(proposal.value))
