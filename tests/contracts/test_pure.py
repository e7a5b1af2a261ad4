"""The base install works where Django is not installed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PURE = ("kernel", "text", "officialdoc")
PURE_MODULES = ("luoshi.ledger.chain",)

WITHOUT_DJANGO = """
import importlib, sys

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "django":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NotInstalled())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def pure_files() -> Iterator[Path]:
    for package in PURE:
        yield from (ROOT / "luoshi" / package).rglob("*.py")


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_the_pure_packages_are_imported_without_django() -> None:
    modules = [module_name(path) for path in pure_files()]
    assert len(modules) > len(PURE)
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, *modules, *PURE_MODULES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_the_hook_that_hides_django_hides_it() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, "django.db"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "No module named 'django'" in run.stderr


def test_the_pure_packages_import_only_what_the_base_install_brings() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    base = {re.split(r"[\[<>=]", line)[0] for line in declared["dependencies"]}
    brought_by = packages_distributions()
    for path in pure_files():
        for name in imported(path) - sys.stdlib_module_names - {"luoshi"}:
            assert base & set(brought_by.get(name, ())), f"{path.relative_to(ROOT)} imports {name}"


def imported(path: Path) -> set[str]:
    """The top names of what a file imports, without what it says it can do without."""
    tree = ast.parse(path.read_text("utf-8"))
    optional = {
        node for attempt in ast.walk(tree) if guarded(attempt) for node in ast.walk(attempt)
    }
    names = set()
    for node in set(ast.walk(tree)) - optional:
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def guarded(node: ast.AST) -> bool:
    """True for `try: import … except ImportError`, which tells the reader which extra is needed."""
    return isinstance(node, ast.Try) and any(
        isinstance(handler.type, ast.Name) and handler.type.id == "ImportError"
        for handler in node.handlers
    )
