"""Pure arithmetic of intake: offsets of received and restored text, coverage, values of findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.intake.repairs import APPLIED
from luoshi.kernel.errors import Invalid
from luoshi.text.spans import SpanMap

# kind -> the field of its value that is the words themselves; the others are kept as read
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


def span_map(repairs: Iterable[Mapping[str, Any]]) -> SpanMap:
    """The map between received and restored offsets that stored repairs make."""
    return SpanMap(
        (repair["start"], repair["end"], repair["out_start"], repair["out_end"])
        for repair in repairs
        if repair["status"] in APPLIED
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """漏项核对: the directives a person stands behind, by what became of them; and those left."""

    by_kind: Mapping[str, int]
    unlinked: int
    unconfirmed: int
    rejected: int

    @property
    def directives(self) -> int:
        return sum(self.by_kind.values()) + self.unlinked


def exact(value: Any) -> Any:
    """A value without floats: they become their shortest text, so that it can be recorded."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {key: exact(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [exact(inner) for inner in value]
    return value


def checked_value(kind: str, value: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """`value` with what a person typed over it. Errors: Invalid names the field that is empty or unknown."""
    unknown = set(given) - set(value) - {MAIN_FIELD.get(kind, "")}
    if unknown:
        raise Invalid(fields=dict.fromkeys(sorted(unknown), "unknown_field"))
    merged = {**value, **given}
    main = MAIN_FIELD.get(kind)
    if main and merged.get(main) in (None, ""):
        raise Invalid(fields={main: "required"})
    return merged
