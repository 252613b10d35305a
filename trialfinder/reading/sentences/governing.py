"""Whether words in front of a thing make it an argument of something else: asked for, it is not the thing itself."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.grades import GRADES
from trialfinder.reading.sentences.marks import Atom, Token

_MANY = 3
"""With so many words that were not understood in front of it, a thing is hardly what is asked for itself."""
_MANY_NAMES = 7
"""The same for words that only go before the name of an illness: "relapsed diffuse large B cell lymphoma"."""
_GOVERNED_BY = re.compile(r"\b(?:of|for|to|from|by|in|on|about|during|at|against|as|with|who|that|which|undergo\w*)\b")
_BEGUN_BY = re.compile(r"\b(?:who|that|which|undergo\w*)\s+(?:an? |the |first )?\Z")
_COMPLAINTS = frozenset({"pain", "pains", "ache", "numbness", "tingling", "weakness", "symptoms"})
_GRADED = frozenset({"class", "classes", "stage", "stages", "grade", "grades"})
"""Words before grades, which do not govern what they are grades of."""
_FAR = 45
_AT_MOST = re.compile(
    r"(?:no more than|not more than|at most|up to|a? ?maximum(?: of)?|fewer than|less than|no greater than|<=?|=<)\s?"
    r"(?:\d{1,2}(?![\d.,]*\s?(?:[%/]|percent|m?mol|m?g\b|ml|mm|k?g/|iu|u/l|x\b|times|°|years?|months?|weeks?|days?|hours?))"
    r"|one|two|three|four|five|six)\b[^.;,]{0,30}\Z"
)


def is_governed(lower: str, atom: Atom, loose: Sequence[Token], words: Sequence[str]) -> bool:
    """Whether a thing is no more than an argument of what stands in front of it.

    Args:
        lower: the item, cleaned and in lower case.
        atom: the thing.
        loose: the tokens in front of it that belong to nothing yet.
        words: their words, without prepositions.
    """
    named = _names_an_illness(lower, atom, loose) or _is_its_time(atom, words)
    telling = [word for word in words if word not in GRADES] if _GRADED.intersection(words) else words
    return _is_counted(lower, atom) or len(telling) >= (_MANY_NAMES if named else _MANY)


def _is_counted(lower: str, atom: Atom) -> bool:
    """Whether only so many of a thing are allowed: "no more than 3 earlier courses" does not ask for one."""
    if any(f.bounded is not None for f in atom.findings):
        return False
    return _AT_MOST.search(lower[max(0, atom.start - _FAR) : atom.start]) is not None


def _names_an_illness(lower: str, atom: Atom, loose: Sequence[Token]) -> bool:
    """Whether words only go before the name of an illness: nothing that governs it stands among them."""
    if not loose or not all(f.pattern.type == "illness" and f.bounded is None for f in atom.findings):
        return False
    front, between = lower[: loose[0].start], lower[loose[0].start : atom.start]
    return not _GOVERNED_BY.search(between) and not _BEGUN_BY.search(front)


def _is_its_time(atom: Atom, words: Sequence[str]) -> bool:
    """Whether a time is that of the complaint right before it: "leg pain with a duration of four months or less"."""
    timed = all(f.pattern.id == "symptom_duration" for f in atom.findings)
    return timed and any(word in _COMPLAINTS for word in words)
