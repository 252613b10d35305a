"""Drugs, by name and by class, and allergies."""

from __future__ import annotations

import re

from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.by_table import broad, number
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.judge.nouns import contains, mentions, stems
from trialfinder.person.word_tables import classes_named, classes_of, drug_classes, drugs_named, same_drug

MEDICATIONS = "treatment.medications"
_LOCAL = (
    "injection*", "intra-articular", "intraarticular", "epidural", "topical", "inhal*", "local*", "intradiscal",
    "nasal", "intravitreal", "intralesional",
    "eye", "cream", "herbal", "supplement*", "infiltration*",
)  # fmt: skip
_DOSED = re.compile(r"\bmg\b|high[- ]dose|\bdoses?\b|combination|more than|at least (?:two|three|\d)|several|multiple")


_LASTING = ("lasting", "at_least_ago")
"""How long a drug has been taken, or when it was stopped, is not told."""


def takes_named(asked: Question, among: frozenset[str] | None = None) -> bool:
    """Whether a current drug of the person is named, by itself or by its class; ``among`` limits them to classes."""
    if asked.planned or not asked.facts.drugs or asked.leaf.direction in _LASTING:
        return False
    words = _named(asked)
    return any(_is_named(drug, words, among) for drug in asked.facts.drugs if among is None or classes_of(drug) & among)


_ENZYMES = ("cyp*", "cytochrome", "p450", "p-450")
_BY_MOUTH = frozenset({"oral", "systemic", "orally", "systemically", "parenteral"})


def _named(asked: Question) -> str:
    """The words that name drugs: those of the thing, of a list behind it, and what is done to an enzyme."""
    words = asked.words + _named_behind(asked)
    return f"{words} {' '.join(asked.leaf.narrowing)}" if asked.says(*_ENZYMES) else words


def _firm(asked: Question) -> bool:
    """Whether nothing but the drugs themselves, or how every tablet is given, stands beside the class that is named."""
    beside = {stem for words in asked.leaf.narrowing for stem in stems(words)}
    return bool(_named_behind(asked)) or asked.says(*_ENZYMES) or (bool(beside) and beside <= _BY_MOUTH)


def _is_named(drug: str, words: str, among: frozenset[str] | None = None) -> bool:
    """Whether words of a criterion mean a drug: by its name, another name for it, or its class."""
    if contains(words, drug) or any(contains(words, name) for name in same_drug(drug)):
        return True
    named = classes_named(words)
    if classes_of(drug) & named & (among or named):
        return True
    return any(contains(drug, name) for name in drugs_named(words))


def only_names(drug: str, words: str, harmless: frozenset[str]) -> bool:
    """Whether the words say no more than a drug, another name for it, or its class: "treatment with insulin"."""
    names = (drug, *same_drug(drug), *(name for name in drugs_named(words) if contains(drug, name)))
    left = words
    for name in names:
        left = re.sub(rf"\b{re.escape(name)}s?\b", " ", left)
    for name in classes_of(drug):
        left = drug_classes()[name].words.sub(" ", left)
    return left != words and not set(stems(re.sub(r"\b\w{1,3}s\b", " ", left))) - harmless


def _all_spared(asked: Question) -> Told | None:
    """Whether an exception covers every drug of the person that is barred: "antiplatelet drugs other than aspirin".

    None where none of them is barred by name or class, so that the exception decides nothing.
    """
    barred = [
        drug for drug in asked.facts.drugs if any(_is_named(drug, f"{x.value} {x.noun}") for x in asked.spared_from)
    ]
    if not barred:
        return None
    uncovered = [drug for drug in barred if not _is_named(drug, asked.words + _named_behind(asked))]
    if uncovered:
        return Told(NO, MEDICATIONS, firm=True)
    return Told(UNKNOWN if _vague(asked) else YES, MEDICATIONS, firm=_firm(asked))


def _named_behind(asked: Question) -> str:
    """A list in brackets behind a class of drugs that names them: "immunomodulators (azathioprine, ciclosporin)"."""
    lists = (words for words in asked.leaf.narrowing if words.count(",") > 0 and len(drugs_named(words)) > 1)
    return "".join(f" {words}" for words in lists if not mentions(words, ("except", "not", "unless", "other than")))


def _vague(asked: Question) -> bool:
    """Whether a way of giving, a dose or a number limits what is named."""
    return mentions(asked.all_words, _LOCAL) or bool(_DOSED.search(asked.all_words))


def anticoagulant(asked: Question) -> Told:
    """Blood thinners: a named drug or class that the person takes, or any where the words say "anticoagulant"."""
    test = leaf_tests()["anticoagulant"]
    if asked.spared and (spared := _all_spared(asked)) is not None:
        return spared
    if asked.leaf.bounds is not None or test.fact in asked.facts.clashes:
        return Told(UNKNOWN, test.fact)
    if takes_named(asked):
        return Told(UNKNOWN if _vague(asked) else YES, MEDICATIONS, firm=_firm(asked))
    none = asked.facts.names(MEDICATIONS) == () and not asked.past and not asked.planned
    return Told(NO, MEDICATIONS) if none else _class_by_flag(asked, broad(asked, test))


