"""Which reading this is: the same code and word lists give the same name."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

LENGTH = 12


@cache
def version() -> str:
    """A short name of the code and the data that restore and read, such as `3f09c2a41b77`."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    files = [*here.glob("*.py"), *(here / "lexicon").iterdir()]
    for path in sorted(each for each in files if each.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:LENGTH]
