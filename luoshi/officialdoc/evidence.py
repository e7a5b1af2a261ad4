"""Evidence files checked by what they hold. Needs libmagic: the extra `server` brings it."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.charset import decode
from luoshi.officialdoc.gate import gate
from luoshi.officialdoc.kinds import Kind, evidence_kind
from luoshi.officialdoc.limits import limit
from luoshi.officialdoc.office import check_office

try:
    import pylibmagic  # noqa: F401  (it shows `magic` where libmagic is, so it comes first)
    import magic  # isort: skip
except ImportError as error:
    raise ImportError("evidence files need libmagic: pip install 'luoshi[server]'") from error

_HEAD = 65_536
# libmagic calls an office file by its first parts, in any order of them: `check_office` decides.
_ARCHIVES = frozenset({"application/zip", "application/octet-stream"})
_ZIP_HEAD = b"PK\x03\x04"


def check_evidence(data: bytes, name: str, options: Mapping[str, int] | None = None) -> Kind:
    """The kind of an evidence file whose name and content agree.

    Errors: Invalid(too_large | empty | kind_refused | kind_differs | office_* | not_text |
    text_*).
    """
    most = limit("evidence_bytes", options)
    if len(data) > most:
        raise Invalid("too_large", limit=most)
    kind = evidence_kind(name)
    if not data:
        raise Invalid("empty")
    found = magic.from_buffer(data[:_HEAD], mime=True)
    if not _agrees(kind, found, data):
        raise Invalid("kind_differs", claimed=kind.media_type, found=found)
    if kind.office:
        check_office(data, kind.office, options)
    if kind.media_type == "text/plain":
        gate(decode(data).text)
    return kind


def _agrees(kind: Kind, found: str, data: bytes) -> bool:
    if kind.office:
        return data.startswith(_ZIP_HEAD) and (found == kind.media_type or found in _ARCHIVES)
    if kind.media_type == "text/plain":
        # A text is what decodes as one; of source, scripts and pages libmagic knows many names.
        return found.startswith("text/") or found == "application/json"
    return found == kind.media_type


def kind_name(data: bytes, name: str, options: Mapping[str, int]) -> str:
    """The name of the kind: `check_evidence` as a child process answers it."""
    return check_evidence(data, name, options).name
