"""Every code that can be raised has words, and the words can be filled in."""

from __future__ import annotations

import re
from pathlib import Path

from luoshi.officialdoc.words import REFUSALS as PAPER
from luoshi.web import words

ROOT = Path(__file__).resolve().parents[2] / "luoshi"
RAISED = re.compile(
    r'(?:NotFound|NotAllowed|WrongState|Stale|KeyReused|Invalid|refused)\(\s*"([a-z_]+)"'
)
AT_A_FIELD = re.compile(r'(?:fields\[[^\]]+\] = |fields=\{"[a-z_]+": )"([a-z_]+)"')
SHELL_ONLY = {"no_such_field"}  # of `luoshi erase`, which has words of its own


def said(pattern: re.Pattern[str]) -> set[str]:
    """Codes in the domain packages and the web."""
    found: set[str] = set()
    for package in ("ledger", "org", "intake", "programme", "delivery", "web"):
        for path in (ROOT / package).rglob("*.py"):
            found.update(pattern.findall(path.read_text("utf-8")))
    return found - SHELL_ONLY


def test_every_refusal_has_words() -> None:
    raised = said(RAISED)
    assert len(raised) > 20
    assert raised - set(words.REFUSALS) - set(PAPER) == set()


def test_every_message_at_a_field_has_words() -> None:
    raised = said(AT_A_FIELD)
    assert len(raised) > 10
    assert raised - set(words.FIELDS) == set()
