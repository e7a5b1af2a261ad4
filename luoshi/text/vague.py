"""Commitments that leave open whether, how far or by when: the words that say so."""

from __future__ import annotations

from luoshi.text.patterns import pattern
from luoshi.text.rows import Row
from luoshi.text.sentences import Span
from luoshi.text.wordlists import any_of

_SAID = pattern(
    f"{any_of('vague', 'not')}|(?P<hedge>{any_of('vague', 'hedge')})"
    f"|(?P<soft>{any_of('vague', 'when')}|{any_of('vague', 'aim')}|{any_of('vague', 'manner')})"
)
_NAMED = pattern(
    r"《[^》]{2,60}》|“[^”]{2,30}”|[\u3400-\u9fff]{2}(?:专项|攻坚|百日|年)行动|[\d一二三四五六七八九十]号|[一二三四五]期(?:工程|项目)?"
)


def vague_words(text: str, row: Row) -> list[Span]:
    """The words that make the row vague: a hedge always, a soft word where nothing is measured."""
    bound = measured(text, row)
    return [
        hit.span()
        for hit in _SAID.finditer(text, row.start, row.end)
        if hit["hedge"] or (hit["soft"] and not bound)
    ]


def measured(text: str, row: Row) -> bool:
    """Whether the row has a time, a figure, or a named thing on which it can be held."""
    if row.deadline is not None or row.targets:
        return True
    return _NAMED.search(text, row.start, row.end) is not None
