"""The answer to one leaf: its rule, and what its words of severity and narrowing leave open."""

from __future__ import annotations

from collections.abc import Callable

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer, all_of
from trialfinder.judge.answering import allergies, cancers, chemotherapies, drugs, events, nerves, persons, stable_drugs
from trialfinder.judge.answering.by_name import NONE_NAMED, named_outside, named_word_for_word, undated
from trialfinder.judge.answering.by_table import by_table
from trialfinder.judge.answering.for_an_illness import (
    inflamed_now,
    is_treated,
    lacks_its_drug,
    takes_nothing_for_it,
)
from trialfinder.judge.answering.nerve_grades import grade, severity_score
from trialfinder.judge.answering.severities import degree, degree_behind, degree_fact
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.leaf_tests import LeafTest, common, idle_words_barred, idle_words_beside, leaf_tests
from trialfinder.judge.names.illness_forms import forms_of
from trialfinder.judge.names.illness_names import illness_named, is_said
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS
from trialfinder.reading.wording.nouns import mentions, stems

Rule = Callable[[Question], Told]

RULES: dict[str, Rule] = {
    "sex": persons.sex,
    "residence": persons.residence,
    "consent": persons.consent,
    "follow_up": persons.follow_up,
    "pregnancy": persons.pregnancy,
    "contraception": persons.contraception,
    "general_health": persons.general_health,
    "life_expectancy": persons.unknowable,
    "realistic_expectations": persons.unknowable,
    "neuropathy_type": nerves.neuropathy_type,
    "other_neuropathy_cause": nerves.other_neuropathy_cause,
    "fiber_type": nerves.fiber_type,
    "diagnosis_confirmed": nerves.diagnosis_confirmed,
    "symptom_duration": nerves.symptom_duration,
    "pain_score": nerves.pain_score,
    "severity": nerves.severity,
    "severity_score": severity_score,
    "failed_conventional": nerves.failed_conventional,
    "compressive_structural": nerves.compressive_structural,
    "malignancy": cancers.malignancy,
    "chemotherapy": chemotherapies.chemotherapy,
    "anticoagulant": drugs.anticoagulant,
    "opioid_use": drugs.opioid_use,
    "immunosuppression": drugs.immunosuppression,
    "other_medication": drugs.other_medication,
    "stable_medication": stable_drugs.stable_medication,
    "allergy": allergies.allergy,
    "childbearing": persons.childbearing,
    "diabetes_type": events.diabetes_type,
    "diabetes_duration": events.diabetes_duration,
    "white_cells": events.white_cells,
    "other_trial": events.other_trial,
    "recent_surgery": events.recent_surgery,
    "procedure_contraindication": events.procedure_contraindication,
    "neurological_other": events.neurological_other,
}
"""Concepts that need more than their row of ``data/tests.toml``: nerves, drugs, cancer, pregnancy, events."""

# Illnesses that can be a study's own: where the study asks for one, what it bars by the same name is a form of it.
_OWN = frozenset(
    {
        "diabetes_type", "uncontrolled_diabetes", "foot_ulcer", "peripheral_artery_disease", "retinopathy",
        "cardiac", "renal", "hepatic", "pulmonary", "stroke", "organ_transplant", "active_infection", "hiv",
        "hepatitis_b", "hepatitis_c", "tuberculosis", "psychiatric", "thrombosis", "bleeding_disorder",
    }
)  # fmt: skip


def answer_of(asked: Question) -> Told:
    """Whether a leaf is true of a person. A concept without a rule is unknown; it is never passed over."""
    test = leaf_tests().get(asked.leaf.concept)
    rule = RULES.get(asked.leaf.concept)
    if rule is None and test is None:
        return Told(UNKNOWN, None)
    hit = rule(asked) if rule else by_table(asked, test)  # type: ignore[arg-type]
    hit = Told(NO, drugs.MEDICATIONS) if takes_nothing_for_it(asked, test) or lacks_its_drug(asked) else hit
    if hit.answer is UNKNOWN and (rule is not None or not test.names) and _named_itself(asked):  # type: ignore[union-attr]
        return Told(YES, NONE_NAMED)
    if hit.answer is UNKNOWN and (told := named_word_for_word(asked)):
        return Told(YES, told, firm=True)
    if hit.answer is UNKNOWN and _only_of_diabetics(asked):
        return Told(NO, asked.facts.origin("derived.diabetes"))
    if hit.answer is UNKNOWN and asked.spared and (outside := named_outside(asked)):
        return Told(NO, outside)
    if hit.answer is UNKNOWN and asked.leaf.severity and degree(asked, test) is NO:
        return Told(NO, degree_fact(asked, test))
    if hit.answer is NO and _only_willing(asked):
        return Told(UNKNOWN, hit.fact)
    if hit.answer is not YES or hit.firm:
        return hit
    if _own_illness(asked) or inflamed_now(asked):
        return Told(UNKNOWN, hit.fact)
    return Told(_limited(asked, test), hit.fact)


def _named_itself(asked: Question) -> bool:
    """Whether the person named just the illness that a thing of another kind comes down to: "claustrophobia"."""
    leaf = asked.leaf
    noun = leaf.noun or leaf.value
    less = [words for words in leaf.narrowing if not _harmless(asked, words)]
    if less and leaf.concept == "recent_surgery" and all(" " not in words for words in less):
        less, noun = [], f"{' '.join(less)} {noun}"  # "knee arthroplasty" is one name
    dated = leaf.concept not in RULES and leaf.window_months is not None  # what happened on a day
    if less or dated or leaf.concept in _BY_FACTS or leaf.bounds is not None or leaf.severity:
        return False
    if asked.planned or asked.spared:
        return False
    names = [name for name in asked.facts.names(NONE_NAMED) or () if not undated(asked, noun, name)]
    forms = [form for name in names if not asked.study.studies(name) for form in forms_of(name)]
    plain = frozenset(stems(noun)) - _EARLIER
    word_for_word = any(plain == frozenset(stems(form)) - _EARLIER for form in forms)  # a device, an operation
    return word_for_word or (any(is_said(noun, form) for form in forms) and illness_named(noun) is not None)


