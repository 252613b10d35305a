"""What is kept of a study for judging is judged as the study itself."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from tests.e2e import made
from trialfinder.classify import joinable
from trialfinder.judge import judge, keep, kept
from trialfinder.person import Profile
from trialfinder.reading import criteria_tree, names_of
from trialfinder.study.model import Study
from trialfinder.study.read_study import read_study

TODAY = dt.date(2026, 11, 20)
PEOPLE = (
    Profile({}),
    Profile({"person.age": 58.0, "person.sex": "female", "neuropathy.types": ("diabetic",), "diabetes.type": "type2"}),
    Profile({"person.age": 17.0, "health.cancer": "active", "health.diagnoses": ("lupus",), "person.pregnant": True}),
)
STUDIES = [read_study(record) for record in made.studies()]


@pytest.mark.parametrize("study", STUDIES, ids=[study.nct_id for study in STUDIES])
def test_a_kept_study_is_judged_as_the_whole_one(study: Study) -> None:
    read = kept(keep(study))
    criteria = criteria_tree(study.eligibility_criteria, names_of(study))
    assert read.criteria == criteria
    assert joinable(read.study, TODAY) == joinable(study, TODAY)
    assert (read.study.brief_title, read.study.url) == (study.brief_title, study.url)
    for person in PEOPLE:
        assert judge(read.study, read.criteria, person, TODAY, read.studied) == judge(study, criteria, person, TODAY)


def test_an_allergy_to_what_is_given_is_known_of_a_kept_study() -> None:
    """Its names are no part of the criteria: "allergic to the study drug" speaks of them."""
    record = made.study(1)
    protocol = record["protocolSection"]
    protocol["armsInterventionsModule"] = {"interventions": [{"type": "DRUG", "name": "Penicillin"}]}
    protocol["eligibilityModule"] = {"eligibilityCriteria": "Exclusion Criteria:\n\n* Allergy to the study drug"}
    study = read_study(record)
    person = Profile({"treatment.allergies": ("penicillin",)})
    criteria = criteria_tree(study.eligibility_criteria, names_of(study))
    whole = judge(study, criteria, person, TODAY)
    assert whole.verdict == "conflict"
    assert judge(kept(keep(study)).study, criteria, person, TODAY) == whole


def test_the_same_study_is_kept_in_the_same_words() -> None:
    assert [keep(study) for study in STUDIES] == [keep(study) for study in STUDIES]


def test_what_somebody_else_wrote_is_refused() -> None:
    for text in (b"", b"{}", b'{"study": {"nct_id": "NCT00000001"}, "criteria": 3, "studied": []}'):
        with pytest.raises(msgspec.DecodeError):
            kept(text)
