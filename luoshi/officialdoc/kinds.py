"""Which upload is what: an allow-list by extension and by content. Base install only."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.names import extension


@dataclass(frozen=True, slots=True)
class Kind:
    """One allowed kind of file; `office` is the folder that an office file of this kind has."""

    name: str
    extensions: tuple[str, ...]
    media_type: str
    office: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument"

TXT = Kind("txt", (".txt",), "text/plain")
HTML = Kind("html", (".html", ".htm"), "text/html")
DOCUMENTS = (TXT, HTML)
EVIDENCE = (
    Kind("pdf", (".pdf",), "application/pdf"),
    Kind("jpeg", (".jpg", ".jpeg"), "image/jpeg"),
    Kind("png", (".png",), "image/png"),
    Kind("docx", (".docx",), f"{_OFFICE}.wordprocessingml.document", "word/"),
    Kind("xlsx", (".xlsx",), f"{_OFFICE}.spreadsheetml.sheet", "xl/"),
    Kind("pptx", (".pptx",), f"{_OFFICE}.presentationml.presentation", "ppt/"),
    TXT,
)

# Documents that cannot be read yet, each with what to do instead (the code's wording says it).
_NOT_YET = {
    ".docx": "document_word", ".doc": "document_word", ".wps": "document_word",
    ".rtf": "document_word", ".odt": "document_word",
    ".xlsx": "document_sheet", ".xls": "document_sheet", ".et": "document_sheet",
    ".csv": "document_sheet", ".ods": "document_sheet",
    ".pdf": "document_pdf", ".ofd": "document_pdf",
    ".jpg": "document_image", ".jpeg": "document_image", ".png": "document_image",
    ".mht": "document_mhtml", ".mhtml": "document_mhtml",
}  # fmt: skip
# How files begin that are sometimes saved under the name of a text. The full check by libmagic
# is `evidence.py`; a document has to decode as text besides.
_HEADS = (
    (b"%PDF-", "document_pdf"),
    (b"PK\x03\x04", "document_archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document_word"),
    (b"{\\rtf", "document_word"),
    (b"MIME-Version:", "document_mhtml"),
    (b"\x89PNG\r\n", "document_image"),
    (b"\xff\xd8\xff", "document_image"),
    (b"\x1f\x8b\x08", "document_archive"),
    (b"\x7fELF", "document_program"),
)


def document_kind(name: str, data: bytes) -> Kind:
    """The kind of a document to be read. Errors: Invalid(document_* | empty | kind_refused)."""
    ending = extension(name)
    if ending in _NOT_YET:
        raise Invalid(_NOT_YET[ending], extension=ending)
    kind = _by_extension(DOCUMENTS, ending)
    if not data:
        raise Invalid("empty")
    if data.startswith(b"MZ") and b"\0" in data[:256]:
        raise Invalid("document_program", extension=ending)
    for head, code in _HEADS:
        if data.startswith(head):
            raise Invalid(code, extension=ending)
    if kind is HTML and b"<" not in data:
        return TXT  # a text under the name of a page: folding its lines would join them
    return kind


def evidence_kind(name: str) -> Kind:
    """The kind that the name of an evidence file claims. Errors: Invalid(kind_refused)."""
    return _by_extension(EVIDENCE, extension(name))


def _by_extension(kinds: tuple[Kind, ...], ending: str) -> Kind:
    for kind in kinds:
        if ending in kind.extensions:
            return kind
    allowed = " ".join(one for kind in kinds for one in kind.extensions)
    raise Invalid("kind_refused", extension=ending or "—", allowed=allowed)
