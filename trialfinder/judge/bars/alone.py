"""Whether a limit, an illness, a drug … decides against a person by itself, whatever else its clause says.

It does only where every other word of its clause is harmless, or belongs to something else that was read: "eGFR below
60, measured at screening" and "known epilepsy", but not "eGFR below 60 and on a high dose of metformin", "creatinine
up to 1.5, or clearance of at least 60", "allergy to penicillin for which no substitute can be found". What ties a thing
to something else has no end; what leaves it alone has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.bars.around_words import (
    AGE,
    ALL_OF,
    BUT,
    EITHER_WAY,
    ONE_OF,
    drugs_in_brackets,
    limit_words,
    own_abbreviation,
    rest,
    thing_words,
)
from trialfinder.judge.bars.further_behind import said_behind_brackets, series_end, shares_its_end
from trialfinder.judge.bars.words_around import begins, words_in
from trialfinder.judge.names.illness_names import ends_like_an_illness, name_words
from trialfinder.judge.polarity import Place
from trialfinder.reading.nodes.tree import Criterion, Leaf
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import mentions
from trialfinder.reading.wording.reasons import reason_places

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"\band\s(?:on|with|without|taking|using|receiving|requiring|living|having|being|under|who|is|are|has|have|not|no)\b",
    re.IGNORECASE,
)
"""Behind a limit that bars: in which state one must be as well, also where the state was read as another member."""
_OF_ANYTHING = frozenset({"symptom_duration", "pain_score", "severity_score"})
"""In front of these stands what they are of, in whatever words: "pain of the shoulder girdle for 6 months"."""


_YOUNG = frozenset(
    {
        "birth", "born", "hours", "weeks", "months", "days", "newborn", "newborns", "neonate", "neonates", "infant",
        "infants", "baby", "babies", "term", "preterm", "premature", "between",
    }
)  # fmt: skip
"""Around an age: those who are so young. Whoever is older is none of them, and their mother is named as such."""
_OF_A_TEST = frozenset({"test", "tests", "tested", "positive", "negative", "serology", "positivity", "negativity"})
_OF_MANY_KINDS = frozenset({"illness", "drug", "state"})
"""What may follow these has no end either: forms, tests, stages, other names. Only a clause about them counts there."""
_PASSED_OVER = frozenset({"allergy", "pregnancy"})
"""Things whose rules do not look at what narrows them behind: "pregnancy (previous): eclampsia"."""
_ANY_WORDS = frozenset({"sex", "childbearing", "contraception", "residence"})
"""What everybody has one of; their rules look at the words themselves."""


def stands_alone(place: Place, criterion: Criterion, text: str, every: Sequence[Place], *, all_true: bool) -> bool:
    """Whether the words around what decides against a person leave it deciding.

    Args:
        place: where it stands.
        criterion: the criterion.
        text: the registry's own.
        every: all things that were read in the criterion.
        all_true: whether all of them are true of the person, and nothing of the criterion is unread.
    """
    leaf = place.leaf
    start, end = _clause(place, criterion, text, every)
    if leaf.bounds is None or not _NUMBER.search(text, leaf.start, leaf.end):  # "CKD stage 4" stands for its name
        asked = place.wanted or leaf.concept in _ANY_WORDS  # what lacks is asked for by ``asked_plainly``
        return asked or (
            _thing_alone(leaf, criterion, text, (start, end), every)
            and not said_behind_brackets(place, criterion, text, (start, end), every, thing_words())
        )
    if not place.wanted and not all_true and _ALSO.search(text, leaf.end, end):
        return False
    if said_behind_brackets(place, criterion, text, (start, end), every, limit_words()):
        return False
    words = limit_words()
    named = own_abbreviation(leaf, text, start)
    before = [] if leaf.concept in _OF_ANYTHING else rest(text, start, named, every, of_limits=True)
    known = words.around | _said_by_limit(leaf)
    if leaf.concept == "age":
        known |= words.of_ages
        if any(limit is not None and 0 < limit < 1 for limit in (leaf.bounds.low, leaf.bounds.high)):
            known |= _YOUNG
            before = [word for word in before if not word[0].isdigit()]  # "between birth and 48 hours"
    behind = rest(text, leaf.end, end, every, of_limits=True)
    return _all_known(before, known | words.before) and _all_known(behind, known | words.behind)


def _all_known(said: Iterable[str], known: frozenset[str] | set[str]) -> bool:
    """Whether all words are known, in the one number or the other."""
    return all(word in known or f"{word}s" in known or word.removesuffix("s") in known for word in said)


def _thing_alone(leaf: Leaf, criterion: Criterion, text: str, clause: tuple[int, int], every: Sequence[Place]) -> bool:
    """The same of what has no number."""
    start, end = clause
    words = thing_words()
    own = text[leaf.start : leaf.end]
    if mentions(own, words.begun) or _not_of_a_person(leaf, criterion, text, end, every):
        return False
    if _WEIGHED.match(text, leaf.end, criterion.end) or shares_its_end(leaf, criterion, text, every):
        return False
    before, behind = rest(text, start, leaf.start, every), rest(text, leaf.end, end, every)
    if type_of(leaf.concept) in _OF_MANY_KINDS:
        that = _THAT.search(text, leaf.end, end)
        behind = rest(text, *that.span("said"), every) if that else []
    if text[leaf.end : end].lstrip().startswith("("):  # the same by another name: "stroke (brain infarction)"
        behind = [word for word in behind if word not in name_words() and not ends_like_an_illness(word)]
    narrowed = set(words_in(" ".join(leaf.narrowing), signs=True))
    known = words.around.union(words_in(" ".join((leaf.noun, leaf.value, *leaf.severity)), signs=True))
    if leaf.concept not in _PASSED_OVER:
        known |= narrowed
    if leaf.sense == "planned" or _OF_A_TEST.intersection(before + behind + words_in(own)):
        known |= words.of_tests | narrowed
        before, behind = ([word for word in side if not word[0].isdigit()] for side in (before, behind))
    if type_of(leaf.concept) == "drug":
        known |= words.counted
    if leaf.window_months is not None:
        known |= words.of_times
        before = [word for word in before if not word[0].isdigit()]
    if leaf.bounds is not None:  # "creatinine above the upper limit"
        known |= limit_words().before
    return known.union(words.before, narrowed).issuperset(before) and known.union(words.behind).issuperset(behind)


_SENTENCE = re.compile(r"[.;:](?=\s)|\n")
_SUBJECT = re.compile(
    r"(?:(?!\b(?:or|and|who|that|which|whose|with)\b|[,(]).)*?\b(?:is|are|was|were|will)\b", re.IGNORECASE
)
"""Of whom or of what a sentence says something."""
_SHOULD = re.compile(r"[\W\d]*should\s(?!not\b|have\b|be\b)", re.IGNORECASE)
_OF_THEM = re.compile(
    r"[;.(,–](?<!\d.)\s*(?P<said>(?:those|these|they|such (?:patients|people))\b[^;.\n)]*)", re.IGNORECASE
)
_ADJECTIVE = re.compile(r"\w+(?:ic|ive|al|ar|ous|ary|immune)\Z", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|which|who|whose)\b(?P<said>[^;.\n]*)", re.IGNORECASE)
_WEIGHED = re.compile(
    r"\s(?:potentially|likely to|possibly|liable to|interfering|precluding|compromising|hampering|hindering|impairing"
    r"|jeopardi[sz]ing|endangering|preventing|prohibiting)\s[a-z]",
    re.IGNORECASE,
)
"""Behind a thing: which of those who have it are meant, as a doctor weighs it."""


def _not_of_a_person(leaf: Leaf, criterion: Criterion, text: str, end: int, every: Sequence[Place]) -> bool:
    """Whether the sentence around a thing speaks of something else than of the people who have it.

    "The endpoint is death, stroke …", "Should epilepsy be found, …"; and what is said of those who have it further on:
    "hepatitis C; those who were cured can join", "a mental, addictive or other disorder that hinders consent".
    """
    start = begins(criterion, text, leaf.start, _SENTENCE)
    if _SHOULD.match(text, start, leaf.start):
        return True
    subject = _SUBJECT.match(text, start, leaf.start)
    of_people = thing_words().around | thing_words().before
    if subject and not of_people.issuperset(rest(text, start, subject.end(), every)):
        return True
    further = _OF_THEM.search(text, end, criterion.end)
    if (
        further is None
        and _ADJECTIVE.search(text[leaf.start : leaf.end])
        and end < criterion.end
        and text[end] not in ".;"
    ):
        further = _THAT.search(text, end, criterion.end)
    of_them = thing_words().around | thing_words().behind
    named = [place for place in every if place.leaf.concept != "general_health"]  # "other disease that may confound"
    return further is not None and not of_them.issuperset(rest(text, *further.span("said"), named))


def _said_by_limit(leaf: Leaf) -> set[str]:
    """The words of a limit itself, that may be said once more beside it."""
    bounds = leaf.bounds
    numbers = {f"{end:g}" for end in (bounds.low, bounds.high) if end is not None} if bounds else set()
    return numbers.union(words_in(leaf.noun, signs=True))


def _clause(place: Place, criterion: Criterion, text: str, every: Sequence[Place]) -> tuple[int, int]:
    """Where the words begin and end that belong to a thing and not to its neighbours in a list."""
    between = (
        (AGE if place.leaf.concept == "age" else ALL_OF)
        if place.wanted
        else ONE_OF
        if criterion.section == "exclusion"
        else EITHER_WAY
    )
    start = begins(criterion, text, place.leaf.start, between)
    start = max(start, text.rfind(":", start, place.leaf.start) + 1)
    if type_of(place.leaf.concept) == "drug" and (opened := drugs_in_brackets(place, text, start, every)):
        start = opened
    ends = [between.search(text, series_end(place.leaf, every, text), criterion.end)]
    if any(place.leaf in other.spared_from for other in every):
        ends.append(BUT.search(text, place.leaf.end, criterion.end))
    stops = [found.start() for found in ends if found]
    words = text[criterion.start : criterion.end]
    stops += (begin for at, _ in reason_places(words) if (begin := criterion.start + at) >= place.leaf.end)
    return start, min(stops, default=criterion.end)
