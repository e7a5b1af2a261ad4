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
PDF = Kind("pdf", (".pdf",), "application/pdf")
DOCX = Kind("docx", (".docx",), f"{_OFFICE}.wordprocessingml.document", "word/")
XLSX = Kind("xlsx", (".xlsx",), f"{_OFFICE}.spreadsheetml.sheet", "xl/")
XLS = Kind("xls", (".xls",), "application/vnd.ms-excel")
ODS = Kind("ods", (".ods",), "application/vnd.oasis.opendocument.spreadsheet", "content.xml")
CSV = Kind("csv", (".csv",), "text/csv")
TEXTS = (TXT, HTML, CSV)
SHEETS = (XLSX, XLS, ODS, CSV)
DOCUMENTS = (TXT, HTML, DOCX, PDF, *SHEETS)
EVIDENCE = (
    PDF,
    Kind("jpeg", (".jpg", ".jpeg"), "image/jpeg"),
    Kind("png", (".png",), "image/png"),
    DOCX,
    XLSX,
    Kind("pptx", (".pptx",), f"{_OFFICE}.presentationml.presentation", "ppt/"),
    TXT,
)

# Documents that cannot be read, each with what to do instead (the code's wording says it).
_NOT_READ = {
    ".doc": "document_word", ".wps": "document_word", ".rtf": "document_word",
    ".odt": "document_word", ".docm": "document_macros", ".xlsm": "document_macros",
    ".et": "document_sheet", ".xlsb": "document_sheet", ".ofd": "document_ofd",
    ".ceb": "document_ofd", ".jpg": "document_image", ".jpeg": "document_image",
    ".png": "document_image", ".tif": "document_image", ".tiff": "document_image",
    ".bmp": "document_image", ".gif": "document_image",
    ".mht": "document_mhtml", ".mhtml": "document_mhtml",
}  # fmt: skip
# How files begin that are sometimes saved under the name of a text. The full check by libmagic
# is `evidence.py`; a document has to decode as text besides.
_ARCHIVE, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADS = (
    (b"%PDF-", "document_is_pdf"),
    (_ARCHIVE, "document_archive"),
    (_OLE, "document_old_office"),
    (b"{\\rtf", "document_word"),
    (b"MIME-Version:", "document_mhtml"),
    (b"\x89PNG\r\n", "document_image"),
    (b"\xff\xd8\xff", "document_image"),
    (b"\x1f\x8b\x08", "document_archive"),
    (b"\x7fELF", "document_program"),
)
# How the kinds that are no text have to begin.
_BEGIN = {PDF: b"%PDF-", DOCX: _ARCHIVE, XLSX: _ARCHIVE, ODS: _ARCHIVE, XLS: _OLE}
_PDF_HEAD = 1_024  # what stands before the head of a PDF is skipped by every reader
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def document_kind(name: str, data: bytes) -> Kind:
    """The kind of a document to be read.

    Errors: Invalid(document_* | empty | kind_refused | kind_differs | office_encrypted).
    """
    ending = extension(name)
    if ending in _NOT_READ:
        raise Invalid(_NOT_READ[ending], extension=ending)
    kind = _by_extension(DOCUMENTS, ending)
    if not data:
        raise Invalid("empty")
    if kind in _BEGIN:
        return _binary(kind, data)
    if data.startswith(b"MZ") and b"\0" in data[:256]:
        raise Invalid("document_program", extension=ending)
    for head, code in _HEADS:
        if data.startswith(head):
            raise Invalid(code, extension=ending)
    if kind is HTML and b"<" not in data:
        return TXT  # a text under the name of a page: folding its lines would join them
    return kind


def _binary(kind: Kind, data: bytes) -> Kind:
    """The kind, if the content begins as it has to."""
    if data.startswith(_BEGIN[kind]) or (kind is PDF and _BEGIN[PDF] in data[:_PDF_HEAD]):
        return kind
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise Invalid("office_encrypted")
    found = next((kind for kind, head in _BEGIN.items() if data.startswith(head)), None)
    shown = "".join(found.extensions) if found else "—"
    raise Invalid("kind_differs", claimed="".join(kind.extensions), found=shown)


def evidence_kind(name: str) -> Kind:
    """The kind that the name of an evidence file claims. Errors: Invalid(kind_refused)."""
    return _by_extension(EVIDENCE, extension(name))


def _by_extension(kinds: tuple[Kind, ...], ending: str) -> Kind:
    for kind in kinds:
        if ending in kind.extensions:
            return kind
    allowed = " ".join(one for kind in kinds for one in kind.extensions)
    raise Invalid("kind_refused", extension=ending or "—", allowed=allowed)
