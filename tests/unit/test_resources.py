"""Under which name a result is kept: it moves with the source and the data that made it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.house import arrows
from trialfinder.base import resources
from trialfinder.base.resources import load_toml


def test_a_changed_line_of_source_or_data_gives_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("reading", "base"):
        shutil.copytree(resources._PACKAGE / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    monkeypatch.setattr(resources, "digest", lambda: "data")
    made_by = resources.made_by.__wrapped__
    before = made_by("reading", "base")
    assert made_by("reading", "base") == before
    assert made_by("base") != before
    with (tmp_path / "reading" / "readings.py").open("a", encoding="utf-8") as file:
        file.write("# mended\n")
    after = made_by("reading", "base")
    assert after != before
    monkeypatch.setattr(resources, "digest", lambda: "other data")
    assert made_by("reading", "base") != after


def test_whatever_is_kept_moves_with_all_that_made_it() -> None:
    """Who reads or classifies does it by rooms below, such as the phrase language and the names of drugs."""
    sources = [path.read_text(encoding="utf-8") for path in resources._PACKAGE.rglob("*.py")]
    calls = [
        set(re.findall(r"\w+", found)) for text in sources for found in re.findall(r"made_by\(([\"'][^()]*)\)", text)
    ]
    for room in ("reading", "classify"):
        wanted = {room} | arrows()[room] - {"errors"}
        assert [rooms for rooms in calls if room in rooms]
        assert [wanted - rooms for rooms in calls if room in rooms and wanted - rooms] == []


_EXPRESSION = re.compile(r"\\|\(\?|\w-\w\]|\[\^|\]\?|\w\?\w|\.\+|\)\*")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))
    elif isinstance(value, str):
        yield value


def test_no_data_file_holds_a_regular_expression() -> None:
    """A volunteer who corrects one writes words; what finds them is made by the phrase language."""
    folders = [resources.data_dir(), resources.data_dir().parent / "queries"]
    files = [path for folder in folders for path in sorted(folder.rglob("*.toml"))]
    found = [(path.name, text) for path in files for text in _texts(load_toml(path)) if _EXPRESSION.search(text)]
    assert len(files) > 50 and found == []
