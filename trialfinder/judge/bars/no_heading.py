"""What bars under no heading: where the words, or the layout of the whole text, say themselves which way they mean it.

"Stroke" under no heading may be asked for or bar. "No stroke" bars in a list of either kind, and "must have diabetes"
asks. In the layout of the National Cancer Institute everything is written as what must be true of a patient.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.judge.bars.others import OTHERS
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion, Leaf
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.whole_words import WholeWords


class NoHeadingFile(DataRow, frozen=True):
    """``data/no_heading.toml``."""

    left_open: WholeWords
    """Words that let in after all, say for whom, or leave it to somebody's judgement."""
    yes: tuple[str, ...]
    """Criteria under no heading that bar who has a thing, in curly brackets."""
    no: tuple[str, ...]
    """Criteria that do not."""


@functools.cache
def no_heading_words() -> NoHeadingFile:
    """The words of ``data/no_heading.toml``."""
    return load(data_dir("no_heading.toml"), NoHeadingFile)


_DISEASE, _PATIENT = "DISEASE CHARACTERISTICS:", "PATIENT CHARACTERISTICS:"
"""Titles of the first two parts of the layout."""
_DENIES = re.compile(
    r"[\W\d]*(?:(?:[\w/ ]{3,30}|[A-Z ]{3,30}): )?(?:no|not|never|without|absence of|free (?:of|from)|negative for)\b",
    re.IGNORECASE,
)
"""Words that begin a criterion by denying something, also behind the name of an organ: "Renal: no …"."""
_MUST = re.compile(
    r"[\W\d]*(?:(?:all |the )?(?:patients?|subjects?|participants?|individuals?|people|persons?|volunteers?|men"
    r"|women)\s)?(?:must|has to|have to|is required to|are required to)\s(?:not\s)?(?:have|be)\b",
    re.IGNORECASE,
)
_PROVEN = re.compile(
    r"[\W\d]*(?:DISEASE CHARACTERISTICS:\s*)?(?:(?:patients with|diagnosis of)\s)?"
    r"(?:(?:histo|cyto|patho)\w*ally|biopsy)[\s-](?:or (?:cyto|histo)\w+ally\s)?(?:proven|confirmed|documented|verified"
    r"|diagnosed)\b",
    re.IGNORECASE,
)
"""How the first part of the layout begins: by the cancer that every patient has."""
_SINCE = re.compile(r"\b(?:since|negative)\b", re.IGNORECASE)
"""What bars without a word of denial: "at least 4 weeks since prior chemotherapy", "HIV negative"."""
_NEAR = 14
_LONG = 240
"""What is longer is a text without items, of which the joints are not sure."""
_OR_BEFORE, _OR_BEHIND = re.compile(r"\bor[\W\d]*\Z", re.IGNORECASE), re.compile(r"[\W\d]*or\b", re.IGNORECASE)
"""Between two items of which one is enough."""
_NOT_ALONE = frozenset({"age", "childbearing", "named_illness"})
"""What is asked several times, of one group each, or means another thing under the name of an organ."""
_OF_SOME = frozenset({"illness", "event", "drug", "therapy", "procedure"})
_CENTRAL = re.compile(r"\b(?:central|cns|brain)\b", re.IGNORECASE)
"""Of a disease there: in these records the cancer that has reached the brain."""
_PLAIN = frozenset({"age", "sex", "neuropathy_type", "diabetes_type"})
_ADULT = 21
_TO_WHAT = re.compile(r"[^.;\n]*\bto\b", re.IGNORECASE)


def plain_by_itself(found: Sequence[Place], answer: Answer, against: frozenset[Leaf]) -> bool:
    """Whether words under no heading leave no doubt. What is asked for and what bars look the same there."""
    wanted = {place.leaf for place in found if place.wanted}
    asked = against if answer is Answer.NO else {place.leaf for place in found}
    return bool(asked) and all(leaf.concept in _PLAIN and leaf in wanted and not _one_sided(leaf) for leaf in asked)


def _one_sided(leaf: Leaf) -> bool:
    """Whether a limit has one end only, so that it may let in or bar: "age > 55". From 18 on is always asked for."""
    bounds = leaf.bounds
    if bounds is None or (bounds.low is not None and bounds.high is not None):
        return False
    return bounds.low is None or bounds.low > _ADULT


def says_itself(against: Sequence[Place], criterion: Criterion, text: str) -> bool:
    """Whether a criterion under no heading bars a person all the same.

    Args:
        against: the things that decide against the person.
        criterion: the criterion.
        text: the registry's own.
    """
    words = text[criterion.start : criterion.end]
    if (
        not against
        or len(words) > _LONG
        or no_heading_words().left_open.search(words.lower())
        or _one_of_two(criterion, text)
    ):
        return False
    if any(_means_another(place, criterion, text) for place in against):
        return False
    disease = text.find(_DISEASE)
    patient = text.find(_PATIENT, disease) if disease >= 0 else -1
    if patient >= 0:
        first = criterion.start < patient
        return _proven_cancer(words, against) if first else _must_be_so(words, against, text)
    if _DENIES.match(words):
        return all(not place.wanted for place in against)
    return all(place.wanted for place in against) and _MUST.match(words) is not None


def _proven_cancer(words: str, against: Sequence[Place]) -> bool:
    """Whether words of the first part of the layout name the cancer that every patient has."""
    of_all = _PROVEN.match(words) is not None and OTHERS.search(words) is None
    return of_all and all(place.wanted and place.leaf.concept == "malignancy" for place in against)


def _must_be_so(words: str, against: Sequence[Place], text: str) -> bool:
    """Whether words of the other parts say what must be true of every patient."""
    denies = _DENIES.match(words) is not None
    return all(
        not denies and _asked_of_all(place) if place.wanted else denies or _since(place, text) for place in against
    )


def _asked_of_all(place: Place) -> bool:
    """Whether a thing is such as every patient has: a limit or an ability, and no illness or treatment of some."""
    leaf = place.leaf
    return leaf.bounds is not None or "normal" in leaf.severity or type_of(leaf.concept) not in _OF_SOME


def _one_of_two(criterion: Criterion, text: str) -> bool:
    before = text[max(0, criterion.start - _NEAR) : criterion.start]
    behind = text[criterion.end : criterion.end + _NEAR]
    return bool(_OR_BEFORE.search(before) or _OR_BEHIND.match(behind) or _OR_BEFORE.search(text[: criterion.end][-5:]))


def _means_another(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a thing may be another one than was read, by a word in front of it or behind it."""
    leaf = place.leaf
    if leaf.concept in _NOT_ALONE or (leaf.concept == "allergy" and _TO_WHAT.match(text, leaf.end, criterion.end)):
        return True  # "allergy or antibodies to the product"
    near = max(0, leaf.start - _NEAR)
    return leaf.concept == "neurological_other" and _CENTRAL.search(text, near, leaf.end) is not None


def _since(place: Place, text: str) -> bool:
    leaf = place.leaf
    return _SINCE.search(text, max(0, leaf.start - _NEAR), leaf.end + _NEAR) is not None
