"""The numbers that Word writes before its paragraphs by itself: 一、（一）1. 第三条."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

Element = etree._Element
_LEVEL = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_DEEPEST = 40  # styles based on styles


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int
    legal: bool  # every number in Arabic digits, whatever the levels above say


def chinese(number: int) -> str:
    """The number in Chinese, 1 to 9999; digits beyond."""
    if not 0 < number < 10_000:
        return str(number)
    written, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            written += ("〇" if zero else "") + _DIGITS[digit] + name
        zero = bool(written) and not digit
    return written.removeprefix("一") if 10 <= number < 20 else written


def roman(number: int) -> str:
    """The number in small Roman letters."""
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def letter(number: int) -> str:
    """a, b … z, aa, bb."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def circled(number: int) -> str:
    """① to ⑳; digits beyond."""
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting",
         "taiwaneseCounting", "taiwaneseCountingThousand", "koreanDigital2"), chinese),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalFullWidth": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
    "lowerLetter": letter,
    "upperLetter": lambda n: letter(n).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "decimalZero": lambda n: f"{n:02}",
    "none": lambda _: "",
}  # fmt: skip


class Numbers:
    """Counts the numbered paragraphs of one document, in reading order."""

    def __init__(self, opened: Document) -> None:
        self._lists: dict[str, str] = {}  # list -> its abstract list
        self._levels: dict[tuple[str, int], _Level] = {}  # (list or abstract list, level)
        self._counts: dict[tuple[str, int], int] = {}
        self._styles = {
            style.get(qn("w:styleId"), ""): style
            for style in opened.styles.element.iter(qn("w:style"))
        }
        relations = opened.part.rels.values()
        for relation in relations:
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._learn(etree.fromstring(relation.target_part.blob))

    def _learn(self, root: Element) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            self._learn_levels(f"abstract {abstract.get(qn('w:abstractNumId'))}", abstract)
        for one in root.iter(qn("w:num")):
            name = str(one.get(qn("w:numId")))
            chosen = one.find(qn("w:abstractNumId"))
            if chosen is not None:
                self._lists[name] = f"abstract {chosen.get(qn('w:val'))}"
            for override in one.iter(qn("w:lvlOverride")):
                self._learn_levels(name, override)

    def _learn_levels(self, owner: str, parent: Element) -> None:
        for level in parent.iter(qn("w:lvl")):
            start = _value(level, "w:start")
            self._levels[owner, _number(level.get(qn("w:ilvl")))] = _Level(
                _value(level, "w:numFmt") or "decimal",
                _value(level, "w:lvlText") or "",
                _number(start) if start else 1,
                level.find(qn("w:isLgl")) is not None,
            )

    def label(self, paragraph: Element) -> str:
        """The number as printed before this paragraph; nothing for one without."""
        name, depth = self._place(paragraph)
        level = self._level(name, depth)
        if level is None or level.form == "bullet":
            return ""
        # Lists that share an abstract list go on counting together, as Word does.
        owner = self._lists.get(name, name)
        self._counts[owner, depth] = self._counts.get((owner, depth), level.start - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((owner, deeper), None)

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            known = self._level(name, at)
            form = known.form if known and not level.legal else "decimal"
            count = self._counts.get((owner, at), known.start if known else 1)
            return _FORMS.get(form, str)(count)

        return _LEVEL.sub(written, level.pattern)

    def _level(self, name: str, depth: int) -> _Level | None:
        return self._levels.get((name, depth)) or self._levels.get(
            (self._lists.get(name, ""), depth)
        )

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """List and level of a paragraph, from itself or from its style."""
        found = _place_in(paragraph.find(qn("w:pPr")))
        style = _value(paragraph.find(qn("w:pPr")), "w:pStyle")
        for _ in range(_DEEPEST):
            if found[0] or style not in self._styles:
                break
            held = self._styles[style]
            in_style = _place_in(held.find(qn("w:pPr")))
            found = in_style[0], found[1] or in_style[1]
            style = _value(held, "w:basedOn")
        return found[0], found[1] or 0


def _place_in(properties: Element | None) -> tuple[str, int | None]:
    chosen = None if properties is None else properties.find(qn("w:numPr"))
    depth = _value(chosen, "w:ilvl")
    return _value(chosen, "w:numId"), _number(depth) if depth else None


def _value(parent: Element | None, name: str) -> str:
    found = None if parent is None else parent.find(qn(name))
    return "" if found is None else found.get(qn("w:val"), "")


def _number(text: str | None) -> int:
    return min(int(text), 9_999) if text and text.isascii() and text.isdigit() else 0
