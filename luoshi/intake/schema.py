"""The shape of each kind of finding, field by field, and whether what a person typed fits it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from luoshi.kernel.errors import Invalid

# Each shape says what is wrong with a value that is not empty: a code of a field's message, or "".
Shape = Callable[[Any], str]

OWNERS = (
    "lead_leaders", "lead_units", "responsible_units", "cooperating_units", "responsible_people",
)  # fmt: skip
ACTS = ("attend", "speak", "chair", "deploy", "read", "award", "report", "other")
LEVELS = ("national", "province", "province+", "city", "county", "unit")
OPERATORS = ("=", ">=", ">", "<=", "<", "~")
KINDS_OF_TIME = {
    "date": re.compile(r"(?:\d{4}|XXXX)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"),
    "month": re.compile(r"(?:\d{4}|XXXX)-(?:0[1-9]|1[0-2])"),
    "quarter": re.compile(r"(?:\d{4}|XXXX)-Q[1-4]"),
    "half": re.compile(r"(?:\d{4}|XXXX)-H[12]"),
    "year": re.compile(r"\d{4}|XXXX"),
    "relative": re.compile(r"P\d{1,4}[DWMY]"),
    "recurring": re.compile(r"recurring"),
}
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")


def kind_of_time(value: str) -> str | None:
    """date, month, quarter, half, year, relative or recurring, by the form of a value; None if it has none."""
    found = (kind for kind, form in KINDS_OF_TIME.items() if form.fullmatch(value))
    kind = next(found, None)
    return kind if kind != "date" or _real(value) else None


def checked_value(kind: str, value: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """`value` with what a person typed over it. Errors: Invalid names the field that is empty, unknown or unfit."""
    shapes = SCHEMA[kind]
    faults = dict.fromkeys(sorted(set(given) - set(shapes)), "unknown_field")
    for name in sorted(set(given) & set(shapes)):
        fault = "" if given[name] in (None, "", []) else shapes[name](given[name])
        if fault:
            faults[name] = fault
    merged = {**value, **given}
    main = MAIN_FIELD.get(kind)
    if main and merged.get(main) in (None, ""):
        faults.setdefault(main, "required")
    if faults:
        raise Invalid(fields=faults)
    return merged


def empty_value(kind: str) -> dict[str, Any]:
    """The value of a finding of which nothing is known yet but its words."""
    lists = (_words, _acts, _steps, _targets)
    return {name: [] if shape in lists else None for name, shape in SCHEMA[kind].items()}


def value_of_words(kind: str, words: str) -> dict[str, Any]:
    """The value of a finding marked by hand. Errors: Invalid for a day that is none."""
    value = empty_value(kind)
    main = MAIN_FIELD.get(kind) or ("quote" if kind == "agenda" else None)
    if main:
        value[main] = words
    if kind in ("published", "signed") and _day(words):
        raise Invalid(fields={"start": "not_a_date"})
    if kind in ("clicks", "commitment_count"):
        if not words.isascii() or not words.isdigit() or len(words) > 9:
            raise Invalid(fields={"start": "not_a_number"})
        value["count"] = int(words)
    if kind == "theme":
        value["status"] = "current"
    if kind == "directive":
        value["strength"] = "soft"
    return value


def _real(value: str) -> bool:
    try:
        date.fromisoformat(value.replace("XXXX", "2000"))
    except ValueError:
        return False
    return True


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else "invalid_choice"


def _words(value: Any) -> str:
    fits = isinstance(value, list) and all(isinstance(each, str) and each for each in value)
    return "" if fits else "invalid_choice"


def _day(value: Any) -> str:
    return "" if isinstance(value, str) and kind_of_time(value) == "date" else "not_a_date"


def _count(value: Any) -> str:
    return "" if isinstance(value, int) and 0 <= value < 10**9 else "not_a_number"


def _figure(value: Any) -> str:
    return "" if _NUMBER.fullmatch(str(value)) else "not_a_number"


def _one_of(*choices: str) -> Shape:
    return lambda value: "" if value in choices else "invalid_choice"


def _acts(value: Any) -> str:
    fits = isinstance(value, list) and all(each in ACTS for each in value)
    return "" if fits else "invalid_choice"


def _time(value: Any) -> str:
    if not isinstance(value, Mapping) or not value.get("text"):
        return "not_a_time"
    known = value.get("value")
    return "" if known is None or kind_of_time(str(known)) == value.get("kind") else "not_a_time"


def _rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def _steps(value: Any) -> str:
    if not _rows(value):
        return "not_a_time"
    for each in value:
        known = each.get("value")
        if not each.get("text") or (known is not None and kind_of_time(str(known)) is None):
            return "not_a_time"
    return ""


def _targets(value: Any) -> str:
    if not _rows(value):
        return "not_a_number"
    for each in value:
        if each.get("operator") not in OPERATORS:
            return "invalid_choice"
        if each.get("value") in (None, "") or _figure(each["value"]):
            return "not_a_number"
    return ""


SCHEMA: Mapping[str, Mapping[str, Shape]] = {
    "title": {"text": _text},
    "published": {"date": _day},
    "signed": {"date": _day},
    "doc_no": {"text": _text},
    "source": {"text": _text},
    "column": {"text": _text},
    "clicks": {"count": _count},
    "meeting": {"name": _text, "date": _day, "time_of_day": _one_of("上午", "下午", "晚上")},
    "person": {"name": _text, "posts": _words, "acts": _acts},
    "agenda": {"quote": _text},
    "honour": {"title": _text, "level": _one_of(*LEVELS), "kinds": _words},
    "commitment": {"unit": _text},
    "commitment_count": {"count": _count},
    "theme": {"name": _text, "year": _count, "status": _one_of("current", "previous")},
    "area": {"name": _text},
    "directive": {
        "area": _text,
        **dict.fromkeys(OWNERS, _words),
        "deadline": _time,
        "milestones": _steps,
        "targets": _targets,
        "verbs": _words,
        "strength": _one_of("hard", "soft"),
    },
    "result": {"metric": _text, "value": _figure, "unit": _text, "rank": _text},
}

# kind -> the field of its value that must not be empty
MAIN_FIELD: Mapping[str, str] = {
    "title": "text",
    "published": "date",
    "signed": "date",
    "doc_no": "text",
    "source": "text",
    "column": "text",
    "clicks": "count",
    "meeting": "name",
    "person": "name",
    "honour": "title",
    "commitment": "unit",
    "commitment_count": "count",
    "theme": "name",
    "area": "name",
}
