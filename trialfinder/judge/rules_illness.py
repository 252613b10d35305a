"""Rules about illnesses that commonly bar."""

from __future__ import annotations

from collections.abc import Callable

from trialfinder.judge.case import Case, Hit
from trialfinder.judge.compare import NO, UNKNOWN, YES, ago, number
from trialfinder.judge.nearby_words import has

Rule = Callable[[Case], Hit]


def illness(
    key: str, generic: str = "", *, dated: bool = False, wider: str = "", past: bool = True, kind: str = ""
) -> Rule:
    """A rule for a fact that is true or false.

    ``generic``: words of the thing itself; told true, and words that name only a form of it: unknown. ``dated``: it
    happened at a time that a profile does not tell, so a window leaves it open. ``wider``: words that go beyond what
    told false denies. ``past``: told false also denies the past. ``kind``: words of a form that is not told.
    """

    def rule(case: Case) -> Hit:
        answer, fact = case.facts.flag(key), case.facts.origin(key)
        special = (dated and case.window) or (generic and not _plainly(case, generic)) or (kind and case.says(kind))
        if answer is YES and special:
            return Hit(UNKNOWN, fact)
        if answer is NO and ((wider and case.says(wider)) or (not past and (case.history or case.window))):
            return Hit(UNKNOWN, fact)
        return Hit(UNKNOWN if case.bounded else answer, fact)

    return rule


def _plainly(case: Case, generic: str) -> bool:
    """Whether the words mean the thing as such: in the quote, and the value names no special form."""
    if case.names and not all(has(generic, name) for name in case.names):
        return False
    return case.says(generic)


def renal(case: Case) -> Hit:
    """Kidney disease in words, dialysis, eGFR or creatinine. One low value alone is no kidney disease."""
    if case.bounded:
        key = {"egfr": "measurements.egfr", "creatinine": "measurements.creatinine_mg_dl"}.get(case.value)
        units = ("mL/min/1.73m²", "mL/min/1.73m2", "mL/min", "mg/dL")
        return number(case, key, units) if key else Hit(UNKNOWN, None)
    if case.has("dialysis") and not case.has("organ-fails"):
        return Hit(case.facts.flag("health.dialysis"), case.facts.origin("health.dialysis"))
    return _RENAL(case)


_RENAL = illness(
    "health.kidney_disease",
    "kidney-disease",
    wider="beyond-kidney-disease",
    kind="kind-of-kidney-disease",
)


def hepatic(case: Case) -> Hit:
    """Liver disease in words, or liver values in their units; multiples of a limit need the laboratory's own."""
    if case.bounded:
        key = {
            "alt": "measurements.alt_u_l",
            "ast": "measurements.ast_u_l",
            "bilirubin": "measurements.bilirubin_mg_dl",
        }.get(case.value)
        return number(case, key, ("U/L", "mg/dL")) if key else Hit(UNKNOWN, None)
    return _HEPATIC(case)


_HEPATIC = illness(
    "health.liver_disease",
    "liver-disease",
    wider="beyond-liver-disease",
    kind="kind-of-liver-disease",
)


def cardiac(case: Case) -> Hit:
    """Heart disease in words, an infarction within a window, or the ejection fraction."""
    if case.bounded:
        if case.has("ejection-fraction"):
            return number(case, "measurements.ejection_fraction", ("%", ""))
        return Hit(UNKNOWN, None)
    clash = "health.heart_disease" in case.facts.clashes
    if clash:
        return Hit(UNKNOWN, "health.heart_disease")
    if case.has("heart-attack") and case.facts.span("health.heart_attack_months_ago"):
        found = ago(case, "health.heart_attack_months_ago")
        return Hit(YES, found.fact) if case.window is None and case.history else found
    return _CARDIAC(case)


_CARDIAC = illness(
    "health.heart_disease",
    "heart-disease",
    wider="beyond-heart-disease",
    kind="kind-of-heart-disease",
)


def hypertension(case: Case) -> Hit:
    """Blood pressure in numbers, or uncontrolled hypertension in words; controlled hypertension is not told."""
    if case.has("pressure-elsewhere") or (case.bounded and case.has("pulse")):
        return Hit(UNKNOWN, None)
    if case.bounded:
        key = {"systolic": "measurements.systolic", "diastolic": "measurements.diastolic"}.get(case.value)
        return number(case, key, ("mmHg", "")) if key else Hit(UNKNOWN, None)
    fact = "health.hypertension_uncontrolled"
    answer = case.facts.flag(fact)
    uncontrolled = case.has("uncontrolled") or "ontrol" in case.reading.qualifier
    if answer is NO and not uncontrolled:
        return Hit(UNKNOWN, fact)
    return Hit(answer, fact)


def bleeding_disorder(case: Case) -> Hit:
    """A bleeding or clotting disease, or the INR."""
    if case.bounded:
        if case.value in ("inr", "") and case.reading.unit in ("INR", ""):
            return number(case, "measurements.inr")
        return Hit(UNKNOWN, None)
    return _BLEEDING(case)


_BLEEDING = illness(
    "health.bleeding_disorder",
    "bleeding-disorder",
    wider="beyond-bleeding-disorder",
)


def blood_count(key: str, names: str, units: tuple[str, ...]) -> Rule:
    """A rule for a count or concentration; other cells or words without a number stay unknown."""

    def rule(case: Case) -> Hit:
        if not case.bounded or (case.value and not has(names, case.value)):
            return Hit(UNKNOWN, key if case.bounded or not case.value else None)
        return number(case, key, units)

    return rule


def thrombosis(case: Case) -> Hit:
    """A blood clot; kind and date are not told, so a named kind, a window or "now" stay unknown."""
    fact, answer = "health.thrombosis", case.facts.flag("health.thrombosis")
    if answer is YES and (case.window or not case.history or not case.has("any-thrombosis")):
        return Hit(UNKNOWN, fact)
    if answer is YES and case.has("kind-of-thrombosis") and not case.has("several-thromboses"):
        return Hit(UNKNOWN, fact)
    return Hit(UNKNOWN if answer is NO and case.has("risk-of-thrombosis") else answer, fact)
