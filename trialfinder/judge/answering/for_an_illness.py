"""What is taken for an illness, and what an illness does now, where only the illness was told."""

from __future__ import annotations

from trialfinder.judge.answering.drugs import MEDICATIONS
from trialfinder.judge.asking import Question
from trialfinder.judge.leaf_tests import LeafTest

_MEDICINE_FOR_IT = ("medication for it", "medications for it", "drug for it", "drugs for it", "medicine for it")


def takes_nothing_for_it(asked: Question, test: LeafTest | None) -> bool:
    """Whether drugs against an illness are meant, and the person takes no drugs at all."""
    by_drugs = test is not None and bool(test.treated_by) and any(x in _MEDICINE_FOR_IT for x in asked.leaf.narrowing)
    now = not asked.planned and not asked.past
    return by_drugs and now and asked.facts.names(MEDICATIONS) == ()


def inflamed_now(asked: Question) -> bool:
    """Whether "active hepatitis" is meant: whether a virus that was told inflames the liver now is not known."""
    return asked.leaf.concept == "hepatic" and "active" in asked.leaf.severity and asked.says("hepatitis")
