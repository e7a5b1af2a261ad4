"""What a sentence gives an item: its words, its date, the units it names, its figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luoshi.intake.models import Finding
from luoshi.intake.states import REJECTED
from luoshi.org import queries as org
from luoshi.org.matching import UNIT, Book, Known
from luoshi.org.models import Unit
from luoshi.programme.models import Heading
from luoshi.text.due import due_of, runs_from
from luoshi.web.intake.sheet import Sheet

_STOP = re.compile("[，。；,;]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass
class Defaults:
    """Initial values of the forms."""

    main: dict[str, Any] = field(default_factory=dict)
    parts: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)
    nodes: list[dict[str, Any]] = field(default_factory=list)
    hints: dict[str, str] = field(default_factory=dict)  # by field of the main form


@dataclass(frozen=True, slots=True)
class Days:
    """What dates are counted with: the programme's year, the paper's day and its meeting's, free days."""

    year: int
    paper: date | None
    meeting: date | None
    holidays: Mapping[date, bool]
    announced: Collection[int]  # years whose holidays are known from a notice


def days_of(year: int, facts: Iterable[Finding]) -> Days:
    """The days that a document's facts give; one that is not known stays empty."""
    found = {each.kind: _date(each.value.get("date")) for each in facts if each.state != REJECTED}
    return Days(
        year=year,
        paper=found.get("signed") or found.get("published"),
        meeting=found.get("meeting"),
        holidays=org.working_days(),
        announced=org.announced_years(),
    )


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:  # XXXX-05-06: the year is not known
        return None


def of(
    finding: Finding | None,
    sheet: Sheet,
    units: Mapping[str, Unit],
    headings: Mapping[str, Heading],
    days: Days,
) -> Defaults:
    """What can be filled in from a directive. A date that the text does not give stays empty."""
    if finding is None:
        return Defaults()
    value = finding.value
    sentence = sheet.words(finding)
    due, hint = _due(value.get("deadline") or {}, sentence, days)
    leads = _units(value.get("lead_units"), units)
    responsible = _units(value.get("responsible_units"), units)
    # A sole responsible unit leads: that is how such a list is read.
    lead = leads[:1] or (responsible if len(responsible) == 1 else [])
    main = {
        "finding": str(finding.pk),
        "requirement": sentence[:300],
        "due": due,
        "lead_unit": lead[0] if lead else "",
        "responsible_units": [key for key in [*leads[1:], *responsible] if key not in lead],
        "heading": next(
            (key for key, each in headings.items() if each.name == value.get("area")), ""
        ),
    }
    parts = [{"unit": key} for key in _units(value.get("cooperating_units"), units)]
    nodes = [
        {"deliverable": each["text"], "due": _due(each, sentence, days)[0]}
        for each in value.get("milestones") or ()
    ]
    targets = list(_targets(value.get("targets") or ()))
    return Defaults(main, parts, targets, nodes, {"due": hint})


def _due(deadline: Mapping[str, Any], sentence: str, days: Days) -> tuple[date | None, str]:
    """The day a deadline falls on, and what a person should know of how it was found."""
    words = str(deadline.get("text") or "")
    before = sentence[: max(sentence.find(words), 0)]
    clause = _STOP.split(before)[-1] + words
    start = runs_from(clause)
    anchor = {"meeting": days.meeting or days.paper, "paper": days.paper or days.meeting}.get(start)
    due = due_of(
        deadline.get("value"), words, year=days.year, anchor=anchor,
        holidays=days.holidays, announced=days.announced,
    )  # fmt: skip
    if due is None:
        unsaid = deadline.get("kind") == "relative"
        return None, _("原文“%(words)s”没有说明从哪天起算，请定日期。") % {
            "words": words
        } if unsaid else ""
    if not due.counted or anchor is None:
        return due.day, ""
    said = (
        _("原文“%(words)s”，自 %(day)s 起算；所跨年度的放假安排还没有公布，这一天是暂定的。")
        if due.provisional
        else _("原文“%(words)s”，自 %(day)s 起算，请核对。")
    )
    return due.day, said % {"words": words, "day": anchor.isoformat()}


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
