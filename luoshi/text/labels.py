"""Owner labels: brackets behind an item (…负责), fields (牵头单位：…), conventions stated once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from luoshi.text.names import name_end
from luoshi.text.owners import names_unit, split_names
from luoshi.text.patterns import pattern
from luoshi.text.sentences import ALL, Span, bracketed, cut, trim
from luoshi.text.wordlists import groups

ROLES = (
    "lead_leaders",
    "lead_units",
    "responsible_units",
    "cooperating_units",
    "responsible_people",
)
_VERB = pattern(
    r"(?P<lead>(?:共同|联合)?牵头(?:负责|落实|抓总|组织|组织实施|推进|抓落实)?|负总责|主办|抓总)$"
    r"|(?P<coop>(?:协同|协助|积极|共同|分别)?(?:配合|协办|协助|参与|参加|指导|支持|督导|协同)(?:落实|做好|实施|完成|推进)?)$"
    r"|(?P<resp>(?:按职责(?:分工)?|分别|共同|具体|兜底|按照?职责(?:分工)?|分头)?(?:负责(?:落实|实施|牵头|组织实施)?|落实|承办|组织实施|实施|包干|承担))$"
)
_FIRST_LEADS = pattern(
    r"(?:列|排|排名|名列|位列)(?:在)?(?:第一|首)(?:位|名)?(?:的|者)?(?:单位|部门)?(?:为|是|系)[^，。；（）]{0,4}(?:牵头|主办|主责)[^，。；（）]{0,6}"
)
_EVERYWHERE = pattern(
    r"以下均?(?:需|须|由|应由|需由|要由){1,3}(?P<list>[^，。；（）]{2,30}?)(?:负责)?(?:落实|负责|实施|承担)"
)
_SAME = pattern(r"(?:责任|牵头|配合)?(?:单位|部门)?(?:同上|同前|同上条|同第\d{1,2}项)")
_ANY_BRACKET = pattern(r"[（）【】〔〕]")
RETRIES = 3
BRACKETS = {"（": "）", "【": "】", "〔": "〕"}


@dataclass(slots=True)
class Label:
    """The owners and times that one label gives to an item; spans in the folded text.

    `same` names the fields that say 同上; `fields` are further fields (deadline, progress …).
    """

    start: int
    end: int
    owners: dict[str, list[Span]] = field(default_factory=dict)
    fields: dict[str, list[Span]] = field(default_factory=dict)
    same: set[str] = field(default_factory=set)
    first_leads: bool = False
    everywhere: list[Span] = field(default_factory=list)
    bare: bool = False

    def add(self, role: str, spans: list[Span]) -> None:
        """Put more names under a role."""
        self.owners.setdefault(role, []).extend(spans)


@cache
def field_words() -> dict[str, str]:
    """Label word to what it holds."""
    return {word: kind for kind, words in groups("labels").items() for word in words}


@cache
def _field_pattern() -> re.Pattern[str]:
    words = sorted(field_words(), key=len, reverse=True)
    # The look behind comes after the first letter: so a search skips to the letters that begin a word.
    told = [f"{word[0]}(?<![\u3400-\u9fff]{word[0]}){word[1:]}" for word in words]
    return pattern("(?:" + "|".join(told) + r")(?:（[^（）]{1,10}）)? ?：")


def field_heads(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The label words with a colon in the span: start, end, what they hold."""
    found: list[tuple[int, int, str]] = []
    if text.find("：", start, end) < 0:
        return found
    for hit in _field_pattern().finditer(text, start, end):
        word = hit[0].rstrip("： ").split("（")[0]
        found.append((hit.start(), hit.end(), field_words().get(word, "ignore")))
    return found


def read_fields(text: str, start: int, end: int) -> Label | None:
    """The label made of fields (牵头单位：A 责任单位：B), None when the span has none."""
    heads = field_heads(text, start, end)
    if not heads:
        return None
    label = Label(heads[0][0], end)
    for (_, after, kind), following in zip(heads, [*(h[0] for h in heads[1:]), end], strict=True):
        value = _value(text, after, following)
        if value[0] >= value[1]:
            continue
        if kind in ROLES:
            _owners_of_field(text, label, kind, value)
        else:
            label.fields.setdefault(kind, []).append(value)
    return label


