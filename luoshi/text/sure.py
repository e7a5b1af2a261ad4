"""How sure a reading is: the chance that a second annotator would have made the same finding.

A logistic model whose weights `tools/calibrate_reading.py` learns from annotated documents. A trait is
a name of something seen of a finding; a trait without a weight says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp

from luoshi.text.labels import ROLES
from luoshi.text.patterns import pattern
from luoshi.text.reading import Finding
from luoshi.text.wordlists import any_of, lines

FIELDS = ("owners", "deadline", "targets")  # parts of a directive that are judged on their own
UNSURE = {"owners": "owners-unsure", "deadline": "deadline-unsure", "targets": "targets-unsure"}
# What a sentence leaves open; no doubt about the reading.
GAPS = frozenset({"no-owner", "general-owner", "no-deadline", "vague"})
UNOFFICIAL = "no-official-paper"
_FOREIGN = 0.3  # no finding on a text that is no official paper is surer
_LEAST, _MOST = 0.01, 0.995
_BRIEF, _LONG = 12, 80
_MARKS = {"，": "comma", "；": "semicolon", "。": "stop", "：": "colon", "（": "bracket", "\n": "line", "\t": "cell", "、": "list"}  # fmt: skip
_WORDS = {
    "past": pattern("[了已]|同比|预计|测算|以来|往年|成立于"),
    "may": pattern("可(?!靠|持续|行|控|视|研)|得依|不变"),
    "must": pattern("[要須须應应請请]"),
    "attitude": pattern(
        rf"{any_of('verbs', 'attitude')}|{any_of('verbs', 'slogan')}|毛病|希望|进一步"
    ),
    "two sentences": pattern(r"。|(?<!\d)\.|\.(?!\d)"),
    "two lines": pattern(r"\n"),
    "two cells": pattern(r"\t"),
    "figure": pattern(r"\d"),
}


_ODD_NAME = pattern("同上|^(?:责任|配合|牵头|牽頭|責任)|[请請报報把将將和的、]|.{13}|^.{1,2}$")
_UNIT = pattern("[局委办辦厅廳处處科院所站中心镇鎮司会會队隊][，要应應须负負将將会會牵牽配]")
_TIME = pattern("[年月日旬度底][前内內底末份]|季度|半年|每[年月周季天]|工作日|[天月][内內]")
_FIGURE = pattern(r"\d[\d.,]{0,12}(?![\d年月日号號季.])")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the traits of a finding ask of its document."""

    text: str
    kind: str
    counts: Mapping[str, int]  # findings of each kind
    official: bool = True


def judged(findings: Sequence[Finding], sheet: Sheet) -> list[Finding]:
    """The findings with their confidence; a directive also doubts those of its parts that are unsure."""
    return [_judged(each, sheet) for each in findings]


def _judged(finding: Finding, sheet: Sheet) -> Finding:
    seen = tuple(traits(finding, sheet))
    sure = chance(finding.kind, seen)
    if not sheet.official:
        doubts = (UNOFFICIAL,) if finding.kind == "directive" else ()
        return replace(finding, confidence=min(sure, _FOREIGN), doubts=(*finding.doubts, *doubts))
    if finding.kind != "directive":
        return replace(finding, confidence=sure)
    parts = sorted((chance(part, tuple(traits_of(part, finding, sheet))), part) for part in FIELDS)
    unsure = (UNSURE[part] for least, part in parts if least < limit("unsure"))
    return replace(finding, confidence=sure, doubts=(*finding.doubts, *unsure))


def chance(kind: str, seen: Sequence[str]) -> float:
    """The chance that a finding of this kind (or a part of a directive) with these traits is right."""
    return chance_by(weights(), kind, seen)


def chance_by(every: Mapping[str, Mapping[str, float]], kind: str, seen: Sequence[str]) -> float:
    """The same by a given table."""
    table = every.get(kind, {})
    total = table.get("", 0.0) + sum(table.get(trait, 0.0) for trait in seen)
    return round(min(_MOST, max(_LEAST, 1 / (1 + exp(-total)))), 3)


