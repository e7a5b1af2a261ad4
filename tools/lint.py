"""The rules of the house that ruff does not know: `python tools/lint.py [PATH ...]`.

There is no comment that switches a rule off; an exception is a row in a table below, with its
reason. Each rule has a good and a bad sample in tests/contracts/test_lint.py.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
LOOKED_AT = ("luoshi", "tests", "tools", "bench")

# (file, method): why a method of this name writes no row there.
NOT_A_ROW: dict[tuple[str, str], str] = {
    ("luoshi/org/queries.py", "delete"): "forgets the working days that the cache remembers",
}

WRITERS = ("luoshi/ledger/", "luoshi/portal/")
DERIVED = {"standing.py", "sums.py"}
ROW_METHODS = {"save", "delete"}
BULK_METHODS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERYSET_METHODS = {"create", "update"}
QUERYSET = {
    *("objects", "_base_manager", "_default_manager"),
    *("all", "filter", "exclude", "order_by", "select_for_update", "get_queryset"),
}

CLOCKS = ("luoshi/kernel/calendar.py", "luoshi/ledger/clock.py", "luoshi/cli/")
CLOCK_OWNERS = {"datetime", "date", "timezone"}
CLOCK_METHODS = {"now", "utcnow", "today", "localdate", "localtime"}

# What only these packages may import.
EDGE = {
    "argparse": {"cli"},
    "click": {"cli"},
    "typer": {"cli"},
    "django.forms": {"api", "portal", "web"},
    "django.http": {"api", "config", "portal", "web"},
    "django.shortcuts": {"api", "config", "portal", "web"},
    "django.views": {"api", "config", "portal", "web"},
    "wagtail": {"config", "portal"},
}

MEANINGLESS = {"common", "core", "helpers", "misc", "utils"}
INIT_WITH_NAMES = {"luoshi/text/__init__.py"}


@dataclass(frozen=True)
class Source:
    """One file: its path from the root of the repository, and its tree."""

    path: str
    tree: ast.Module

    def within(self, *places: str) -> bool:
        """True when the file is one of the places, or below one that ends in a slash."""
        return any(self.path == place or self.path.startswith(place) for place in places)

    @property
    def product(self) -> bool:
        """True for what is installed; False for tests, tools and benchmarks."""
        return self.within("luoshi/")

    @property
    def package(self) -> str:
        """The package below luoshi, "" outside."""
        parts = PurePosixPath(self.path).parts
        return parts[1] if self.product and len(parts) > 2 else ""


Found = Iterator[tuple[int, str]]


def chain(node: ast.expr) -> list[str]:
    """The names of `a.b(c).d` from the left: a, b, d."""
    names = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return names[::-1]
    return [node.id, *names[::-1]]


def written_past_the_door(source: Source) -> Found:
    """Calls that write rows outside the ledger, the derived tables and the portal."""
    path = PurePosixPath(source.path)
    if not source.product or source.within(*WRITERS) or path.name in DERIVED:
        return
    if "migrations" in path.parts:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method = node.func.attr
            if writes_a_row(method, node.func.value) and (source.path, method) not in NOT_A_ROW:
                yield node.lineno, f".{method}( writes a row: go through luoshi.ledger.door"


def writes_a_row(method: str, receiver: ast.expr) -> bool:
    """True when `receiver.method(` looks like the ORM; `a` before the name is its async twin."""
    for name in (method, method.removeprefix("a")):
        if name in ROW_METHODS | BULK_METHODS:
            return True
        if name in QUERYSET_METHODS and QUERYSET & set(chain(receiver)):
            return True
    # item.listings.create(...): a related manager. door.create(...) is a function of a module.
    return method == "create" and not isinstance(receiver, ast.Name)


def imported_in_a_function(source: Source) -> Found:
    """Imports that are not at the top, where a reader and import-linter look for them."""
    for function in ast.walk(source.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield node.lineno, f"import inside {function.name}()"


def code_in_init(source: Source) -> Found:
    """A package's __init__ that is not empty: it would load what the layers keep apart."""
    named = source.path.endswith("__init__.py") and source.path not in INIT_WITH_NAMES
    if source.product and named and source.tree.body:
        yield 1, "a package's __init__.py stays empty"


def blind_except(source: Source) -> Found:
    """Handlers of everything that do not end by raising what they caught."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and catches_all(node.type):
            last = node.body[-1]
            if not (isinstance(last, ast.Raise) and last.exc is None):
                yield node.lineno, "name the errors that are expected here"
        elif isinstance(node, ast.Call) and any(map(catches_all, suppressed(node))):
            yield node.lineno, "name the errors that are expected here"


def suppressed(call: ast.Call) -> list[ast.expr]:
    """The errors of `suppress(...)`, none for any other call."""
    return call.args if chain(call.func)[-1:] == ["suppress"] else []


def catches_all(kind: ast.expr | None) -> bool:
    """True for a bare `except`, Exception and BaseException, alone or in a tuple."""
    if isinstance(kind, ast.Tuple):
        return any(map(catches_all, kind.elts))
    return kind is None or (
        isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}
    )


def reads_the_clock(source: Source) -> Found:
    """The clock, called or passed on, anywhere but in its own modules and at the command line."""
    if not source.product or source.within(*CLOCKS):
        return
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(value=owner, attr=name) if name in CLOCK_METHODS:
                if CLOCK_OWNERS & set(chain(owner)[-1:]):
                    yield node.lineno, f".{name}: take the moment as an argument (at, on)"


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported from elsewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def edge_in_the_middle(source: Source) -> Found:
    """HTTP, argv and Wagtail in a package that should not know them."""
    for line, name in imports(source.tree) if source.product else ():
        for library, packages in EDGE.items():
            if f"{name}.".startswith(f"{library}.") and source.package not in packages:
                yield line, f"{library} is for {', '.join(sorted(packages))}"


def meaningless_name(source: Source) -> Found:
    """Modules and packages whose name does not say what is in them."""
    path = PurePosixPath(source.path)
    for name in MEANINGLESS & {path.stem, *path.parts}:
        yield 1, f"a module called {name} says nothing"


RULES: dict[str, Callable[[Source], Found]] = {
    "one-door": written_past_the_door,
    "import-on-top": imported_in_a_function,
    "empty-init": code_in_init,
    "named-errors": blind_except,
    "time-is-passed": reads_the_clock,
    "edge-only": edge_in_the_middle,
    "telling-names": meaningless_name,
}


def problems(path: str, code: str) -> list[str]:
    """What is wrong with the code of a file, as `path:line: rule: words`."""
    source = Source(path, ast.parse(code))
    return [
        f"{path}:{line}: {rule}: {words}"
        for rule, check in RULES.items()
        for line, words in check(source)
    ]


def files(names: list[str]) -> Iterator[Path]:
    """Every Python file below the given paths."""
    for place in (ROOT / name for name in names):
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def main(names: list[str]) -> int:
    """0 when nothing was found, else 1."""
    found = [
        problem
        for path in files(names or [name for name in LOOKED_AT if (ROOT / name).exists()])
        for problem in problems(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    ]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
