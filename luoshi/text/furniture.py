"""The furniture of a page: labels of its site and what they hold, the column it stands in."""

from __future__ import annotations

import re
from functools import cache

from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim
from luoshi.text.wordlists import any_of, groups

DATE = (
    r"(?:(?:19|20)\d{2} ?[年\-/.] ?\d{1,2} ?[月\-/.] ?\d{1,2}日?"
    r"|(?:中华)?民国 ?\d{2,3} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|1[01]\d年\d{1,2}月\d{1,2}日"
    r"|二[〇○零][〇○零一二三四五六七八九]{2}年[元一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_SHORT = r"(?:1[01]\d[\-/.]\d{1,2}[\-/.]\d{1,2}|(?:19|20)\d{6}(?!\d))"
_LABELLED = rf"(?P<d>{DATE}|{_SHORT})"
WHEN = pattern(DATE)
_GAP = r" ?[：\t|〕】]{0,2} {0,4}"
PUBLISHED = pattern(rf"{any_of('page', 'published')}{_GAP}{_LABELLED}")
CHANGED = pattern(rf"{any_of('page', 'changed')}{_GAP}{_LABELLED}")
TIMED = pattern(rf"{any_of('page', 'when')} ?： ?{_LABELLED}")
SIGNED = pattern(rf"{any_of('page', 'signed')}{_GAP}{_LABELLED}")
_SOURCE = pattern(rf"(?<![\u3400-\u9fff])(?:来 源|{any_of('page', 'source')}) ?[：\t|]")
_PUBLISHER = pattern(rf"(?<![\u3400-\u9fff]){any_of('page', 'publisher')} ?[：\t|]")
_COLUMN = pattern(rf"{any_of('page', 'column')} ?：")
_CLICKS = pattern(
    rf"{any_of('page', 'clicks')} ?[：〔（\t| ]{{0,3}}(?P<n>\d[\d,]{{0,14}}(?:\.\d{{1,6}})?)(?P<w>[万千])?"
)
_CLICKED = pattern(
    r"(?<![\d\-/.:年月])(?P<n>\d[\d,]{0,14}(?:\.\d{1,6})?)(?P<w>[万千])? ?(?:(?:次|人次|人) ?(?:浏览|阅读|点击|访问|围观|点阅|已读|看过)|(?:浏览|阅读)(?= |$))"
)
_WORDS = "|".join(
    any_of("page", name)
    for name in (
        *("published", "changed", "when", "signed", "source", "publisher", "clicks", "column"),
        *("doc_no", "other"),
    )
)
ANY_LABEL = pattern(rf"(?:来 源|{_WORDS}) ?：")
BARE_LABEL = pattern(rf"(?:来 源|{_WORDS}) ?(?P<m>[：\t|]|$)")
WIDGET = pattern(
    rf"(?>{any_of('page', 'widget')}|{any_of('page', 'clicks')}|[\[\]【】〔〕（）：>》»|+\-/ ]){{1,24}}"
)
_NEXT_LABEL = pattern(r" [\u3400-\u9fff]{2,8} ?：")
_STOP = pattern(
    rf"  |\t|\||[〔【\[（](?:字|打印|大|小|责|编)| (?:{any_of('page', 'widget')}|{any_of('page', 'clicks')})(?= |$|：)"
)
_ARROW = pattern(r" ?(?:[>＞»›→⟩]{1,3}|->|=>|：：|\\) ?")
_SLASH = pattern(r" ?(?:[>＞»›→⟩/\\]{1,3}|->|=>|：：| [-—|·] ) ?")
_HERE = pattern(rf"(?:{any_of('page', 'here')}) ?(?:是|为)?[：>＞»› ]")
_HOME = pattern(
    rf"[\[【〔]?(?:{any_of('page', 'section')})[\]】〕]?(?= ?[>＞»›→/\\\-—|：]| {{1,3}}\S)"
)
_STEPS = pattern(
    r"[\u3400-\u9fff]{2,10}(?: ?[>＞»›→]{1,2} ?[\u3400-\u9fff]{2,12}){1,5}(?: ?[>＞»›→]{1,2})?"
)
LONGEST_CRUMB = 20


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(groups("page")[name])


def clicks(text: str, start: int, end: int) -> tuple[Span, int] | None:
    """The number of readers that the line prints and where it stands."""
    hit = _CLICKS.search(text, start, end) or _CLICKED.search(text, start, end)
    if hit is None:
        return None
    scale = {"万": 10_000, "千": 1000}.get(hit["w"] or "", 1)
    return hit.span("n"), round(float(hit["n"].replace(",", "")) * scale)


def source(
    text: str, start: int, end: int, following: Span | None, *, publisher: bool
) -> Span | None:
    """The value behind 来源 (or, where a page has none, behind 发布机构)."""
    hit = (_PUBLISHER if publisher else _SOURCE).search(text, start, end)
    if hit is None:
        return None
    after = trim(text, hit.end(), end)
    if after[0] >= after[1] and following and not BARE_LABEL.match(text, *following):
        after = following
    others = (ANY_LABEL, _NEXT_LABEL, _STOP, WHEN)
    hits = [shape.search(text, *after) for shape in others]
    ends = [other.start() for other in hits if other and other.start() > after[0]]
    if hits[0] and hits[0].start() == after[0]:
        return None
    value = trim(text, after[0], min(ends, default=after[1]))
    while (
        value[1] > value[0]
        and text[value[1] - 1] in "）】〕，；"
        and "（" not in text[slice(*value)]
    ):
        value = (value[0], value[1] - 1)
    if value[1] <= value[0] or text[value[0]] in "【〔0123456789" or WHEN.match(text, *value):
        return None
    return value


def column(text: str, start: int, end: int) -> Span | None:
    """The column that a label or a trail from the home page names."""
    label = _COLUMN.search(text, start, end)
    if label:
        value = trim(text, label.end(), end)
        stops = [
            hit.start()
            for hit in (ANY_LABEL.search(text, *value), _STOP.search(text, *value))
            if hit
        ]
        return trim(text, value[0], min(stops, default=value[1]))
    steps = trail(text, start, end)
    return steps[-1] if steps else None


def trail(text: str, start: int, end: int) -> list[Span]:
    """The steps of a trail in one line without home, the article itself and 正文."""
    here = _HERE.match(text, start, end)
    place = here.end() if here else start
    while place < end and text[place] in " ：":
        place += 1
    if (
        here is None
        and not _HOME.match(text, place, end)
        and not _STEPS.fullmatch(text, start, end)
    ):
        return []
    shape = _ARROW if _ARROW.search(text, place, end) else _SLASH
    steps = _cut(text, place, end, shape)
    if len(steps) == 1 and here:
        steps = _cut(text, place, end, _BLANKS)
    elif len(steps) < 2:
        return []
    return [step for step in steps if _is_step(text[slice(*step)])]


_BLANKS = pattern(r" {1,8}|\t")


def _cut(text: str, start: int, end: int, shape: re.Pattern[str]) -> list[Span]:
    found, first = [], start
    for hit in shape.finditer(text, start, end):
        found.append(trim(text, first, hit.start()))
        first = hit.end()
    found.append(trim(text, first, end))
    return [(a, b) for a, b in found if b > a]


def _is_step(word: str) -> bool:
    word = word.strip("[]【】〔〕")
    return word not in _set("leaf") | _set("section") and len(word) <= LONGEST_CRUMB


def is_trail(text: str, start: int, end: int) -> bool:
    """Whether the line opens a trail, on one line or on several."""
    here = _HERE.match(text, start, end)
    home = _HOME.match(text, start, end)
    if _STEPS.fullmatch(text, start, end):
        return True
    return bool(here) or bool(home) and bool(_SLASH.search(text, start, end))


def is_board(line: str) -> bool:
    """Whether the line is the name of a board of press releases (新闻公报)."""
    return line.replace(" ", "") in _set("board")


def trail_below(text: str, head: list[Span], at: int) -> tuple[set[int], Span | None]:
    """The lines of a trail that is printed one step a line, and its last step."""
    used, last, follow = {at}, None, at + 1
    while follow < len(head) and follow <= at + 14:
        word = text[slice(*head[follow])]
        before = text[slice(*head[follow - 1])]
        joint = _SLASH.fullmatch(word) or word in "/|-"
        if not (joint or before[-1:] in "：>＞»›→/" or follow == at + 1):
            break
        used.add(follow)
        if not joint and _is_step(word.strip(" >＞»›")):
            last = head[follow]
        follow += 1
    return used, last
