"""Diabetes of another type than one that is named, or than the one that a study is about."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question

_BUT = re.compile(r"\b(?:other than|except|apart from|besides|than) (?:for )?(?P<spared>.+)")
_TYPE = re.compile(r"\b(?:type[\s-]?(?P<one>1|2|ii?)\b|t(?P<short>[12])d)", re.IGNORECASE)
_ALSO = re.compile(r"(?:,|/|&|\bor|\band)\s*(?P<one>1|2|ii?)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:other|another|any other|different) (?:types?|forms?|kinds?|classes)\b")


def other_diabetes(asked: Question, kind: str) -> Answer:
    """Whether a person's diabetes is another type than the words spare, or than the study's own; UNKNOWN for others.

    Args:
        asked: a leaf of diabetes whose value is "other".
        kind: the person's: ``type1`` or ``type2``.
    """
    words = asked.leaf.noun.lower()
    if asked.leaf.narrowing or asked.leaf.severity or asked.leaf.sense == "history":
        return UNKNOWN
    if but := _BUT.search(words):
        spared = _types(but["spared"])
        return (NO if kind in spared else YES) if spared else UNKNOWN
    own = frozenset().union(*(_types(condition) for condition in asked.study.conditions))
    if _ANOTHER.search(words) is None or len(own) != 1:
        return UNKNOWN
    return NO if kind in own else YES


def _types(words: str) -> frozenset[str]:
    said = [found["one"] or found["short"] for found in _TYPE.finditer(words)]
    said += [found["one"] for found in _ALSO.finditer(words)] if said else []
    return frozenset("type2" if word.lower() in ("2", "ii") else "type1" for word in said)
