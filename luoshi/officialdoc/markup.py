"""The words in HTML source, found without a parser: the check on what a parser kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

# What these hold is not text of the page.
SILENT = frozenset({"script", "style", "template"})
# What begins a new line. `td` and `th` too: old government pages are laid out with tables.
_NAMES = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr "
    "html legend li main menu nav ol optgroup option p pre search section select summary table "
    "tbody td textarea tfoot th thead title tr ul xmp"
)
BLOCKS = frozenset(_NAMES.split())
_TAG = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_STOP = re.compile("[>\"']")


def visible_lines(source: str) -> list[str]:
    """The lines a reader of the source would see; tags, comments and silent elements left out.

    One pass, linear: a part that never ends (`<!--`, `<script`, `<a`) is taken as text.
    """
    return [line for line in unescape("".join(_pieces(source))).split("\n") if line.strip()]


def _pieces(source: str) -> Iterator[str]:
    at, last = 0, source.rfind(">")
    lowered = source.lower() if source.isascii() else _lower_ascii(source)
    unending: set[str] = set()
    while (opening := source.find("<", at)) != -1 and opening < last:
        yield source[at:opening]
        end, piece = _markup(source, lowered, opening, unending)
        yield piece
        at = end
    yield source[at:]


def _markup(source: str, lowered: str, at: int, unending: set[str]) -> tuple[int, str]:
    """Where the markup that begins at `at` ends, and what it leaves in the text."""
    if source.startswith("<!--", at):
        end = _found(lowered, "-->", at, unending)
        return (at + 1, "<") if end is None else (end + 3, "")
    if source.startswith(("<!", "<?"), at):
        return source.find(">", at) + 1, ""
    tag = _TAG.match(source, at)
    if tag is None:
        return at + 1, "<"
    name, end = tag.group(1).lower(), _tag_end(source, tag.end())
    if name in SILENT and source[at + 1] != "/":
        return _found(lowered, f"</{name}", end, unending) or end, ""
    return end, "\n" if name in BLOCKS else ""


def _found(lowered: str, mark: str, at: int, unending: set[str]) -> int | None:
    """Where the next `mark` begins; looked for in vain only once."""
    found = -1 if mark in unending else lowered.find(mark, at)
    if found == -1:
        unending.add(mark)
        return None
    return found


def _tag_end(source: str, at: int) -> int:
    """The place after the `>` that ends a tag, not counting those inside quotes."""
    first = source.find(">", at) + 1
    while stop := _STOP.search(source, at):
        if stop.group() == ">":
            return stop.end()
        at = source.find(stop.group(), stop.end()) + 1
        if at == 0:
            break
    return first


_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def _lower_ascii(source: str) -> str:
    # str.lower() may change the length of a text (U+0130), and with it every place.
    return source.translate(_ASCII_LOWER)
