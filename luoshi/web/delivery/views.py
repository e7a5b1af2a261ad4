"""The pages one reads: desk, matter list, item, evidence, publicity, audit, and the choice of a post."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.delivery import queries, waiting
from luoshi.kernel.calendar import beijing_date
from luoshi.kernel.errors import NotAllowed, NotFound
from luoshi.ledger import clock
from luoshi.ledger.audit import audit
from luoshi.ledger.files import read_bytes
from luoshi.officialdoc.matter_list import write_matter_list
from luoshi.org import queries as org
from luoshi.org.roles import AUDITOR, OFFICE_HEAD, PUBLICITY
from luoshi.programme import queries as programmes
from luoshi.web.context import Counts
from luoshi.web.delivery.audit_page import audit_page
from luoshi.web.delivery.desk_page import desk_page
from luoshi.web.delivery.item_page import item_page
from luoshi.web.delivery.list_page import LIMIT, asked_of, list_page
from luoshi.web.delivery.matter_list import HEADS, rows_of
from luoshi.web.delivery.publicity_page import publicity_page
from luoshi.web.request import StaffRequest


@login_required
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    """What waits for me in the chosen post."""
    on = beijing_date(clock.now())
    waits = waiting.waiting(request.actor, on=on)
    context = desk_page(waits, waiting.under_way(request.actor), on=on)
    person = request.actor.person
    posts = org.posts_held(person, on=on) if person is not None else []
    context["posts"] = posts if len(posts) > 1 else []
    context["chosen"] = request.actor.post
    context["counts"] = Counts(len(waits))
    return render(request, "web/desk.html", context)


@login_required
@require_safe
def items(request: StaffRequest) -> HttpResponse:
    """督查台账, by number."""
    viewer, on = request.actor, beijing_date(clock.now())
    asked, after = asked_of(request.GET)
    rows = queries.items(viewer, on=on, after=after, limit=LIMIT, asked=asked)
    context = list_page(
        rows,
        queries.ordering_links(view.item.pk for view in rows),
        asked,
        on=on,
        programmes=programmes.visible_programmes(viewer),
        units=org.units(on=on) if programmes.is_office(viewer) else [],
        paged=after is not None,
    )
    return render(request, "web/items.html", context)


@login_required
@require_safe
def matter_list(request: StaffRequest) -> FileResponse:
    """督查台账 as an A3 workbook, narrowed as the list is."""
    on = beijing_date(clock.now())
    asked, _ = asked_of(request.GET)
    chosen = [
        row for row in programmes.visible_programmes(request.actor) if row.pk == asked.programme
    ]
    title = chosen[0].title if chosen else f"{settings.OFFICE}督查台账"
    rows = rows_of(queries.every_item(request.actor, on=on, asked=asked))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "matter-list.xlsx"
        write_matter_list(path, HEADS, rows, title=title, note=f"{on.year}年{on.month}月{on.day}日")
        # The open file outlives its name, and is closed with the answer.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{title}.xlsx")


@login_required
@require_safe
def item(request: StaffRequest, code: str) -> HttpResponse:
    """One item, from its sentence to its public page."""
    on = beijing_date(clock.now())
    row = queries.item(request.actor, code)
    view = queries.view(row, on=on, holidays=org.working_days())
    return render(request, "web/item.html", item_page(request.actor, view, on=on))


@login_required
@require_safe
def evidence(request: StaffRequest, key: int) -> HttpResponse:
    """The bytes of one file, to be saved, never to be shown by this site."""
    file = queries.evidence(request.actor, key).file
    try:
        data = read_bytes(file) if file.sha256 else b""
    except FileNotFoundError as error:
        raise NotFound("file_missing") from error
    response = HttpResponse(data, content_type=file.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_safe
def publicity(request: StaffRequest) -> HttpResponse:
    """What the public may read: wordings that wait, items without one, pages open and withdrawn."""
    viewer = request.actor
    if not (viewer.has(PUBLICITY) or programmes.is_office(viewer)):
        raise NotAllowed("not_your_role", roles=[PUBLICITY, OFFICE_HEAD], verb="publicity")
    context = publicity_page(
        viewer,
        waiting=queries.waiting_wordings(viewer),
        unworded=queries.unworded_items(viewer),
        public=queries.public_items(viewer),
    )
    return render(request, "web/publicity.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: StaffRequest) -> HttpResponse:
    """轨迹核验: the audit of the whole ledger, run on POST."""
    if not (request.actor.has(AUDITOR) or request.actor.has(OFFICE_HEAD)):
        raise NotAllowed("not_your_role", roles=[AUDITOR, OFFICE_HEAD], verb="verify")
    result = audit() if request.method == "POST" else None
    return render(request, "web/verify.html", audit_page(result, at=clock.now()))
