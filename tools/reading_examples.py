"""What the confidence of readings is learned from: findings with their traits, right or wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from luoshi.text import read
from luoshi.text.reading import Finding
from luoshi.text.sure import FIELDS, GAPS, UNSURE, Sheet, traits, traits_of
from tools.logistic import Seen
from tools.reading_truth import Annotated, right

# The rules were written while looking at all but the unseen documents and hardly err on them.
FAMILIAR = 0.05  # an example of theirs counts so much
_LEARNED = frozenset(UNSURE.values())


@dataclass(frozen=True, slots=True)
class Example:
    """A finding of a document, or a part of a directive whose span is right.

    `whole`: a directive is right in its parts as well. `barred`: it has a doubt that is no gap of
    the text, so it is never called sure. `parts`: the traits of a directive's parts.
    """

    document: str
    kind: str
    traits: tuple[str, ...]
    right: bool
    whole: bool
    unseen: bool
    barred: bool
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def seen(self) -> Seen:
        return Seen(self.traits, self.right, 1.0 if self.unseen else FAMILIAR)


def examples(unseen: Iterable[Annotated], familiar: Iterable[Annotated]) -> list[Example]:
    """All examples; a document that stands in two folders is taken once."""
    rows: list[Example] = []
    taken = set()
    for is_unseen, documents in ((True, unseen), (False, familiar)):
        for one in documents:
            if one.name not in taken:
                taken.add(one.name)
                rows += _of(one, unseen=is_unseen)
    return rows


def _of(one: Annotated, *, unseen: bool) -> Iterator[Example]:
    reading = read(one.text)
    counts = Counter(each.kind for each in reading.findings)
    sheet = Sheet(one.text, reading.document["kind"], counts)
    judged = right(one.gold, reading)
    wrong = defaultdict(set)
    for kind, finding, is_right in judged:
        if not is_right:
            wrong[finding.start, finding.end].add(kind)
    for kind, finding, is_right in judged:
        known = replace(finding, doubts=tuple(set(finding.doubts) - _LEARNED))
        parts = _parts(known, sheet) if kind == "directive" else {}
        whole = is_right and (kind != "directive" or not wrong[finding.start, finding.end])
        seen = traits_of(kind, known, sheet) if kind in FIELDS else traits(known, sheet)
        barred = not set(known.doubts) <= GAPS
        yield Example(one.name, kind, tuple(seen), is_right, whole, unseen, barred, parts)


def _parts(finding: Finding, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    return {part: tuple(traits_of(part, finding, sheet)) for part in FIELDS}
