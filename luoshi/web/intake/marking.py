"""Where the words stand that a person marked: by the selection on the page, or by looking for them."""

from __future__ import annotations

import re

from luoshi.kernel.errors import Invalid

_BLANK = re.compile(r"\s+")


def place_of(
    text: str, words: str, start: int | None = None, end: int | None = None
) -> tuple[int, int]:
    """The span of `words` in the text: [start, end) if the words stand there, else their one place.

    Errors: Invalid(words: words_not_found | words_found_often).
    """
    if start is not None and end is not None and _same(text[start:end], words):
        return start, end
    words = words.replace("\r\n", "\n").strip()
    first = text.find(words)
    if first < 0 or not words:
        raise Invalid(fields={"words": "words_not_found"})
    if text.find(words, first + 1) >= 0:
        raise Invalid(fields={"words": "words_found_often"})
    return first, first + len(words)


def _same(stretch: str, words: str) -> bool:
    """Whether a selection is the words sent with it; browsers and text areas change white space."""
    bare = _BLANK.sub("", stretch)
    return bool(bare) and bare == _BLANK.sub("", words)
