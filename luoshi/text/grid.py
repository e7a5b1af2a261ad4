"""The grid of a table of tasks: what its columns hold and the cells of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.text.heads import LONGEST_HEAD, column_kind
from luoshi.text.labels import ROLES
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span

NUMBER = pattern(r"\d{1,4}[.、]?|[一二三四五六七八九十]{1,4}、?|（[\d一二三四五六七八九十]{1,4}）")
NOTE = pattern(r"(?:注|备注|说明|附注)\d?(?:：|\d|\.|、)")
FURNITURE = pattern(r"（?续(?:上)?表.{0,4}|第?\d{1,3}页?|共\d{1,3}页|[-—] ?\d{1,3} ?[-—]")
MOST_COLUMNS = 14
LONGEST_CELL = 200
LEAST_HEADS = 3


@dataclass(slots=True)
class Table:
    """A table's columns and rows of cells; `above` is where the line over its head ends, `end` the
    index of the first line after it.

    A row of one cell in the column `head` is a heading inside the table.
    """

    columns: list[str]
    rows: list[list[Span | None]] = field(default_factory=list)
    end: int = 0
    above: int = 0


def header(text: str, cell: Span | None) -> str:
    """What a head cell says its column holds, "" when it is no head cell."""
    if cell is None or cell[1] - cell[0] > LONGEST_HEAD:
        return ""
    return column_kind(text[slice(*cell)])


def of_tasks(told: list[str]) -> bool:
    """Whether these columns make a table of tasks."""
    named = {*told}
    return len(told) >= LEAST_HEADS and bool(
        {"task", "aim"} & named and {*ROLES, "deadline"} & named
    )
