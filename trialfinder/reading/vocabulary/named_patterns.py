"""Which patterns are named in words, whatever is said of them: for criteria that were not understood."""

from __future__ import annotations

import functools

from trialfinder.phrases.screens import words_of
from trialfinder.reading.vocabulary.cues import CUE
from trialfinder.reading.vocabulary.index import load_index
from trialfinder.reading.wording.normalise import clean


@functools.lru_cache(maxsize=4096)
def named_patterns(words: str) -> frozenset[str]:
    """The ids of the patterns (``data/patterns``) of which a phrase stands in the words."""
    cleaned = clean(words)
    hits, _ = load_index().hits(cleaned.text, cleaned.lower, words_of(cleaned.lower))
    return frozenset(hit.rule.pattern for hit in hits if not hit.rule.pattern.startswith(CUE))
