"""The words of the command line, in the language that the environment asks for."""

from __future__ import annotations

import gettext as catalogues
import os
from collections.abc import Mapping
from pathlib import Path

import luoshi
from luoshi.kernel.errors import LuoshiError
from luoshi.officialdoc.words import REFUSALS

_LOCALE = Path(luoshi.__file__).parent / "locale"
# The message id is the Simplified Chinese text itself: those languages need no catalogue.
_CHINESE = ("zh", "zh_CN", "zh_SG")


def languages(environment: Mapping[str, str]) -> list[str]:
    """The catalogues to try, best first; none where the messages are wanted as they stand."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = environment.get(name, "").partition(".")[0].partition("@")[0]
        if wanted in ("C", "POSIX") or wanted in _CHINESE:
            return []
        if wanted.startswith("zh"):
            return ["zh_Hant"]
        if wanted:
            return ["en"]
    return []


_catalogue = catalogues.translation(
    "django", _LOCALE, languages=languages(os.environ) or ["zh_Hans"], fallback=True
)
gettext = _catalogue.gettext


def refusal(error: LuoshiError) -> str:
    """The refusal as one line: in the reader's language, or its code and values."""
    words = REFUSALS.get(error.code)
    return gettext(words).format(**error.values) if words else str(error)
