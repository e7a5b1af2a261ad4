"""Every doubt of the reader has words: a code that a clerk would be shown bare fails here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from luoshi.web.intake.words import DOUBTS, doubt

TEXT = Path(__file__).resolve().parents[2] / "luoshi/text"


def told(node: ast.AST) -> Iterator[str]:
    """The strings that stand as values in an expression: not those it compares with."""
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.Tuple() | ast.List() | ast.Set():
            for each in node.elts:
                yield from told(each)
        case ast.IfExp():
            yield from told(node.body)
            yield from told(node.orelse)
        case ast.BinOp():
            yield from told(node.left)
            yield from told(node.right)
        case ast.Starred():
            yield from told(node.value)


def names(node: ast.expr) -> str:
    """The last name of `a.b.c`."""
    return getattr(node, "attr", getattr(node, "id", ""))


def codes() -> set[str]:
    """What the reader adds to `doubts`, gives as `doubts=`, or assigns to that name."""
    found: set[str] = set()
    for path in TEXT.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=owner, attr="append" | "extend" | "add")):
                    if names(owner).endswith("doubts"):
                        found |= {code for each in node.args for code in told(each)}
                case ast.keyword(arg="doubts"):
                    found |= set(told(node.value))
                case ast.Assign(targets=[target]) if names(target).endswith("doubts"):
                    found |= set(told(node.value))
                case ast.AugAssign(target=target) if names(target).endswith("doubts"):
                    found |= set(told(node.value))
    return found


def test_every_doubt_has_words() -> None:
    assert {"no-owner", "no-deadline", "year-assumed"} <= codes()
    assert codes() - set(DOUBTS) == set()


def test_a_doubt_says_what_is_uncertain_and_what_to_do() -> None:
    for code in DOUBTS:
        assert all(doubt(code).values()), code
    assert doubt("a code of tomorrow")["says"]
