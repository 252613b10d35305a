"""Judges one reading by itself: its rule, and what the words around it leave open."""

from __future__ import annotations

import re

from trialfinder.base.answer import Answer
from trialfinder.judge.case import Case, Hit
from trialfinder.judge.nearby_words import asks_normal, has, some_only
from trialfinder.judge.rules import CAN_BE_REQUIRED, FIRM, KNOWS_EXCEPTIONS, OWN_ILLNESSES, RULES

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def satisfied(case: Case) -> Hit:
    """Whether the person satisfies one reading by itself, and by which fact."""
    reading = case.reading
    hit = _softened(case, RULES[reading.pattern](case))
    answer = hit.answer if reading.effect == "require" else ~hit.answer
    if reading.section == "unknown" and answer is NO and not _plain_without_heading(case):
        answer = UNKNOWN  # without a heading, what is asked for and what bars look the same
    return _if_it_applies(case, Hit(answer, hit.fact))


def _softened(case: Case, hit: Hit) -> Hit:
    """Leaves open what only may fall under the words: severity, judgement, narrowing, exceptions, healthy states."""
    reading, answer = case.reading, hit.answer
    if answer is UNKNOWN:
        return hit
    if answer is YES and reading.pattern not in FIRM and _limited(case):
        answer = UNKNOWN
    if answer is YES and reading.effect == "exclude" and _own_illness(case):
        answer = UNKNOWN
    excepted = bool(reading.exception) or "except:" in reading.value
    if excepted and reading.pattern not in KNOWS_EXCEPTIONS and (answer is YES or reading.effect == "require"):
        answer = UNKNOWN
    if reading.effect == "require" and not case.bounded and _may_be_healthy(case, answer):
        answer = UNKNOWN
    if reading.pattern not in ABILITIES and (_turned_around(case) or (not case.bounded and some_only(case.before))):
        answer = UNKNOWN
    return Hit(answer, hit.fact)


def _limited(case: Case) -> bool:
    if case.reading.effect == "exclude" and (case.narrowed or has("because-of", case.before[-120:])):
        return True
    return case.severe


def _own_illness(case: Case) -> bool:
    """Whether the study asks for the very illness that is barred: then a special form or degree of it is meant."""
    reading = case.reading
    if reading.pattern not in OWN_ILLNESSES or case.bounded or reading.pattern not in case.context.required:
        return False
    return reading.pattern != "diabetes_type" or case.value in ("", "any")


_SENTENCE_END = re.compile(r"[.;\n]")

ABILITIES = frozenset({"age", "sex", "consent", "follow_up", "contraception", "pregnancy"})


def _plain_without_heading(case: Case) -> bool:
    """Whether words under no heading leave no doubt: who is taken, or "no …" and "must not …" for who is not."""
    reading = case.reading
    if reading.pattern not in ("age", "sex", "neuropathy_type", "diabetes_type"):
        return False
    return reading.effect == "require" or has("negates", f"{case.before[-60:]}{reading.quote}")


def _turned_around(case: Case) -> bool:
    """Whether something is asked for under the heading of what bars: rare, and mostly a sentence with two negations."""
    return case.reading.effect == "require" and case.reading.section == "exclusion"


def _permissive(case: Case) -> bool:
    """Whether the words only allow something ("prior chemotherapy is allowed", a list under "Allowed:")."""
    heading = case.context.text[max(0, case.item.start - 120) : case.item.start].rstrip().rsplit("\n", 1)[-1]
    return has("allows", case.item_text) or has("allows-as-heading", heading)


_ORGANS = frozenset({"cardiac", "renal", "hepatic", "pulmonary", "stroke", "hypertension", "neurological_other"})


def _may_be_healthy(case: Case, answer: Answer) -> bool:
    """Whether "must have" words may in truth ask for health: "adequate kidney function", "no heart failure"."""
    reading = case.reading
    if answer is NO and reading.pattern not in CAN_BE_REQUIRED:
        return True
    if answer is NO and (reading.certainty == "possible" or _permissive(case) or has("some-of", case.before)):
        return True
    if reading.pattern not in _ORGANS:
        return False
    sentence = _SENTENCE_END.split(case.before)[-1]
    if asks_normal(f"{case.before[-30:]} {reading.quote}") or has("negates", sentence):
        return True
    return has("asks-for-function", reading.quote) and not has("names-a-disease", reading.quote)


_CONDITIONS = (
    ("if-can-become-pregnant", "person.can_become_pregnant"),
    ("if-diabetic", "derived.diabetes"),
    ("if-ulcer", "diabetes.foot_ulcer"),
)


def _if_it_applies(case: Case, hit: Hit) -> Hit:
    """A criterion for some people only: met by everybody else, open where it is not known whom it concerns."""
    reading, facts = case.reading, case.facts
    sex = facts.word("person.sex")
    if reading.applies_to_sex and sex and sex != reading.applies_to_sex:
        return Hit(YES, facts.origin("person.sex"))
    concerned = UNKNOWN if reading.applies_to_sex and not sex else YES
    fact = "person.sex"
    if reading.condition and not has("only-a-sex", reading.condition):
        key = next((key for pattern, key in _CONDITIONS if has(pattern, reading.condition)), None)
        concerned &= facts.flag(key) if key else UNKNOWN
        fact = facts.origin(key) if key else fact
    if concerned is NO:
        return Hit(YES, fact)
    return Hit(UNKNOWN, fact if sex else "person.sex") if concerned is UNKNOWN and hit.answer is NO else hit
