"""Who must do it: units and persons at a place of a sentence, and the role they have there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim
from luoshi.text.wordlists import groups

LONGEST = 40  # characters of one owner's name
STRONG = ("要", "应", "须", "将", "会同", "牵头", "负责", "配合", "协助", "参与", "不得", "需", "抓好", "做好")
NOT_STRONG = (
    "要害", "要素", "要求", "要闻", "应急", "应用", "应届", "应对", "应收", "将军", "需求", "主要", "重要", "供应", "响应", "反应",
    "对应", "适应", "效应", "必要", "需要", "纪要", "即将", "急需", "所需", "负责人", "负责同志", "相应", "应有",
)  # fmt: skip
TAIL = pattern(r"等?(?:其他)?(?:有关|相关|各)?(?:市直|县直|区直)?(?:部门|单位|各方)?(?:的)?(?:主要)?(?:负责人|负责同志)?")
_TAIL = pattern(r"等(?:\d{1,3}[个家名位]|[一二三四五六七八九十]{1,3}[个家名位])?(?:其他)?(?:有关|相关)?(?:部门|单位|地区|方面|机构|企业)?")
_ETC = pattern(
    r"(?P<list>[^，。；：（）“”]{2,14}(?:、[^，。；：（）“”、]{2,14}){2,40})等[^，。；：、]{0,14}(?:部门|单位|机构)(?=要|应|须|负责|将|在|根据|按)"
)
_PERSON = pattern(r"(?P<name>[\u3400-\u9fff]{2,4})(?:同志|书记|市长|县长|区长|镇长|主任|局长)")
NAMED = pattern(r"[\u3400-\u9fff]{2,4}同志")


@dataclass(frozen=True, slots=True)
class Owner:
    """A name in the folded text. `kind` is unit, person, leader or general (全区上下, 各地 …)."""

    start: int
    end: int
    kind: str


@cache
def _endings() -> tuple[frozenset[str], frozenset[str], int]:
    table = groups("units")
    known = frozenset((*table["ending"], *table["person"], *table["leader"]))
    return known, frozenset(word[-1] for word in known), max(map(len, known))


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(groups("units")[name])


@cache
def _after() -> tuple[frozenset[str], int]:
    words = frozenset(groups("units")["after"])
    return words, max(map(len, words))


def follows(text: str, at: int, end: int) -> bool:
    """Whether a name may end at this place: a verb, a preposition, a mark, a time comes next."""
    if at >= end:
        return True
    if text[at] in "，、。；：（）和及与0123456789 \n”" or text.startswith("以及", at):
        return True
    words, longest = _after()
    return any(text[at : at + size] in words for size in range(1, min(longest, end - at) + 1))


def strong(text: str, at: int) -> str:
    """The word at this place that can only follow the subject of an order, "" if none."""
    for word in STRONG:
        if text.startswith(word, at):
            if len(word) == 2 and text.startswith(("部门", "单位", "领导", "处室", "科室", "机构", "人", "企业", "的"), at + 2):
                return ""
            near = text[max(0, at - 1) : at + 4]
            return "" if any(other in near and _covers(text, at, other) for other in NOT_STRONG) else word
    return ""


def _covers(text: str, at: int, word: str) -> bool:
    return any(text.startswith(word, at - shift) for shift in range(len(word)) if at >= shift)


def names_unit(text: str) -> str:
    """The kind of owner that the words name by their ending, "" if they name none."""
    if text in _set("special"):
        return "unit"
    stops = _set("stop")
    if text in stops or any(len(stop) > 1 and text.endswith(stop) for stop in stops):
        return ""
    if text in _set("leader") or any(text.endswith(word) for word in _set("leader")):
        return "leader"
    known, _, longest = _endings()
    for size in range(min(longest, len(text)), 0, -1):
        if text[-size:] in known:
            if size == len(text) == 1:
                return ""
            return "person" if text[-size:] in _set("person") else "unit"
    if text[0] == "各" and 2 <= len(text) <= 8:
        return "unit"
    return "unit" if len(text) >= 2 and text[-1] in "区县市省州旗" else ""


def owner_at(text: str, start: int, end: int) -> Owner | None:
    """The owner whose name begins at `start` and is followed by what may follow an owner.

    A name that ends right before 要, 应, 牵头 … wins; else the first that fits, drawn out while
    a longer one fits close behind it (市委 to 市委宣传部).
    """
    if not _may_begin(text, start, end):
        return None
    best: Owner | None = None
    at = start
    while at < min(end, start + LONGEST):
        if text[at] == "（":
            close = text.find("）", at, min(end, at + 16))
            if close < 0:
                break
            at = close
        elif text[at] in "，。；：《》\n）、" and not (text[at] == "、" and text.startswith("各省、自治区", start)):
            break
        elif at > start and strong(text, at):
            break
        if best is not None and (at - best.end > 12 or text[at] in "在对把将向于为的按每第从就"):
            break
        at += 1
        if at <= end and follows(text, at, end):
            kind = _kind(text, start, at, end)
            if kind:
                best = Owner(start, at, kind)
    return best


@cache
def _never() -> tuple[frozenset[str], frozenset[str]]:
    table = groups("units")
    return frozenset(table["lead"]), frozenset(table["never"])


_NAMING = ("组织部", "宣传部", "促进局", "促进中心", "促进会", "推进办", "推进组", "推进中心", "推进专班", "保障局", "保障部", "保障厅", "治理办", "治理中心", "发展局")


def _may_begin(text: str, start: int, end: int) -> bool:
    """Whether a name may begin with the character or word at this place."""
    lead, _ = _never()
    if text[start : start + 1] in lead or not ("\u3400" <= text[start : start + 1] <= "\u9fff" or text[start : start + 1] == "“"):
        return text.startswith(("中央", "中共", "上海", "中心", "内蒙", "中国", "中小学", "应急", "分管", "一线", "全", "发展改革", "发改", "有关", "会长", "经信", "经发", "经开", "经济", "下属", "上级", "同级", "管委", "管理", "报社", "其他", "该区", "无锡", "三亚", "九江", "十堰", "交警", "交通", "交投", "建设", "会员", "加工", "抓包", "助理", "打假", "办公", "引江", "地方各级", "分公司", "年级", "中", "发", "交", "管", "分", "地"), start) and text[start] not in "在对将把"
    return text[start : start + 2] not in lead and text[start : start + 4] not in lead


def _kind(text: str, start: int, at: int, end: int) -> str:
    words = text[start:at]
    if len(words) < 2 or any(char.isdigit() for char in words):
        return ""
    if "的" in words and not _OF.fullmatch(words):
        return ""
    if words.count("（") != words.count("）") or words.count("“") != words.count("”"):
        return ""
    _, never = _never()
    if any(words[i : i + size] in never for size in (1, 2, 3, 4) for i in range(len(words) - size + 1)):
        return ""
    kind = names_unit(words)
    if kind == "unit" and words[-1] in "区县市省州旗村镇乡" and words not in _set("special"):
        known, _, longest = _endings()
        sure = any(words[-size:] in known for size in range(2, min(longest, len(words)) + 1)) or words.startswith("各")
        if not sure and not strong(text, at) and text[at : at + 1] not in "、，。和及；":
            return ""
    if words in ("各地", "各方", "大家", "我们", "各级") and not (strong(text, at) or text[at : at + 1] in "，、"):
        return ""
    return kind


_OF = pattern(r"(?:其他|包保|分管|联系|挂包|驻村|参与|从事|涉及|没有|具有|符合|承担|负责|未|尚未)[^，。；]{1,20}的(?:单位|部门|企业|机构|领导干部|干部|人员|负责人|同志|高校|地区|镇街|乡镇)")
_PEOPLE = pattern(r"(?P<n>(?:其他|包保|分管|联系|挂包|驻村|参与|从事|涉及|承担)[^，。；：要应]{1,22}的(?:领导干部|党员干部|干部|负责人|人员|同志|单位|部门|企业|机构))(?=要|应|须|负责|必须|需)")


def owners_at(text: str, start: int, end: int) -> tuple[list[Owner], int]:
    """The owners of a list that begins at `start` (A、B和C等部门) and the place after it."""
    hit = _ETC.match(text, start, end)
    if hit:
        return [Owner(first, last, "unit") for first, last in split_names(text, *hit.span("list"))], hit.end()
    found: list[Owner] = []
    at = start
    while at < end:
        people = _PEOPLE.match(text, at, end)
        if people:
            found.append(Owner(at, people.end("n"), names_unit(people["n"].rsplit("的", 1)[1]) or "unit"))
            at = people.end("n")
            break
        owner = owner_at(text, at, end) or _merged(text, at, end)
        if owner is None:
            break
        if owner.kind == "general":
            break
        found.append(owner)
        at = owner.end
        step = _separator(text, at, end)
        if not step:
            break
        if text.startswith(("和部门", "和单位"), at) and follows(text, at + 3, end):
            found[-1] = Owner(owner.start, at + 3, owner.kind)
            at += 3
            break
        at += step
    if found and text[found[-1].end : at].strip("、和及以与，") == "" and at > found[-1].end:
        at = found[-1].end
    hit = _TAIL.match(text, at, end) if found else None
    return found, hit.end() if hit else at


def _separator(text: str, at: int, end: int) -> int:
    if at >= end:
        return 0
    if text.startswith("以及", at):
        return 2
    return 1 if text[at] in "、和及" else 0


def _merged(text: str, start: int, end: int) -> Owner | None:
    """A name that a list mark cuts in two (各级政府性融资担保、再担保机构; 省、市政府)."""
    at = text.find("、", start, min(end, start + 14))
    hops = 0
    while at > 0 and hops < 3:
        owner = owner_at(text, at + 1, end)
        if owner is not None:
            head = text[start:at]
            if "，" in head or not all("\u3400" <= char <= "\u9fff" or char in "、（）" for char in head):
                return None
            if any(strong(text, place) for place in range(start + 1, at)) or not _may_begin(text, start, end):
                return None
            _, never = _never()
            if any(head[i : i + size] in never for size in (1, 2, 3, 4) for i in range(len(head) - size + 1)):
                return None
            return Owner(start, owner.end, owner.kind)
        at = text.find("、", at + 1, min(end, at + 14))
        hops += 1
    return None


def split_names(text: str, start: int, end: int) -> list[Span]:
    """The names of a field or bracket (A、B，C和D等有关部门), tails dropped; nothing is checked."""
    spans: list[Span] = []
    first, depth = start, 0
    for at in range(start, end + 1):
        char = text[at] if at < end else "、"
        if char == "（":
            depth += 1
        elif char == "）":
            depth = max(0, depth - 1)
        if depth or char not in "、，,；; /\n":
            continue
        spans.extend(_halves(text, *trim(text, first, at)))
        first = at + 1
    return [span for span in (_without_tail(text, *span) for span in spans) if span[1] > span[0]]


def _halves(text: str, start: int, end: int) -> list[Span]:
    for word in ("以及", "和", "及"):
        at = text.find(word, start + 2, end)
        if at > 0 and names_unit(text[start:at]) and names_unit(_bare(text[at + len(word) : end])):
            if text[at + len(word) : end] in ("部门", "单位"):
                return [(start, end)]
            return [(start, at), *_halves(text, at + len(word), end)]
    return [(start, end)] if end > start else []


def _bare(words: str) -> str:
    return words.split("等")[0] or words


def _without_tail(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    if words in ("等", "等部门", "等单位", "等有关部门", "等相关部门", "等有关单位"):
        return start, start
    at = words.rfind("等")
    if at > 1 and TAIL.fullmatch(words[at:]):
        return start, start + at
    return start, end
