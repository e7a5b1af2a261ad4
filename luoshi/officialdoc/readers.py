"""From the bytes of a file to a paper, by its kind."""

from __future__ import annotations

from luoshi.officialdoc.html import read_html
from luoshi.officialdoc.kinds import HTML, document_kind
from luoshi.officialdoc.paper import Paper
from luoshi.officialdoc.txt import read_txt


def read_paper(data: bytes, name: str) -> Paper:
    """The paper in `data`; `name` is the file's name, whose extension has to be an allowed one.

    Errors: Invalid(document_* | kind_refused | empty | not_text | text_*).
    """
    return read_html(data) if document_kind(name, data) is HTML else read_txt(data)
