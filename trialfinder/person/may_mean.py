"""What a word that is no answer may mean, by what it is about and not by its letters: feet, the face, sugar.

For suggesting, never for taking it so: the feet may burn for many reasons.
"""

from __future__ import annotations

from trialfinder.base.text import join_words
from trialfinder.person.mended_words import near_word
from trialfinder.person.plain_words import spoken
from trialfinder.person.profile_schema import Fact


def may_mean(fact: Fact, text: str) -> tuple[str, ...]:
    """The allowed words that a text may be about, the likeliest first; empty where no row of the data knows it."""
    said = (word for row in fact.may_mean if row.said.said_in(text) for word in row.allowed)
    return tuple(dict.fromkeys(said))


def hint_for(fact: Fact, text: str) -> str:
    """What to say behind the allowed words: the nearest one by its letters or by what it is about; '' for neither."""
    near, about = near_word(fact, text), may_mean(fact, text)
    if about and near not in about:  # the letters of "foot" are like those of "nerve root"
        return f"; it may be {join_words(map(spoken, about), 'or')}, which nobody can tell by that alone"
    return f"; nearest: {spoken(near)}" if near else ""
