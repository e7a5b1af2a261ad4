"""What the page says about itself: title, dates, number, source, column, clicks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from luoshi.text import furniture, headline, rolls
from luoshi.text.dates import Clock, moments
from luoshi.text.fold import Folded
from luoshi.text.heads import LONGEST_HEAD, column_kind
from luoshi.text.layout import marker
from luoshi.text.owners import names_unit
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span

_SHORT_DATE = pattern(r"(?P<y>1[01]\d|20\d{2})[\-/.]?(?P<m>\d{1,2})[\-/.]?(?P<d>\d{1,2})")
_PRINTED = pattern(rf"(?P<d>{furniture.DATE}) ?(?:印发|印)")
_DECREED = pattern(
    rf"(?P<d>{furniture.DATE})[^，。：；]{{0,30}}(?:核定|备查|订定|函颁|函发|函送|令发布|发布施行|公告实施)"
)
_ADDRESSEE = pattern(
    r"(?:各|市|县|区|省|机关|集团|公司|局|镇|校|院|所属|全体|同志|代表|委员)[^。；]{0,120}：$|.{0,20}(?:同志们|同志|同事们?|朋友们|代表们?|委员们?|职工们|老师们|各位[^，。]{0,16})[：！]"
)
_SIGN_LINE = pattern(rf"(?:[^，。；：]{{0,60}}?)(?P<d>{furniture.DATE})(?:（[^）]{{0,12}}）)?$")
_OUTLINE = pattern(r"[壹贰叁参肆伍陆柒捌玖拾][、．. ]")
_FROM_SITE = pattern(r"（|〔|【")
_APPROVED = pattern(r"通过|修订|修正|批准|审议")
HEAD_LINES = 40


@dataclass(slots=True)
class Page:
    """Values with their spans; a span is None when the page does not say."""

    title: list[Span] = field(default_factory=list)
    published: Span | None = None
    signed: Span | None = None
    bracket_date: Span | None = None
    doc_no: Span | None = None
    source: Span | None = None
    column: Span | None = None
    clicks: Span | None = None
    click_count: int | None = None
    congress: Span | None = None
    speakers: list[Span] = field(default_factory=list)
    body: int = 0


def date_value(folded: Folded, span: Span | None) -> str | None:
    """The date under the span as YYYY-MM-DD, None when there is no such day."""
    if span is None:
        return None
    text = folded.text[span[0] : span[1]].replace(" ", "")
    if short := _SHORT_DATE.fullmatch(text):
        return _day(int(short["y"]), int(short["m"]), int(short["d"]))
    if text[:1].isdigit() and "年" in text:
        text = text.replace("年", "-").replace("月", "-").replace("日", "")
    if not text.endswith("日") and "月" in text:
        text += "日"
    found = moments(text, Clock())
    return found[0].value if found and found[0].kind == "date" else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year + 1911 if year < 1000 else year, month, day).isoformat()
    except ValueError:
        return None


def page(folded: Folded, lines: list[Span]) -> Page:
    """The page's facts, and the index of the first line of the body."""
    text, facts = folded.text, Page()
    facts.body = _body(text, lines)
    head = lines[: facts.body]
    _numbers(text, head, lines, facts)
    nav = _navigation(text, head, facts)
    facts.title, places = headline.titled(text, head, nav)
    facts.speakers = headline.speakers(text, head, places)
    _below_title(text, head, nav, facts)
    _signature(text, lines, facts)
    return facts


_OPENS = pattern(r"(?:召开|举行|如下|主持)[^\n]{0,200}[：。；]$")


def _body(text: str, lines: list[Span]) -> int:
    for at, (start, end) in enumerate(lines[:HEAD_LINES]):
        line = text[start:end]
        if _ADDRESSEE.match(line):
            return at + 1 if line[-1] in "：！" else at
        if (
            ("。" in line and len(line) > 16)
            or (at and line.endswith("。") and len(line) > 8)  # no headline ends in a full stop
            or (_OPENS.search(line) and "，" in line and len(line) > 20)
            or (len(line) > 70 and "，" in line)
        ):
            return at
        if _OUTLINE.match(line) or at and _of_minutes(text, start, end):
            return at
        below = lines[at + 1] if at + 1 < len(lines) else None
        if at and below and _BARE_TIME.match(line) and _MEETING_FIELD.match(text, *below):
            return at
        if _cells(line) or _columns(text, lines, at):
            return at
        found = marker(text, start, end)
        if found and found[0] <= 3 and at and not headline.DOC_NO.search(line):
            return at
        if line in ("序号", "目录") or line.startswith(("——经济", "时间：", "序号")) and at:
            return (
                at if not furniture.TIMED.match(line) or "地点" in text[end : end + 8] else at + 1
            )
    return min(len(lines), HEAD_LINES)


