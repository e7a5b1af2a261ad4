"""Areas: the explicit list that says it is one (十三个方面), or the headings above the rows."""

from __future__ import annotations

from luoshi.text.numerals import number
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim

_SAYS = pattern(
    r"等?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})(?:个|大|项|篇|类|方面|条)?(?:重点|关键|主要)?(?:方面|领域|范畴|层面|维度|抓手|要点|任务|工作|文章|行动|工程|方向|板块|环节|战役|战场|主攻点|突破口|专项|重点(?![\u3400-\u9fff]))"
)
_LEAD = pattern(
    r".{0,24}(?:重点围绕|紧紧围绕|紧扣围绕|围绕|抓好|聚焦|做好|抓实|突出|推进|实施|打好|针对|紧盯|扭住|唱好|写好|做实|瞄准|立足|要在|坚持在|着力在|持续在|从|在)"
)
_ESSAYS = pattern(r"[“]?(?P<n>[一二三四五六七八九十]{1,2})篇(?:大)?文章[”]?")
_SEGMENT = pattern(r"在(?P<a>[^，。；、在]{2,14})上(?:做|下)(?:好|足)?(?:文章|功夫)")
MOST = 20


def explicit(text: str, start: int, end: int) -> list[Span]:
    """The names of the list that says how many areas it names, [] when there is none."""
    for hit in _SAYS.finditer(text, start, end):
        count = number(hit["n"])
        if count is None or not 3 <= count <= MOST:
            continue
        names = _names(text, start, hit.start(), int(count))
        if len(names) == count:
            return names
    if _ESSAYS.search(text, start, end):
        found = [hit.span("a") for hit in _SEGMENT.finditer(text, start, end)]
        if len(found) >= 2:
            return found
    return []


def _halves(text: str, start: int, end: int) -> list[Span]:
    """The last member of a list, cut at its 和 (无障碍通道和长者就业)."""
    for word in ("以及", "和", "及", "与"):
        at = text.find(word, start + 2, end - 2)
        if at > 0:
            return [(start, at), (at + len(word), end)]
    return [(start, end)]


def _names(text: str, start: int, end: int, count: int) -> list[Span]:
    """The last `count` members of the list that ends at `end`."""
    first = max(start, end - 400)
    for mark in "。；：\n，":
        first = max(first, text.rfind(mark, first, end) + 1)
    members: list[Span] = []
    at = first
    for place in range(first, end + 1):
        if place == end or text[place] == "、":
            members.append(trim(text, at, place))
            at = place + 1
    if len(members) == count - 1:
        members[-1:] = _halves(text, *members[-1])
    if len(members) < count:
        return []
    members = members[-count:]
    hit = _LEAD.match(text, members[0][0], members[0][1])
    if hit:
        members[0] = (hit.end(), members[0][1])
    members = [_bare(text, *m) for m in members]
    return [m for m in members if 2 <= m[1] - m[0] <= 24]


def _bare(text: str, start: int, end: int) -> Span:
    """The name without the mark that opens the quotation of their number (夜游“五篇文章”)."""
    while end > start and text[end - 1] in "“”《这":
        end -= 1
    while start < end and text[start] in "“”":
        start += 1
    return start, end
