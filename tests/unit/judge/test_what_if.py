"""One more answer of a person gives what judging anew gives, although only what looks at it is judged again."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.unit.judge.made import TODAY, asks, bars, bounds, judged, leaf, person, unread
from trialfinder.base.resources import data_dir
from trialfinder.judge import Judged, judge
from trialfinder.judge.what_if import StudyInTrial, WatchedFacts
from trialfinder.person.facts import facts_of
from trialfinder.person.profile import Profile, Value
from trialfinder.reading import criteria_tree, names_of
from trialfinder.study.read_study import read_study

_ANSWERS: dict[str, tuple[Value, ...]] = {
    "health.hiv": (True, False),
    "health.cancer": ("none", "current", "past"),
    "health.diagnoses": ((), ("lupus",)),
    "health.autoimmune": ((), ("vasculitis",)),
    "health.neurological_other": (("multiple sclerosis",),),
    "treatment.medications": ((), ("warfarin",), ("prednisone", "metformin")),
    "treatment.allergies": ((), ("penicillin",)),
    "person.birth_year": (1930.0, 1980.0),
    "person.pregnant": (True, False),
    "diabetes.type": ("none", "type2"),
    "diabetes.hba1c": (0.0, 30.0),
}
_PEOPLE = {
    "nobody": person(),
    "told": person(
        person={"age": 58, "sex": "female"}, diabetes={"type": "type2", "hba1c": 8.2}, health={"diagnoses": ["asthma"]}
    ),
}


def _studies() -> Iterator[Judged]:
    lines = (data_dir("snapshot") / "studies.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[:12]:
        study = read_study(json.loads(line))
        criteria = criteria_tree(study.eligibility_criteria, names_of(study))
        yield Judged(study, criteria, judge(study, criteria, person(), TODAY))


@pytest.mark.parametrize("who", _PEOPLE)
def test_an_answer_more_gives_what_judging_anew_gives(who: str) -> None:
    profile = _PEOPLE[who]
    watched, compared, kinds = WatchedFacts(profile, TODAY), 0, set()
    for each in _studies():
        trial = StudyInTrial(each.study, each.criteria, None, watched)
        for key, answers in _ANSWERS.items():
            for answer in answers:
                more = profile.with_facts({key: answer})
                found = trial.outcome(more, TODAY, watched.changed_by(facts_of(more, TODAY)))
                assert found == judge(each.study, each.criteria, more, TODAY).verdict, (each.study.nct_id, key, answer)
                compared += 1
                kinds.add(found)
    assert compared > 200
    assert {"conflict", "possible"} <= kinds


def _seen(one: Judged, profile: Profile) -> list[frozenset[str]]:
    return [part.seen for part in StudyInTrial(one.study, one.criteria, None, WatchedFacts(profile, TODAY))._parts]


def test_only_criteria_that_look_at_a_fact_are_judged_again() -> None:
    nobody = person()
    one = judged(
        nobody,
        bars(leaf("hiv", "hiv"), "HIV"),
        bars(leaf("hba1c", "hba1c", bounds=bounds(10.0, None, "%"))),
        asks(leaf("consent", "consent")),
    )
    hiv, sugar, _ = _seen(one, nobody)
    assert "health.hiv" in hiv - sugar
    assert "diabetes.hba1c" in sugar - hiv


def test_unread_words_may_name_what_the_person_names() -> None:
    nobody = person()
    (words,) = _seen(judged(nobody, unread("Sjögren's syndrome")), nobody)
    assert {"health.diagnoses", "health.autoimmune", "health.neurological_other"} <= words


def test_answers_that_contradict_each_other_touch_every_criterion() -> None:
    told = person(health={"hiv": True})
    watched = WatchedFacts(told, TODAY)
    other = facts_of(told.with_facts({"health.cancer": "none"}), TODAY)
    assert "health.cancer" in (watched.changed_by(other) or ())
    other.clashes.add("health.hiv")
    assert watched.changed_by(other) is None
