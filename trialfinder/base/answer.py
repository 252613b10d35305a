"""Three-valued answers: yes, no, unknown, joined by strong Kleene logic. Standard library only.

Strong Kleene logic (S. C. Kleene, Introduction to Metamathematics, 1952, section 64) lets an unknown part decide
nothing: ``no`` and unknown is ``no``, ``yes`` or unknown is ``yes``, everything else with an unknown part is unknown.
So learning a fact can turn unknown into yes or no, and never yes into no or back.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import NoReturn


class Answer(enum.Enum):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __and__(self, other: Answer) -> Answer:
        """YES where both are YES, NO where either is NO, UNKNOWN otherwise."""
        return _AND[self, other]

    def __or__(self, other: Answer) -> Answer:
        """YES where either is YES, NO where both are NO, UNKNOWN otherwise."""
        return _OR[self, other]

    def __invert__(self) -> Answer:
        """YES for NO, NO for YES, UNKNOWN for UNKNOWN."""
        return _NOT[self]

    def __bool__(self) -> NoReturn:
        """Refuses: an ``if`` would let an unknown slip through as yes.

        Raises:
            TypeError: always.
        """
        raise TypeError("an Answer has three values; compare it: `answer is Answer.YES`")

    @classmethod
    def of(cls, value: bool | None) -> Answer:
        """YES for True, NO for False, UNKNOWN for None."""
        if value is None:
            return cls.UNKNOWN
        return cls.YES if value else cls.NO


_Y, _N, _U = Answer.YES, Answer.NO, Answer.UNKNOWN

_AND = {
    (_Y, _Y): _Y,
    (_Y, _N): _N,
    (_Y, _U): _U,
    (_N, _Y): _N,
    (_N, _N): _N,
    (_N, _U): _N,
    (_U, _Y): _U,
    (_U, _N): _N,
    (_U, _U): _U,
}

_OR = {
    (_Y, _Y): _Y,
    (_Y, _N): _Y,
    (_Y, _U): _Y,
    (_N, _Y): _Y,
    (_N, _N): _N,
    (_N, _U): _U,
    (_U, _Y): _Y,
    (_U, _N): _U,
    (_U, _U): _U,
}

_NOT = {_Y: _N, _N: _Y, _U: _U}


def all_of(answers: Iterable[Answer]) -> Answer:
    """The answers joined by *and*; YES for none."""
    total = Answer.YES
    for answer in answers:
        total = _AND[total, answer]
    return total


def any_of(answers: Iterable[Answer]) -> Answer:
    """The answers joined by *or*; NO for none."""
    total = Answer.NO
    for answer in answers:
        total = _OR[total, answer]
    return total


def at_least(needed: int, answers: Iterable[Answer]) -> Answer:
    """YES where at least ``needed`` answers are YES, NO where that can no longer be, UNKNOWN otherwise."""
    found = list(answers)
    if sum(answer is Answer.YES for answer in found) >= needed:
        return Answer.YES
    if sum(answer is not Answer.NO for answer in found) < needed:
        return Answer.NO
    return Answer.UNKNOWN
