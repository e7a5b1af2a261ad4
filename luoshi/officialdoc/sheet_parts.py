"""What a workbook's parts say that a reader of values leaves out: hidden rows, percents, formulas.

The parts are read as a stream, so that a sheet's claims about its size cost nothing.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from luoshi.kernel.errors import Invalid

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BUILT_IN_PERCENTS = frozenset({9, 10})


@dataclass(slots=True)
class SheetFacts:
    """One sheet; rows and columns are counted from 0."""

    stored: int = 0  # cells that hold something
    rows: int = 0  # up to the last filled row
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)
    uncomputed: list[str] = field(default_factory=list)  # formulas without a value


def sheet_facts(archive: zipfile.ZipFile, most: int) -> dict[str, SheetFacts]:
    """The facts of each sheet, by its name. Errors: Invalid(sheet_too_many_cells | office_broken)."""
    try:
        percents = _percent_styles(archive)
        found: dict[str, SheetFacts] = {}
        left = most
        for name, part in _sheets(archive):
            found[name] = _facts(archive, part, percents, left, most)
            left -= found[name].stored
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise Invalid("office_broken", reason=str(error)) from error
    return found


def _parsed(stream: IO[bytes], *tags: str) -> Iterator[etree._Element]:
    """Yields the finished elements of these names, each forgotten afterwards."""
    names = [_MAIN + tag for tag in tags]
    for _, element in etree.iterparse(stream, tag=names, resolve_entities=False, huge_tree=True):
        yield element
        element.clear()
        while (before := element.getprevious()) is not None:
            parent = element.getparent()
            if parent is None:
                break
            parent.remove(before)


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        targets = {
            relation.get("Id"): str(relation.get("Target"))
            for relation in etree.parse(stream).getroot()
        }
    with archive.open("xl/workbook.xml") as stream:
        for sheet in etree.parse(stream).getroot().iter(_MAIN + "sheet"):
            target = targets.get(sheet.get(_RELATION), "")
            part = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
            if target.startswith("/"):
                part = target.lstrip("/")
            if part in archive.NameToInfo:
                yield str(sheet.get("name")), part


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell styles that show a value as percent."""
    if "xl/styles.xml" not in archive.NameToInfo:
        return frozenset()
    with archive.open("xl/styles.xml") as stream:
        root = etree.parse(stream).getroot()
    formats = set(_BUILT_IN_PERCENTS)
    for element in root.iter(_MAIN + "numFmt"):
        if "%" in (element.get("formatCode") or ""):
            formats.add(int(element.get("numFmtId") or 0))
    styles = root.find(_MAIN + "cellXfs")
    return frozenset(
        at
        for at, style in enumerate(styles if styles is not None else ())
        if int(style.get("numFmtId") or 0) in formats
    )


def _facts(
    archive: zipfile.ZipFile, part: str, percents: frozenset[int], left: int, most: int
) -> SheetFacts:
    facts = SheetFacts()
    row = -1
    with archive.open(part) as stream:
        for element in _parsed(stream, "row"):
            row = int(element.get("r") or row + 2) - 1
            if element.get("hidden") in ("1", "true"):
                facts.hidden_rows.add(row)
            column = -1
            for cell in element:
                column = _column(cell.get("r"), column + 1)
                if not len(cell):
                    continue
                if cell.find(_MAIN + "v") is None and cell.find(_MAIN + "is") is None:
                    if cell.find(_MAIN + "f") is not None:
                        facts.uncomputed.append(str(cell.get("r")))
                    continue
                facts.stored += 1
                facts.rows, facts.columns = row + 1, max(facts.columns, column + 1)
                if int(cell.get("s") or 0) in percents:
                    facts.percents.add((row, column))
            if facts.stored > left:
                raise Invalid("sheet_too_many_cells", limit=most)
    return facts


def _column(name: str | None, otherwise: int) -> int:
    parts = _NAME.fullmatch(name or "")
    if parts is None:
        return otherwise
    column = 0
    for letter in parts[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1
