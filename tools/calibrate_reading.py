"""Learns how sure a reading is from annotated documents; run again when the rules of reading change.

    python -m tools.calibrate_reading [GOLD ...]

Writes `luoshi/text/lexicon/weights.txt` and prints how often a confidence keeps its word, by
cross-validation. The documents of tests/text/quality are always read; GOLD is a further folder of
them (NAME.txt beside NAME.json, or in `texts` and `gold`).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from luoshi.text.sure import FIELDS, chance_by
from tools.logistic import Seen, fitted, log_odds, odds, straightened
from tools.reading_examples import Example, examples
from tools.reading_truth import annotated

QUALITY = Path("tests/text/quality")
TABLE = Path("luoshi/text/lexicon/weights.txt")
FOLDS = 5
# How strongly weights are drawn to nought; found by cross-validation on the unseen documents.
RIDGE = {"directive": 5.0, "owners": 2.0, "deadline": 5.0, "targets": 2.0}
RIDGE_OF_FACTS = 20.0
BINS = 10
RIGHT_ENOUGH = 0.98  # of the findings that are called sure
UNSURE = 0.7  # a part of a directive that is right less often is doubted
_HEAD = """\
# How sure a reading is: weights of traits, in log-odds.
# Format: kind of finding or part of a directive, TAB, trait (empty: the kind itself), TAB, weight;
# the kind `limit` holds two chances: from which on a finding is sure, below which a part is unsure.
# Source: written by tools/calibrate_reading.py from documents annotated for this project. MIT.
"""

Table = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Judged:
    """An example with the chance stated by a table that did not know its document."""

    row: Example
    chance: float
    certain: bool  # nothing bars it from being called sure, if its chance is high enough


def learned(rows: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The weights of every kind, drawn in by as much as they overstate on documents left out."""
    table = _drawn(rows)
    apart = _apart(rows, _drawn)
    for _group, kinds in _groups(rows).items():
        ridged = [(log_odds(one.chance), one.row.seen) for one in apart if one.row.kind in kinds]
        slope, shift = straightened(ridged)
        for kind in kinds:
            scaled = {name: slope * weight for name, weight in table[kind].items()}
            scaled[""] += shift
            table[kind] = {name: round(weight, 2) for name, weight in scaled.items()}
    return table


def _groups(rows: Iterable[Example]) -> dict[str, set[str]]:
    """Kinds that are straightened together: directives, each of their parts, all facts."""
    groups: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        groups[row.kind if row.kind in RIDGE else "facts"].add(row.kind)
    return groups


def _drawn(rows: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The weights of every kind as fitted; a kind begins where the facts stand on the whole."""
    facts = [row.seen for row in rows if row.kind not in RIDGE]
    base = odds(sum(row.weight for row in facts if row.right), sum(row.weight for row in facts))
    by_kind: dict[str, list[Seen]] = defaultdict(list)
    for one in rows:
        by_kind[one.kind].append(one.seen)
    table = {}
    for kind, some in sorted(by_kind.items()):
        weights = fitted(some, base, RIDGE.get(kind, RIDGE_OF_FACTS))
        weights[""] += base
        table[kind] = weights
    return table


def crossed(rows: Sequence[Example]) -> list[Judged]:
    """Each example as a table judges it that was learned without the documents of its fold."""
    return _apart(rows, learned)


def _apart(rows: Sequence[Example], learn: Callable[[Sequence[Example]], Table]) -> list[Judged]:
    names = sorted({row.document for row in rows})
    fold = {name: at % FOLDS for at, name in enumerate(names)}
    out = []
    for part in range(FOLDS):
        table = learn([row for row in rows if fold[row.document] != part])
        out += [_judged(table, row) for row in rows if fold[row.document] == part]
    return out


def _judged(table: Table, row: Example) -> Judged:
    parts = (chance_by(table, part, seen) >= UNSURE for part, seen in row.parts.items())
    certain = not row.barred and row.kind not in FIELDS and all(parts)
    return Judged(row, chance_by(table, row.kind, row.traits), certain)


@dataclass(frozen=True, slots=True)
class Bin:
    """The findings whose stated chance lies in a tenth: how many, the mean stated, the share right."""

    tenth: int
    count: int
    stated: float
    right: float

    @property
    def span(self) -> str:
        return f"{self.tenth / BINS:.1f}-{(self.tenth + 1) / BINS:.1f}"


def reliability(rows: Iterable[Judged]) -> list[Bin]:
    """The bins that hold anything, the lowest first."""
    bins: dict[int, list[Judged]] = defaultdict(list)
    for one in rows:
        bins[min(BINS - 1, int(one.chance * BINS))].append(one)
    return [
        Bin(
            tenth,
            len(some),
            share(one.chance for one in some),
            share(one.row.right for one in some),
        )
        for tenth, some in sorted(bins.items())
    ]


def share(values: Iterable[float]) -> float:
    """The mean."""
    some = list(values)
    return sum(some) / len(some) if some else 0.0


def sure_from(rows: Iterable[Judged]) -> float:
    """The lowest chance from which on the findings called sure are right often enough."""
    ranked = sorted((one for one in rows if one.certain), key=lambda one: -one.chance)
    rights, best = 0, 1.0
    for count, one in enumerate(ranked, 1):
        rights += one.row.right
        last = count == len(ranked) or ranked[count].chance < one.chance
        if last and rights >= RIGHT_ENOUGH * count:
            best = one.chance
    return best


def main(folders: Sequence[str]) -> int:
    """Writes the table and prints how reliable it is."""
    familiar = (QUALITY / "documents", *map(Path, folders))
    rows = examples(
        annotated(QUALITY / "unseen"), (one for each in familiar for one in annotated(each))
    )
    judged = crossed(rows)
    unseen = [one for one in judged if one.row.unseen]
    limit = sure_from(unseen)
    _write(learned(rows), limit)
    for title, some in (("unseen documents", unseen), ("all documents", judged)):
        print(
            f"\n{title}\n{'kind':18}{'chance':>10}{'findings':>10}{'stated':>8}{'right':>8}{'whole':>8}"
        )
        whole = [one for one in some if one.row.kind not in FIELDS]
        _print("all kinds", whole, limit)
        for kind in sorted({one.row.kind for one in some}):
            _print(kind, [one for one in some if one.row.kind == kind], limit)
    return 0


def _write(table: Table, limit: float) -> None:
    lines = [f"limit\tsure\t{limit}", f"limit\tunsure\t{UNSURE}"]
    for kind, some in table.items():
        lines += [
            f"{kind}\t{name}\t{weight}" for name, weight in some.items() if weight or not name
        ]
    TABLE.write_text(_HEAD + "\n".join(lines) + "\n", "utf-8")


def _print(kind: str, rows: Sequence[Judged], limit: float) -> None:
    for one in reliability(rows):
        print(f"{kind:18}{one.span:>10}{one.count:10}{one.stated:8.3f}{one.right:8.3f}")
    called = [one for one in rows if one.certain and one.chance >= limit]
    if called:
        stated, rights = share(one.chance for one in called), share(one.row.right for one in called)
        whole = share(one.row.whole for one in called)
        print(f"{kind:18}{'sure':>10}{len(called):10}{stated:8.3f}{rights:8.3f}{whole:8.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
