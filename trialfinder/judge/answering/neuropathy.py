"""Kinds of neuropathy: which kind satisfies which, which bars which, and whether a study is about the person's own."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer, any_of
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question
from trialfinder.judge.study_context import StudyContext
from trialfinder.person.word_tables import kinds, rare_causes
from trialfinder.reading.wording.nouns import mentions

TYPES = "neuropathy.types"
UNSPECIFIED = "peripheral_unspecified"


@functools.cache
def match_kind(mine: str, wanted: str) -> Answer:
    """Whether a person with the kind ``mine`` has what a study calls ``wanted``.

    YES: the same, or a kind of peripheral neuropathy where any is wanted. NO: another illness. UNKNOWN: the person was
    told no kind, or one neuropathy can be both (diabetic neuropathy can be a small fibre neuropathy).
    """
    if mine == wanted:
        return YES
    table = kinds()
    if wanted == UNSPECIFIED:
        return YES if table[mine].peripheral else UNKNOWN
    if mine == UNSPECIFIED or mine in table[wanted].may_be:
        return UNKNOWN
    return NO


def has_kind(told: Iterable[str], wanted: str) -> Answer:
    """Whether a person with several kinds has what a study calls ``wanted``.

    A told cause beats a phenotype: with "diabetic" and "small fibre" the cause is known, and the second only says
    which fibres are hit; it could be another cause only if no cause were told.
    """
    told = tuple(told)
    table = kinds()
    if table[wanted].cause and any(table[kind].cause for kind in told):
        told = tuple(kind for kind in told if table[kind].cause)
    return any_of(match_kind(kind, wanted) for kind in told)


_SOCIETY = re.compile(
    r"\b(?:diabetes|cancer|amyloidosis|neuropathy) "
    r"(?:association|federation|society|foundation|institute|study group|uk)\b"
)
"""By whose guidelines a diagnosis was made: "of the American Diabetes Association" names no cause."""


@functools.lru_cache(maxsize=8192)
def kinds_in(text: str) -> frozenset[str]:
    """The kinds whose cause the words name; "neuropathy" alone names none."""
    said = _SOCIETY.sub(" ", text)
    found = {kind.id for kind in kinds().values() if kind.words.said_in(said)}
    return frozenset(found - {UNSPECIFIED})


@functools.lru_cache(maxsize=8192)
def rare_in(text: str) -> bool:
    """Whether the words name a cause that none of the kinds stands for."""
    return rare_causes().said_in(_SOCIETY.sub(" ", text))


def owned(asked: Question) -> Answer:
    """Whether the study is about the person's own kind of neuropathy; UNKNOWN when either is not known.

    What a study says about "the symptoms" or "the pain" is about its own illness, not about the person's.
    """
    told = asked.facts.names(TYPES)
    if not told or not _of_nerves(asked.study):
        return UNKNOWN
    return any_of(has_kind(told, wanted) for wanted in asked.study.kinds)


def barred_anyhow(asked: Question) -> bool:
    """Whether a NO about "the symptoms" bars a person who told no kind of neuropathy: with another kind than the
    study's they could not join either."""
    return asked.wanted and asked.facts.names(TYPES) is None and _of_nerves(asked.study)


def _of_nerves(study: StudyContext) -> bool:
    """Whether a study is about kinds of neuropathy: its criteria name them, or all of its conditions are such."""
    if not study.kinds:
        return False
    return study.named_kinds or all(mentions(condition, _NERVES) for condition in study.conditions)


_NERVES = ("neuropath*", "polyneuropath*", "radicul*", "sciatic*", "nerve", "neuralg*", "carpal")
