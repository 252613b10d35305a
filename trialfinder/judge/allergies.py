"""Allergies: what a person named, its other names, and the kinds that it belongs to."""

from __future__ import annotations

from trialfinder.base.drug_names import classes_named, classes_of, same_drug
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.reading.nouns import contains, stems

_ANY_ALLERGY = (
    "allergic constitution",
    "allergic history",
    "allergic diathesis",
    "any allergy",
    "any known allergy",
    "allergic disposition",
)
_OF_WHAT = frozenset(
    stem
    for words in [
        "allergy",
        "allergic",
        "allergies",
        "hypersensitivity",
        "hypersensitive",
        "hypersensitivities",
        "reaction",
        "reactions",
        "known",
        "history",
        "intolerance",
        "sensitivity",
        "anaphylaxis",
        "any",
        "component",
        "components",
        "product",
        "products",
        "drug",
        "drugs",
        "study",
    ]
    for stem in stems(words)
)


def allergy(asked: Question) -> Told:
    """An allergy that the person named, or any where the words mean any."""
    fact, told = "treatment.allergies", asked.facts.names("treatment.allergies")
    if not told:
        return Told(NO if told == () and not asked.planned else UNKNOWN, fact)
    words = asked.words
    if any(_same_substance(words, name) for name in told):
        return Told(YES, fact, firm=True)
    return Told(YES if asked.says(*_ANY_ALLERGY) else UNKNOWN, fact)


_SUBSTANCES = (
    frozenset({"penicillin", "amoxicillin", "ampicillin", "flucloxacillin", "piperacillin", "penicillins"}),
    frozenset({"gentamicin", "gentamycin"}),
    frozenset({"bsa", "bovine serum albumin"}),
    frozenset({"dmso", "dimethyl sulfoxide", "dimethylsulfoxide", "dimethyl sulphoxide"}),
    frozenset({"g-csf", "filgrastim", "gcsf"}),
    frozenset({"fbs", "fetal bovine serum", "foetal bovine serum"}),
    frozenset({"lidocaine", "lignocaine"}),
    frozenset({"acetaminophen", "paracetamol"}),
)


_KINDS = {
    "shellfish": frozenset({"shrimp", "prawn", "crab", "lobster", "crayfish", "crustacean"}),
    "crustacean": frozenset({"shrimp", "prawn", "crab", "lobster", "crayfish"}),
    "tree nut": frozenset({"walnut", "hazelnut", "almond", "cashew", "pistachio", "pecan"}),
}
"""What is of a kind, so that the kind means it; who told only the kind may mean another of it."""


def _of_the_kind(words: str, told: str) -> bool:
    """Whether a criterion names the kind of a told substance: shrimps are shellfish, clopidogrel a thienopyridine."""
    if any(contains(words, kind) and any(contains(told, one) for one in ones) for kind, ones in _KINDS.items()):
        return True
    return bool(classes_of(told) & classes_named(words)) or any(contains(words, name) for name in same_drug(told))


def _same_substance(words: str, told: str) -> bool:
    if _of_the_kind(words, told):
        return True
    names = {told} | {other for group in _SUBSTANCES if any(contains(told, name) for name in group) for other in group}
    if any(contains(words, name) for name in names):
        return True
    content = [stem for stem in stems(told) if stem not in _OF_WHAT and not stem.isdigit()]
    return len(content) > 1 and set(content) <= set(stems(words))
