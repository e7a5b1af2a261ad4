"""The message catalogues: `python tools/messages.py write` renews them, `check` proves them whole.

The message id is the Chinese sentence itself; `en` is translated by hand, `zh_Hant` derived by
OpenCC and an overrides file. The compiled catalogues are committed, so that nobody needs gettext to
run the product.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import opencc
import polib

ROOT = Path(__file__).resolve().parent.parent
DERIVED = "zh_Hant"
LANGUAGES = ("en", DERIVED)
OVERRIDES = ROOT / "luoshi" / "locale" / DERIVED / "overrides.tsv"
PLACE = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
HOW = ("--extension=html,py", "--no-obsolete", "--add-location=file")
WRAPPED = 100
SHOWN = 20


def catalogue(package: Path, language: str) -> Path:
    """Where the messages of a language stand."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def extract(package: Path) -> None:
    """Bring the catalogues of a package up to what its code and templates say (needs gettext)."""
    for language in LANGUAGES:
        catalogue(package, language).parent.mkdir(parents=True, exist_ok=True)
    chosen = [f"--locale={language}" for language in LANGUAGES]
    # Without settings: they would lead it from a copy of the package back to the package.
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", *chosen, *HOW]
    subprocess.run(command, cwd=package, env=environment, check=True, stdout=subprocess.DEVNULL)


def tidied(path: Path) -> polib.POFile:
    """The catalogue without what changes at every run: dates, names, wrapping by locale."""
    messages = polib.pofile(str(path), wrapwidth=WRAPPED)
    messages.header = ""
    messages.metadata_is_fuzzy = False
    messages.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": path.parent.parent.name,
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    if path.parent.parent.name == DERIVED:
        messages.metadata["Plural-Forms"] = "nplurals=1; plural=0;"
        for entry in messages:
            entry.msgstr = traditional(entry.msgid)
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return messages


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2hk")


@cache
def overrides() -> tuple[tuple[str, str], ...]:
    """What OpenCC writes, and what is written here instead, in the order they are applied."""
    lines = OVERRIDES.read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((written, instead) for written, instead in pairs)


def traditional(text: str) -> str:
    """The sentence in Traditional characters, as offices write them."""
    found: str = _converter().convert(text)
    for written, instead in overrides():
        found = found.replace(written, instead)
    return found


def write() -> int:
    """0 after every catalogue was extracted, tidied and compiled; prints what is left to do."""
    package = ROOT / "luoshi"
    extract(package)
    for language in LANGUAGES:
        path = catalogue(package, language)
        messages = tidied(path)
        messages.save(str(path))
        messages.save_as_mofile(str(path.with_suffix(".mo")))
        print(f"{language}: {len(messages)} messages, {len(list(unfinished(messages)))} to do")
    return 0


def unfinished(messages: polib.POFile) -> Iterator[str]:
    """What is wrong with the translations themselves."""
    for entry in messages:
        forms = list(entry.msgstr_plural.values()) or [entry.msgstr]
        if not all(forms):
            yield f"not translated: {entry.msgid}"
        elif entry.fuzzy:
            yield f"marked fuzzy: {entry.msgid}"
        elif set(PLACE.findall(entry.msgid)) != set(PLACE.findall(forms[-1])):
            yield f"other places for values: {entry.msgid}"


def not_derived(messages: polib.POFile) -> Iterator[str]:
    """Messages that were edited by hand: the overrides file is the place for that."""
    for entry in messages:
        if entry.msgstr != traditional(entry.msgid):
            yield f"not as derived: {entry.msgid}"


def out_of_date(package: Path, language: str) -> Iterator[str]:
    """What a renewed catalogue would have more or less than the committed one."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / package.name
        shutil.copytree(package, copy, ignore=shutil.ignore_patterns("static", "__pycache__"))
        extract(copy)
        wanted = ids(polib.pofile(str(catalogue(copy, language))))
    committed = ids(polib.pofile(str(catalogue(package, language))))
    yield from (f"not in the catalogue: {text}" for _, text in sorted(wanted - committed))
    yield from (f"no longer used: {text}" for _, text in sorted(committed - wanted))


def ids(messages: polib.POFile) -> set[tuple[str, str]]:
    """Context and text of every message."""
    return {(entry.msgctxt or "", entry.msgid) for entry in messages}


def not_compiled(path: Path) -> Iterator[str]:
    """Messages whose compiled form is not the one in the catalogue."""
    file = path.with_suffix(".mo")
    compiled = list(map(content, polib.mofile(str(file)))) if file.exists() else []
    for entry in polib.pofile(str(path)).translated_entries():
        if content(entry) not in compiled:
            yield f"not compiled: {entry.msgid}"


def content(entry: polib.POEntry | polib.MOEntry) -> tuple[object, ...]:
    """What a compiled message says."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural, entry.msgstr, entry.msgstr_plural


def check() -> int:
    """0 when every language has every message, translated and compiled; prints what is missing."""
    package = ROOT / "luoshi"
    problems = []
    for language in LANGUAGES:
        path = catalogue(package, language)
        if not path.exists():
            problems.append(f"{language}: no catalogue")
            continue
        messages = polib.pofile(str(path))
        found = [*unfinished(messages), *not_compiled(path)]
        if language == DERIVED:
            found += not_derived(messages)
        if shutil.which("xgettext"):
            found += out_of_date(package, language)
        problems += [f"{language}: {words}" for words in found]
    for problem in problems[:SHOWN]:
        print(problem)
    if problems:
        print(f"{len(problems)} to do; `make messages` renews the catalogues")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit({"write": write, "check": check}[sys.argv[1]]())
