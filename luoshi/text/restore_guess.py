"""Applies what restoration was not sure of; for measuring, never for a page that people use."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from luoshi.text.restore_records import Repair, Restoration
from luoshi.text.spans import SpanMap


def with_guesses(restoration: Restoration) -> Restoration:
    """Returns the restoration with the first candidate of every uncertain repair applied.

    Those become inferred and keep their candidates; proposed ones, and uncertain ones without a
    candidate, stay as they are. Records, text and maps fit each other as before.
    """
    rows = tuple(_rows(restoration.repairs))
    spans = SpanMap((r.start, r.end, r.out_start, r.out_end) for r in rows if r.applied)
    return Restoration(_text(restoration, rows), rows, restoration.profile, spans)


def _rows(repairs: Sequence[Repair]) -> Iterator[Repair]:
    shift = 0
    for repair in repairs:
        start, end = repair.out_start + shift, repair.out_end + shift
        if repair.status == "uncertain" and repair.candidates:
            after = repair.candidates[0].text
            shift += len(after) - (end - start)
            end = start + len(after)
            yield replace(repair, status="inferred", out_start=start, out_end=end, after=after)
        else:
            yield replace(repair, out_start=start, out_end=end)


def _text(restoration: Restoration, rows: Sequence[Repair]) -> str:
    pieces: list[str] = []
    at = 0
    for old, new in zip(restoration.repairs, rows, strict=True):
        if old.applied != new.applied:
            pieces += (restoration.text[at : old.out_start], new.after)
            at = old.out_end
    return "".join((*pieces, restoration.text[at:]))
