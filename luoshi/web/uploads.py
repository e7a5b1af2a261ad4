"""Files handed in: read no further than the limit, whatever the browser sends."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from luoshi.kernel.errors import Invalid


class Within(FileUploadHandler):
    """Lets the other handlers have at most `most` bytes of a file; the rest is read and dropped.

    Dropped, not cut off: a connection that is reset shows the person no words.
    """

    chunk_size = 65_536

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.over = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.size += len(raw_data)
        if self.size > self.most:
            self.over = True
            return None
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers that follow make the file."""


def limit_uploads(request: HttpRequest, most: int) -> Within:
    """Put the limit in front of the request's handlers; before anything reads `request.POST`."""
    handler = Within(request, most)
    request.upload_handlers.insert(0, handler)
    return handler


def bytes_of(file: UploadedFile | None, handler: Within) -> bytes:
    """The bytes of a file that came through `handler`. Errors: Invalid(too_large)."""
    if handler.over:
        raise Invalid("too_large", limit=handler.most)
    return file.read() if file else b""
