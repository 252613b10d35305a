"""Words that say one thing here and another there: crossed with what stands beside them. All sentences are made up."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence


def _found(text: str, section: str) -> set[tuple[str, str]]:
    return {(r.pattern, r.effect) for r in read_sentence(text, section)}


@pytest.mark.parametrize("words", ["Negative serum hCG", "Urine hCG negative within 6 days", "Beta-hCG below 5 IU/L"])
def test_the_hormone_of_a_pregnancy(words: str) -> None:
    assert _found(words, "inclusion") == {("pregnancy", "exclude")}
    assert _found("Positive hCG", "exclusion") == {("pregnancy", "exclude")}


@pytest.mark.parametrize(
    "words",
    [
        "AFP and hCG normal", "Elevated tumour markers such as hCG", "hCG greater than 300 mIU/mL", "Elevated hCG",
        "LDH, hCG or AFP raised", "Germ cell tumour with hCG no greater than 900 IU/L",
    ],
)  # fmt: skip
def test_the_same_hormone_of_a_tumour(words: str) -> None:
    assert "pregnancy" not in {pattern for pattern, _ in _found(words, "inclusion")}


@pytest.mark.parametrize("people", ["Women", "Female participants", "Participants assigned female at birth"])
@pytest.mark.parametrize("state", ["not pregnant", "not pregnant or breastfeeding", "not breastfeeding"])
@pytest.mark.parametrize("let_in", ["eligible to participate", "eligible for the study", "eligible if they use a coil"])
def test_those_who_are_not_pregnant_are_let_in(people: str, state: str, let_in: str) -> None:
    assert ("pregnancy", "exclude") in _found(f"{people} who are {state} are {let_in}", "inclusion")


@pytest.mark.parametrize("state", ["pregnant", "breastfeeding"])
def test_those_who_are_pregnant_may_be_let_in(state: str) -> None:
    assert _found(f"Women who are {state} are eligible", "inclusion") == set()


@pytest.mark.parametrize(
    "words",
    [
        "Severe disease of any major organ", "Injury to other important organs", "Damage to vital organs",
        "Uncontrollable underlying disease", "Uncontrollable chronic illness", "Multisystem organ failure",
        "Failure of another internal organ system",
    ],
)  # fmt: skip
def test_grave_illness_of_any_organ(words: str) -> None:
    assert ("general_health", "exclude") in _found(words, "exclusion")


@pytest.mark.parametrize("words", ["Transplant of a major organ", "Injury to a finger", "Damage to the cornea"])
def test_one_organ_is_not_any(words: str) -> None:
    assert "general_health" not in {pattern for pattern, _ in _found(words, "exclusion")}


@pytest.mark.parametrize("test", ["testing", "tests", "battery", "tasks", "measures"])
def test_a_test_of_the_mind_is_no_disorder(test: str) -> None:
    assert "psychiatric" not in {p for p, _ in _found(f"Able to complete the cognitive function {test}", "inclusion")}
    assert _found("Abnormal cognitive function", "exclusion") == {("psychiatric", "exclude")}


@pytest.mark.parametrize("other", ["other", "another", "a different"])
@pytest.mark.parametrize("thing", ["trial medication", "study drug", "trial product", "study agent"])
def test_products_of_another_trial(other: str, thing: str) -> None:
    assert _found(f"Use of {other} {thing} within 2 months", "exclusion") == {("other_trial", "exclude")}
    assert _found(f"Allergy to the {thing}", "exclusion") == {("allergy", "exclude")}


@pytest.mark.parametrize("product", ["investigational product", "experimental drug", "investigational device"])
def test_being_exposed_to_a_product_under_test(product: str) -> None:
    found = read_sentence(f"Exposure to any other {product} up to 60 days before", "exclusion")
    assert {(r.pattern, r.window_months) for r in found} == {("other_trial", 2.0)}


@pytest.mark.parametrize("state", ["not pregnant", "not breastfeeding", "not lactating", "not nursing"])
@pytest.mark.parametrize("women", ["Women", "Female patients", "Females"])
def test_what_is_said_of_women_lets_men_in(women: str, state: str) -> None:
    for text in (f"{women} who are {state}", f"{women} {state}"):
        assert _found(text, "inclusion") == {("pregnancy", "exclude")}
