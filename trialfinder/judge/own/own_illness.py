"""Whether a study is about the person's own illness: by the kinds of neuropathy it is for, else by what it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer
from trialfinder.base.text import one_line, shorten
from trialfinder.person.facts import DIABETES

if TYPE_CHECKING:
    from trialfinder.judge.verdict import Verdict
    from trialfinder.person import Profile

Row = Mapping[str, Any]
"""Of a study, as its table has it: ``neuropathy_types``, ``nerve_role``, ``conditions`` and ``brief_title``."""
OWN, MAY_BE_OWN, OTHER = 0, 1, 2
WORDS = {OWN: "own kind", MAY_BE_OWN: "may be own kind", OTHER: "another illness"}


def closeness(profile: Profile, row: Row, verdict: Verdict) -> int:
    """OWN: the person's kind of neuropathy. OTHER: an illness that they did not tell. MAY_BE_OWN: neither is sure.

    Where the person told no kind, nothing is OTHER; nor is what depends on an answer that was not given (``not_told``).
    A study that treats no peripheral nerve (eye, back, foot) is about what its conditions and its title name. What the
    study asks for in its criteria goes before a doubt.
    """
    found = _by_names(profile, row)
    asks_for_another = any(
        each.pattern == "neuropathy_type" and each.section == "inclusion" for each in verdict.answered(Answer.NO)
    )
    return OTHER if found == MAY_BE_OWN and asks_for_another and profile.get("neuropathy.types") else found


def _by_names(profile: Profile, row: Row) -> int:
    """How close the study is by the kinds of neuropathy, the conditions and the title alone."""
    from trialfinder.judge.answering.neuropathy import TYPES, UNSPECIFIED, kinds_in
    from trialfinder.person.word_tables import kinds

    told = profile.get(TYPES)
    own = set(told) if isinstance(told, tuple) else set()
    if not own:
        return MAY_BE_OWN
    studied = set((row.get("neuropathy_types") or "").split("; ")) - {""}
    if studied & own:
        return OWN
    if not studied:
        if row.get("nerve_role") in (None, "target"):
            return MAY_BE_OWN
        if any(map(_AT_LARGE.fullmatch, _conditions(row))):
            return MAY_BE_OWN
        plain = [name for name in _conditions(row) if not _facts(name) and not _EYE.search(name)]
        studied = set(kinds_in(" ; ".join([*plain, row["brief_title"] or ""]))) if plain else set()
    elif own == {UNSPECIFIED}:
        return MAY_BE_OWN
    near = {UNSPECIFIED} | own | {other for name in own if name in kinds() for other in kinds()[name].may_be}
    if own <= _OF_ROOTS and _is_of_a_tunnel(row):
        near -= {"compressive"}
    depends = not any(map(_EYE.search, _conditions(row))) and not_told(profile, row)  # eyes are no nerves of the limbs
    return MAY_BE_OWN if studied & near or _has_besides(profile, row) or depends else OTHER


_OF_ROOTS = {"radiculopathy"}
_TUNNEL = re.compile(
    r"\b(?:(?:carpal|cubital|tarsal|radial|guyon\S*) (?:tunnel|canal)"
    r"|(?:median|ulnar|radial|peroneal|tibial) (?:nerve|neuropath))",
    re.I,
)
"""Where a nerve is trapped on its way through an arm or a leg: no nerve root of the back."""


def _is_of_a_tunnel(row: Row) -> bool:
    """Whether what the study names is a nerve trapped in an arm or a leg, and no nerve root beside it."""
    from trialfinder.judge.answering.neuropathy import kinds_in

    named = " ; ".join([*_conditions(row), row.get("brief_title") or ""])
    return _TUNNEL.search(named) is not None and "radiculopathy" not in kinds_in(named)


def _has_besides(profile: Profile, row: Row) -> bool:
    """Whether an illness that the person told beside the neuropathy is one of the study's conditions."""
    conditions = _conditions(row)
    diabetes = row.get("nerve_role") != "target" and profile.get("diabetes.type") in DIABETES
    for condition in conditions:
        facts = _facts(condition)
        if any(profile.get(fact) is True for fact in facts) or (
            diabetes and not facts and "diabet" in condition.lower()
        ):
            return True
    told = [name for key in _ILLNESSES for name in _names(profile, key)]
    return any(_is_named(condition, name) for condition in conditions for name in told)