def _class_by_flag(asked: Question, found: Told) -> Told:
    """A flag about a class of drugs: taken now, so a look-back finds it too, but what is planned is not told."""
    return Told(UNKNOWN, found.fact) if found.answer is YES and _vague(asked) else found


def opioid_use(asked: Question) -> Told:
    """Opioids; a dose only where the person told theirs."""
    test = leaf_tests()["opioid_use"]
    if asked.leaf.bounds is not None:
        return number(asked, test)
    if takes_named(asked):
        return Told(UNKNOWN if _vague(asked) else YES, asked.facts.origin(test.fact))
    return _class_by_flag(asked, broad(asked, test))


_CLASSES = frozenset({"immunosuppressant", "anti_tnf", "steroid", "immunomodulator", "immunoglobulin"})


def immunosuppression(asked: Question) -> Told:
    """Weakened immunity as a state, drugs by name or class, or such drugs before, where the words reach back."""
    test, facts = leaf_tests()["immunosuppression"], asked.facts
    if asked.spared and (spared := _all_spared(asked)) is not None:
        return spared
    if asked.leaf.bounds is not None or test.fact in facts.clashes:
        return Told(UNKNOWN, test.fact)
    if _names_drugs(asked):
        suppresses = asked.says("immunosuppress*", "immune suppress*") and "immunosuppressant" in facts.drug_classes
        suppresses = suppresses and not asked.planned and asked.leaf.direction not in _LASTING
        if suppresses or takes_named(asked, _CLASSES):
            return Told(UNKNOWN if _vague(asked) else YES, MEDICATIONS, firm=_firm(asked))
        if asked.leaf.sense == "history" and asked.window is None and not _vague(asked) and _tried(asked):
            return Told(YES, "neuropathy.failed_treatments")
        if facts.names(MEDICATIONS) == () and not asked.past and not asked.planned:
            return Told(NO, MEDICATIONS)
    for form in test.forms:
        if mentions(asked.words, form.says) and (fact := form.yes_if.fired(facts)):
            return Told(YES, fact)
    return _class_by_flag(asked, broad(asked, test))


_STATES = (
    "immunosuppression",
    "immunosuppressed",
    "immunocompromised",
    "immunodeficien*",
    "immune deficien*",
    "inmunodef*",
)


_DRUGS = ("drug", "treatment", "therapy", "medication", "agent", "medicine")


def _names_drugs(asked: Question) -> bool:
    if asked.says("disease") and not asked.says(*_DRUGS):
        return False
    return not (asked.says(*_STATES) and not asked.says(*_DRUGS))


def _tried(asked: Question) -> bool:
    tried = asked.facts.names("neuropathy.failed_treatments") or ()
    named = classes_named(asked.words) & _CLASSES
    return any(classes_of(name) & named for name in tried)


def other_medication(asked: Question) -> Told:
    """A named drug or class that the person takes now. A list of drugs may be incomplete, unless it is empty."""
    drugs = asked.facts.names(MEDICATIONS)
    if asked.spared and (spared := _all_spared(asked)) is not None:
        return spared
    if mentions(asked.all_words, _LOCAL):
        return Told(UNKNOWN, None)
    if takes_named(asked):
        vague = _vague(asked) or asked.leaf.bounds is not None
        return Told(UNKNOWN if vague else YES, MEDICATIONS, firm=_firm(asked))
    if drugs == () and not asked.past and not asked.planned:
        return Told(NO, MEDICATIONS)
    return Told(UNKNOWN, MEDICATIONS)


_PAUSE = ("wash*", "pause", "stopp*", "discontinu*", "withdraw*", "without", "free of")


def stable_medication(asked: Question) -> Told:
    """Months without a change of drugs. A pause can still be agreed on, so too short a time decides nothing."""
    fact, span = "treatment.stable_medication_months", asked.facts.span("treatment.stable_medication_months")
    if span is None or asked.window is None or not asked.wanted or asked.says(*_PAUSE):
        return Told(UNKNOWN, fact)
    return Told(YES if span.above(asked.window, inclusive=True) is YES else UNKNOWN, fact)


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


def _same_substance(words: str, told: str) -> bool:
    names = {told} | {other for group in _SUBSTANCES if any(contains(told, name) for name in group) for other in group}
    if any(contains(words, name) for name in names):
        return True
    content = [stem for stem in stems(told) if stem not in _OF_WHAT and not stem.isdigit()]
    return len(content) > 1 and set(content) <= set(stems(words))
