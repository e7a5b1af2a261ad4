"""What the page says about itself: title, dates, number, source, column, clicks."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.text.dates import Clock, moments
from luoshi.text.fold import Folded
from luoshi.text.heads import LONGEST_HEAD, column_kind
from luoshi.text.layout import marker
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim
from luoshi.text.wordlists import any_of

_DATE = r"(?:(?:19|20)\d{2} ?[年\-/.] ?\d{1,2} ?[月\-/.] ?\d{1,2}日?|(?:中华)?民国 ?\d{2,3} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|二[〇○零][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
_WHEN = pattern(_DATE)
_PUBLISHED = pattern(
    rf"(?:发布时间|发布日期|发表时间|发表日期|发稿时间|发布于|更新时间|公开日期|发文时间|公布日期|发布|日期|时间) ?：? ?(?P<d>{_DATE})"
)
_SIGNED_LABEL = pattern(rf"(?:成文日期|印发日期|发文日期|签发日期) ?：? ?(?P<d>{_DATE})")
_PRINTED = pattern(rf"(?P<d>{_DATE}) ?(?:印发|印)")
_DOC_NO = pattern(
    r"[\u3400-\u9fff]{0,14}[〔（【]20?\d{2}[〕）】] ?第?\d{1,4}号|[\u3400-\u9fff]{1,8}字第 ?\d{4,14} ?号"
)
_SOURCE = pattern(
    r"(?:稿件来源|信息来源|文章来源|来 ?源|稿源|供稿单位|供稿|信息提供|发布机构|发布单位) ?："
)
_CLICKS = pattern(
    r"(?:点击量|点击数|点击率|点击次数|点击|浏览次数|浏览量|浏览数|浏览|阅读量|阅读数|阅读次数|阅读|访问量|访问次数|人气) ?[：〔（ ]{0,3}(?P<n>\d[\d,]{0,14}(?:\.\d{1,6})?)(?P<w>万)?"
)
_ANY_LABEL = pattern(
    r"(?:发布时间|发布日期|发表时间|发稿时间|更新时间|公开日期|稿件来源|信息来源|文章来源|来 ?源|稿源|作者|编辑|责任编辑|责编|点击量|点击数|点击率|点击次数|点击|浏览次数|浏览量|浏览数|浏览|阅读量|阅读数|阅读次数|阅读|访问量|人气|字号|字体|字体大小|审核|供稿|撰稿|通讯员|记者|索引号|发文机关|主题分类|成文日期|发文字号|标题|时间|日期|发布|发布机构|分享到?|打印|收藏|视力保护色|主题词|关键词|摄影|文号|有效性|名称) ?："
)
_CRUMBS = pattern(r"(?:您?的?(?:当前|现在|所在)?的?位置(?:是)?|您的位置|首页) ?[：>»›]")
_WIDGET = pattern(
    r"[【〔（]?(?:字体|字号|大|中|小|打印|分享|关闭|收藏|扫一扫|返回|【|】|>|》|»|\||】|-| ){1,40}+[：】〕）]?|微信|微博|A\+|A-"
)
_ADDRESSEE = pattern(
    r"(?:各|市|县|区|省|机关|集团|公司|局|镇|校|院|所属|全体|同志|代表|委员)[^。；]{0,120}：$|.{0,20}(?:同志们|同志|同事们?|朋友们|代表们?|委员们?|职工们|老师们|各位[^，。]{0,16})[：！]"
)
_LETTERHEAD = pattern(
    r".{2,30}文件$|[〔（【]?\d{4}[〕）】]?年? ?第 ?\d{1,4} ?期.{0,8}$|第?\d{1,6}期$|（第?\d{1,6}期）$|内部资料.{0,40}|秘密.{0,40}|特急|加急|急件"
)
_POSTLINE = pattern(
    rf"[^，。：；]{{0,30}}{any_of('posts')} {{0,8}}[\u3400-\u9fff]{{0,2}} ?[\u3400-\u9fff]{{0,3}}$"
)
_TITLE_END = pattern(
    r"(?:通知|意见|方案|办法|决定|决议|报告|公告|通告|通报|规定|细则|要点|计划|规划|清单|纪要|讲话|讲话稿|致辞|发言|分解表?|措施|批复|函|召开|举行|开幕|闭幕|大会|会议|动员会|推进会|号|情况|任务|安排|总结)(?:（[^）]{1,12}）)?$"
)
_SIGN_LINE = pattern(rf"(?:[^，。；：]{{0,60}}?)(?P<d>{_DATE})(?:（[^）]{{0,12}}）)?$")
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
    if text[:1].isdigit() and "年" in text:
        text = text.replace("年", "-").replace("月", "-").replace("日", "")
    if not text.endswith("日") and "月" in text:
        text += "日"
    found = moments(text, Clock())
    return found[0].value if found and found[0].kind == "date" else None


def page(folded: Folded, lines: list[Span]) -> Page:
    """The page's facts, and the index of the first line of the body."""
    text, facts = folded.text, Page()
    facts.body = _body(text, lines)
    head = lines[: facts.body]
    _numbers(text, head, lines, facts)
    nav = _navigation(text, head, facts)
    _title(text, head, nav, facts)
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
        if line.count("|") > 2 or line.count("\t") > 1 or _columns(text, lines, at):
            return at
        found = marker(text, start, end)
        if found and found[0] <= 3 and at and not _DOC_NO.search(line):
            return at
        if line in ("序号", "目录") or line.startswith(("——经济", "时间：", "序号")) and at:
            return at if not _PUBLISHED.match(line) or "地点" in text[end : end + 8] else at + 1
    return min(len(lines), HEAD_LINES)