def _value(text: str, start: int, end: int) -> Span:
    first, last = trim(text, start, end)
    while last > first and text[last - 1] in "。；，、 （【":
        last -= 1
    return first, last


def _owners_of_field(text: str, label: Label, kind: str, value: Span) -> None:
    if _SAME.fullmatch(text, *value):
        label.same.add(kind)
        return
    found = _FIRST_LEADS.search(text, *value)
    if found:
        label.first_leads = True
        value = (value[0], max(value[0], found.start() - 1))
    if any(word in text[value[0] : value[1]] for word in ("牵头", "配合", "会同", "参与", "协助")):
        inner = read_bracket(text, *value)
        if inner is not None:
            for role, spans in inner.owners.items():
                label.add(kind if role == "responsible_units" else role, spans)
            return
    if kind in (
        "lead_units",
        "responsible_units",
        "cooperating_units",
        "responsible_people",
        "lead_leaders",
    ):
        for first, last in split_names(text, *_before_table(text, value)):
            _place(text, label, kind, first, last)


def _place(text: str, label: Label, kind: str, first: int, last: int) -> None:
    open_ = text.find("（", first, last)
    if (
        open_ > first
        and text[last - 1] == "）"
        and text[open_ + 1 : last - 1] in ("牵头", "主办", "牵头单位")
    ):
        label.add("lead_units", [(first, open_)])
        return
    label.add(kind, [(first, last)])


def _before_table(text: str, value: Span) -> Span:
    """A field's value ends where a run of four short words without marks begins (a flattened table)."""
    words = text[value[0] : value[1]].split(" ")
    if len(words) >= 4 and all(len(word) <= 12 for word in words[1:]):
        return value[0], value[0] + len(words[0])
    return value


def read_bracket(text: str, start: int, end: int) -> Label | None:
    """The label that the words of an owner bracket make, None when they are no owner label."""
    label = Label(start, end)
    if _SAME.fullmatch(text, start, end):
        label.same.update(ROLES)
        return label
    fields = read_fields(text, start, end)
    if fields is not None and (fields.owners or fields.same or fields.fields):
        if fields.start - start > 2:
            head = _roles(text, label, start, fields.start)
            for role, spans in (label.owners if head else {}).items():
                fields.owners.setdefault(role, [])[:0] = spans
        _conventions(text, fields, start, end)
        fields.start = start
        return fields
    _conventions(text, label, start, end)
    return label if _roles(text, label, start, end) else None


def _conventions(text: str, label: Label, start: int, end: int) -> None:
    label.first_leads = label.first_leads or bool(_FIRST_LEADS.search(text, start, end))
    hit = _EVERYWHERE.search(text, start, end)
    if hit:
        label.everywhere = split_names(text, *hit.span("list"))


def _roles(text: str, label: Label, start: int, end: int) -> bool:
    waiting: list[Span] = []
    found = False
    for first, last in _pieces(text, start, end):
        hit = _VERB.search(text, first, last)
        if _FIRST_LEADS.search(text, first, last) or text[first:last] in (
            "下同",
            "以下同",
            "不再列出",
            "以下简称",
        ):
            continue
        if text.startswith("以下", first):
            continue
        if hit is None:
            if _LIMIT.search(text, first, last):
                label.fields.setdefault("deadline", []).append((first, last))
            else:
                waiting.append((first, last))
            continue
        role = {"lead": "lead_units", "coop": "cooperating_units", "resp": "responsible_units"}[
            hit.lastgroup or "resp"
        ]
        spans = waiting + _with(text, label, first, hit.start())
        label.add(role, _units(text, spans, label, role))
        waiting, found = [], True
    if waiting and not found:
        return _bare_list(text, label, waiting)
    _persons_apart(text, label)
    known = [span for spans in label.owners.values() for span in spans]
    return found and any(names_unit(text[first:last]) for first, last in known)


