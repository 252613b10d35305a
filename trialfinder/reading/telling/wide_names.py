"""Whether the plain name of a concept says more than a criterion does: "a foot or skin ulcer" of foot ulcers."""

from __future__ import annotations

import functools

from trialfinder.base import lazy_re as re
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS, Pattern
from trialfinder.reading.wording.nouns import idle_words, stems

_GENERIC = (
    "disease disorder illness condition problem dysfunction impairment abnormality infection infectious organ system "
    "or and other another earlier"
)
"""Words that no kind is told apart by, besides those that say nothing of any noun."""
_MARKED = frozenset({"illness", "event", "procedure", "state"})
"""What a person has, or had done: who has the wider thing need not have this. An ability is asked for roughly."""
_WORD = re.compile(r"[a-z0-9]+")


def part_named(pattern: Pattern, noun: str) -> str:
    """The noun of the only part that a criterion's words mean, with nothing beside it; '' for none or several."""
    found = [part for part in pattern.parts if any(_is_one_of(word, part.words) for word in _words(noun))]
    return found[0].plain if len(found) == 1 and _covers(found[0].plain, found[0].words, pattern.whole, noun) else ""


def names_less(pattern: Pattern, value: str, noun: str) -> bool:
    """Whether a criterion's own words belong beside the name of a kind, because they may mean less than it does."""
    if value:
        plain = pattern.plain_of.get(value, "") if pattern.whole_kind else ""
        return bool(plain) and set(stems(plain)).isdisjoint(stems(noun))
    if not noun or not (pattern.whole_kind or (pattern.type == "illness" and _has_more(noun, pattern.plain))):
        return False
    return not _means_all(pattern, noun)


def is_wide(pattern: Pattern, value: str, noun: str) -> bool:
    """Whether a name without a criterion's own words beside it says more than those do, as far as one can see."""
    if value or not noun or pattern.type not in _MARKED or pattern.id in SINGLE_INFECTIONS:
        return False
    return not names_less(pattern, value, noun) and not _means_all(pattern, noun)


def _means_all(pattern: Pattern, noun: str) -> bool:
    """Whether words mean all that the name they are told by does: the pattern's, or that of its only part meant."""
    return bool(part_named(pattern, noun)) or _covers(pattern.plain, (), pattern.whole, noun, pattern)


def _covers(
    plain: str, words: tuple[str, ...], whole: tuple[str, ...], noun: str, pattern: Pattern | None = None
) -> bool:
    """Whether nothing in a noun is foreign to a name, and all of the name, or a word for the whole, is in the noun."""
    said = [word for word in _words(noun) if not _is_idle(word)]
    own = {stem for stem in stems(plain) if stem not in _idle()}
    known = (*words, *whole, *(word for part in (pattern.parts if pattern else ()) for word in part.words))
    if not all(_is_one_of(word, known) or own.issuperset(stems(word)) for word in said):
        return False
    all_of_it = own <= {stem for word in said for stem in stems(word)}
    parts = pattern.parts if pattern else ()
    every = bool(parts) and all(any(_is_one_of(word, part.words) for word in said) for part in parts)
    return not said or all_of_it or every or any(_is_one_of(word, (*words, *whole)) for word in said)


@functools.cache
def _idle() -> frozenset[str]:
    return idle_words() | frozenset(stems(_GENERIC))


def _is_idle(word: str) -> bool:
    return _idle().issuperset(stems(word))


def _words(noun: str) -> list[str]:
    return _WORD.findall(noun.lower())


def _is_one_of(word: str, words: tuple[str, ...]) -> bool:
    return any(word.startswith(one[:-1]) if one.endswith("*") else word == one for one in words)


def _has_more(noun: str, plain: str) -> bool:
    """Whether words stand in front of the very name of the concept: "proliferative retinopathy"."""
    return noun.split()[-1:] == plain.split()[-1:] and not set(stems(noun)) <= {*stems(plain), *_idle()}