def _columns(text: str, lines: list[Span], at: int) -> bool:
    """Whether four lines from here on, or the words of this one, are heads of columns."""
    words = text[slice(*lines[at])].split()
    if 3 <= len(words) <= 12 and all(len(w) <= LONGEST_HEAD and column_kind(w) for w in words):
        return True
    heads = [b - a <= LONGEST_HEAD and bool(column_kind(text[a:b])) for a, b in lines[at : at + 4]]
    return len(heads) == 4 and all(heads)


def _numbers(text: str, head: list[Span], lines: list[Span], facts: Page) -> None:
    for at, (start, end) in enumerate(head):
        following = head[at + 1] if at + 1 < len(head) else None
        _published(text, start, end, following, facts)
        _source(text, start, end, following, facts)
        hit = _CLICKS.search(text, start, end)
        if hit and facts.clicks is None and hit["n"]:
            facts.clicks = hit.span("n")
            amount = float(hit["n"].replace(",", "")) * (10_000 if hit["w"] else 1)
            facts.click_count = int(amount)
        if (
            facts.doc_no is None
            and (hit := _DOC_NO.search(text, start, end))
            and "《" not in text[start : hit.start()]
        ):
            facts.doc_no = hit.span()
    if facts.published is None:
        for start, end in lines[-6:]:
            hit = _PUBLISHED.search(text, start, end)
            if hit and text[start : start + 2] == "发布":
                facts.published = hit.span("d")


def _published(text: str, start: int, end: int, following: Span | None, facts: Page) -> None:
    if facts.published is not None:
        return
    hit = _PUBLISHED.search(text, start, end)
    if hit and not _of_meeting(text, hit.start(), hit.end(), following):
        facts.published = hit.span("d")
        return
    line = text[start:end]
    label = _ANY_LABEL.match(line)
    bare = label and label.end() == len(line)
    if bare and following and line[:2] in ("发布", "发表", "时间", "日期", "更新"):
        hit = _WHEN.match(text, *following)
        facts.published = hit.span() if hit else None
        return
    hit = _WHEN.search(line)
    if (
        hit
        and not line.startswith(("时间", "日期", "会议时间"))
        and "（" not in line
        and "——" not in line
        and "届" not in line
        and not _PRINTED.search(line)
    ):
        rest = line[hit.end() : hit.end() + 6]
        plain = len(line) - len(hit[0]) >= 2 and "会" not in line
        first = hit.start() == 0 and len(line) - len(hit[0]) <= 12 and facts.doc_no is None
        if ":" in rest or plain and ("-" in hit[0] or first and not _SIGN_LINE.fullmatch(line)):
            facts.published = (start + hit.start(), start + hit.end())


_MEETING_FIELD = pattern(r"(?:会议)?(?:地点|主持|出席|参会|参加|列席|与会|议题)")


def _of_meeting(text: str, start: int, end: int, following: Span | None) -> bool:
    """K9: a bare time label that dates the meeting itself and not the page."""
    if not text.startswith(("时间", "日期"), start):
        return False
    if any(word in text[end : end + 8] for word in ("上午", "下午", "晚上", "星期", "周")):
        return True
    return following is not None and bool(_MEETING_FIELD.match(text, *following))


_NEXT_LABEL = pattern(r" [\u3400-\u9fff]{2,8} ?：")


def _source(text: str, start: int, end: int, following: Span | None, facts: Page) -> None:
    hit = _SOURCE.search(text, start, end)
    if facts.source is not None or not hit:
        return
    after = trim(text, hit.end(), end)
    if after[0] >= after[1] and following and not _ANY_LABEL.match(text, *following):
        after = following
    stop = text.find("  ", after[0], after[1])
    other = _ANY_LABEL.search(text, after[0], after[1]) or _NEXT_LABEL.search(
        text, after[0], after[1]
    )
    ends = [at for at in (stop, other.start() if other else -1) if at > 0]
    when = _WHEN.search(text, after[0], after[1])
    if when:
        ends.append(when.start())
    value = trim(text, after[0], min(ends, default=after[1]))
    if value[1] > value[0] and text[value[0]] not in "【〔":
        facts.source = value


