"""Rules about infection, immunity and other diseases of the nerves."""

from __future__ import annotations

from trialfinder.base.answer import Answer
from trialfinder.judge.case import Case, Hit
from trialfinder.judge.compare import NO, UNKNOWN, YES
from trialfinder.judge.nearby_words import has
from trialfinder.judge.neuropathy import kind_of_text, match_kind
from trialfinder.person.word_tables import kinds


def active_infection(case: Case) -> Hit:
    """An infection now; another time or a named infection is not told in a profile."""
    fact, answer = "health.active_infection", case.facts.flag("health.active_infection")
    if answer is NO and (case.window or case.history or case.has("lasting-infection")):
        return Hit(UNKNOWN, fact)
    if answer is YES and case.says("kind-of-infection"):
        return Hit(UNKNOWN, fact)
    return Hit(answer, fact)


def autoimmune(case: Case) -> Hit:
    """An autoimmune disease that the person named, besides the study's own illness and the study's exceptions."""
    fact, told = "health.autoimmune", case.facts.names("health.autoimmune")
    if told is None:
        return Hit(UNKNOWN, fact)
    if not told:
        return Hit(NO, fact)
    exception = f"{case.reading.exception} {case.reading.value.partition('except:')[2]}".lower()
    mine = [name for name in told if not _own_disease(name, case) and name.lower() not in exception]
    if not mine:
        return Hit(UNKNOWN, fact)
    if any(case.mentions(name) for name in mine):
        return Hit(YES, fact)
    generic = case.says("autoimmune-disease")
    specific = case.names and not case.has("autoimmune")
    return Hit(YES if generic and not specific else UNKNOWN, fact)


def _own_disease(name: str, case: Case) -> bool:
    return bool(kind_of_text(name.lower()) & case.context.kinds)


def neurological_other(case: Case) -> Hit:
    """Another neurological disease: one that the person named, or their neuropathy where the study is not about it."""
    fact, told = "health.neurological_other", case.facts.names("health.neurological_other")
    if told and any(case.mentions(name) for name in told):
        return Hit(YES, fact)
    generic = case.has("nerve-or-brain-disease") and not case.says("brain-disease") and not _specific_neuro(case)
    if generic and case.reading.effect == "exclude":
        if told:
            return Hit(YES, fact)
        by_neuropathy = _neuropathy_counts(case)
        if by_neuropathy is not NO:
            return Hit(by_neuropathy, "neuropathy.types" if by_neuropathy is YES or told is not None else fact)
    return Hit(NO if told == () else UNKNOWN, fact)


def _specific_neuro(case: Case) -> bool:
    return bool(case.names) and not all(has("nerve-words", name) for name in case.names)


def _neuropathy_counts(case: Case) -> Answer:
    """Whether the person's neuropathy is plainly "a neurological disease" besides the study's own illness."""
    told = case.facts.names("neuropathy.types")
    if told is None:
        return UNKNOWN
    bones = case.says("bones-and-joints")
    answers = []
    for kind in told:
        own = any(match_kind(kind, wanted) is not NO for wanted in case.context.kinds)
        counts = kinds()[kind].disease or (bones and kind in ("radiculopathy", "compressive"))
        answers.append(YES if counts and not own else UNKNOWN)
    return YES if YES in answers else (UNKNOWN if answers else NO)
