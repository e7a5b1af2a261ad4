"""The people of a meeting: names, posts, what they did there."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.text import rolls
from luoshi.text.mentions import Person, called, mentions, surnamed
from luoshi.text.names import name_end
from luoshi.text.owners import names_unit
from luoshi.text.patterns import pattern
from luoshi.text.sentences import BOTH, Span, clauses, cut, sentences

__all__ = ["Person", "called", "mentions", "people"]

ACTS = (
    ("attend", pattern(r"出席|参加|列席|与会|到会|参会|莅临|就座")),
    (
        "speak",
        pattern(
            r"讲话|强调|指出|要求|提出(?:了)?[^，；]{0,8}(?:要求|希望|意见)|作(?:了)?[^，；]{0,8}点评|致辞|致词|点评|表示|训勉"
        ),
    ),
    ("chair", pattern(r"主持")),
    (
        "deploy",
        pattern(
            r"部署|作(?:了|出)?[^，；]{0,16}安排|安排(?:了)?[^，；]{0,16}(?:工作|任务)|安排布置|布置(?:了)?"
        ),
    ),
    ("read", pattern(r"宣读|传达")),
    ("award", pattern(r"颁奖|颁发|授牌|授旗|颁证|颁授|授予")),
    (
        "report",
        pattern(
            r"通报|汇报|(?:作|做)(?:了)?[^，。；]{0,40}报告|述职|报告(?:了)?[^，；]{0,24}(?:情况|进展|概况|运营|执行|成果|结果|状况|说明)|报告了|作(?:了)?[^，；]{0,12}(?:汇报|通报)"
        ),
    ),
    ("other", pattern(r"介绍|(?:作|做)(?:了)?[^，；]{0,10}发言|提议|倡议|解读|辅导|授课")),
)
_QUOTATION = pattern(r"《[^》]{0,200}》|“[^”]{0,60}”")

# what is carried out or passed on, not done by the person: 贯彻落实…部署要求, …重要讲话精神
_HEARD_OF = pattern(
    r"(?:贯彻|落实|学习|领会|按照|根据|对照|响应)[^，；]{0,40}?(?:部署|要求|精神|讲话)(?:要求|精神)?|(?:重要)?(?:讲话|会议)[^，；]{0,8}精神|部署要求"
)


def acts_in(text: str, start: int, end: int) -> list[str]:
    """The acts that the words of a clause name, in the order of the schema."""
    window = _HEARD_OF.sub("", _QUOTATION.sub("", text[start:end]))
    return [act for act, shape in ACTS if shape.search(window)]


def people(text: str, opening: list[Span], body: list[Span]) -> list[Person]:
    """Everybody named as present or acting. `opening` are the paragraphs that tell the meeting,
    `body` all paragraphs, where known names may act again and others only report or propose."""
    found: dict[str, Person] = {}
    open_list: str | None = None
    for start, end in opening:
        lists = rolls.labelled(text, start, end)
        if not lists and open_list and rolls.goes_on(text, start, end):
            lists = [(open_list, (start, end))]
        for act, span in lists:
            for person in rolls.listed(text, *span) if act else ():
                rolls.merge(text, found, person).do(act or "attend")
        open_list = lists[-1][0] if lists else None
        if not lists:
            _told(text, start, end, found)
    for start, end in body:
        for span in sentences(text, start, end):
            _again(text, span, found)
    for person in found.values():
        if not person.acts:
            person.do("other")
    return list(found.values())


_THERE = pattern(
    r"(?:出席|参加|列席|在主席台就座)[^，。：；]{0,10}(?:的)(?:领导|嘉宾|同志|人员|市领导|县领导)?(?:还?有|包括|是)[：，]?"
)


def _told(text: str, start: int, end: int, found: dict[str, Person]) -> None:
    for span in sentences(text, start, end):
        there = _THERE.match(text, *span)
        if there:
            for person in rolls.listed(text, there.end(), span[1]):
                rolls.merge(text, found, person).do("attend")
            continue
        _sentence(text, span, found)
        _chaired(text, span, found)
        _attend_together(text, span, found)


def _sentence(text: str, span: Span, found: dict[str, Person]) -> None:
    doing: list[Person] = []
    for first, last in _clauses(text, span):
        place = first
        named = mentions(text, place, last)
        if not named:
            single = surnamed(text, first, last)
            named = [single] if single else []
        if named:
            doing = [rolls.merge(text, found, p) for p in named]
            after = named[-1].end
        elif again := _known_at(text, first, last, found):
            doing, after = [again[0]], again[1]
        elif doing and text.startswith(
            ("并", "同时", "还", "作", "出席", "讲话", "主持", "参加"), first
        ):
            after = first
        else:
            doing = []
            continue
        acts = acts_in(text, after, last)
        for person in doing:
            for act in acts or (["other"] if text[after:last].strip("、，") else []):
                person.do(act)


def _attend_together(text: str, span: Span, found: dict[str, Person]) -> None:
    """甲，乙；有关负责人参加会议: the verb at the end holds for all that have none of their own."""
    if not _COME.search(text, max(span[0], span[1] - 14), span[1]):
        return
    for person in found.values():
        if not person.acts and span[0] <= person.name[0] < span[1]:
            person.do("attend")


_COME = pattern(r"(?:参加|出席|列席)(?:了)?(?:本次|此次)?(?:会议|大会|活动)?$")


def _clauses(text: str, span: Span) -> list[Span]:
    """Clauses; those that only end in names are joined with the next, which tells the act."""
    joined: list[Span] = []
    open_: int | None = None
    for piece in [c for part in _parts(text, span) for c in part]:
        first = piece[0] if open_ is None else open_
        named = mentions(text, first, piece[1])
        if (
            named
            and named[-1].end == piece[1]
            and len(named)
            and not acts_in(text, named[-1].end, piece[1])
            and text[piece[1] : piece[1] + 1] == "，"
        ):
            open_ = first
            continue
        joined.append((first, piece[1]))
        open_ = None
    if open_ is not None:
        joined.append((open_, span[1]))
    return joined


def _parts(text: str, span: Span) -> list[Sequence[Span]]:
    return [clauses(text, first, last) for first, last in _semi(text, span)]


def _semi(text: str, span: Span) -> list[Span]:
    found, first = [], span[0]
    for at in range(span[0], span[1] + 1):
        if at == span[1] or text[at] == "；":
            if at > first:
                found.append((first, at))
            first = at + 1
    return found


def _known_at(
    text: str, start: int, end: int, found: dict[str, Person]
) -> tuple[Person, int] | None:
    for size in (3, 2, 4):
        name = text[start : start + size]
        if name in found and start + size <= end:
            return found[name], start + size
    return None


_HEARING = pattern(r"听取|审议|审查|讨论|学习")
_HEARD = pattern(
    r"(?:听取|审议|审查|讨论|学习)(?:了|并[^，]{0,6})?(?P<who>[^，。；]{2,40}?)(?:同志)?(?:关于|所作|作的|作关于|就|对|的?汇报|汇报)(?P<what>[^。；]{0,80})"
)
_TELLS = pattern(r"汇报|报告|通报|说明|进展|情况")
_SAID = pattern(
    r"(?:同志|主任|书记|市长|县长|区长|主席)?(?:就[^，。；]{2,40})?(?:在[^，。]{0,12}(?:时|中))?(?:还|同时|最后|进一步|充分|特别|明确|再次|并|又){0,3}(?:强调|指出|要求|表示|希望|提出(?:[^，。；]{0,6}(?:要求|希望|意见)|，|$))|(?:同志)?在[^，。]{0,8}讲话(?:中|时)"
)
_MOVED = pattern(r"由(?P<who>[^，。；]{2,40}?)(?:同志)?(?:提议|建议|介绍|发起|说明|解读)")
_CHAIRED = pattern(
    r"(?:会议|大会|仪式|活动|座谈会)?由(?P<who>[^，。；]{2,60}?)(?:同志)?(?:共同)?主持"
)
_DID = pattern(
    r"(?:同志)?(?:还|也|分别|首先|随后|先后|就[^，。；]{2,30})?(?P<v>作(?:了|出)?[^，；]{0,24}(?:汇报|报告|说明|介绍|发言|通报|解读)|建议|提议|介绍|补充|倡议|发言|解读|通报|宣读|传达|汇报|报告|部署|安排)(?!材料|稿|会|人)"
)


def _chaired(text: str, span: Span, found: dict[str, Person]) -> None:
    for hit in _CHAIRED.finditer(text, *span):
        first, last = hit.span("who")
        known = found.get(hit["who"])
        if known is None:
            named = mentions(text, first, last)
            if named and named[0].end == last:
                known = rolls.merge(text, found, named[0])
        if known:
            known.do("chair")


def _again(text: str, span: Span, found: dict[str, Person]) -> None:
    """What known persons did later, and who reported or proposed without being listed."""
    for hit in _HEARD.finditer(text, *span) if _HEARING.search(text, *span) else ():
        person = _reporter(text, *hit.span("who"), found)
        if person:
            heard = _TELLS.search(hit["what"]) or "汇报" in text[hit.end("who") : hit.start("what")]
            person.do("report" if heard else "other")
    for hit in _MOVED.finditer(text, *span):
        person = found.get(hit["who"])
        if person:
            person.do("other")
    for first, last in cut(text, *span, BOTH):
        known = _known_at(text, first, last, found) or _newcomer(text, first, last, found)
        if known is None:
            continue
        person, after = known
        if _SAID.match(text, after, last):
            person.do("speak")
        elif _DID.match(text, after, last):
            for act in acts_in(text, after, last) or ["other"]:
                person.do(act)


def _reporter(text: str, start: int, end: int, found: dict[str, Person]) -> Person | None:
    """The person whose name ends the words: known, or with a post or a unit before it."""
    for size in (3, 2, 4):
        first = end - size
        if first < start:
            continue
        if text[first:end] in found:
            return found[text[first:end]]
    named = mentions(text, start, end)
    if named and named[-1].end == end:
        return rolls.merge(text, found, named[-1])
    for size in (3, 2):
        first = end - size
        if (
            first > start + 1
            and name_end(text, first, end) == end
            and names_unit(text[start:first])
        ):
            return rolls.merge(text, found, Person((first, end)))
    return None


def _newcomer(
    text: str, start: int, end: int, found: dict[str, Person]
) -> tuple[Person, int] | None:
    """Somebody named with a post at the head of a clause who tells or proposes something."""
    single = surnamed(text, start, end)
    named = [single] if single else mentions(text, start, min(end, start + 60))
    if len(named) != 1 or named[0].name[0] - start > NEAR:
        return None
    after = named[0].end
    if not (_SAID.match(text, after, end) or _DID.match(text, after, end)):
        return None
    return _same(text, named[0], found) or rolls.merge(text, found, named[0]), after


def _same(text: str, person: Person, found: dict[str, Person]) -> Person | None:
    """The known person whom a surname with a post (水院长) means."""
    name, post = text[slice(*person.name)], person.posts[0] if person.posts else (0, 0)
    title = text[slice(*post)]
    if not title or name != name[0] + title:
        return None
    for known, one in found.items():
        if known[0] == name[0] and any(text[a:b].endswith(title) for a, b in one.posts):
            return one
    return None


NEAR = 30  # a person's posts are shorter
