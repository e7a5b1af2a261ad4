"""One clause: its owners, modals, verbs, times and figures."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from luoshi.text.dates import Clock, Moment, moments
from luoshi.text.marks import flagged, marks
from luoshi.text.names import is_name, post_end
from luoshi.text.orders import past_connective, reported, verbs_in
from luoshi.text.owners import Owner, owners_at, strong, strong_words
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, clauses
from luoshi.text.speakers import attribution, ordinal
from luoshi.text.targets import Figure, figures, limit_figure

_MODAL = pattern(
    r"(?:要(?!求|闻|素|害|点|件)|应(?![急用届收对该]|有|变)|应当|应该|须|必须|务必|(?<![说要拖慢舍离怪恨巴等了急松马来少见由容])不得(?![了已不])|严禁|禁止|不准|不再|请(?<![申邀聘提]请)|需(?!求|要)|一律|坚决)"
)
MUST = pattern(rf"(?:都|也|还|均|就|则|一定|更|仍|继续|同时|并|才|既)?{_MODAL.pattern}")
BARE = pattern(
    r"(?:同时|此外|另外|并且|还|也|更|特别是|尤其)?(?:都|也|还)?(?:要(?!求|闻|素|害|点|件)|务必|必须)"
)
_WILL = pattern(
    r"(?:将|拟|计划)(?!军|来|近)|会(?![议同员计谈上场晤商见展前后长费址标徽期务所刊籍审签诊车])"
)
_HANDS = pattern(r"由(?<![理自经缘事]由)|请(?<![申聘邀提]请)")


@dataclass(slots=True)
class Clause:
    """One clause and what it tells. Owners and times are spans of the folded text."""

    start: int
    end: int
    attribution: str = ""
    owners: list[Owner] = field(default_factory=list)
    after: int = 0
    topic: bool = False
    given: bool = False
    modal: bool = False
    bare: bool = False
    will: bool = False
    times: list[Moment] = field(default_factory=list)
    numbers: list[Figure] = field(default_factory=list)
    verbs: list[Span] = field(default_factory=list)
    past: bool = False

    @property
    def orders(self) -> bool:
        """Whether the clause opens an order by its own words."""
        return (
            bool(self.owners and (self.modal or self.will or self.given or self.verbs))
            or self.bare
            or self.modal
        )


@lru_cache(maxsize=2048)
def clause(text: str, start: int, end: int, clock: Clock) -> Clause:
    """What the clause tells. The answer is shared: nobody may change it."""
    made = Clause(start, end, attribution(text, start, end))
    times = moments(text, clock, start, end)
    if times:
        inside = marks(text).quoted
        times = [m for m in times if not inside[m.start]]
        made.times = [m for m in times if not service(text, start, m)]
    made.numbers = figures(text, start, end)
    if times:
        served = [m for m in times if m not in made.times]
        made.numbers = _with_limits(text, made.numbers, made.times, served)
        times = made.times
    made.verbs = verbs_in(text, start, end)
    made.past = bool(times) and _earlier(text, times, clock) or reported(text, start, end)
    head = ordinal(text, start, end)
    _subject(text, made, head)
    if not made.owners:
        _topic_owner(text, made)
    if made.owners and not made.verbs:
        made.verbs = verbs_in(text, made.after, end)
    made.bare = text[head : head + 1] in _BARE_LETTERS and bool(BARE.match(text, head, end))
    made.modal = (
        bool(made.owners and _modal_after(text, made)) or made.bare or _modal_inside(text, made)
    )
    made.will = bool(made.owners and _WILL.search(text, made.after, min(end, made.after + 14)))
    return made


_BARE_LETTERS = frozenset("同此另并还也更特尤都要务必")


def _dated(figure: Figure, times: list[Moment]) -> bool:
    """Whether the figure is a part of a time."""
    return any(m.start <= figure.start < m.end for m in times)


def _with_limits(
    text: str, counted: list[Figure], times: list[Moment], served: list[Moment]
) -> list[Figure]:
    """The figures that are no part of a time, and those of the limits of a service."""
    kept = [figure for figure in counted if not _dated(figure, times)]
    for moment in served:
        figure = limit_figure(text, moment.start, moment.end)
        if figure and not any(moment.start <= f.start < moment.end for f in kept):
            kept.append(figure)
    return sorted(kept, key=lambda figure: figure.start)


def _earlier(text: str, times: list[Moment], clock: Clock) -> bool:
    """Whether a time in a year before that of the document is printed, and not only compared with."""
    return clock.year is not None and any(
        not m.assumed and m.value[:4].isdigit() and int(m.value[:4]) < clock.year
        for m in times
        if text[m.start - 1 : m.start] not in ("较", "比")
    )


_SERVICE = pattern(
    r"[^，。；]{0,4}(?:答复|办结|回[复覆]|函[复覆]|反馈|作出|受理|办理|响应|审核|给出|予以|处置|出具|到场|到达|完成(?:审|核|评|检|鉴)|审结|审批|拨付到位|解决|修复|回应|回访|立案|放行|抢通|核实|上门|送达|签发|兑现|赶到|出警)"
)
_BY_LENGTH = pattern(
    r"(?:压到|压至|降到|减到|缩到|压缩到|压缩至|压缩为|缩短到|缩短至|缩短为|控制在|控制到|不超过|时限为|时间为|减至|减少到|压减到|压减至)$"
)
_PER_CASE = pattern(
    r"(?:收到(?:报告|申请|材料|反馈|反映|举报|投诉|来信|诉求|意见|提案|建议|请示)|到岗|入职|出院|中标|签约|落户|注册|受理|接报|接警|接件|收件|到件|报修|报障|投诉|申请|申报|举报|诉求|工单|事故|险情|警情|信访|陈情|来电|咨询|线索|故障|材料|遇到|遇有|发现|发生|出现)[^，。；]{0,14}$"
)


def service(text: str, start: int, moment: Moment) -> bool:
    """A time limit of a service (收件后3个工作日内办结, 压缩到25个工作日以内) is a target, no deadline."""
    if moment.kind != "relative" or not moment.value:
        return False
    words = text[moment.start : moment.end]
    head = text[max(start, moment.start - 6) : moment.start]
    if _BY_LENGTH.search(head) or moment.value.startswith("PT"):
        return True
    if _each_time(text, start, moment):
        return True
    if "之日" in words or words.startswith(("印发", "会", "发布", "公示")):
        return False
    return (
        moment.working
        or words.startswith(("收", "接"))
        or moment.value[-1] == "D"
        and "对" in text[max(start, moment.start - 16) : moment.start]
    ) and bool(_SERVICE.match(text, moment.end, moment.end + 10))


def _each_time(text: str, start: int, moment: Moment) -> bool:
    """Whether the limit runs anew for every case (接到报修后30分钟内)."""
    before = text[max(start, moment.start - 18) : moment.start]
    inside = text[moment.start : moment.end]
    return bool(_PER_CASE.search(before + inside.rstrip("0123456789日天个工作内以之年月周")))


def _subject(text: str, made: Clause, at: int) -> None:
    if _owners_from(text, made, at):
        return
    after = past_connective(text, at, made.end)
    if after != at and _owners_from(text, made, after):
        return
    named = _person_at(text, after, made.end)
    if named:
        made.owners, made.after = [named], named.end
        return
    first = next((m for m in made.times if m.start - at <= 3), None) if made.times else None
    if first is not None:
        place = first.end + (1 if text[first.end : first.end + 1] in "，前" else 0)
        _owners_from(text, made, place)


_GIVING = frozenset("请由让经责委需")


_DESCRIBES = pattern(
    r"(?:反馈|交办|移交|转办|指出|通报|汇报|主管|下达|印发|发布|部署|排查|认定|选派|推荐|研发|生产|承建|管理|开发|建设|运营|所属|下属)(?:出|到|过)?的"
)
_CONSENTS = ("同意", "批准", "审定", "研究", "审议", "授权", "审核同意", "核准")


def _owners_from(text: str, made: Clause, place: int) -> bool:
    given = text[place : place + 1] in _GIVING and (
        text[place] in ("请", "由", "让", "经")
        and not text.startswith(
            ("经营", "经济", "经信", "经发", "经开", "经贸", "经办", "由于"), place
        )
        or text.startswith(("责成", "委托", "需要"), place)
    )
    if given:
        place += 2 if text.startswith(("责成", "委托", "需要"), place) else 1
    sure = given and text[place - 1] in "请由成托"
    found, after = owners_at(text, place, made.end, given=sure)
    if not found or (after < made.end and text[after] in "的"):
        return False
    if not given and _DESCRIBES.match(text, after, made.end):
        return False
    if given and text[place - 1] == "经" and text.startswith(_CONSENTS, after):
        return False
    if given and attributive(text, after, made.end):
        return False
    made.owners, made.after, made.given = found, after, given
    return True


def _topic_owner(text: str, made: Clause) -> None:
    """The owner behind 由 or 请 in the middle (停车难由区城管局牵头)."""
    inside = marks(text).quoted
    first = made.start + 1
    if text.find("由", first, made.end) < 0 and text.find("请", first, made.end) < 0:
        return
    for hit in _HANDS.finditer(text, first, made.end):
        if inside[hit.start()]:
            continue
        found, after = owners_at(text, hit.end(), made.end, given=True)
        named = None if found else _named_person(text, hit.end(), made.end)
        if named:
            found, after = [named], named.end + 2
        if (
            found
            and (after >= made.end or text[after] not in "的向")
            and not attributive(text, after, made.end)
        ):
            made.owners, made.after, made.topic, made.given = found, after, True, True
            return


def attributive(text: str, after: int, end: int) -> bool:
    """由X牵头的机制: the words are an attribute of what follows."""
    return (
        any(
            text.startswith(word, after)
            for word in (
                "牵头的",
                "参与的",
                "组成的",
                "参加的",
                "负责的",
                "主导的",
                "组织的",
                "牵头、",
            )
        )
        and "的" in text[after:end]
        and not text.startswith("牵头、", after)
    )


_WORKS = ("负责", "牵头", "要", "应", "会同", "具体负责", "带队", "抓好")


def _person_at(text: str, start: int, end: int) -> Owner | None:
    """A person named with the post in front (村委会主任单于平负责…), before what must be done."""
    for place in post_end(text, start, end):
        for size in (2, 3, 4):
            stop = place + size
            if text.startswith(_WORKS, stop) and is_name(text, place, stop):
                return Owner(place, stop, "person")
    return None


_NAMED = pattern(r"[\u3400-\u9fff]{2,4}?(?:同志)")


def _named_person(text: str, start: int, end: int) -> Owner | None:
    """A person named with 同志 at the place."""
    hit = _NAMED.match(text, start, end)
    return Owner(start, hit.end() - 2, "leader") if hit else None


def _modal_after(text: str, made: Clause) -> bool:
    words = strong_words(text)
    return any(
        words[at] in ("要", "应", "须", "不得", "需", "负责", "牵头")
        for at in range(made.after, min(made.end, made.after + 26))
        if at in words
    ) or bool(MUST.match(text, made.after, made.end))


def _modal_inside(text: str, made: Clause) -> bool:
    begins, starts, ends = _modals(text)
    if begins.find(1, made.start, made.end) < 0:
        return False
    first, last = bisect_left(starts, made.start), bisect_left(starts, made.end)
    return any(ends[at] <= made.end for at in range(first, last))


@lru_cache(maxsize=2)
def _modals(text: str) -> tuple[bytearray, list[int], list[int]]:
    """Where the modals of a text begin and end; those in quotations and in nouns (要素) left out."""
    inside = marks(text).quoted
    hits = []
    for hit in _MODAL.finditer(text):
        noun = hit[0].endswith(("要", "应", "须", "需")) and not strong(text, hit.end() - 1)
        if not noun and not inside[hit.start()]:
            hits.append(hit.span())
    starts = [start for start, _ in hits]
    return flagged(len(text), starts), starts, [end for _, end in hits]


def analysed(text: str, start: int, end: int, clock: Clock) -> list[Clause]:
    """The clauses of a part of a sentence."""
    return [clause(text, first, last, clock) for first, last in clauses(text, start, end)]
