"""What a sentence gives an item: its words, its date, the units it names, its figures."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luoshi.intake.models import Finding
from luoshi.org.matching import UNIT, Book, Known
from luoshi.org.models import Unit
from luoshi.programme.models import Heading
from luoshi.web.intake.sheet import Sheet

_PERIOD = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12]))(?:-(\d{2}))?)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass
class Defaults:
    """Initial values of the forms."""

    main: dict[str, Any] = field(default_factory=dict)
    parts: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)
    nodes: list[dict[str, Any]] = field(default_factory=list)


def of(
    finding: Finding | None,
    sheet: Sheet,
    units: Mapping[str, Unit],
    headings: Mapping[str, Heading],
    year: int,
) -> Defaults:
    """What can be filled in from a directive. A date that the text does not give stays empty."""
    if finding is None:
        return Defaults()
    value = finding.value
    deadline = value.get("deadline") or {}
    leads = _units(value.get("lead_units"), units)
    responsible = _units(value.get("responsible_units"), units)
    # A sole responsible unit leads: that is how such a list is read.
    lead = leads[:1] or (responsible if len(responsible) == 1 else [])
    main = {
        "finding": str(finding.pk),
        "requirement": sheet.words(finding)[:300],
        "due": last_day(deadline.get("value"), year),
        "lead_unit": lead[0] if lead else "",
        "responsible_units": [key for key in [*leads[1:], *responsible] if key not in lead],
        "heading": next(
            (key for key, each in headings.items() if each.name == value.get("area")), ""
        ),
    }
    parts = [{"unit": key} for key in _units(value.get("cooperating_units"), units)]
    nodes = [
        {"deliverable": each["text"], "due": last_day(each["value"], year)}
        for each in value.get("milestones") or ()
    ]
    return Defaults(main, parts, list(_targets(value.get("targets") or ())), nodes)


def last_day(value: str | None, year: int) -> date | None:
    """The last day of a period as the reader writes it (2023, 2023-Q2, 2023-11, 2023-11-30)."""
    found = _PERIOD.fullmatch((value or "").replace("XXXX", str(year)))
    if found is None:
        return None
    of_year, month, quarter, half, day = found.groups()
    last = int(month or int(quarter or 0) * 3 or int(half or 0) * 6 or 12)
    try:
        most = calendar.monthrange(int(of_year), last)[1]
        return date(int(of_year), last, int(day or most))
    except (ValueError, calendar.IllegalMonthError):
        return None


def _units(printed: Iterable[str] | None, units: Mapping[str, Unit]) -> list[str]:
    """Keys of the units that these words certainly name; the others are left to the person."""
    known = tuple(
        Known(UNIT, int(key), (each.name, each.short_name), tuple(each.aliases))
        for key, each in units.items()
    )
    roots = [each.name for each in units.values() if each.parent_id is None]
    book = Book(known, roots[0] if len(roots) == 1 else "")
    found = (book.match(name).certain for name in printed or ())
    return list(dict.fromkeys(str(each.key) for each in found if each is not None))


def _targets(targets: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for each in targets:
        if _NUMBER.fullmatch(str(each.get("value"))):
            yield {
                "metric": each.get("metric") or "",
                "operator": each.get("operator") or "=",
                "value": each["value"],
                "unit": each.get("unit") or "",
            }
