"""Persons named in a clause: with posts before the name, behind it, in brackets, or around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.text.names import BOUND, POST_LIMIT, name_end, post_end, posts, surnames
from luoshi.text.owners import names_unit
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim

NAME_POST = pattern(
    r"(?P<name>[\u3400-\u9fff]{2,4}|[\u3400-\u9fff] {1,3}[\u3400-\u9fff])（(?P<posts>[^（）]{2,40})）"
)
_SURNAMED = pattern(
    r"(?P<name>[\u3400-\u9fff](?P<post>会长|书记|市长|县长|区长|镇长|主任|局长|总经理|董事长|主席|校长|院长|厂长|处长|科长|理事长|秘书长|厅长|部长|司长|所长|站长|总监|经理|部长|副[省市县区州镇乡局厅处院校会]长|副书记|副主任|副主席|总|老师|教授|代表|委员|理事))(?=主持|出席|讲话|强调|作|宣读|通报|指出|要求|汇报|介绍|提议|建议|表示)"
)
_NO_NAMES = ("常务", "党组", "支部", "总支", "常委", "全体", "有关", "相关", "主要", "分管", "高级")
_BY = pattern(
    r"(?:会议|大会|活动|仪式|会上|随后|最后|首先|其间)?(?:由|请|委托)|(?:会议|大会|会上|会前|会中|会后|随后|最后|首先|其间|期间|刚才|接着|仪式上|活动中)(?:在|上)?，?"
)


@dataclass(slots=True)
class Person:
    """A person with the span of the name as first printed, of the posts, and the acts.

    `given` is the given name where a post stands between it and the surname (林局長志遠).
    """

    name: Span
    posts: list[Span] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    given: Span | None = None

    def do(self, act: str) -> None:
        """Note an act once."""
        if act not in self.acts:
            self.acts.append(act)

    @property
    def end(self) -> int:
        """Where the words that name the person end."""
        return self.given[1] if self.given else self.name[1]


def called(text: str, person: Person) -> str:
    """The name without blanks, the surname before the given name."""
    given = text[slice(*person.given)] if person.given else ""
    return "".join((text[slice(*person.name)] + given).split())


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
        at = _same_post(text, person.name[1], end, people)
        if text[at : at + 1] not in ("、", "和", "，", "及", "与"):
            break
        at += 1
    if people:
        return people
    start = by.end() if by else start
    return in_brackets(text, start, end) or _grouped(text, start, end) or _titled(text, start, end)


def surnamed(text: str, start: int, end: int) -> Person | None:
    """A surname with a post that acts (晏会长主持): the two together are the name as printed."""
    hit = _SURNAMED.match(text, start, end)
    if hit is None or hit["name"][0] not in surnames()[0] or hit["name"] in posts()[0]:
        return None
    return Person(hit.span("name"), [hit.span("post")])


def in_brackets(text: str, start: int, end: int) -> list[Person]:
    """Names at the head of a clause whose posts stand behind them in brackets."""
    found: list[Person] = []
    at = start
    while hit := NAME_POST.match(text, at, end):
        if not name_end(text, at, hit.end("name")):
            break
        found.append(Person(hit.span("name"), bracketed_posts(text, *hit.span("posts"))))
        at = hit.end()
        if text[at : at + 1] not in ("、", "和", "，", "及", "与"):
            break
        at += 1
    return found


def bracketed_posts(text: str, start: int, end: int) -> list[Span]:
    """The posts inside brackets; a unit's name alone is none."""
    found = split_posts(text, start, end)
    return [span for span in found if span[1] in post_end(text, *span)]


_GROUP = pattern(
    r"等?(?:[\d一二三四五六七八九十两]{1,3}[位名]?)?(?P<post>[\u3400-\u9fff]{0,8}领导)(?:同志|成员)?(?=出席|参加|列席|陪同|到会|分别|先后|$)"
)


def _grouped(text: str, start: int, end: int) -> list[Person]:
    """Bare names in front of the label that holds for them all (甲、乙等县领导)."""
    found: list[Person] = []
    at = start
    while stop := name_end(text, at, end):
        found.append(Person((at, stop)))
        at = stop
        if text[at : at + 1] not in ("、", "和", "及"):
            break
        at += 1
    hit = _GROUP.match(text, at, end) if found else None
    if hit is None:
        return []
    for person in found:
        person.posts = [hit.span("post")]
    return found


def _titled(text: str, start: int, end: int) -> list[Person]:
    """A name with its post behind it (徐四军总经理主持) at the head of a clause."""
    known, longest = posts()
    single, _ = surnames()
    if text[start : start + 1] not in single:
        return []
    for size in (3, 2):
        place = start + size
        words = text[start:place]
        if (
            words in known
            or words.startswith(_NO_NAMES)
            or words[-1] in "副总正主代常第助"
            or names_unit(words)
            or not all("\u3400" <= c <= "\u9fff" for c in text[start:place])
        ):
            continue
        for length in range(min(longest, end - place), 1, -1):
            stop = place + length
            bound = stop >= end or BOUND.match(text, stop)
            if text[place:stop] in known and bound and not name_end(text, stop, end):
                return [Person((start, place), [(place, stop)])]
    return []


def around(text: str, start: int, end: int) -> Person | None:
    """A surname and a given name with the post between them (林局長志遠), as Taiwan prints them."""
    known, longest = posts()
    single, _ = surnames()
    if text[start : start + 1] not in single:
        return None
    for length in range(min(longest, end - start - 2), 1, -1):
        post = (start + 1, start + 1 + length)
        if text[slice(*post)] not in known:
            continue
        for size in (2, 1):
            stop = post[1] + size
            letters = text[post[1] : stop]
            if stop > end or not all("\u3400" <= c <= "\u9fff" for c in letters):
                continue
            if stop == end or BOUND.match(text, stop, end) and letters not in ("代表", "主持"):
                return Person((start, start + 1), [post], given=(post[1], stop))
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


_ALSO = pattern(r"兼(?:任)?")


def _mention(text: str, start: int, end: int) -> Person | None:
    """A person whose posts begin at `start`: the first post ending that a name follows."""
    for place in post_end(text, start, end):
        first = place
        while text[first : first + 1] == " ":
            first += 1
        stop = name_end(text, first, end)
        if stop:
            return Person((first, stop), split_posts(text, start, place))
    return None


def split_posts(text: str, start: int, end: int) -> list[Span]:
    """The posts of a list cut at 、 and at 兼."""
    found, first = [], start
    at = start
    while at <= end:
        also = _ALSO.match(text, at, end) if first < at < end else None
        if at == end or text[at] in "、，；/" or also:
            if at > first:
                found.append(trim(text, first, at))
            first = also.end() if also else at + 1
            at = max(at, first - 1)
        at += 1
    return found
