"""The people of a meeting: names, posts, what they did there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.text.names import BOUND, POST_LIMIT, name_end, post_end, posts, surnames
from luoshi.text.owners import names_unit
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, clauses, sentences, trim

ACTS = (
    ("attend", pattern(r"出席|参加|列席|与会|到会|参会")),
    (
        "speak",
        pattern(
            r"讲话|强调|指出|要求|提出(?:了)?(?:要求|希望|意见)|作(?:了)?(?:总结|重要)?(?:讲话|点评)|致辞|说|点评|表示"
        ),
    ),
    ("chair", pattern(r"主持")),
    ("deploy", pattern(r"部署|作(?:了)?(?:工作)?安排|安排部署")),
    ("read", pattern(r"宣读|传达")),
    ("award", pattern(r"颁奖|颁发|授牌|授旗")),
    ("report", pattern(r"通报|汇报|(?:作|做)(?:了)?[^，。；]{0,40}报告|述职|报告了")),
)
_LABELS = pattern(
    r"(?P<label>主持人?|主持会议|主席|召集人|参会人员|参会领导|参会同志|参会|参加会议人员|参加会议的?|参加人员|参加|出席人员|出席会议人员|出席|列席人员|列席会议人员|列席|缺席人员|缺席|请假|记录人?|应到|实到|与会人员|到会|汇报人|主讲) ?："
)
_LABEL_ACTS = {
    "主持": "chair",
    "主席": "chair",
    "召集": "chair",
    "记录": "other",
    "汇报": "report",
    "主讲": "speak",
}
_ABSENT = ("缺席", "请假", "应到", "实到")
_NAME_POST = pattern(
    r"(?P<name>[\u3400-\u9fff]{2,4}|[\u3400-\u9fff] [\u3400-\u9fff])（(?P<posts>[^（）]{2,40})）"
)
_SURNAMED = pattern(
    r"(?P<name>[\u3400-\u9fff](?P<post>会长|书记|市长|县长|区长|镇长|主任|局长|总经理|董事长|主席|校长|院长|厂长|处长|科长|理事长|秘书长))(?=主持|出席|讲话|强调|作|宣读|通报|指出|要求|汇报)"
)


@dataclass(slots=True)
class Person:
    """A person with the span of the name as first printed, of the posts, and the acts."""

    name: Span
    posts: list[Span] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)

    def do(self, act: str) -> None:
        """Note an act once."""
        if act not in self.acts:
            self.acts.append(act)


_BY = pattern(r"(?:会议|大会|活动)?由|(?:会议|大会)(?:在|上)?，")


def mentions(text: str, start: int, end: int) -> list[Person]:
    """The persons named with a post in the clause, in order (posts A、B 姓名; 领导 姓名、姓名)."""
    people: list[Person] = []
    by = _BY.match(text, start, end)
    at = by.end() if by else start
    while at < end:
        person = _mention(text, at, end)
        if person is None:
            step = text.find("、", at, end)
            other = text.find("和", at, end)
            nearest = min((p for p in (step, other) if p >= 0), default=-1)
            if nearest < 0 or nearest - at > POST_LIMIT:
                break
            at = nearest + 1
            continue
        people.append(person)
        at = person.name[1]
        at = _same_post(text, at, end, people)
        if text[at : at + 1] not in ("、", "和", "，", "及", "与"):
            break
        at += 1
    titled = None if people else _titled(text, start, end)
    return [titled] if titled else people


_NO_NAMES = ("常务", "党组", "支部", "总支", "常委", "全体", "有关", "相关", "主要", "分管", "高级")


def _titled(text: str, start: int, end: int) -> Person | None:
    """A name with its post behind it (徐四军总经理主持) at the head of a clause."""
    known, longest = posts()
    single, _ = surnames()
    by = _BY.match(text, start, end)
    first = by.end() if by else start
    if text[first : first + 1] not in single:
        return None
    for size in (3, 2):
        place = first + size
        words = text[first:place]
        if (
            words in known
            or words in _NO_NAMES
            or names_unit(words)
            or not all("\u3400" <= c <= "\u9fff" for c in text[first:place])
        ):
            continue
        for length in range(min(longest, end - place), 1, -1):
            stop = place + length
            bound = stop >= end or BOUND.match(text, stop)
            if text[place:stop] in known and bound and not name_end(text, stop, end):
                return Person((first, place), [(place, stop)])
    return None


def _same_post(text: str, at: int, end: int, people: list[Person]) -> int:
    """Names in a list after one collective label share it (市领导甲、乙、丙)."""
    shared = people[-1].posts
    while at < end and text[at] in "、和及":
        stop = name_end(text, at + 1, end)
        if not stop or any(p <= stop + 1 for p in post_end(text, at + 1, min(end, stop + 2))):
            return at
        people.append(Person((at + 1, stop), list(shared)))
        at = stop
    return at


def _mention(text: str, start: int, end: int) -> Person | None:
    """A person whose posts begin at `start`: the first post ending that a name follows."""
    for place in post_end(text, start, end):
        first = place + (text[place : place + 1] == " ")
        stop = name_end(text, first, end)
        if stop and text[first:stop] not in ("同志", "会议", "大会"):
            return Person((first, stop), _split_posts(text, start, place))
    return None


def _split_posts(text: str, start: int, end: int) -> list[Span]:
    found, first = [], start
    for at in range(start, end + 1):
        if at == end or text[at] in "、，":
            if at > first:
                found.append(trim(text, first, at))
            first = at + 1
    return found


_QUOTATION = pattern(r"《[^》]{0,200}》|“[^”]{0,60}”")


def acts_in(text: str, start: int, end: int) -> list[str]:
    """The acts that the words of a clause name, in the order of the schema."""
    window = _QUOTATION.sub("", text[start:end])
    return [act for act, shape in ACTS if shape.search(window)]


def people(text: str, opening: list[Span], body: list[Span]) -> list[Person]:
    """Everybody named as present or acting. `opening` are the paragraphs that tell the meeting,
    `body` all paragraphs, where known names may act again."""
    found: dict[str, Person] = {}
    for start, end in opening:
        if not _labelled(text, start, end, found):
            for span in sentences(text, start, end):
                _sentence(text, span, found)
                _chaired(text, span, found)
                _attend_together(text, span, found)
    for start, end in body:
        for span in sentences(text, start, end):
            _again(text, span, found)
    for person in found.values():
        if not person.acts:
            person.do("other")
    return list(found.values())


def _labelled(text: str, start: int, end: int, found: dict[str, Person]) -> bool:
    heads = list(_LABELS.finditer(text, start, end))
    if not heads or heads[0].start() != start:
        return False
    for hit, stop in zip(heads, [*(h.start() for h in heads[1:]), end], strict=True):
        label = hit["label"]
        if label.startswith(_ABSENT):
            continue
        act = next((act for word, act in _LABEL_ACTS.items() if label.startswith(word)), "attend")
        for person in _listed(text, hit.end(), stop):
            known = found.setdefault(text[slice(*person.name)], person)
            known.do(act)
    return True


def _listed(text: str, start: int, end: int) -> list[Person]:
    listed = [
        Person(h.span("name"), _split_posts(text, *h.span("posts")))
        for h in _NAME_POST.finditer(text, start, end)
    ]
    if listed:
        return listed
    for piece in _semi(text, trim(text, start, end)):
        for first, last in clauses(text, *piece):
            listed.extend(_named_in(text, first, last))
    return listed


def _named_in(text: str, start: int, end: int) -> list[Person]:
    """The persons of a list, with or without posts before the names."""
    named = mentions(text, start, end)
    if named:
        return named
    found = []
    for first, last in _split_posts(text, start, end):
        for start_ in (first, *(last - size for size in (3, 2) if last - size > first + 1)):
            if name_end(text, start_, last) == last and (
                start_ == first or names_unit(text[first:start_])
            ):
                found.append(Person((start_, last)))
                break
    return found


def _sentence(text: str, span: Span, found: dict[str, Person]) -> None:
    doing: list[Person] = []
    for first, last in _clauses(text, span):
        place = first
        named = mentions(text, place, last)
        if not named:
            hit = _SURNAMED.match(text, first, last)
            named = (
                [Person(hit.span("name"), [hit.span("post")])]
                if hit and hit["name"] not in posts()[0]
                else []
            )
        if named:
            doing = [found.setdefault(text[slice(*p.name)], p) for p in named]
            for known, fresh in zip(doing, named, strict=True):
                if not known.posts:
                    known.posts = fresh.posts
            after = named[-1].name[1]
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
            and named[-1].name[1] == piece[1]
            and len(named)
            and not acts_in(text, named[-1].name[1], piece[1])
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


_HEARD = pattern(
    r"听取(?:了)?(?P<name>[\u3400-\u9fff]{2,4}?)(?:同志)?(?:关于|的汇报|所作|作的|就|对|汇报)"
)
_SAID = pattern(
    r"(?:就[^，。；]{2,40})?(?:在[^，。]{0,12}(?:时|中))?(?:还|同时|最后|进一步|充分)?(?:强调|指出|要求|说|表示|希望|提出)"
)
_CHAIRED = pattern(r"(?:会议|大会)?由(?P<who>[^，。；]{2,40}?)(?:同志)?主持")


def _chaired(text: str, span: Span, found: dict[str, Person]) -> None:
    for hit in _CHAIRED.finditer(text, *span):
        first, last = hit.span("who")
        known = found.get(hit["who"])
        if known is None:
            named = mentions(text, first, last)
            if named and named[0].name[1] == last:
                known = found.setdefault(text[slice(*named[0].name)], named[0])
        if known:
            known.do("chair")


def _again(text: str, span: Span, found: dict[str, Person]) -> None:
    if not found:
        return
    for hit in _HEARD.finditer(text, *span) if text.find("听取", *span) >= 0 else ():
        person = found.get(hit["name"])
        if person:
            person.do("report")
    for first, last in clauses(text, *span):
        known = _known_at(text, first, last, found)
        if known:
            person, after = known
            if _SAID.match(text, after, last):
                person.do("speak")
            elif text.startswith(("通报", "宣读", "传达", "汇报", "介绍"), after):
                for act in acts_in(text, after, last):
                    person.do(act)
