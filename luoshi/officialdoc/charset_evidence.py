"""The evidence for a charset: what else was tried and how it read; text misread as a whole, read again."""

from __future__ import annotations

from dataclasses import replace

from luoshi.officialdoc.charset import Decoded
from luoshi.officialdoc.paper import Doubt, Tried
from luoshi.text.charset import Reading, misread
from luoshi.text.charset import decode as readings_of

_ENOUGH = 16_384  # bytes that are enough to compare charsets by
_SAMPLE = 40  # characters
_CERTAIN = ("bom", "valid")


def examined(decoded: Decoded, data: bytes) -> Decoded:
    """The text with its evidence; one that was misread as a whole is read again, if no byte is lost.

    Where bytes were lost on the way the text stays as it is, and the better reading is a doubt.
    """
    charset = decoded.charset
    tried: tuple[Tried, ...] = ()
    if charset.evidence not in _CERTAIN:
        tried = tuple(map(_tried, readings_of(data[:_ENOUGH])))
    again = misread(decoded.text)
    if not again:
        return replace(decoded, charset=replace(charset, tried=tried))
    best = again[0]
    tried = (*tried, *map(_tried, again))
    values = {"found": best.charset, "misread_as": best.misread_as}
    if "\ufffd" in best.text:
        doubt = Doubt("charset_maybe_misread", {**values, "sample": sample(best.text)})
        return replace(
            decoded, charset=replace(charset, tried=tried), doubts=(*decoded.doubts, doubt)
        )
    charset = replace(
        charset,
        name=best.charset,
        evidence="misread",
        misread_as=best.misread_as,
        before=sample(decoded.text),
        tried=tried,
    )
    return replace(
        decoded,
        text=best.text,
        charset=charset,
        doubts=(*decoded.doubts, Doubt("charset_misread", values)),
    )


def sample(text: str) -> str:
    """The first words beyond ASCII, which are what a wrong charset spoils."""
    start = next((at for at, char in enumerate(text) if char > "\x7f"), 0)
    return text[start : start + _SAMPLE].split("\n")[0]


def _tried(reading: Reading) -> Tried:
    return Tried(
        reading.charset, reading.misread_as, round(reading.score * 100), sample(reading.text)
    )
