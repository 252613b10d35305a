"""What is narrower than what was told bars nobody: another way of giving, another member, another stage, a donor."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.judge.test_sentences import verdict
from trialfinder.drugs.drug_names import DrugWay, drug_ways, drugs_named, says_way


def _takes(drug: str) -> dict[str, Any]:
    return {"treatment": {"medications": [drug]}}


def _reacts_to(what: str) -> dict[str, Any]:
    return {"treatment": {"allergies": [what]}}


def _had(kind: str) -> dict[str, Any]:
    return {"health": {"cancer": "past", "cancer_kind": kind, "cancer_free_years": 2}}


@pytest.mark.parametrize(
    ("sentence", "facts", "said"),
    [
        ("On oral blood thinners", _takes("enoxaparin"), "possible"),
        ("On oral blood thinners", _takes("apixaban"), "conflict"),
        ("On oral blood thinners", {"treatment": {"medications": ["apixaban", "enoxaparin"]}}, "conflict"),
        ("On blood thinners", _takes("enoxaparin"), "conflict"),
        ("Treatment with oral steroids", _takes("prednisolone eye drops"), "possible"),
        ("Treatment with systemic steroids", _takes("hydrocortisone cream"), "possible"),
        ("Treatment with systemic steroids", _takes("prednisone"), "conflict"),
        ("Treatment with systemic or topical steroids", _takes("prednisone"), "conflict"),
        ("Biologic or oral immunosuppressive therapy", _takes("adalimumab"), "conflict"),
    ],
)
def test_a_way_of_giving(sentence: str, facts: dict[str, Any], said: str) -> None:
    assert verdict("Exclusion", sentence, facts) == said


@pytest.mark.parametrize(
    ("sentence", "facts", "said"),
    [
        ("Allergy to serum of cattle, antibiotics (gentamycin) or DMSO", _reacts_to("ciprofloxacin"), "possible"),
        ("Allergy to serum of cattle, antibiotics (gentamycin) or DMSO", _reacts_to("gentamicin"), "conflict"),
        ("Known allergy to antibiotics (streptomycin, amphotericin)", _reacts_to("penicillin"), "possible"),
        ("Known allergy to antibiotics", _reacts_to("penicillin"), "conflict"),
    ],
)
def test_a_member_behind_a_kind_of_substances(sentence: str, facts: dict[str, Any], said: str) -> None:
    assert verdict("Exclusion", sentence, facts) == said


@pytest.mark.parametrize(
    ("spared", "kind", "said"),
    [
        ("basal cell carcinoma, melanoma in situ or cervical carcinoma", "melanoma", "possible"),
        ("basal cell carcinoma or cervical carcinoma in situ", "melanoma", "conflict"),
        ("nonmelanoma skin cancer", "melanoma", "conflict"),
        ("ductal carcinoma in situ of the breast", "breast cancer", "possible"),
        ("ductal carcinoma in situ of the breast", "lung cancer", "conflict"),
    ],
)
def test_a_stage_of_the_cancer_that_was_told(spared: str, kind: str, said: str) -> None:
    assert verdict("Exclusion", f"A malignancy within 5 years, except {spared}", _had(kind)) == said


@pytest.mark.parametrize("whom", ["Bone marrow donor :", "Donor:", "Healthy controls:", "Healthy control subjects :"])
def test_a_label_in_front_of_what_another_must_be(whom: str) -> None:
    sentence = f"{whom} man or woman aged 19 to 30 years without comorbidities (diabetes, cardiovascular disease)"
    assert verdict("Inclusion", sentence, {"person": {"age": 60}, "diabetes": {"type": "type2"}}) == "possible"


def test_the_words_behind_a_label_are_of_the_person_where_she_is_named() -> None:
    assert verdict("Inclusion", "Controls: patients aged 19 to 30 years", {"person": {"age": 60}}) == "conflict"


@pytest.mark.parametrize("way", drug_ways(), ids=lambda way: way.id)
def test_examples_of_a_way(way: DrugWay) -> None:
    assert all(says_way(way, words) for words in way.yes)
    assert not any(says_way(way, words) for words in way.no)
    assert all(drugs_named(name) for name in way.not_names)
