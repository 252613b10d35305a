"""What imports what in the package; the picture of the rooms and the tests of the architecture rest on it."""

from __future__ import annotations

import ast
import functools
import graphlib
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "trialfinder"


def modules() -> dict[str, Path]:
    """Every module by its full name; a package stands for its ``__init__``."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


@functools.cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file; nobody changes it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path, *, types: bool = False) -> Iterator[str]:
    """Every module that a file imports, also inside functions; not what only type checkers see, but for ``types``.

    ``from a import b`` gives ``a.b``; whether that is a module or a name in one is for the caller to know.
    """
    for node in _nodes(parsed(path), types):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _nodes(node: ast.AST, types: bool) -> Iterator[ast.AST]:
    """The statements of a file, and those inside of statements."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
            yield child
            if types or not (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)):
                yield from _nodes(child, types)


@functools.cache
def graph(*, types: bool = False) -> dict[str, set[str]]:
    """For each module of the package, the modules of the package that it imports; ``types`` as for ``imported``."""
    known = modules()

    def module(name: str) -> str | None:
        return name if name in known else name.rpartition(".")[0] if name.rpartition(".")[0] in known else None

    return {
        name: {m for other in imported(path, types=types) if (m := module(other))} - {name}
        for name, path in known.items()
    }


def room(module: str, house: str = "trialfinder") -> str:
    """The room of a module in a package, be it the whole one; the package's own name stands for its face."""
    inside = module.removeprefix(house).lstrip(".")
    return inside.split(".")[0] or house.rpartition(".")[2]


def arrows(house: str = "trialfinder") -> dict[str, set[str]]:
    """For each room of a package, the other rooms of it that it imports from, be it for type checkers only."""
    found: dict[str, set[str]] = {}
    for name, others in graph(types=True).items():
        if f"{name}.".startswith(f"{house}."):
            own = room(name, house)
            inside = {room(other, house) for other in others if f"{other}.".startswith(f"{house}.")}
            found.setdefault(own, set()).update(inside - {own})
    return found


def circle() -> list[str]:
    """The modules of one circle of imports, also of those that only type checkers see; empty when there is none."""
    try:
        graphlib.TopologicalSorter(graph(types=True)).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []
