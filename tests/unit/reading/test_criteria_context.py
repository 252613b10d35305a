"""What the words around a finding do to it."""

from __future__ import annotations

import pytest

from trialfinder.reading import criteria_tree
from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.nodes.tree import leaves


def effects(text: str, section: str) -> dict[str, str]:
    """Effect by pattern."""
    return {r.pattern: r.effect for r in read_sentence(text, section)}


@pytest.mark.parametrize(
    ("text", "section", "pattern", "effect"),
    [
        ("History of cancer", "exclusion", "malignancy", "exclude"),
        ("No history of cancer", "inclusion", "malignancy", "exclude"),
        ("HIV negative", "inclusion", "hiv", "exclude"),
        ("Negative HIV test", "inclusion", "hiv", "exclude"),
        ("Neither HIV nor syphilis", "inclusion", "syphilis", "exclude"),
        ("A negative pregnancy test", "inclusion", "pregnancy", "exclude"),
        ("Unable to give informed consent", "exclusion", "consent", "require"),
        ("Not using contraception", "exclusion", "contraception", "require"),
        ("Poor compliance", "exclusion", "follow_up", "require"),
        ("Signed consent", "inclusion", "consent", "require"),
        ("Free of active infection", "inclusion", "active_infection", "exclude"),
        ("Chronic sciatica", "unknown", "neuropathy_type", "require"),
        ("Haemoglobin above 9.5 g/dL", "unknown", "hemoglobin", "require"),
        ("Uncontrolled infection or arrhythmia", "unknown", "cardiac", "exclude"),
        ("Good general health", "unknown", "general_health", "require"),
        ("Severe psychiatric illness", "unknown", "psychiatric", "exclude"),
        ("Type 2 diabetes can be enrolled", "inclusion", "diabetes_type", "require"),
        ("At least 3 weeks since prior chemotherapy", "inclusion", "chemotherapy", "exclude"),
        ("Negative ELISA for HIV", "inclusion", "hiv", "exclude"),
        ("No arrhythmia", "exclusion", "cardiac", "exclude"),
        ("Patients must not have had a stroke", "exclusion", "stroke", "exclude"),
        ("Illness including but not limited to stroke and epilepsy", "exclusion", "stroke", "exclude"),
        ("Diabetes, not limited to type 2", "exclusion", "diabetes_type", "exclude"),
    ],
)
def test_effect_is_what_the_study_wants(text: str, section: str, pattern: str, effect: str) -> None:
    assert effects(text, section).get(pattern) == effect


def test_a_list_shares_its_head() -> None:
    found = effects("Serious heart, liver or kidney disease", "exclusion")
    assert {"cardiac", "hepatic", "renal"} <= set(found)
    found = effects("HIV, HBV, HCV or syphilis", "exclusion")
    assert set(found) == {"hiv", "hepatitis_b", "hepatitis_c", "syphilis"}


def test_an_exception_is_kept_with_the_reading_and_gives_none_of_its_own() -> None:
    found = read_sentence("Cancer except treated basal cell carcinoma of the skin")
    assert [r.pattern for r in found] == ["malignancy"]
    assert found[0].value.startswith("except: ")
    assert "basal cell" in found[0].exception


def test_what_is_allowed_is_no_bar() -> None:
    assert effects("Well controlled hypertension is allowed", "exclusion").get("hypertension") is None


def test_a_criterion_for_one_sex_says_so_and_one_for_both_does_not() -> None:
    women = read_sentence("For women of child-bearing potential: reliable contraception", "inclusion")
    assert [r.applies_to_sex for r in women if r.pattern == "contraception"] == ["female"]
    both = read_sentence("Women and men between 31 and 74 years of age", "inclusion")
    assert [r.applies_to_sex for r in both if r.pattern == "age"] == [""]


@pytest.mark.parametrize(
    ("text", "section", "pattern"),
    [
        ("Psoriasis with or without epilepsy", "inclusion", "neurological_other"),
        ("Severe deformity in people over 66 years of age", "exclusion", "age"),
        ("All patients 52 years and older will undergo a bone scan", "inclusion", "age"),
        ("A non-cardiac condition that shortens life", "exclusion", "cardiac"),
        (
            "AST below 2.4 times the upper limit of normal (5 times if there are liver metastases)",
            "inclusion",
            "malignancy",
        ),
        ("Cramps without stroke", "exclusion", "stroke"),
        ("A person may enter if tests show no peripheral neuropathy", "exclusion", "neuropathy_type"),
        ("Allowed: prednisone for asthma", "inclusion", "immunosuppression"),
        ("Female volunteers with a serum FSH above 33", "inclusion", "sex"),
        ("Children under 17 years need the consent of a parent", "inclusion", "age"),
        ("People below 17 years must have the consent of a parent", "inclusion", "age"),
    ],
)
def test_words_that_say_nothing_of_the_kind(text: str, section: str, pattern: str) -> None:
    assert pattern not in effects(text, section)


def test_history_present_and_future_are_told_apart() -> None:
    def when(text: str) -> str:
        return next(r.when for r in read_sentence(text) if r.pattern == "stroke")

    assert [when("History of stroke"), when("Acute stroke"), when("Stroke")] == ["history", "current", ""]


def test_words_of_doubt_and_judgement_are_kept() -> None:
    def told(text: str) -> list[tuple[bool, tuple[str, ...]]]:
        trees = criteria_tree(f"Exclusion Criteria:\n* {text}")
        return [(leaf.possible, leaf.severity) for tree in trees if tree.node for leaf in leaves(tree.node)]

    assert told("Suspected cancer") == [(True, ())]
    assert told("Clinically significant renal disease") == [(False, ("clinically", "significant"))]


def test_causes_of_neuropathy_are_not_illnesses() -> None:
    found = effects("Neuropathy caused by HIV, cancer or lupus", "exclusion")
    assert not {"hiv", "malignancy", "autoimmune"} & set(found)


def test_another_kind_of_neuropathy_is_another_cause_in_a_study_of_one_kind() -> None:
    found = read_sentence("Diabetic neuropathy\n\nExclusion Criteria:\n\n* Carpal tunnel syndrome\n* CIDP", "inclusion")
    assert [(r.pattern, r.effect, r.value) for r in found if r.value == "inflammatory"] == [
        ("other_neuropathy_cause", "exclude", "inflammatory")
    ]
    alone = read_sentence("CIDP")
    assert [(r.pattern, r.value) for r in alone] == [("neuropathy_type", "inflammatory")]
