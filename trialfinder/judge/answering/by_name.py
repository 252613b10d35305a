"""Answers a leaf by the illnesses that a person named, and by having told that no doctor ever named any."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from trialfinder.judge.answering.events_dated import ago, told_ago
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.leaf_tests import LeafTest, common
from trialfinder.judge.names.illness_forms import forms_of, named_in
from trialfinder.judge.names.illness_names import all_forms, illness_named, is_said, same_illness
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Leaf
from trialfinder.reading.wording.nouns import idle_words, mentions, same_thing, stems

NAMED = ("health.diagnoses", "health.autoimmune", "health.neurological_other")
"""The lists in which a person names illnesses. None of them is complete, unless it is empty."""


NONE_NAMED = "health.diagnoses"


def none_named(asked: Question, test: LeafTest | None) -> bool:
    """Whether the person told that no doctor ever named an illness, and the words name one."""
    if asked.facts.names(NONE_NAMED) != () or asked.planned or asked.leaf.possible or test is None or not test.names:
        return False
    has_it = asked.facts.flag(test.fact) is YES or any(asked.facts.names(key) for key in test.lists)
    return not has_it and illness_named(asked.leaf.noun) is not None


def by_name(asked: Question, test: LeafTest) -> Told:
    """Whether the person named an illness that is what the noun says, or a form of it.

    Not where another fact denies all such illnesses: two told facts that clash decide nothing.
    """
    noun = asked.leaf.noun or asked.leaf.value
    told = _of_the_concept(asked, test) if asked.spared else []
    if asked.spared and test.concept == "named_illness":
        return Told(UNKNOWN, None)  # what it is spared from tells which of the illnesses count
    if told or (asked.spared and test.lists):
        return _all_spared(asked, told)
    if asked.facts.flag(test.fact) is NO or any(asked.facts.names(key) == () for key in test.lists):
        return Told(UNKNOWN, None)
    each = _each_of(noun)
    beside = f"{' '.join(asked.leaf.narrowing)} {noun}" if asked.leaf.narrowing and _adjectives(asked) else ""
    for key, name in told_names(asked.facts):
        if own_illness(asked, name):
            continue
        degrees = _degrees_of(name)
        forms = [form for form in all_forms(name) if any(is_said(one, form, degrees) for one in each)]
        forms += [form for form in all_forms(name) if beside and is_said(beside, form, degrees)]
        if forms or same_illness(name, noun) or _of_its_pattern(name, noun, test):
            open_ = asked.planned or undated(asked, noun, name) or _may_be_over(asked, name)
            firm = any(_says_it_all(asked, name, said) for said in (name, *forms))
            return Told(UNKNOWN if open_ else YES, asked.facts.origin(key), firm=firm)
    return Told(UNKNOWN, None)


_BY_OTHER_FACTS = frozenset({"symptom_duration", "active_infection", "diabetes_type", "pregnancy"})
"""What a name does not tell: how long it lasts, whether it is there now, which type it is."""


def named_word_for_word(asked: Question) -> str | None:
    """The fact in which the person named what a criterion says in the very same words, whatever they narrow.

    "Idiopathic thrombocytopenic purpura", "visceral Kaposi's sarcoma", "diabetic retinopathy". None where there is no
    such name, or where a time or another fact decides.
    """
    leaf = asked.leaf
    if asked.spared or asked.planned or leaf.possible or leaf.bounds is not None or leaf.concept in _BY_OTHER_FACTS:
        return None
    noun = leaf.noun or leaf.value
    said = frozenset(stems(" ".join((noun, *leaf.narrowing, *leaf.severity)))) - idle_words()
    for key, name in told_names(asked.facts):
        same = said == frozenset(stems(name)) - idle_words()
        if said and same and not own_illness(asked, name) and not undated(asked, noun, name):
            return asked.facts.origin(key)
    return None


def told_names(facts: Facts, keys: Iterable[str] = NAMED) -> Iterator[tuple[str, str]]:
    """The illnesses that a person named, each behind the fact that tells it."""
    return ((key, name) for key in keys for name in facts.names(key) or ())


def grave_in_itself(
    asked: Question, keys: Iterable[str], kind: str, plain: AbstractSet[str] = frozenset()
) -> str | None:
    """The fact that names an illness, not the study's own, that is of a grave kind in itself; None where none does.

    ``plain``: words of which it must be a form as well, such as "liver disease".
    """
    named = ((key, name) for key, name in told_names(asked.facts, keys) if kind in forms_of(name))
    named = ((key, name) for key, name in named if not plain or any(same_thing(x, plain) for x in forms_of(name)))
    return next((key for key, name in named if not asked.study.studies(name)), None)


def _may_be_over(asked: Question, name: str) -> bool:
    """Whether an infection must be there now: one that a person named may be healed, unless they told of one."""
    leaf = asked.leaf
    infection = leaf.concept == "active_infection"
    if infection and leaf.sense != "history" and mentions(name, _ONCE) and not mentions(name, AS_IT_IS):
        return not _infected_now(asked)
    now = infection and ("active" in leaf.severity or leaf.sense == "current")
    return now and not mentions(name, (*AS_IT_IS, "chronic")) and not _infected_now(asked)


_ONCE = ("covid*", "influenza", "flu", "chickenpox", "measles", "mumps", "mononucleosis", "rubella")
"""Infections that are over after some weeks: who names one has had it."""


def _infected_now(asked: Question) -> bool:
    """Whether an infection is asked for and the person told that they have one."""
    return asked.leaf.concept == "active_infection" and asked.facts.flag("health.active_infection") is YES


def undated(asked: Question, noun: str, name: str) -> bool:
    """Whether a day is asked of what happens on one: to have named it tells only where the name says when it was."""
    if asked.window is None:
        return False
    told = told_ago(name, asked.facts.today)
    if told is not None:
        return ago(asked, told) is not YES  # another one may be nearer
    return (mentions(noun, _EVENTS) or mentions(name, _EVENTS)) and not _infected_now(asked)


_HEADS = frozenset({"disease", "diseases", "disorder", "disorders", "infection", "infections", "failure", "arthritis"})


@functools.lru_cache(maxsize=4096)
def _each_of(noun: str) -> tuple[str, ...]:
    """The illnesses of which a noun names one or the other: "vein thrombosis or pulmonary embolism"."""
    parts = tuple(part.strip() for part in re.split(r" or | and/or |/", noun))
    head = parts[-1].rpartition(" ")[2]
    if len(parts) > 1 and head in _HEADS:  # "cardiovascular or cerebrovascular disease"
        parts = tuple(part if part.split()[-1:] == [head] else f"{part} {head}" for part in parts)
    return parts if len(parts) > 1 and all(illness_named(part) is not None for part in parts) else (noun,)


def _of_its_pattern(name: str, noun: str, test: LeafTest) -> bool:
    """Whether the words are a plain form of a pattern that the named illness belongs to: pleurisy is a lung disease."""
    found = illness_named(name) if forms_of(name) and same_thing(noun, test.plain) else None
    return found is not None and found.concept == test.concept


_DEGREES = ("severe", "active", "acute", "chronic", "symptomatic", "advanced", "progressive", "uncontrolled")


def _degrees_of(name: str) -> str:
    """Words of severity in what the person wrote, which go with all that it is a form of."""
    return " ".join(word for word in _DEGREES if mentions(name, (word,)))


_EVENTS = (
    "seizure*",
    "convuls*",
    "attack*",
    "event*",
    "tia",
    "stroke*",
    "infarct*",
    "embol*",
    "thrombos*",
    "dvt",
    "bleed*",
    "hemorrhag*",
    "episode*",
    "exacerbat*",
    "infection*",
    "pneumonia*",
    "sepsis",
    "clot*",
    "injur*",
    "trauma*",
    "concuss*",
    "fracture*",
    "amput*",
)
"""What happens on a day: to have the illness does not tell that it happened within a window."""


def _adjectives(asked: Question) -> bool:
    """Whether only single words stand beside the noun, so that they are one name: "respiratory tract infection"."""
    return all(" " not in words for words in asked.leaf.narrowing) and len(asked.leaf.narrowing) <= _LONGEST_NAME


_LONGEST_NAME = 3


def _of_the_concept(asked: Question, test: LeafTest) -> list[tuple[str, str]]:
    """The illnesses of a row that the person named, each behind its fact."""
    named = ((key, name, illness_named(name)) for key, name in told_names(asked.facts, test.lists or NAMED))
    return [(key, name) for key, name, found in named if test.lists or (found and found.concept == test.concept)]


def _all_spared(asked: Question, told: Sequence[tuple[str, str]]) -> Told:
    """Whether an exception covers all illnesses of a kind that were ``told``: one outside of it is enough to bar."""
    if not told:
        return Told(UNKNOWN, None)
    spared = [leaf.noun or leaf.value for leaf in asked.spared_with]
    outside = any(not any(is_said(one, form) for one in spared for form in all_forms(name)) for _, name in told)
    return Told(NO if outside else UNKNOWN, told[0][0])  # whoever has what is spared may have another one


def named_outside(asked: Question) -> str | None:
    """The fact that names an illness which is barred and is none of the illnesses that an exception names.

    "Fungal infection other than histoplasmosis" bars whoever named another one. None where there is no such illness,
    or where something else than names is spared ("unless it is under control").
    """
    unknown = (leaf for leaf in asked.spared_with if illness_named(leaf.noun) is None and not named_in(leaf.noun))
    if not asked.wanted or any(unknown) or not all(_only_a_name(leaf) for leaf in asked.spared_with):
        return None  # of what must not be there ("but no uncontrolled asthma") another illness says nothing
    barred = [" ".join((*leaf.narrowing, leaf.noun)) for leaf in asked.spared_from if not _of_a_degree(leaf)]
    for key, name in told_names(asked.facts):
        forms = all_forms(name)
        meant = any(is_said(words, form) for words in barred for form in forms) and not own_illness(asked, name)
        own = [frozenset(stems(form)) for form in forms]
        related = any(one <= frozenset(stems(leaf.noun)) for leaf in asked.spared_with for one in own)
        near = (kind for leaf in asked.spared_with for kind in _SO_NEAR if kind in all_forms(leaf.noun))
        related = related or any(kind in forms for kind in near)
        if meant and not related and not any(is_said(leaf.noun, form) for leaf in asked.spared_with for form in forms):
            return key
    return None


_SO_NEAR = ("thyroid disease", "fatty liver")
"""Kinds so narrow that an exception of one means another: hypothyroidism and the thyroiditis that brings it."""


def _of_a_degree(leaf: Leaf) -> bool:
    return bool(leaf.severity) or mentions(" ".join((*leaf.narrowing, leaf.noun)), _DEGREES)


def _only_a_name(leaf: Leaf) -> bool:
    """Whether a name is spared, and no number or time. How it must be tells nothing of others."""
    if leaf.concept == "malignancy" and (leaf.narrowing or leaf.severity):
        return False
    return not (leaf.bounds or leaf.window_months or leaf.sense or leaf.possible)


def own_illness(asked: Question, name: str) -> bool:
    """Whether a named illness is the one that is studied, which a bar on "other" illnesses does not mean."""
    return not asked.wanted and asked.study.studies(name)


def _says_it_all(asked: Question, name: str, said: str) -> bool:
    """Whether what is said of the illness also tells the severity and all that narrows the thing."""
    words = f"{said} {_degrees_of(name)}"
    now = _infected_now(asked)
    said_now = (word for word in asked.leaf.severity if not (now and word in AS_IT_IS))
    degrees = [same for word in said_now for same in (word, *_SAME_DEGREE.get(word, ()))]
    told = all(mentions(words, [word]) or word in common().narrowing for word in asked.leaf.narrowing)
    return told and (not degrees or any(mentions(words, [word]) for word in degrees))


AS_IT_IS = ("active", "current", "ongoing", "known", "existing")
"""Words of severity that say only that a thing is there."""
_SAME_DEGREE = {
    "chronic": ("permanent", "persistent", "long-standing"),
    "active": ("acute", "ongoing"),
    "symptomatic": ("class ii", "class iii", "class iv", "painful"),
    "severe": ("class iii", "class iv", "end-stage", "child-pugh c", "child pugh c", "decompensated"),
    "significant": ("severe", "serious", "major", "class iii", "class iv"),
    "clinically significant": ("severe", "serious", "major", "class iii", "class iv"),
    "serious": ("severe", "major"),
}
