"""Restores damaged official Chinese text, with a receipt for every change."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from luoshi.text.restore_annotation import (
    Pairs,
    Site,
    annotated,
    annotation_edits,
    examine,
)
from luoshi.text.restore_edits import Edits, apply, changed, compose, merged, repairs, span_map
from luoshi.text.restore_marks import doubts, mark_edits
from luoshi.text.restore_records import Candidate, Profile, Repair, Restoration
from luoshi.text.restore_shifts import Policy, shift_edits
from luoshi.text.spans import Span

__all__ = ["Candidate", "Profile", "Repair", "Restoration", "restore"]

_PASSES = 4  # damage upon damage; the last pass finds nothing on any page seen
_BEFORE, _BEHIND = 120, 8  # characters around a change in which a run may start that it bears on


def restore(raw: str, *, pairs: Collection[tuple[str, str]] | None = None) -> Restoration:
    """Returns the restored text, a record of every repair made or offered, and the page profile.

    Pure, deterministic and idempotent; linear time; any string is accepted. Uncertain and proposed
    repairs are reported, never applied. `pairs` are characters and readings learned from other pages
    of the site, when it is known to be damaged; they count as those of the table.
    """
    site = None if pairs is None else frozenset(pairs)
    profile, found = examine(raw, site)
    edits, policy = _first(raw, profile, found)
    text, fresh = apply(raw, edits), edits
    for _ in range(_PASSES):
        near = list(_around(changed(fresh), len(text)))
        if not near:
            break
        fresh = _again(text, site, profile, policy, near)
        edits = compose(edits, fresh, text)
        text = apply(text, fresh)
    return Restoration(text, repairs(raw, edits), profile, span_map(edits))


def _first(text: str, profile: Profile, pairs: Pairs) -> tuple[Edits, Policy | None]:
    """Returns the edits of the whole text, and what it shows of lost bytes."""
    if profile.state == "teaching":
        return Edits(), None
    first = merged(annotation_edits(text, profile, pairs), mark_edits(text, profile))
    middle = apply(text, first)
    policy = Policy.of(middle, profile, annotated(profile, pairs))
    shifts = shift_edits(middle, profile, policy, [(0, len(middle) + 1)])
    return compose(first, merged(shifts, doubts(middle, profile)), middle), policy


def _again(text: str, site: Site, known: Profile, policy: Policy | None, near: list[Span]) -> Edits:
    """Returns what else changes near the places changed before."""
    profile, pairs = examine(text, site)
    if known.state == "damaged" and profile.state != "teaching":
        profile = replace(profile, state="damaged", private_use=known.private_use)
    if profile.state == "teaching" or not policy:
        return Edits()
    first = merged(annotation_edits(text, profile, pairs), mark_edits(text, profile))
    first = first.only(applied=True)
    middle, spans = apply(text, first), span_map(first)
    moved = [spans.forward_span(*span) for span in near]
    shifts = shift_edits(middle, profile, policy, moved).only(applied=True)
    return compose(first, shifts, middle)


def _around(spans: Iterable[Span], end: int) -> Iterator[Span]:
    """Yields the spans with what lies near them, sorted and disjoint."""
    reached = 0
    for start, stop in spans:
        first, last = max(reached, start - _BEFORE), min(end, stop + _BEHIND)
        if first < last:
            yield first, last
            reached = last
