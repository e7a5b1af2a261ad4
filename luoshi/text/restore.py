"""Restores damaged official Chinese text, with a receipt for every change."""

from collections.abc import Collection
from dataclasses import replace

from luoshi.text.restore_annotation import Site, annotation_edits, examine
from luoshi.text.restore_edits import Edit, applied, apply, compose, merged, repairs, replacements
from luoshi.text.restore_marks import doubts, mark_edits
from luoshi.text.restore_records import Candidate, Profile, Repair, Restoration
from luoshi.text.restore_shifts import shift_edits
from luoshi.text.spans import SpanMap

__all__ = ["Candidate", "Profile", "Repair", "Restoration", "restore"]

_PASSES = 4  # damage upon damage; the last pass finds nothing on any page seen


def restore(raw: str, *, pairs: Collection[tuple[str, str]] | None = None) -> Restoration:
    """Returns the restored text, a record of every repair made or offered, and the page profile.

    Pure, deterministic and idempotent; linear time; any string is accepted. Uncertain and proposed
    repairs are reported, never applied. `pairs` are characters and readings learned from other pages
    of the site, when it is known to be damaged; they count as those of the table.
    """
    site = None if pairs is None else frozenset(pairs)
    profile, edits = _once(raw, site)
    text = apply(raw, edits)
    for _ in range(_PASSES):
        if not applied(edits):
            break
        _, more = _once(text, site, known=profile)
        fresh = applied(more)
        if not fresh:
            break
        edits = compose(edits, fresh, text)
        text = apply(raw, edits)
    spans = SpanMap(replacements(edits))
    return Restoration(text, repairs(raw, edits), profile, spans)


def _once(text: str, site: Site, known: Profile | None = None) -> tuple[Profile, list[Edit]]:
    profile, pairs = examine(text, site)
    if known and known.state == "damaged" and profile.state != "teaching":
        profile = replace(profile, state="damaged", private_use=known.private_use)
    if profile.state == "teaching":
        return profile, []
    first = merged(annotation_edits(text, profile, pairs), mark_edits(text, profile))
    middle = apply(text, first)
    second = merged(shift_edits(middle, profile), doubts(middle, profile))
    return profile, compose(first, second, middle)
