"""From bytes to characters, with the evidence for the choice."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import lru_cache

from charset_normalizer import from_bytes

from luoshi.kernel.errors import Invalid
from luoshi.officialdoc.paper import Charset, Doubt

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a page declares is read as its superset, as browsers do. ISO-8859-1 is left out: it is what
# servers say of every page, and of a Chinese page it is never true.
_DECLARED = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "cp936": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cp950": "big5hkscs",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
_SAMPLE = 20_000
_LIKELY = 0.85
# A page cut or spliced in the middle of a character has a handful of broken bytes; more than one
# in five hundred means that the charset is wrong.
_BROKEN = 1 / 500


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters and how they were found."""

    text: str
    charset: Charset
    doubts: tuple[Doubt, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The characters of `data`, line ends as \\n. Errors: Invalid(not_text).

    Order: byte order mark, declaration if likely, valid UTF-8, UTF-16 by its shape, the likelier
    of GB 18030 and Big5, declaration, the likelier with a few broken bytes, charset-normalizer.
    """
    found = (
        _marked(data)
        or _as_declared(data, declared, _LIKELY)
        or _valid_utf8(data)
        or _shaped_utf16(data)
        or _likelier(data, "strict")
        or _as_declared(data, declared, 0)
        or _likelier(data, "replace")
        or _guessed(data)
    )
    if found is None:
        raise Invalid("not_text")
    doubts = found.doubts
    if declared and found.charset.evidence not in ("bom", "declared"):
        doubts = (
            *doubts,
            Doubt("charset_not_as_declared", {"declared": declared, "found": found.charset.name}),
        )
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, found.charset, doubts)


def _decoded(data: bytes, name: str, errors: str = "surrogatepass") -> str | None:
    # Lone surrogates pass here so that the gate can refuse them by name and place.
    if errors == "surrogatepass" and not name.startswith("utf"):
        errors = "strict"
    try:
        return data.decode(name, errors)
    except UnicodeDecodeError:
        return None


def _marked(data: bytes) -> Decoded | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _decoded(data[len(mark) :], name)
            return None if text is None else Decoded(text, Charset(name, "bom"))
    return None


def _as_declared(data: bytes, declared: str | None, least: float) -> Decoded | None:
    # UTF-8 often decodes as GBK without an error, so a declaration has to be likely besides.
    name = _DECLARED.get((declared or "").strip().lower())
    text = _decoded(data, name) if name else None
    if name is None or text is None or _likelihood(text) < least:
        return None
    return Decoded(text, Charset(name, "declared"))


def _valid_utf8(data: bytes) -> Decoded | None:
    text = _decoded(data, "utf-8")
    if text is None or (b"\0" in data and _shaped_utf16(data)):
        return None
    return Decoded(text, Charset("utf-8", "valid"))


def _shaped_utf16(data: bytes) -> Decoded | None:
    if b"\0" not in data or len(data) % 2:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = _decoded(data, name)
        if text is not None and _likelihood(text) >= _LIKELY:
            return Decoded(text, Charset(name, "likely"))
    return None


def _likelier(data: bytes, errors: str) -> Decoded | None:
    best: tuple[float, str, str] | None = None
    for name in ("utf-8", "gb18030", "big5hkscs"):
        text = _decoded(data, name, errors)
        if text is None or text.count("\ufffd") > len(data) * _BROKEN:
            continue
        score = _likelihood(text)
        if score >= _LIKELY and (best is None or score > best[0]):
            best = (score, name, text)
    if best is None:
        return None
    _, name, text = best
    broken = text.count("\ufffd") if errors == "replace" else 0
    doubts = (Doubt("charset_broken_bytes", {"count": broken}),) if broken else ()
    return Decoded(text, Charset(name, "likely"), doubts)


def _guessed(data: bytes) -> Decoded | None:
    if b"\0" in data:
        return None
    match = from_bytes(data[: 4 * _SAMPLE]).best()
    text = _decoded(data, match.encoding) if match else None
    if match is None or text is None or _control_share(text) > 0.01:
        return None
    name = match.encoding
    return Decoded(text, Charset(name, "guessed"), (Doubt("charset_guessed", {"found": name}),))


def _control_share(text: str) -> float:
    sample = text[:_SAMPLE]
    odd = sum(
        1 for char in sample if (char < " " and char not in "\t\n\r\f") or "\x7f" <= char < "\xa0"
    )
    return odd / max(1, len(sample))


def _likelihood(text: str) -> float:
    """The share of characters beyond ASCII that Chinese writing uses every day, 0..1."""
    sample = [char for char in text[: 4 * _SAMPLE] if char > "\x7f" and char != "\ufffd"][:_SAMPLE]
    if not sample:
        return 1.0 if _control_share(text) < 0.01 else 0.0
    return sum(map(_everyday, sample)) / len(sample)


@lru_cache(maxsize=16_384)
def _everyday(char: str) -> bool:
    """In the symbols or the first level of GB 2312 (3,755) or of Big5 (5,401 characters)?"""
    simplified = char.encode("gb2312", "ignore")
    traditional = char.encode("big5", "ignore")
    return (
        (len(simplified) == 2 and 0xA1 <= simplified[0] <= 0xD7)
        or (len(traditional) == 2 and 0xA1 <= traditional[0] <= 0xC6)
        or "\ue000" <= char <= "\uf8ff"
        or char == "\xa0"
    )
