"""Suite read: how fast documents are read, what foreign texts are mistaken for, how right it is.

Speed is told per second of processor time. Foreign texts are those of tests/text/foreign, written
for this project, and the news and reviews that the restoration suite measures on (fetched with pip
at first). How often a confidence keeps its word is told by cross-validation on the documents of
tests/text/quality alone, for those that were unseen when the rules were written: a table is learned
without a fifth of them and judges that fifth.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import tracemalloc
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Literal

from bench.cli import measured
from bench.restore import SOURCES
from bench.row import Row
from luoshi.text import read
from luoshi.text.score import Score, score
from luoshi.text.sure import FIELDS
from tools.calibrate_reading import (
    QUALITY,
    RIGHT_ENOUGH,
    Judged,
    crossed,
    reliability,
    share,
    sure_from,
)
from tools.reading_examples import examples
from tools.reading_truth import annotated
from tools.restoration_sources import ensure, internet_news, news_of_1998, reviews

TESTS = Path("tests/text")
DOCUMENT = 3_000  # characters
ROUNDS = 5
FLOOR, AIM = 100, 300
MEGABYTE = 1_000_000
DIRECTIVE = "各镇要在6月底前完成危旧房改造300户，县住建局牵头，县财政局配合。\n"
OFF = 0.05  # how far the share that is right may lie from the chance that was stated
ENOUGH = 30  # findings in a bin of which that can be told
FALSE = 1  # directives per 10,000 characters that may be found where nothing is ordered
NEWS, PAGES = 400, 60


def row(name: str, value: float, unit: str, goal: float, better: Literal["lower", "higher"]) -> Row:
    """Returns one line of the bench's table."""
    return Row("read", name, round(value, 3), unit, goal, better)


def run() -> list[Row]:
    """All figures of the suite."""
    texts = {
        path: path.read_text("utf-8") for path in sorted(TESTS.glob("quality/documents/*.txt"))
    }
    return [
        *speed_rows([*texts.values()]),
        *size_rows("\n".join(texts.values())),
        *foreign_rows(),
        *score_rows(texts),
        *reliability_rows(),
    ]


def speed_rows(texts: list[str]) -> Iterator[Row]:
    """Yields documents of 3,000 characters a second, best of some rounds, and the start-up."""
    documents = [(text + "\n") * (DOCUMENT // len(text) + 1) for text in texts]
    documents = [text[:DOCUMENT] for text in documents]
    read(documents[0])
    best = [min(_seconds(text + str(again)) for again in range(ROUNDS)) for text in documents]
    speed = len(documents) / sum(best)
    yield row("documents of 3,000 characters, floor", speed, "per s", FLOOR, "higher")
    yield row("documents of 3,000 characters, aim", speed, "per s", AIM, "higher")
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.txt"
        small.write_text(documents[0][:300], encoding="utf-8")
        measured(small)
        started = statistics.median(measured(small)[0] for _ in range(ROUNDS))
    yield row("start-up, luoshi read on a small file", started, "s", 0.5, "lower")


def _seconds(text: str) -> float:
    start = process_time()
    read(text)
    return process_time() - start


def size_rows(joined: str) -> Iterator[Row]:
    """Yields megabytes a second on long texts, and memory for each byte of text."""
    for name, unit in (("documents pasted", joined), ("nothing but directives", DIRECTIVE)):
        for megabytes in (1, 5):
            text = _long(unit, megabytes * MEGABYTE)
            speed = len(text.encode()) / MEGABYTE / _seconds(text)
            yield row(f"{name}, {megabytes} MB", speed, "MB/s", 1, "higher")
    text = _long(joined, MEGABYTE)
    tracemalloc.start()
    read(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    yield row("memory, documents pasted, 1 MB", peak / len(text.encode()), "times", 100, "lower")


def _long(unit: str, size: int) -> str:
    return unit * (size // len(unit.encode()) + 1)


def foreign_rows() -> Iterator[Row]:
    """Yields directives found per 10,000 characters of texts that order nothing, by their kind."""
    for path in sorted(TESTS.glob("foreign/*.txt")):
        yield _false(path.stem, [path.read_text("utf-8")])
    sources = ensure(SOURCES)
    long = (text for text in internet_news(sources, "test") if len(text) > DOCUMENT // 15)
    yield _false("news of the internet", islice(long, NEWS))
    yield _false("news of 1998", islice(_joined(news_of_1998(sources, held_out=True)), PAGES))
    yield _false("reviews of customers", islice(_joined(reviews(sources)), 0, None, 6))


def _joined(lines: Iterable[str]) -> Iterator[str]:
    some: list[str] = []
    for line in lines:
        some.append(line)
        if sum(map(len, some)) > DOCUMENT:
            yield "\n".join(some)
            some = []


def _false(name: str, texts: Iterable[str]) -> Row:
    size = found = 0
    for text in texts:
        size += len(text)
        found += len(read(text).document["directives"])
    per = 10_000 * found / size
    return row(f"false directives, {name}", per, "per 10,000", FALSE, "lower")


def score_rows(texts: dict[Path, str]) -> Iterator[Row]:
    """Yields the scores on the documents read by hand beside the floors that they must reach."""
    total = Score()
    for path, text in texts.items():
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        total.include(score(gold, read(text).as_dict()))
    floors = json.loads((TESTS / "quality/floors.json").read_text("utf-8"))
    for measure, floor in floors.items():
        yield row(f"score, {measure}", total.value(measure) or 0, "F1", floor, "higher")


def reliability_rows() -> Iterator[Row]:
    """Yields how far stated chances and shares that are right lie apart, and what is called sure."""
    found = examples(annotated(QUALITY / "unseen"), annotated(QUALITY / "documents"))
    judged = [one for one in crossed(found) if one.row.unseen]
    own = [one for one in judged if one.row.kind not in FIELDS]
    yield from _bins("all kinds", own)
    for kind in sorted({one.row.kind for one in judged}):
        yield from _bins(kind, [one for one in judged if one.row.kind == kind])
    limit = sure_from(judged)
    called = [one for one in own if one.certain and one.chance >= limit]
    yield row(
        "findings called sure that are right",
        share(one.row.right for one in called),
        "share",
        RIGHT_ENOUGH,
        "higher",
    )
    yield row("findings called sure", len(called) / len(own), "share", 0.5, "higher")


def _bins(kind: str, judged: list[Judged]) -> Iterator[Row]:
    for one in reliability(judged):
        if one.count >= ENOUGH:
            name = (
                f"stated {one.stated:.2f}, right {one.right:.2f}: {kind}, {one.count} at {one.span}"
            )
            yield row(name, abs(one.stated - one.right), "apart", OFF, "lower")
