"""What a study asks of everybody without naming it in words that are read: its own illness.

"Relapsed after a first remission" in a study of lymphoma asks for the lymphoma; "a diagnosis of cystinosis, confirmed
by …" asks for an illness that no pattern holds.  Who told that they never had cancer, or that no doctor ever named an
illness, is not asked for: these answers, and no others, are made here.
"""

from __future__ import annotations

import functools
import re

from trialfinder.judge.asking import NO
from trialfinder.judge.cancer_kinds import kinds_named
from trialfinder.judge.illness_names import illness_named
from trialfinder.judge.illness_phrase import FRAME
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.judge.named_unread import CONCEPT
from trialfinder.judge.study_context import StudyContext, concepts_of
from trialfinder.person.facts import Facts
from trialfinder.reading.nouns import mentions
from trialfinder.reading.tree import AllOf, Criterion, Node, Unread, When, plain_leaf, rebuilt, walk


def with_own_illness(criterion: Criterion, node: Node, text: str, study: StudyContext, facts: Facts) -> Node:
    """The tree of a criterion with the study's own illness where its words ask for it and the person told of none."""
    if criterion.section != "inclusion":
        return node
    if facts.word("health.cancer") == "never" and _of_cancers(study.conditions):
        of_whom = any(isinstance(part, When) for part in walk(node))  # which is no thing that is asked for
        node = node if of_whom else rebuilt(node, lambda part, denied: part if denied else _of_the_cancer(part, text))
    if facts.names("health.diagnoses") == () and (own := _own_name(criterion, text, study, facts)):
        node = AllOf((own, node))
    return node


@functools.lru_cache(maxsize=64)  # the same for each criterion of a study
def _of_cancers(conditions: tuple[str, ...]) -> bool:
    """Whether each condition of a record is a cancer."""
    return bool(conditions) and all(mentions(one, _CANCER) or kinds_named(one) for one in conditions)


_CANCER = ("cancer*", "malignan*", "tumor*", "tumour*", "neoplas*", "carcinoma*", "metasta*", "adenocarcinoma*")
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


def _of_the_cancer(part: Node, text: str) -> Node:
    if not isinstance(part, Unread):
        return part
    words = text[part.start : part.end]
    if not mentions(words, _STATES) or _OTHERWISE.search(words):
        return part
    return plain_leaf("malignancy", "cancer", part.start, part.end)


_TOLD_OTHERWISE = (
    "pain", "injur*", "fracture*", "wound*", "ulcer*", "neuropath*", "diabet*", "transplant*", "surger*", "deficien*",
    "obes*", "overweight", "pregnan*", "smok*", "covid*", "infect*", "aging", "healthy", "normal",
)  # fmt: skip
"""What is no illness that a doctor named, or what facts of its own tell."""
_GOES_ON = re.compile(r"\b(?:or|either)\b", re.IGNORECASE)
_NEAR = 160


def _own_name(criterion: Criterion, text: str, study: StudyContext, facts: Facts) -> Node | None:
    """The study's illness where a criterion begins by asking for it, and for nothing else in its place."""
    words = text[criterion.start : criterion.end]
    frame = FRAME.match(words.lower())
    start = frame.end() if frame else 0
    rest = words[start : start + _NEAR]
    if _OTHERWISE.search(words) or _GOES_ON.search(rest):
        return None
    for name, condition in _names(study):
        found = re.match(rf"(?:the )?{re.escape(name)}\b", rest, re.IGNORECASE)
        if found and _is_named_illness(condition, facts):
            return plain_leaf(CONCEPT, name.lower(), criterion.start + start, criterion.start + start + found.end())
    return None


_SHORT = re.compile(r"\s*\(([A-Z][A-Za-z-]{1,7})\)")


def _names(study: StudyContext) -> tuple[tuple[str, str], ...]:
    """The conditions of a record and their short names, each with the condition."""
    found = []
    for condition in study.conditions:
        short = _SHORT.search(condition)
        plain = _SHORT.sub("", condition).strip()
        found += [(plain, plain)] + ([(short[1], plain)] if short else [])
    return tuple(found)


def _is_named_illness(condition: str, facts: Facts) -> bool:
    """Whether a condition is an illness that who has it would have named, and no other fact of the person tells of."""
    if mentions(condition, (*_CANCER, *_TOLD_OTHERWISE)) or illness_named(condition) is None:
        return False
    tests = [leaf_tests()[concept] for concept in concepts_of((condition,)) if concept in leaf_tests()]
    told = any(facts.names(key) for test in tests for key in test.lists)
    return not told and all(facts.flag(test.fact) is NO for test in tests if test.fact)
