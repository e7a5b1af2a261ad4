"""What the repairs of a document, and the decisions on them, make doubtful in its findings."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.intake.models import Document, Finding
from luoshi.intake.repairs import STANDS, WORDS_CHANGED, repair_of, shown_by_restoration
from luoshi.text.doubted import CODES, codes, doubtful, meets

CARRIED = (*CODES, WORDS_CHANGED)


def touched(findings: Iterable[Finding], start: int, end: int) -> list[Finding]:
    """Those that rest on words of the place [start, end) of the received text."""
    return [each for each in findings if any(meets(start, end, *span) for span in spans_of(each))]


def carried(document: Document, finding: Finding) -> list[str]:
    """The doubts that the document's repairs lay on a finding, and whether its words changed."""
    found = []
    changed = False
    for before, record in zip(document.receipt, document.repairs, strict=True):
        if any(meets(record["start"], record["end"], *span) for span in spans_of(finding)):
            if record["status"] != STANDS:
                found.append(repair_of(record))
            elif record["after"] != shown_by_restoration(before):
                changed = True
    text = document.restored
    doubts = codes(text, (repair for repair in found if doubtful(text, repair)))
    return [*doubts, WORDS_CHANGED] if changed else [*doubts]


def spans_of(finding: Finding) -> list[tuple[int, int]]:
    """The places of the received text a finding rests on."""
    inner = [(start, end) for spans in finding.spans.values() for start, end in spans]
    return [(finding.passage.start, finding.passage.end), *inner]
