""" "Any disease other than X": whoever told of an illness that is not X has one.

Words of that kind are no name of an illness, so that they stay unread; and what they spare says nothing by itself: who
has X may have another illness beside it.
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.known_illness import stands_for_its_list
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.judge.names.illness_names import all_forms, illness_named, is_said
from trialfinder.judge.study_context import StudyContext, concepts_of
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Except, Leaf, Node, Unread, plain_leaf, rebuilt, span
from trialfinder.reading.wording.nouns import mentions

_DISEASE = r"(?:disease|illness|disorder|medical condition|comorbidit(?:y|ie)|co-morbidit(?:y|ie)|patholog(?:y|ie))s?"
_BUT = r"(?:other than|except(?:ing)?(?: for)?|apart from|aside from|besides|than|with the exception of)"
_ANY = re.compile(
    r"[\W\d]*(?:(?:the|presence of|having|have|has|had|with|a|an|any|of|known|diagnosed|documented|confirmed"
    r"|other|another"
    r"|patients?|subjects?|participants?|people|persons?|individuals?|who|concomitant|concurrent|coexisting|co-existing"
    rf"|additional|associated|clinical|history)\s)*{_DISEASE}\s(?:\(?{_BUT}\s)(?P<spared>[^.;:\n]+?)[\s.;)]*",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(?:any|other|another|a diagnosed|additional)\b", re.IGNORECASE)
_SPARED = re.compile(rf"{_BUT}\s(?:an?\s|the\s|their\s)?(?:[\w-]+\s){{0,3}}\Z", re.IGNORECASE)
_FACTS = (
    "diabetes.type", "health.heart_disease", "health.kidney_disease", "health.liver_disease", "health.lung_disease",
    "health.stroke", "health.hiv", "health.hepatitis_b", "health.hepatitis_c", "health.tuberculosis",
    "health.bleeding_disorder", "health.cancer", "health.autoimmune", "health.neurological_other", "health.diagnoses",
)  # fmt: skip
_CONCEPTS = {
    "health.heart_disease": "cardiac", "health.kidney_disease": "renal", "health.liver_disease": "hepatic",
    "health.lung_disease": "pulmonary", "health.stroke": "stroke", "health.hiv": "hiv",
    "health.hepatitis_b": "hepatitis_b", "health.hepatitis_c": "hepatitis_c", "health.tuberculosis": "tuberculosis",
    "health.bleeding_disorder": "bleeding_disorder", "health.cancer": "malignancy",
}  # fmt: skip
_GESTATIONAL = ("gestational", "gdm", "pregnancy")


def with_any_disease(node: Node, text: str, facts: Facts, study: StudyContext) -> Node:
    """The tree in which "any disease other than X" is a thing of its own, where the person told of another one."""
    return rebuilt(node, lambda part, denied: _told(part, text, facts, study) if denied else part)


def _told(part: Node, text: str, facts: Facts, study: StudyContext) -> Node:
    at = span(part)
    if not isinstance(part, Unread | Except | Leaf) or at is None:
        return part
    if isinstance(part, Leaf) and part.concept != "general_health":
        return part
    if isinstance(part, Except) and not _any_whole(part.whole):
        return part
    start, end = at
    found = _ANY.fullmatch(text, start, _sentence_end(text, end))
    if found is None or not _ANOTHER.search(text, start, found.start("spared")):
        return part
    key = another_illness(found["spared"].lower(), facts, study) if _only_names(found["spared"]) else ""
    return plain_leaf("general_health", "any other disease", start, end, value=key) if key else part


def _only_names(spared: str) -> bool:
    """Whether nothing but illnesses is spared: "those that are well controlled" are not told by a name."""
    parts = [part for part in re.split(r"\s*(?:,|/|\bor\b|\band/or\b|\band\b)\s*", spared.lower()) if part]
    return all(
        len(part.split()) <= _LONGEST_NAME
        and not mentions(part, _NO_NAME)
        and (mentions(part, _GESTATIONAL) or illness_named(part) is not None)
        for part in parts
    )


_LONGEST_NAME = 5
_NO_NAME = (
    "in", "that", "those", "these", "which", "who", "this", "study", "disease under", "controlled", "well-controlled",
    "stable", "treated", "allowed", "family", "mother", "with", "requiring", "mild", "minor", "above", "target",
)  # fmt: skip


def _sentence_end(text: str, end: int) -> int:
    stop = re.compile(r"[.;\n]|\Z").search(text, end)
    return stop.start() if stop else end


def _any_whole(whole: Node) -> bool:
    """Whether what something is spared from is any illness there is, in words that were not understood."""
    if isinstance(whole, Leaf):
        return whole.concept == "general_health"
    return isinstance(whole, Unread)


def another_illness(spared: str, facts: Facts, study: StudyContext) -> str:
    """The fact that tells of an illness which is none of those that are spared; '' where none does."""
    concepts = concepts_of((spared,)) | {found.concept for found in (illness_named(spared),) if found is not None}
    return next((key for key in _FACTS if _has_another(key, spared, concepts, facts, study)), "")


def _has_another(key: str, spared: str, concepts: frozenset[str], facts: Facts, study: StudyContext) -> bool:
    value = facts.get(key)
    if key == "diabetes.type":
        diabetes = "diabet" in spared or "gdm" in spared or "diabetes_type" in concepts
        own = "diabetes_type" in study.studied and not mentions(" ".join(study.conditions).lower(), _GESTATIONAL)
        return value in ("type1", "type2") and not own and (not diabetes or mentions(spared, _GESTATIONAL))
    if isinstance(value, tuple):
        return any(_outside(key, name, spared, concepts, study) for name in value)
    concept = _CONCEPTS.get(key)
    if concept is None:
        return False
    named = concept in concepts or any(mentions(spared, (word,)) for word in leaf_tests()[concept].plain)
    return (value is True or value == "active") and not named and concept not in study.studied


def _outside(key: str, name: str, spared: str, concepts: frozenset[str], study: StudyContext) -> bool:
    if study.studies(name) or not stands_for_its_list(key, name):
        return False
    found = illness_named(name)
    return not any(is_said(spared, form) for form in all_forms(name)) and (
        found is None or found.concept not in concepts - {""}
    )


def only_spared(leaf: Leaf, spared_from: tuple[Leaf, ...], start: int, text: str) -> bool:
    """Whether an illness is spared from illnesses as such, which say nothing of who has it: there may be another one.

    Args:
        leaf: what is spared.
        spared_from: what was understood of that from which it is.
        start: where the criterion begins.
        text: the registry's own.
    """
    if any(found.concept != "general_health" for found in spared_from):
        return False
    return leaf.bounds is None and _SPARED.search(text, start, leaf.start) is not None
