"""Short names that only the record's own title or conditions spell out: "Pulmonary Arterial Hypertension (PAH)"."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Protocol

from trialfinder.base import lazy_re as re
from trialfinder.phrases.phrase_index import Respelling
from trialfinder.phrases.screens import words_of
from trialfinder.reading.vocabulary.cues import CUE
from trialfinder.reading.vocabulary.index import load_index
from trialfinder.reading.wording.normalise import Clean, clean
from trialfinder.reading.wording.spelling import respelt

Names = tuple[tuple[str, str], ...]
"""Short names, each with the words that it stands for in lower case."""
_SHORT = re.compile(r"\((?P<short>[A-Z][A-Za-z-]{1,7})\)")
_WORD = re.compile(r"[A-Za-z][\w'’]*")
_SMALL = 4


class Titled(Protocol):
    """A study with its titles and conditions."""

    @property
    def brief_title(self) -> str | None:
        """The short title."""

    @property
    def official_title(self) -> str | None:
        """The long title."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions in the sponsor's words."""


def names_of(study: Titled) -> Names:
    """The short names that a study's titles and conditions spell out, which the catalogue only knows in words."""
    texts = (study.brief_title or "", study.official_title or "", *study.conditions)
    found = dict(pair for text in texts for pair in _spelt_out(text))
    return tuple(sorted(pair for pair in found.items() if _is_needed(*pair)))


def _spelt_out(text: str) -> Iterator[tuple[str, str]]:
    """Each short name in brackets whose letters begin the words in front of it."""
    for match in _SHORT.finditer(text):
        short = match["short"]
        letters = [c.lower() for c in short if c.isalpha() and (c.isupper() or len(short) <= _SMALL)]
        words = [w.lower() for w in _WORD.findall(text[: match.start()])][-len(letters) :]
        if [w[0] for w in words] == letters:
            yield short, " ".join(words)


@functools.lru_cache(maxsize=4096)
def _is_needed(short: str, words: str) -> bool:
    return _known(words) and not _known(short)


def _known(words: str) -> bool:
    cleaned = clean(words)
    hits, _ = load_index().hits(cleaned.text, cleaned.lower, words_of(cleaned.lower))
    return any(not hit.rule.pattern.startswith(CUE) for hit in hits)


def spelt_out(cleaned: Clean, names: Names) -> Clean:
    """The cleaned text with the words in the place of the short names, but not where it spells them out itself."""
    found = [Respelling(*m.span(), words) for short, words in names for m in _uses(short).finditer(cleaned.text)]
    return respelt(cleaned, sorted(found)) if found else cleaned


@functools.lru_cache(maxsize=4096)
def _uses(short: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w(-]){re.escape(short)}(?![\w-])|(?<=\(){re.escape(short)}(?![\w)-])")
