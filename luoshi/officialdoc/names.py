"""File names as shown to people; stored files are named by their hash."""

from __future__ import annotations

import re
import unicodedata

from luoshi.officialdoc.limits import limit

_PATH = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# Names that Windows gives to devices, whatever the extension.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.I | re.S)
# Controls, bidi and zero-width formats, surrogates, private use, unassigned, line separators.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LONGEST_EXTENSION = 12


def shown_name(raw: str) -> str:
    """The name without path, controls and turned reading order; never empty, always one line.

    The extension at its end is the one the system would open the file by.
    """
    last = _PATH.split(raw)[-1]
    kept = "".join(char for char in last if unicodedata.category(char) not in _UNSHOWN)
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", kept)).strip(" .\u3000\xa0")
    name = re.sub(r"\s+", " ", name)
    if _DEVICE.fullmatch(name):
        name = f"_{name}"
    return _shortened(name, limit("shown_name_characters")) or "未命名"


def extension(name: str) -> str:
    """The last extension of the shown name in lower case with its dot, or nothing."""
    stem, dot, last = shown_name(name).rpartition(".")
    return f".{last.lower()}" if dot and stem else ""


def _shortened(name: str, longest: int) -> str:
    if len(name) <= longest:
        return name
    stem, dot, last = name.rpartition(".")
    if not dot or len(last) > _LONGEST_EXTENSION:
        return name[: longest - 1] + "…"
    return stem[: longest - len(last) - 2] + "…." + last
