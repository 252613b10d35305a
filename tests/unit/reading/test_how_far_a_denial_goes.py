"""How far "no" reaches: over lists that say what they hold, over brackets, and not over the next wish."""

from __future__ import annotations

import pytest

from tests.unit.judge.test_invented import verdict
from trialfinder.reading.check_examples import read_sentence


def _effects(text: str, section: str = "inclusion") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for r in read_sentence(text, section):
        found.setdefault(r.pattern, set()).add(r.effect)
    return found


_LISTS = [
    "No serious illness including, but not limited to, {}",
    "Must NOT have a severe disease including but not limited to {}",
    "Free of any grave illness, including but not restricted to {}",
    "No contraindications (including but not limited to) {}",
]  # fmt: skip


@pytest.mark.parametrize("frame", _LISTS)
@pytest.mark.parametrize(
    ("words", "pattern"),
    [("stroke", "stroke"), ("epilepsy", "neurological_other"), ("heart failure", "cardiac"), ("HIV", "hiv")],
)
def test_a_list_that_is_not_all_is_denied_like_one_that_is(frame: str, words: str, pattern: str) -> None:
    assert _effects(frame.format(f"asthma, {words} or gout"))[pattern] == {"exclude"}


def test_nobody_is_barred_for_lack_of_what_is_denied() -> None:
    text = "No serious illness including, but not limited to, stroke, epilepsy or heart failure"
    assert verdict("in", [text], 'health.stroke = "no"').verdict != "conflict"


@pytest.mark.parametrize("bracket", ["(defined as a deficit on a scan)", "(of any kind)", "(type 1)"])
def test_a_bracket_does_not_end_a_denial(bracket: str) -> None:
    assert _effects(f"No history of stroke {bracket} or known heart failure")["cardiac"] == {"exclude"}


def test_what_comes_after_without_and_a_bracket_is_asked_for() -> None:
    text = "Migraine without aura (as coded in 1.1) or migraine with aura (as coded in 1.2)"
    assert _effects(text)["neurological_other"] == {"require"}


_WISHES = [
    ("No organ dysfunction: Ejection fraction > 47 %", "cardiac", "require"),
    ("No sepsis, platelets at least 95 x 10^9/L", "platelets", "require"),
    ("No liver disease, creatinine below 1.7 mg/dL", "renal", "require"),
    ("No liver disease, creatinine above 1.7 mg/dL", "renal", "exclude"),
    ("No serious bleeding, platelets below 40 x 10^9/L", "platelets", "exclude"),
]


@pytest.mark.parametrize(("text", "pattern", "effect"), _WISHES)
def test_a_limit_behind_a_denial_is_taken_by_its_good_side(text: str, pattern: str, effect: str) -> None:
    found = {r.effect for r in read_sentence(text, "inclusion") if r.pattern == pattern and (r.low or r.high)}
    assert found == {effect}


_NOT_ASKED = [
    ("Autoimmune disease that has required treatment (e.g., disease-modifying agents, steroids)", "immunosuppression"),
    ("Certified nursing assistants", "pregnancy"),
    ("Unfit for the anaesthesia required for this procedure", "general_health"),
    ("Any sociological or geographical condition that would prevent compliance", "general_health"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pattern"), _NOT_ASKED)
def test_what_is_only_named(text: str, pattern: str) -> None:
    assert pattern not in _effects(text, "exclusion")


def test_a_drug_that_says_until_when_no_child_may_come_is_not_asked_for() -> None:
    assert set(_effects("Uses condoms for 5 months after the last dose of methotrexate")) == {"contraception"}
    assert "immunosuppression" in _effects("At least 5 weeks since the last dose of methotrexate")


@pytest.mark.parametrize("text", ["Hepatitis negative", "No viral or autoimmune hepatitis"])
def test_hepatitis_without_a_letter_is_both(text: str) -> None:
    got = _effects(text)
    assert got["hepatitis_b"] == got["hepatitis_c"] == {"exclude"}
