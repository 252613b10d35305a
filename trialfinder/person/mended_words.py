"""Slips of the fingers in an answer: which allowed word is meant, and which of the typed words is not understood.

For suggesting and asking back; no answer is ever taken for another one in silence.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

from trialfinder.base import lazy_re as re
from trialfinder.base.suggest import nearest, spelt
from trialfinder.person.plain_words import bare, choice, words_of
from trialfinder.person.profile_schema import Fact, schema


def near_word(fact: Fact, raw: str) -> str | None:
    """The allowed word that a slip of the fingers hides; None where the likeness is only that of some letters.

    "burning feet from sugar" looks like words for alcohol, and a guessed cause would be believed.
    """
    from rapidfuzz import fuzz

    near = nearest(raw, [word for word, _ in words_of(fact) if len(word) > 2], cutoff=75.0) if raw else None
    if near is None or (len(raw.split()) > 1 and fuzz.token_set_ratio(raw.lower(), near) < _ALIKE):
        return None
    return choice(fact, near)


_ALIKE = 70.0


class Mended(NamedTuple):
    """An answer with its slips put right."""

    text: str
    slips: tuple[tuple[str, str], ...] = ()
    """Each word as it was typed, and the one that is meant."""
    unknown: tuple[str, ...] = ()
    """Words that are none of the fact's and near to none."""

    def told(self, found: object) -> str:
        """What was taken for what; of a kind that holds all kinds also which word was not understood."""
        said = [f"“{typed}” looks like “{meant}”" for typed, meant in self.slips]
        if found == ("peripheral_unspecified",):
            said += [f"“{word}” is not understood" for word in self.unknown]
        return f"{'; '.join(said)}." if said else "There is more in it than was asked."


def mended(fact: Fact, text: str) -> Mended:
    """The answer with words that differ by a slip from the words of the fact put right: "diabetc" is "diabetic".

    Only whole words of some length, and only where all that is so near means the same.
    """
    known, slips, unknown, words = _vocabulary(fact.key), [], [], []
    for word in text.split():
        plain = bare(word)
        strange = plain not in known and choice(fact, plain) is None and _LETTERS.fullmatch(plain) is not None
        near = _near(plain, known) if strange else []
        meant = {choice(fact, each) or each for each in near}
        if len(meant) == 1:
            slips.append((word.strip(",;."), near[0]))
        elif strange and len(plain) > _SHORT and plain not in _TALK:
            unknown.append(word.strip(",;."))
        words.append(f"{near[0]}," if len(meant) == 1 and word.endswith(",") else near[0] if len(meant) == 1 else word)
    return Mended(" ".join(words), tuple(slips), tuple(unknown))


_TALK = frozenset(
    (
        "with", "from", "after", "since", "years", "year", "months", "month", "have", "been", "last", "also", "over",
        "about", "diagnosed", "doctor", "says", "said", "told", "this", "that", "mainly", "mostly", "think", "feet",
        "foot", "legs", "hands", "both", "just", "only",
    )
)  # fmt: skip
_LETTERS = re.compile(r"[a-z]{3,}")


def _near(word: str, known: Iterable[str]) -> list[str]:
    """The known words that differ from a word by a slip; of three letters only one that goes on with one more."""
    if len(word) == _SHORT:
        return [each for each in known if each.startswith(word) and len(each) == _SHORT + 1]
    return spelt(word, known)


_SHORT = 3


@functools.cache
def _vocabulary(key: str) -> frozenset[str]:
    """The single words in which a fact can be answered."""
    words = {part for word, _ in words_of(schema()[key]) for part in word.split() if len(part) > _SHORT}
    more = {"neuropathy", "polyneuropathy", "peripheral", "painful"} if key == "neuropathy.types" else set()
    return frozenset(words | more | {"type"} if key == "diabetes.type" else words | more)
