"""Under which name a result is kept: it moves with the source and the data that made it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from trialfinder.base import resources


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


def test_whatever_is_kept_of_a_reading_moves_with_the_phrases_too() -> None:
    """Who reads or classifies does it by the phrase language, which is a room of its own."""
    sources = [path.read_text(encoding="utf-8") for path in resources._PACKAGE.rglob("*.py")]
    calls = [found for source in sources for found in re.findall(r"made_by\(([\"'][^()]*)\)", source)]
    by_phrases = [rooms for rooms in calls if "reading" in rooms or "classify" in rooms]
    assert by_phrases and all("phrases" in rooms for rooms in by_phrases)
