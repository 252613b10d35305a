"""What a change means for one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from trialfinder.changes.person import for_records

NCT = "NCT90000001"


def verdict(answers: Mapping[str, str], joinable: str = "yes") -> dict[str, Any]:
    """What the match gives: a verdict by the rules of the profile, from an answer for each pattern."""
    found = (
        "conflict"
        if "not_met" in answers.values()
        else "possible"
        if "unknown" in answers.values()
        else "nothing_against"
    )
    listed = [{"pattern": pattern, "answer": answer} for pattern, answer in answers.items()]
    return {"verdict": found, "joinable": joinable, "answers": listed}


def news(old: dict[str, Any] | None, new: dict[str, Any]) -> tuple[str, bool | None]:
    found = for_records(NCT, old, new, lambda record: record)
    return found.words, found.better


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"age": "not_met", "hba1c": "unknown"}, {"age": "met", "hba1c": "unknown"},
         ("the study now admits you by age; still unknown: HbA1c", True)),
        ({"age": "met"}, {"age": "not_met"}, ("now speaks against it: age", False)),
        ({"age": "not_met", "malignancy": "not_met"}, {"age": "met", "malignancy": "not_met"},
         ("age no longer speaks against it, something else still does", True)),
        ({"age": "not_met"}, {"hiv": "not_met"},
         ("age no longer speaks against it; now speaks against it: HIV", False)),
        ({"hba1c": "unknown", "bmi": "unknown"}, {"bmi": "unknown"},
         ("no longer asked or now answered: HbA1c; still unknown: body mass index", None)),
        ({"age": "met"}, {"age": "met"}, ("", None)),
        (None, {"age": "met", "bmi": "unknown"},
         ("for you: possible, not everything is known; still unknown: body mass index", None)),
        (None, {"age": "not_met"}, ("for you: something speaks against it (age)", None)),
    ],
)  # fmt: skip
def test_words(old: dict[str, str] | None, new: dict[str, str], expected: tuple[str, bool | None]) -> None:
    before = verdict(old) if old is not None else None
    words, better = news(before, verdict(new))
    assert (words, better) == expected


def test_whether_it_can_be_joined_when_nothing_else_changed() -> None:
    assert news(verdict({"age": "met"}, "not_yet"), verdict({"age": "met"}, "yes")) == (
        "it can be joined now; for you: nothing against it was found", None,
    )  # fmt: skip
    assert news(verdict({"age": "not_met"}, "not_yet"), verdict({"age": "not_met"}, "yes")) == ("", None)


def test_many_unknown_facts_are_counted() -> None:
    asked = {f"thing_{n}": "unknown" for n in range(9)}
    words, _ = news(verdict({**asked, "age": "not_met"}), verdict({**asked, "age": "met"}))
    assert words.endswith("still unknown: thing 0, thing 1, thing 2, thing 3, thing 4, thing 5 and 3 more")
