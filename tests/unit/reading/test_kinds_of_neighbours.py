"""Numbers of neighbours in one sentence: each stays with its own head."""

from __future__ import annotations

import pytest

from trialfinder.reading.check_examples import read_sentence
from trialfinder.reading.nodes.tree import leaves
from trialfinder.reading.structure import criteria_tree

Limits = set[tuple[str, float | None, float | None]]


def _limits(text: str, section: str = "inclusion") -> Limits:
    return {(r.value, r.low, r.high) for r in read_sentence(text, section) if (r.low, r.high) != (None, None)}


def _of_trees(text: str) -> Limits:
    found = (
        leaf for c in criteria_tree(f"Inclusion Criteria:\n\n{text}") if c.node is not None for leaf in leaves(c.node)
    )
    return {(leaf.value, leaf.bounds.low, leaf.bounds.high) for leaf in found if leaf.bounds is not None}


_CASES: dict[str, Limits] = {
    "ABI of at least 0.75 and toe-brachial index of at least 0.45": {("ABI", 0.75, None), ("TBI", 0.45, None)},
    "TBI of at least 0.45 and ankle-brachial index of at least 0.75": {("ABI", 0.75, None), ("TBI", 0.45, None)},
    "ABI < 0.55 or TBI < 0.35": {("ABI", None, 0.55), ("TBI", None, 0.35)},
    "Toe brachial index above 0.5": {("TBI", 0.5, None)},
    "Ankle brachial index above 0.5": {("ABI", 0.5, None)},
    "Circulation is good (checked with ABI (Ankle Brachial Index, the pressure at the ankle over that at the arm. "
    "If it can be measured, it must be at least 0.75) and TBI (Toe Brachial Index, it must be at least 0.55))": {
        ("TBI", 0.55, None),
    },
    "Systolic pressure at the ankle above 65 mmHg": set(),
    "Systolic blood pressure in the anterior tibial artery (>= 55 mmHg)": set(),
    "Systolic pulmonary artery pressure below 45 mmHg": set(),
    "Systolic blood pressure below 150 mmHg and ankle pressure above 70 mmHg": {("systolic", None, 150)},
    "Systolic blood pressure at the arm below 150 mmHg, or at the ankle below 90 mmHg": {("systolic", None, 150)},
    "Systolic pressure below 150 mmHg and diastolic pressure below 95 mmHg": {
        ("systolic", None, 150), ("diastolic", None, 95),
    },
    "FEV1/FVC of at least 60 %": {("FEV1/FVC", 60, None)},
    "FEV1 and FVC of at least 55 %": {("FEV1", 55, None), ("FVC", 55, None)},
    "PaO2/FiO2 of at most 250 mmHg": {("PaO2/FiO2", None, 250)},
    "PaO2 of at least 65 mmHg": {("pO2", 65, None)},
    "Bilirubin normal, AST and ALT no greater than 2 times ULN": {("ast", None, 2), ("alt", None, 2)},
    "Bilirubin within normal limits AST at most 2 times ULN": {("ast", None, 2)},
    "Bilirubin, AST and ALT no greater than 2 times ULN": {
        ("bilirubin", None, 2), ("ast", None, 2), ("alt", None, 2),
    },
    "Creatinine and urine protein/creatinine ratio < 0.4": set(),
    "HbA1c below 9 % and fasting glucose below 180 mg/dL": {("", None, 9), ("fasting", None, 180)},
    "ALT below 60 U/L and AST below 50 U/L": {("alt", None, 60), ("ast", None, 50)},
}  # fmt: skip


@pytest.mark.parametrize("text", _CASES)
def test_each_number_stays_with_its_own_head(text: str) -> None:
    assert _limits(text) == _CASES[text]


@pytest.mark.parametrize("text", _CASES)
def test_the_trees_say_the_same(text: str) -> None:
    assert {(value.lower(), *rest) for value, *rest in _of_trees(text)} == {
        (value.lower(), *rest) for value, *rest in _CASES[text]
    }
