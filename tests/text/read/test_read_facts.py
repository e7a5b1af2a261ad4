"""Page, meeting and people of many forms of pages; each case names only the facts it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luoshi.text import read

Cases = Callable[[str], list[dict[str, Any]]]


def _facts(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """The facts of a reading that a case asks for, in the short form of the case file."""
    facts: dict[str, Any] = {name: found[name] for name in wanted}
    if "themes" in wanted:
        facts["themes"] = [theme["name"] for theme in found["themes"]]
    if "results" in wanted:
        facts["results"] = [[r["quote"], r["value"], r["unit"]] for r in found["results"]]
    if wanted.get("meeting") and found["meeting"]:
        facts["meeting"] = _met(found["meeting"], wanted["meeting"])
    return facts


def _met(met: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    facts = {name: met[name] for name in wanted}
    if "people" in wanted:
        rows = [[p["name"], p["posts"], sorted(p["acts"])] for p in met["people"]]
        facts["people"] = sorted(rows)
    if "commitments" in wanted:
        facts["commitments"] = [pledge["unit"] for pledge in met["commitments"]]
    if "agenda" in wanted:
        facts["agenda"] = [item["quote"] for item in met["agenda"]]
    if "honours" in wanted:
        facts["honours"] = [honour["title"] for honour in met["honours"]]
    return facts


def _wanted(expected: dict[str, Any]) -> dict[str, Any]:
    met = expected.get("meeting")
    if not met or "people" not in met:
        return expected
    folk = sorted([name, posts, sorted(acts)] for name, posts, acts in met["people"])
    return {**expected, "meeting": {**met, "people": folk}}


def test_pages_and_meetings_of_many_forms_read_as_expected(cases: Cases) -> None:
    for case in cases("facts"):
        found = _facts(read(case["given"]).as_dict(), case["expected"])
        assert found == _wanted(case["expected"]), case["label"]