def _navigation(text: str, head: list[Span], facts: Page) -> set[int]:
    """The lines that belong to the site, and the column they name."""
    used: set[int] = set()
    for at, (start, end) in enumerate(head):
        line = text[start:end]
        if _CRUMBS.match(line):
            used |= _crumbs(text, head, at, facts)
        elif "首页" in line or (len(line.split()) >= 4 and all(len(w) <= 8 for w in line.split())):
            used.add(at)
            for other, span in enumerate(head):
                if other != at and text[span[0] : span[1]] in line.split():
                    used.add(other)
                    facts.column = facts.column or span
    if facts.column is not None:
        name = text[facts.column[0] : facts.column[1]]
        used |= {at for at, (start, end) in enumerate(head) if text[start:end] == name}
    return used


def _crumbs(text: str, head: list[Span], at: int, facts: Page) -> set[int]:
    start, end = head[at]
    line = text[start:end]
    used = {at}
    arrows = [i for i, char in enumerate(line) if char in ">»›"]
    if arrows and line[arrows[-1] + 1 :].strip():
        last = trim(text, start + arrows[-1] + 1, end)
        if text[last[0] : last[1]] in ("正文", "详情", "内容", "文章内容") and len(arrows) > 1:
            last = trim(text, start + arrows[-2] + 1, start + arrows[-1])
        facts.column = facts.column or last
        return used
    if line.rstrip()[-1] not in "：:" and not arrows:
        return used
    crumb, follow = None, at + 1
    while follow < len(head) and follow <= at + 14:
        first, last_ = head[follow]
        word = text[first:last_]
        previous = text[head[follow - 1][0] : head[follow - 1][1]]
        if word in (">", "»", "›", "->", "/"):
            used.add(follow)
        elif (
            previous in (">", "»", "›", "->", "/")
            or previous[-1:] in ("：", ">")
            or follow == at + 1
        ):
            used.add(follow)
            crumb = head[follow] if word not in ("正文", "首页") else crumb
        else:
            break
        follow += 1
    facts.column = facts.column or crumb
    return used


def _title(text: str, head: list[Span], skip: set[int], facts: Page) -> None:
    runs: list[list[Span]] = [[]]
    for at, span in enumerate(head):
        line = text[span[0] : span[1]]
        if at not in skip and _headline(text, span, line, facts):
            runs[-1].append(span)
        elif runs[-1]:
            runs.append([])
    runs = [run for run in runs if run]
    titled = [run for run in runs if _TITLE_END.search(text, run[-1][0], run[-1][1])]
    chosen = (titled or runs or [[]])[0]
    facts.title = chosen[:4]


def _headline(text: str, span: Span, line: str, facts: Page) -> bool:
    if line.startswith("——") or (line.startswith("（") and line.endswith("）")):
        _subtitle(text, span, line, facts)
        return False
    if _POSTLINE.match(line) and not _TITLE_END.search(line):
        facts.speakers.append(span)
        return False
    if facts.speakers and len(line) <= 5 and _short_name(line):
        facts.speakers.append(span)
        return False
    if (
        len(line) < 4
        or _WIDGET.fullmatch(line)
        or _ANY_LABEL.match(line)
        or _LETTERHEAD.match(line)
    ):
        return False
    signed = _SIGN_LINE.fullmatch(line)
    if signed and "  " in line:
        facts.bracket_date = (span[0] + signed.start("d"), span[0] + signed.end("d"))
        return False
    if _WHEN.fullmatch(line):
        facts.bracket_date = span
        return False
    if line.startswith("附件") or line[-1] in "：；" or _WHEN.match(line):
        return False
    if (hit := _DOC_NO.search(line)) and len(hit[0]) >= len(line) - 6:
        return False
    return not (
        _WHEN.search(line) and (":" in line or len(line) < 36 and not _TITLE_END.search(line))
    )


def _short_name(line: str) -> bool:
    return all("\u3400" <= char <= "\u9fff" or char == " " for char in line)


def _subtitle(text: str, span: Span, line: str, facts: Page) -> None:
    hit = _WHEN.search(line)
    if "——" in line[:2] and "在" in line and hit:
        facts.congress = span
    elif hit:
        facts.bracket_date = (span[0] + hit.start(), span[0] + hit.end())


def _signature(text: str, lines: list[Span], facts: Page) -> None:
    for at, (start, end) in enumerate(lines):
        line = text[start:end]
        hit = _SIGNED_LABEL.search(line) if at < facts.body else None
        if hit is None and at >= facts.body and len(line) <= 46:
            hit = _PRINTED.search(line) or _SIGN_LINE.fullmatch(line)
        if hit is not None and at > 0:
            facts.signed = (start + hit.start("d"), start + hit.end("d"))
            return
