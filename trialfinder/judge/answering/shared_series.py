"""Adjectives that share one noun: "severe renal, endocrine, or metabolic disorders" names three kinds of disorders.

The noun stands behind the last of them, and what is said in front of the first is said of all.
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re

_JOINT = r"\s*(?:,\s*(?:and/or\b|or\b|and\b)?|/|\band/or\b|\bor\b|\band\b)\s*"
_BEHIND = re.compile(rf"(?:{_JOINT}[a-z-]{{3,24}}){{1,10}}\s+(?P<head>[a-z]{{4,}})\b", re.IGNORECASE)
_ORGANS = (
    "liver|kidney|heart|lung|skin|thyroid|blood|eye|bowel|muscle|bone|brain|endocrine|urinary|autoimmune|immune|stomach"
    "|joint|nerve|vascular|organ"
)
_IN_FRONT = re.compile(rf"(?<![\w-])(?P<word>[a-z-]*(?:ic|al|ar|ary|ous|ive)|{_ORGANS}){_JOINT}\Z", re.IGNORECASE)
_WORDS = re.compile(r"[^,;:.()\n]*\Z")
_WORD = re.compile(r"[a-z-]+", re.IGNORECASE)
_LONGEST = 160
_SAYS_NOTHING = frozenset(
    {
        "a", "an", "the", "any", "all", "other", "another", "known", "history", "of", "with", "by", "for", "from", "in",
        "patient", "patients", "subject", "subjects", "participant", "participants", "people", "persons", "individuals",
        "have", "has", "had", "having", "who", "is", "are", "presence", "diagnosis", "diagnosed", "documented",
        "confirmed", "current", "currently", "concomitant", "concurrent", "coexisting", "co-existing", "existing",
        "pre-existing", "preexisting", "underlying", "additional", "previous", "prior", "past", "medical", "suffering",
        "evidence", "or", "and", "and/or", "such", "as", "including", "following", "those",
    }
)  # fmt: skip


def shared_noun(text: str, end: int) -> str:
    """The noun that an adjective shares with those behind it, lower case; '' where there is none.

    Args:
        text: the registry's own.
        end: where the adjective ends.
    """
    found = _BEHIND.match(text, end)
    return found["head"].lower() if found else ""


def said_of_all(text: str, start: int, *, first: bool = False) -> tuple[str, ...]:
    """The words in front of a series of adjectives that make all of its members less: "severe"; () for none.

    Args:
        text: the registry's own.
        start: where one of the members stands.
        first: whether it is one of several even where none stands in front of it.
    """
    floor, at = max(0, start - _LONGEST), start
    while (found := _IN_FRONT.search(text, floor, at)) is not None:
        at = found.start()
    words = _WORDS.search(text, floor, at) if at < start or first else None
    said = (word.lower() for word in _WORD.findall(words.group())) if words else ()
    return tuple(word for word in said if word not in _SAYS_NOTHING)
