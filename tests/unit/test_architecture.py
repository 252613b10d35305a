"""The rooms of the house: who may import whom, and what must not be imported to start."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from docs.house import PACKAGE, arrows, circle, imported, parsed

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEXTS = {path: path.read_text(encoding="utf-8") for path in [*MODULES, *TESTS]}
# From which other rooms a room may import. Every one of these arrows is in use; any other is a fault.
BELOW = {
    "errors": "",
    "base": "errors",
    "study": "base errors",
    "phrases": "base",
    "drugs": "base phrases",
    "reading": "base drugs errors phrases",
    "person": "base drugs errors phrases",
    "classify": "base phrases study",
    "judge": "base drugs person reading study",
    "tables": "base classify errors reading study",
    "registry": "base errors study",
    "store": "base errors study",
    "refresh": "base errors registry store study",
    "changes": "base classify errors judge person reading store study",
    "catalogue": "base classify errors judge person reading store study tables",
    "deliver": "base changes errors registry store study tables",
    "pages": "base catalogue changes classify deliver errors judge person reading study tables",
    "serve": "base catalogue changes errors judge person reading tables",
    "scale": "base classify errors judge person reading store study tables",
    "api": "base catalogue errors person reading registry study tables",
    "cli": "base catalogue changes classify deliver errors judge pages person reading refresh registry scale serve "
    "store study tables",
    "trialfinder": "api base tables",
    "__main__": "cli",
}
PURE = {"base", "phrases", "drugs", "study", "reading", "classify", "judge", "person"}
HEAVY = {
    "httpx",
    "pandas",
    "sqlite3",
    "pyarrow",
    "xlsxwriter",
    "pydantic",
    "jinja2",
    "babel",
    "vl_convert",
    "mcp",
    "distributed",
    "ijson",
}


# The same inside of the reader, the largest room. `engine` and `reader` find, `sentences` and `item_trees` join.
READING = {
    "readings": "",
    "wording": "",
    "vocabulary": "readings wording",
    "amounts": "vocabulary wording",
    "cutting": "readings vocabulary",
    "nodes": "vocabulary",
    "times": "amounts readings vocabulary wording",
    "whole": "readings",
    "findings": "amounts readings times vocabulary wording",
    "open_slots": "amounts findings times vocabulary wording",
    "telling": "amounts nodes readings vocabulary wording",
    "annotated": "nodes readings telling wording",
    "engine": "amounts findings open_slots readings times vocabulary wording",
    "reader": "cutting engine findings readings vocabulary wording",
    "sentences": "amounts cutting findings nodes times vocabulary wording",
    "refine": "amounts nodes times vocabulary wording",
    "item_trees": "cutting engine findings nodes reader sentences vocabulary wording",
    "structure": "annotated cutting item_trees nodes reader readings refine vocabulary whole",
    "check_examples": "amounts readings structure vocabulary",
    "reading": "check_examples cutting readings structure telling vocabulary",
}


# And inside of the judge.
JUDGE = {
    "fold": "",
    "leaf_tests": "",
    "names": "",
    "polarity": "",
    "verdict": "",
    "asking": "study_context",
    "kept": "study_context",
    "named_own": "names",
    "questions": "verdict what_if",
    "fields": "polarity shown verdict",
    "study_context": "leaf_tests names polarity",
    "answering": "asking bars leaf_tests names polarity study_context",
    "bars": "asking fold leaf_tests names polarity study_context",
    "judged": "asking fold polarity",
    "cohorts": "bars fold judged polarity",
    "judge": "judging kept questions shown verdict",
    "shown": "answering named_own names study_context verdict",
    "what_if": "answering cohorts fields judged judging study_context verdict",
    "own": "answering asking bars leaf_tests names polarity study_context verdict",
    "denials": "answering asking bars names study_context",
    "judging": "answering asking bars cohorts denials fields fold judged leaf_tests own polarity shown study_context "
    "verdict",
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize(
    ("house", "below"), [("trialfinder", BELOW), ("trialfinder.reading", READING), ("trialfinder.judge", JUDGE)]
)
def test_the_arrows_between_rooms_are_those_of_the_table(house: str, below: dict[str, str]) -> None:
    assert {name: " ".join(sorted(others)) for name, others in arrows(house).items()} == {
        name: " ".join(sorted(others.split())) for name, others in below.items()
    }


def test_no_module_imports_itself_by_a_detour() -> None:
    """Also none that is hidden by an import inside a function, or by one that only type checkers see."""
    assert circle() == []


def test_no_two_modules_have_one_name() -> None:
    names = Counter(path.stem for path in MODULES if not path.stem.startswith("__"))
    assert {name for name, times in names.items() if times > 1} == set()


def test_no_two_classes_have_one_name() -> None:
    names = Counter(
        node.name.lstrip("_") for path in MODULES for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)
    )
    assert {name for name, times in names.items() if times > 1} == set()


def test_reading_and_judging_know_no_network_frame_or_database() -> None:
    pure = [path for path in MODULES if room(path) in PURE]
    found = {path: names for path in pure if (names := {name.split(".")[0] for name in imported(path)} & HEAVY)}
    assert found == {}


def test_a_module_can_be_seen_at_a_glance() -> None:
    long = [path.name for path in MODULES if TEXTS[path].count("\n") > 300]
    assert long == []


def test_a_function_can_be_seen_at_a_glance() -> None:
    long = [
        f"{path.name}: {node.name}"
        for path in MODULES
        for node in ast.walk(parsed(path))
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


def test_a_search_loads_neither_the_reader_of_criteria_nor_the_judge() -> None:
    """They take longer to load than a search takes."""
    code = "import sys, trialfinder.cli.search_command, trialfinder.cli.listing, trialfinder.catalogue.select\n"
    code += "print(sorted({'trialfinder.reading', 'trialfinder.judge'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


_CLOCK = re.compile(r"(?:\w+\.)*(?:datetime\.(?:now|today|utcnow)|date\.today|time\.(?:time|localtime))")


def test_the_clock_is_read_in_one_place() -> None:
    """A test that looks at the clock fails on some day; a program that does cannot be tested for another day."""
    found = [(path, name) for path, text in TEXTS.items() if _CLOCK.search(text) for name in _clocks(path)]
    assert found == [(PACKAGE / "base" / "computer_clock.py", "dt.datetime.now")]


def _clocks(path: Path) -> list[str]:
    calls = [node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    return [name for name in map(ast.unparse, calls) if _CLOCK.fullmatch(name)]
