"""Every regular expression of the reader, in one register, so that a test can time them all."""

from __future__ import annotations

import re

REGISTER: list[re.Pattern[str]] = []


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled pattern, entered in the register.

    No repeat is without a bound (`{0,20}`; `[^ ]+` alone is one class and may run), so that
    a try at one place costs a bounded number of steps and a search is linear.
    """
    compiled = re.compile(source, flags)
    REGISTER.append(compiled)
    return compiled
