"""A document taken apart: page facts, kind, clock, paragraphs, which of them tell the meeting."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from luoshi.text import headline, rolls, speakers
from luoshi.text import meeting as meetings
from luoshi.text.dates import Clock
from luoshi.text.fold import Folded
from luoshi.text.grid import Table
from luoshi.text.labels import BRACKETS, ROLES, field_heads, owner_brackets
from luoshi.text.layout import Block, blocks, marker
from luoshi.text.page import Page, date_value, page
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, clauses, lines, sentences
from luoshi.text.tables import table_at

_MINUTES = pattern(r"纪要|会议[纪记]录|议事录")
_MINUTES_BODY = pattern(r"纪要如下|议定(?:事项)?如下|形成如下(?:意见|决议)|会议议题及议定事项")
_HELD = pattern(
    r"召开|举行|开幕|闭幕|举办|开班|启动(?=$|仪式)|(?:出席|主持|参加)[^。]{2,40}(?:会|式|礼|活动)"
)
_REPORT = pattern(r"工作报告$|工作报告(?:（|\()")
_CALLED = pattern(
    r"(?:关于|印发)[^。]{0,60}(?:通知|方案|公告|通告|函|请示|预案|议程)(?:（[^）]{0,12}）)?$"
)
_PAPER = pattern(
    r"(?:关于|印发|转发|批转)|(?:方案|计划|规划|要点|分解表?|分工表?|清单|意见|通知|办法|措施|台账|一览表|任务表|预案|细则|工作安排|行动|总结|公告|通告|函|任务|纲要)(?:（[^）]{1,16}）)?$"
)
_YEARS = pattern(r"(?P<y>20[0-4]\d)年")
_THIS_YEAR = pattern(
    r"(?P<y>20[0-4]\d)年(?:是|确定为|定为|，?(?:我们|全[市县区省]|集团)?(?:要|将))|把(?P<z>20[0-4]\d)年确定为"
)
_TAIL = pattern(
    r"(?:（此件[^）]{0,20}）|分送：|抄送：|主送：|报送：|发至：|责任编辑|责编|编辑：|参会单位：|参加会议人员：|参加人员：|参会人员：|（记者|（通讯员|来源：|打印|关闭|【|附：|附件：?$|联系人：|联系电话|主题词|出席：|列席：|记录：|注：|备注：|主办(?:单位)?：[^\n]{0,40}(?:技术支持|承办|版权|备案)|（本报|印发范围|相关链接|上一篇|下一篇)"
)
HELD_WITHIN = 400
HEAD_LINES, HEAD_LINE = 8, 60  # a date in a short line at the top is the document's


@dataclass(slots=True)
class Document:
    """The folded text with everything that later steps ask about it."""

    folded: Folded
    lines: list[Span]
    page: Page
    kind: str = "C"
    clock: Clock = field(default_factory=Clock)
    published: str | None = None
    signed: str | None = None
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    opening: list[Span] = field(default_factory=list)
    told: list[Span] = field(default_factory=list)
    tail: list[Span] = field(default_factory=list)
    meeting: meetings.Meeting | None = None
    speech: bool = False
    official: bool = True
    law: bool = False

    places: dict[int, int] = field(default_factory=dict)
    first_item: int = 0

    def neighbour(self, block: Block, step: int) -> Block | None:
        """The paragraph so many places behind (or before) this one."""
        at = self.places[block.start] + step
        return self.blocks[at] if 0 <= at < len(self.blocks) else None

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text


def document(folded: Folded) -> Document:
    """The document of a folded text."""
    text = folded.text
    spans = lines(text)
    made = Document(folded, spans, page(folded, spans))
    made.published = date_value(folded, made.page.published)
    made.signed = date_value(folded, made.page.signed)
    _paragraphs(made)
    made.kind = _kind(made)
    if made.kind == "A" and not made.speech and not made.page.doc_no and made.signed:
        # nobody signs a report of a meeting: the date below it is that of the post
        made.page.published = made.page.published or made.page.signed
        made.published, made.signed, made.page.signed = made.published or made.signed, None, None
    made.law = _law(made)
    made.official = _official(made)
    if made.signed is None and made.page.bracket_date and made.kind in ("B", "C", "D"):
        made.page.signed = made.page.bracket_date
        made.signed = date_value(folded, made.page.signed)
    made.clock = Clock(_year(made))
    _meeting(made)
    return made


def _paragraphs(made: Document) -> None:
    text, at = made.text, made.page.body
    body: list[Span] = []
    behind = 0  # a line right behind a table or the foot of the page goes on in nothing
    itemised = listing = False
    while at < len(made.lines):
        table = table_at(text, made.lines, at)
        if table is not None:
            made.tables.append(table)
            at = behind = max(at + 1, table.end)
            continue
        span = made.lines[at]
        itemised = itemised or marker(text, *span) is not None
        listing = bool(itemised and rolls.labelled(text, *span)) or (
            listing and rolls.goes_on(text, *span)
        )
        if (
            not listing
            and body
            and at != behind
            and (_owner_line(text, span) or _remark(text, body, span))
        ):
            body[-1] = (body[-1][0], span[1])
        elif listing or _closing(made, at):
            made.tail.append(span)
            behind = at + 1
        elif body and at != behind and _continues(text, body, span):
            body[-1] = (body[-1][0], span[1])
        else:
            body.append(span)
        at += 1
    made.blocks = blocks(text, body, {table.above for table in made.tables})
    made.places = {block.start: at for at, block in enumerate(made.blocks)}
    made.first_item = next((b.start for b in made.blocks if b.level <= 5), len(text))


def _closing(made: Document, at: int) -> bool:
    """A line under the text: signature, its date, distribution, notes of the site."""
    start, end = made.lines[at]
    text = made.text
    if _TAIL.match(text, start, end):
        return True
    signed = made.page.signed
    if signed and start <= signed[0] < end and end - start <= 46:
        return True
    following = made.lines[at + 1] if at + 1 < len(made.lines) else None
    bare = end - start <= 30 and not any(mark in text[start:end] for mark in "。，；：、")
    return bool(bare and signed and following and following[0] <= signed[0] < following[1])


def _remark(text: str, body: list[Span], span: Span) -> bool:
    """A remark that belongs to the fields of an item and is no note under the text."""
    if not text.startswith(("备注：", "说明："), span[0]):
        return False
    return any(kind in ROLES for _, _, kind in field_heads(text, *body[-1]))


def _owner_line(text: str, span: Span) -> bool:
    """A line that is nothing but a bracket with owners belongs to the item above it."""
    if text[span[0]] not in BRACKETS or text[span[0] : span[1]].rstrip("。；")[-1] not in _CLOSED:
        return False
    labels = owner_brackets(text, *span)
    return bool(labels) and labels[0].start == span[0] and span[1] - labels[-1].end <= 1


def _continues(text: str, body: list[Span], span: Span) -> bool:
    """A line of owner fields belongs to the item above it."""
    heads = field_heads(text, span[0], min(span[1], span[0] + 24))
    if not heads or heads[0][0] - span[0] > 1:
        return False
    start, end, kind = heads[0]
    if kind in ("task", "area", "number"):
        return False
    above = text[body[-1][0]]
    return kind != "deadline" or text[start : end - 1] not in _DATES or above in _ITEMS


_CLOSED = frozenset(BRACKETS.values())
_DATES = ("时间", "日期")  # these also date a meeting
_ITEMS = "0123456789（一二三四五六七八九十●■◆★▲○□◇•·▶"


def _kind(made: Document) -> str:
    text = made.text
    title = "".join(text[a:b] for a, b in made.page.title)
    first = made.blocks[0].start if made.blocks else 0
    head = text[first : first + HELD_WITHIN]
    if _MINUTES.search(title) and "通知" not in title or _MINUTES_BODY.search(head):
        return "D"
    if made.page.congress or _REPORT.search(title):
        return "C"
    if _CALLED.search(title):
        return "C"
    made.speech = bool(headline.SPEECH.search(title)) or bool(
        made.page.speakers and "同志们" in text[:600]
    )
    if made.speech:
        return "A"
    if _HELD.search(title) and not made.page.doc_no:
        return "A"
    if made.page.doc_no or _PAPER.search(title):
        return "C"
    spans = [(b.start, b.end) for b in made.blocks[:2]]
    return "A" if meetings.held(text, spans) else "C"


_ARTICLE = pattern(r"第[一二三四五六七八九十百零\d]{1,5}条")
_GENRE = (
    r"(?:通知|意见|方案|计划|要点|清单|分解|规划|措施|纪要|讲话稿?|报告|办法|安排|函|公告|通告|通报|决定|决议|台账|目标|任务|分工"
    r"|实事|事项|工作|部署|批复|细则|行动|情况|进展|表)"
)
_OFFICIAL_TITLE = pattern(
    rf"{_GENRE}(?:（[^）]{{1,20}}）|〔[^〕]{{1,20}}〕|》|的通知){{0,3}}$|(?:关于|印发).{{2,60}}{_GENRE}|.{{0,30}}(?:政府工作报告|任务分解|责任分工)"
)
_FIELD = pattern(r"(?:责任|牵头|主办|承办|配合)(?:单位|部门|领导|科室|处室)(?:：|】|（|\||\t|\n)")
_OWNED = pattern(r"(?:负责|牵头|配合|落实)[。；]?[）】]")
_ADDRESSED = pattern(r"(?:各|市|县|区|省|机关|集团|公司|局|镇|校|院|所属)[^。；，]{1,60}：$")
_OFFICE = pattern(
    r"人民政府|[市县区镇省]委|管委会|各级各部门|各有关(?:单位|部门)|各镇|各乡镇|各街道|各部门|各单位|各科室|各处室|（此件"
)
_BIDDEN = pattern(
    r"(?<![\u3400-\u9fff])各(?:有关|相关|责任|牵头|级|镇|乡|县|市|区|街道|科|处|部门|单位|地|村|学院|学校|企业|厂|公司)"
    r"[^，。；：\n]{0,12}(?:要|应|须|务必)(?![求素点约想紧])"
)
HEAD_BLOCKS = 3
ITEMS = 3
OFFICES = 2
BIDDEN = 3  # sentences that order a class of offices: 各单位要 …
ARTICLES = 3


def _law(made: Document) -> bool:
    """Whether the text is made of articles (第一条 …) without owners: a law, a contract, a charter."""
    articles = sum(1 for b in made.blocks if _ARTICLE.match(made.text, b.start, b.end))
    return articles >= ARTICLES and not made.tables and not _plans(made)


_PLAN_TITLE = pattern(r"方案|计划|要点|任务|清单|分工|安排|台账")


def _plans(made: Document) -> bool:
    """Whether the title or the labels of the items say that the articles are work to be done."""
    if any(_PLAN_TITLE.search(made.text, *span) for span in made.page.title):
        return True
    return any(kind in ROLES for _, _, kind in field_heads(made.text, 0, len(made.text)))


def _official(made: Document) -> bool:
    """Whether the document itself says that it orders: by its number, table, title, fields, addressee.

    A text that is mostly a numbered list counts when offices are named in it, one with a date under
    it too: recipes are numbered and letters dated, and the news names an office now and then.
    """
    text = made.text
    if made.page.doc_no or made.tables or made.kind in ("A", "D") or _FIELD.search(text):
        return True
    if len(_OWNED.findall(text)) >= OFFICES or len(_BIDDEN.findall(text)) >= BIDDEN:
        return True
    if any(_OFFICIAL_TITLE.search(text, a, b) for a, b in made.page.title):
        return True
    if any(_ADDRESSED.match(text, b.start, b.end) for b in made.blocks[:HEAD_BLOCKS]):
        return True
    numbered = sum(1 for b in made.blocks if b.level <= 5)
    listed = numbered >= ITEMS and 2 * numbered >= len(made.blocks)
    if not listed and made.signed is None:
        return False
    return len({hit[0] for hit in _OFFICE.finditer(text)}) >= OFFICES


def _year(made: Document) -> int | None:
    text = made.text
    for value in (made.published, made.signed):
        if value:
            return int(value[:4])
    for span in (made.page.bracket_date, made.page.congress, made.page.doc_no, *made.page.title):
        if span:
            hit = _YEARS.search(text, *span) or _number_year(text, span)
            if hit:
                return int(hit["y"])
    for start, end in made.lines[: max(made.page.body + 1, HEAD_LINES)]:
        dated = _HEAD_DATE.search(text, start, end) if end - start <= HEAD_LINE else None
        if dated:
            return int(dated["y"]) if dated["y"] else int(dated["r"]) + 1911
    if made.kind != "B" and (hit := _THIS_YEAR.search(text)):
        return int(hit["y"] or hit["z"])
    years = Counter(int(hit["y"]) for hit in _YEARS.finditer(text))
    if not years:
        return None
    top = max(years.values())
    return max(year for year, count in years.items() if count == top)


_HEAD_DATE = pattern(
    r"(?<!\d)(?P<y>20\d{2})(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}(?!\d)|民国(?P<r>1\d{2})年\d{1,2}月\d{1,2}日"
)
_NUMBER_YEAR = pattern(r"[〔（【](?P<y>20\d{2})[〕）】]")


def _number_year(text: str, span: Span) -> re.Match[str] | None:
    """The year inside the brackets of a document number."""
    return _NUMBER_YEAR.search(text, *span)


def _meeting(made: Document) -> None:
    """Name, date and time of the meeting, and the paragraphs that tell it."""
    text = made.text
    if made.page.congress:
        made.meeting = meetings.Meeting(name=meetings.congress(text, made.page.congress))
        _when(made, [made.page.congress])
        return
    if made.kind not in ("A", "D"):
        return
    _telling(made)
    spans = [(b.start, b.end) for b in made.blocks]
    found = meetings.Meeting()
    fields = _fields_only(made)
    told = [span for span in spans[:14] if text.find("召开", *span) > 0] if fields else spans[:3]
    found.name = meetings.meeting_name(text, told, [] if fields else made.page.title)
    if made.kind == "D" and found.name is None:
        found.name = meetings.minutes_name(text, made.page.title)
    made.meeting = found
    _when(made, spans)


def _fields_only(made: Document) -> bool:
    first = made.blocks[0] if made.blocks else None
    return bool(
        first
        and (
            _is_field(made.text, (first.start, first.end))
            or made.text[first.start : first.start + 2] in ("时间", "地点", "主持", "会议", "主席")
            and "：" in made.text[first.start : first.start + 6]
        )
    )


def _when(made: Document, spans: list[Span]) -> None:
    found = made.meeting
    if found is None:
        return
    dated = meetings.meeting_date(made.text, spans, made.clock, made.published)
    if (dated is None or made.speech) and made.page.bracket_date and made.kind == "A":
        dated = (made.page.bracket_date, date_value(made.folded, made.page.bracket_date) or "")
    if dated is None or not dated[1]:
        return
    found.day, found.date = dated
    part = meetings.time_of_day(made.text, found.day[1])
    if part:
        found.time, found.time_of_day = part
    month = found.date[5:7]
    year = made.clock.year or (int(found.date[:4]) if found.date[:4].isdigit() else None)
    made.clock = Clock(year, int(month) if month.isdigit() else None)


def _telling(made: Document) -> None:
    """The paragraphs that tell who came and what was done, before anybody is quoted."""
    if made.speech:
        made.told = _asides(made)
        return
    quoted = False
    for index, block in enumerate(made.blocks):
        span = (block.start, block.end)
        if made.kind == "D":
            if block.level < 6 and not _is_field(made.text, span):
                break
            made.opening.append(span)
            if _SAYS_AS_FOLLOWS.search(made.text, *span):
                break
            continue
        speaks = _quotes(made.text, span)
        if _tells(made.text, span) and (index or not speaks):
            (made.told if index else made.opening).append(span)
        elif index == 0 or not speaks and (not quoted or _ATTENDS.search(made.text, *span)):
            made.opening.append(span)
        quoted = quoted or speaks


_MINUTES_FIELD = pattern(
    rf"{rolls.OUTLINE} ?(?:会议|开会)?(?:时间|日期|地点|场所|方式|名称|形式|应到|实到|主持人?致[词辞]|主席致[词辞]) ?："
)


def _is_field(text: str, span: Span) -> bool:
    """Whether the line is a field of minutes (一、时间：, 参、主席：) and no item."""
    return bool(_MINUTES_FIELD.match(text, *span)) or bool(rolls.labelled(text, *span))


_SAYS_AS_FOLLOWS = pattern(r"(?:纪要|如下|事项|意见|议定)[^。]{0,8}[：。]?$")
_ATTENDS = pattern(r"(?:参加|出席|列席)(?:了)?(?:本次|此次)?(?:会议|大会|活动)?。?$")


def _asides(made: Document) -> list[Span]:
    """刚才，… sentences of a speech."""
    found = []
    for block in made.blocks[:4]:
        for a, b in sentences(made.text, block.start, block.end):
            if made.text.startswith("刚才", a):
                found.append((a, b))
    return found


_TELLS = pattern(
    r"(?:会上|会前|会中|会议期间|会议现场|会议开始|会间|活动中|活动现场|仪式上|典礼上|论坛上|座谈会上|推进会上|大会在|期间，|其间，)"
    r"|(?:会议|大会|全会|理事会)(?:还|首先|集体|现场|依次|先后|分别)?(?:对|传达|表彰|宣读|通报|听取|审议|观看|颁发|学习|签订|举行了|组织)"
)


def _tells(text: str, span: Span) -> bool:
    return bool(_TELLS.match(text, *span))


def _quotes(text: str, span: Span) -> bool:
    """Whether somebody is quoted in the paragraph: a speech verb before a comma."""
    for a, b in sentences(text, *span):
        for first, last in clauses(text, a, min(b, a + 160)):
            verb = speakers.attribution(text, first, last)
            if verb and verb not in ("介绍", "回顾", "部署", "分析"):
                return True
            verb, _ = speakers.glued_attribution(text, first, last)
            if verb:
                return True
    return False
