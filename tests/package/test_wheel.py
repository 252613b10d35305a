"""The wheel, installed in an environment of its own, and the checkout: both find data/ and queries/."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def run(*arguments: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.run(
        [*map(str, arguments)],
        cwd=cwd, env={**keep, "HOME": str(cwd), "COLUMNS": "120", **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from this checkout, without asking a package registry."""
    pytest.importorskip("build", reason="needs the packages of the extra 'dev'")
    pytest.importorskip("hatchling", reason="building without a network needs hatchling here: pip install hatchling")
    out = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, TOP, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a fresh environment that has the wheel, and this environment's other packages."""
    place = tmp_path_factory.mktemp("venv")
    assert run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place).returncode == 0
    bin_folder = place / ("Scripts" if os.name == "nt" else "bin")
    python = bin_folder / "python"
    found = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place)
    site = Path(found.stdout.strip())
    (site / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    # The borrowed packages may hold this program, too; it must be installed here all the same.
    how = ("install", "-q", "--no-deps", "--no-index", "--ignore-installed")
    done = run(sys.executable, "-m", "pip", "--python", python, *how, wheel, cwd=place)
    assert done.returncode == 0, done.stderr
    assert (site / "trialfinder" / "_resources" / "data").is_dir()
    return bin_folder / "trialfinder"


def test_the_wheel_carries_everything_that_is_read(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        about = next(name for name in names if name.endswith("/METADATA"))
        metadata = archive.read(about).decode()
    for folder in ("data", "queries"):
        for path in (TOP / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"trialfinder/_resources/{path.relative_to(TOP).as_posix()}" in names
    for path in (TOP / "trialfinder").rglob("*.py"):
        assert path.relative_to(TOP).as_posix() in names
    assert "trialfinder/py.typed" in names
    assert [name for name in names if name.startswith(("tests/", "benchmarks/", "docs/"))] == []
    for line in (
        "Requires-Python: >=3.11",
        "License-Expression: MIT",
        "Provides-Extra: excel",
        "Provides-Extra: parquet",
    ):
        assert line in metadata
    assert any(name.endswith("/licenses/LICENSE") for name in names)


CHECKS = [
    (["--version"], "trialfinder 0.1.0"),
    (["queries", "list"], "neuropathy-cells"),
    (["patterns", "list"], "hba1c"),
    (["search", "--offline"], "NCT05507697"),
    (["show", "NCT05507697", "--offline"], "Who may take part"),
    (["criteria", "NCT05507697", "--offline"], "NCT05507697"),
    (["signs", "NCT05507697", "--offline"], "Warning signs"),
    (["export", "-", "--format", "csv", "--offline"], "nct_id,brief_title"),
    (["schedule", "show", "cron"], "trialfinder"),
]


@pytest.mark.parametrize(("arguments", "words"), CHECKS, ids=[" ".join(words) for words, _ in CHECKS])
def test_the_installed_program_and_the_checkout_say_the_same(
    installed: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    day = [] if arguments == ["--version"] else ["--today", "2026-11-20"]
    done = run(installed, *arguments, *day, cwd=tmp_path, TRIALFINDER_HOME=str(tmp_path / "a"))
    assert done.returncode == 0, done.stderr
    assert words in done.stdout
    here = run(
        sys.executable, "-m", "trialfinder", *arguments, *day, cwd=tmp_path,
        PYTHONPATH=str(TOP), TRIALFINDER_HOME=str(tmp_path / "a"),
    )  # fmt: skip
    assert here.returncode == 0, here.stderr
    if arguments[0] != "schedule":  # names the program's place
        assert here.stdout == done.stdout


def test_the_first_line_of_the_readme_works_without_a_network(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "search", cwd=tmp_path, TRIALFINDER_API_URL="http://127.0.0.1:9/api/v2")
    assert done.returncode == 0
    assert "NOT current" in done.stderr
    assert done.stdout.count("\nNCT") > 10


def test_the_library_is_found_from_any_folder(installed: Path, tmp_path: Path) -> None:
    code = "import trialfinder as tf; print(len(tf.search(everything=True)), tf.__file__)"
    done = run(installed.with_name("python"), "-c", code, cwd=tmp_path, TRIALFINDER_HOME=str(tmp_path))
    number, place = done.stdout.split(maxsplit=1)
    assert number == "55"
    assert str(TOP) not in place
