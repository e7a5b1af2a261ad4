"""Chinese text shown in the other script, character for character. Needs OpenCC: the extra `server` brings it."""

from __future__ import annotations

import re
from functools import cache

try:
    import opencc
except ImportError as error:
    raise ImportError(
        "the view in another script needs OpenCC: pip install 'luoshi[server]'"
    ) from error

from luoshi.text.wordlists import any_of

SCRIPTS = ("hans", "hant")
_CONFIGURATIONS = {"hans": "t2s", "hant": "s2t"}


def viewed(text: str, script: str) -> str:
    """The text in Simplified (hans) or Traditional (hant) characters, of the same length.

    A view, never a restoration: names and old forms may come out wrong. Any other script is the
    text as it is. Offsets stay: a line that its phrases would lengthen goes character by character.
    """
    if script not in SCRIPTS or not text:
        return text
    return "\n".join(_line(line, script) for line in text.split("\n"))


def _line(line: str, script: str) -> str:
    converter = _converter(_CONFIGURATIONS[script])
    try:
        shown = converter.convert(line)
    except UnicodeEncodeError:  # a lone surrogate has no form in any script
        return line
    if len(shown) != len(line):
        pieces = ((char, converter.convert(char)) for char in line)
        shown = "".join(new if len(new) == 1 else char for char, new in pieces)
    return _unwritten().sub(_kept, shown) if script == "hans" and "著" in shown else shown


def _kept(match: re.Match[str]) -> str:
    return match[1] or "着"


@cache
def _converter(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)


@cache
def _unwritten() -> re.Pattern[str]:
    """著 with the word that keeps it, or alone."""
    return re.compile(f"({any_of('written')})|著")
