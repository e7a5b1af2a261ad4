"""Topics: short sentences and clauses that only announce what the following ones say."""

from __future__ import annotations

from luoshi.text import clauses, speakers
from luoshi.text.clauses import Clause
from luoshi.text.dates import Clock
from luoshi.text.sentences import Span


def is_topic(text: str, first: int, last: int, clock: Clock) -> bool:
    """A short sentence without a comma that the following ones elaborate."""
    if last - first > 26 or any(mark in text[first:last] for mark in "，；：、（"[:3]):
        return False
    made = clauses.clause(text, first, last, clock)
    if made.owners or made.numbers or made.times:
        return False
    return not made.modal or not made.bare and last - first <= TOPIC


def numbered_topic(text: str, first: int, last: int, following: Span, clock: Clock) -> bool:
    """一是抓好资源供给。 before the sentences that say how; 第三，强化保障，凝聚合力。 at a speech."""
    place = speakers.ordinal(text, first, last)
    if place == first or last - place > 22 or speakers.ordinal(text, *following) != following[0]:
        return False
    if "，" in text[place:last] and text[first] != "第":
        return False
    return not any(
        c.owners or c.modal and not c.bare or c.numbers or c.times
        for c in clauses.analysed(text, place, last, clock)
    )


TOPIC = 10  # 一是提升医疗质量，医务处要…: the topic in front of who must do what is shorter


def without_topic(text: str, made: list[Clause]) -> list[Clause]:
    """The clauses without a short numbered topic, when the next one says who must do it."""
    first = made[0]
    place = speakers.ordinal(text, first.start, first.end)
    told = first.owners or first.numbers or first.times or first.end - place > TOPIC
    if told or len(made) < 2 or not (made[1].owners and made[1].orders):
        return made
    return made[1:]


def bare_topic(text: str, segment: list[Clause], span: Span) -> bool:
    """一是抓宣传 behind a lead-in: a numbered topic that the next sentence elaborates."""
    c = segment[0]
    place = speakers.ordinal(text, c.start, c.end)
    told = c.owners or c.numbers or c.times or c.modal and not c.bare
    return (
        len(segment) == 1
        and c.start < place
        and c.end == span[1]
        and c.end - place <= SHORT_TOPIC
        and not told
        and text[c.end : c.end + 1] == "。"
        and text[c.end + 1 : c.end + 2] not in ("", "\n")
    )


SHORT_TOPIC = 8
