"""Times of a deadline's cell, short forms (2025.6, Q3, 114.9.30) among them."""

from __future__ import annotations

from luoshi.text.dates import Clock, Moment, moments, real_day, year_of
from luoshi.text.patterns import pattern
from luoshi.text.sentences import clauses

_CELL_YEAR = pattern(
    r"(?P<y>20\d{2}|1[01]\d)(?:[./-](?P<m>\d{1,2}))?(?:[./-](?P<d>\d{1,2}))?(?:[前底止])?"
)
_CELL_SEASON = pattern(r"(?:(?P<y>20\d{2})[ ./年-]?)?(?:Q(?P<q>[1-4])|H(?P<h>[12]))")


def cell_moments(
    text: str, cell: tuple[int, int], clock: Clock
) -> list[tuple[tuple[int, int], Moment]]:
    """The steps of a deadline's cell with their times, in order; short forms (2025.6, Q3) count here."""
    steps = [(span, m) for span in clauses(text, *cell) for m in moments(text, clock, *span)]
    short = None if steps else _short(text, *cell, clock)
    return [(cell, short)] if short else steps


def _short(text: str, start: int, end: int, clock: Clock) -> Moment | None:
    hit = _CELL_YEAR.fullmatch(text, start, end)
    if hit:
        year = int(hit["y"]) + (1911 if len(hit["y"]) == 3 else 0)
        month, day = int(hit["m"] or 0), int(hit["d"] or 0)
        if hit["m"] and not 1 <= month <= 12 or hit["d"] and not real_day(str(year), month, day):
            return None
        value = "-".join([str(year), *(f"{n:02}" for n in (month, day) if n)])
        kind = "date" if day else "month" if month else "year"
        return Moment(start, end, value, kind, True)
    hit = _CELL_SEASON.fullmatch(text, start, end)
    if hit:
        year_, assumed = year_of(hit["y"], clock)
        name, kind = (f"Q{hit['q']}", "quarter") if hit["q"] else (f"H{hit['h']}", "half")
        return Moment(start, end, f"{year_}-{name}", kind, True, assumed)
    return None
