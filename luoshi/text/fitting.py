"""Which cell stands under which column, when cells of a row are missing or wrapped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from luoshi.text.dates import DATED
from luoshi.text.labels import ROLES
from luoshi.text.names import surnames
from luoshi.text.orders import verbs_in
from luoshi.text.owners import names_unit, split_names
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span
from luoshi.text.targets import figures

_NAME = pattern(r"[\u3400-\u9fff]{2,4}(?:[、， ][\u3400-\u9fff]{2,4}){0,4}")
LIKE_TASK = 1.4  # what a cell is worth as a task when it has a verb or more than ten letters
MISFIT = -1.5
WRAPPED = 1.5
HELPING = 0.1
JOINED = 3  # so many lines may be one task that was wrapped


def aligned(text: str, columns: list[str], cells: list[Span]) -> list[Span | None]:
    """The cells put under the columns that fit them best, order kept, columns left out allowed.

    Of equal fits, a row under a merged leader takes the later column, for the earlier one is merged
    too; any other row leads sooner than it helps, but class names (各乡镇) help.
    """
    led = "lead_leaders" not in columns or any(fit(text, "lead_leaders", c) > 0 for c in cells)
    if len(cells) == len(columns) and all(
        fit(text, column, cell) > MISFIT for column, cell in zip(columns, cells, strict=True)
    ):
        return list(cells)
    if len(cells) > len(columns) + JOINED - 1:
        cells = [*cells[: len(columns) - 1], (cells[len(columns) - 1][0], cells[-1][1])]
    best = [[(-1e9, 0)] * (len(cells) + 1) for _ in range(len(columns) + 1)]
    for done in range(len(columns) + 1):
        best[done][0] = (0.0, 0)
    for c in range(1, len(columns) + 1):
        for k in range(1, len(cells) + 1):
            ways = _ways(text, columns[c - 1], cells, k, best[c - 1], led=led)
            best[c][k] = max(ways, key=_worth)
    placed: list[Span | None] = [None] * len(columns)
    k = len(cells)
    for c in range(len(columns), 0, -1):
        taken = best[c][k][1]
        if taken:
            placed[c - 1] = (cells[k - taken][0], cells[k - 1][1])
            k -= taken
    return placed


def _worth(way: tuple[float, int]) -> tuple[float, bool]:
    return round(way[0], 6), way[1] > 0


def _ways(
    text: str,
    column: str,
    cells: list[Span],
    k: int,
    before: list[tuple[float, int]],
    *,
    led: bool,
) -> Iterator[tuple[float, int]]:
    """What the first `k` cells are worth when this column takes none, one, or some wrapped ones."""
    yield before[k][0], 0
    for taken in range(1, min(k, JOINED if column == "task" else 1) + 1):
        joined = (cells[k - taken][0], cells[k - 1][1])
        helps = led and column == "cooperating_units" and text[joined[0]] != "各"
        worth = fit(text, column, joined) - WRAPPED * (taken - 1) - HELPING * helps
        yield before[k - taken][0] + worth, taken


@lru_cache(maxsize=4096)
def fit(text: str, column: str, cell: Span) -> float:
    word = text[cell[0] : cell[1]]
    dated = _dated(text, cell)
    named = bool(_NAME.fullmatch(word.rstrip("0123456789- "))) and word[0] in surnames()[0]
    unit = any(names_unit(text[a:b]) for a, b in split_names(text, *cell))
    if column == "deadline":
        return 3.0 if dated and not unit else -3.0
    if column in ("lead_leaders", "responsible_people"):
        return 3.0 if (named and not unit) or names_unit(word) in ("leader", "person") else -3.0
    if column in ROLES:
        return 2.5 if unit else (-1.0 if named or dated else 0.0)
    if column in ("task", "aim"):
        return (
            min(3.0, len(word) / 8)
            + (1.0 if verbs_in(text, *cell) or any(ch.isdigit() for ch in word) else 0.0)
            - (2.0 if unit and len(word) < 8 else 0.0)
        )
    if column == "area":
        return 1.0 if len(word) <= 10 and not (unit or dated or "、" in word) else -2.0
    return 0.0


def _dated(text: str, cell: Span) -> bool:
    """Whether a cell holds a time and no work: no amount, no 每季度开展一次."""
    word = text[slice(*cell)]
    if not DATED.fullmatch(word) or word[0] == "每" and verbs_in(text, *cell):
        return False
    return not figures(text, *cell)
