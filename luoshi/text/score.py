"""How near a reading comes to a document annotated by hand: one count per measure of the schema."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from luoshi.text.labels import ROLES
from luoshi.text.wordlists import simplified

Row = Mapping[str, Any]
PAGE = ("kind", "title", "published", "signed", "doc_no", "source", "column", "clicks")
MEETING = ("name", "date", "time_of_day")
ALIKE = 0.8  # names that share so much of their character pairs are the same name
OVERLAP = 0.5  # spans that share so much of their union are the same row
CLAIM_OVERLAP = 0.3


@dataclass(slots=True)
class Count:
    """Right ones, those in the gold, those predicted."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when neither side has anything."""
        both = self.gold + self.predicted
        return 2 * self.right / both if both else None


@dataclass(slots=True)
class Score:
    """The counts of each measure; scores of several documents are added."""

    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, measure: str, right: int, gold: int, predicted: int) -> None:
        """Count some more for a measure."""
        count = self.counts.setdefault(measure, Count())
        count.right += right
        count.gold += gold
        count.predicted += predicted

    def include(self, other: Score) -> None:
        """Add the counts of another score."""
        for measure, count in other.counts.items():
            self.add(measure, count.right, count.gold, count.predicted)

    def value(self, measure: str) -> float | None:
        """The F1 of a measure, None when there was nothing to compare."""
        count = self.counts.get(measure)
        return count.f1() if count else None


def plain(value: Any) -> Any:
    """A value as it is compared: width, blanks, outer marks and script do not count."""
    if not isinstance(value, str):
        return value
    joined = "".join(unicodedata.normalize("NFKC", value).split()).translate(simplified())
    return joined.strip("。,;:、.·《》") or None


def alike(first: str | None, second: str | None) -> float:
    """The share of character pairs that two names have in common (Dice), 0 to 1."""
    a, b = plain(first) or "", plain(second) or ""
    if a == b:
        return 1.0
    left = [a[i : i + 2] for i in range(len(a) - 1)] or [a]
    right = [b[i : i + 2] for i in range(len(b) - 1)] or [b]
    rest = list(right)
    same = 0
    for pair in left:
        if pair in rest:
            rest.remove(pair)
            same += 1
    return 2.0 * same / (len(left) + len(right))


def overlap(gold: Row, found: Row, *, by_quote: bool) -> float:
    """The share of their union that two spans have in common, by offsets or by their words."""
    if by_quote:
        a, b = plain(gold.get("quote")) or "", plain(found.get("quote")) or ""
        blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        same = sum(block.size for block in blocks if block.size > 1)
        return same / (len(a) + len(b) - same) if a and b else 0.0
    same = max(0, min(gold["end"], found["end"]) - max(gold["start"], found["start"]))
    union = (gold["end"] - gold["start"]) + (found["end"] - found["start"]) - same
    return same / union if union else 0.0


