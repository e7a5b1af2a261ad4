"""Evidence as it comes in with a form: each file looked into before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from luoshi.kernel.errors import Invalid
from luoshi.ledger.files import Upload
from luoshi.officialdoc.evidence import check_evidence
from luoshi.officialdoc.limits import limit, read_within
from luoshi.officialdoc.names import shown_name
from luoshi.web import words

MOST_FILES = 10


def limit_bytes() -> int:
    """How many bytes one file may have."""
    return limit("evidence_bytes")


def checked(files: Sequence[UploadedFile]) -> tuple[list[Upload], list[str]]:
    """The files that may be kept, and for each other one a sentence that names it and says why."""
    uploads, refusals = [], []
    if len(files) > MOST_FILES:
        return [], [_("一次最多 %(n)s 个文件。") % {"n": MOST_FILES}]
    for file in files:
        name = shown_name(file.name or "")
        try:
            data = read_within(file.file, limit_bytes())  # type: ignore[arg-type]  # an upload's file is a BinaryIO
            kind = check_evidence(data, name)
        except Invalid as error:
            refusals.append(f"{name}：{words.refusal(error)}")
        else:
            uploads.append(Upload(data, name, kind.media_type))
        finally:
            file.seek(0)
    return uploads, refusals
