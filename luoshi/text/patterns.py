"""Every regular expression of the reader, in one register, so that a test can time them all."""

from __future__ import annotations

import re

REGISTER: list[re.Pattern[str]] = []


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled pattern, entered in the register.

    Only bounded repeats (`{0,20}`) or repeats of one character class are used, so that
    matching at one place costs a bounded number of steps.
    """
    compiled = re.compile(source, flags)
    REGISTER.append(compiled)
    return compiled
