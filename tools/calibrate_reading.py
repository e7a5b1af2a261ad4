"""Learns how sure a reading is from annotated documents; run again when the rules of reading change.

    python -m tools.calibrate_reading [GOLD ...]

Writes `luoshi/text/lexicon/weights.txt` and prints how often a confidence keeps its word, by
cross-validation. The documents of tests/text/quality are always read; GOLD is a further folder of
them (NAME.txt beside NAME.json, or in `texts` and `gold`). The rules were written while looking at
all but the unseen documents and hardly err on them: each of those counts `FAMILIAR`.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from luoshi.text import read, sure
from luoshi.text.sure import FIELDS, Sheet, traits, traits_of
from tools.logistic import Seen, fitted, log_odds, odds, straightened
from tools.reading_truth import Annotated, annotated, right

QUALITY = Path("tests/text/quality")
TABLE = Path("luoshi/text/lexicon/weights.txt")
FAMILIAR = 0.05
FOLDS = 5
# How strongly weights are drawn to nought; found by cross-validation on the unseen documents.
RIDGE = {"directive": 5.0, "owners": 2.0, "deadline": 5.0, "targets": 2.0}
RIDGE_OF_FACTS = 20.0
BINS = 10
RIGHT_ENOUGH = 0.98  # of the findings that are called sure
UNSURE = 0.7
_NEW = {*sure.UNSURE.values()}
_HEAD = """\
# How sure a reading is: weights of traits, in log-odds.
# Format: kind of finding or part of a directive, TAB, trait (empty: the kind itself), TAB, weight;
# the kind `limit` holds two chances: from which on a finding is sure, below which a part is unsure.
# Source: written by tools/calibrate_reading.py from documents annotated for this project. MIT.
"""

Table = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A finding, or a part of one, of a document."""

    document: str
    kind: str
    traits: tuple[str, ...]
    right: bool
    unseen: bool

    @property
    def seen(self) -> Seen:
        return Seen(self.traits, self.right, 1.0 if self.unseen else FAMILIAR)


def examples(unseen: Iterable[Annotated], familiar: Iterable[Annotated]) -> list[Example]:
    """What is learned from; a document that stands in two folders is taken once."""
    rows, taken = [], set()
    for is_unseen, documents in ((True, unseen), (False, familiar)):
        for one in documents:
            if one.name not in taken:
                taken.add(one.name)
                rows += list(_of(one, unseen=is_unseen))
    return rows


def _of(one: Annotated, *, unseen: bool) -> Iterator[Example]:
    reading = read(one.text)
    counts = Counter(each.kind for each in reading.findings)
    sheet = Sheet(one.text, reading.document["kind"], counts)
    for kind, finding, is_right in right(one.gold, reading):
        known = replace(finding, doubts=tuple(each for each in finding.doubts if each not in _NEW))
        seen = traits_of(kind, known, sheet) if kind in FIELDS else traits(known, sheet)
        yield Example(one.name, kind, tuple(seen), is_right, unseen)


def learned(rows: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The weights of every kind, drawn in by as much as they overstate on documents left out."""
    table = _drawn(rows)
    apart = _apart(rows, _drawn)
    for group, kinds in _groups(rows).items():
        some = [(log_odds(chance), row.seen) for chance, row in apart if row.kind in kinds]
        slope, shift = straightened(some)
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


def crossed(rows: Sequence[Example]) -> list[tuple[float, Example]]:
    """Each example with the chance stated by a table learned without the documents of its fold."""
    return _apart(rows, learned)


def _apart(
    rows: Sequence[Example], learn: Callable[[Sequence[Example]], Table]
) -> list[tuple[float, Example]]:
    names = sorted({row.document for row in rows})
    fold = {name: at % FOLDS for at, name in enumerate(names)}
    out = []
    for part in range(FOLDS):
        table = learn([row for row in rows if fold[row.document] != part])
        out += [(stated(table, row), row) for row in rows if fold[row.document] == part]
    return out


def stated(table: Table, row: Example) -> float:
    """The chance that the table gives an example."""
    return sure.chance_by(table, row.kind, row.traits)


@dataclass(frozen=True, slots=True)
class Bin:
    """The findings whose stated chance lies in a tenth: how many, the mean stated, the share right."""

    tenth: int
    count: int
    stated: float
    right: float


def reliability(rows: Iterable[tuple[float, Example]]) -> list[Bin]:
    """The bins that hold anything, the lowest first."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, row in rows:
        bins[min(BINS - 1, int(chance * BINS))].append((chance, row.right))
    return [
        Bin(tenth, len(some), sum(c for c, _ in some) / len(some), sum(r for _, r in some) / len(some))
        for tenth, some in sorted(bins.items())
    ]


def limit(rows: Iterable[tuple[float, Example]]) -> float:
    """The lowest chance from which on findings are right often enough."""
    right_, best = 0, 1.0
    ranked = sorted(rows, key=lambda entry: -entry[0])
    for count, (chance, row) in enumerate(ranked, 1):
        right_ += row.right
        last = count == len(ranked) or ranked[count][0] < chance
        if last and right_ >= RIGHT_ENOUGH * count:
            best = chance
    return best


def findings(rows: Iterable[tuple[float, Example]]) -> list[tuple[float, Example]]:
    """Those that are findings of their own, not parts of one."""
    return [entry for entry in rows if entry[1].kind not in FIELDS]


def main(folders: Sequence[str]) -> int:
    """Writes the table and prints how reliable it is."""
    familiar = [one for folder in (QUALITY / "documents", *map(Path, folders)) for one in annotated(folder)]
    rows = examples(annotated(QUALITY / "unseen"), familiar)
    judged = crossed(rows)
    unseen = [entry for entry in judged if entry[1].unseen]
    from_here = limit(findings(unseen))
    _print("unseen documents", unseen, from_here)
    _print("all documents", judged, from_here)
    _write(learned(rows), from_here)
    return 0


def _write(table: Table, from_here: float) -> None:
    lines = [f"limit\tsure\t{from_here}", f"limit\tunsure\t{UNSURE}"]
    lines += [f"{kind}\t{name}\t{weight}" for kind, some in table.items() for name, weight in some.items() if weight or not name]
    TABLE.write_text(_HEAD + "\n".join(lines) + "\n", "utf-8")


def _print(title: str, rows: Sequence[tuple[float, Example]], from_here: float) -> None:
    kinds = sorted({row.kind for _, row in rows})
    print(f"\n{title}\n{'kind':18}{'chance':>10}{'findings':>10}{'stated':>8}{'right':>8}")
    for kind in ("findings", *kinds):
        some = findings(rows) if kind == "findings" else [each for each in rows if each[1].kind == kind]
        for one in reliability(some):
            span = f"{one.tenth / BINS:.1f}-{(one.tenth + 1) / BINS:.1f}"
            print(f"{kind:18}{span:>10}{one.count:10}{one.stated:8.3f}{one.right:8.3f}")
        called = [row for chance, row in some if chance >= from_here]
        if called:
            print(f"{kind:18}{'sure':>10}{len(called):10}{'':8}{sum(r.right for r in called) / len(called):8.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
