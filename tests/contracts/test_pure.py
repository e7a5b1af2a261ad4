"""The base install works where Django is not installed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PURE = ("kernel", "text", "officialdoc", "batch")
PURE_MODULES = ("ledger/chain.py", "cli/*.py")
NOT_PURE = {ROOT / "luoshi/cli/server.py", ROOT / "luoshi/cli/typed.py"}

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


def pure_files() -> list[Path]:
    """The packages without Django, and the commands that need no database."""
    package = ROOT / "luoshi"
    found = [path for name in PURE for path in (package / name).rglob("*.py")]
    found += [path for pattern in PURE_MODULES for path in package.glob(pattern)]
    return [path for path in found if path not in NOT_PURE]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_the_pure_packages_are_imported_without_django() -> None:
    modules = [module_name(path) for path in pure_files()]
    assert len(modules) > len(PURE)
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, *modules],
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
    assert foreign(pure_files(), declared()) == []


def test_the_product_imports_only_what_its_extras_bring() -> None:
    assert foreign(list((ROOT / "luoshi").rglob("*.py")), declared("server", "pg")) == []


def declared(*extras: str) -> set[str]:
    """The names of what the base install and these extras ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for extra in extras for line in optional[extra])]
    return {re.split(r"[\[<>=]", line)[0] for line in lines}


def foreign(paths: list[Path], known: set[str]) -> list[str]:
    """What is imported by these files and comes from a distribution that is not known."""
    ours = {"luoshi", *sys.stdlib_module_names}
    brought_by = packages_distributions()
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in paths
        for name in sorted(imported(path) - ours)
        if not known & {brought.lower() for brought in brought_by.get(name, ())}
    ]


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
