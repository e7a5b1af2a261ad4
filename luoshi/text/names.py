"""Where a person's name or a post ends in a text."""

from __future__ import annotations

from functools import cache

from luoshi.text.patterns import pattern
from luoshi.text.wordlists import words

BOUND = pattern(
    r"(?:出席|参加|列席|主持|讲话|作|做|宣读|通报|强调|指出|要求|带领|代表|说|表示|传达|部署|就|对|分别|陪同|在|同志|等|为|和|及|介绍|汇报|总结|安排|发言|致辞|点评|到|率|围绕|结合|向|最后|还|并|充分|回顾|简要|深入|实地|一行|与|也|当选|任|受|提出|到会|先后|，|、|。|；|（|：|\n|$| )"
)
POST_LIMIT = 40


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    known = words("surnames")
    return frozenset(w for w in known if len(w) == 1), frozenset(w for w in known if len(w) == 2)


@cache
def posts() -> tuple[frozenset[str], int]:
    known = frozenset(words("posts"))
    return known, max(map(len, known))


@cache
def _last_letters() -> frozenset[str]:
    return frozenset(word[-1] for word in posts()[0])


def name_end(text: str, start: int, end: int) -> int:
    """Where the person's name at `start` ends, 0 when there is none."""
    single, double = surnames()
    compound = text[start : start + 2] in double
    if not compound and text[start : start + 1] not in single:
        return 0
    for size in (3, 4) if compound else (3, 2, 4):
        stop = start + size
        if stop > end or not all("\u3400" <= c <= "\u9fff" or c == "·" for c in text[start:stop]):
            continue
        if size == 4 and not compound or text[start:stop] in posts()[0]:
            continue
        if BOUND.match(text, stop, end) or stop == end:
            return stop
    return 0


def post_end(text: str, start: int, end: int) -> list[int]:
    """The places in the span where a post may end, in order."""
    known, longest = posts()
    last = _last_letters()
    found = []
    for at in range(start + 2, min(end, start + POST_LIMIT) + 1):
        char = text[at - 1]
        if char in "，。；：":
            break
        if char not in last:
            continue
        for size in range(2, min(longest, at - start) + 1):
            if text[at - size : at] in known:
                found.append(at)
                break
    return found
