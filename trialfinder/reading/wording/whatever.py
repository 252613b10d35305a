"""Words that leave nothing out: "of any kind", "whatever its cause", "treated or not", "at some point in life".

They ask nothing by themselves, so that what stands beside them is the thing as such. What comes behind them still
counts: "lung disease, whatever its cause, that needs oxygen" is less than lung disease. The words stand in
``data/structure.toml``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.base.typed_data import DataRow
from trialfinder.phrases.screens import SaidWords, Screen, first_words


class WhateverTable(DataRow, frozen=True, eq=False):
    """Words of phrases that leave nothing out, plain and in lower case."""

    nouns: tuple[str, ...]
    """What may be any: "kind", "cause"."""
    however: tuple[str, ...]
    """What it may be, however much: "mild"."""
    or_not: tuple[str, ...]
    """What it may be or not: "treated"."""
    pairs: tuple[tuple[str, str], ...]
    """Two words of which one is always true: "hereditary", "acquired"."""
    yes: tuple[str, ...] = ()
    """Criteria in which such words stand."""
    no: tuple[str, ...] = ()
    """Criteria that leave something out."""


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@functools.cache
def whatever_pattern(table: WhateverTable) -> re.Pattern[str]:
    """An expression for such phrases, with the comma or bracket in front of them."""
    noun = rf"{_any(table.nouns)}s?"
    nouns = rf"{noun}(?:(?:,|,? or| and) {noun})*"
    of_life = r"(?: (?:of|in) (?:(?:his|her|their|the) )?(?:life|past|lifetime|history)| whatsoever| at all)?"
    way = r"(?:of|in|at|for|from|by|with|on|due to|because of|caused by|to)"
    any_way = rf"{way} (?:any|whatever|whichever|every) {nouns}{of_life}"
    some = rf"(?:at some (?:point|time|stage)(?: in time)?|of some (?:kind|sort)){of_life}"
    its = r"(?:(?:the|its|their) )?"
    may_be = r"(?: (?:(?:it|they|this) )?(?:is|are|may be|was|were|might be)| of (?:it|them))?"
    whatever = rf"(?:whatever|whichever|no matter (?:what|which)) {its}{nouns}{may_be}"
    many = _any(table.however)
    however = rf"(?:however|no matter how) {many}(?: (?:and|or) {many})?{may_be}"
    either = r"(?:(?:whether|either|be it|regardless of whether)(?: it is| they are)? )?"
    or_not = rf"{either}{_any(table.or_not)}(?: or not| or un{_any(table.or_not)})"
    both = (pair for one, two in table.pairs for pair in ((one, two), (two, one)))
    pairs = "|".join(rf"{re.escape(one)} (?:or|and/or|and) {re.escape(two)}" for one, two in both)
    alone = r"alone or (?:in combination|combined|together|with) [^,;.:()]{2,40}"
    ends = r"(?=\s*(?:[,;.:)]|\Z|(?:that|which|who|requiring|at|in|during|within|on|as)\b))"
    return re.compile(
        rf"(?<![\w-])(?:{any_way}|{some})(?![\w-])(?!{_GOES_ON})"
        rf"|(?:,\s*|(?<![\w-]))(?:{whatever}|{however}|now or (?:in the past|earlier|before)|whatsoever)"
        rf"(?![\w-])(?!{_GOES_ON})"
        rf"|(?:,\s*|\()(?:{or_not}|{either}(?:{pairs})|{alone})(?![\w-]){ends}\)?"
        rf"|(?<![\w-])(?:{pairs})(?= (?!infect)[a-z])"
    )


_GOES_ON = (
    r"\s*(?:[<>=\u2264\u2265\d]|(?:of(?! life)|above|below|over|under|more|less|greater|higher|lower|exceed\w*|than"
    r"|other|except\w*|but|apart|besides|unless|unrelated|not|up to|between|beyond|before|after|since"
    r"|until|excluding|aside)\b)"
)
"""Behind such words: a limit or an exception, which they are part of."""
_THEN = re.compile(
    r"\s*,(?=\s*(?:that|which|who|whose|requiring|needing|necessitating|with|without|if|unless|when|due|caused|interfering"
    r"|preventing|affecting|for which)\b)"
)


@functools.cache
def _screens(table: WhateverTable) -> tuple[Screen, Screen, Screen]:
    """What stands in front of a noun, the nouns, and a word of each other phrase."""
    nouns = f"(?:{first_words(table.nouns)})s?|point|time|stage|kind|sort|" + first_words(table.however)
    either = first_words([*table.or_not, *(word for pair in table.pairs for word in pair)])
    return (
        Screen("any|whatever|whichever|every|some|matter|however"),
        Screen(nouns),
        Screen(f"now|whatsoever|alone|{either}"),
    )


def whatever_can_be(said: SaidWords, table: WhateverTable) -> bool:
    """Whether a text of these words can hold such words at all."""
    any_, nouns, others = _screens(table)
    return others.lets(said) or (any_.lets(said) and nouns.lets(said))


def whatever_places(lower: str, table: WhateverTable) -> Sequence[tuple[int, int]]:
    """Where such words stand; between two commas with both, so that what follows goes on with what stands before."""
    places = []
    for found in whatever_pattern(table).finditer(lower):
        then = _THEN.match(lower, found.end()) if lower[found.start()] == "," else None
        places.append((found.start(), then.end() if then else found.end()))
    return places
