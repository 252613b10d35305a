"""Words around a thing that a person has by which only some of those who have it are meant.

"Enzyme-inducing antiepileptics" are some of the antiepileptics; "a type 2 diabetes drug" is a drug and no diabetes; in
"severe cardiac, respiratory (such as asthma) disease" the disease of the lungs must be severe as well.
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import classes_named, drugs_named, without_classes
from trialfinder.judge.names.illness_forms import forms_of
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import mentions


def some_of_those(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether who has the thing at a place may still not be meant, by words that the tree does not hold."""
    return (
        _narrower_class(place, criterion, text)
        or _its_drug(place, criterion, text)
        or _severe(place, criterion, text)
        or _shown_active(place, criterion, text)
    )


_FRONT = 60
_BY_ITS_EFFECT = re.compile(
    r"\b(?:[\w-]+[- ](?:induc(?:ing|tive)|inhibiting|prolonging|sparing|wasting|depleting|acting|penetrating|releasing"
    r"|blocking|depressing)|(?:hepato|nephro|neuro|oto|cardio|myelo|gonado)toxic|sedating|serotonergic)"
    r"\s(?:[\w-]+\s){0,2}?\Z",
    re.IGNORECASE,
)
"""An effect that some drugs of a class have, up to the name of the class."""


def _narrower_class(place: Place, criterion: Criterion, text: str) -> bool:
    leaf = place.leaf
    own = text[leaf.start : leaf.end]
    classes = classes_named(own)
    if type_of(leaf.concept) != "drug" or not classes or drugs_named(own):
        return False
    front = text[max(criterion.start, leaf.start - _FRONT) : leaf.start]
    effect = _BY_ITS_EFFECT.search(front)
    if effect is None:
        return False
    whole = effect.group() + own  # "potassium-sparing diuretics" may be a class of its own
    return classes_named(whole) == classes and without_classes(whole, classes).startswith(effect.group().lower())


_A_DRUG = re.compile(
    r"(?:\s(?:mellitus|disease))?[\s-](?:medications?|medicines?|drugs?|agents?|tablets?|pills?)\b", re.IGNORECASE
)


def _its_drug(place: Place, criterion: Criterion, text: str) -> bool:
    return type_of(place.leaf.concept) == "illness" and bool(_A_DRUG.match(text, place.leaf.end, criterion.end))


_ORGAN = r"(?:[a-z-]+(?:ic|ac|al|ary|ory|ular|ine)|heart|lung|liver|kidney|brain)"
_SEVERE_LIST = re.compile(
    r"\b(?:severe|serious|significant|uncontrolled|unstable|advanced|major|decompensated|end[- ]stage)\s"
    rf"{_ORGAN}(?:\s\([^()]*\))?(?:(?:,|,?\s(?:or|and|and/or))\s{_ORGAN}(?:\s\([^()]*\))?)*"
    rf"(?:,|,?\s(?:or|and|and/or))\s{_ORGAN}\Z",
    re.IGNORECASE,
)
"""A degree before the first of several organs, up to the one that is meant."""


_SEVERE_SUCH_AS = re.compile(
    r"\b(?:severe|serious|significant|uncontrolled|unstable|advanced|major|decompensated|grave|poorly controlled)\s"
    r"(?:[\w-]+\s(?:or\s|and\s)?){0,4}?"
    r"(?:diseases?|illness(?:es)?|disorders?|conditions?|comorbidit(?:y|ies)|co-morbidit(?:y|ies)|patholog(?:y|ies)"
    r"|problems?|complications?)\b[^.;:()\n]{0,40}?[,(]?\s?"
    r"(?:such as|like|including|e\.?\s?g\.?,?|for (?:example|instance),?)\s[^.;:\n]*\Z",
    re.IGNORECASE,
)
"""A degree before the kind of which examples follow, up to the one that is meant."""
_GRADED = frozenset({"hypertension", "pulmonary", "psychiatric", "renal", "hepatic", "peripheral_artery_disease"})
"""Illnesses that many people have mildly; a cancer or HIV is serious in itself."""


def _severe(place: Place, criterion: Criterion, text: str) -> bool:
    leaf = place.leaf
    if type_of(leaf.concept) != "illness" or leaf.severity:
        return False
    if _SEVERE_LIST.search(text, criterion.start, leaf.end) is not None:
        return True
    mild = leaf.concept in _GRADED and not mentions(leaf.noun, _GRAVE) and "serious disease" not in forms_of(leaf.noun)
    return mild and _SEVERE_SUCH_AS.search(text, criterion.start, leaf.start) is not None


_GRAVE = ("failure", "*failure", "insufficiency", "schizophrenia", "psychosis", "dialysis", "end-stage")


_VIRUS = r"(?:h[iabcde]v|hiv(?:[- ][12])?|htlv(?:[- ]\w+)?|hep(?:atitis)?\.?[\s-][a-e](?:\svirus)?|[a-e])"
_JOINED = r"(?:\s?(?:,|/|\band/or\b|\bor\b|\band\b)\s?)+"
_ACTIVE_BEHIND = re.compile(
    rf"(?:\svirus)?(?:\s\([^()\n]*\))?(?:{_JOINED}{_VIRUS}(?:\s\([^()\n]*\))?)*\s(?:that is\s|which is\s)?"
    r"(?:active|replicat\w+)\b"
    r"|[-\s]dna\b"
    r"|(?:(?!\bor\b)[^.;\n]){0,100}?\b(?:positive|detect\w+|measurable|elevated|presence of)[\s-]"
    r"(?:(?!or\b)[\w-]+[\s-]){0,2}?(?:dna|viral load|replication)\b"
    r"|(?:(?!\bor\b)[^.;\n]){0,100}?\bdna\W{0,3}(?:test\W{0,2})?"
    r"(?:(?:is|was|by pcr)\s)?(?:\+|positiv\w+|detect\w+|[>≥])",
    re.IGNORECASE,
)
"""By which a virus must be active, behind it or behind the last of several."""
_ACTIVE_BEFORE = re.compile(rf"\bactive\s(?:infection (?:with|by|of)\s)?(?:{_VIRUS}{_JOINED})+\Z", re.IGNORECASE)


def _shown_active(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a hepatitis bars only where it is active, which a carrier has not told."""
    leaf = place.leaf
    if leaf.concept not in ("hepatitis_b", "hepatitis_c") or place.wanted:
        return False
    behind = _ACTIVE_BEHIND.match(text, leaf.end, criterion.end)
    return behind is not None or _ACTIVE_BEFORE.search(text, criterion.start, leaf.start) is not None
