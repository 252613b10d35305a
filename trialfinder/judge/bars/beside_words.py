"""Words right beside a thing by which nobody is asked whether they have it.

"At the time of signing the consent" names a day; "allergy to albumin or cell therapies" names what one does not bear;
"insulin for more than two years" asks how long, which was not read; "a male subject uses contraception" asks men only.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.reading.vocabulary.patterns import type_of

_DAY = re.compile(
    r"\b(?:at|on|before|prior to|after|following|since|until|from)\s(?:(?:the|a)\s)?"
    r"(?:(?:time|day|date|moment|point)\s(?:of|when)\s)?"
    r"(?:(?:the|their|his|her|or|signing|signature|of|giving|obtaining|providing|provision|obtained|written|signed"
    r"|informed|patient|subject|consent|form)\s\(?)*\Z",
    re.IGNORECASE,
)
_TO_WHAT = re.compile(
    r"\b(?:allerg|hypersensitiv|anaphyla|sensitivity|intoleran)\w*[^.;:\n]*?\b(?:to|against|of)\b"
    r"(?P<list>[^.;:\n]*)\Z",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:use|uses|used|using|user|prior|previous|previously|history|treat\w*|receiv\w*|receipt|tak(?:e|es|en|ing)"
    r"|undergo\w*|underwent|need\w*|requir\w*|current\w*|ongoing|on|had|who|under|given|administ\w*|within|concomitant"
    r"|concurrent\w*)\b",
    re.IGNORECASE,
)
"""Words by which a drug or a therapy is one that is given, and no allergen in a list of them."""
_GIVEN = frozenset({"drug", "therapy"})
_FOR_SO_LONG = re.compile(
    r"\s*,?\s*(?:for|since|during|over)\s(?:a period of\s|a duration of\s)?"
    r"(?:more than|at least|over|longer than|greater than|not less than|no less than|less than|the (?:last|past)|>=?|≥"
    r"|<=?|≤)"
    r"\s?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b[^.;,\n]{0,20}?"
    r"\b(?:days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_MEN = re.compile(r"\b(?:men|males?|man)\b", re.IGNORECASE)
_WOMEN = re.compile(r"\b(?:wom[ae]n|females?|both sexes|all)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;]\s|\n")


_WEIGHED = re.compile(
    r"\s*(?:/|,?\s(?:or|and|and/or)\s)\s*(?P<what>(?:[\w-]+\s){0,3}?(?:situations?|circumstances|conditions?|disorders?"
    r"|diseases?|illness(?:es)?|problems?|issues|factors|responsibilit\w+|duties|obligations|commitments))\s"
    r"(?:\([^()]*\)\s)?(?:(?:that|which)\s)?(?:would|could|may|might|will|can|in the\b|potentially|limit|interfere"
    r"|preclude|impair|affect|prevent)",
    re.IGNORECASE,
)
_LIFE = re.compile(
    r"\b(?:social|situations?|circumstances|responsibilit\w+|duties|obligations|commitments)\b", re.IGNORECASE
)
_OTHER = re.compile(r"any\sother\b", re.IGNORECASE)
"""What is "any other condition that would interfere" is a member of its own: the illness before it bars by itself."""
_OF_THE_MIND = frozenset({"psychiatric", "substance_abuse"})
_AND_ITS_DRUG = re.compile(
    r"\s*and\s(?:(?:the|long-term|chronic|current|regular|ongoing|continuous|permanent|concomitant)\s)*"
    r"(?:use|need|treatment|therapy|medication|treated|taking|requiring|receiving)\b",
    re.IGNORECASE,
)


def weighed_with_life(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether one clause weighs an illness and what else there is: "mental illness/social situations that would limit".

    Whoever has a mental illness that limits nothing is not meant. Of another illness only where it stands beside the
    person's circumstances: "a heart disease or any other condition that may interfere" names the heart disease itself.
    """
    leaf = place.leaf
    if place.wanted or type_of(leaf.concept) not in ("illness", "state", "event"):
        return False
    found = _WEIGHED.match(text, leaf.end, criterion.end)
    if found is None:
        return False
    return _LIFE.search(found["what"]) is not None or (leaf.concept in _OF_THE_MIND and not _OTHER.match(found["what"]))


