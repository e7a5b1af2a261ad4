"""Every compiled pattern of luoshi.text with texts made of what it is sensitive to.

Run as a program it searches them all under a limit of processor time: see test_read_patterns.
"""

from __future__ import annotations

import pkgutil
import re
import re._constants as kinds  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import resource
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

import luoshi.text
from luoshi.text import read
from luoshi.text.patterns import REGISTER

SIZE = 1_500
SHORT = 300  # for the few of restoration that repeat without a bound, whose callers are linear
SECONDS = 60  # of processor time for all of them; some five are used
COMMON = (" ", "1", "1，", "一", "、", "（", "“", "《", "中", "中、", "\n", "?", "，", "年", "x")
MOST = 10
SAMPLES = {kinds.CATEGORY_DIGIT: "7", kinds.CATEGORY_SPACE: " ", kinds.CATEGORY_WORD: "x"}
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)


def patterns() -> list[re.Pattern[str]]:
    """The compiled patterns of all modules: register, globals, what stands in their containers."""
    read(
        "各镇要于6月底前完成。（市住建局负责）\n责任单位：市住建局\n"
    )  # some are made when asked for
    found = dict.fromkeys(REGISTER)
    for module in pkgutil.iter_modules(luoshi.text.__path__):
        for value in vars(import_module(f"luoshi.text.{module.name}")).values():
            held = vars(value).values() if isinstance(value, type) else (value,)
            found.update(dict.fromkeys(_inside(held)))
    return list(found)


def _inside(values: Iterable[Any], depth: int = 3) -> Iterator[re.Pattern[str]]:
    for value in values:
        if isinstance(value, re.Pattern):
            yield value
        elif depth and isinstance(value, list | tuple | set | frozenset):
            yield from _inside(value, depth - 1)
        elif depth and isinstance(value, dict):
            yield from _inside(value.values(), depth - 1)


def nodes(tree: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The operations of a parsed pattern, those inside groups and branches too."""
    for operation, value in tree:
        yield operation, value
        for inner in _below(operation, value):
            yield from nodes(inner)


def _below(operation: Any, value: Any) -> list[Any]:
    if operation in REPEATS:
        return [value[2]]
    if operation is kinds.SUBPATTERN:
        return [value[-1]]
    if operation is kinds.BRANCH:
        return list(value[1])
    if operation in (kinds.ASSERT, kinds.ASSERT_NOT):
        return [value[1]]
    return [value] if operation is kinds.ATOMIC_GROUP else []


def boundless(shape: re.Pattern[str]) -> bool:
    """Whether a part of the pattern may repeat for ever, other than one class that is all of it."""
    tree = parser.parse(shape.pattern, shape.flags)
    if len(tree) == 1 and tree[0][0] in REPEATS and _single(tree[0][1][2]):
        return False
    return any(
        operation in REPEATS and value[1] is kinds.MAXREPEAT for operation, value in nodes(tree)
    )


def _single(tree: Any) -> bool:
    return len(tree) == 1 and tree[0][0] in (kinds.IN, kinds.LITERAL, kinds.NOT_LITERAL)


def units(shape: re.Pattern[str]) -> list[str]:
    """The words and characters of a pattern, alone and followed by a plain character."""
    words: list[str] = []
    word = ""
    for operation, value in nodes(parser.parse(shape.pattern, shape.flags)):
        if operation is kinds.LITERAL:
            word += chr(value)
            continue
        words.append(word)
        word = _sample(value) if operation is kinds.IN else ""
    own = [word for word in dict.fromkeys([*words, word]) if word]
    own = own[:: max(1, len(own) // MOST)]
    return list(dict.fromkeys([*own, *(word + "中" for word in own), "".join(own) or " ", *COMMON]))


def _sample(members: Any) -> str:
    operation, value = members[0]
    if operation is kinds.LITERAL:
        return chr(value)
    if operation is kinds.RANGE:
        return chr(value[0])
    return SAMPLES.get(value, "中") if operation is kinds.CATEGORY else "中"


def main() -> None:
    """Search every pattern in every text of its own; the processor's limit kills what runs away."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for shape in patterns():
        print(shape.pattern, flush=True)
        size = SHORT if boundless(shape) else SIZE
        for unit in units(shape):
            text = (unit * (size // len(unit) + 1))[:size]
            for ending in ("", "\0"):
                for _ in shape.finditer(text + ending):
                    pass


if __name__ == "__main__":
    main()
