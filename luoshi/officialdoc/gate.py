"""The one gate that every text passes, whatever door it came in by."""

from __future__ import annotations

import re

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.paper import Doubt

# A database that stores NUL measures such a text as shorter than it is (SQLite) or refuses it
# (PostgreSQL); a lone surrogate cannot be encoded at all. Both are refused where they come in.
_REFUSED = re.compile("[\x00\ud800-\udfff]")
# U+202A-202E and U+2066-2069 turn the reading order; U+200B-200F, U+2060 and U+FEFF are unseen.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")


def gate(text: str) -> str:
    """The same text. Errors: Invalid(text_nul | text_lone_surrogate, position, line)."""
    refused = _REFUSED.search(text)
    if refused is None:
        return text
    at = refused.start()
    code = "text_nul" if refused.group() == "\x00" else "text_lone_surrogate"
    raise Invalid(code, position=at, line=text.count("\n", 0, at) + 1)


def doubts_of(text: str) -> tuple[Doubt, ...]:
    """What is kept in the text but may mislead the eye."""
    found = (
        ("text_bidi_controls", len(_BIDI.findall(text))),
        ("text_unseen_characters", len(_UNSEEN.findall(text))),
        ("text_replacement_characters", text.count("\ufffd")),
    )
    return tuple(Doubt(code, {"count": count}) for code, count in found if count)
