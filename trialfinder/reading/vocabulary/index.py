"""The index of everything that can be read: the rows of all patterns, and the words around them."""

from __future__ import annotations

import functools
from typing import TypeAlias

from trialfinder.phrases.phrase_index import PhraseHit, PhraseIndex
from trialfinder.reading.vocabulary.cues import load_cues
from trialfinder.reading.vocabulary.patterns import Rule, load_patterns
from trialfinder.reading.wording.spelling import right_spelling

Hit: TypeAlias = PhraseHit[Rule]
"""Words of a rule at ``start`` to ``end`` of the cleaned text."""


@functools.cache
def load_index() -> PhraseIndex[Rule]:
    """The index of the whole catalogue, which also tells misspelt names. Built once."""
    rules = [rule for pattern in load_patterns().values() for rule in pattern.rules]
    return PhraseIndex([*rules, *load_cues().rules], right_spelling)
