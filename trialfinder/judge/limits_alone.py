"""Whether a limit decides against a person by itself, whatever else its clause says.

Who is outside of a limit is barred only where every other word of its clause is harmless, or belongs to something else
that was read: "eGFR below 60, measured at screening", but not "eGFR below 60 and on a high dose of metformin", "sugar
above 180 on three days in a row", "creatinine up to 1.5, or clearance of at least 60". What ties a limit to something
else has no end; what leaves it alone has.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.judge.asked_plainly import plain_word, without_read
from trialfinder.judge.polarity import Place
from trialfinder.reading.tree import Criterion


class LimitWords(DataRow, frozen=True):
    """``data/around_limits.toml``."""

    around: frozenset[str]
    """Words that may stand on either side."""
    before: frozenset[str]
    """Words that may stand in front."""
    behind: frozenset[str]
    """Words that may stand behind."""
    yes: tuple[str, ...]
    """Criteria in which a limit, in curly brackets, bars by itself."""
    no: tuple[str, ...]
    """Criteria in which it does not."""


@functools.cache
def limit_words() -> LimitWords:
    """The words of ``data/around_limits.toml``."""
    return load(data_dir("around_limits.toml"), LimitWords)


_END = r"[;\n]|[.](?=\s|$)"
_ONE_OF = re.compile(
    rf"{_END}|,|\b(?:or|such as|including|e\.\s?g\.|i\.\s?e\.|for example|for instance|namely|like|but not limited to"
    r"|especially|in particular)\b|\band/or\b|/",
    re.IGNORECASE,
)
"""Between what bars each by itself."""
_ALL_OF = re.compile(rf"{_END}|,(?!\s*(?:or|but|unless|except)\b)|\band\b", re.IGNORECASE)
"""Between what must be true together."""
_AGE = re.compile(rf"{_ALL_OF.pattern}|\b(?:with|who)\b", re.IGNORECASE)
"""Who is of an age and has something else must be of the age."""
_EITHER_WAY = re.compile(f"{_ONE_OF.pattern}|{_ALL_OF.pattern}", re.IGNORECASE)
_BUT = re.compile(
    r"\b(?:other than|except|excepting|excluding|unless|apart from|with the exception|save|but|aside from|outside)\b",
    re.IGNORECASE,
)
"""In front of what an exception spares, which the tree holds."""
_WORD = re.compile(r"[a-z][a-z'’]*(?:-[a-z]+)*|\d[\d.,]*|[<>≤≥+&]", re.IGNORECASE)
_SHORT_NAME = re.compile(r"\(\s*[A-Z][A-Z0-9-]{1,7}\s*\)")
"""In brackets behind a name: "ankle-brachial index (ABI)"."""
_EVERYBODY = re.compile(
    r"\b(?:(?:wo)?m[ae]n\b\W*(?:or|and)\W*\b(?:wo)?m[ae]n|(?:fe)?males?\W*(?:or|and)?\W*(?:fe)?males?)\b", re.IGNORECASE
)
"""Of either sex."""
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred)\b",
    re.IGNORECASE,
)
_READ = "\x00"
"""Stands for what was read."""
_JOINT = re.compile(
    rf"(?<={_READ})[\s,()]*(?:(?:and|or|if|when|plus|together|with|combined|in|combination|as|well|both|either|an?|the)"
    rf"\b[\s,()]*)+(?={_READ})",
    re.IGNORECASE,
)
"""Between two things that were read: the tree says how they are joined."""
_ALSO = re.compile(
    r"\band\s(?:on|with|without|taking|using|receiving|requiring|living|having|being|under|who|is|are|has|have|not|no)\b",
    re.IGNORECASE,
)
"""Behind a limit that bars: in which state one must be as well, also where the state was read as another member."""

_OF_ANYTHING = frozenset({"symptom_duration", "pain_score", "severity_score"})
"""In front of these stands what they are of, in whatever words: "pain of the shoulder girdle for 6 months"."""


def limit_decides(place: Place, criterion: Criterion, text: str, every: Sequence[Place], *, all_true: bool) -> bool:
    """Whether the words around what decides against a person leave it deciding; True for what is no limit.

    Args:
        place: where it stands.
        criterion: the criterion.
        text: the registry's own.
        every: all things that were read in the criterion.
        all_true: whether all of them are true of the person, and nothing of the criterion is unread.
    """
    if place.leaf.bounds is None or not _NUMBER.search(text, place.leaf.start, place.leaf.end):
        return True  # the limit of a stage ("CKD stage 4") stands for its name
    words = limit_words()
    start, end = _clause(place, criterion, text, every)
    if not place.wanted and not all_true and _ALSO.search(text, place.leaf.end, end):
        return False
    before = [] if place.leaf.concept in _OF_ANYTHING else _rest(text, start, place.leaf.start, every)
    behind = _rest(text, place.leaf.end, end, every)
    numbers = {f"{end:g}" for end in (place.leaf.bounds.low, place.leaf.bounds.high) if end is not None}
    known = words.around.union(numbers, (found.group() for found in _WORD.finditer(place.leaf.noun.lower())))
    return known.union(words.before).issuperset(before) and known.union(words.behind).issuperset(behind)


def _clause(place: Place, criterion: Criterion, text: str, every: Sequence[Place]) -> tuple[int, int]:
    """Where the words begin and end that belong to a thing and not to its neighbours in a list."""
    between = (
        (_AGE if place.leaf.concept == "age" else _ALL_OF)
        if place.wanted
        else _ONE_OF
        if criterion.section == "exclusion"
        else _EITHER_WAY
    )
    start = criterion.start
    for found in between.finditer(text, criterion.start, place.leaf.start):
        start = found.end()
    start = max(start, text.rfind(":", start, place.leaf.start) + 1)
    ends = [between.search(text, place.leaf.end, criterion.end)]
    if any(place.leaf in other.spared_from for other in every):
        ends.append(_BUT.search(text, place.leaf.end, criterion.end))
    return start, min((found.start() for found in ends if found), default=criterion.end)


def _rest(text: str, start: int, end: int, every: Iterable[Place]) -> list[str]:
    """The words between two places that belong to nothing that was read."""
    left = without_read(text, start, end, every, _READ)
    said = _JOINT.sub(" ", _EVERYBODY.sub(" ", _SHORT_NAME.sub(" ", f"{_READ}{left}{_READ}")))
    words = (plain_word(found.group()) for found in _WORD.finditer(said))
    return [word for word in words if len(word) > 1 or not word.isalnum()]