def _is_named(condition: str, name: str) -> bool:
    """Whether a person's own words name a condition, or a damage by diabetes that it is; also one that is healed."""
    from trialfinder.judge.names.illness_names import all_forms, is_said, same_illness
    from trialfinder.person.implications import known_as
    from trialfinder.person.none_told import denies
    from trialfinder.reading.wording.nouns import stems

    name = "" if denies(name) else _OVER.sub(" ", name).strip()
    if not name:
        return False
    if frozenset(stems(name)) <= frozenset(stems(condition)) or same_illness(name, condition):
        return True
    if any(is_said(condition, form) for form in all_forms(name)):
        return True
    damage = {key for key in _facts(condition) if key.startswith("diabetes.")}
    return any(row.gives.get(key) is True for row in known_as(name) for key in damage)


_OVER = re.compile(r"\b(?:(?:has |have |had |now |is |it |its |it's |that |which )*(?:healed|cured|closed))\b", re.I)
"""What was there and may be again: whether a study of it is for the person is theirs to ask."""


def not_told(profile: Profile, row: Row) -> list[str]:
    """The questions for what diabetes may have done that the study is for, where whoever has it told nothing of it."""
    from trialfinder.person.profile_schema import schema

    if profile.get("diabetes.type") not in DIABETES and "diabetic" not in _names(profile, "neuropathy.types"):
        return []
    facts = dict.fromkeys(fact for condition in _conditions(row) for fact in _facts(condition))
    return [schema()[key].question for key in facts if key.startswith("diabetes.") and key not in profile]


_AT_LARGE = re.compile(
    r"(?:peripheral )?(?:neurolog(?:ic(?:al)?|y)|nerv(?:e|ous)(?: system)?) (?:disorder|disease|condition)s?"
    r"|(?:peripheral )?(?:poly)?neuropath(?:y|ies)",
    re.I,
)
"""A condition that holds every kind of neuropathy."""
_EYE = re.compile(r"\b(?:optic|eyes?|ocular|retin\w*|macul\w*)\b", re.I)
"""A hereditary optic neuropathy is no hereditary neuropathy."""


_TREATMENT = re.compile(
    r"\b(?:cell|marrow|exosome|plasma)s?\b.*\b(?:transplant\w*|therap\w+|implant\w*|infusions?|injections?|treatments?)$"
    r"|^(?:(?:[\w-]+ )*(?:mesenchymal|autologous|allogen\w+|[\w-]+-derived) )?(?:stem|stromal) cells?$"
    r"|\bvascular fraction$|\bexosomes?$",
    re.I,
)
"""What some records put among their conditions, and is what is given."""


def _conditions(row: Row) -> list[str]:
    """What the record names as its illnesses; its title where it names none."""
    named = [name for name in (row.get("conditions") or "").split("; ") if name and not _TREATMENT.search(name)]
    return named or [row.get("brief_title") or ""]


def _facts(condition: str) -> list[str]:
    """The facts by which people tell of a condition that is no kind of neuropathy: an ulcer for "Diabetic Foot"."""
    from trialfinder.judge.leaf_tests import leaf_tests
    from trialfinder.judge.study_context import concepts_of

    tests = (leaf_tests().get(concept) for concept in concepts_of((condition,)))
    return [test.fact for test in tests if test is not None and test.fact]


_ILLNESSES = ("health.diagnoses", "health.autoimmune", "health.neurological_other")


def _names(profile: Profile, key: str) -> tuple[str, ...]:
    told = profile.get(key)
    return told if isinstance(told, tuple) else ()


def other_words(row: Row) -> str:
    """What a study that is OTHER is for: another kind of nerve condition, though its illness may have been told."""
    what = "kind of nerve condition" if row.get("neuropathy_types") else "illness"
    return f"for another {what} than the one you told: {about(row)}"


def depends_words(questions: list[str]) -> str:
    """That it depends on answers that were not given whether a study is for somebody's own illness; '' on none."""
    if not questions:
        return ""
    return f"depends on {'an answer' if len(questions) == 1 else 'answers'} you have not given: {' '.join(questions)}"


def about(row: Row, width: int = 100) -> str:
    """What a study is about, in the record's words: its conditions, those of nerves at large first; else its title."""
    named = (row.get("conditions") or "").split("; ")
    named = sorted(
        (name for name in named if not _TREATMENT.search(name)), key=lambda name: not _AT_LARGE.fullmatch(name)
    )
    if not any(named):
        return shorten(f"not stated; its title: {one_line(row.get('brief_title') or 'not stated')}", width)
    return shorten(one_line(", ".join(named)), width)