_LIMIT = pattern(r"\d{1,2}月|年底|年内|季度|半年|长期|持续")


def _bare_list(text: str, label: Label, waiting: list[Span]) -> bool:
    """（省发展改革委，各市人民政府）: units alone, without a word for their role."""
    names = _units(text, waiting, label, "")
    units = [span for span in names if names_unit(text[slice(*span)])]
    known = all(span in units or is_person(text, *span) for span in names)
    if not units or not known or any(not 2 < b - a <= 24 for a, b in units):
        return False
    label.add("responsible_units", names)
    _persons_apart(text, label)
    label.bare = True
    return True


def is_person(text: str, start: int, end: int) -> bool:
    """Whether the words are nothing but a person's name."""
    return name_end(text, start, end) == end and not names_unit(text[start:end])


def _persons_apart(text: str, label: Label) -> None:
    """A person among units goes to the roles of persons: who leads is a leader."""
    for role, to in (("lead_units", "lead_leaders"), ("responsible_units", "responsible_people")):
        spans = label.owners.get(role, [])
        persons = [span for span in spans if is_person(text, *span)]
        if persons:
            label.owners[role] = [span for span in spans if span not in persons]
            label.add(to, persons)


_MUST = pattern(r"[要应须将]|明确|专人")


def owner_sentence(text: str, start: int, end: int) -> Label | None:
    """The label that a last sentence without brackets makes (省国资委牵头，省财政厅负责。), else None."""
    if end - start > 160 or not _VERB.search(text, start, end) or _MUST.search(text, start, end):
        return None
    if not all(
        _VERB.search(text, *piece) or names_unit(text[slice(*piece)]) or "、" in text[slice(*piece)]
        for piece in _pieces(text, start, end)
    ):
        return None
    label = read_bracket(text, start, end)
    if label is None or label.bare:
        return None
    names = [text[a:b] for spans in label.owners.values() for a, b in spans]
    if not names or not all(names_unit(name) for name in names):
        return None
    label.start, label.end = start, end
    return label


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    for first, last in cut(text, start, end, ALL):
        yield from ((first, last),)


def _with(text: str, label: Label, start: int, end: int) -> list[Span]:
    """The names before a role verb; those behind 会同 are put down as cooperating."""
    first = start + 1 if text[start] in "由请" else start
    at = text.find("会同", first, end)
    if at > first:
        label.add("cooperating_units", split_names(text, at + 2, end))
        return [(first, at)]
    return [(first, end)]


def _units(text: str, spans: list[Span], label: Label, role: str) -> list[Span]:
    names: list[Span] = []
    for first, last in spans:
        names.extend(split_names(text, first, last))
    return names


def owner_brackets(text: str, start: int, end: int) -> list[Label]:
    """The owner labels in brackets of a paragraph, in order."""
    labels = (_bracket_label(text, open_, close, end) for open_, close in _pairs(text, start, end))
    return [label for label in labels if label is not None]


def _pairs(text: str, start: int, end: int) -> list[Span]:
    """The outermost brackets of the span; one that is never closed does not hide those behind it."""
    found: list[Span] = []
    first = start if bracketed(text, start, end) else end
    for _ in range(RETRIES if first < end else 0):
        opened: list[int] = []
        for hit in _ANY_BRACKET.finditer(text, first, end):
            if hit[0] in BRACKETS:
                opened.append(hit.start())
            elif opened and BRACKETS[text[opened[-1]]] == hit[0]:
                open_ = opened.pop()
                if not opened:
                    found.append((open_, hit.start()))
        if not opened:
            break
        first = opened[0] + 1
    return found


def _bracket_label(text: str, open_: int, close: int, end: int) -> Label | None:
    after = text[close + 1 : close + 2]
    before = text[open_ - 1 : open_]
    if close - open_ < 3 or not (before in "。；！ \n" or after in "。；\n" or close + 1 >= end):
        return None
    label = read_bracket(text, open_ + 1, close)
    if label is not None and label.bare and before not in "。；！":
        return None
    if label is not None:
        label.start, label.end = open_, close + 1
    return label
