"""Office files made by hand: as small as they may be, and as bad as one wants them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

FOLDERS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
TYPES = '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = '<?xml version="1.0" encoding="UTF-8"?><main>六月底前完成</main>'
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


def office(kind: str, parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """An office file of `kind` with further (or other) `parts`."""
    return archive({"[Content_Types].xml": TYPES, FOLDERS[kind]: MAIN, **(parts or {})})


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip of `parts`, names as given."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def encrypted(data: bytes) -> bytes:
    """The same zip with the flag "encrypted" on every part."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at != -1:
            changed[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(changed)


def lying(data: bytes, part: str, size: int) -> bytes:
    """The same zip whose directory claims that `part` unpacks to `size` bytes."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at != -1:
        length = int.from_bytes(data[at + 28 : at + 30], "little")
        if data[at + 46 : at + 46 + length].decode() == part:
            changed[at + 24 : at + 28] = size.to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)
