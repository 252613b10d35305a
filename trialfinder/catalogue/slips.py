"""Words with a slip of the fingers, and what was probably meant."""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Sequence

from trialfinder.base.countries import countries, countries_in, country_name, country_names
from trialfinder.base.suggest import spelt
from trialfinder.base.text import folded


def country_like(text: str, likeness: float = 0.87) -> str | None:
    """The usual name of the country whose name differs from the text by a slip; None when none does."""
    names = {name: code for code, listed in country_names().items() for name in listed if len(name) > 3}
    close = difflib.get_close_matches(folded(text), names, n=1, cutoff=likeness)
    return countries()[names[close[0]]] if close else None


def _meant_country(text: str) -> str | None:
    """The country that was meant where one must be ("Amerika"), or in which a region lies ("Texas"); None for none."""
    if folded(text).startswith("former "):  # one that is no more is in no list, and may be meant
        return None
    around, _ = countries_in(text)
    return country_like(text, 0.8) or (countries()[next(iter(around))] if len(around) == 1 else None)


def meant_countries(text: str) -> list[str]:
    """What ``_meant_country`` finds, else the countries of several words that begin so but for a slip: "Untied"."""
    if close := _meant_country(text):
        return [close]
    firsts = {name: folded(name).partition(" ")[0] for name in countries().values() if " " in name}
    likely = difflib.get_close_matches(folded(text), set(firsts.values()), n=1, cutoff=0.8)
    return sorted(name for name, first in firsts.items() if likely and first == likely[0])[:4]


def respelt(text: str, contents: Sequence[str]) -> str:
    """The words with each that no content has replaced by one of theirs that looks like it; '' when there is none.

    Of several that look alike it is the one that stands in most contents together with the other words. A word that
    names a country, or nearly, becomes ``--country``.
    """
    given = shlex.split(text)
    missing = [word for word in given if not any(folded(word) in content for content in contents)]
    there = [folded(word) for word in given if word not in missing]
    known = {each for content in contents for each in re.findall(r"[^\W\d_]{4,}", content)} if missing else set()
    better = {word: _most_at_home(spelt(folded(word), known), there, contents) for word in missing}
    if all(better.values()):
        return shlex.join(better.get(word, word) for word in given) if missing else ""
    named = {word: country_name(word) or country_like(word) or "" for word in missing}
    if len(missing) > 1 or not all(named.values()):
        return ""
    rest = [word for word in given if word not in missing]
    return shlex.join([*rest, "--country", named[missing[0]]])


def _most_at_home(words: Sequence[str], beside: Sequence[str], contents: Sequence[str]) -> str:
    """Of these words the one that stands in most of the contents that hold the others, too; '' of none."""
    homes = [content for content in contents if all(word in content for word in beside)] or contents
    return max(words, key=lambda word: sum(bool(re.search(rf"\b{word}\b", each)) for each in homes), default="")
