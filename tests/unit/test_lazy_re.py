"""Expressions that are compiled when they are first asked."""

from __future__ import annotations

import ast
import gc
import importlib
import pickle
import re
from pathlib import Path

import pytest

from docs.house import PACKAGE, parsed
from trialfinder.base import lazy_re
from trialfinder.base.lazy_re import LazyPattern

MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if re.search(r"\b(lazy_)?re\b", path.read_text("utf-8"))]
BROKEN = "broken ("


def asked(pattern: re.Pattern[str]) -> bool:
    return "made" in vars(pattern)


def test_an_expression_answers_as_pythons_own() -> None:
    given = r"\b(?P<what>pain|ache)s?\b"
    lazy, own = lazy_re.compile(given, re.IGNORECASE), re.compile(given, re.IGNORECASE)
    text = "Pain, aches, painted"
    for _ in range(2):  # also when it was asked before
        assert [m.span() for m in lazy.finditer(text)] == [m.span() for m in own.finditer(text)] == [(0, 4), (6, 11)]
        assert lazy.sub("x", text) == "x, x, painted"
        assert lazy.pattern == given
        assert lazy.search(text, 1) is not None
        assert lazy.match(text, 1) is None
        assert lazy.fullmatch("ACHE") is not None


def test_it_is_compiled_when_it_is_asked() -> None:
    broken = lazy_re.compile(BROKEN)
    assert not asked(broken)
    with pytest.raises(re.error):
        broken.search("x")
    good = lazy_re.compile("x")
    assert not asked(good)
    assert good.search("x") is not None
    assert asked(good)


def test_it_can_be_sent_to_another_process() -> None:
    lazy = lazy_re.compile("x+", re.IGNORECASE)
    assert lazy.search("aXx") is not None
    sent = pickle.loads(pickle.dumps(lazy))
    found = sent.search("aXx")
    assert found is not None
    assert found.span() == (1, 3)


def test_bytes_are_looked_at_too() -> None:
    assert lazy_re.compile(rb"\d+").findall(b"a 12 b 3") == [b"12", b"3"]


def test_every_expression_of_the_program_can_be_compiled() -> None:
    """Nobody would see a broken one before it is asked."""
    for path in MODULES:
        if "lazy_re" not in path.read_text("utf-8"):
            continue
        names = [name for name in path.relative_to(PACKAGE).with_suffix("").parts if name != "__init__"]
        if names != ["__main__"]:
            importlib.import_module(".".join(("trialfinder", *names)))
    all_of_them = [each for each in gc.get_objects() if type(each) is LazyPattern]
    assert len(all_of_them) > 600
    for each in all_of_them:
        if each._given[0] != BROKEN:
            assert each.made is not None


def _compiles_at_once(path: Path) -> bool:
    """Whether a module compiles an expression with Python's own ``re`` while it is imported."""
    if re.search(r"(?m)^import re$", path.read_text("utf-8")) is None:
        return False
    steps: list[ast.AST] = [parsed(path)]
    while steps:
        step = steps.pop()
        if isinstance(step, ast.Attribute) and ast.unparse(step) == "re.compile":
            return True
        steps += [each for each in ast.iter_child_nodes(step) if not isinstance(each, ast.FunctionDef | ast.Lambda)]
    return False


def test_no_module_compiles_an_expression_while_it_is_imported() -> None:
    assert {path.relative_to(PACKAGE).as_posix() for path in MODULES if _compiles_at_once(path)} == set()
