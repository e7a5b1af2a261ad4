"""A time as a person types it, with the value the reader would give it."""

from __future__ import annotations

from typing import Any

from luoshi.intake.schema import kind_of_time
from luoshi.text.dates import Clock, moments
from luoshi.text.fold import fold


def time_of(words: str, year: int | None = None, month: int | None = None) -> dict[str, Any]:
    """{text, value, kind} of a date such as 2023-11-30, or of words such as 年底前; no value if unknown.

    `year` and `month` are those that bare dates of the document belong to.
    """
    words = words.strip()
    kind = kind_of_time(words)
    if kind is not None:
        return {"text": words, "value": words, "kind": kind}
    found = moments(fold(words).text, Clock(year, month))
    last = found[-1] if found else None
    known = last is not None and kind_of_time(last.value) is not None
    return {
        "text": words,
        "value": last.value if last and known else None,
        "kind": kind_of_time(last.value) if last and known else None,
    }
