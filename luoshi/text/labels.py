"""Owner labels: brackets behind an item (…负责), fields (牵头单位：…), conventions stated once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from luoshi.text.heads import field_kind
from luoshi.text.names import name_end, posts
from luoshi.text.owners import names_unit, owners_at, split_names
from luoshi.text.patterns import pattern
from luoshi.text.sentences import ALL, Span, bracketed, cut, trim

ROLES = (
    "lead_leaders",
    "lead_units",
    "responsible_units",
    "cooperating_units",
    "responsible_people",
)
_VERB = pattern(
    r"(?P<lead>(?:共同|联合|具体|负责)?牵头(?:负责|落实|抓总|组织|组织实施|推进|抓落实)?|负总责|主办|抓总)$"
    r"|(?P<coop>(?:协同|协助|积极|共同|分别)?(?:配合|协办|协助|参与|参加|指导|支持|督导|协同)(?:落实|做好|实施|完成|推进)?)$"
    r"|(?P<resp>(?:按职责(?:分工)?|分别|共同|具体|兜底|按照?职责(?:分工)?|分头)?(?:负责(?:落实|实施|组织实施)?|落实|承办|组织实施|实施|包干|承担))$"
)
_FIRST_LEADS = pattern(
    r"(?:(?:列|排|排名|排序|名列|位列|居)(?:在)?(?:第一|首)(?:位|名|个|家)?|(?:第一|首)(?:位|个|家))(?:的|者)?(?:责任)?(?:单位|部门|机关)?(?:为|是|系|即)[^，。；（）]{0,4}(?:牵头|主办|主责)[^，。；（）]{0,6}"
)
_EVERYWHERE = pattern(
    r"以下均?(?:需|须|由|应由|需由|要由){1,3}(?P<list>[^，。；（）]{2,30}?)(?:负责)?(?:落实|负责|实施|承担)"
)
_SAME = pattern(
    r"(?:责任|牵头|配合)?(?:分工|单位|部门|领导|人)?(?:同上|同前|同上条|同上项|同第\d{1,2}项)"
)
_ANY_BRACKET = pattern(r"[（）【】〔〕]")
RETRIES = 3
LONGEST_HEADS = 40  # field names before a colon
REMARK = 40  # a longer remark is prose
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


def field_heads(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The label words with a colon in the span: start, end, what they hold; one for each name."""
    found: list[tuple[int, int, str]] = []
    at = text.find("：", start, end)
    while at >= 0:
        hit = _BEFORE_COLON.search(text, max(start, at - LONGEST_HEADS), at)
        size, kinds = _head_before(hit[0]) if hit else (0, ())
        found.extend((at - size, at + 1, kind) for kind in kinds)
        at = text.find("：", at + 1, end)
    return found


_BEFORE_COLON = pattern(r"[\u3400-\u9fff（）、/ ]{1,40}$")
_STARTS = pattern(r"(?<![\u3400-\u9fff])[\u3400-\u9fff]")
_AND_NAMES = pattern("[、/及和]")
_NOTED = pattern(r"（[^（）]{1,10}）$")


@lru_cache(maxsize=4096)
def _head_before(words: str) -> tuple[int, tuple[str, ...]]:
    """How long the field names before a colon are, and what they hold; several may share a value
    (牵头领导、责任单位：同上)."""
    plain = words.removesuffix(" ")
    for hit in _STARTS.finditer(plain):
        kinds = _kinds_of(plain[hit.start() :])
        if kinds:
            return len(words) - hit.start(), kinds
    return 0, ()


def _kinds_of(head: str) -> tuple[str, ...]:
    whole = field_kind(_NOTED.sub("", head))
    if whole:
        return (whole,)
    names = _AND_NAMES.split(head) if len(head) <= LONGEST_HEADS else []
    kinds = tuple(field_kind(_NOTED.sub("", name)) for name in names)
    return kinds if len(kinds) > 1 and all(kinds) else ()


def read_fields(text: str, start: int, end: int) -> Label | None:
    """The label made of fields (牵头单位：A 责任单位：B), None when the span has none."""
    heads = field_heads(text, start, end)
    if not heads:
        return None
    label = Label(heads[0][0], end)
    for _, after, kind in heads:
        following = next((head[0] for head in heads if head[0] >= after), end)
        value = _value(text, after, following)
        if value[0] >= value[1]:
            continue
        if kind in ROLES:
            _owners_of_field(text, label, kind, value)
        else:
            label.fields.setdefault(kind, []).append(value)
            if kind == "ignore":
                _remarked(text, label, value)
    return label


def _remarked(text: str, label: Label, value: Span) -> None:
    """Put the owners that a remark names by their role (县公司协助) to the label."""
    noted = read_bracket(text, *value) if value[1] - value[0] <= REMARK else None
    if noted is not None and not noted.bare:
        for role, spans in noted.owners.items():
            label.add(role, spans)


def says_same(text: str, start: int, end: int) -> bool:
    """Whether the words only say that the owners of the item before hold here too."""
    return bool(_SAME.fullmatch(text, start, end))


def first_leads(text: str) -> bool:
    """Whether the text states that the unit named first leads."""
    return bool(_FIRST_LEADS.search(text))


