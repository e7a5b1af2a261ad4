"""What a reading must doubt because restoration could not be sure of the words under it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from luoshi.text.reading import Finding, Reading
from luoshi.text.restore_records import Repair, Restoration

NUMBER_DAMAGED = "number-damaged"  # a figure may have lost a digit, a point or a sign
WORDS_UNCERTAIN = "words-uncertain"
CODES = (NUMBER_DAMAGED, WORDS_UNCERTAIN)
_RUNS = ("misaligned", "cut", "drop")


def doubted(restoration: Restoration, reading: Reading) -> Reading:
    """The reading with the doubts of restoration on what rests on damaged words."""
    findings = (
        replace(each, doubts=(*each.doubts, *laid)) if laid else each
        for each, laid in zip(reading.findings, doubts_from(restoration, reading), strict=True)
    )
    return replace(reading, findings=tuple(findings))


def doubts_from(restoration: Restoration, reading: Reading) -> list[tuple[str, ...]]:
    """For each finding, the codes of what is doubtful in the words it rests on.

    A number is doubted when a repair that was not made, or the end of an inferred run, touches it.
    """
    rows = [repair for repair in restoration.repairs if doubtful(restoration.text, repair)]
    ends = [repair.out_end for repair in rows]
    return [
        codes(
            restoration.text, (row for span in spans_of(each) for row in _within(rows, ends, *span))
        )
        for each in reading.findings
    ]


def codes(text: str, touching: Iterable[Repair]) -> tuple[str, ...]:
    """The codes that these repairs, shown in the restored text, lay on the words they touch."""
    found = set()
    for repair in touching:
        if touches_number(text, repair):
            found.add(NUMBER_DAMAGED)
        elif not repair.applied:
            found.add(WORDS_UNCERTAIN)
    return tuple(code for code in CODES if code in found)


def doubtful(text: str, repair: Repair) -> bool:
    """Whether the repair leaves a doubt on the words it stands in."""
    return not repair.applied or (
        repair.status == "inferred" and repair.kind in _RUNS and touches_number(text, repair)
    )


def touches_number(text: str, repair: Repair) -> bool:
    """Whether a figure stands in the place or right beside it."""
    if repair.kind == "annotation":
        return False
    beside = text[max(0, repair.out_start - 1) : repair.out_end + 1]
    shown = (beside, repair.before, repair.after, *(each.text for each in repair.candidates))
    return repair.kind == "number" or any(char.isdecimal() for part in shown for char in part)


def spans_of(finding: Finding) -> Iterator[tuple[int, int]]:
    """The words a finding rests on: its own, and those of its owners, dates and targets."""
    yield finding.start, finding.end
    for spans in finding.spans.values():
        yield from ((start, end) for start, end in spans)


def _within(rows: Sequence[Repair], ends: Sequence[int], start: int, end: int) -> Iterator[Repair]:
    """The repairs that touch [start, end); those of no length also at its edges."""
    for at in range(bisect_left(ends, start), len(rows)):
        row = rows[at]
        if row.out_start > end:
            return
        if meets(row.out_start, row.out_end, start, end):
            yield row


def meets(first: int, last: int, start: int, end: int) -> bool:
    """Whether the place [first, last) touches [start, end); one of no length also at its edges."""
    return start <= first <= end if first == last else first < end and last > start
