"""Documents that are made from the code cover all of it."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

from docs.house import arrows
from docs.pages import DATA, data_page, picture, rooms

ROOT = Path(__file__).resolve().parents[2]


def _files(pattern: str) -> set[Path]:
    before, brace, rest = pattern.partition("{")
    names, _, after = rest.partition("}")
    patterns = [before + name + after for name, _ in product(names.split(","), [0])] if brace else [pattern]
    return {path for each in patterns for path in ROOT.glob(each)}


def test_every_data_file_is_in_the_page_of_the_data_files() -> None:
    there = {*(ROOT / "data").rglob("*.toml"), *(ROOT / "queries").rglob("*.toml")}
    told = set().union(*(_files(pattern) for pattern in DATA))
    assert there - told == set()
    assert all(_files(pattern) for pattern in DATA if pattern != "config.toml")


def test_every_key_has_a_meaning() -> None:
    rows = [line for line in data_page().splitlines() if line.startswith("| `")]
    assert len(rows) > 100
    bare = [line for line in rows if line.endswith("|  |")]
    assert bare == []


def test_every_room_is_told_and_drawn() -> None:
    for room in set(arrows()) - {"__main__", "trialfinder"}:
        assert f"| `{room}` | " in rooms()
        assert room in ("base", "errors") or room in picture()


def test_every_test_that_a_page_names_is_there() -> None:
    """A proof that names a test which nobody runs proves nothing."""
    top = Path(__file__).resolve().parents[2]
    named = set()
    for page in (top / "docs" / "decisions").glob("*.md"):
        named |= set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text(encoding="utf-8")))
    assert len(named) > 20
    for file, name in named:
        assert f"def {name}(" in (top / file).read_text(encoding="utf-8") if name else (top / file).is_file(), (
            file,
            name,
        )
