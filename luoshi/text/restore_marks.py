"""Damage to marks and spaces that needs no model: each kind is proven by the page as a whole."""

import re
from collections import Counter
from collections.abc import Iterator
from html.entities import html5

from luoshi.text.restore_edits import Edits, Row, What, merged
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
_HEAD = re.compile(r"[? ]+(?=[\w“《（(])")
_NEXT_HEAD = re.compile("\n" + _HEAD.pattern)
_EATEN_MARKUP = re.compile(r"\?([A-Za-z]{2,8};|#\d{2,5};|/(?:p|span|div|strong|td|li|a)>)")
_QUESTION = re.compile(r"\?")
_IN = re.compile("[0-9.,%]*")
_AFTER = re.compile("[0-9][0-9.,%]*|[.%][0-9]*")
_IN_NUMBER = frozenset("0123456789.,%")
_LEFT_OVER = re.compile("[\ue000-\ue864]+")


def mark_edits(text: str, profile: Profile) -> Edits:
    """Returns the repairs of marks and spaces."""
    edits = merged(Edits(_repeated(text)), Edits(_commas(text)))
    return merged(edits, Edits(_unencodable(text))) if profile.state == "damaged" else edits


def _repeated(text: str) -> list[Row]:
    """A mirror wrote each mark six or seven times. One row alone is how people trail off."""
    if not any(mark * 4 in text for mark in "，。、,"):
        return []
    found = list(_REPEATED.finditer(text))
    kinds = Counter(match[1] for match in found)
    if len(found) < _REPEATED_LEAST or len(kinds) < 2:
        return []
    if len(_ALONE.findall(text)) > _SHARE * len(found):
        return []
    whats = {mark: What(mark, "repeated", "inferred") for mark in kinds}
    return [(m.start(), m.end(), whats[m[1]]) for m in found]


def _commas(text: str) -> list[Row]:
    """A converter put a comma before each mark."""
    if not any(pair in text for pair in (",。", "，。", ",、", "，、")):
        return []
    found = list(_COMMA_BEFORE.finditer(text))
    if len(found) < _COMMAS_LEAST or len(found) < (1 - _SHARE) * len(_MARK.findall(text)):
        return []
    what = What("", "comma", "inferred")
    return [(m.start(), m.end(), what) for m in found]


def _unencodable(text: str) -> Iterator[Row]:
    """Spaces at the head of a paragraph that the code page lacks were shown as ?."""
    heads = [(a, b) for a, b in _heads(text) if text.count("?", a, b) > 1]
    for start, end in heads:
        shown = text[start:end]
        if " " in shown or len(heads) > 1:  # ??? at one head alone may be a question
            yield start, end, What(shown.replace("?", "\xa0"), "unencodable", "inferred")


def _heads(text: str) -> Iterator[tuple[int, int]]:
    if first := _HEAD.match(text):
        yield first.span()
    for match in _NEXT_HEAD.finditer(text):
        yield match.start() + 1, match.end()


def doubts(text: str, profile: Profile) -> Edits:
    """Returns what a damaged page shows of losses that no run explains; never applied."""
    if profile.state != "damaged":
        return Edits()
    markup = (
        (m.start(), m.end(), What(html5.get(m[1], ""), "markup", "uncertain"))
        for m in _EATEN_MARKUP.finditer(text)
    )
    left_over = (
        (m.start(), m.end(), What(m[0], "misaligned", "uncertain"))
        for m in _LEFT_OVER.finditer(text)
    )
    return merged(merged(Edits(markup), Edits(_touched_numbers(text))), Edits(left_over))


def _touched_numbers(text: str) -> Iterator[Row]:
    """A ? inside or beside a figure may hide a digit of it."""
    floor = 0
    for match in _QUESTION.finditer(text):
        start = mark = match.start()
        while start > floor and text[start - 1] in _IN_NUMBER:
            start -= 1
        while start < mark and not "0" <= text[start] <= "9":
            start += 1
        behind = (_IN if start < mark else _AFTER).match(text, mark + 1)
        if start < mark or behind:
            floor = behind.end() if behind else mark + 1
            yield start, floor, What(text[start:floor], "number", "uncertain")
