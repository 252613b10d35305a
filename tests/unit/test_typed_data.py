"""One line for every mistake in a data file: the file, the line, the way there, and what was meant."""

from __future__ import annotations

import datetime as dt
import enum
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from trialfinder.base.typed_data import DataRow, Text, load, mistake, typed
from trialfinder.errors import InputError


class Wording(DataRow, frozen=True):
    id: str
    pattern: Text
    side: Literal["left", "right"] = "left"
    yes: tuple[str, ...] = ()
    share: float = 0.0


class Hand(enum.StrEnum):
    LEFT = "left"
    RIGHT = "right"


class Book(DataRow, frozen=True):
    as_of: dt.date
    word: tuple[Wording, ...] = ()
    hand: Hand | None = None
    names: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)


GOOD = """as_of = 2026-11-29
[names]
ulnar = { roots = 2 }

[[word]]
id = "first"
pattern = ' ulnar '

[[word]]  # the second
id = "second"
pattern = 'median'
side = "right"
yes = ["a", "b"]
share = 1
"""


def test_a_file_becomes_what_its_struct_says(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_text("\ufeff" + GOOD, encoding="utf-8")
    book = load(path, Book)
    assert book.as_of == dt.date(2026, 11, 29)
    assert book.names == {"ulnar": {"roots": 2}}
    assert [(w.id, w.side, w.yes, w.share) for w in book.word] == [
        ("first", "left", (), 0.0),
        ("second", "right", ("a", "b"), 1.0),
    ]
    assert book.word[0].pattern == "ulnar"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("side =", "sied =", 12, "word[2] (second).sied: unknown key 'sied'; did you mean 'side'?"),
        ('"right"', '"rihgt"', 12, "word[2] (second).side: unknown value 'rihgt'; did you mean 'right'?"),
        ("pattern = 'median'", "", 9, "word[2] (second): pattern missing"),
        ("'median'", "' '", 11, "word[2] (second).pattern: is empty"),
        ("'median'", "3", 11, "word[2] (second).pattern: must be text, not 3"),
        ('["a", "b"]', '["a", 2]', 13, "word[2] (second).yes[2]: must be text, not a whole number"),
        ('["a", "b"]', '"a"', 13, "word[2] (second).yes: must be a list, not text"),
        ("roots = 2", 'roots = "2"', 3, "names.ulnar.roots: must be a whole number, not text"),
        ("as_of = 2026-11-29", 'as_of = "soon"', 1, "as_of: "),
        ("[names]", 'hand = "lefd"\n[names]', 2, "hand: unknown value 'lefd'; did you mean 'left'?"),
        ("[names]", "hand = 3\n[names]", 2, "hand: "),
        ("as_of =", "zzz =", 1, "zzz: unknown key 'zzz'; known: as_of, hand, names, word"),
    ],
)
def test_a_mistake_is_told_on_one_line_with_its_place(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    path = tmp_path / "book.toml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(path, Book)
    assert str(caught.value).startswith(f"{path}, line {line}, {says}")
    assert "\n" not in str(caught.value)


def test_a_file_without_what_it_needs_is_told_without_a_line(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(path, Book)
    assert str(caught.value) == f"{path}: as_of missing"


def test_values_without_a_file_are_told_by_the_name_of_their_place() -> None:
    with pytest.raises(InputError, match=r"^row of a test, id: must be text, not a whole number$"):
        typed({"id": 3, "pattern": "x"}, Wording, "row of a test")


def test_other_mistakes_are_told_alike(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_text(GOOD, encoding="utf-8")
    told = mistake(path, ("word", 1, "side"), "no row is called so")
    assert str(told) == f"{path}, line 12, word[2].side: no row is called so"


def test_rows_below_rows_are_counted_apart(tmp_path: Path) -> None:
    path = tmp_path / "deep.toml"
    path.write_text("[[a]]\n[[a.b]]\nx = 1\n[[a]]\n[[a.b]]\nx = 1\n[[a.b]]\nx = 2\n[a.c]\ny = 1\n", encoding="utf-8")
    assert str(mistake(path, ("a", 1, "b", 1, "x"), "no")) == f"{path}, line 8, a[2].b[2].x: no"
    assert str(mistake(path, ("a", 1, "c", "y"), "no")) == f"{path}, line 10, a[2].c.y: no"
