"""What became of a sentence: into headings, with an item, or a word for why neither; taken back."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.delivery import queries as delivery
from luoshi.intake import queries
from luoshi.intake.models import Finding
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import Invalid, LuoshiError, NotFound
from luoshi.ledger import clock
from luoshi.org.matching import UNIT
from luoshi.programme import actions, states
from luoshi.programme import queries as programmes
from luoshi.programme.models import Item, Link
from luoshi.programme.twins import Twin, twins
from luoshi.web.errors import error_page
from luoshi.web.forms import refuse_into, write
from luoshi.web.intake import answering, words
from luoshi.web.intake.acts import require
from luoshi.web.intake.names import book_of_today, names_in
from luoshi.web.intake.sheet import Sheet
from luoshi.web.programme.forms import HeadingsForm, ItemForm, UnlinkForm, WordForm
from luoshi.web.request import StaffRequest

_SUGGESTED = 200  # items named in the list under the field; any other number can be typed


@login_required
@require_http_methods(["GET", "POST"])
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what became of a directive."""
    row = queries.finding(request.actor, pk)
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind", "")
    require(request.actor, states.LINK, row)
    form = _form(request, row, kind)
    send = words.label_of(states.LINK_KINDS, kind)
    if request.method == "GET":
        return answering.form(request, row, form, send)
    if not form.is_valid():
        return answering.form(request, row, form, send, 422)

    def act() -> str:
        _link(request, row, kind, form)
        return reverse("web:finding", args=[row.pk])

    def again(error: LuoshiError) -> HttpResponse:
        if isinstance(form, WordForm):
            return answering.refused(request, row, error)
        refuse_into(form, error)
        return answering.form(request, row, form, send, error.status)

    return write(request, act, done=_("对应好了。"), again=again)


@login_required
@require_http_methods(["GET", "POST"])
def unlink(request: StaffRequest, pk: int) -> HttpResponse:
    """Take links of a sentence back."""
    row = queries.finding(request.actor, pk)
    require(request.actor, states.UNLINK, row)
    standing = _links(row)
    form = UnlinkForm(standing, request.POST or None, auto_id=f"unlink_{pk}_%s")
    send = _("取消对应")
    if request.method == "GET":
        return answering.form(request, row, form, send)
    if not form.is_valid():
        return answering.form(request, row, form, send, 422)

    def act() -> str:
        for made, seen in form.chosen:
            actions.unlink(made, by=request.actor, seen=seen)
        return reverse("web:finding", args=[row.pk])

    def again(error: LuoshiError) -> HttpResponse:
        refuse_into(form, error)
        return answering.form(request, row, form, send, error.status)

    return write(request, act, done=_("取消了对应。"), again=again)


@login_required
@require_POST
def link_several(request: StaffRequest, pk: int) -> HttpResponse:
    """Give several directives of a document the same word."""
    document = queries.document(request.actor, pk)
    url = reverse("web:document", args=[pk])
    kind = request.POST.get("kind", "")

    def act() -> str:
        rows = [_directive(request, key) for key in request.POST.getlist("finding")]
        if not rows:
            raise Invalid("nothing_picked")
        for row in rows:
            if row.document_id != document.pk:
                raise NotFound("not_found")
            actions.link(row, kind, by=request.actor)
        return url

    return write(request, act, done=_("对应好了。"), again=lambda error: error_page(request, error))


def _form(request: StaffRequest, row: Finding, kind: str) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    auto_id, initial = f"link_{row.pk}_%s", {"kind": kind}
    drafted = programmes.drafted_from(row.document, request.actor)
    if kind == states.ORDERED:
        # An issued list is printed as it is: while there is a draft, sentences go into that.
        lists = [each for each in drafted if each.state == states.DRAFT] or drafted
        headings = programmes.headings_of(lists)
        titles = {each.pk: each.title for each in lists}
        area = row.value.get("area")
        chosen = [str(each.pk) for each in headings if each.name == area]
        return HeadingsForm(
            headings, titles, data, auto_id=auto_id, initial={**initial, "headings": chosen}
        )
    if kind in states.POINTING:
        items = programmes.items_of_document(row.document, request.actor)[:_SUGGESTED]
        return ItemForm(items, _twins(request, row), data, auto_id=auto_id, initial=initial)
    return WordForm(data, auto_id=auto_id, initial=initial)


def _twins(request: StaffRequest, row: Finding) -> list[Twin]:
    """Items of the document's year that may be the same matter, but those it is linked to."""
    words = Sheet(row.document).words(row)
    book = book_of_today()
    certain = (book.match(name).certain for name in names_in(row))
    units = {each.key for each in certain if each is not None and each.kind == UNIT}
    day = row.document.published_on or beijing_date(clock.now())
    linked = {each.item_id for each in _links(row)}
    found = twins(request.actor, words, year=day.year, units=units)
    return [each for each in found if each.item.pk not in linked]


def _link(request: StaffRequest, row: Finding, kind: str, form: forms.Form) -> None:
    note = form.cleaned_data.get("note", "")
    if isinstance(form, HeadingsForm):
        known = {each.heading_id for each in _links(row)}
        fresh = [each for each in form.chosen if each.pk not in known]
        if not fresh:
            raise Invalid(fields={"headings": "already_linked"})
        actions.link(row, kind, by=request.actor, headings=fresh)
    elif isinstance(form, ItemForm):
        item = _item(request, form.cleaned_data["item"])
        if any(each.item_id == item.pk for each in _links(row)):
            raise Invalid(fields={"item": "already_linked"})
        actions.link(row, kind, by=request.actor, item=item, note=note)
    else:
        actions.link(row, kind, by=request.actor, note=note)


def _links(row: Finding) -> list[Link]:
    return programmes.links_of([row.passage_id]).get(row.passage_id, [])


def _item(request: StaffRequest, code: str) -> Item:
    """The item of a number that was typed. Errors: Invalid at the field."""
    try:
        return delivery.item(request.actor, code.strip())
    except NotFound as error:
        raise Invalid(fields={"item": "no_such_item"}) from error


def _directive(request: StaffRequest, key: str) -> Finding:
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        raise NotFound("not_found")
    return queries.finding(request.actor, int(key))