def pairs(
    gold: Sequence[Any], found: Sequence[Any], near: Callable[[Any, Any], float], least: float
) -> list[tuple[int, int]]:
    """The one-to-one matching of two lists, the nearest pairs first, none below `least`."""
    ranked = sorted(
        ((near(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found)),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    left: set[int] = set()
    right: set[int] = set()
    matched = []
    for value, i, j in ranked:
        if value >= least and i not in left and j not in right:
            left.add(i)
            right.add(j)
            matched.append((i, j))
    return sorted(matched)


def score(gold: Row, found: Row) -> Score:
    """The counts for one document; spans are matched by their words when the lengths differ."""
    made = Score()
    by_quote = gold.get("n_chars") != found.get("n_chars")
    met: Row = gold.get("meeting") or {}
    seen: Row = found.get("meeting") or {}
    _fields(made, gold, found, PAGE)
    _fields(made, met, seen, MEETING)
    _sets(made, "people", _posts(met), _posts(seen))
    _sets(made, "acts", _acts(met), _acts(seen))
    areas = pairs(gold["areas"], found["areas"], alike, ALIKE)
    made.add("areas", len(areas), len(gold["areas"]), len(found["areas"]))
    _directives(made, gold["directives"], found["directives"], by_quote)
    _meeting(made, met, seen, by_quote)
    names = [{_unquoted(row["name"]) for row in side["themes"]} for side in (gold, found)]
    _sets(made, "themes", *names)
    _claims(made, gold["results"], found["results"], by_quote)
    return made


def _fields(made: Score, gold: Row, found: Row, names: Iterable[str]) -> None:
    for name in names:
        wanted, got = plain(gold.get(name)), plain(found.get(name))
        if wanted is not None or got is not None:
            made.add("fields", int(wanted == got), 1, 1)


def _sets(made: Score, measure: str, gold: set[Any], found: set[Any]) -> None:
    made.add(measure, len(gold & found), len(gold), len(found))


def _posts(met: Row) -> set[Any]:
    return {
        (plain(person["name"]), plain(post))
        for person in met.get("people") or []
        for post in person["posts"] or [""]
    }


def _acts(met: Row) -> set[Any]:
    return {(plain(p["name"]), act) for p in met.get("people") or [] for act in p["acts"]}


def _unquoted(name: str) -> str:
    return (plain(name) or "").strip("“”\"'")


def _meeting(made: Score, met: Row, seen: Row, by_quote: bool) -> None:
    titles, read_ = ([row["title"] for row in side.get("honours") or []] for side in (met, seen))
    made.add("honours", len(pairs(titles, read_, alike, ALIKE)), len(titles), len(read_))
    units = [{plain(row["unit"]) for row in side.get("commitments") or []} for side in (met, seen)]
    _sets(made, "commitments", *units)
    done, told = (side.get("agenda") or [] for side in (met, seen))
    same = pairs(done, told, lambda a, b: overlap(a, b, by_quote=by_quote), OVERLAP)
    made.add("agenda", len(same), len(done), len(told))


def _directives(made: Score, gold: list[Row], found: list[Row], by_quote: bool) -> None:
    same = pairs(gold, found, lambda a, b: overlap(a, b, by_quote=by_quote), OVERLAP)
    made.add("directives", len(same), len(gold), len(found))
    rows = [(gold[i], found[j]) for i, j in same]
    made.add("owners", sum(_owners(*row) for row in rows), _size(gold), _size(found))
    dated = [sum(1 for row in side if _due(row)) for side in (gold, found)]
    made.add("deadlines", sum(1 for a, b in rows if _due(a) and _due(a) == _due(b)), *dated)
    counted = [sum(len(row["targets"]) for row in side) for side in (gold, found)]
    made.add("targets", sum(_targets(*row) for row in rows), *counted)


def _owners(gold: Row, found: Row) -> int:
    return sum(len({plain(u) for u in gold[r]} & {plain(u) for u in found[r]}) for r in ROLES)


def _size(rows: list[Row]) -> int:
    return sum(len(row[role]) for row in rows for role in ROLES)


def _due(row: Row) -> str | None:
    due = row.get("deadline")
    return due["value"] if due else None


def _figure(row: Row) -> tuple[float | None, Any]:
    value = row.get("value")
    return (None if value is None else round(float(value), 6)), plain(row.get("unit"))


def _targets(gold: Row, found: Row) -> int:
    rest = [_figure(target) for target in found["targets"]]
    right = 0
    for target in gold["targets"]:
        if _figure(target) in rest:
            rest.remove(_figure(target))
            right += 1
    return right


def _claims(made: Score, gold: list[Row], found: list[Row], by_quote: bool) -> None:
    same = pairs(gold, found, lambda a, b: overlap(a, b, by_quote=by_quote), CLAIM_OVERLAP)
    right = sum(1 for i, j in same if _figure(gold[i]) == _figure(found[j]))
    made.add("results", right, len(gold), len(found))
