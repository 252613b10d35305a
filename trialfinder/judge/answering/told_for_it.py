"""Whether what a person told is told of the very thing: a "fits" needs a fact about it, and a limit needs a number.

Who names no illness has not told what a laboratory would find ("anaemia below 10 g/dL"), nor denied what belongs to an
illness that they did tell: "nerve damage" of somebody with a neuropathy, a "hypoglycaemia" of somebody with diabetes.
"""

from __future__ import annotations

from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.reading.wording.nouns import mentions

_NONE_NAMED = "health.diagnoses"
_OF_NERVES = ("nerve*", "neuropath*", "neural*", "polyneuropath*", "neurological")
_OF_DIABETES = (
    "hypoglycemi*", "hypoglycaemi*", "hyperglycemi*", "hyperglycaemi*", "ketoacid*", "dka", "diabet*",
)  # fmt: skip


def told_for_it(asked: Question, hit: Told) -> Told:
    """The answer, open where it lets a person in by a fact that tells another thing, or by none."""
    if hit.answer is UNKNOWN:
        return hit
    if hit.fact is None:
        return Told(UNKNOWN, None)
    lets_in = hit.answer is (YES if asked.wanted else NO)
    if lets_in and asked.leaf.bounds is not None and _no_number(asked, hit.fact):
        return Told(UNKNOWN, None)
    if hit.answer is NO and asked.leaf.concept == "foot_ulcer" and asked.wanted and _another_ulcer(asked):
        return Told(UNKNOWN, hit.fact)
    if hit.answer is NO and hit.fact == _NONE_NAMED and _of_a_told_illness(asked):
        return Told(UNKNOWN, hit.fact)
    return hit


_OF_THE_FOOT = ("foot", "feet", "plantar", "toe", "toes", "dfu", "dfus", "heel", "diabetic")
_ELSEWHERE = ("leg ulcer*", "venous", "pressure ulcer*", "skin ulcer*", "crural", "arterial ulcer*", "ulcer of leg")
_ONCE = ("recurrent", "recurring", "recurrence", "previous", "previously", "history", "healed", "prior")


def _another_ulcer(asked: Question) -> bool:
    """Whether "the ulcer" may be one of the leg, by what the study is about, or one that has healed, as was told.

    "No foot ulcer" tells of neither.
    """
    names = asked.facts.names(_NONE_NAMED) or ()
    if mentions(asked.all_words, _ONCE) and any(mentions(name, ("ulcer*", "dfu")) for name in names):
        return True
    about = " ".join(asked.study.conditions).lower()
    unnamed = not mentions(asked.all_words, _OF_THE_FOOT)
    return unnamed and mentions(about, _ELSEWHERE)


def _no_number(asked: Question, fact: str) -> bool:
    """Whether a fact of illnesses answers for a number. A kidney that is not ill filters at least something."""
    return fact == _NONE_NAMED or (asked.wanted and fact in _WITHOUT_A_NUMBER)


_WITHOUT_A_NUMBER = frozenset(
    {"health.kidney_disease", "health.liver_disease", "health.heart_disease", "health.lung_disease",
     "health.bleeding_disorder", "health.hypertension_uncontrolled"}
)  # fmt: skip


def _of_a_told_illness(asked: Question) -> bool:
    if mentions(asked.words, _OF_NERVES) and asked.facts.names("neuropathy.types"):
        return True
    return asked.facts.flag("derived.diabetes") is YES and mentions(asked.words, _OF_DIABETES)
