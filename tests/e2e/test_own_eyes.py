"""What is made from a person's facts is open to its owner only, as the profile is; what is for others is as usual."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.made import nct
from tests.e2e.program import Program
from trialfinder.base.whole_files import make_folder, private, write_content

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def me(filled: Program) -> Path:
    (filled.home / "group").mkdir()
    path = filled.home / "group" / "ann.toml"
    path.write_text('[person]\nage = 58\nsex = "female"\n[neuropathy]\ntypes = ["diabetic"]\n', encoding="utf-8")
    return path


def modes(place: Path) -> dict[str, str]:
    """How open a folder and all files in it are; a lock holds nothing."""
    found = [place, *(path for path in place.rglob("*") if not path.name.endswith("lock"))]
    return {path.name: oct(path.stat().st_mode & 0o777) for path in found}


@pytest.mark.usefixtures("me")
@pytest.mark.parametrize(
    "command",
    [
        ["page", nct(1), "--profile", "group/ann.toml", "--to", "made/p.html"],
        ["digest", "--profile", "group/ann.toml", "--since", "30d", "--feed", "made/n.atom"],
        ["match", "--group", "group", "--sheets", "sheets", "--offline"],
        ["match", "--profile", "group/ann.toml", "--to", "doctor", "--offline"],
    ],
)
def test_of_a_person(filled: Program, command: list[str]) -> None:
    (filled.home / "made").mkdir(0o700)
    before = {path.name for path in filled.home.iterdir()}
    assert filled(*command).code == 0
    folder = next((path for path in filled.home.iterdir() if path.name not in before), filled.home / "made")
    found = modes(folder)
    assert found.pop(folder.name) == "0o700"
    assert set(found.values()) == {"0o600"}, found


def test_of_nobody(filled: Program) -> None:
    assert filled("page", nct(1), "--to", "p.html").code == 0
    assert filled("digest", "--since", "30d", "--feed", "n.atom").code == 0
    assert filled("site", "public", "--offline", "--limit", "1").code == 0
    assert {modes(filled.home / name)[name] for name in ("p.html", "n.atom")} == {"0o644"}
    assert modes(filled.home / "public")["index.html"] == "0o644"
    assert modes(filled.home / "public")["public"] == "0o755"


def test_what_stood_there_stays_as_open_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "shared").write_text("")
    (tmp_path / "shared").chmod(0o640)
    with private():
        for name in ("shared", "new"):
            write_content(tmp_path / name, b"x")
        make_folder(tmp_path / "folder")
    write_content(tmp_path / "usual", b"x")
    found = modes(tmp_path)
    assert [found[name] for name in ("shared", "new", "folder", "usual")] == ["0o640", "0o600", "0o700", "0o644"]
