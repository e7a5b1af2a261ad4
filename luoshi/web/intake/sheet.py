"""One document laid out for the screen: its text, where each finding stands, the page one looks at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from luoshi.intake.models import Document, Finding
from luoshi.intake.rules import span_map
from luoshi.intake.states import PAGE_FACTS, PAGE_HEAD
from luoshi.web.intake.lines import Line, lines, part_of, parts, place_words
from luoshi.web.intake.source import Repairs

SIGNATURE = ("doc_no", "signed")


class Sheet:
    """The layout of a document. Its paragraphs are counted once `settle` has seen the page's facts."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text: str = document.restored
        self.offsets = span_map(document.repairs)
        self.lines = lines(self.text)

    def settle(self, facts: Sequence[Finding]) -> None:
        """Let the body begin below what the page says of itself (findings of the kinds PAGE_FACTS)."""
        ends = [self.span(each)[1] for each in facts if each.kind in PAGE_FACTS]
        self.lines = lines(self.text, max((end for end in ends if end < PAGE_HEAD), default=0))
        # The pages stay as they are: only the numbers of their paragraphs have changed.

    @cached_property
    def repairs(self) -> Repairs:
        return Repairs(self.document.repairs)

    @cached_property
    def pages(self) -> list[list[Line]]:
        return parts(self.lines)

    def span(self, finding: Finding) -> tuple[int, int]:
        """Where a finding stands in the restored text."""
        return self.offsets.forward_span(finding.passage.start, finding.passage.end)

    def words(self, finding: Finding) -> str:
        """The words a finding rests on."""
        start, end = self.span(finding)
        return self.text[start:end]

    def place(self, finding: Finding) -> str:
        """第 7 段第 4 句."""
        return place_words(self.text, self.lines, self.span(finding)[0])

    def lines_of(self, *findings: Finding) -> list[Line]:
        """The lines that findings touch."""
        spans = [self.span(each) for each in findings]
        return [
            line
            for line in self.lines
            if any(line.start < end and line.end > start for start, end in spans)
        ]

    def part(self, finding: Finding) -> int:
        """The number of the page it stands on, from 1."""
        return self.part_at(self.span(finding)[0])

    def part_at(self, offset: int) -> int:
        """The number of the page that holds an offset, from 1."""
        return part_of(self.pages, offset)

    def anchor_at(self, offset: int) -> str:
        """The anchor of the line that holds an offset."""
        at = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return self.lines[at].anchor if at >= 0 else ""

    def received_range(self, page: Sequence[Line]) -> tuple[int, int]:
        """The lines of a page as a span of the received text."""
        if not page:
            return 0, 0
        return self.offsets.backward_span(page[0].start, page[-1].end)
