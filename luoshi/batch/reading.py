"""Reading of a folder: every document becomes one JSON object in the keys of the schema."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from luoshi.batch.job import Made
from luoshi.officialdoc.kinds import DOCUMENTS
from luoshi.officialdoc.paper import Paper
from luoshi.officialdoc.readers import read_paper
from luoshi.text.doubted import doubted
from luoshi.text.read import read
from luoshi.text.reading import Finding, Reading
from luoshi.text.restore import restore
from luoshi.text.restore_records import Restoration


@dataclass(frozen=True, slots=True)
class Read:
    """The task: A01.raw.txt is written as A01.json; with `explained` why each finding was found."""

    explained: bool = False
    endings: tuple[str, ...] = tuple(ending for kind in DOCUMENTS for ending in kind.extensions)

    def names(self, relative: str) -> tuple[str, ...]:
        """The path of the reading."""
        path = PurePosixPath(relative)
        return (str(path.with_name(f"{stem(path.name)}.json")),)

    def as_dict(self) -> dict[str, Any]:
        """What was asked for."""
        return {"name": "read", "explained": self.explained}

    def make(self, source: Path, into: Sequence[BinaryIO]) -> Made:
        """Writes the reading. Errors: Invalid, OSError."""
        paper = read_paper(source.read_bytes(), source.name)
        restoration, reading = read_of(paper)
        values = values_of(reading, stem(source.name), explained=self.explained)
        into[0].write((json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode())
        counts = Counter(finding.kind for finding in reading.findings)
        counts["doubtful"] = sum(not repair.applied for repair in restoration.repairs)
        return Made(1, counts, tuple(sorted({doubt.code for doubt in paper.doubts})))


def read_of(paper: Paper) -> tuple[Restoration, Reading]:
    """The paper restored and read; what rests on damaged words is doubted."""
    restoration = restore(paper.text)
    return restoration, doubted(restoration, read(restoration.text))


def values_of(reading: Reading, name: str, *, explained: bool = False) -> Mapping[str, Any]:
    """The reading in the keys of the schema, with the document's name.

    explained: each directive and result also says its rules, its doubts and how sure it is.
    """
    values = {"id": name, **reading.as_dict()}
    if explained:
        found = {(each.kind, each.start, each.end): each for each in reading.findings}
        for key, kind in (("directives", "directive"), ("results", "result")):
            values[key] = [
                {**row, **_why(found[kind, row["start"], row["end"]])} for row in values[key]
            ]
    return values


def _why(finding: Finding) -> dict[str, Any]:
    return {
        "rules": list(finding.rules),
        "doubts": list(finding.doubts),
        "confidence": finding.confidence,
    }


def stem(name: str) -> str:
    """The name up to its first dot: A01.raw.txt is A01."""
    return name.partition(".")[0] or name
