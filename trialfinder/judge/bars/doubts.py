"""What decides against a person although its sentence does not plainly say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.asking import NO, YES, Told
from trialfinder.judge.bars.alone import stands_alone
from trialfinder.judge.bars.aside import given_otherwise, named_aside
from trialfinder.judge.bars.asked import plainly_asked
from trialfinder.judge.bars.beside_words import (
    is_an_allergen,
    names_a_day,
    of_a_kind_of_study,
    of_men_only,
    only_if_unstable,
    so_long_only,
    spared_by_but,
    weighed_with_life,
    with_its_drug,
)
from trialfinder.judge.bars.clause_of_all import comes_with_another, of_some_in_a_clause
from trialfinder.judge.bars.left_open import asks_nothing, by_will_or_elsewhere, not_by_itself
from trialfinder.judge.bars.not_of_all import not_of_all
from trialfinder.judge.bars.of_some import said_of_some
from trialfinder.judge.bars.ruled import one_of_the_stages, only_heads_a_list
from trialfinder.judge.polarity import Place
from trialfinder.judge.study_context import StudyContext
from trialfinder.reading.nodes.tree import Criterion, Leaf, Unread, walk


def doubted(
    against: Sequence[Place],
    every: Sequence[Place],
    hits: Mapping[Leaf, Told],
    criterion: Criterion,
    text: str,
    context: StudyContext,
) -> list[Place]:
    """The things that decide against a person although the sentence does not plainly say so.

    One that bars by lacking although it is not plainly asked of everybody; one that is said of some people, or that
    bars only together with another, or whose clause says more than was read.
    """
    if not against:
        return []
    all_true = criterion.node is not None and not any(isinstance(node, Unread) for node in walk(criterion.node))
    all_true = all_true and all(hits[place.leaf].answer is YES for place in every)
    return [
        place
        for place in against
        if (
            place.wanted
            and hits[place.leaf].answer is NO
            and (not_of_all(place, criterion, text) or not plainly_asked(place, criterion, text, every, context))
        )
        or (not place.wanted and named_aside(place, every, criterion, text))
        or said_of_some(place, against, all_true, criterion, text)
        or so_long_only(place, criterion, text)
        or of_men_only(place, criterion, every, text)
        or weighed_with_life(place, criterion, text)
        or by_will_or_elsewhere(place, criterion, text)
        or not_by_itself(place, against, criterion, text)
        or of_a_kind_of_study(place, criterion, text)
        or spared_by_but(place, criterion, text)
        or only_if_unstable(place, criterion, text)
        or _ruled_elsewhere(place, every, hits, criterion, text)
        or (not all_true and with_its_drug(place, criterion, text))
        or not stands_alone(place, criterion, text, every, all_true=all_true)
    ]


def _ruled_elsewhere(
    place: Place, every: Sequence[Place], hits: Mapping[Leaf, Told], criterion: Criterion, text: str
) -> bool:
    """Whether words that stand apart from a thing say of which of those who have it a criterion speaks."""
    return (
        only_heads_a_list(place, criterion, text)
        or one_of_the_stages(place, text)
        or of_some_in_a_clause(place, criterion, text)
        or comes_with_another(place, every, hits, text)
    )


def says_nothing(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a criterion's words leave open what the thing at a place says of whoever has it or lacks it."""
    return (
        lacked(place, criterion, text)
        or under_another_head(place, criterion, text)
        or _of_one_type(place, criterion, text)
        or given_otherwise(place, criterion, text)
        or _said_behind(place, criterion, text)
        or names_a_day(place, criterion, text)
        or is_an_allergen(place, criterion, text)
        or asks_nothing(place, criterion, text)
        or _may_be_there(place, criterion, text)
        or _range_denied(place, criterion)
        or _is_an_institution(place, criterion, text)
        or (place.wanted and _STATUS.match(text, place.leaf.start, criterion.end) is not None)
    )


_STATUS = re.compile(
    r"[^.;\n]*\b(?:status|serostatus|serology|serologies)\s(?:(?:is|are|must|to|be|has|have|been|must be)\s)*"
    r"(?:known|documented|available|determined|assessed|recorded)\b",
    re.IGNORECASE,
)
"""Behind what need not be there: "hepatitis B and herpes antibody status known"."""


_WHATEVER = re.compile(
    r"\b(?:(?P<what>whatever|whichever)|regardless of"
    r"|irrespective of|independent(?:ly)? of|no matter (?:what|which|how)|despite"
    r"|in spite of|notwithstanding)\s(?:(?:the|an?|any|their|his|her|presence|absence|degree|type|kind|form|of|prior"
    r"|previous|current|other)\s){0,4}\Z",
    re.IGNORECASE,
)


