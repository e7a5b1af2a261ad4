"""Pure arithmetic of merging and splitting directives: values united, and divided by their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.intake.schema import OWNERS

_EDGE = re.compile(r"[\s，,；;。、！!]")
Spans = Mapping[str, list[list[int]]]

# What a sentence lacks; a whole lacks it only when each of its parts does.
LACKS = ("no-owner", "general-owner", "no-deadline", "vague")


@dataclass(frozen=True, slots=True)
class Part:
    """What a directive says: its value, the places of its names and dates, its doubts."""

    value: dict[str, Any]
    spans: dict[str, list[list[int]]]
    doubts: list[str]


def halves(
    text: str, start: int, end: int, at: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The two spans of [start, end) cut at a place, without the marks at the cut; None if one were empty."""
    left, right = min(max(at, start), end), min(max(at, start), end)
    while left > start and _EDGE.match(text[left - 1]):
        left -= 1
    while right < end and _EDGE.match(text[right]):
        right += 1
    return ((start, left), (right, end)) if start < left and right < end else None


def united(first: Part, second: Part) -> Part:
    """The two as one: names and targets of both, the later date as deadline, the earlier as a milestone."""
    value, spans = dict(first.value), {name: list(kept) for name, kept in first.spans.items()}
    for name in OWNERS:
        _unite_names(value, spans, second, name)
    for name in ("verbs", "targets"):
        known = value.get(name) or []
        value[name] = known + [each for each in second.value.get(name) or [] if each not in known]
    spans["targets"] = [*first.spans.get("targets", []), *second.spans.get("targets", [])]
    value["area"] = value.get("area") or second.value.get("area")
    _unite_times(value, spans, second)
    if "hard" in (value.get("strength"), second.value.get("strength")):
        value["strength"] = "hard"
    return Part(value, {name: kept for name, kept in spans.items() if kept}, _doubts(first, second))


def divided(whole: Part, at: int, words: tuple[str, str]) -> tuple[Part, Part]:
    """The two parts of a directive cut at an offset of the received text: each value goes with its words.

    What stands outside the words (a label, a carried subject) holds for both; so do owners of
    whom one part would have none.
    """
    sides: list[tuple[dict[str, Any], dict[str, list[list[int]]]]] = []
    for side in (0, 1):
        value = dict(whole.value)
        spans: dict[str, list[list[int]]] = {}
        for name in (*OWNERS, "targets"):
            value[name], spans[name] = _side(whole, name, at, side)
        _divide_times(whole, value, spans, at, side, words)
        value["verbs"] = [each for each in whole.value.get("verbs") or [] if each in words[side]]
        if whole.spans.get("area"):
            spans["area"] = whole.spans["area"]
        if not any(value[name] for name in OWNERS):
            for name in OWNERS:
                value[name], spans[name] = whole.value.get(name) or [], whole.spans.get(name, [])
        sides.append((value, {name: kept for name, kept in spans.items() if kept}))
    return _part(whole, *sides[0]), _part(whole, *sides[1])


def _unite_names(
    value: dict[str, Any], spans: dict[str, list[list[int]]], second: Part, name: str
) -> None:
    known = list(value.get(name) or [])
    places = second.spans.get(name, [])
    paired = len(places) == len(second.value.get(name) or [])
    for at, each in enumerate(second.value.get(name) or []):
        if each not in known:
            known.append(each)
            if paired:
                spans.setdefault(name, []).append(places[at])
    value[name] = known


def _unite_times(value: dict[str, Any], spans: dict[str, list[list[int]]], second: Part) -> None:
    mine, others = value.get("deadline"), second.value.get("deadline")
    steps = [*(value.get("milestones") or []), *(second.value.get("milestones") or [])]
    if others and not mine:
        value["deadline"] = others
        spans["deadline"] = second.spans.get("deadline", [])
    elif mine and others and mine["value"] != others["value"]:
        last, earlier = (
            (others, mine)
            if str(others["value"] or "") > str(mine["value"] or "")
            else (mine, others)
        )
        value["deadline"] = last
        spans["deadline"] = (second if last is others else Part(value, spans, [])).spans.get(
            "deadline", []
        )
        steps.append({"text": earlier["text"], "value": earlier["value"]})
    value["milestones"] = [each for at, each in enumerate(steps) if each not in steps[:at]]


def _divide_times(
    whole: Part,
    value: dict[str, Any],
    spans: dict[str, list[list[int]]],
    at: int,
    side: int,
    words: tuple[str, str],
) -> None:
    places = whole.spans.get("deadline", [])
    if whole.value.get("deadline") and places and not _is_of(places[0], at, side, whole):
        value["deadline"] = None
    elif places:
        spans["deadline"] = places
    steps = whole.value.get("milestones") or []
    value["milestones"] = [
        each for each in steps if each["text"] in words[side] or each["text"] not in words[1 - side]
    ]


def _side(whole: Part, name: str, at: int, side: int) -> tuple[list[Any], list[list[int]]]:
    """The entries of one list that stand on this side of the cut, with their places."""
    entries, places = whole.value.get(name) or [], whole.spans.get(name, [])
    if len(entries) != len(places):
        return list(entries), []
    kept = [
        (entry, place)
        for entry, place in zip(entries, places, strict=True)
        if _is_of(place, at, side, whole)
    ]
    return [entry for entry, _ in kept], [place for _, place in kept]


def _is_of(place: Iterable[int], at: int, side: int, whole: Part) -> bool:
    """Whether a place belongs to a side; one outside the directive's own words, or cut through, to both."""
    start, end = place
    if start < at < end:
        return True
    for first, last in whole.spans.get("whole", []):
        if end <= first or start >= last:
            return True
    return end <= at if side == 0 else start >= at


def _part(whole: Part, value: dict[str, Any], spans: dict[str, list[list[int]]]) -> Part:
    doubts = [each for each in whole.doubts if each not in ("no-owner", "no-deadline")]
    if not any(value[name] for name in OWNERS):
        doubts.append("no-owner")
    if not value.get("deadline"):
        doubts.append("no-deadline")
        doubts = [each for each in doubts if each != "year-assumed"]
    return Part(value, spans, doubts)


def _doubts(first: Part, second: Part) -> list[str]:
    both = [each for each in first.doubts if each in second.doubts]
    either = [each for each in dict.fromkeys([*first.doubts, *second.doubts]) if each not in LACKS]
    return list(dict.fromkeys([*(each for each in both if each in LACKS), *either]))
