"""Whether a fact that is told false denies a thing, in whatever form or degree it is named; and what is plainly it."""

from __future__ import annotations

import dataclasses
import functools

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.judge.asking import NO, YES, Question, Told
from trialfinder.judge.leaf_tests import LeafTest
from trialfinder.judge.names.illness_names import illness_named
from trialfinder.reading.wording.nouns import mentions, same_thing

TURNED = ("not", "without", "no", "unless", "except", "never")
FROM = ("due", "caused", "secondary", "resulting", "because")
"""Before what a thing comes from, which is not the thing."""


_WHAT_ALL_HAVE = frozenset({"coagulation", "blood coagulation", "clotting", "blood clotting"})
"""What is no illness by itself: a study that asks for it asks for it to be normal."""


OTHER_HEPATITIS = re.compile(r"\b(?:hepatitis|hep) (?:type |virus )?[ade]\b|\ba ?[,/&]")
"""Another letter in the same list, which the facts of B and C do not tell."""


_OTHERS = ("partner*", "spouse*", "household", "carer*", "caregiver*", "donor*", "mother*", "father*", "parent*")
"""Of whom told false says nothing."""


_SMOKE_OF_OTHERS = ("living with", "live* with", "expos*", "passive*", "second-hand", "secondhand", "environmental")
"""Beside smokers: who does not smoke may breathe the smoke of others."""


def of_others(asked: Question) -> bool:
    """Whether the words speak of an illness of somebody else: a relative, a partner, a donor."""
    return mentions(" ".join(asked.leaf.narrowing), ("relative*", "siblings", "family members", *_OTHERS))


def denied(asked: Question, test: LeafTest) -> bool:
    """Whether told false denies what the words say: not what goes beyond the fact, lies ahead, or is long over."""
    others = test.fact.startswith("person.") and mentions(asked.all_words, test.beyond)  # somebody else may do it
    if others or asked.planned or mentions(_graded(asked), _beyond(asked, test)):
        return False
    if (test.exact and not plainly(asked, test)) or _treated_all_the_same(asked, test):
        return False
    if of_others(asked) or (test.concept == "smoking" and mentions(" ".join(asked.leaf.narrowing), _SMOKE_OF_OTHERS)):
        return False
    if test.concept in ("hepatitis_b", "hepatitis_c") and OTHER_HEPATITIS.search(asked.leaf.noun):
        return False
    if test.concept == "autoimmune" and asked.says("spondylitis") and not asked.says(*_SPINES_OF_ITS_KIND):
        return False  # of a spine that is worn or infected as well
    if asked.wanted and (same_thing(asked.leaf.noun, _WHAT_ALL_HAVE) or asked.says("symptom*")):
        return False  # who has the symptoms may have no diagnosis
    of_old = asked.wanted and test.concept == "active_infection" and asked.leaf.sense != "current"
    if of_old and asked.says("covid*", "covid-19", "sars-cov-2", "coronavirus"):
        return False  # "diagnosed with COVID": then or now
    if asked.leaf.possible and asked.says("risk", "predispos*", "tendency"):
        return False
    return test.past or not (_reaches_back(asked) or asked.says("never", "ever"))


def _treated_all_the_same(asked: Question, test: LeafTest) -> bool:
    """Whether clotting is asked for, of which "bleeds easily: no" says nothing beside a drug that thins the blood."""
    clots = test.concept == "bleeding_disorder" and asked.says("clot*", "coagul*", "hypercoag*")
    return clots and asked.facts.flag("treatment.anticoagulant") is YES


_SPINES_OF_ITS_KIND = ("ankylosing", "axial", "rheumatoid", "psoria*", "autoimmune", "seronegative")
_ORGANS = frozenset({"hepatic", "renal", "pulmonary", "cardiac"})
_FAILS = ("failure", "insufficien*", "dysfunction*", "impair*", "decompensat*")
"""Words by which the function of an organ is no value of a laboratory any more."""


def _beyond(asked: Question, test: LeafTest) -> tuple[str, ...]:
    """The words that reach further than the fact. Of an organ that fails its function does not."""
    if test.concept not in _ORGANS or not mentions(asked.all_words, _FAILS):
        return test.beyond
    return tuple(word for word in test.beyond if word != "function")


def _reaches_back(asked: Question) -> bool:
    """Whether earlier times are meant too. A state that has lasted for long is there now, and denied with it."""
    lasting = asked.leaf.direction == "lasting" and asked.leaf.sense != "history"
    return asked.past and not (lasting and asked.says(*_STATES))


_STATES = ("immunosuppression", "immunosuppressed", "immunocompromised", "immunodeficien*", "immune deficien*")


def _graded(asked: Question) -> str:
    return " ".join((asked.words, *asked.leaf.severity))


def denied_form(asked: Question, test: LeafTest) -> Told | None:
    """By a form that the words beside the thing name, whose denial needs no more: "conduction abnormalities on ECG"."""
    words = " ".join((*asked.leaf.narrowing, asked.words))
    if asked.planned or mentions(words, (*TURNED, *FROM)) or not (test.past or not asked.past):
        return None
    facts = (form.no_if.fired(asked.facts) for form in test.forms if mentions(words, form.says))
    fact = next((found for found in facts if found), None)
    return Told(NO, fact) if fact else None


def graded_illness(asked: Question, test: LeafTest) -> Told | None:
    """Of an illness with a grade by numbers: who has no such illness has it in no grade ("of 9 points")."""
    named = illness_named(asked.leaf.noun) if test.fact and asked.facts.flag(test.fact) is NO else None
    whole = dataclasses.replace(asked, leaf=replace(asked.leaf, value="", bounds=None))
    known = named is not None and named.concept == test.concept and denied(whole, test)
    return Told(NO, asked.facts.origin(test.fact)) if known else None


_ALL_OF_IT = {"substance_abuse": (("alcohol*",), ("drug", "drugs", "substance", "substances", "narcotic*"))}
"""What words must name so that no form of a thing is left out: abuse of alcohol and abuse of drugs."""


def plainly(asked: Question, test: LeafTest) -> bool:
    """Whether the words mean the thing as such. Without a noun the concept itself is meant."""
    words = asked.leaf.noun or asked.leaf.value
    if not words:
        return True
    groups = _ALL_OF_IT.get(test.concept)
    if groups and mentions(words, ("inject*", "intravenous", "containing", "alcohol-containing")):
        return False
    if groups and all(mentions(words, group) for group in groups):
        return True
    return mentions(words, test.mentions) or same_thing(words, test.plain) or _each_plain(words, test.plain)


_JOINED = re.compile(r",| and/or |/| or | and ")


@functools.lru_cache(maxsize=4096)
def _each_plain(words: str, plain: frozenset[str]) -> bool:
    """Whether things with one head are plain forms each: "bleeding or clotting disorder"; of "A or B disease" one."""
    parts = [part.strip() for part in _JOINED.split(words) if part.strip()]
    head = parts[-1].rpartition(" ")[2] if parts else ""
    enough = any if " or " in words and " and " not in words else all
    return len(parts) > 1 and enough(same_thing(part, plain) or same_thing(f"{part} {head}", plain) for part in parts)
