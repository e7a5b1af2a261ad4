"""Lists of persons under a label: 主持：, 出席：, 列席：, 记录： of minutes, one a line or by unit."""

from __future__ import annotations

import re

from luoshi.text.mentions import (
    NAME_POST,
    Person,
    around,
    bracketed_posts,
    called,
    mentions,
    split_posts,
)
from luoshi.text.names import name_end, post_end
from luoshi.text.owners import names_unit
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim

OUTLINE = r"(?:[壹贰叁参肆伍陆柒捌玖拾一二三四五六七八九十]{1,2}[、．.]|（[一二三四五六七八九十]{1,2}）|\d{1,2}[、.]|[●■◆·] ?)?"
_COMING = r"(?:出席|参加|参会|与会|到会|列席|旁听)"
_LABEL = (
    rf"(?P<label>(?:会议)?(?:主持人?|主席|召集人|主持会议|主持者|主持单位)|会议主持|主持人员"
    rf"|(?:会议)?{_COMING}(?:会议|本次会议|活动)?(?:的)?(?:单位及人员|单位和人员|单位、人员|人员名单|人员及单位|领导同志|领导|同志|人员|单位|委员|代表|理事|会员|成员|嘉宾|名单|者|人)?(?:还?有|名单|（[^）]{{0,12}}）)?"
    rf"|(?:因[公事故病]{{1,2}})?(?:缺席|请假)(?:人员|委员|者|单位)?|未到(?:人员|会)?|应到|实到"
    rf"|(?:会议)?[记纪]录(?:人员?|员|者)?|汇报人|报告人|主讲人?|发言人员?|监票人?|整理人?) ?(?:（[^（）]{{1,12}}） ?)?[：\t]"
)
_HEAD = pattern(OUTLINE + r" ?" + _LABEL)
_INSIDE = pattern(_LABEL)
_ACTS = (
    ("主持", "chair"), ("会议主持", "chair"), ("主席", "chair"), ("会议主席", "chair"), ("召集", "chair"),
    ("会议召集", "chair"), ("记录", "other"), ("纪录", "other"), ("会议记录", "other"), ("会议纪录", "other"),
    ("整理", "other"), ("监票", "other"), ("汇报", "report"), ("报告人", "report"), ("主讲", "speak"), ("发言", "other"),
)  # fmt: skip
_ABSENT = pattern(r"(?:因[公事故病]{1,2})?(?:缺席|请假)|未到|应到|实到")
_MARK = pattern(r"[、，；/\n\t]|和(?=[\u3400-\u9fff]{2,3}(?:[、，；\n]|$))| {1,40}")
_PADDED = pattern(r"(?<![\u3400-\u9fff])[\u3400-\u9fff] {1,4}[\u3400-\u9fff](?![\u3400-\u9fff])")
_UNIT_HEAD = pattern(r"(?P<unit>[\u3400-\u9fff（）、]{2,24}) ?：")
LONGEST_ROLL = 160


def labelled(text: str, start: int, end: int) -> list[tuple[str | None, Span]]:
    """The lists of a paragraph that a label opens with their acts (None for those who are absent)."""
    first = _HEAD.match(text, start, end)
    if first is None:
        return []
    heads = [first, *(hit for hit in _INSIDE.finditer(text, first.end(), end) if _free(text, hit))]
    ends = [hit.start() for hit in heads[1:]] + [end]
    return [(_act(hit["label"]), (hit.end(), stop)) for hit, stop in zip(heads, ends, strict=True)]


def _free(text: str, hit: re.Match[str]) -> bool:
    return text[hit.start() - 1] in " ，；。\t\n、）"


def _act(label: str) -> str | None:
    if _ABSENT.match(label):
        return None
    return next((act for word, act in _ACTS if label.startswith(word)), "attend")


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether a line under a label goes on with its list: a unit with its people, or names alone."""
    if end - start > LONGEST_ROLL or "。" in text[start : end - 1]:
        return False
    hit = _UNIT_HEAD.match(text, start, end)
    if hit and (names_unit(hit["unit"]) or hit["unit"].endswith(("领导", "成员", "委员", "代表"))):
        found = listed(text, hit.end(), end)
    else:
        found = listed(text, start, end)
    return len(found) * 24 >= end - start and bool(found)


def listed(text: str, start: int, end: int) -> list[Person]:
    """The persons of a list, with or without posts; a post printed alone holds for the next name."""
    found: list[Person] = []
    pending: list[Span] = []
    mark = ""
    for first, last, after in _tokens(text, *trim(text, start, end)):
        unit = _UNIT_HEAD.match(text, first, last)
        first = unit.end() if unit else first
        folk = _token(text, first, last)
        for person in folk:
            if pending and (not person.posts or mark == "、" and person is folk[0]):
                person.posts = [*pending, *person.posts]
            elif (
                not person.posts and found and mark == "、" and person.name[0] == first and not unit
            ):
                person.posts = list(found[-1].posts) if _collective(text, found[-1]) else []
        pending = [] if folk else pending + _posts_alone(text, first, last)
        if after not in ("、", " ") and not folk:
            pending = pending if after in ("，", "\n") else []
        mark = after
        found.extend(folk)
    return found


def _collective(text: str, person: Person) -> bool:
    """Whether the next bare name shares the posts: only one post, right before the name."""
    return len(person.posts) == 1 and person.posts[0][1] <= person.name[0]


def _posts_alone(text: str, start: int, end: int) -> list[Span]:
    return split_posts(text, start, end) if end in post_end(text, start, end) else []


def _tokens(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The pieces of a list with the mark behind each; brackets and padded names stay whole."""
    kept: set[int] = set()
    for hit in _PADDED.finditer(text, start, end):
        kept.update(range(*hit.span()))
    depth_end = start
    found, first = [], start
    for hit in _MARK.finditer(text, start, end):
        opened = text.find("（", max(first, depth_end), hit.start())
        if opened >= 0:
            close = text.find("）", opened, end)
            depth_end = close + 1 if close > 0 else opened + 1
        if hit.start() in kept or hit.start() < depth_end and opened != depth_end - 1:
            continue
        if hit.start() > first:
            found.append((first, hit.start(), hit[0][0]))
        first = hit.end()
    if first < end:
        found.append((first, end, ""))
    return found


def _token(text: str, start: int, end: int) -> list[Person]:
    start, end = trim(text, start, end)
    while end > start and text[end - 1] in "。；等":
        end -= 1
    end = end - 2 if text.endswith("同志", start, end) else end
    if end - start < 2:
        return []
    hit = NAME_POST.fullmatch(text, start, end)
    if hit and name_end(text, start, hit.end("name")):
        return [Person(hit.span("name"), bracketed_posts(text, *hit.span("posts")))]
    bracket = text.find("（", start, end)
    end = bracket if bracket > start + 1 else end
    if name_end(text, start, end) == end:
        return [Person((start, end))]
    if names_unit(text[start:end]) == "unit":
        return []
    for place in range(start, min(end - 2, start + 16)):
        if place == start or names_unit(text[start:place]):
            person = around(text, place, end)
            if person and person.end == end:
                return [person]
    named = mentions(text, start, end)
    if named:
        return named
    for size in (3, 2, 4):
        place = end - size
        named_last = place > start + 1 and name_end(text, place, end) == end
        if named_last and names_unit(text[start:place]):
            return [Person((place, end))]
    return []


def merge(text: str, found: dict[str, Person], person: Person) -> Person:
    """The person known by the name, with the posts that this mention adds to one without any."""
    known = found.setdefault(called(text, person), person)
    if not known.posts:
        known.posts = person.posts
    return known
