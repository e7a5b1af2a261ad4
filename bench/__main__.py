"""`python -m bench [SUITE …]`: measure, print a table, write var/bench.json.

A suite is a module of this package with `run() -> list[Row]`. A missed goal is said in the table
and the file; exit code 2 says that there is no such suite.
"""

from __future__ import annotations

import json
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import bench
from bench.row import Row
from luoshi.cli.columns import width

OUT = Path("var/bench.json")
NO_SUITES = {"__main__", "row"}
HEAD = ("suite", "what", "measured", "goal", "met")


def main(wanted: Sequence[str]) -> int:
    """The exit code, after the suites named (or all) were run."""
    known = [found.name for found in pkgutil.iter_modules(bench.__path__)]
    suites = [name for name in known if name not in NO_SUITES]
    if unknown := set(wanted) - set(suites):
        print(
            f"no such suite: {', '.join(sorted(unknown))}; there is {', '.join(suites)}",
            file=sys.stderr,
        )
        return 2
    rows: list[Row] = []
    for name in wanted or suites:
        print(f"· {name}", file=sys.stderr)
        rows += import_module(f"bench.{name}").run()
    for line in table(rows):
        print(line)
    OUT.parent.mkdir(exist_ok=True)
    answer = json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=1)
    OUT.write_text(answer + "\n", encoding="utf-8")
    return 0


def table(rows: Sequence[Row]) -> Iterator[str]:
    """One line a row under a head; figures stand at the right of their column."""
    lines = [HEAD, *map(_cells, rows)]
    widths = [max(width(line[place]) for line in lines) for place in range(len(HEAD))]
    for line in lines:
        cells = [
            " " * (room - width(cell)) + cell
            if place in (2, 3)
            else cell + " " * (room - width(cell))
            for place, (cell, room) in enumerate(zip(line, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    sign = "≤" if row.better == "lower" else "≥"
    goal = f"{sign} {row.goal:g} {row.unit}"
    return row.suite, row.name, f"{row.value:.3g} {row.unit}", goal, "yes" if row.met else "NO"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
