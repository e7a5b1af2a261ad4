"""From the bytes of a file to a paper, by its kind."""

from __future__ import annotations

from importlib import import_module

from luoshi.officialdoc.kinds import CSV, DOCX, HTML, ODS, PDF, TXT, XLS, XLSX, document_kind
from luoshi.officialdoc.paper import Paper

# The module that reads a kind is loaded when the first such file comes: a text starts at once.
_READERS = {
    TXT: ("txt", "read_txt"),
    HTML: ("html", "read_html"),
    DOCX: ("docx", "read_docx"),
    PDF: ("pdf", "read_pdf"),
    CSV: ("sheets", "read_csv"),
    XLSX: ("sheets", "read_xlsx"),
    XLS: ("sheets", "read_xls"),
    ODS: ("sheets", "read_ods"),
}


def read_paper(data: bytes, name: str) -> Paper:
    """The paper in `data`; `name` is the file's name, whose extension has to be an allowed one.

    Errors: Invalid(document_* | kind_* | empty | not_text | text_* | office_* | sheet_* | pdf_*).
    """
    module, function = _READERS[document_kind(name, data)]
    paper: Paper = getattr(import_module(f"luoshi.officialdoc.{module}"), function)(data)
    return paper
