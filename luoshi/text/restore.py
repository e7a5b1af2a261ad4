"""Restores damaged official Chinese text, with a receipt for every change."""

from dataclasses import replace

from luoshi.text.restore_annotation import annotation_edits, examine
from luoshi.text.restore_edits import Edits, apply, compose, merged, repairs, span_map
from luoshi.text.restore_marks import doubts, mark_edits
from luoshi.text.restore_records import Candidate, Profile, Repair, Restoration
from luoshi.text.restore_shifts import shift_edits

__all__ = ["Candidate", "Profile", "Repair", "Restoration", "restore"]

_PASSES = 4  # damage upon damage; the last pass finds nothing on any page seen


def restore(raw: str) -> Restoration:
    """Returns the restored text, a record of every repair made or offered, and the page profile.

    Pure, deterministic and idempotent; linear time; any string is accepted. Uncertain and proposed
    repairs are reported, never applied.
    """
    profile, edits = _once(raw)
    text = apply(raw, edits)
    for _ in range(_PASSES):
        if not edits.only(applied=True):
            break
        _, more = _once(text, known=profile)
        fresh = more.only(applied=True)
        if not fresh:
            break
        edits = compose(edits, fresh, text)
        text = apply(raw, edits)
    return Restoration(text, repairs(raw, edits), profile, span_map(edits))


def _once(text: str, known: Profile | None = None) -> tuple[Profile, Edits]:
    profile, pairs = examine(text)
    if known and known.state == "damaged" and profile.state != "teaching":
        profile = replace(profile, state="damaged", private_use=known.private_use)
    if profile.state == "teaching":
        return profile, Edits()
    first = merged(annotation_edits(text, profile, pairs), mark_edits(text, profile))
    middle = apply(text, first)
    second = merged(shift_edits(middle, profile), doubts(middle, profile))
    return profile, compose(first, second, middle)
