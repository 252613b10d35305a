"""The program as ``pip install .`` gives it: what needs no extra works, what needs one says which."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.program import TODAY, Program

#: What the extras bring; not what the program itself needs.
_EXTRAS = (
    "babel", "matplotlib", "xlsxwriter", "openpyxl", "pyarrow", "typst", "mcp", "ijson", "dask", "distributed", "yaml",
    "pandas", "numpy", "duckdb",
)  # fmt: skip
_SEALED = f"""
import sys
class Sealed:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {_EXTRAS!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Sealed())
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name.partition(".")[0] in {_EXTRAS!r} else real(name, package)
"""  # noqa: E501
_STUDY = "NCT05507697"


@pytest.fixture
def bare(program: Program) -> Program:
    """The program where no extra is installed, with two people's facts."""
    (program.home / "sitecustomize.py").write_text(_SEALED, encoding="utf-8")
    people = program.home / "people"
    people.mkdir()
    (people / "ann.toml").write_text('[person]\nage = 58\n[neuropathy]\ntypes = ["diabetic"]\n', encoding="utf-8")
    return program


def run(bare: Program, *words: str) -> tuple[int, str, str]:
    path = f"{bare.home}:{bare.environment()['PYTHONPATH']}"
    done = bare.apart(*words, "--today", TODAY, "--store", "snapshot", PYTHONPATH=path)
    return done.code, done.out, done.err


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("page", _STUDY), ""),
        (("page", _STUDY, "--to", "page.html"), "page.html"),
        (("page", _STUDY, "--profile", "people/ann.toml", "--with-facts", "--to", "me.html"), "me.html"),
        (("export", "list.html", "--for-people", "--limit", "3"), "list.html"),
        (("export", "list.md", "--for-people", "--limit", "3"), "list.md"),
        (("export", "list.csv", "--for-people", "--limit", "3"), "list.csv"),
        (("match", "--profile", "people/ann.toml", "--to", "doctor", "--limit", "2"), "doctor/index.html"),
        (("match", "--group", "people", "--sheets", "sheets"), "sheets/ann.html"),
        (("show", _STUDY), ""),
        (("search", "--format", "html", "--limit", "3"), ""),
        (("export", "all.sqlite", "--limit", "3"), "all.sqlite"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_what_needs_no_extra_works_without_one(bare: Program, words: tuple[str, ...], made: str) -> None:
    code, out, err = run(bare, *words)
    assert "Traceback" not in err + out, err[-600:]
    assert code == 0, err
    assert out or (bare.home / made).stat().st_size > 500


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (("page", _STUDY, "--to", "page.pdf"), "[pdf]"),
        (("page", _STUDY, "--language", "es"), "[pages]"),
        (("export", "list.xlsx"), "[excel]"),
        (("export", "list.xlsx", "--for-people"), "[excel]"),
        (("export", "list.parquet"), "[parquet]"),
        (("site", "public"), "[pages]"),
        (("plot", "map", "map.svg"), "[pages]"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_what_needs_an_extra_says_which(bare: Program, words: tuple[str, ...], extra: str) -> None:
    code, _, err = run(bare, *words)
    assert "Traceback" not in err, err[-600:]
    assert code == 2
    assert extra in err


def test_dates_and_countries_are_the_same_words_without_the_extra(bare: Program) -> None:
    assert run(bare, "page", _STUDY, "--to", "bare.html")[0] == 0
    assert bare.apart("page", _STUDY, "--to", "full.html", "--today", TODAY, "--store", "snapshot").code == 0
    texts = [Path(bare.home / name).read_text(encoding="utf-8") for name in ("bare.html", "full.html")]
    assert texts[0] == texts[1]
