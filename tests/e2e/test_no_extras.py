"""The program as ``pip install .`` gives it: what needs no extra works, what needs one says which."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
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


class Bare(Program):
    """The program where no extra is installed: one Python was begun so, and runs all of these in copies of itself."""

    server: subprocess.Popen[str]

    def run(self, *words: str) -> tuple[int, str, str]:
        out, err = self.home / ".out", self.home / ".err"
        given = {
            "words": [*words, "--today", TODAY, "--store", "snapshot"],
            "env": self.environment(), "cwd": str(self.home), "out": str(out), "err": str(err),
        }  # fmt: skip
        assert self.server.stdin
        assert self.server.stdout
        self.server.stdin.write(json.dumps(given) + "\n")
        self.server.stdin.flush()
        code = int(self.server.stdout.readline())
        return code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """The Python without extras."""
    program = Program(tmp_path_factory.mktemp("bare"))
    (program.home / "sitecustomize.py").write_text(_SEALED, encoding="utf-8")
    environment = program.environment()
    environment["PYTHONPATH"] = f"{program.home}{os.pathsep}{environment['PYTHONPATH']}"
    with subprocess.Popen(
        [sys.executable, "-c", "from tests.e2e.warm import serve; serve()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=program.home,
    ) as begun:  # fmt: skip
        yield begun
        assert begun.stdin
        begun.stdin.close()


@pytest.fixture
def bare(tmp_path: Path, server: subprocess.Popen[str]) -> Bare:
    """The program where no extra is installed, with two people's facts."""
    people = tmp_path / "people"
    people.mkdir()
    (people / "ann.toml").write_text('[person]\nage = 58\n[neuropathy]\ntypes = ["diabetic"]\n', encoding="utf-8")
    bare = Bare(tmp_path)
    bare.server = server
    return bare


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
def test_what_needs_no_extra_works_without_one(bare: Bare, words: tuple[str, ...], made: str) -> None:
    code, out, err = bare.run(*words)
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
def test_what_needs_an_extra_says_which(bare: Bare, words: tuple[str, ...], extra: str) -> None:
    code, _, err = bare.run(*words)
    assert "Traceback" not in err, err[-600:]
    assert code == 2
    assert extra in err


def test_dates_and_countries_are_the_same_words_without_the_extra(bare: Bare) -> None:
    assert bare.run("page", _STUDY, "--to", "bare.html")[0] == 0
    assert bare.apart("page", _STUDY, "--to", "full.html", "--today", TODAY, "--store", "snapshot").code == 0
    texts = [Path(bare.home / name).read_text(encoding="utf-8") for name in ("bare.html", "full.html")]
    assert texts[0] == texts[1]
