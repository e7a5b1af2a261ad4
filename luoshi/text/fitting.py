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
LONGEST_TIME = 16
ROW_COST = 1.0  # what every further row of a block must be worth more
BARE_ROW = 4.5  # what a row without owner and time costs: it is rather a line that was wrapped
_TIMELIKE = pattern(
    r"[^，。；]{1,14}(?:前|后|内|末|底|止|期间|同步|同时)|(?:长期|持续|经常|常年|常态|按(?!照)|随).{0,6}|每.{1,8}"
)
_EMPTY = pattern(r"[-—/\\无]{1,4}|(?:同上|同前|〃|″){1,2}")
_STATUS = pattern(
    r".{0,4}(?:已?完成|推进中|进行中|未启动|未开工|滞后|正常|销号|办结|红灯|黄灯|绿灯|在建|达标|超前|进度).{0,6}"
)
_TOLD = ("已", "累计", "目前", "正在", "完成", "。", "%")


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
    return _placed(text, columns, cells, led=led)[1]


def cut_rows(text: str, columns: list[str], cells: list[Span]) -> list[list[Span | None]]:
    """The rows that a run of cells makes: one, or as many as fit best where numbers are missing."""
    one = aligned(text, columns, cells)
    if len(cells) <= len(columns) and not _misfit(text, columns, one):
        return [one]
    best: list[tuple[float, int, list[Span | None]]] = [(0.0, 0, [])]
    for end in range(1, len(cells) + 1):
        ways = [
            (best[start][0] + worth, start, row)
            for start in range(max(0, end - len(columns) - JOINED + 1), end)
            for worth, row in [_row_worth(text, columns, cells[start:end])]
        ]
        best.append(max(ways, key=lambda way: round(way[0], 6)))
    rows: list[list[Span | None]] = []
    at = len(cells)
    while at:
        _, start, row = best[at]
        rows.insert(0, row)
        at = start
    return rows


def _misfit(text: str, columns: list[str], row: list[Span | None]) -> bool:
    """Whether a cell stands where it cannot belong."""
    pairs = zip(columns, row, strict=False)
    return any(cell and fit(text, column, cell) <= MISFIT for column, cell in pairs)


def _row_worth(text: str, columns: list[str], cells: list[Span]) -> tuple[float, list[Span | None]]:
    """What a row of these cells is worth, and the row; one without a task is hardly any."""
    led = "lead_leaders" not in columns or any(fit(text, "lead_leaders", c) > 0 for c in cells)
    worth, row = _placed(text, columns, cells, led=led)
    named = {column for column, cell in zip(columns, row, strict=True) if cell}
    if not named & {"task", "aim"}:
        worth -= 2 * BARE_ROW
    bound = any(
        cell and column in (*ROLES, "deadline") and fit(text, column, cell) > 0
        for column, cell in zip(columns, row, strict=True)
    )
    if not bound and text[cells[0][0] : cells[0][0] + 2] != "其中":
        worth -= BARE_ROW
    return worth - ROW_COST, row


def _placed(
    text: str, columns: list[str], cells: list[Span], *, led: bool
) -> tuple[float, list[Span | None]]:
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
    return best[len(columns)][len(cells)][0], placed


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
    for taken in range(1, min(k, JOINED if column in ("task", "progress") else 1) + 1):
        joined = (cells[k - taken][0], cells[k - 1][1])
        helps = led and column == "cooperating_units" and text[joined[0]] != "各"
        worth = fit(text, column, joined) - WRAPPED * (taken - 1) - HELPING * helps
        yield before[k - taken][0] + worth, taken


@lru_cache(maxsize=4096)
def fit(text: str, column: str, cell: Span) -> float:
    word = text[cell[0] : cell[1]]
    if _EMPTY.fullmatch(word):
        return -2.0 if column in ("task", "aim", "area", "") else 0.5
    dated = _dated(text, cell)
    named = bool(_NAME.fullmatch(word.rstrip("0123456789- "))) and word[0] in surnames()[0]
    unit = not figures(text, *cell) and any(
        names_unit(text[a:b]) for a, b in split_names(text, *cell)
    )
    if column == "deadline":
        if dated and not unit:
            return 3.0
        return 2.0 if len(word) <= LONGEST_TIME and _TIMELIKE.fullmatch(word) else -3.0
    if column in ("lead_leaders", "responsible_people"):
        if (named and not unit) or names_unit(word) in ("leader", "person"):
            return 3.0
        shaped = _NAME.fullmatch(word) and not (unit or dated or verbs_in(text, *cell))
        return 0.5 if shaped else -3.0
    if column in ROLES:
        return 2.5 if unit else (-1.0 if named or dated else 0.0)
    if column in ("task", "aim"):
        return (
            min(3.0, len(word) / 8)
            + (1.0 if verbs_in(text, *cell) or any(ch.isdigit() for ch in word) else 0.0)
            - (2.0 if unit and len(word) < 8 else 0.0)
        )
    if column == "progress":
        return _tells_progress(word) - (1.0 if unit or dated else 0.0)
    if column in ("area", ""):
        return 1.0 if len(word) <= 10 and not (unit or dated or "、" in word) else -2.0
    return 0.0


def _dated(text: str, cell: Span) -> bool:
    """Whether a cell holds a time and no work: no amount, no 每季度开展一次."""
    word = text[slice(*cell)]
    if not DATED.fullmatch(word) or word[0] == "每" and verbs_in(text, *cell):
        return False
    return not figures(text, *cell)


def _tells_progress(word: str) -> float:
    if _STATUS.fullmatch(word):
        return 2.5
    return 2.0 if any(mark in word for mark in _TOLD) else 0.0
