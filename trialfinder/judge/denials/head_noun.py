"""The illness that words begin with, where nothing behind it makes something else of it."""

from __future__ import annotations

import functools

from trialfinder.base import lazy_re as re
from trialfinder.judge.bars.asked import asked_words
from trialfinder.judge.bars.others import GROUPS, OTHERS
from trialfinder.judge.denials.denial_words import denial_words
from trialfinder.judge.names.illness_names import ends_like_an_illness, illness_named, name_words
from trialfinder.judge.names.illness_phrase import FRAME

_WORD = re.compile(r"[\s/]*([a-z][a-z0-9'’-]*)", re.IGNORECASE)
_LONGEST = 6
_NO = re.compile(r"\W*(?:no|not|never|without|free|absence|negative|lack\w*|non)\b", re.IGNORECASE)
_ELSE = re.compile(r"\bor\b|\band/or\b|[;,/]|\bif\b|\bunless\b|\bexcept|\bother than\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_BETWEEN = frozenset(
    ("of", "to", "in", "with", "for", "by", "from", "and", "or", "as", "at", "on", "that", "which", "who", "than")
)
"""Words at which a noun phrase ends."""
_NOT_HIS_OWN = frozenset(
    {
        "risk", "family", "familial", "donor", "maternal", "parental", "suspected", "possible", "exposure", "screening",
        "vaccine", "prevention", "mother", "partner", "relatives", "predisposition", "history",
    }
)  # fmt: skip


@functools.lru_cache(maxsize=8192)
def head_named(words: str) -> tuple[str, str, int, int] | None:
    """The illness that words begin with, its pattern and where it stands; None where it is not sure what they say."""
    if _NO.match(words):
        return None
    frame = FRAME.match(words.lower())
    at = frame.end() if frame else 0
    ends: list[int] = []
    start = at
    while len(ends) < _LONGEST and (found := _WORD.match(words, at)) and found[1].lower() not in _BETWEEN:
        at = found.end()
        ends.append(at)
    for end in reversed(ends):
        noun = " ".join(words[start:end].split()).lower()
        named = illness_named(noun)
        if named is not None and named.concept and _is_a_name(noun) and not _NOT_HIS_OWN.intersection(noun.split()):
            return (noun, named.concept, start, end) if _goes_on(words[end:]) else None
    return None


def _is_a_name(noun: str) -> bool:
    """Whether all words in front of the last are words of names, or of how an illness is: "worried" is neither."""
    *front, _ = re.split(r"[\s/-]+", noun)
    known = denial_words().states | asked_words().grade
    return all(word in known or word in name_words() or ends_like_an_illness(word) for word in front)


def _goes_on(behind: str) -> bool:
    """Whether what stands behind a name leaves it the name of what is meant."""
    rest = _ASIDE.sub(" ", behind)
    if _ELSE.search(rest) or OTHERS.search(rest) or GROUPS.search(rest):
        return False
    following = re.match(r"\W*([a-z.]+)", rest, re.IGNORECASE)
    return following is None or following[1].lower() in denial_words().behind
