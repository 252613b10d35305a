"""For how many months drugs have to have been the same."""

from __future__ import annotations

from trialfinder.drugs.drug_names import classes_named, drugs_named
from trialfinder.judge.answering.drugs import MEDICATIONS
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told

_PAUSE = ("wash*", "pause", "stopp*", "discontinu*", "withdraw*", "without", "free of")


def stable_medication(asked: Question) -> Told:
    """Months without a change of drugs. A pause can still be agreed on, so too short a time decides nothing."""
    fact, span = "treatment.stable_medication_months", asked.facts.span("treatment.stable_medication_months")
    if asked.wanted and asked.facts.names(MEDICATIONS) == () and asked.leaf.sense == "current" and _names_any(asked):
        return Told(NO, MEDICATIONS)
    if span is None or asked.window is None or not asked.wanted or asked.says(*_PAUSE):
        return Told(UNKNOWN, fact)
    return Told(YES if span.above(asked.window, inclusive=True) is YES else UNKNOWN, fact)


def _names_any(asked: Question) -> bool:
    """Whether a drug or class is named that must be taken: who takes none has no stable dose of it."""
    return bool(drugs_named(asked.all_words) or classes_named(asked.all_words))
