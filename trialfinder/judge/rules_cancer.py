"""Rules about cancer and its treatment."""

from __future__ import annotations

from trialfinder.base.answer import Answer
from trialfinder.judge.case import Case, Hit
from trialfinder.judge.compare import NO, UNKNOWN, YES, ago, sooner
from trialfinder.judge.nearby_words import has, tells_other
from trialfinder.person.spans import Span


def malignancy(case: Case) -> Hit:
    """Cancer now or before, or within a window by the years without it. Of which organ is not told in a profile."""
    facts, state = case.facts, case.facts.word("health.cancer")
    fact = "health.cancer"
    if case.reading.effect == "require" and case.has("free-of-cancer"):
        return Hit(UNKNOWN, fact)
    if state in ("", "never"):
        return Hit(NO if state else UNKNOWN, fact)
    if state == "active":
        answer: Answer = YES
    elif case.window is not None and case.reading.direction != "planned":
        answer, fact = _within(case)
    elif case.reading.when == "current":
        answer = NO
    else:
        answer = YES if case.history else UNKNOWN
    if answer is YES and (_named_site(case) or _own_cancer(case)):
        answer = UNKNOWN
    if answer is YES and case.severe and facts.flag("derived.chemotherapy_ever") is not YES:
        answer = UNKNOWN
    if answer is YES and not _outside_exception(case):
        answer = UNKNOWN
    return Hit(answer, fact)


def _within(case: Case) -> tuple[Answer, str]:
    free = case.facts.span("health.cancer_free_years")
    if free is None:
        return UNKNOWN, "health.cancer_free_years"
    assert case.window is not None
    return sooner(Span(free.low * 12, free.high * 12), case.window), "health.cancer_free_years"


def _named_site(case: Case) -> bool:
    """A named kind or stage; "any cancer, including melanoma" names it as one of all."""
    words = f"{case.value} | {case.clause}".lower().split("except", 1)[0]
    words = words.replace(case.reading.exception.lower(), " ") if case.reading.exception else words
    named = has("kind-of-cancer", words)
    return named and not has("any-kind", words)


def _own_cancer(case: Case) -> bool:
    """In a study of people after cancer, the cancer that brings them there is not the one that bars."""
    if case.reading.effect != "exclude":
        return False
    own = {"malignancy", "chemotherapy"} & case.context.required or "chemotherapy_induced" in case.context.kinds
    return bool(own) or tells_other(
        f"{case.before[-25:]} {case.reading.quote}".split("except")[0].split("other than")[0]
    )


def _outside_exception(case: Case) -> bool:
    """Whether an exception cannot be the person's: no one gets chemotherapy for a local skin or in-situ cancer."""
    exception = case.reading.exception.lower() or case.reading.value.lower().partition("except:")[2]
    if not exception:
        return True
    small = has("local-cancer", exception)
    large = has(
        "cured-cancer",
        exception,
    )
    return small and not large and case.facts.flag("derived.chemotherapy_ever") is YES


def chemotherapy(case: Case) -> Hit:
    """Chemotherapy now, before, or within a window by the date of its end."""
    state, fact = case.facts.word("health.chemotherapy"), "health.chemotherapy"
    ever = case.facts.flag("derived.chemotherapy_ever")
    if case.has("radiotherapy") and not case.has("chemotherapy"):
        return Hit(UNKNOWN, None)
    if ever is NO and case.reading.effect == "require" and case.window is not None:
        return Hit(UNKNOWN, fact)  # "stopped for at least 4 weeks" asks nothing of who never had it
    if ever is NO:
        return Hit(UNKNOWN if case.has("radiotherapy") or case.has("chemotherapy-to-come") else NO, fact)
    planned = case.reading.when == "planned" or case.has("chemotherapy-to-come")
    if ever is UNKNOWN or planned or case.has("kind-of-chemotherapy") or not case.has("chemotherapy"):
        return Hit(YES if state == "active" and planned and case.has("treatment-now") else UNKNOWN, fact)
    if state == "active":
        only_done = case.has("treatment-done") and not case.has("treatment-now")
        return Hit((NO if case.reading.effect == "require" else UNKNOWN) if only_done else YES, fact)
    if case.window is not None:
        found = ago(case, "derived.chemotherapy_ended")
        return Hit(UNKNOWN, fact) if found.answer is NO and state != "completed" else found
    if state != "completed":
        return Hit(YES if case.history else UNKNOWN, fact)
    return Hit(_completed(case), fact)


def _completed(case: Case) -> Answer:
    done = case.has("treatment-done")
    active = case.has("treatment-now")
    if done:
        return YES
    return NO if active or case.reading.when == "current" else UNKNOWN
