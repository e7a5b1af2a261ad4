"""Office files looked into before anything unpacks them."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from xml.parsers import expat

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.limits import limit

_CHUNK = 65_536
_ENCRYPTED = 0x1
_MACROS = re.compile(r"(^|/)(vbaProject|vbaData)[^/]*$|(^|/)macrosheets/", re.I)
_XML = (".xml", ".rels", ".vml")


def check_office(data: bytes, folder: str, options: Mapping[str, int] | None = None) -> None:
    """Nothing comes back from a file that may be kept; its parts were not unpacked.

    Errors: Invalid(office_broken | office_encrypted | office_not_this_kind | office_macros |
    office_doctype | office_bad_part_name | office_too_many_parts | office_too_big_unpacked).
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_size(parts, len(data), options)
            _check_names([part.filename for part in parts], folder)
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise Invalid("office_encrypted")
            for part in parts:
                if part.filename.lower().endswith(_XML):
                    _check_prolog(archive, part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        UnicodeDecodeError,
    ) as error:
        raise Invalid("office_broken", reason=str(error)) from error


def _check_size(
    parts: list[zipfile.ZipInfo], packed: int, options: Mapping[str, int] | None
) -> None:
    if len(parts) > limit("office_parts", options):
        raise Invalid(
            "office_too_many_parts", count=len(parts), limit=limit("office_parts", options)
        )
    unpacked = sum(part.file_size for part in parts)
    most = min(limit("office_unpacked_bytes", options), packed * limit("office_ratio", options))
    if unpacked > most:
        raise Invalid("office_too_big_unpacked", size=unpacked, limit=most)


def _check_names(names: list[str], folder: str) -> None:
    for name in names:
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            raise Invalid("office_bad_part_name", part=name)
        if _MACROS.search(name):
            raise Invalid("office_macros", part=name)
    listed = "META-INF/manifest.xml" if folder.endswith(".xml") else "[Content_Types].xml"
    if listed not in names or not any(name.startswith(folder) for name in names):
        raise Invalid("office_not_this_kind", folder=folder)


def _check_prolog(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Only what stands before the first element is unpacked: a DOCTYPE can stand nowhere else."""
    elements: list[str] = []

    def refuse(*_: object) -> None:
        raise Invalid("office_doctype", part=part.filename)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, _: elements.append(name)
    try:
        with archive.open(part) as stream:
            while not elements and (chunk := stream.read(_CHUNK)):
                parser.Parse(chunk)
    except expat.ExpatError as error:
        raise Invalid("office_broken", reason=f"{part.filename}: {error}") from error
