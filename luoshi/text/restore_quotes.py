"""Whether quotation marks pair: a guess that opens or closes one out of turn is less likely."""

import re

_UNBALANCED = -2.0
_CLOSES = {"”": "“", "』": "『", "」": "「", "》": "《"}
_MARKS = re.compile("[“”『』「」《》]")
_OPENS = frozenset("“『「《(（")
_LEFT_OPEN = -6.0  # nats of a mark that opens at the end of a line


def open_marks(text: str) -> str:
    """Returns the quotation marks that are open at the end, outermost first."""
    stack = ""
    for char in _MARKS.findall(text):
        if char in _CLOSES:
            stack = stack[: stack.rfind(_CLOSES[char])] if _CLOSES[char] in stack else stack
        else:
            stack += char
    return stack


def unbalanced(out: str, stack: str) -> float:
    """Returns a handicap for quotation marks that do not pair with those open before."""
    handicap = 0.0
    for char in _MARKS.findall(out):
        if char not in _CLOSES:
            handicap += _UNBALANCED if char in stack else 0.0
            stack += char
        elif stack[-1:] == _CLOSES[char]:
            stack = stack[:-1]
        else:
            handicap += 2 * _UNBALANCED
    return handicap


def left_open(out: str, behind: str) -> float:
    """Returns a handicap for text that ends in an opening mark where the line ends."""
    return _LEFT_OPEN if out[-1:] in _OPENS and behind in ("", "\n") else 0.0
