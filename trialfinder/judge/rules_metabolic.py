"""Rules about diabetes, weight, feet and circulation of the legs."""

from __future__ import annotations

from trialfinder.base.answer import Answer, any_of
from trialfinder.judge.case import Case, Hit
from trialfinder.judge.compare import NO, UNKNOWN, YES, number
from trialfinder.judge.nearby_words import has


def diabetes_type(case: Case) -> Hit:
    """Has the type of diabetes that the words name."""
    facts = case.facts
    kind, diabetic = facts.word("diabetes.type"), facts.flag("derived.diabetes")
    fact = facts.origin("diabetes.type") if kind else facts.origin("derived.diabetes")
    wanted = [name for name in case.names if name in ("type1", "type2", "any", "insulin_dependent")]
    other = [name for name in case.names if name not in wanted]
    if other and not wanted:
        return Hit(NO if diabetic is NO and not case.has("other-diabetes") else UNKNOWN, fact)
    return Hit(any_of(_type(name, kind, diabetic) for name in wanted or ["any"]), fact)


def _type(wanted: str, kind: str, diabetic: Answer) -> Answer:
    if wanted == "any" or diabetic is NO:
        return diabetic
    if kind not in ("type1", "type2"):
        return UNKNOWN
    if wanted == "insulin_dependent":
        return YES if kind == "type1" else UNKNOWN
    return Answer.of(wanted == kind)


def diabetes_duration(case: Case) -> Hit:
    """Years since the diagnosis of diabetes."""
    return number(case, "diabetes.duration_years", ("years", ""))


def hba1c(case: Case) -> Hit:
    """HbA1c in percent."""
    return number(case, "diabetes.hba1c", ("%", ""))


def glucose(case: Case) -> Hit:
    """Fasting blood sugar in mg/dL; random or after-meal sugar is another thing."""
    if case.has("not-fasting") or not (case.has("fasting") or has("fasting", case.before[-30:])):
        return Hit(UNKNOWN, None)
    return number(case, "diabetes.fasting_glucose_mg_dl", ("mg/dL", ""))


def uncontrolled_diabetes(case: Case) -> Hit:
    """Diabetes out of control, in words."""
    fact = "diabetes.uncontrolled"
    answer = case.facts.flag(fact)
    if case.reading.effect == "require" and not case.has("uncontrolled"):
        return Hit(UNKNOWN, fact)
    special = case.bounded or case.has("kind-of-uncontrolled")
    return Hit(UNKNOWN if special and answer is YES else answer, case.facts.origin(fact))


def bmi(case: Case) -> Hit:
    """Body mass index."""
    if not case.bounded or case.has("weight-not-index"):
        return Hit(UNKNOWN, "measurements.bmi")
    return number(case, "measurements.bmi", ("kg/m²", "kg/m2", ""))


def foot_ulcer(case: Case) -> Hit:
    """An open ulcer now; gangrene, bone infection and Charcot foot by themselves are not told in a profile."""
    fact = "diabetes.foot_ulcer"
    answer = case.facts.flag(fact)
    ulcer = case.has("ulcer")
    if not case.says("foot"):
        return Hit(UNKNOWN, fact)
    if case.value.startswith("if ") or (not ulcer and answer is not NO):
        return Hit(UNKNOWN, fact)
    if answer is NO and (not ulcer or case.window or case.history):
        return Hit(UNKNOWN, fact)
    if answer is YES and case.has("kind-of-ulcer"):
        return Hit(UNKNOWN, fact)
    return Hit(answer, fact)


def amputation(case: Case) -> Hit:
    """An amputation; which one, and when, is not told."""
    fact = "diabetes.amputation"
    answer = case.facts.flag(fact)
    if answer is YES and (case.window or case.has("kind-of-amputation")):
        return Hit(UNKNOWN, fact)
    if answer is NO and (case.reading.when == "planned" or case.has("coming-amputation")):
        return Hit(UNKNOWN, fact)
    return Hit(answer, fact)


def peripheral_artery_disease(case: Case) -> Hit:
    """Narrowed leg arteries in words, or the ankle-brachial index."""
    fact = "diabetes.peripheral_artery_disease"
    if case.bounded:
        if case.reading.unit in ("ABI ratio", "ratio", "") or case.value.startswith("abi"):
            return number(case, "measurements.abi")
        return Hit(UNKNOWN, None)
    answer = case.facts.flag(fact)
    plain = case.has("leg-arteries")
    if answer is YES and (not plain or case.has("stage-of-leg-arteries")):
        return Hit(UNKNOWN, fact)
    if answer is NO and not case.has("arteries"):
        return Hit(UNKNOWN, fact)
    return Hit(answer, case.facts.origin(fact))


def retinopathy(case: Case) -> Hit:
    """Proliferative retinopathy; milder forms are not told in a profile."""
    fact = "diabetes.proliferative_retinopathy"
    answer = case.facts.flag(fact)
    proliferative = case.has("proliferative")
    if answer is NO and not proliferative:
        return Hit(UNKNOWN, fact)
    if answer is YES and case.has("untreated-retinopathy"):
        return Hit(UNKNOWN, fact)
    return Hit(answer, fact)
