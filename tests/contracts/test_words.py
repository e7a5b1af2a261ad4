"""Every refusal of the domain has words: a code that a page would show bare fails here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from luoshi.batch.words import REFUSALS as BATCH_REFUSALS
from luoshi.cli.service.audit import WORDS as SHELL_FAULTS
from luoshi.officialdoc.words import REFUSALS as PAPER_REFUSALS
from luoshi.web import words

PACKAGE = Path(__file__).resolve().parents[2] / "luoshi"
DOMAIN = ("ledger", "org", "intake", "programme", "delivery", "officialdoc", "batch", "web")
REFUSING = {"WrongState", "NotAllowed", "Stale", "Invalid", "NotFound", "KeyReused", "refused"}
# Only the command line says these; it has words of its own.
OF_THE_SHELL = {"no_such_field"}


# The door hands on the codes of Django's own checks of a field.
OF_THE_FIELDS = {
    "max_length",
    "max_digits",
    "max_decimal_places",
    "max_whole_digits",
    "invalid_choice",
}


def sources() -> Iterator[ast.Module]:
    for name in DOMAIN:
        for path in (PACKAGE / name).rglob("*.py"):
            yield ast.parse(path.read_text("utf-8"))


def constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def refusals() -> set[str]:
    """The first argument of every refusal that is written out."""
    return {
        code
        for tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in REFUSING
        and node.args
        and (code := constant(node.args[0]))
    }


def field_codes() -> set[str]:
    """The codes given to fields: `fields={"name": "code"}` and `fields["name"] = "code"`."""
    found = set()
    for tree in sources():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.keyword)
                and node.arg == "fields"
                and isinstance(node.value, ast.Dict)
            ):
                found |= {code for value in node.value.values if (code := constant(value))}
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Subscript)
                and isinstance(node.targets[0].value, ast.Name)
                and node.targets[0].value.id == "fields"
                and (code := constant(node.value))
            ):
                found.add(code)
    return found


def test_every_refusal_has_words() -> None:
    known = set(words.REFUSALS) | set(PAPER_REFUSALS) | set(BATCH_REFUSALS) | OF_THE_SHELL
    found = refusals()
    assert "not_your_role" in found
    assert found - known == set()


def test_every_fault_of_a_field_has_words() -> None:
    found = field_codes()
    assert "required" in found
    assert (found | OF_THE_FIELDS) - set(words.FIELDS) - OF_THE_SHELL == set()


def test_every_fault_of_the_audit_has_words_on_the_page_and_in_the_shell() -> None:
    tree = ast.parse((PACKAGE / "ledger/audit.py").read_text("utf-8"))
    codes = {
        code
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Fault"
        and (code := constant(node.args[0]))
    }
    assert "row_edited" in codes
    assert codes <= set(words.FAULTS)
    assert codes <= set(SHELL_FAULTS)


def test_no_words_are_kept_for_a_refusal_that_nobody_makes() -> None:
    made = (
        refusals()
        | field_codes()
        | OF_THE_FIELDS
        | {"stale", "wrong_state", "invalid", "read_only"}
    )
    text = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    unused = {code for code in (*words.REFUSALS, *words.FIELDS) if code not in made}
    assert {code for code in unused if text.count(f'"{code}"') < 2} == set()
