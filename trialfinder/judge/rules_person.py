"""Rules about the person: age, sex, pregnancy, consent, visits, general health."""

from __future__ import annotations

from trialfinder.base.answer import Answer, any_of
from trialfinder.judge.case import Case, Hit
from trialfinder.judge.compare import NO, UNKNOWN, YES, number
from trialfinder.judge.nearby_words import has
from trialfinder.person.facts import Facts


def age(case: Case) -> Hit:
    """Years of age inside the bounds."""
    return number(case, "person.age", ("years", ""))


def sex(case: Case) -> Hit:
    """The sex that the words name."""
    told, wanted = case.facts.word("person.sex"), case.value
    if not told or wanted not in ("female", "male"):
        return Hit(UNKNOWN, "person.sex")
    return Hit(Answer.of(told == wanted), case.facts.origin("person.sex"))


def pregnancy(case: Case) -> Hit:
    """Pregnant, or breastfeeding or planning where the words say so.

    No plan is known of somebody who can become pregnant, so only who cannot is clear of "planning to".
    """
    facts = case.facts
    text = f"{case.wording} {case.item_text}"
    pregnant = facts.flag("person.pregnant")
    parts = [pregnant]
    if has("breastfeeding", text):
        parts.append(facts.flag("person.breastfeeding"))
    if has("pregnancy-plans", text):
        parts.append(NO if facts.flag("person.can_become_pregnant") is NO else UNKNOWN)
    answer = any_of(parts)
    keys = ("person.pregnant", "person.breastfeeding", "person.can_become_pregnant")
    told = [key for key in keys if facts.flag(key) is answer]
    return Hit(answer, facts.origin(told[0]) if answer is not UNKNOWN and told else _open_key(facts, keys))


def _open_key(facts: Facts, keys: tuple[str, ...]) -> str:
    return next((key for key in keys if facts.flag(key) is UNKNOWN), keys[0])


def contraception(case: Case) -> Hit:
    """Uses contraception, where it concerns the person at all. Who does not use it may still agree to."""
    facts = case.facts
    fact = facts.origin("person.uses_contraception")
    if facts.flag("person.uses_contraception") is YES:
        return Hit(YES, fact)
    cannot = facts.flag("person.can_become_pregnant")
    if facts.word("person.sex") == "male":
        concerns_men = has("concerns-men", case.item_text) or not has("concerns-women", case.item_text)
        return Hit(UNKNOWN, fact) if concerns_men else Hit(YES, facts.origin("person.sex"))
    if cannot is NO:
        return Hit(YES, facts.origin("person.can_become_pregnant"))
    return Hit(UNKNOWN, fact)


def consent(case: Case) -> Hit:
    """Can decide and agree; agreement to something special is for the person to say when asked."""
    return _able(case, "person.can_consent")


def follow_up(case: Case) -> Hit:
    """Can come to the visits; special demands are for the study team to explain."""
    return _able(case, "person.can_attend_follow_up")


def _able(case: Case, key: str) -> Hit:
    answer, fact = case.facts.flag(key), case.facts.origin(key)
    special = case.value not in ("", "consent", "follow_up", "informed consent", "follow-up")
    return Hit(UNKNOWN, None) if answer is YES and special else Hit(answer, fact)


# Illnesses that "any comorbidity" plainly counts, with the value that means that the person has one.
_ILLNESSES = (
        "diabetes.type", "health.heart_disease", "health.thrombosis", "health.kidney_disease",
        "health.liver_disease", "health.lung_disease", "health.stroke", "health.hiv", "health.hepatitis_b",
        "health.hepatitis_c", "health.tuberculosis", "health.autoimmune", "health.neurological_other",
        "health.bleeding_disorder", "health.other_serious_illness", "health.active_infection", "health.cancer",
)  # fmt: skip


def general_health(case: Case) -> Hit:
    """Catch-all wording is for the study's doctors to judge; only "any comorbidity" is answered by a named illness."""
    if case.reading.effect == "exclude" and case.has("any-comorbidity"):
        for key in _ILLNESSES:
            own = key == "diabetes.type" and _about_diabetes(case)
            if not own and _has_illness(case, key):
                return Hit(YES, case.facts.origin(key))
    return Hit(UNKNOWN, None)


def _about_diabetes(case: Case) -> bool:
    """Whether diabetes is the study's own illness and so no comorbidity."""
    return "diabetes_type" in case.context.required or "diabetic" in case.context.kinds


def _has_illness(case: Case, key: str) -> bool:
    value = case.facts.get(key)
    if isinstance(value, tuple):
        return bool(value)
    return value is True or value in ("type1", "type2", "active")


def life_expectancy(_case: Case) -> Hit:
    """Nobody can tell this of themself."""
    return Hit(UNKNOWN, None)


def realistic_expectations(_case: Case) -> Hit:
    """For the study team to judge."""
    return Hit(UNKNOWN, None)
