"""Damage to marks and spaces that needs no model: each kind is proven by the page as a whole."""

import re
from collections import Counter
from collections.abc import Iterator
from html.entities import html5

from luoshi.text.restore_edits import Edit
from luoshi.text.restore_records import Profile

_COMMA_BEFORE = re.compile("(?<=[㐀-鿿”》）)])[,，](?=[,，。、；：！？;:!?])")
_MARK = re.compile("[。、；：！？;:!?]")
_COMMAS_LEAST = 5
_REPEATED = re.compile(r"([，。、；：！？,;:!?“”])\1{3,}")
_ALONE = re.compile(
    r"(?<![，。、；：！？,;:!?“”])[，。、；：！？,;:!?“”](?![，。、；：！？,;:!?“”])"
)
_REPEATED_LEAST = 5
_SHARE = 0.1  # marks that may stand unharmed on such a page
_HEAD_OF_LINE = re.compile(r"^[? ]*\?[? ]*\?[? ]*(?=[\w“《（(])", re.MULTILINE)
_EATEN_MARKUP = re.compile(r"\?([A-Za-z]{2,8};|#\d{2,5};|/(?:p|span|div|strong|td|li|a)>)")
_TOUCHED_NUMBER = re.compile(r"[0-9][0-9.,%]*\?[0-9.,%]*|\?(?:[0-9][0-9.,%]*|[.%][0-9]*)")
_LEFT_OVER = re.compile("[\ue000-\ue864]+")


def mark_edits(text: str, profile: Profile) -> list[Edit]:
    """Returns the repairs of marks and spaces."""
    edits = [*_repeated(text), *_commas(text)]
    if profile.state == "damaged":
        edits += _unencodable(text)
    edits.sort(key=lambda edit: edit.start)
    return edits


def _repeated(text: str) -> list[Edit]:
    """A mirror wrote each mark six or seven times. One row alone is how people trail off."""
    if not any(mark * 4 in text for mark in "，。、,"):
        return []
    found = list(_REPEATED.finditer(text))
    kinds = Counter(match[1] for match in found)
    if len(found) < _REPEATED_LEAST or len(kinds) < 2:
        return []
    if len(_ALONE.findall(text)) > _SHARE * len(found):
        return []
    return [Edit(m.start(), m.end(), m[1], "repeated", "inferred") for m in found]


def _commas(text: str) -> list[Edit]:
    """A converter put a comma before each mark."""
    if not any(pair in text for pair in (",。", "，。", ",、", "，、")):
        return []
    found = list(_COMMA_BEFORE.finditer(text))
    if len(found) < _COMMAS_LEAST or len(found) < (1 - _SHARE) * len(_MARK.findall(text)):
        return []
    return [Edit(m.start(), m.end(), "", "comma", "inferred") for m in found]


def _unencodable(text: str) -> Iterator[Edit]:
    """Spaces at the head of a paragraph that the code page lacks were shown as ?."""
    for match in _HEAD_OF_LINE.finditer(text):
        after = match[0].replace("?", "\xa0")
        yield Edit(match.start(), match.end(), after, "unencodable", "inferred")


def doubts(text: str, profile: Profile) -> list[Edit]:
    """Returns what a damaged page shows of losses that no run explains; never applied."""
    if profile.state != "damaged":
        return []
    found = [
        Edit(m.start(), m.end(), html5.get(m[1], ""), "markup", "uncertain")
        for m in _EATEN_MARKUP.finditer(text)
    ]
    for kind, pattern in (("number", _TOUCHED_NUMBER), ("misaligned", _LEFT_OVER)):
        found += [Edit(m.start(), m.end(), m[0], kind, "uncertain") for m in pattern.finditer(text)]
    found.sort(key=lambda edit: edit.start)
    return found
