"""One clause: its owners, modals, verbs, times and figures."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from luoshi.text.dates import Clock, Moment, moments
from luoshi.text.marks import flagged, marks
from luoshi.text.orders import past_connective, reported, verbs_in
from luoshi.text.owners import Owner, owners_at, strong, strong_words
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, clauses
from luoshi.text.speakers import attribution, ordinal
from luoshi.text.targets import Figure, figures

_MODAL = pattern(
    r"(?:要(?!求|闻|素|害|点|件)|应(?![急用届收对该]|有|变)|应当|应该|须|必须|务必|不得|严禁|禁止|不准|不再|请(?<![申邀聘提]请)|需(?!求|要)|一律|坚决)"
)
MUST = pattern(rf"(?:都|也|还|均|就|则|一定|更|仍|继续|同时|并|才|既)?{_MODAL.pattern}")
BARE = pattern(
    r"(?:同时|此外|另外|并且|还|也|更|特别是|尤其)?(?:都|也|还)?(?:要(?!求|闻|素|害|点|件)|务必|必须)"
)
_WILL = pattern(r"(?:将|拟|计划)(?!军|来|近)")
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
        times = [m for m in times if not inside[m.start] and not service(text, start, m)]
        made.times = times
    made.numbers = figures(text, start, end)
    if times and made.numbers:
        made.numbers = [f for f in made.numbers if not _dated(f, times)]
    made.verbs = verbs_in(text, start, end)
    made.past = bool(times) and _earlier(times, clock) or reported(text, start, end)
    head = ordinal(text, start, end)
    _subject(text, made, head)
    if not made.owners:
        _topic_owner(text, made)
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


def _earlier(times: list[Moment], clock: Clock) -> bool:
    """Whether a year before that of the document is printed."""
    return clock.year is not None and any(
        m.kind == "year" and not m.assumed and m.value.isdigit() and int(m.value) < clock.year
        for m in times
    )


_SERVICE = pattern(
    r"[^，。；]{0,4}(?:答复|办结|回复|反馈|作出|受理|办理|响应|审核|给出|予以|处置|出具|到场|到达|完成审|完成核|审结|拨付到位|解决)"
)
_BY_LENGTH = pattern(
    r"(?:压缩到|压缩至|压缩为|缩短到|缩短至|控制在|不超过|时限为|时间为|减至|减少到|压减到|压减至)$"
)


def service(text: str, start: int, moment: Moment) -> bool:
    """A time limit of a service (收件后3个工作日内办结, 压缩到25个工作日以内) is a target, no deadline."""
    if moment.kind != "relative":
        return False
    words = text[moment.start : moment.end]
    head = text[max(start, moment.start - 6) : moment.start]
    if _BY_LENGTH.search(head) or moment.value.startswith("PT"):
        return True
    if "之日" in words or words.startswith(("印发", "会", "发布", "公示")):
        return False
    return (
        moment.working
        or words.startswith(("收", "接"))
        or moment.value[-1] == "D"
        and "对" in text[max(start, moment.start - 16) : moment.start]
    ) and bool(_SERVICE.match(text, moment.end, moment.end + 10))


def _subject(text: str, made: Clause, at: int) -> None:
    if _owners_from(text, made, at):
        return
    after = past_connective(text, at, made.end)
    if after != at and _owners_from(text, made, after):
        return
    first = next((m for m in made.times if m.start - at <= 3), None) if made.times else None
    if first is not None:
        place = first.end + (1 if text[first.end : first.end + 1] in "，前" else 0)
        _owners_from(text, made, place)


_GIVING = frozenset("请由让经责委需")


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
    found, after = owners_at(text, place, made.end)
    if not found or (after < made.end and text[after] in "的"):
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
        found, after = owners_at(text, hit.end(), made.end)
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
