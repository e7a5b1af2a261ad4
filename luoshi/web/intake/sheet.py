"""One document laid out for the screen: its text, where each finding stands, the page one looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from luoshi.intake.models import Document, Finding
from luoshi.intake.rules import span_map
from luoshi.intake.states import PAGE_FACTS, PAGE_HEAD
from luoshi.web.intake.lines import Line, lines, part_of, parts, place_words

SIGNATURE = ("doc_no", "signed")


class Sheet:
    """The layout of a document. Its paragraphs are counted once `settle` has seen the page's facts."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text: str = document.restored
        self.records = document.repairs
        self.offsets = span_map(self.records)
        self.lines = self._lines()

    def settle(self, facts: Sequence[Finding]) -> None:
        """Let the body begin below what the page says of itself (findings of the kinds PAGE_FACTS)."""
        ends = [self.span(each)[1] for each in facts if each.kind in PAGE_FACTS]
        self.lines = self._lines(max((end for end in ends if end < PAGE_HEAD), default=0))
        # The pages stay as they are: only the numbers of their paragraphs have changed.

    def _lines(self, body: int = 0) -> list[Line]:
        return [
            replace(line, received=self.offsets.backward(line.start))
            for line in lines(self.text, body)
        ]

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
        return self.place_at(self.span(finding)[0])

    def place_at(self, offset: int) -> str:
        """The same of an offset of the restored text."""
        return place_words(self.text, self.lines, offset)

    def lines_of(self, finding: Finding) -> list[Line]:
        """The lines it touches."""
        start, end = self.span(finding)
        return [line for line in self.lines if line.start < end and line.end > start]

    def part(self, finding: Finding) -> int:
        """The number of the page it stands on, from 1."""
        return self.part_at(self.span(finding)[0])

    def part_at(self, offset: int) -> int:
        """The number of the page that holds an offset, from 1."""
        return part_of(self.pages, offset)

    def received_range(self, page: Sequence[Line]) -> tuple[int, int]:
        """The lines of a page as a span of the received text."""
        if not page:
            return 0, 0
        return self.offsets.backward_span(page[0].start, page[-1].end)
