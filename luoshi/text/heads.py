"""What a field's name says that it holds: the word before a colon, the head of a column."""

from __future__ import annotations

import re
from functools import cache

from luoshi.text.patterns import pattern
from luoshi.text.wordlists import any_of, groups

LONGEST_HEAD = 24  # a longer cell is no head
LONGEST_ENDING = 9  # a longer name that is not in the lists is no head either: a title
NAMED_ALONE = ("number", "ignore", "progress", "deadline", "area", "task")
_BRACKETED = pattern(r"（[^（）]{0,40}）|〔[^〔〕]{0,40}〕|[\s：:*＊]")
_STEP = pattern(r"第?[一二三四1-4]季度|[上下]半年|\d{1,2}(?:[-至]\d{1,2})?月")
_JOINED = pattern(r"[及和与、/·]|或")


@cache
def field_words() -> dict[str, str]:
    """Field name to what it holds, for the names that stand in the list."""
    return {word: kind for kind, words in groups("labels").items() for word in words}


@cache
def _composed() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What a composed name holds, and its shape, the first that fits holds."""
    part = {name: any_of("heads", name) for name in groups("heads")}
    scope = f"(?:{part['scope']}){{0,2}}"
    return (
        ("lead_leaders", pattern(f"{scope}{part['charge']}{part['leader']}")),
        ("lead_units", pattern(f"{scope}{part['lead']}(?:责任|负责)?{part['body']}")),
        ("cooperating_units", pattern(f"{scope}{part['cooperating']}(?:责任)?{part['body']}")),
        ("responsible_people", pattern(f"{scope}{part['duty']}{part['person']}")),
        ("responsible_units", pattern(f"{scope}{part['responsible']}{part['body']}")),
    )


@cache
def field_kind(word: str) -> str:
    """What the name before a colon holds, "" when it names no field."""
    return field_words().get(word) or next(
        (kind for kind, shape in _composed() if shape.fullmatch(word)), ""
    )


@cache
def column_kind(words: str) -> str:
    """What a column with this head holds, "" when nothing tells; of two names the first counts."""
    whole = _BRACKETED.sub("", words)
    kinds = (_head_kind(word) for word in (*_JOINED.split(whole), whole))
    return next((kind for kind in kinds if kind), "")


def _head_kind(word: str) -> str:
    table = groups("heads")
    if word.endswith(table["start"]):
        return "ignore"
    if _STEP.match(word):
        return "progress" if word.endswith(table["progress"]) else ""
    if word in table["sharing"]:
        return "responsible_units"
    if word.endswith(table["aim"]) and len(word) <= LONGEST_ENDING:
        return "aim"
    known = next(
        (kind for at in range(max(1, len(word) - 1)) if (kind := field_kind(word[at:]))), ""
    )
    if known or not word or len(word) > LONGEST_ENDING:
        return known if len(word) <= LONGEST_ENDING else field_kind(word)
    return next((kind for kind in NAMED_ALONE if word.endswith(table[kind])), "")
