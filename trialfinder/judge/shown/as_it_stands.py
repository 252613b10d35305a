"""The heading over what speaks against a study and could change; a warning stands in it where drugs are meant."""

from __future__ import annotations

from trialfinder.base.answer import Answer
from trialfinder.judge.verdict import Verdict
from trialfinder.reading.vocabulary.patterns import type_of

_AS_THINGS_STAND = "Against it as things stand"
_NO_DRUG_CHANGED = "do not change a drug for a study without your doctor"


def could_change(verdict: Verdict) -> bool:
    """Whether something speaks against the study, and all of it is what the person could change."""
    against = verdict.answered(Answer.NO)
    return bool(against) and all(found.changeable for found in against)


def of_drugs(verdict: Verdict) -> bool:
    """Whether a drug is among what speaks against a study as things stand: nobody should change one by themself."""
    found = verdict.answered(Answer.NO)
    return any(each.changeable and type_of(each.pattern) in ("drug", "therapy") for each in found)


def as_things_stand(*, drugs: bool) -> str:
    """The heading over what could change; with the warning where drugs are among it, and not over smoking alone."""
    return f"{_AS_THINGS_STAND} ({_NO_DRUG_CHANGED})" if drugs else _AS_THINGS_STAND


def headline_as_it_stands(verdict: Verdict) -> str:
    """What is said first of a study against which nothing speaks but what could change."""
    return f"something speaks against it as things stand{f'; {_NO_DRUG_CHANGED}' if of_drugs(verdict) else ''}"
