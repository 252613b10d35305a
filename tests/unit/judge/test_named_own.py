"""A criterion that was not understood and names what the person told: it stands first and says so."""

from __future__ import annotations

import pytest

from tests.unit.judge.made import asks, leaf, person, unread, verdict
from trialfinder.judge import explain
from trialfinder.judge.named_own import own_named

WHO = person(diabetes={"type": "type2"}, health={"kidney_disease": True, "stroke": False, "diagnoses": ["gout"]})


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Diabetes of a kind that the board has to look at", ("diabetes",)),
        ("Kidney disease or diabetes in the view of the board", ("diabetes", "kidney disease or kidney values")),
        ("Gout as the board sees it", ("gout",)),
        ("Stroke as the board sees it", ()),
        ("Whatever the board sees", ()),
    ],
)
def test_what_was_told_is_named(words: str, named: tuple[str, ...]) -> None:
    assert own_named(words, WHO) == named
    assert own_named(words, None) == ()


def test_it_stands_first_among_what_was_not_read_without_any_value() -> None:
    other, own = unread("Whatever the board sees"), unread("Diabetes as the board sees it")
    lines = explain(verdict(WHO, other, own, asks(leaf("age", "age", "age"), "age")), WHO)
    at = next(number for number, line in enumerate(lines) if line.startswith("Not read (2)"))
    assert lines[at + 1 : at + 3] == [
        '  names diabetes, which you told: "Diabetes as the board sees it"', '  "Whatever the board sees"'
    ]  # fmt: skip
    assert "  diabetes: type 2; named by what could not be read, see below" in lines
    assert not [line for line in lines[at:] if "type 2" in line]
