"""What a change means for one person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.unit.changes.edits import edited
from tests.unit.sample import RECORD
from tests.unit.store.fill import day, run
from trialfinder.changes import changes, for_person
from trialfinder.changes.person import for_records
from trialfinder.person import from_options
from trialfinder.store import Store

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
         ("age no longer speaks against it; still unknown: HbA1c; nothing that you told speaks against it now and it "
          "takes people: ask the study team whether it takes you", True)),
        ({"age": "met"}, {"age": "not_met"}, ("now speaks against it: age", False)),
        ({"age": "not_met", "malignancy": "not_met"}, {"age": "met", "malignancy": "not_met"},
         ("age no longer speaks against it, something else still does", True)),
        ({"age": "not_met"}, {"hiv": "not_met"},
         ("age no longer speaks against it; now speaks against it: HIV", False)),
        ({"hba1c": "unknown", "bmi": "unknown"}, {"bmi": "unknown"},
         ("no longer asked or now answered: HbA1c; still unknown: body mass index", None)),
        ({"age": "met"}, {"age": "met"}, ("", None)),
        (None, {"age": "met", "bmi": "unknown"},
         ("for you: possible, not everything is known; still unknown: body mass index; it takes people now: ask the "
          "study team whether it takes you", None)),
        (None, {"age": "not_met"}, ("for you: something speaks against it (age)", None)),
    ],
)  # fmt: skip
def test_words(old: dict[str, str] | None, new: dict[str, str], expected: tuple[str, bool | None]) -> None:
    before = verdict(old) if old is not None else None
    words, better = news(before, verdict(new))
    assert (words, better) == expected


def test_whether_it_can_be_joined_when_nothing_else_changed() -> None:
    assert news(verdict({"age": "met"}, "not_yet"), verdict({"age": "met"}, "yes")) == (
        "it can be joined now; for you: nothing against it was found; ask the study team whether it takes you", None,
    )  # fmt: skip
    assert news(verdict({"age": "not_met"}, "not_yet"), verdict({"age": "not_met"}, "yes")) == ("", None)


def test_what_is_paused_is_not_said_to_be_over() -> None:
    assert news(verdict({"age": "met"}, "yes"), verdict({"age": "met"}, "no"))[0] == "it cannot be joined now"


def test_a_limit_that_was_raised_in_a_closed_study_is_no_invitation() -> None:
    assert news(verdict({"age": "not_met"}, "no"), verdict({"age": "met"}, "no")) == (
        "age no longer speaks against it; it cannot be joined now", True,
    )  # fmt: skip


@pytest.mark.parametrize("now", ["not_yet", "unsure", "no"])
def test_nobody_is_sent_to_ask_where_it_takes_nobody_or_nobody_knows(now: str) -> None:
    assert "ask the study team" not in news(verdict({"age": "not_met"}), verdict({"age": "met"}, now))[0]
    assert "ask the study team" not in news(None, verdict({"age": "met"}, now))[0]


def test_a_study_of_another_illness_is_no_invitation() -> None:
    other = verdict({"age": "met"}) | {"illness": "another illness"}
    for before in (None, verdict({"age": "not_met"})):
        words = news(before, other)[0]
        assert words.endswith("; it is for another illness than the one you told")
        assert "ask" not in words


def test_many_unknown_facts_are_counted() -> None:
    asked = {f"thing_{n}": "unknown" for n in range(9)}
    words, _ = news(verdict({**asked, "age": "not_met"}), verdict({**asked, "age": "met"}))
    assert "still unknown: thing 0, thing 1, thing 2, thing 3, thing 4, thing 5 and 3 more; " in words


def aged(limit: str) -> dict[str, Any]:
    return edited({"eligibilityModule.maximumAge": limit})


def test_a_raised_age_limit_lets_an_older_person_in(tmp_path: Path) -> None:
    person = from_options({"age": 75, "sex": "male", "neuropathy": ["diabetic"]})
    with Store.open(tmp_path / "store.db") as store:
        run(store, day(0), {"default": [aged("70 Years")]})
        run(store, day(1), {"default": [aged("80 Years")]})
        found = for_person(store, changes(store, now=day(2)), person, day(2).date())
        dump = "\n".join(store.database.iterdump())
    news = found["NCT90000001"]
    assert (news.verdict_before, news.verdict, news.better) == ("conflict", "possible", True)
    assert news.words.startswith("age no longer speaks against it; still unknown: ")
    assert news.words.endswith("it takes people: ask the study team whether it takes you")
    assert "HbA1c" in news.words
    assert "75" not in news.words
    assert "admits" not in dump


def test_a_change_that_does_not_concern_the_person_is_left_out(tmp_path: Path) -> None:
    person = from_options({"age": 75})
    with Store.open(tmp_path / "store.db") as store:
        run(store, day(0), {"default": [RECORD]})
        run(store, day(1), {"default": [edited({"designModule.enrollmentInfo.count": 61})]})
        assert for_person(store, changes(store, now=day(2)), person, day(2).date()) == {}


def test_a_new_study_is_told_with_its_verdict(tmp_path: Path) -> None:
    person = from_options({"age": 15})
    other = edited({"identificationModule.nctId": "NCT90000002"})
    with Store.open(tmp_path / "store.db") as store:
        run(store, day(0), {"default": [RECORD]})
        run(store, day(1), {"default": [RECORD, other]})
        found = for_person(store, changes(store, now=day(2)), person, day(2).date())
    assert found["NCT90000002"].words.startswith("for you: something speaks against it (age)")


def test_a_new_study_that_nobody_can_join_is_not_told_as_possible() -> None:
    assert news(None, verdict({"age": "met", "bmi": "unknown"}, "no")) == ("it cannot be joined now", None)
