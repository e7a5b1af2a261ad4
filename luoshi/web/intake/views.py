"""Documents: the list, taking one in, its three faces, the bytes as they came."""

from __future__ import annotations

import hashlib
from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from luoshi.intake import queries, receiving
from luoshi.intake.models import Document
from luoshi.intake.states import RECEIVE
from luoshi.kernel.errors import Invalid, LuoshiError, NotFound
from luoshi.ledger.files import read_bytes
from luoshi.officialdoc.limits import limit
from luoshi.web import uploads, words
from luoshi.web.forms import write
from luoshi.web.intake import listing, pages, provenance, repairs_page
from luoshi.web.intake.acts import require
from luoshi.web.intake.facts import KINDS as FACTS
from luoshi.web.intake.forms import MarkForm
from luoshi.web.intake.looking import Look, number
from luoshi.web.request import StaffRequest


@login_required
@require_GET
def documents(request: StaffRequest) -> HttpResponse:
    """The documents, newest first, and the form that takes one in."""
    return _documents(request)


@csrf_exempt
@login_required
@require_POST
def receive(request: StaffRequest) -> HttpResponse:
    """Take a document in. The limit stands before the body is read, the check of the token after."""
    handler = uploads.limit_uploads(request, limit("document_bytes"))
    try:
        answer: HttpResponse = _receive(request, handler)
    except RequestDataTooBig:
        return _refused(request, Invalid("too_large", limit=handler.most))
    return answer


@csrf_protect
def _receive(request: StaffRequest, handler: uploads.Within) -> HttpResponse:
    require(request.actor, RECEIVE, Document())
    file = request.FILES.get("file")
    if file is None:
        return _refused(request, Invalid("no_file"))
    try:
        data = uploads.bytes_of(file, handler)
        known = queries.document_of_bytes(request.actor, hashlib.sha256(data).hexdigest())
        if known is not None:
            messages.info(request, _("这份文件收过了，这就是那一份。"))
            return HttpResponseRedirect(reverse("web:document", args=[known.pk]))
        received = receiving.examine(data, file.name or "")
    except Invalid as error:
        return _refused(request, error)

    def act() -> str:
        document = receiving.take_in(data, file.name or "", received, by=request.actor)
        for doubt in provenance.doubts(document):
            messages.warning(request, doubt)
        return reverse("web:document", args=[document.pk])

    return write(
        request,
        act,
        done=_("收下了。请从存疑的看起。"),
        again=lambda error: _refused(request, error),
    )


@login_required
@require_GET
def document(request: StaffRequest, pk: int) -> HttpResponse:
    """The workbench: the text, and the directives found in it."""
    found = queries.document(request.actor, pk)
    look = Look.asked(pk, request.GET, face="")
    page = pages.opened(found, pages.DIRECTIVES, viewer=request.actor, part=look.part, look=look)
    only = request.GET.get("only", "")
    context = pages.workbench(page, only=only, form=MarkForm(auto_id="mark_%s"))
    return render(request, "web/document.html", {**context, "view": _view(request)})


@login_required
@require_GET
def document_facts(request: StaffRequest, pk: int) -> HttpResponse:
    """What the page and its meeting say."""
    found = queries.document(request.actor, pk)
    look = Look.asked(pk, request.GET, face="facts")
    page = pages.opened(found, FACTS, viewer=request.actor, part=look.part, look=look)
    context = pages.fact_sheet(page)
    return render(request, "web/document_facts.html", {**context, "view": _view(request)})


@login_required
@require_GET
def document_repairs(request: StaffRequest, pk: int) -> HttpResponse:
    """Every repair of the text, with what stood there before."""
    found = queries.document(request.actor, pk)
    start = number(request.GET.get("after"))
    context = repairs_page.context(found, request.actor, start=start)
    return render(request, "web/document_repairs.html", context)


@login_required
@require_GET
def document_original(request: StaffRequest, pk: int) -> FileResponse:
    """The bytes as they were received, always as a download."""
    found = queries.document(request.actor, pk)
    if found.file is None or found.file.sha256 is None:
        raise NotFound("not_found")
    answer = FileResponse(
        BytesIO(read_bytes(found.file)),
        as_attachment=True,
        filename=found.file.name,
        content_type="application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _documents(request: StaffRequest, refused: str = "", status: int = 200) -> HttpResponse:
    before = request.GET.get("before", "")
    key = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    context = listing.context(request.actor, refused, before=key)
    return render(request, "web/documents.html", context, status=status)


def _refused(request: StaffRequest, error: LuoshiError) -> HttpResponse:
    status = 413 if error.code == "too_large" else error.status
    return _documents(request, words.refusal(error), status)


def _view(request: StaffRequest) -> str:
    return "list" if request.GET.get("view") == "list" else "text"
