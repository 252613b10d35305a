"""The conditions of a record that a person told to have no form of, and how a criterion may name each."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.answers import answer_of
from trialfinder.judge.answering.named_unread import CONCEPT
from trialfinder.judge.asking import NO, Question
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.judge.names.illness_names import illness_named
from trialfinder.judge.study_context import StudyContext, concepts_of
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Leaf, plain_leaf
from trialfinder.reading.wording.nouns import mentions

CANCER = ("cancer*", "malignan*", "tumor*", "tumour*", "neoplas*", "carcinoma*", "metasta*", "adenocarcinoma*")
"""What names a cancer of any kind."""
_TOLD_OTHERWISE = (
    "pain", "injur*", "fracture*", "wound*", "ulcer*", "neuropath*", "diabet*", "transplant*", "surger*", "deficien*",
    "obes*", "overweight", "pregnan*", "smok*", "covid*", "infect*", "aging", "healthy", "normal",
)  # fmt: skip
"""What is no illness that a doctor named, or what facts of its own tell."""


@functools.lru_cache(maxsize=64)  # the same for each criterion of a study
def conditions_denied(study: StudyContext, facts: Facts) -> dict[str, Leaf]:
    """The conditions of a study that the person told to have no form of, each with a thing that is not true of them."""
    found = {}
    for condition in study.conditions:
        leaf = next(_leaves_of(condition, study, facts), None)
        if leaf is not None:
            found[condition] = leaf
    others = [condition for condition in study.conditions if condition not in found]
    cancers = [leaf for leaf in found.values() if leaf.concept == "malignancy"]
    if cancers and len(cancers) == len(found) and all(map(_is_short_for_something, others)):
        found |= dict.fromkeys(others, cancers[0])  # "Ewing Sarcoma, MPNST"
    return found


def _is_short_for_something(condition: str) -> bool:
    """Whether a condition is a few capitals that nobody here knows; among cancers it is one of them."""
    return (
        _CAPITALS.fullmatch(condition) is not None
        and not concepts_of((condition,))
        and illness_named(condition) is None
    )


_CAPITALS = re.compile(r"[A-Z]{3,6}")


def _leaves_of(condition: str, study: StudyContext, facts: Facts) -> Iterator[Leaf]:
    for concept in sorted(concepts_of((condition,)) & _ILL):
        noun = _ANY_OF.get(concept) or condition.lower()
        leaf = plain_leaf(concept, noun, 0, 0, value="any" if concept == "diabetes_type" else "")
        if answer_of(Question(leaf, facts, study, wanted=True)).answer is NO:
            yield leaf
    if facts.names("health.diagnoses") == () and _is_named_illness(condition, facts):
        yield plain_leaf(CONCEPT, condition.lower(), 0, 0)


_ILL = frozenset(
    {
        "malignancy", "diabetes_type", "hiv", "hepatitis_b", "hepatitis_c", "tuberculosis", "cardiac", "renal",
        "hepatic",
        "pulmonary", "autoimmune", "neurological_other", "stroke", "peripheral_artery_disease", "foot_ulcer",
        "substance_abuse", "psychiatric", "thrombosis", "bleeding_disorder",
    }
)  # fmt: skip
"""Illnesses that a person can deny as such."""
_ANY_OF = {"malignancy": "cancer", "diabetes_type": "diabetes"}


_STATES = re.compile(
    r"^(?:(?:decompensated|compensated|chronic|acute|severe|advanced|refractory|recurrent|relapsed|progressive|early|late"
    r"|end[ -]stage|symptomatic|uncontrolled|moderate|mild|active)\s)+",
    re.IGNORECASE,
)
"""In front of an illness that a criterion may name without them."""
_ALSO = {
    "foot_ulcer": (
        "diabetic foot", "diabetic wound", "diabetic foot wound", "diabetic ulcer", "chronic wound", "foot ulcer",
        "DFU",
    ),
    "peripheral_artery_disease": ("critical limb ischemia", "critical limb ischaemia", "peripheral arterial disease"),
}  # fmt: skip
"""Other names of what is studied, in a study of it."""
_SHORT = re.compile(r"\s*\(([A-Z][A-Za-z-]{1,7})\)")


def names_of_conditions(study: StudyContext, *, more: bool) -> tuple[tuple[str, str], ...]:
    """The names of the conditions of a record, each with the condition.

    They are those of the record, short ones in brackets or by their capitals, without words of degree in front; with
    ``more`` also what only a study of it calls so.
    """
    found = []
    for condition in study.conditions:
        short = _SHORT.search(condition)
        plain = _SHORT.sub("", condition).strip()
        initials = "".join(re.findall(r"(?<![\w'’])[A-Z]", plain))
        names = [plain, *([short[1]] if short else []), *([initials] if len(initials) > 1 else [])]
        bare = _STATES.sub("", plain)
        names += [bare] if bare != plain and " " not in bare and illness_named(bare) is not None else []
        also = _ALSO.items() if more else ()
        names += [name for concept, others in also if concept in concepts_of((condition,)) for name in others]
        found += [(name, condition) for name in names]
    return tuple(found)


def _is_named_illness(condition: str, facts: Facts) -> bool:
    """Whether a condition is an illness that who has it would have named, and no other fact of the person tells of."""
    condition = _SHORT.sub("", condition)
    if mentions(condition, (*CANCER, *_TOLD_OTHERWISE)) or illness_named(condition) is None:
        return False
    tests = [leaf_tests()[concept] for concept in concepts_of((condition,)) if concept in leaf_tests()]
    told = any(facts.names(key) for test in tests for key in test.lists)
    return not told and all(facts.flag(test.fact) is NO for test in tests if test.fact)
