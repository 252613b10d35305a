"""Homes and registries for the tests that run the real program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import made
from tests.e2e.program import Program
from tests.standin import StandIn


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program in an empty home, without a registry."""
    return Program(tmp_path)


@pytest.fixture
def registry() -> Iterator[StandIn]:
    """A registry of the thirty made studies."""
    with StandIn(made.studies()) as server:
        yield server


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose store holds the thirty made studies; to be copied."""
    home = tmp_path_factory.mktemp("filled")
    with StandIn(made.studies()) as server:
        done = Program(home, server.url)("refresh", "-q")
    assert done.code == 0, done.err
    return home


@pytest.fixture
def filled(filled_home: Path, tmp_path: Path) -> Program:
    """The program with a filled store and without a registry."""
    shutil.copytree(filled_home / "trialfinder", tmp_path / "trialfinder")
    return Program(tmp_path)


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose store holds what the default search finds among the developers' records; to be copied."""
    shared = Path(__file__).resolve().parents[3] / "shared"
    if not shared.is_dir():
        pytest.skip(f"{shared} is missing: the developers' records are not part of the project")
    from trialfinder.study.record_files import read_records

    home = tmp_path_factory.mktemp("real")
    with StandIn(read_records(shared / "records" / "studies.jsonl.gz")) as server:
        done = Program(home, server.url)("refresh")
    assert done.code == 0, done.err
    (home / "said").write_text(done.out, encoding="utf-8")
    return home


@pytest.fixture
def real(real_home: Path, tmp_path: Path) -> Program:
    """The program with a store of real records and without a registry."""
    shutil.copytree(real_home / "trialfinder", tmp_path / "trialfinder")
    return Program(tmp_path)
