"""The shape of a document: numbered headings and items, plain paragraphs, tables of cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from luoshi.text.dates import Clock, moments
from luoshi.text.heads import field_kind
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, sentences, trim
from luoshi.text.targets import figures

_C = "[一二三四五六七八九十百]{1,5}"
MARKERS = (
    (0, pattern(rf"第{_C}(?:章|部分|编|节|篇)[ 、：]?")),
    (0, pattern(r"[壹贰叁参肆伍陆柒捌玖拾]{1,3}(?:、|\.(?!\d)) ?")),
    (1, pattern(rf"{_C}(?:、|．|\.(?!\d)) ?")),
    (2, pattern(rf"（{_C}）[、 ]?")),
    (2, pattern(rf"第{_C}条[ 、：]?")),
    (3, pattern(r"\d{1,3}(?:[.．](?![\d])|[.．](?=\d{1,2}月|20\d\d年)|、) ?")),
    (3, pattern(rf"(?:议题|事项|任务|议项|项目|案由|提案|议案)(?:{_C}|\d{{1,2}})[：、 ]")),
    (4, pattern(r"（\d{1,3}）[、 ]?|\d{1,3}）")),
    (5, pattern(r"[①-⑳❶-❿⑴-⒇] ?")),
    (7, pattern(r"(?:[●■◆★▲○□◇•·※►▶]|——|--|[*-] ) ?")),
)
_NUMBERED = frozenset(
    "第一二三四五六七八九十百议事任项案提壹贰叁参肆伍陆柒捌玖拾"
)  # the letters that open a number
HEADING = 45  # a heading is shorter
INLINE = 34  # and so is the topic that opens a numbered item


@dataclass(slots=True)
class Block:
    """A paragraph. `level` 0-5 and 7 for a numbered or bulleted one, 9 for a plain one.

    `title` is the heading or the topic that opens the item, `body` what follows it; either may
    be missing. `marker` is the number with its mark.
    """

    start: int
    end: int
    level: int = 9
    marker: Span | None = None
    title: Span | None = None
    body: Span | None = None
    heading: bool = False
    path: tuple[int, ...] = field(default=())


def blocks(text: str, lines: list[Span], over_tables: Collection[int] = ()) -> list[Block]:
    """The paragraphs of the given lines, in order, headings told from items by what follows.

    `over_tables` are the ends of the lines right above tables: a numbered one is a table's heading.
    """
    found = [_block(text, line) for line in lines]
    for index, block in enumerate(found):
        over = block.end in over_tables and block.end - block.start <= HEADING
        if over and block.level < 7 and block.body:
            block.title, block.body, block.heading = uncounted(text, block.body), None, True
            continue
        _settle(text, block, found[index + 1] if index + 1 < len(found) else None)
    _even(text, found)
    return found


def _even(text: str, found: list[Block]) -> None:
    """A first sentence with a comma is a topic only where most items of its level open with one."""
    titled = Counter(block.level for block in found if block.title)
    bare = Counter(block.level for block in found if not block.title)
    for block in found:
        if not (block.title and block.body and block.marker) or block.heading:
            continue
        if bare[block.level] > titled[block.level] and text.find("，", *block.title) > 0:
            block.body, block.title = (block.title[0], block.end), None


def marker(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The level of the number that opens the span and where it ends; None for a plain span."""
    char = text[start : start + 1]
    if char.isalpha() and char not in _NUMBERED:
        return None
    for level, numbered in MARKERS:
        hit = numbered.match(text, start, end)
        if hit:
            return level, hit.end()
    return None


def _block(text: str, line: Span) -> Block:
    start, end = line
    found = marker(text, start, end)
    if found is None or found[1] >= end:
        return Block(start, end, body=(start, end))
    level, after = found
    return Block(start, end, level, (start, after), None, trim(text, after, end))


def _settle(text: str, block: Block, after: Block | None) -> None:
    """Tell a heading (content stands below it) and an opening topic from the text of an item."""
    if block.level == 7 or block.body is None:
        return
    start, end = block.body
    whole = sentences(text, start, end)
    if not whole:
        return
    first = whole[0]
    if block.level == 9:
        block.heading = False
        return
    leads = after is not None and block.level < after.level < 7 and len(whole) == 1
    staged = len(whole) > 1 and _STAGE.fullmatch(text, *first)
    shown = (first[0], staged.start("when")) if staged else first
    counted = figures(text, *shown) or any(m.before for m in moments(text, Clock(), *shown))
    if counted and not leads:
        return
    colon = text.find("：", first[0], min(first[1], first[0] + 18))
    if len(whole) == 1 and first[1] - first[0] <= HEADING and not _ends_open(text, end):
        if after is not None and _has_content(text, block, after):
            block.title, block.body, block.heading = uncounted(text, first), None, True
    elif len(whole) > 1 and first[1] - first[0] <= INLINE and not _tells(text, first):
        block.title, block.body = first, (whole[1][0], end)
    elif colon > 0 and first[1] - colon > 12 and "，" not in text[first[0] : colon]:
        block.title, block.body = (first[0], colon), trim(text, colon + 1, end)


_STAGE = pattern(r"[^，。；：（]{2,20}(?P<when>（[^（）]{2,24}）)")  # 启动阶段（3月底前）
_COUNT = pattern(r"（(?:共)?\d{1,3}[项个条件]）$")


def uncounted(text: str, span: Span) -> Span:
    """A heading without the number of its items in brackets (教育惠民（3项）)."""
    hit = _COUNT.search(text, *span)
    return (span[0], hit.start()) if hit and hit.start() > span[0] else span


def _ends_open(text: str, end: int) -> bool:
    return (
        text[end - 1] in "；，、"
        or text[end - 1] == "）"
        and "负责" in text[max(0, end - 12) : end]
    )


_BINDS = pattern(
    r"[^，。]{2,14}(?:(?<![响反供适效相对叫呼照接策回顺])应(?![用急对届变”])|须(?!知)|得视|得依|不得|负责(?!制|人|任))|[^，。]{2,14}(?<![理自经缘])由(?![大小弱低高粗慢被乱表点此])"
)


def _tells(text: str, span: Span) -> bool:
    """Whether the first sentence of an item lists, binds somebody, or says when: no topic does."""
    words = text[span[0] : span[1]]
    if _BINDS.match(text, *span):
        return True
    open_ = text.find("（", *span)
    outside = (span[0], open_ if open_ > 0 else span[1])
    dated = any(m.kind == "date" or m.before for m in moments(text, Clock(), *outside))
    return "；" in words or "：" in words or dated


_LABELLED = pattern(r"(?:【|（|〔)?(?P<word>[\u3400-\u9fff]{2,9}) ?：")


def _has_content(text: str, block: Block, after: Block) -> bool:
    if after.level < 9:
        return after.level > block.level
    hit = _LABELLED.match(text, after.start, after.end)
    return not (hit and field_kind(hit["word"]))
