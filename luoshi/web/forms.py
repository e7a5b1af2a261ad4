"""Plain forms, and the one way a page writes: once, with what was typed kept when it is refused."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect

from luoshi.kernel.errors import Invalid, LuoshiError
from luoshi.ledger.door import once
from luoshi.web import words
from luoshi.web.middleware import note_refusal
from luoshi.web.request import StaffRequest

NOT_CONTENT = {"csrfmiddlewaretoken", "key"}


def new_key() -> str:
    """The once-key of a form drawn now."""
    return secrets.token_urlsafe(16)


def seen_version(request: StaffRequest) -> int:
    """The version of the row as the person saw it. Errors: Invalid when the field was tampered with."""
    text = request.POST.get("seen", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid(fields={"seen": "required"})
    return int(text)


def write(
    request: StaffRequest,
    act: Callable[[], str],
    *,
    done: str,
    again: Callable[[LuoshiError], HttpResponse],
) -> HttpResponse:
    """Answer a form: `act` writes and gives the address to go to; the same key gives it again.

    `done` is what the person is told; `again` draws the form with the error and all that was typed.
    """
    key = request.POST.get("key", "")
    try:
        if not 8 <= len(key) <= 64:
            raise Invalid("key_reused")
        address = once(key, act, by=request.actor, content=_content(request))
    except LuoshiError as error:
        note_refusal(request, error)
        return again(error)
    messages.success(request, done, extra_tags=key)
    return HttpResponseRedirect(address)


def refuse_into(form: forms.Form, error: LuoshiError) -> None:
    """Put a refusal's words where they belong in the form: at the field, or above all."""
    placed = False
    if isinstance(error, Invalid):
        for name, message in words.field_words(error).items():
            if name in form.fields:
                form.add_error(name, message)
                placed = True
    if not placed:
        form.add_error(None, words.refusal(error))


def _content(request: StaffRequest) -> dict[str, Any]:
    """What was sent, as the once-key sees it: all fields, and the digests of the files."""
    content: dict[str, Any] = {
        name: values for name, values in request.POST.lists() if name not in NOT_CONTENT
    }
    for name, uploads in request.FILES.lists():
        content[f"file:{name}"] = [_digest(upload) for upload in uploads]
    return {"path": request.path, **content}


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
