from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.text.restore import restore
from luoshi.text.restore_guess import with_guesses
from luoshi.text.restore_records import APPLIED, Candidate, Profile, Repair, Restoration
from luoshi.text.spans import SpanMap

STATUSES = ["exact", "inferred", "uncertain", "proposed"]


@st.composite
def restorations(draw: st.DrawFn) -> tuple[str, Restoration]:
    """A received text and a restoration of it with repairs of every status."""
    received, restored, repairs = "", "", []
    for _ in range(draw(st.integers(0, 8))):
        kept = draw(st.text("甲乙丙", max_size=3))
        before, after = draw(st.text("ab", max_size=4)), draw(st.text("天地人", max_size=4))
        status = draw(st.sampled_from(STATUSES))
        texts = draw(st.lists(st.text("子丑寅", max_size=5), max_size=2))
        received, restored = received + kept, restored + kept
        start, out_start = len(received), len(restored)
        received += before
        restored += after if status in APPLIED else before
        places = start, len(received), out_start, len(restored)
        offered = tuple(Candidate(text, "tried", 0.5) for text in texts)
        repairs.append(Repair("cut", status, *places, before, after, offered))
    tail = draw(st.text("丁", max_size=3))
    spans = SpanMap((r.start, r.end, r.out_start, r.out_end) for r in repairs if r.applied)
    return received + tail, Restoration(restored + tail, tuple(repairs), Profile(), spans)


@given(restorations())
def test_the_records_lead_from_the_received_text_to_the_new_one_and_back(
    given_: tuple[str, Restoration],
) -> None:
    received, restoration = given_
    guessed = with_guesses(restoration)
    there, back, at, out_at = "", "", 0, 0
    for repair in guessed.repairs:
        there += received[at : repair.start] + (repair.after if repair.applied else repair.before)
        back += guessed.text[out_at : repair.out_start] + repair.before
        at, out_at = repair.end, repair.out_end
    assert there + received[at:] == guessed.text
    assert back + guessed.text[out_at:] == received


@given(restorations())
def test_only_uncertain_repairs_with_a_candidate_are_applied(
    given_: tuple[str, Restoration],
) -> None:
    _, restoration = given_
    for old, new in zip(restoration.repairs, with_guesses(restoration).repairs, strict=True):
        if old.status == "uncertain" and old.candidates:
            assert (new.status, new.after) == ("inferred", old.candidates[0].text)
        else:
            assert (new.status, new.after) == (old.status, old.after)
        assert (new.start, new.end, new.candidates) == (old.start, old.end, old.candidates)


@given(restorations())
def test_the_maps_follow_the_new_text(given_: tuple[str, Restoration]) -> None:
    received, restoration = given_
    guessed = with_guesses(restoration)
    for repair in guessed.repairs:
        if repair.applied and repair.start < repair.end:
            span = guessed.span_to_restored(repair.start, repair.end)
            assert span == (repair.out_start, repair.out_end)
    assert guessed.to_restored(len(received)) == len(guessed.text)
    assert guessed.to_received(len(guessed.text)) == len(received)


@given(st.text())
def test_a_page_without_doubts_is_the_same_one(text: str) -> None:
    restoration = restore(text)
    if not restoration.counts()["uncertain"]:
        assert with_guesses(restoration) == restoration
