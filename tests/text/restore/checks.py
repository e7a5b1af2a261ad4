"""Properties that hold for every string, as one function."""

from itertools import pairwise

from luoshi.text import restore
from luoshi.text.restore import Restoration


def checked(received: str) -> Restoration:
    """Returns the restoration after checking its receipt both ways and that a second run is idle."""
    result = restore(received)
    for repair in result.repairs:
        assert repair.before == received[repair.start : repair.end]
        stands = repair.after if repair.applied else repair.before
        assert stands == result.text[repair.out_start : repair.out_end]
        assert repair.status in ("exact", "inferred", "uncertain", "proposed")
    for left, right in pairwise(result.repairs):
        assert left.end <= right.start
        assert left.out_end <= right.out_start
    assert replayed(received, result, forward=True) == result.text
    assert replayed(result.text, result, forward=False) == received
    again = restore(result.text)
    assert again.text == result.text
    assert not any(repair.applied for repair in again.repairs)
    return result


def replayed(text: str, result: Restoration, *, forward: bool) -> str:
    """Returns the other text, rebuilt from this one and the records alone."""
    pieces, at = [], 0
    for repair in result.repairs:
        if repair.applied:
            start, end, new = (
                (repair.start, repair.end, repair.after)
                if forward
                else (repair.out_start, repair.out_end, repair.before)
            )
            pieces += (text[at:start], new)
            at = end
    return "".join([*pieces, text[at:]])
