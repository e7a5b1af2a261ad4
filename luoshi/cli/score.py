"""`luoshi score`: readings against annotations made by hand, one line a measure."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from luoshi.cli.exits import EXITS, OK
from luoshi.cli.source import Unreadable, answered, end_with_the_pipe, why
from luoshi.cli.words import gettext as _
from luoshi.text.score import MEASURES, Count, Score, score


def run(name: str, arguments: Sequence[str]) -> int:
    """The exit code of `luoshi score`."""
    options = _parser().parse_args(arguments)
    end_with_the_pipe()
    return answered(partial(_print_scores, **vars(options)))


def _parser() -> argparse.ArgumentParser:
    about = _("把研读结果与人工标注逐项比对。")
    parser = argparse.ArgumentParser("luoshi score", description=about, epilog=EXITS)
    add = parser.add_argument
    add("predicted", type=Path, metavar="PRED", help=_("研读结果：每份文件一个 <名称>.json"))
    add("gold", type=Path, metavar="GOLD", help=_("人工标注，同一形式"))
    add("--fields", action="store_true", help=_("逐个列出页面和会议的各栏"))
    add("--by-quote", action="store_true", help=_("按字句而不按位置比对"))
    return parser


def _print_scores(predicted: Path, gold: Path, fields: bool, by_quote: bool) -> int:
    wanted, got = _documents(gold), _documents(predicted)
    if not wanted:
        raise Unreadable(_("文件夹里没有可读的文件：{path}。").format(path=gold))
    kinds: dict[str, Score] = {}
    total, sizes = Score(), dict.fromkeys(sorted(str(each["kind"]) for each in wanted.values()), 0)
    for name, annotation in wanted.items():
        made = score(annotation, got.get(name, {}), by_quote=by_quote or None)
        kind = str(annotation["kind"])
        kinds.setdefault(kind, Score()).include(made)
        total.include(made)
        sizes[kind] += 1
    missing = ",".join(name for name in wanted if name not in got)
    print(f"documents {len(wanted)}" + (f"  (no prediction: {missing})" if missing else ""))
    heads = "".join(f"{f'{kind}({size})':>9}" for kind, size in sizes.items())
    print(f"{'measure':<26}{heads}{'all':>9}   hits/gold/pred")
    for measure in _measures(total, fields):
        values = "".join(f"{_shown(kinds[kind].value(measure)):>9}" for kind in sizes)
        print(
            f"{measure:<26}{values}{_shown(total.value(measure)):>9}   {_counts(total.counts[measure])}"
        )
    return OK


def _measures(total: Score, fields: bool) -> list[str]:
    single = sorted(name for name in total.counts if name.startswith("meta:")) if fields else []
    return [name for name in (MEASURES[0], *single, *MEASURES[1:]) if name in total.counts]


def _shown(value: float | None) -> str:
    return "    n/a" if value is None else f"{value:7.3f}"


def _counts(count: Count) -> str:
    numbers = (count.right, count.gold, count.predicted)
    return "/".join(str(number) for number in numbers if number is not None)


def _documents(folder: Path) -> dict[str, Mapping[str, Any]]:
    """The documents of a folder by their id. Errors: Unreadable."""
    found: dict[str, Mapping[str, Any]] = {}
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except OSError as error:
        raise Unreadable(f"{folder}: {why(error)}") from error
    for path in paths:
        try:
            document = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise Unreadable(f"{path}: {error}") from error
        if isinstance(document, dict) and "id" in document:
            found[str(document["id"])] = document
    return found
