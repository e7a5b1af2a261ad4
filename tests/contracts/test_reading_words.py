"""Every reason and every doubt of the reader has words: a code shown bare to a clerk fails here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from luoshi.officialdoc.words import READING_DOUBTS, RULES
from luoshi.text.report import PAGE_FIELDS
from luoshi.web.intake.words import DOUBTS

TEXT = Path(__file__).resolve().parents[2] / "luoshi/text"
RULE = re.compile(r"[A-Z]\d{1,2}-[a-z0-9-]+")
DOUBT_SET = re.compile(r"doubts?$|^(?:UNSURE|UNOFFICIAL|NUMBER_DAMAGED|WORDS_UNCERTAIN)$")


def trees() -> Iterator[ast.AST]:
    for path in sorted(TEXT.glob("*.py")):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def strings(node: ast.AST) -> set[str]:
    """The strings that stand in an expression as values: not what it compares with, nor keys."""
    match node:
        case ast.Constant(value=str(code)):
            return {code}
        case ast.Tuple() | ast.List() | ast.Set():
            return set().union(*(strings(each) for each in node.elts))
        case ast.Dict():
            return set().union(*(strings(each) for each in node.values))
        case ast.IfExp():
            return strings(node.body) | strings(node.orelse)
        case ast.BinOp():
            return strings(node.left) | strings(node.right)
        case ast.Starred():
            return strings(node.value)
    return set()


def name_of(node: ast.AST) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def doubts() -> set[str]:
    """What the reader puts into `doubts`, and the constants that name a doubt."""
    found: set[str] = set()
    for node in trees():
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="append" | "extend" | "add")):
                if DOUBT_SET.search(name_of(owner)):
                    found |= set().union(*(strings(each) for each in node.args))
            case ast.keyword(arg="doubts"):
                found |= strings(node.value)
            case ast.Assign(targets=[target]) if DOUBT_SET.search(name_of(target)):
                found |= strings(node.value)
    return found


def rules() -> set[str]:
    """Names like S4-label, and what findings are noted with."""
    found = {f"page-{name}" for name in PAGE_FIELDS}
    for node in trees():
        if isinstance(node, ast.Constant) and RULE.fullmatch(str(node.value)):
            found.add(str(node.value))
        if isinstance(node, ast.Call) and name_of(node.func) == "note" and len(node.args) == 4:
            found |= strings(node.args[3])
    return found


def test_every_rule_has_words() -> None:
    assert {"S4-label", "D1-must", "meeting-held", "result-rank", "O1-carried"} <= rules()
    assert rules() - set(RULES) == set()


def test_every_doubt_has_words_in_the_shell_and_on_the_page() -> None:
    assert {"no-owner", "year-assumed", "vague", "owners-unsure", "number-damaged"} <= doubts()
    assert doubts() - set(READING_DOUBTS) == set()
    assert doubts() - set(DOUBTS) == set()
