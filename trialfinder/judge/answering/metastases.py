"""Metastases that a person named, and where they are."""

from __future__ import annotations

import re

from trialfinder.judge.answering.by_name import told_names
from trialfinder.judge.asking import Question
from trialfinder.reading.wording.nouns import all_within, mentions, stems

_NERVOUS = ("brain", "cns", "central nervous system", "mening*", "leptomening*", "cerebral", "spinal cord")
_METASTASES = ("metasta*", "metastases")


def named_metastases(asked: Question, kind: str) -> bool:
    """Whether the person named metastases of the place that the words name, or of any where they name none."""
    if asked.wanted or asked.spared or not asked.says(*_METASTASES):
        return False
    where = " ".join((*asked.leaf.narrowing, re.sub(r"\bmetasta\w+", "", asked.leaf.noun))).strip()
    told = (*(name for _, name in told_names(asked.facts)), kind)
    named = [name for name in told if name and mentions(name, _METASTASES)]
    nervous = mentions(where, _NERVOUS) and set(stems(where)) <= _NERVOUS_WORDS
    return any(not where or all_within(where, name) or (nervous and mentions(name, _NERVOUS)) for name in named)


_NERVOUS_WORDS = frozenset(stems("brain cns central nervous system cerebral active known symptomatic"))