_EARLIER = frozenset(stems("prior previous previously past earlier any former history total undergone"))
"""Beside an operation they say no more than that there was one."""


def _only_of_diabetics(asked: Question) -> bool:
    """Whether only people with diabetes have the thing ("diabetic retinopathy") and the person has none."""
    if asked.facts.flag("derived.diabetes") is not NO or asked.planned or not asked.says("diabetic", "diabetics"):
        return False
    return re.search(r"\bnon-?\s?diabetic|\b(?:or|and)\b|[,/]", asked.leaf.noun) is None


_BY_FACTS = frozenset({"neuropathy_type", "other_neuropathy_cause", "diabetes_type", "malignancy", "symptom_duration"})
"""Things that facts of their own tell, by more than a name."""


def _only_willing(asked: Question) -> bool:
    """Whether only the will is asked for: who cannot consent may be willing, and does not refuse."""
    if asked.leaf.concept != "consent":
        return False
    words = asked.leaf.noun
    willing = mentions(words, ("willing*", "unwilling*")) and not mentions(
        words, ("able", "ability", "consent*", "understand*")
    )
    return willing or mentions(asked.all_words, ("refus*",))


def _own_illness(asked: Question) -> bool:
    leaf = asked.leaf
    if asked.wanted or leaf.bounds is not None or leaf.concept not in _OWN:
        return False
    if leaf.concept in SINGLE_INFECTIONS and leaf.concept not in asked.study.asked:
        return False  # a study of how to prevent it: who has it has no other form of it
    return leaf.concept in asked.study.required and (leaf.concept != "diabetes_type" or leaf.value in ("", "any"))


def _limited(asked: Question, test: LeafTest | None) -> Answer:
    """What words of severity and narrowing leave of a YES: a person who has the thing may or may not be meant."""
    grades = [found for words in asked.leaf.narrowing if (found := grade(asked, words)) is not None]
    found = all_of([degree(asked, test), *grades])
    if found is NO:
        return NO
    narrowed = [
        words
        for words in asked.leaf.narrowing
        if not _harmless(asked, words) and not _told(asked, test, words) and grade(asked, words) is None
    ]
    return UNKNOWN if narrowed and not _by_standard(" ".join(narrowed), test) else found


def _by_standard(narrowed: str, test: LeafTest | None) -> bool:
    """Whether words only say by whose criteria a diagnosis was made, where every one is made by these."""
    if test is None or not test.standards:
        return False
    words = re.sub(r"\b(?:19|20)\d\d\b|[^a-z ]", " ", narrowed.lower().replace("'s", ""))
    words = " ".join(words.split())
    for name in sorted(test.standards, key=len, reverse=True):
        words = re.sub(rf"\b{name}\b", " ", words)
    return set(words.split()) <= common().by_standard


_ANY_WAY = (
    "with any", "with or without", "regardless", "irrespective", "whether or not", "of any", "no matter", "of whatever",
    "of whichever", "whichever", "whatever",
)  # fmt: skip


_BY_TISSUE = ("histo*", "cyto*", "patho*", "biops*", "microscop*", "radio*")


def _harmless(asked: Question, words: str) -> bool:
    """Whether words beside a thing take nothing away from it. Who must have it proven by tissue was not asked that."""
    plain = words.lower().strip(" .,;")
    if not plain or plain in common().narrowing or plain.startswith(_ANY_WAY):
        return True
    if asked.wanted and mentions(plain, _BY_TISSUE):
        return False
    if plain == "no" and asked.window is not None:
        return True  # "for no fewer than five years" is the time
    said = _WORDS.findall(re.sub(r"['’]s\b", "", plain))
    idle = idle_words_beside() if asked.wanted else idle_words_barred()
    return not mentions(plain, _TURNED) and bool(said) and idle.issuperset(said)


_WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


_TURNED = ("not", "without", "no", "unless", "except", "never", "who")


_TIME = re.compile(r"(?:with)?in (?:the )?(?:last |past |previous )?\d+ (?:days?|weeks?|months?)")
_TAKEN = frozenset({"anticoagulant", "immunosuppression", "other_medication", "opioid_use"})
"""What is told as taken now, and so within any time back."""


def _told(asked: Question, test: LeafTest | None, words: str) -> bool:
    """Whether what narrows a thing is true of the person as well, or is said by the thing already.

    "Kidney failure requiring dialysis" of somebody on dialysis; the "function" of "liver function".
    """
    if set(stems(words)) <= set(stems(asked.leaf.noun)):
        return True
    if asked.leaf.concept == "malignancy" and cancers.tells_time(asked, words):
        return True
    if test is None:
        return False
    if degree_behind(asked, test, words) or degree_behind(asked, test, " ".join(asked.leaf.narrowing)):
        return True
    if mentions(words, _TURNED):
        return False
    if test.anyhow and set(_WORDS.findall(words.lower())) <= test.anyhow | idle_words_beside():
        return True
    if test.together and all(mentions(words, each) for each in test.together) and not mentions(words, test.apart):
        return True
    if _TIME.fullmatch(words.lower().strip(" .,;")):
        return asked.leaf.concept in _TAKEN or asked.facts.word("health.chemotherapy") == "active"
    if cancers.tells_kind(asked, words) or is_treated(asked, test, words):
        return True
    return any(mentions(words, form.says) and form.yes_if.fired(asked.facts) for form in test.forms)
