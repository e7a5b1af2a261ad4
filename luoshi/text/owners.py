"""Who must do it: the names of units and persons at a place of a sentence."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from luoshi.text.marks import Marks, between, marks
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim
from luoshi.text.wordlists import groups

LONGEST = 40  # characters of one owner's name
LONGEST_BY_WORK = 12  # and of one that begins with a word of work
LONGEST_ACT = 6  # characters of a verb that tells that no name begins with it
STRETCH = 12  # a longer name that fits may end so many characters behind a shorter one
_STRONG = pattern(
    r"(?<=[处局署司部厅院心府队厂所科室团站])会(?![议同员计谈上场晤商见展前后长费址标徽期务所刊籍审签诊车])|请(?=[于在将按])|并(?=[应要须将需])|亦(?=[应要须将需])|要|应|须|将|会同|联同|偕同|牵头|负责|配合|协助|参与|不得|需|抓好|做好|均|也|都要|还要|必须|任组长|任副组长|担任|任指挥长|任总指挥|为组长|为成员|挂帅|一定要?|务必|都"
)
_NOT_STRONG = pattern(
    r"要害|要素|要求|要闻|要点|(?<=主)要|(?<=重)要|(?<=必)要|(?<=需)要|(?<=纪)要|(?<=概)要|(?<=首)要|应急|应用|应届|应对|应收|应有|应当下|将军|需求|所需|(?<=急)需|(?<=视)需|(?<=所)需|(?<=[感呼回答策接顺照])应|(?<=供)应|(?<=响)应|(?<=反)应|(?<=对)应|(?<=适)应|(?<=效)应|(?<=相)应|(?<=即)将|均衡|(?<=平)均|(?<=人)均"
    r"|(?:牵头|负责|配合|协助|参与)(?:部门|单位|领导|处室|科室|机构|人|企业|同志|的)"
)
_TAIL_WORDS = pattern(
    r"等?(?:其他)?(?:有关|相关|各)?(?:市直|县直|区直|国家|省级|市级)?(?:部门|单位|各方)?(?:的)?(?:主要)?(?:负责人|负责同志)?"
)
_TAIL = pattern(
    r"等(?:\d{1,3}[个家名位]|[一二三四五六七八九十]{1,3}[个家名位])?(?:其他)?(?:有关|相关)?(?:部门|单位|地区|方面|机构|企业)?"
)
_ETC = pattern(
    r"(?P<list>[^，。；：（）“”]{2,14}(?:、[^，。；：（）“”、]{2,14}){1,40})等(?:[^，。；：、]{0,10}(?:领域|行业|系统))?(?:有关|相关|多个|\d{1,2}个|产权|管线|运营|成员|职能|责任|主管|建设)?(?:部门|单位|机构)"
)
_OF = pattern(
    r"(?:其他|包保|分管|联系|挂包|驻村|参与|从事|涉及|没有|具有|符合|承担|负责|未|尚未)[^，。；]{1,20}的(?:单位|部门|企业|机构|领导干部|干部|人员|负责人|同志|高校|地区|镇街|乡镇)"
)
_PEOPLE = pattern(
    r"(?P<n>(?:其他|包保|分管|联系|挂包|驻村|参与|从事|涉及|承担)[^，。；：要应]{1,22}的(?P<k>领导干部|党员干部|干部|负责人|人员|同志|单位|部门|企业|机构))(?=要|应|须|负责|必须|需)"
)
_BREAKS = pattern(
    r"是(?!非)|[\u3400-\u9fff](?:再(?!生|担保|就业|教育|造)|又)|[\u3400-\u9fff]从(?!业)|(?<![保安])全部|[考会课饭雨灾事午赛战节汛周月年日]后|[一二两三四五六七八九十\d]个?[周月日天年]内|[年月日周]底?前|报(?=[到给送请])|(?<![自理缘])由|(?<![申聘邀提])请|等(?=部门|单位|有关|相关|地|方面|\d|$)"
)
_THINGS = ("各项", "各种", "各类", "各条", "各环节", "各指标", "各方面工作")
_ONE_LETTER = frozenset("地区县市镇乡村州旗省校院局办所站队组部委方级处科室支企园街厂矿司线单人")
_PLACES = "区县市省州旗村镇乡"
_BOUND_ONLY = ("各地", "各方", "大家", "我们", "各级", "各方面")
_OPENERS = pattern(
    r"发展改革|发展规划|发展研究|发展部|发展中心|发展集团|发展公司|发展局|不动产|开发区|研究生|研究院|研究所|研究会|招标代理|招标办|示范区|试验区|保护区|收费站|救助站|调查队|转运|中央|中共|中心|中国|中小|中|应急|分管|全[区市县镇省州校院系]|发展改革|发改|有关|会长|会员|经信|经发|经开|经济|经营|经贸|自然资源|自贸|自治|自来水|自由贸易|要素|能源|可再生|有色|多式|无线电|从业|未成年|上级|下属|管委|管理|其他|交警|交通|交投|办公|地方|发|交|建设|设计|施工|监理|运营|督查|巡察|招商|组织部|宣传部|统计|审计|审批|检测|救援|公共|教育|改革|评估|调解|征收|规划|储备|服务|监督|检察|检验|项目|参会|参建|协会|牵头(?:单位|部门|领导|处室|机构)|配合(?:单位|部门)|协办单位|责任|试点|承办|承担单位|招生|培训|生产|农业|养老|信访|行政|党政|用人|包保|包联|挂点|联系|驻村|整治办|登记|公安|保障部|供电|供水|供热|供销|市场监管|科技|网信|报社|分公司|管护|物业|企业|收储|投资|住建|住房|人力|人社"
)


_IN_NAME = pattern(
    r"部(?![分署])|处(?![理置罚])|科(?![技学研])|中心|公司|集团|局(?![面势部])|室(?!内)|办(?![理法好结])|组(?![织成建])|队(?!伍)"
    r"|站(?!位)|所(?![有需在属])|厂(?!房)|车间|机构|委员会|小组|领导小组|指挥部|大队|支队|人员|专班"
)


class Owner(NamedTuple):
    """A name in the folded text. `kind` is unit, person or leader."""

    start: int
    end: int
    kind: str


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(groups("units")[name])


@cache
def _known() -> tuple[frozenset[str], int]:
    table = groups("units")
    known = frozenset((*table["ending"], *table["person"], *table["leader"]))
    return known, max(map(len, known))


_RATE = pattern(r"[\u3400-\u9fff]{2}(?:[\u3400-\u9fff]{0,2}率(?![先领队])|总?量|总?额)")


def follows(text: str, at: int, end: int, seen: Marks) -> bool:
    """Whether a name may end at this place: a verb, a preposition, a mark, a time comes next."""
    if at >= end or text[at] in "，、。；：（）和及与等0123456789 \n”":
        return True
    if text.startswith(("代表", "代办"), at) or _RATE.match(text, at, end):
        return False
    return seen.after[at] == 1 and not _NOT_STRONG.match(text, at)


def strong(text: str, at: int) -> str:
    """The word at this place that can only follow the subject of an order, "" if none."""
    return strong_words(text).get(at, "")


@lru_cache(maxsize=2)
def strong_words(text: str) -> dict[int, str]:
    found = {}
    for hit in _STRONG.finditer(text):
        first, end = hit.span()
        if not _NOT_STRONG.match(text, first):
            found[first] = hit[0]
        for at in range(first + 1, end):
            word = _STRONG.match(text, at)
            if word and not _NOT_STRONG.match(text, at):
                found[at] = word[0]
    return found


_BODIES = ("党组织", "团组织", "工会组织", "群团组织")  # 组织 alone is a verb


@lru_cache(maxsize=4096)
def names_unit(words: str) -> str:
    """The kind of owner that the words name by their ending, "" if they name none."""
    if words.endswith("）") and "（" in words:
        words = words[: words.rfind("（")] or words
    if words in _set("special") or words.endswith(_BODIES) and len(words) > 3:
        return "unit"
    stops = _set("stop")
    if (
        not words
        or words in stops
        or any(words[-size:] in stops for size in (2, 3, 4, 5, 6, 7) if size <= len(words))
    ):
        return ""
    if any(words[-size:] in _set("leader") for size in range(2, 8) if size <= len(words)):
        return "leader"
    if (
        len(words) >= 4
        and words.endswith("领导")
        and any(mark in words for mark in "牵管包挂联责带")
    ):
        return "leader"
    if words in _set("whole"):
        return ""
    if any(words.endswith(tail) and len(words) >= len(tail) + 2 for tail in _set("tail")):
        return "unit" if not words.endswith("系统") or _of_field(words) else ""
    known, longest = _known()
    for size in range(min(longest, len(words)), 0, -1):
        if words[-size:] in known:
            if size == len(words) == 1:
                return ""
            return "person" if words[-size:] in _set("person") else "unit"
    if words[-1] in "后时前内里":
        return ""
    if words.startswith(_THINGS) and not words.startswith("各项目"):
        return ""
    if words[0] == "各" and (3 <= len(words) <= 8 or words[1:] in _ONE_LETTER):
        return "unit"
    return "unit" if len(words) >= 2 and words[-1] in "区县市省州旗" else ""


def _of_field(words: str) -> bool:
    """Whether a system is one of offices (宣传文化系统, 全市政法系统) and no thing."""
    before = words[:-2]
    return before[-1] in "省市县区级" or any(before.endswith(word) for word in _fields())


def owner_at(text: str, start: int, end: int, *, given: bool = False) -> Owner | None:
    """The owner whose name begins at `start` and is followed by what may follow an owner.

    A name that ends right before 要, 应, 牵头 … wins; else the first that fits, drawn out while a
    longer one fits close behind it (市委 to 市委宣传部). `given`: 由 or 请 stands before it, any
    words may follow.
    """
    seen = marks(text)
    if not _may_begin(text, start, seen):
        return _named_by_work(text, start, end, seen)
    best: Owner | None = None
    loose: Owner | None = None
    bounds, ending, every = strong_words(text), seen.ending, text[start] == "各"
    at, limit = start, min(end, start + LONGEST)
    while at < limit:
        char = text[at]
        if char == "（":
            at = _over_bracket(text, at, end)
            char = text[at]
        if at in bounds and at > start:
            kind = _kind(text, start, at, seen)
            return (
                Owner(start, at, kind) if kind and (best is None or _sure(text, at, seen)) else best
            )
        if (
            char in _CLOSING
            and _closed(text, start, at)
            or best is not None
            and _broken(text, best, at, seen)
        ):
            break
        at += 1
        if at > end or not (every or ending[at] or char in _PLACES):
            continue
        if not (follows(text, at, end, seen) or given and text[at] not in _WITHIN):
            continue
        kind = _kind(text, start, at, seen) if best is None or at - best.end <= STRETCH else ""
        if kind and (_sure(text, at, seen) or at - start <= 2):
            best = Owner(start, at, kind)
        elif kind and loose is None and text[at : at + 1] in ("、", "，"):
            loose = Owner(start, at, kind)
    return best or loose


def _named_by_work(text: str, start: int, end: int, seen: Marks) -> Owner | None:
    """A name that begins with a word of work (宣传文化系统): only right before 要, 应, 牵头 …"""
    length = seen.acting[start]
    if not 0 < length <= LONGEST_ACT or text[start : start + length] not in _set("naming"):
        return None
    if text[start : start + 2] in _set("lead"):
        return None
    bounds = strong_words(text)
    for at in range(start + length + 1, min(end, start + LONGEST_BY_WORK) + 1):
        if at in bounds:
            kind = _kind(text, start, at, seen) if seen.ending[at] > 1 else ""
            return Owner(start, at, kind) if kind else None
        if text[at - 1] in "，。；：、的":
            break
    return None


def _over_bracket(text: str, at: int, end: int) -> int:
    """The closing bracket of a short bracket that opens here, else the same place."""
    close = text.find("）", at, min(end, at + 16))
    return close if close > 0 else at


_WITHIN = frozenset("长员民级内外的里上下间者家户属区界")  # what goes on a word, and no verb
_CLOSING = frozenset("、），。；：《（\n对把》")


def _closed(text: str, start: int, at: int) -> bool:
    """Whether no name goes on over this place: a mark, an unclosed bracket, 对 or 把."""
    char = text[at]
    if char == "、":
        return not text.startswith("各省、自治区", start)
    if char == "）":
        return text.rfind("（", start, at) < 0
    return char in "，。；：《》（\n" or char in "对把" and at > start


def _broken(text: str, best: Owner, at: int, seen: Marks) -> bool:
    """Whether a name that fits so far cannot be drawn out over this place."""
    char = text[at]
    if char in "在对把将向于为的按以每第从就报给" or seen.never[best.end] <= at:
        return True
    return best.end == at and (char in "和及与" or _acts_on(text, at, seen))


def _sure(text: str, at: int, seen: Marks) -> bool:
    """Whether what stands before this place ends as names of units end."""
    return bool(seen.ending[at]) or text[at - 1] in _PLACES + "）"


def _acts_on(text: str, at: int, seen: Marks) -> bool:
    """Whether a verb of work begins here that is no part of a longer name (市委宣传部)."""
    length = seen.acting[at]
    if not 0 < length <= LONGEST_ACT or _IN_NAME.match(text, at + length):
        return False
    return text[at : at + length] not in _set("tail")


@cache
def _first_letters() -> frozenset[str]:
    """The characters that a word of the openers begins with."""
    return frozenset(word[0] for word in _OPENERS.pattern.split("|") if word)


def _may_begin(text: str, start: int, seen: Marks) -> bool:
    """Whether a name may begin with the character or word at this place."""
    char = text[start : start + 1]
    if not ("\u3400" <= char <= "\u9fff" or char == "“"):
        return False
    if char in _first_letters() and _OPENERS.match(text, start):
        return True
    lead = _set("lead")
    if text[start : start + 2] in lead:
        return bool(_IN_NAME.match(text, start + 2))
    if char in lead or text[start : start + 4] in lead:
        return False
    return not _acts_on(text, start, seen)


def _kind(text: str, start: int, at: int, seen: Marks) -> str:
    words = text[start:at]
    if (
        len(words) < 2
        or seen.never[start] <= at
        and not _OF.fullmatch(words)
        or not words.isalpha()
        and any(char.isdigit() for char in words)
    ):
        return ""
    if "的" in words and not _OF.fullmatch(words) or _BREAKS.search(words):
        return ""
    acts = between(seen.acts, start, at)
    if acts:
        naming = _set("naming")
        if any(text[a:b] not in naming and not _IN_NAME.match(text, b) for a, b in acts):
            return ""
    if not words.isalpha() and (
        words.count("（") != words.count("）") or words.count("“") != words.count("”")
    ):
        return ""
    kind = names_unit(words)
    place = kind == "unit" and words[-1] in _PLACES and words not in _set("special")
    if place and words[0] != "各" and seen.ending[at] < 2 and not _bound(text, at):
        return ""
    if words in _BOUND_ONLY and not (
        strong(text, at)
        or text[at : at + 1] in "，、"
        or words == "各地"
        and seen.after[at]
        and text[at] != "已"
    ):
        return ""
    return kind


def _bound(text: str, at: int) -> bool:
    """Whether what follows can only stand behind a whole name (石樾区要, 鹭湾区、)."""
    return bool(strong(text, at)) or text[at : at + 1] in "、，。和及；等"


_PEOPLE_LETTERS = frozenset("其包分联挂驻参从涉承")


def owners_at(text: str, start: int, end: int, *, given: bool = False) -> tuple[list[Owner], int]:
    """The owners of a list that begins at `start` (A、B和C等部门) and the place after it."""
    hit = None
    stop = min(end, start + 400)
    if text.find("、", start, min(end, start + 15)) >= 0 and text.find("等", start, stop) >= 0:
        hit = _ETC.match(text, start, stop)
    if (
        hit
        and follows(text, hit.end(), end, marks(text))
        and _may_begin(text, start, marks(text))
        and marks(text).never[start] > hit.end("list")
    ):
        return [
            Owner(first, last, "unit") for first, last in split_names(text, *hit.span("list"))
        ], hit.end()
    found, at = _fields_at(text, start, end)
    if text.startswith(("部门", "机关"), at) and found:
        found[-1] = Owner(found[-1].start, at + 2, "unit")
        at += 2
    elif not given:
        found, at = [], start
    if found:
        return found, at
    while at < end:
        people = text[at] in _PEOPLE_LETTERS and _PEOPLE.match(text, at, end)
        owner = (
            Owner(at, people.end("n"), names_unit(people["k"]) or "unit")
            if people
            else _twofold(text, at, end)
            or owner_at(text, at, end, given=given)
            or _merged(text, at, end)
        )
        if owner is None:
            break
        found.append(owner)
        at = owner.end
        if text.startswith(("和部门", "和单位"), at) and not text.startswith("和单位主", at):
            found[-1] = Owner(owner.start, at + 3, owner.kind)
            at += 3
            break
        step = _separator(text, at, end)
        if not step:
            break
        at += step
    if found and at > found[-1].end and text[found[-1].end : at] in ("、", "和", "及", "以及"):
        at = found[-1].end
    hit = _TAIL.match(text, at, end) if found and text[at : at + 1] == "等" else None
    return found, hit.end() if hit else at


@cache
def _fields() -> frozenset[str]:
    return frozenset(groups("units")["field"])


LONGEST_FIELD = 5


def _fields_at(text: str, start: int, end: int) -> tuple[list[Owner], int]:
    """The fields that stand for their departments behind 由 or 请 (由水利、公安联合值守), two or more."""
    found: list[Owner] = []
    at = start
    while at < end:
        size = next((n for n in range(LONGEST_FIELD, 1, -1) if text[at : at + n] in _fields()), 0)
        if not size or at + size > end:
            break
        found.append(Owner(at, at + size, "unit"))
        at += size
        if not text.startswith(("、", "和"), at):
            return (found, at) if len(found) > 1 else ([], start)
        at += 1
    return [], start


_TWOFOLD = pattern(
    r"(?P<first>[\u3400-\u9fff]{2,8})与[\u3400-\u9fff]{2,8}?(?:管理处|事务处|管理部|管理局|办公室|委员会|研究院|研究所|处|部|局|科|司|署|中心|学院)(?![\u3400-\u9fff]{0,3}[处部局科司])"
)


def _twofold(text: str, start: int, end: int) -> Owner | None:
    """A unit of two fields (实验室与设备管理处, 国际合作与交流处): 与 joins no two units there."""
    if text.find("与", start + 2, min(end, start + 9)) < 0:
        return None
    hit, seen = _TWOFOLD.match(text, start, end), marks(text)
    if not hit or not (follows(text, hit.end(), end, seen) or strong(text, hit.end())):
        return None
    first, naming = hit["first"], _set("naming")
    if (
        _BREAKS.search(hit[0])
        or names_unit(first)
        and first[-1] != "室"
        or not _may_begin(text, start, seen)
    ):
        return None
    works = between(seen.acts, start, hit.end())
    if any(text[a:b] not in naming and not _IN_NAME.match(text, b) for a, b in works):
        return None
    return Owner(start, hit.end(), "unit")


def _separator(text: str, at: int, end: int) -> int:
    if at >= end:
        return 0
    if text.startswith("以及", at):
        return 2
    return 1 if text[at] in "、和及" else 0


def _merged(text: str, start: int, end: int) -> Owner | None:
    """A name that a list mark cuts in two (各级政府性融资担保、再担保机构; 省、市政府)."""
    at = text.find("、", start, min(end, start + 14))
    if at < 0:
        return None
    seen = marks(text)
    if not _may_begin(text, start, seen) or seen.never[start] <= at:
        return None
    for _ in range(3):
        stop = next(
            (
                p
                for p in range(at + 2, min(end, at + 16))
                if strong(text, p) or text[p] in "，。；：、"
            ),
            -1,
        )
        if stop < 0:
            return None
        if strong(text, stop):
            kind = names_unit(text[at + 1 : stop])
            plain = all(
                "\u3400" <= char <= "\u9fff" or char in "、（）" for char in text[start:stop]
            )
            return Owner(start, stop, kind) if kind and plain and seen.never[start] > stop else None
        if text[stop] != "、":
            return None
        at = stop
    return None


_NAME_MARKS = pattern(r"[（）、，,；; /\n]")


def split_names(text: str, start: int, end: int) -> list[Span]:
    """The names of a field or bracket (A、B，C和D等有关部门), tails dropped; nothing is checked."""
    spans: list[Span] = []
    first, depth = start, 0
    for hit in _NAME_MARKS.finditer(text, start, end):
        char = hit[0]
        if char == "（":
            depth += 1
        elif char == "）":
            depth = max(0, depth - 1)
        elif not depth:
            spans.extend(_halves(text, *trim(text, first, hit.start())))
            first = hit.end()
    if not depth:
        spans.extend(_halves(text, *trim(text, first, end)))
    return [span for span in (_without_tail(text, *span) for span in spans) if span[1] > span[0]]


_AND = pattern("[和及]")


def _halves(text: str, start: int, end: int) -> list[Span]:
    if end - start > 80:
        return [(start, end)]
    for word in ("以及", "和", "及") if _AND.search(text, start, end) else ():
        at = text.find(word, start + 2, end)
        if at > 0 and names_unit(text[start:at]) and names_unit(_bare(text[at + len(word) : end])):
            if text[at + len(word) : end] in ("部门", "单位"):
                return [(start, end)]
            return [(start, at), *_halves(text, at + len(word), end)]
    return [(start, end)] if end > start else []


def _bare(words: str) -> str:
    return words.split("等")[0] or words


def _without_tail(text: str, start: int, end: int) -> Span:
    if text.find("等", start, end) < 0:
        return start, end
    words = text[start:end]
    if words in ("等", "等部门", "等单位", "等有关部门", "等相关部门", "等有关单位"):
        return start, start
    at = words.rfind("等")
    if at > 1 and _TAIL_WORDS.fullmatch(words[at:]):
        return start, start + at
    return start, end