def limit(name: str) -> float:
    """`sure`: from this confidence on, findings are right as often as a person would be;
    `unsure`: below it, a part of a directive is doubted."""
    return weights()["limit"][name]


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Kind -> trait -> weight in log-odds; the empty trait is the kind's own."""
    table: dict[str, dict[str, float]] = {}
    for line in lines("weights"):
        kind, trait, weight = line.split("\t")
        table.setdefault(kind, {})[trait] = float(weight)
    return table


def traits(finding: Finding, sheet: Sheet) -> Iterator[str]:
    """Names of what is seen of a finding: where it stands, how it was found, what it holds."""
    yield f"in {sheet.kind}"
    yield from finding.rules
    yield from finding.doubts
    start, end = finding.start, finding.end
    size = end - start
    if size < _BRIEF:
        yield "brief"
    elif size > _LONG:
        yield "long"
    if sheet.counts[finding.kind] == 1:
        yield "alone"
    if finding.kind == "directive":
        yield from _of_directive(finding, sheet)
    elif finding.kind == "person":
        yield f"posts {min(2, len(finding.value['posts']))}"
        yield from finding.value["acts"]
    elif finding.kind == "result":
        yield from (name for name in ("unit", "rank") if finding.value[name])


def traits_of(part: str, finding: Finding, sheet: Sheet) -> Iterator[str]:
    """Names of what is seen of a part of a directive."""
    if part != "deadline":
        yield f"in {sheet.kind}"
        yield from finding.rules
    yield from _OF_PART[part](finding, sheet)


def _of_directive(finding: Finding, sheet: Sheet) -> Iterator[str]:
    text, start, end, value = sheet.text, finding.start, finding.end, finding.value
    yield "after " + _MARKS.get(text[start - 1 : start], "other" if start else "nothing")
    yield "before " + _MARKS.get(text[end : end + 1], "other" if end < len(text) else "nothing")
    yield value["strength"]
    yield from (role for role in ROLES if value[role])
    if value["deadline"]:
        yield "due"
    if value["targets"]:
        yield "targets"
    if value["area"]:
        yield "area"
    yield f"verbs {min(2, len(value['verbs']))}"
    yield from (name for name, words in _WORDS.items() if words.search(text, start, end))
    if len(text) - end < len(text) // 10:
        yield "near the end"
    if text.find("，", start, end) < 0:
        yield "one clause"


def _of_owners(finding: Finding, sheet: Sheet) -> Iterator[str]:
    text, value = sheet.text, finding.value
    yield from (code for code in finding.doubts if "owner" in code)
    names = [name for role in ROLES for name in value[role]]
    yield from (role for role in ROLES if value[role])
    yield f"names {min(3, len(names))}"
    if any(_ODD_NAME.search(name) for name in names):
        yield "odd name"
    yield _where(finding, [span for role in ROLES for span in finding.spans.get(role, ())])
    if len(_UNIT.findall(text, finding.start, finding.end)) > len(names):
        yield "more units than owners"


def _of_deadline(finding: Finding, sheet: Sheet) -> Iterator[str]:
    text, value = sheet.text, finding.value
    due = value["deadline"]
    yield due["kind"] if due else "none"
    if "year-assumed" in finding.doubts:
        dated = any(sheet.counts[kind] for kind in ("published", "signed", "doc_no"))
        yield "year of the document" if dated else "year of an undated document"
    yield _where(finding, finding.spans.get("deadline", ()))
    times = len(_TIME.findall(text, finding.start, finding.end))
    if times > len(value["milestones"]) + (due is not None):
        yield "more times"
    if value["milestones"]:
        yield "milestones"


def _of_targets(finding: Finding, sheet: Sheet) -> Iterator[str]:
    text, value = sheet.text, finding.value
    count = len(value["targets"])
    yield f"targets {min(3, count)}"
    figures = len(_FIGURE.findall(text, finding.start, finding.end))
    yield f"figures left {max(-1, min(2, figures - count))}"


def _where(finding: Finding, spans: Iterable[Sequence[int]]) -> str:
    """Whether what a part rests on stands in the sentence itself."""
    inside = {finding.start <= start < finding.end for start, _ in spans}
    return " and ".join(sorted("inside" if one else "outside" for one in inside)) or "nowhere"


_OF_PART = {"owners": _of_owners, "deadline": _of_deadline, "targets": _of_targets}
