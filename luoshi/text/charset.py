"""Decides what bytes say, and finds text that was decoded with the wrong character set as a whole."""

import codecs
from dataclasses import dataclass

import charset_normalizer

from luoshi.text.restore_model import load_model, load_worlds

_SAMPLE = 4000  # characters that are enough to judge
_READABLE = -7.5  # nats of a character; Chinese prose has about -4.5
_GAIN = 1.5  # nats of each character by which a reading must beat the text as it stands
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = ("gb18030", "big5hkscs")
_MISREADINGS = (  # how the text was decoded, and what its bytes were
    ("gb18030", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb18030"),
    ("cp1252", "gb18030"),
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "gb18030"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the bytes or the text.

    charset: the bytes' own; misread_as: how somebody decoded them before, or "".
    score: nats of a character under the language model (usual prose about -4.5, nonsense below -9).
    evidence: why, in a few words.
    """

    text: str
    charset: str
    score: float
    evidence: str
    misread_as: str = ""


def decode(data: bytes) -> list[Reading]:
    """Returns the readings of a file's bytes, best first; at least one, whatever the bytes are."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return [_reading(data.decode(charset, "replace"), charset, "byte order mark")]
    try:
        return [_reading(data.decode("utf-8"), "utf-8", "valid UTF-8")]
    except UnicodeDecodeError as error:
        near_end = error.start >= len(data) - 3 and error.start > 0
    readings = []
    if near_end:
        text = data.decode("utf-8", "replace")
        readings.append(_reading(text, "utf-8", "valid UTF-8 but for a cut last character"))
    for charset in _CHINESE:
        text = data.decode(charset, "replace")
        lost = text.count("�")
        evidence = "valid" if not lost else f"{lost} characters cannot be read"
        readings.append(_reading(text, charset, evidence))
    if (guess := charset_normalizer.from_bytes(data[:100_000]).best()) is not None:
        text = data.decode(guess.encoding, "replace")
        readings.append(_reading(text, guess.encoding, "character statistics"))
    readings.sort(key=lambda reading: -reading.score)
    return readings


def misread(text: str) -> list[Reading]:
    """Returns better readings of a text that was decoded with a wrong character set, best first.

    Empty for text that reads well, or that no pair of character sets explains.
    """
    sample = text[:_SAMPLE]
    plain = score(sample)
    if plain > _READABLE and not _is_western(sample):
        return []
    readings = []
    for wrong, right in _MISREADINGS:
        repaired = _again(text, wrong, right)
        if repaired is None:
            continue
        gained = score(repaired[:_SAMPLE])
        if gained > max(_READABLE, plain + _GAIN) and _has_chinese(repaired[:_SAMPLE]):
            evidence = f"{plain:.1f} to {gained:.1f} nats a character"
            readings.append(Reading(repaired, right, gained, evidence, wrong))
    readings.sort(key=lambda reading: -reading.score)
    return readings


def score(text: str) -> float:
    """Returns the nats of a character of the text under the language model; 0.0 when empty."""
    folded = load_worlds().fold(text[:_SAMPLE])
    return load_model().total(folded, 0) / len(folded) if folded else 0.0


def _reading(text: str, charset: str, evidence: str) -> Reading:
    return Reading(text, charset, score(text), evidence)


def _again(text: str, wrong: str, right: str) -> str | None:
    """Returns the text from its first bytes, or None when it cannot have come about so."""
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        pass
    if wrong == "gb18030" and right == "utf-8":  # odd bytes were replaced on the way
        data = text.replace("�", "?").encode(wrong, "replace")
        repaired = data.decode(right, "replace")
        return repaired if repaired.count("�") * 4 < len(repaired) else None
    return None


def _is_western(text: str) -> bool:
    return sum("\x80" <= char <= "ɏ" for char in text) * 4 > len(text)


def _has_chinese(text: str) -> bool:
    return sum("一" <= char <= "鿿" for char in text) * 4 > len(text)
