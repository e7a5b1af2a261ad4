"""How near a reading comes to a document annotated by hand: one count per measure of the schema."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
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
SAME_METRIC = 0.5
OVERLAP = 0.5  # spans that share so much of their union are the same row
CLAIM_OVERLAP = 0.3
# The lines of the table, in its order; single fields stand behind the first when they are wanted.
MEASURES = (
    "meta exact", "people (name+post)", "acts (name+act)", "areas", "areas order", "directive span",
    "recall, hard directives", "area of directive", "owners, all roles",
    *(f"owner:{role}" for role in ROLES),
    "owners, role ignored", "owners, end to end", "deadline", "deadlines, end to end",
    "targets (value+unit)", "target operator", "target metric name", "targets, end to end",
    "honours", "honour level", "honour kinds", "commitments", "themes", "agenda span",
    "results (span+value)",
)  # fmt: skip


@dataclass(slots=True)
class Count:
    """Right ones, those in the gold, those predicted; the last is None where a share is counted."""

    right: int = 0
    gold: int = 0
    predicted: int | None = None

    def value(self) -> float | None:
        """F1, or the share that is right; None when there was nothing to compare."""
        if self.predicted is None:
            return self.right / self.gold if self.gold else None
        both = self.gold + self.predicted
        return 2 * self.right / both if both else None


@dataclass(slots=True)
class Score:
    """The counts of each measure; scores of several documents are added."""

    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, measure: str, right: int, gold: int, predicted: int | None = None) -> None:
        """Count some more for a measure."""
        count = self.counts.setdefault(measure, Count())
        count.right += right
        count.gold += gold
        if predicted is not None:
            count.predicted = (count.predicted or 0) + predicted

    def include(self, other: Score) -> None:
        """Add the counts of another score."""
        for measure, count in other.counts.items():
            self.add(measure, count.right, count.gold, count.predicted)

    def value(self, measure: str) -> float | None:
        """The value of a measure, None when there was nothing to compare."""
        count = self.counts.get(measure)
        return count.value() if count else None


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


def score(gold: Row, found: Row, *, by_quote: bool | None = None) -> Score:
    """The counts for one document.

    Spans are matched by their words instead of their offsets when `by_quote` says so, or when the
    lengths of the two texts differ.
    """
    made = Score()
    if by_quote is None:
        by_quote = found.get("n_chars") not in (None, gold.get("n_chars"))
    met: Row = gold.get("meeting") or {}
    seen: Row = found.get("meeting") or {}
    _fields(made, gold, found, PAGE)
    _fields(made, met, seen, MEETING, "meeting.")
    _sets(made, "people (name+post)", _posts(met), _posts(seen))
    _sets(made, "acts (name+act)", _acts(met), _acts(seen))
    _areas(made, gold.get("areas") or [], found.get("areas") or [])
    _directives(made, gold.get("directives") or [], found.get("directives") or [], by_quote)
    _meeting(made, met, seen, by_quote)
    names = [{_unquoted(row["name"]) for row in side.get("themes") or []} for side in (gold, found)]
    _sets(made, "themes", *names)
    _claims(made, gold.get("results") or [], found.get("results") or [], by_quote)
    return made


def _fields(made: Score, gold: Row, found: Row, names: Iterable[str], prefix: str = "") -> None:
    for name in names:
        wanted, got = plain(gold.get(name)), plain(found.get(name))
        if wanted is not None or got is not None:
            made.add("meta exact", int(wanted == got), 1)
            made.add(f"meta:{prefix}{name}", int(wanted == got), 1)


def _sets(made: Score, measure: str, gold: set[Any], found: set[Any]) -> None:
    made.add(measure, len(gold & found), len(gold), len(found))


def _posts(met: Row) -> set[Any]:
    return {
        (plain(person["name"]), plain(post))
        for person in met.get("people") or []
        for post in person.get("posts") or [""]
    }


def _acts(met: Row) -> set[Any]:
    return {(plain(p["name"]), act) for p in met.get("people") or [] for act in p.get("acts") or []}


def _areas(made: Score, gold: Sequence[str], found: Sequence[str]) -> None:
    same = pairs(gold, found, alike, ALIKE)
    made.add("areas", len(same), len(gold), len(found))
    if len(same) > 1:
        made.add("areas order", _in_order([at for _, at in same]), len(same))


def _in_order(places: Sequence[int]) -> int:
    """The length of the longest part of the list that rises."""
    tops: list[int] = []
    for place in places:
        at = bisect_left(tops, place)
        tops[at : at + 1] = [place]
    return len(tops)


def _unquoted(name: str) -> str:
    return (plain(name) or "").strip("“”\"'")


def _meeting(made: Score, met: Row, seen: Row, by_quote: bool) -> None:
    wanted, got = (side.get("honours") or [] for side in (met, seen))
    same = pairs(wanted, got, lambda a, b: alike(a["title"], b["title"]), ALIKE)
    made.add("honours", len(same), len(wanted), len(got))
    for i, j in same:
        made.add("honour level", int(wanted[i].get("level") == got[j].get("level")), 1)
        _sets(made, "honour kinds", set(wanted[i]["kinds"]), set(got[j]["kinds"]))
    units = [{plain(row["unit"]) for row in side.get("commitments") or []} for side in (met, seen)]
    _sets(made, "commitments", *units)
    done, told = (side.get("agenda") or [] for side in (met, seen))
    matched = pairs(done, told, lambda a, b: overlap(a, b, by_quote=by_quote), OVERLAP)
    made.add("agenda span", len(matched), len(done), len(told))


def _directives(made: Score, gold: Sequence[Row], found: Sequence[Row], by_quote: bool) -> None:
    same = pairs(gold, found, lambda a, b: overlap(a, b, by_quote=by_quote), OVERLAP)
    made.add("directive span", len(same), len(gold), len(found))
    hard = {at for at, row in enumerate(gold) if row.get("strength") == "hard"}
    if hard:
        made.add("recall, hard directives", sum(i in hard for i, _ in same), len(hard))
    for i, j in same:
        _row(made, gold[i], found[j])
    # An owner, deadline or target of a directive that was not found is lost.
    rows = [(gold[i], found[j]) for i, j in same]
    made.add(
        "owners, end to end", sum(_shared_owners(*row) for row in rows), _size(gold), _size(found)
    )
    dated = [sum(_due(row) is not None for row in side) for side in (gold, found)]
    timely = sum(_due(a) is not None and _due(a) == _due(b) for a, b in rows)
    made.add("deadlines, end to end", timely, *dated)
    counted = [sum(len(row.get("targets") or []) for row in side) for side in (gold, found)]
    made.add("targets, end to end", sum(len(_same_targets(*row)) for row in rows), *counted)


def _row(made: Score, gold: Row, found: Row) -> None:
    """Count what is said of a directive that was found."""
    if gold.get("area") is not None or found.get("area") is not None:
        made.add("area of directive", int(alike(gold.get("area"), found.get("area")) >= ALIKE), 1)
    for role in ROLES:
        wanted, got = _names(gold, role), _names(found, role)
        _sets(made, f"owner:{role}", wanted, got)
        _sets(made, "owners, all roles", wanted, got)
    wanted, got = (set().union(*(_names(row, role) for role in ROLES)) for row in (gold, found))
    _sets(made, "owners, role ignored", wanted, got)
    if _due(gold) is not None or _due(found) is not None:
        made.add("deadline", int(_due(gold) == _due(found)), 1)
    same = _same_targets(gold, found)
    made.add(
        "targets (value+unit)",
        len(same),
        len(gold.get("targets") or []),
        len(found.get("targets") or []),
    )
    for one, other in same:
        operators = [target.get("operator") or "=" for target in (one, other)]
        made.add("target operator", int(operators[0] == operators[1]), 1)
        named = alike(one.get("metric"), other.get("metric")) >= SAME_METRIC
        made.add("target metric name", int(named), 1)


def _names(row: Row, role: str) -> set[Any]:
    return {plain(name) for name in row.get(role) or []}


def _shared_owners(gold: Row, found: Row) -> int:
    return sum(len(_names(gold, role) & _names(found, role)) for role in ROLES)


def _size(rows: Sequence[Row]) -> int:
    return sum(len(row.get(role) or []) for row in rows for role in ROLES)


def _due(row: Row) -> Any:
    return plain((row.get("deadline") or {}).get("value"))


def _figure(row: Row) -> tuple[float | None, Any]:
    try:
        value: float | None = round(float(row["value"]), 6)
    except (KeyError, TypeError, ValueError):
        value = None
    return value, plain(row.get("unit"))


def _same_targets(gold: Row, found: Row) -> list[tuple[Row, Row]]:
    """The targets of equal value and unit, the nearest metrics first."""
    left = list(found.get("targets") or [])
    same = []
    for target in gold.get("targets") or []:
        fitting = [other for other in left if _figure(other) == _figure(target)]
        if fitting:
            best = max(fitting, key=lambda other: alike(other.get("metric"), target.get("metric")))
            left.remove(best)
            same.append((target, best))
    return same


def _claims(made: Score, gold: Sequence[Row], found: Sequence[Row], by_quote: bool) -> None:
    same = pairs(gold, found, lambda a, b: overlap(a, b, by_quote=by_quote), CLAIM_OVERLAP)
    right = sum(1 for i, j in same if _figure(gold[i]) == _figure(found[j]))
    made.add("results (span+value)", right, len(gold), len(found))
