"""Words around a thing that a person has by which only some of those who have it are meant.

"Enzyme-inducing antiepileptics" are some of the antiepileptics; "a type 2 diabetes drug" is a drug and no diabetes; in
"severe cardiac, respiratory (such as asthma) disease" the disease of the lungs must be severe as well.
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import classes_named, drugs_named, without_classes
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.reading.vocabulary.patterns import type_of


def some_of_those(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether who has the thing at a place may still not be meant, by words that the tree does not hold."""
    return (
        _narrower_class(place, criterion, text)
        or _another_hormone(place, text)
        or _its_drug(place, criterion, text)
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


_HORMONE = re.compile(r"hormon", re.IGNORECASE)
_OF_A_GLAND = re.compile(
    r"\b(?:growth|thyroid|parathyroid|adrenal|adrenocorti\w+|antidiuretic|pituitary|[\w-]+[- ]stimulating"
    r"|luteini[sz]ing)[\s-]\Z",
    re.IGNORECASE,
)


def _another_hormone(place: Place, text: str) -> bool:
    """Whether a hormone of one gland is meant: "growth hormone therapy" is no treatment of a cancer."""
    start = place.leaf.start
    return bool(_HORMONE.match(text, start) and _OF_A_GLAND.search(text, max(0, start - _FRONT), start))


_A_DRUG = re.compile(
    r"(?:\s(?:mellitus|disease))?[\s-](?:medications?|medicines?|drugs?|agents?|tablets?|pills?)\b", re.IGNORECASE
)


def _its_drug(place: Place, criterion: Criterion, text: str) -> bool:
    return type_of(place.leaf.concept) == "illness" and bool(_A_DRUG.match(text, place.leaf.end, criterion.end))


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
_ACTIVE_LAST = re.compile(r"\sactive\Z", re.IGNORECASE)
_ACTIVE_BEFORE = re.compile(rf"\bactive\s(?:infection (?:with|by|of)\s)?(?:{_VIRUS}{_JOINED})+\Z", re.IGNORECASE)


def _shown_active(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a hepatitis bars only where it is active, which a carrier has not told."""
    leaf = place.leaf
    if leaf.concept not in ("hepatitis_b", "hepatitis_c") or place.wanted:
        return False
    behind = _ACTIVE_BEHIND.match(text, leaf.end, criterion.end) or _ACTIVE_LAST.search(text, leaf.start, leaf.end)
    return behind is not None or _ACTIVE_BEFORE.search(text, criterion.start, leaf.start) is not None
