"""The rooms of the house: who may import whom, and what must not be imported to start."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trialfinder"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
# Lower rooms first; a module may import from its own room and from those before it.
ROOMS = (
    ("errors", "__init__"),
    ("base",),
    ("study",),
    ("reading", "person"),
    ("classify", "judge"),
    ("tables",),
    ("registry", "store"),
    ("refresh", "changes"),
    ("catalogue", "deliver"),
    ("api",),
    ("cli", "__main__"),
)
LEVEL = {name: level for level, names in enumerate(ROOMS) for name in names}
PURE = {"base", "study", "reading", "classify", "judge", "person"}
ONE_THING = {"sentence.py"}
"""One grammar that is read from top to bottom; slicing it would hide how its rules follow each other."""
HEAVY = {"httpx", "pandas", "sqlite3", "pyarrow", "openpyxl"}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions, but not only for type checkers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.body.clear()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "trialfinder":
                yield from (f"trialfinder.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_every_module_has_a_room() -> None:
    assert {room(path) for path in MODULES} - set(LEVEL) == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    names = {name.split(".")[1] for name in imports(path) if name.startswith("trialfinder.")}
    here = room(path)
    wrong = {name for name in names if name in LEVEL and LEVEL[name] > LEVEL[here]}
    assert wrong == ({"api", "tables"} if path == PACKAGE / "__init__.py" else set())


@pytest.mark.parametrize(
    "path", [p for p in MODULES if room(p) in PURE], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_reading_and_judging_know_no_network_frame_or_database(path: Path) -> None:
    assert {name.split(".")[0] for name in imports(path)} & HEAVY == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_can_be_seen_at_a_glance(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= (600 if path.name in ONE_THING else 300)
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 40
    ]
    assert long == []


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["search", "--help"]])
def test_the_program_starts_without_what_is_heavy(arguments: list[str]) -> None:
    code = f"import sys; sys.argv[1:] = {arguments}; from trialfinder.cli.start import main\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += f"print(sorted({HEAVY} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


_CLOCK = re.compile(r"(?:\w+\.)*(?:datetime\.(?:now|today|utcnow)|date\.today|time\.(?:time|localtime))")


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_the_clock_is_read_in_one_place(path: Path) -> None:
    """A test that looks at the clock fails on some day; a program that does cannot be tested for another day."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    found = [name for name in map(ast.unparse, calls) if _CLOCK.fullmatch(name)]
    assert found == (["dt.datetime.now"] if path == PACKAGE / "base" / "computer_clock.py" else [])