def _columns(text: str, lines: list[Span], at: int) -> bool:
    """Whether four lines from here on, or the words of this one, are heads of columns."""
    words = text[slice(*lines[at])].split()
    if 3 <= len(words) <= 12 and all(len(w) <= LONGEST_HEAD and column_kind(w) for w in words):
        return True
    heads = [b - a <= LONGEST_HEAD and bool(column_kind(text[a:b])) for a, b in lines[at : at + 4]]
    return len(heads) == 4 and all(heads)


_BARE_TIME = pattern(r"(?:时间|日期) ?：")
_HELD = pattern(rf"{rolls.OUTLINE} ?(?:会议|开会)(?:时间|日期|地点|场所|名称|议题|内容) ?：")


def _of_minutes(text: str, start: int, end: int) -> bool:
    """Whether the line is a field of minutes: when and where they met, who was there."""
    return bool(_HELD.match(text, start, end)) or bool(rolls.labelled(text, start, end))


def _cells(line: str) -> bool:
    """Whether the line is a row of a table and no table of the site's own fields."""
    barred = line.count("|") > 2 or line.count("\t") > 1
    return (
        barred
        and "首页" not in line
        and not furniture.BARE_LABEL.match(line.lstrip("| ").replace(" ", ""))
    )


TAIL_LINES = 8  # so many lines at the end may hold the furniture of a page


def _numbers(text: str, head: list[Span], lines: list[Span], facts: Page) -> None:
    tail = [span for span in lines[-TAIL_LINES:] if span not in head and _at_end(text, span)]
    _published(text, head, tail, facts)
    furnished = [*head, *tail]
    for publisher in (False, True):
        for at, (start, end) in enumerate(furnished):
            following = furnished[at + 1] if at + 1 < len(furnished) else None
            if facts.source is None:
                facts.source = furniture.source(text, start, end, following, publisher=publisher)
    for at, (start, end) in enumerate(furnished):
        following = furnished[at + 1] if at + 1 < len(furnished) else None
        if facts.clicks is None and (read := furniture.clicks(text, start, end)):
            facts.clicks, facts.click_count = read
    for start, end in head:
        hit = headline.DOC_NO.search(text, start, end)
        if hit and facts.doc_no is None and "《" not in text[start : hit.start()]:
            facts.doc_no = hit.span()


def _at_end(text: str, span: Span) -> bool:
    """Whether a line below the body is furniture: a label or a bracket opens it."""
    first = span[0] + bool(_FROM_SITE.match(text, *span))
    return bool(furniture.BARE_LABEL.match(text, first, span[1]))


def _published(text: str, head: list[Span], tail: list[Span], facts: Page) -> None:
    """The date of the page: a label that says so, one that may, the date of a post."""
    for shape in (furniture.PUBLISHED, furniture.TIMED, None, furniture.CHANGED):
        for lines in (head, tail):
            for at, span in enumerate(lines):
                following = lines[at + 1] if at + 1 < len(lines) else None
                if shape is None:
                    found = _posted(text, span, following, facts)
                else:
                    hit = shape.search(text, *span)
                    of_meeting = hit and _of_meeting(text, hit.start(), hit.end(), following)
                    found = hit.span("d") if hit and not of_meeting else None
                if found:
                    facts.published = found
                    return


def _posted(text: str, span: Span, following: Span | None, facts: Page) -> Span | None:
    """A date that stands as that of a post: under a bare label, with a time of day, beside a source."""
    start, end = span
    line = text[start:end]
    label = furniture.BARE_LABEL.match(line)
    bare = label and label.end() == len(line)
    if bare and following and line[:2] in ("发布", "发表", "时间", "日期", "更新", "公开"):
        hit = furniture.WHEN.match(text, *following)
        return hit.span() if hit else None
    hit = furniture.WHEN.search(line)
    if (
        not hit
        or line.startswith(("时间", "日期", "会议时间"))
        or any(mark in line for mark in ("（", "——", "届"))
        or _PRINTED.search(line)
        or furniture.SIGNED.search(line)
    ):
        return None
    rest = line[hit.end() : hit.end() + 8]
    plain = len(line) - len(hit[0]) >= 2 and "会" not in line
    alone = len(line) == len(hit[0]) and facts.doc_no is None
    first = hit.start() == 0 and len(line) - len(hit[0]) <= 12 and facts.doc_no is None
    dashed = "-" in hit[0] or "/" in hit[0] or "." in hit[0]
    if (
        ":" in rest
        or alone
        and dashed
        or plain
        and (dashed or first and not _SIGN_LINE.fullmatch(line))
    ):
        return start + hit.start(), start + hit.end()
    return None


_MEETING_FIELD = pattern(r"(?:会议)?(?:地点|主持|出席|参会|参加|列席|与会|议题)")


def _of_meeting(text: str, start: int, end: int, following: Span | None) -> bool:
    """K9: a bare time label that dates the meeting itself and not the page."""
    if not text.startswith(("时间", "日期"), start):
        return False
    if any(word in text[end : end + 8] for word in ("上午", "下午", "晚上", "星期", "周")):
        return True
    return following is not None and bool(_MEETING_FIELD.match(text, *following))


def _navigation(text: str, head: list[Span], facts: Page) -> set[int]:
    """The lines that belong to the site, and the column they name."""
    used: set[int] = set()
    for at, (start, end) in enumerate(head):
        line = text[start:end]
        if furniture.is_trail(text, start, end):
            used.add(at)
            found = furniture.column(text, start, end)
            if found is None:
                more, found = furniture.trail_below(text, head, at)
                used |= more
            facts.column = facts.column or found
        elif furniture.is_board(line):
            used.add(at)
            facts.column = facts.column or (start, end)
        elif "首页" in line or _is_menu(line):
            used.add(at)
            for other, span in enumerate(head):
                if other != at and text[span[0] : span[1]] in _words(line):
                    used.add(other)
                    facts.column = facts.column or span
        else:
            facts.column = facts.column or furniture.column(text, start, end)
    if facts.column is not None:
        name = text[facts.column[0] : facts.column[1]]
        used |= {at for at, (start, end) in enumerate(head) if text[start:end] == name}
    return used


def _is_menu(line: str) -> bool:
    """Whether the line is a row of short words, none of them a label."""
    words = _words(line)
    return len(words) >= 4 and all(len(w) <= 8 for w in words) and "：" not in line


def _words(line: str) -> list[str]:
    return line.replace("|", " ").split()


def _below_title(text: str, head: list[Span], skip: set[int], facts: Page) -> None:
    """The date in brackets or alone under a headline, and the congress that a report was given to."""
    for at, (start, end) in enumerate(head):
        line = text[start:end]
        hit = furniture.WHEN.search(line)
        if hit is None or at in skip or facts.published == (start + hit.start(), start + hit.end()):
            continue
        if line.startswith(("——", "--")) and "在" in line or line[0] == "（" and "）在" in line:
            facts.congress = (start, end)
        elif furniture.ANY_LABEL.search(line):
            continue
        elif _dates_paper(line, hit[0], line[: hit.start()].strip()):
            facts.bracket_date = (start + hit.start(), start + hit.end())


def _dates_paper(line: str, day: str, before: str) -> bool:
    """Whether a line is the date of the paper: in brackets, alone, or behind the office and a gap."""
    if line[0] == "（":
        return not _APPROVED.search(line)
    alone = len(day) == len(line) or "  " in line or "\t" in line or bool(names_unit(before))
    return alone and bool(_SIGN_LINE.fullmatch(line))


def _signature(text: str, lines: list[Span], facts: Page) -> None:
    for at, (start, end) in enumerate(lines):
        line = text[start:end]
        hit = None
        if at < facts.body:
            hit = furniture.SIGNED.search(line) or _DECREED.search(line)
        if hit is None and at >= facts.body and len(line) <= 46:
            hit = _PRINTED.search(line) or _SIGN_LINE.fullmatch(line)
        if hit is not None and at > 0:
            facts.signed = (start + hit.start("d"), start + hit.end("d"))
            return
