"""Kinds of neuropathy: which kind satisfies which, which bars which, and whether a study is about the person's own."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from trialfinder.base.answer import Answer, any_of
from trialfinder.judge.case import Case
from trialfinder.judge.compare import NO, UNKNOWN, YES
from trialfinder.person.word_tables import kinds, rare_causes

_DUE = re.compile(
    r"(?:due to|secondary to|caused by|because of|associated with|related to|resulting from|following|after|from|in)"
    r"\s+(?P<cause>[^,.;:()\n]{2,80})|"
    r"(?P<before>[\w-]+)[- ](?:associated|related|induced) (?:peripheral |poly)?neuropath",
    re.IGNORECASE,
)


def best(answers: Iterable[Answer]) -> Answer:
    """A person with several kinds has what any of them is."""
    return any_of(answers)


@functools.cache
def match_kind(mine: str, wanted: str) -> Answer:
    """Whether a person with the kind ``mine`` has what a study calls ``wanted``.

    YES: the same, or a kind of peripheral neuropathy where any is wanted. NO: another illness. UNKNOWN: the person was
    told no kind, or one neuropathy can be both (diabetic neuropathy can be a small fibre neuropathy).
    """
    if mine == wanted:
        return YES
    table = kinds()
    if wanted == "peripheral_unspecified":
        return YES if table[mine].peripheral else UNKNOWN
    if mine == "peripheral_unspecified" or mine in table[wanted].may_be:
        return UNKNOWN
    return NO


def cause_named(case: Case) -> str | None:
    """The cause that an otherwise unspecified neuropathy is limited to: a kind, or "rare"; None when none is named."""
    text = f"{case.reading.quote}{case.after[:80]}"
    for found in _DUE.finditer(text):
        words = found["cause"] or found["before"]
        if rare_causes().search(words):
            return "rare"
        cause = next(iter(kind_of_text(words) - {"peripheral_unspecified"}), None)
        if cause:
            return cause
    match = rare_causes().search(case.reading.quote)
    return "rare" if match and "neuropath" in case.reading.quote[match.end() : match.end() + 40].lower() else None


@functools.lru_cache(maxsize=8192)
def kind_of_text(text: str) -> frozenset[str]:
    """The kinds whose cause the words name."""
    return frozenset(kind.id for kind in kinds().values() if kind.words.search(text))


def owned(case: Case) -> Answer:
    """Whether the study is about the person's own kind of neuropathy; UNKNOWN when either is not known.

    What a study says about "the symptoms" or "the pain" is about its own illness, not about the person's.
    """
    told = case.facts.names("neuropathy.types")
    if not told or not case.context.kinds or not case.context.named_kinds:
        return UNKNOWN
    return any_of(match_kind(mine, wanted) for mine in told for wanted in case.context.kinds)
