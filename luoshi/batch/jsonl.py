"""JSON lines of which one text field is rewritten while every other byte stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import JSONDecoder
from typing import Any

from luoshi.kernel.errors import Invalid

# Numbers are not computed: 1e999 and 5,000 digits pass, and nothing is written from the value.
_DECODER = JSONDecoder(parse_int=str, parse_float=str)
_SPACE = re.compile(r"[ \t\r\n]*")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of JSON and where the value of the text field stands in it."""

    whole: str
    text: str
    start: int
    end: int

    def with_text(self, text: str) -> bytes:
        """The line with another text; written in escapes where the line has nothing but ASCII."""
        if text == self.text:
            return self.whole.encode()
        value = json.dumps(text, ensure_ascii=self.whole.isascii())
        written = f"{self.whole[: self.start]}{value}{self.whole[self.end :]}"
        # A lone surrogate came in as an escape and goes out as one.
        return written.encode("utf-8", "backslashreplace")


def parsed(data: bytes, field: str, number: int) -> Line | None:
    """The line, or None when it is blank; `number` is counted from 1.

    Errors: Invalid(line_not_utf8 | line_broken | line_without_field | line_field_twice).
    """
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise Invalid("line_not_utf8", line=number) from error
    start = 1 if number == 1 and data.startswith(_BOM) else 0
    if not whole[start:].strip(" \t\r\n"):
        return None
    try:
        values = [member for member in _members(whole, start) if member[0] == field]
    except (ValueError, IndexError, RecursionError) as error:
        raise Invalid("line_broken", line=number) from error
    if len(values) > 1:
        raise Invalid("line_field_twice", line=number, field=field)
    if not values or not isinstance(values[0][1], str) or whole[values[0][2]] != '"':
        raise Invalid("line_without_field", line=number, field=field)
    return Line(whole, *values[0][1:])


def _members(line: str, at: int) -> Iterator[tuple[str, Any, int, int]]:
    """Key, value, start and end of each value of the object. Errors: ValueError, IndexError."""
    at = _next(line, _expect(line, _next(line, at), "{"))
    if line[at] == "}":
        at += 1
    else:
        while True:
            _expect(line, at, '"')
            key, at = _DECODER.raw_decode(line, at)
            start = _next(line, _expect(line, _next(line, at), ":"))
            value, at = _DECODER.raw_decode(line, start)
            yield key, value, start, at
            at = _next(line, at)
            if line[at] != ",":
                break
            at = _next(line, at + 1)
        at = _expect(line, at, "}")
    if _next(line, at) != len(line):
        raise ValueError("something behind the object")


def _next(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at


def _expect(line: str, at: int, sign: str) -> int:
    if line[at] != sign:
        raise ValueError(f"{sign} expected")
    return at + 1
