"""The states of a cancer, in a study of cancers, as words for the cancer itself: "relapsed", "measurable disease"."""

from __future__ import annotations

import functools

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.cancer_over import free_of_cancer
from trialfinder.judge.names.cancer_kinds import kinds_named
from trialfinder.judge.own.own_denied import CANCER
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Node, Unread, When, plain_leaf, rebuilt, walk
from trialfinder.reading.wording.nouns import mentions


def with_cancer(node: Node, text: str, conditions: tuple[str, ...], facts: Facts) -> Node:
    """The tree with what was not read, and says how a cancer is, as that cancer, for who has none."""
    states = _states_lacked(facts)
    if not states or not of_cancers(conditions) or any(isinstance(part, When) for part in walk(node)):
        return node  # a condition is no thing that is asked for
    return rebuilt(node, lambda part, denied: part if denied else _of_the_cancer(part, text, states))


@functools.lru_cache(maxsize=64)  # the same for each criterion of a study
def of_cancers(conditions: tuple[str, ...]) -> bool:
    """Whether each condition of a record is a cancer."""
    return bool(conditions) and all(mentions(one, CANCER) or kinds_named(one) for one in conditions)


_STATES = (
    "relaps*", "refractory", "recurren*", "remission", "metasta*", "unresectable", "inoperable", "resectable",
    "measurable disease", "evaluable disease", "measurable lesion*", "histologic*", "cytologic*", "tumor*", "tumour*",
    "progressive disease", "stage ii", "stage iii", "stage iv", "locally advanced", "bone marrow involvement", "blasts",
    "prognos*",
)  # fmt: skip
"""How a cancer is or was, in the words of a study of it."""
_OTHERWISE = re.compile(
    r"\b(?:no|not|non|without|never|free|absence|negative|unless|except|if|healthy|controls?|donors?|volunteers?"
    r"|suspected|suspicion|risk of|relatives?|carriers?|predispos\w+|screening)\b",
    re.IGNORECASE,
)
"""Words by which the same could be asked of somebody who has nothing."""


_THERE = (
    "relaps*", "refractory", "metasta*", "unresectable", "inoperable", "measurable disease", "evaluable disease",
    "measurable lesion*", "progressive disease", "locally advanced", "incurable", "residual disease",
)  # fmt: skip
"""How a cancer is that is there."""


_OF_EARLIER = re.compile(
    r"\b(?:scans?|tests?|tested|markers?|therap\w+|treatments?|surger\w+|prior|previous\w*|history|had|brain|cns|remission"
    r"|responses?|candidates?|risk|end)\b",
    re.IGNORECASE,
)
"""Words by which a state may be one that was, or is looked for."""


def _states_lacked(facts: Facts) -> tuple[str, ...]:
    """The states of a cancer that the person's is not in; () where they told nothing of the kind."""
    if facts.word("health.cancer") == "never":
        return _STATES
    return _THERE if free_of_cancer(facts) else ()


def _of_the_cancer(part: Node, text: str, states: tuple[str, ...]) -> Node:
    if not isinstance(part, Unread):
        return part
    words = text[part.start : part.end]
    if not mentions(words, states) or _OTHERWISE.search(words) or (states is _THERE and _OF_EARLIER.search(words)):
        return part
    noun = "cancer" if states is _STATES else "refractory cancer"
    return plain_leaf("malignancy", noun, part.start, part.end)
