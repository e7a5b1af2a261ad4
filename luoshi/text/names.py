"""Where a person's name or a post ends in a text."""

from __future__ import annotations

from functools import cache

from luoshi.text.patterns import pattern
from luoshi.text.wordlists import groups, words

BOUND = pattern(
    r"(?:出席|参加|列席|主持|讲话|作|做|宣读|通报|强调|指出|要求|带领|代表|说|表示|传达|部署|就|对|分别|陪同|在|同志|等|为|和|以及|及|介绍|汇报|报告|总结|安排|发言|致辞|点评|到|率|围绕|结合|向|最后|还|并|充分|回顾|简要|深入|实地|一行|与|也|当选|任|受|提出|到会|先后|应邀|应约|全程|亲自|专程|共同|一同|一起|随后|首先|主讲|代为|代读|致|宣布|宣讲|颁|授|揭|签|察看|检查|调研|督导|督查|听取|逐一|逐条|逐项|详细|深刻|深情|对照|从|以|现场|具体|认真|先|再|又|均|都|被|领学|领誓|观看|走访|前往|赴|来|建议|提议|认为|希望|号召|寄语|勉励|祝|慰问|感谢|主动|则|解读|补充|会见|针对|通过|按|递交|签署|会上|陪|重点|着重|特别|明确|联系|牵头|负责|讲授|讲解|开展|组织|召集|接受|聆听|所|的|，|、|。|；|（|：|\n|$| )"
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


_DOTTED = pattern(r"[\u3400-\u9fff]{2,6}(?:·[\u3400-\u9fff]{2,6}){1,2}")
_PADDED = pattern(r"[\u3400-\u9fff] {1,4}[\u3400-\u9fff](?=[，、；（。]|$|\n)")
_NEVER = frozenset("的了各这那及等把被")


@cache
def _no_names() -> frozenset[str]:
    """Words that are no names; the endings of units are none either, nor what ends in one (向集团)."""
    return frozenset(words("notnames")) | frozenset(
        w for w in groups("units")["ending"] if len(w) > 1
    )


def name_end(text: str, start: int, end: int) -> int:
    """Where the person's name at `start` ends, 0 when there is none."""
    single, double = surnames()
    if text.find("·", start + 2, start + 7) > 0 and (hit := _DOTTED.match(text, start, end)):
        return hit.end() if hit.end() == end or BOUND.match(text, hit.end(), end) else 0
    compound = text[start : start + 2] in double
    if not compound and text[start : start + 1] not in single:
        return 0
    soon = None if compound else BOUND.match(text, start + 2, end)
    sizes = (2, 3, 4) if soon and len(soon[0]) > 1 else (3, 2, 4)
    for size in (3, 4) if compound else sizes:
        stop = start + size
        if stop > end or not all("\u3400" <= c <= "\u9fff" or c == "·" for c in text[start:stop]):
            continue
        letters = text[start:stop]
        if (
            size == 4
            and not compound
            or letters in posts()[0]
            or letters in _no_names()
            or letters[1:] in _no_names()
        ):
            continue
        if not _NEVER.isdisjoint(letters):
            continue
        if BOUND.match(text, stop, end) or stop == end:
            return stop
    if text[start + 1 : start + 2] == " " and (hit := _PADDED.match(text, start, end)):
        return hit.end()
    return 0


def is_name(text: str, start: int, end: int) -> bool:
    """Whether the words are as long as a person's name and begin with a surname."""
    single, double = surnames()
    size = end - start
    if not all("\u3400" <= char <= "\u9fff" for char in text[start:end]):
        return False
    if text[start : start + 2] in double:
        return size in (3, 4)
    return size in (2, 3) and text[start] in single


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
