"""Words with a slip of the fingers, and what was probably meant."""

from __future__ import annotations

import difflib
import re
import shlex

from trialfinder.base.countries import countries, country_names
from trialfinder.base.suggest import spelt
from trialfinder.base.text import folded


def country_like(text: str) -> str | None:
    """The usual name of the country whose name differs from the text by a slip; None when none does."""
    names = {name: code for code, listed in country_names().items() for name in listed if len(name) > 3}
    close = difflib.get_close_matches(folded(text), names, n=1, cutoff=0.87)
    return countries()[names[close[0]]] if close else None


def respelt(text: str, content: str) -> str:
    """The words with each that the content lacks replaced by one of its own that looks like it; '' if there is none."""
    given = shlex.split(text)
    known = set(re.findall(r"[^\W\d_]{4,}", content))
    better = [_better(word, content, known) for word in given]
    return shlex.join(better) if better != given else ""


def _better(word: str, content: str, known: set[str]) -> str:
    """The known word that was meant; the word itself, as it was typed, when it is known or nothing looks like it."""
    plain = folded(word)
    close = plain if plain in content else spelt(plain, known)
    return word if close == plain else close