def _may_be_there(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether the words in front say that a thing makes no difference: "whatever psychiatric illness there may be"."""
    found = _WHATEVER.search(text, max(criterion.start, place.leaf.start - _FRONT), place.leaf.start)
    return found is not None and (found["what"] is None or criterion.section == "inclusion")  # "whichever" bars any


_INSTITUTION = re.compile(
    r"\s(?:clinical trials?|study|research|treatment|cooperative|working|oncology|collaborative|interest)\s"
    r"(?:group|network|consortium|unit)s?\b"
    r"|\s(?:society|association|foundation|consortium|federation|collaborative|alliance|institute|registry)\b",
    re.IGNORECASE,
)


def _is_an_institution(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether an illness only stands in a name: "the toxicity grades of the AIDS Clinical Trials Group"."""
    return _INSTITUTION.match(text, place.leaf.end, criterion.end) is not None


def _range_denied(place: Place, criterion: Criterion) -> bool:
    """Whether a "no" in front reached a range by mistake: "no drugs, and a BMI between 30 and 35".

    Who is let in lies within a range; nobody asks people to lie outside of one by denying it.
    """
    bounds = place.leaf.bounds
    both = bounds is not None and bounds.low is not None and bounds.high is not None
    return both and not place.wanted and criterion.section == "inclusion" and place.role == "criterion"


_TYPE = re.compile(
    r"[^,;.\n]{0,40}\btype[\s-]?(?:1|2|i{1,2})\b(?![^;.\n]*\btype)(?![\s,/]*(?:or|and|/)?\s*(?:1|2|i)\b)", re.IGNORECASE
)


def _of_one_type(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a type stands behind "diabetes" that was not read with it: "Diabetes must be of type 2"."""
    if place.leaf.concept != "diabetes_type" or place.leaf.value not in ("", "any"):
        return False
    return _TYPE.match(text, place.leaf.end, criterion.end) is not None


_BEHIND = {
    "chemotherapy": re.compile(
        r"\s*(?:is|are|was|were|has|have|must|should)\s(?:(?:been|be|have|already)\s)*"
        r"(?:over|completed?|finished|ended|stopped)\b",
        re.IGNORECASE,
    ),
    "pregnancy": re.compile(r"\s*(?:is |are )?(?:planned|intended|desired|wanted|wished)\b", re.IGNORECASE),
    "other_trial": re.compile(
        r"\s*(?:is |are )?(?:planned|intended|foreseen|scheduled|allowed|permitted)\b", re.IGNORECASE
    ),
}
"""Words behind a thing by which it must be over, or is to come, although it was read as being there."""


def _said_behind(place: Place, criterion: Criterion, text: str) -> bool:
    words = _BEHIND.get(place.leaf.concept)
    return words is not None and words.match(text, place.leaf.end, criterion.end) is not None


_LACKS = re.compile(
    r"\b(?:(?:(?:does|do|did) not|(?:does|do|did)n['’]t)(?:\s(?:currently\s)?(?:have|suffer from|use|take|show|meet))?"
    r"|(?:is|are|was|were) not (?:suffering from|diagnosed with)"
    r"|ha(?:s|ve) (?:not|never) (?:had|been diagnosed with|received|undergone)"
    r"|not (?:having|suffering from|diagnosed with)|without|absence of|lack(?:s|ing)?(?: of)?|ha(?:s|ve) no)"
    r"\s(?:(?:a|an|any|the|known|history|of|diagnosis|confirmed|documented|previous|prior|current|active|type)\s){0,4}\Z",
    re.IGNORECASE,
)
_FRONT = 80


def lacked(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether an exclusion speaks of those who lack a thing: "does not have diabetes", "absence of an ulcer".

    Some records mean by it those who have the thing, most those who do not: it answers neither. "No diabetes" in such a
    list is another matter: there it nearly always is a bar that was copied with its "no".
    """
    if criterion.section != "exclusion" or place.wanted or place.role != "criterion":
        return False
    start = max(criterion.start, place.leaf.start - _FRONT)
    return _LACKS.search(text, start, place.leaf.start) is not None


_HEADED = re.compile(
    r"[\W\d]*(?:[\w/-]+\s){0,3}?(?P<where>donors?'?s?|foot|feet|skin|limbs?|legs?|local|wounds?|ulcers?|eyes?|ocular|oral|dental"
    r"|nails?|knees?|hips?|joints?|family|familial|relatives?|partners?)(?:\s[\w/-]+){0,3}\s?:",
    re.IGNORECASE,
)


def under_another_head(place: Place, criterion: Criterion, text: str) -> bool:
    """Whether a list is headed by a place of the body, or by somebody else, that its members do not name themselves.

    "Foot conditions: infection, deformity" bars no infection elsewhere, "donor: hepatitis" no hepatitis of one's own.
    """
    if criterion.section != "exclusion" or place.wanted:
        return False
    head = _HEADED.match(text, criterion.start, place.leaf.start)
    return head is not None and head["where"].lower().rstrip("s") not in place.leaf.noun.lower()
