"""The words of ``data/slots.toml``: what stands around a name that no list can hold."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.reading.index import Hit
from trialfinder.reading.patterns import Rule, load_patterns
from trialfinder.reading.term_files import allow_keys, strings

_KEYS = {
    "scale": {"nouns", "weak", "generic", "parts", "not"},
    "drug": {"verbs", "kinds", "endings", "not"},
    "test": {"verbs", "values"},
    "promise": {"words", "not", "others", "circumstances", "hinder", "of_life"},
    "unable": {"words", "procedures"},
}


@dataclass(frozen=True, slots=True)
class SlotWords:
    """Expressions made of the plain words. All are in lower case and need whole words."""

    scale_nouns: re.Pattern[str]
    weak_nouns: re.Pattern[str]
    generic: frozenset[str]
    parts: frozenset[str]
    no_scales: re.Pattern[str]
    use: re.Pattern[str]
    kinds: re.Pattern[str]
    endings: tuple[str, ...]
    no_drugs: re.Pattern[str]
    confirmed: re.Pattern[str]
    tests: tuple[tuple[str, re.Pattern[str]], ...]
    """(value, its words), in the order in which they are tried."""
    promise: re.Pattern[str]
    no_promise: re.Pattern[str]
    others: re.Pattern[str]
    circumstances: re.Pattern[str]
    unable: re.Pattern[str]
    procedures: re.Pattern[str]


def _source(words: Iterable[str]) -> str:
    """Longer ways first; a star stands for any ending."""
    ways = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace(r"\*", r"[\w-]*").replace(r"\ ", r"[\s-]") for w in ways) + ")"


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_source(words)}(?![\w-])")


@functools.cache
def load_slot_words() -> SlotWords:
    """Reads ``data/slots.toml`` once.

    Raises:
        InputError: the file is missing or has a key that is not known.
    """
    path = data_dir("slots.toml")
    table: dict[str, Any] = load_toml(path)
    allow_keys(table, set(_KEYS), str(path))
    for name, keys in _KEYS.items():
        allow_keys(table.get(name, {}), keys, f"{path}: [{name}]")

    def words(name: str, key: str) -> tuple[str, ...]:
        return strings(table[name], key, f"{path}: [{name}]")

    values = table["test"]["values"]
    life, things = _source(words("promise", "of_life")), _source(words("promise", "circumstances"))
    return SlotWords(
        _whole(words("scale", "nouns")),
        _whole(words("scale", "weak")),
        frozenset(words("scale", "generic")),
        frozenset(words("scale", "parts")),
        _whole(words("scale", "not")),
        _whole(words("drug", "verbs")),
        _whole(words("drug", "kinds")),
        words("drug", "endings"),
        _whole(words("drug", "not")),
        _whole(words("test", "verbs")),
        tuple((value, _whole(strings(values, value, str(path)))) for value in values),
        _whole(words("promise", "words")),
        _whole(words("promise", "not")),
        _whole(words("promise", "others")),
        re.compile(
            rf"\b{life}(?:(?:,|,?\sor|,?\sand)\s(?:[\w-]+\s)?{life})*\s{things}\b"
            rf"(?=[^.;]{{0,50}}?\b{_source(words('promise', 'hinder'))}(?![\w-]))"
        ),
        _whole(words("unable", "words")),
        _whole(words("unable", "procedures")),
    )


@functools.lru_cache(maxsize=2000)
def made_rule(pattern: str, value: str, bound: str = "") -> Rule:
    """A row for a name that was found in the text itself."""
    row = load_patterns()[pattern].rules[0]
    return replace(
        row, value=value, bound=bound, head="", needs=None, unless=None, before=None, after=None, not_before=None,
        not_after=None, section="", effect=None, gap=0, side="", named=False, wide=False, within=False, shift=True,
        window=load_patterns()[pattern].window,
    )  # fmt: skip


def is_free(hits: Iterable[Hit], start: int, end: int) -> bool:
    """Whether none of the hits touches the stretch."""
    return not any(h.start < end and start < h.end for h in hits)