def with_its_drug(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether an illness bars with a drug only: "epilepsy and use of anticonvulsants", where no list stands."""
    leaf = place.leaf
    if place.wanted or criterion.section != "exclusion" or leaf.concept == "pregnancy":
        return False
    listed = "," in text[criterion.start : leaf.start]
    inside = _AND_ITS_DRUG.search(text, leaf.start, leaf.end)
    behind = _AND_ITS_DRUG.match(text, leaf.end, criterion.end)
    return not listed and (inside is not None or behind is not None)


def names_a_day(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether the consent is named only to say when something else is asked: "at the time of signing the ICF"."""
    if place.leaf.concept != "consent":
        return False
    return _DAY.search(text, criterion.start, place.leaf.start) is not None


def is_an_allergen(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a drug or a therapy stands in a list of what somebody is allergic to."""
    if place.leaf.concept != "prior_cell_therapy" and type_of(place.leaf.concept) not in _GIVEN:
        return False
    found = _TO_WHAT.search(text[criterion.start : place.leaf.start])
    own = text[place.leaf.start : place.leaf.end]
    return found is not None and not _DONE.search(found["list"]) and not _DONE.search(own)


def so_long_only(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a time that was not read with a thing which bars says how long it must have gone on."""
    leaf = place.leaf
    if place.wanted or leaf.bounds is not None or leaf.window_months is not None:
        return False
    return _FOR_SO_LONG.match(text, leaf.end, criterion.end) is not None


_LIKE = re.compile(
    r"\s(?:for|of|with|on|involving|using|testing)\s(?:(?:an?|the|other|any)\s)?[\w-]+\s(?:like|such as|similar to)\b",
    re.IGNORECASE,
)


def of_a_kind_of_study(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether only other studies of one kind bar: "another study of a product like N-9"."""
    return place.leaf.concept == "other_trial" and _LIKE.match(text, place.leaf.end, criterion.end) is not None


_BUT = re.compile(
    r"\s*,?\s+but\s(?!not\b|also\b|only\b|is\b|are\b|has\b|have\b|who\b|that\b|which\b|must\b|should\b|no\b|any\b|if\b"
    r"|without\b|still\b|with\b|currently\b|were\b|was\b|does\b|do\b)",
    re.IGNORECASE,
)


def spared_by_but(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a "but" behind what bars spares a part of it: "psychiatric history, but depression"."""
    if place.wanted or criterion.section != "exclusion":
        return False
    return _BUT.match(text, place.leaf.end, criterion.end) is not None


_UNSTABLE = re.compile(
    r"\b(?:unstable|uncontrolled|decompensated|untreated|poorly controlled)\s(?:[\w-]+\s){0,2}?"
    r"(?:conditions?|diseases?|disorders?|illness(?:es)?|problems?)\b[\s,:(]*"
    r"(?:including|such as|like|e\.?\s?g\.?|for example|i\.?\s?e\.?)(?P<list>[^.;\n]*)\Z",
    re.IGNORECASE,
)


def only_if_unstable(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether an illness is an example of unstable ones: "any unstable condition, such as a heart disease"."""
    leaf = place.leaf
    if place.wanted or leaf.severity or leaf.bounds is not None or leaf.window_months is not None:
        return False
    found = _UNSTABLE.search(text[criterion.start : leaf.start])
    return found is not None and type_of(leaf.concept) in ("illness", "event", "state")


def of_men_only(place: Place, criterion: Criterion, every: Sequence[Place], text: str) -> bool:
    """Whether contraception is asked of men by words that the tree does not hold."""
    if place.leaf.concept != "contraception" or any(other.leaf.concept == "sex" for other in every):
        return False
    begun = _SENTENCE.split(text[criterion.start : place.leaf.start])[-1]
    return _MEN.search(begun) is not None and _WOMEN.search(begun) is None
