"""Refusals become pages, in the reader's language, with what to do now."""

from __future__ import annotations

import secrets

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.kernel.errors import LuoshiError, WrongState
from luoshi.web import words


def error_page(request: HttpRequest, error: LuoshiError) -> HttpResponse:
    """The page of a refusal: what happened, why, who may, what now."""
    context = {
        "code": error.status,
        "words": words.refusal(error),
        "who": words.who_may(error),
        "title": words.NOT_NOW if isinstance(error, WrongState) else "",
        "kept": request.method == "POST",
    }
    return render(request, "web/error.html", context, status=error.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not there for this viewer."""
    return render(request, "web/error.html", {"code": 404}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 of Django's own."""
    return render(request, "web/error.html", {"code": 403}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old, or came from another site."""
    context = {
        "code": 403,
        "title": words.FORM_TOO_OLD,
        "words": words.FORM_TOO_OLD_NOW,
        "kept": True,
    }
    return render(request, "web/error.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the form could not be read; 413: it is larger than any form of ours."""
    if isinstance(exception, RequestDataTooBig):
        context = {"code": 413, "title": words.FORM_TOO_BIG, "words": words.FORM_TOO_BIG_NOW}
        return render(request, "web/error.html", {**context, "kept": True}, status=413)
    return render(request, "web/error.html", {"code": 400, "words": words.FORM_BROKEN}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500, with a number to quote on the phone."""
    context = {"code": 500, "reference": secrets.token_hex(4)}
    return render(request, "web/error.html", context, status=500)
