"""Which findings of a reading an annotation also has, by the scorer's own measures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luoshi.text.reading import Finding, Reading
from luoshi.text.score import (
    ALIKE,
    CLAIM_OVERLAP,
    MEETING,
    OVERLAP,
    PAGE,
    alike,
    overlap,
    pairs,
    plain,
    score,
)
from luoshi.text.sure import FIELDS

Row = Mapping[str, Any]
_PART = {"owners": "owners, all roles", "deadline": "deadline", "targets": "targets, end to end"}
_NAMED = {"commitment": "unit", "theme": "name"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A restored text and what a person found in it."""

    name: str
    text: str
    gold: Row


def annotated(folder: Path) -> Iterator[Annotated]:
    """The documents of a folder: NAME.txt beside NAME.json, or in folders `texts` and `gold`."""
    texts, golds = folder / "texts", folder / "gold"
    if not texts.is_dir():
        texts = golds = folder
    for path in sorted(texts.glob("*.txt")):
        gold = json.loads((golds / f"{path.stem}.json").read_text("utf-8"))
        yield Annotated(path.stem, path.read_text("utf-8"), gold)


def right(gold: Row, reading: Reading) -> list[tuple[str, Finding, bool]]:
    """Each finding with its kind and whether the annotation has it.

    A directive whose span is right stands there again for each of its parts (`FIELDS`).
    """
    rows = []
    kinds = dict.fromkeys(each.kind for each in reading.findings)
    for kind in kinds:
        some = [each for each in reading.findings if each.kind == kind]
        partner = _partners(kind, gold, some)
        rows += [(kind, each, at in partner) for at, each in enumerate(some)]
        if kind == "directive":
            rows += [
                (part, some[at], _whole(_PART[part], row, some[at].value))
                for at, row in sorted(partner.items(), key=lambda entry: entry[0])
                for part in FIELDS
            ]
    return rows


def _partners(kind: str, gold: Row, found: Sequence[Finding]) -> dict[int, Row]:
    """The place of each finding that is right -> what the annotation says there."""
    met: Row = gold.get("meeting") or {}
    if kind in PAGE or kind == "commitment_count":
        wanted = (met if kind == "commitment_count" else gold).get(kind)
        return {
            at: gold
            for at, each in enumerate(found)
            if wanted is not None and plain(next(iter(each.value.values()))) == plain(wanted)
        }
    if kind == "meeting":
        return {
            at: met
            for at, each in enumerate(found)
            if all(plain(each.value[name]) == plain(met.get(name)) for name in MEETING)
        }
    wanted, near, least = _wanted(kind, gold, met)
    same = pairs(wanted, found, near, least)
    return {at: wanted[i] for i, at in same if _said(kind, wanted[i], found[at])}


def _wanted(kind: str, gold: Row, met: Row) -> tuple[list[Any], Callable[[Any, Any], float], float]:
    """What the annotation has of the kind, how near a finding is to one, and how near it must be."""
    if kind in ("directive", "agenda", "result"):
        side = met if kind == "agenda" else gold
        least = CLAIM_OVERLAP if kind == "result" else OVERLAP
        return list(side.get(_list(kind)) or []), _spans, least
    if kind == "area":
        return list(gold.get("areas") or []), lambda a, b: alike(a, b.value["name"]), ALIKE
    if kind == "honour":
        rows = list(met.get("honours") or [])
        return rows, lambda a, b: alike(a["title"], b.value["title"]), ALIKE
    if kind == "person":
        rows = list(met.get("people") or [])
        return rows, lambda a, b: float(plain(a["name"]) == plain(b.value["name"])), 1.0
    key = _NAMED[kind]
    rows = list((gold if kind == "theme" else met).get(_list(kind)) or [])
    return rows, lambda a, b: float(_bare(a[key]) == _bare(b.value[key])), 1.0


def _list(kind: str) -> str:
    return kind if kind == "agenda" else f"{kind}s"


def _bare(name: str) -> str:
    return (plain(name) or "").strip("“”\"'")


def _spans(gold: Row, found: Finding) -> float:
    return overlap(gold, {"start": found.start, "end": found.end}, by_quote=False)


def _said(kind: str, gold: Row, found: Finding) -> bool:
    """Whether what is said of a person or a result is right as well."""
    if kind == "person":
        sides = [{"meeting": {"people": [row]}} for row in (gold, found.value)]
        return all(
            score(*sides).value(name) in (None, 1.0)
            for name in ("people (name+post)", "acts (name+act)")
        )
    if kind == "result":
        return plain(gold.get("unit")) == plain(found.value["unit"]) and _number(gold) == _number(
            found.value
        )
    return True


def _number(row: Row) -> float | None:
    try:
        return round(float(row["value"]), 6)
    except (TypeError, ValueError):
        return None


def _whole(measure: str, gold: Row, value: Row) -> bool:
    """Whether nothing of a part of a directive is missing, wrong or too much."""
    at = {"start": 0, "end": 1}
    made = score({"directives": [{**gold, **at}]}, {"directives": [{**value, **at}]})
    return made.value(measure) in (None, 1.0)