def first_leads_throughout(text: str) -> bool:
    """Whether it states so outside a label's bracket, for the whole paper."""
    hit = _FIRST_LEADS.search(text)
    if not hit:
        return False
    before = text[text.rfind("\n", 0, hit.start()) + 1 : hit.start()]
    return before.count("（") <= before.count("）")


def cell_label(text: str, cell: Span, kind: str) -> Label:
    """The owners that a table's cell gives; a role printed in it (市发改局牵头) comes before the column's."""
    inner = read_fields(text, *cell)
    if inner is not None and inner.owners:
        return inner
    label = Label(*cell)
    _owners_of_field(text, label, kind, cell, cell=True)
    if kind == "responsible_units":
        _persons_apart(text, label)
    return label


def _cell_names(text: str, start: int, end: int) -> list[Span]:
    """The names of a cell: a blank or line break that cuts a name in two is none between names."""
    names: list[Span] = []
    for first, last in split_names(text, start, end):
        while (
            last > first
            and not "\u3400" <= text[last - 1] <= "\u9fff"
            and text[last - 1] not in "）”"
        ):
            last -= 1
        if last <= first:
            continue
        gap = text[names[-1][1] : first] if names else ""
        if gap and gap.isspace() and not _two_names(text, names[-1], (first, last)):
            names[-1] = (names[-1][0], last)
        else:
            names.append((first, last))
    return names


def _two_names(text: str, first: Span, second: Span) -> bool:
    """Whether both words name somebody; a post and its holder's name are one."""
    person = is_person(text, *second)
    if person and _post(text[slice(*first)]):
        return False
    known = bool(names_unit(text[slice(*first)])) or is_person(text, *first)
    return known and (person or bool(names_unit(text[slice(*second)])))


def _post(words: str) -> bool:
    """Whether the words end in a post (区委常委, 副县长)."""
    if names_unit(words) in ("leader", "person"):
        return True
    known, longest = posts()
    return any(words[-size:] in known for size in range(2, min(longest, len(words)) + 1))


def _value(text: str, start: int, end: int) -> Span:
    first, last = trim(text, start, end)
    while last > first and text[last - 1] in "。；，、 （【—":
        last -= 1
    return first, last


def _owners_of_field(
    text: str, label: Label, kind: str, value: Span, *, cell: bool = False
) -> None:
    if _SAME.fullmatch(text, *value):
        label.same.add(kind)
        return
    found = _FIRST_LEADS.search(text, *value)
    if found:
        label.first_leads = True
        value = (value[0], max(value[0], found.start() - 1))
    words = text[slice(*value)]
    noted = any(f"（{note}" in words for note in _ROLE_NOTES) or bool(_AIDED.fullmatch(words))
    if not noted and any(word in words for word in ("牵头", "配合", "会同", "参与", "协助")):
        inner = read_bracket(text, *value)
        if inner is not None:
            for role, spans in inner.owners.items():
                for first, last in spans:
                    _place(text, label, kind if role == "responsible_units" else role, first, last)
            return
    if not cell:
        value = _before_table(text, value)
    joined = cell or kind in ("lead_leaders", "responsible_people")
    names = _cell_names(text, *value) if joined else split_names(text, *value)
    if kind == "lead_units" and ("（牵头" in words or "（主办" in words):
        kind = "responsible_units"
    for first, last in names:
        _place(text, label, kind, first, last)


def _place(text: str, label: Label, kind: str, first: int, last: int) -> None:
    open_ = text.find("（", first, last)
    if open_ > first and text[last - 1] == "）":
        role = _ROLE_NOTES.get(text[open_ + 1 : last - 1].removesuffix("单位").removesuffix("部门"))
        if role:
            label.add(role, [(first, open_)])
            return
        inner = read_bracket(text, open_ + 1, last - 1) if _AIDED.match(text, first, last) else None
        for other, spans in inner.owners.items() if inner else ():
            label.add(other, spans)
        last = open_ if inner else last
    at = text.find("会同", first + 2, last)
    if at > 0 and kind != "cooperating_units" and text[at - 1] == "（" and text[last - 1] == "）":
        label.add("cooperating_units", [(at + 2, last - 1)])
        last = at - 1
    elif at > 0 and kind != "cooperating_units":
        label.add("cooperating_units", [(at + 2, last)])
        last = at
    label.add(kind, [(first, last)])


_AIDED = pattern(r"[^（）]{2,60}（[^（）]{2,30}(?:参与|配合|协助|协办)）")  # 安全部（工会参与）
_ROLE_NOTES = {
    "牵头": "lead_units",
    "主办": "lead_units",
    "主责": "lead_units",
    "配合": "cooperating_units",
    "协办": "cooperating_units",
    "协助": "cooperating_units",
    "责任": "responsible_units",
    "分别牵头": "lead_units",
    "共同牵头": "lead_units",
    "联合牵头": "lead_units",
    "总牵头": "lead_units",
}


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
        if text.startswith("会同", first):
            named, after = owners_at(text, first + 2, last, given=True)
            if named and after < last and (hit is None or hit.start() > after):
                label.add("cooperating_units", [(o.start, o.end) for o in named])
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
    if at >= first:
        label.add("cooperating_units", split_names(text, at + 2, end))
        return [(first, at)] if at > first else []
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
