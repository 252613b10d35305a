"""Answers a leaf by its row of ``data/tests.toml``: numbers, named illnesses, special forms, then the broad fact."""

from __future__ import annotations

import re

from trialfinder.base.answer import Answer
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.illness_forms import forms_of
from trialfinder.judge.illness_names import illness_named, same_illness
from trialfinder.judge.leaf_tests import Conditions, LeafTest, Number, SpecialForm, asks_health, common
from trialfinder.judge.nouns import all_within, mentions, same_thing
from trialfinder.person.spans import Span
from trialfinder.reading.tree import Bounds

NAMED = ("health.diagnoses", "health.autoimmune", "health.neurological_other")
"""The lists in which a person names illnesses. None of them is complete, unless it is empty."""


def by_table(asked: Question, test: LeafTest) -> Told:
    """The answer of a row; UNKNOWN where none of its ways settles it."""
    if asked.leaf.bounds is not None:
        return number(asked, test)
    if (normal := _normal(asked, test)) is not None:
        return normal
    if asks_health(asked.all_words):
        return Told(UNKNOWN, test.fact or None)
    if test.fact in asked.facts.clashes:
        return Told(UNKNOWN, test.fact)
    if test.names and (named := by_name(asked, test)).answer is not UNKNOWN:
        return named
    form = next((form for form in test.forms if mentions(asked.words, form.says)), None)
    if form is not None and (found := _form(asked, form)).answer is not UNKNOWN:
        return found
    found = _by_clause(asked, test) or broad(asked, test)
    return Told(NO, NONE_NAMED) if found.answer is UNKNOWN and none_named(asked, test) else found


NONE_NAMED = "health.diagnoses"


def none_named(asked: Question, test: LeafTest | None) -> bool:
    """Whether the person told that no doctor ever named an illness, and the words name one."""
    if asked.facts.names(NONE_NAMED) != () or asked.planned or asked.leaf.possible or test is None or not test.names:
        return False
    has_it = asked.facts.flag(test.fact) is YES or any(asked.facts.names(key) for key in test.lists)
    return not has_it and illness_named(asked.leaf.noun) is not None


def inside(span: Span | None, bounds: Bounds) -> Answer:
    """Whether a number lies inside of bounds; UNKNOWN when it is not known or on both sides."""
    if span is None:
        return UNKNOWN
    answer = YES
    if bounds.low is not None:
        answer &= span.above(bounds.low, inclusive=bounds.low_inclusive)
    if bounds.high is not None:
        answer &= span.below(bounds.high, inclusive=bounds.high_inclusive)
    return answer


def number(asked: Question, test: LeafTest) -> Told:
    """A leaf with bounds. Another measurement or unit than the row knows: unknown."""
    bounds = asked.leaf.bounds
    assert bounds is not None
    row = _pick(asked, test)
    if row is None:
        return Told(UNKNOWN, None)
    span, fact = asked.facts.span(row.key), asked.facts.origin(row.key)
    if asked.wanted and fact != row.key and row.key.startswith("diabetes."):
        return Told(UNKNOWN, row.key)  # without diabetes it was not measured; the diabetes that is asked for decides
    if bounds.unit == "xULN":
        return Told(inside(_of_normal(span, row.upper), bounds), fact, firm=_no_clause(asked))
    if bounds.unit not in row.units:
        return Told(UNKNOWN, None)
    return Told(inside(span, bounds), fact, firm=_no_clause(asked))


_CLAUSE = 3


def _no_clause(asked: Question) -> bool:
    """Whether nothing but adjectives stands beside a number: "left ventricular", and not "that has no other cause"."""
    return all(len(words.split()) < _CLAUSE for words in asked.leaf.narrowing)


def _pick(asked: Question, test: LeafTest) -> Number | None:
    words = asked.leaf.value or asked.leaf.noun
    for row in test.numbers:
        if not row.says or mentions(words, row.says):
            return row
    return None


def _of_normal(span: Span | None, upper: tuple[float, float] | None) -> Span | None:
    """A number in multiples of a laboratory's upper limit of normal, which lies anywhere in ``upper``."""
    return Span(span.low / upper[1], span.high / upper[0]) if span is not None and upper is not None else None


def _normal(asked: Question, test: LeafTest) -> Told | None:
    """A value that must be normal. Between the limits of one laboratory and those of another: unknown."""
    said = [word for word in asked.leaf.severity if word in _NORMAL]
    row = _pick(asked, test) if said else None
    if row is None:
        return None
    span, upper = asked.facts.span(row.key), row.upper if said[0] == _NORMAL[0] else None
    if span is None or (upper is None and row.lower is None):
        return Told(UNKNOWN, row.key)
    surely, hardly = (
        inside(span, Bounds(low, True, high, True, "")) if (low, high) != (None, None) else YES
        for low, high in (
            (row.lower and row.lower[1], upper and upper[0]),
            (row.lower and row.lower[0], upper and upper[1]),
        )
    )
    answer = YES if surely is YES else NO if hardly is NO else UNKNOWN
    return Told(answer, asked.facts.origin(row.key), firm=_no_clause(asked))


_NORMAL = ("normal", "not below normal")


def by_name(asked: Question, test: LeafTest) -> Told:
    """Whether the person named an illness that is what the noun says, or a form of it.

    Not where another fact denies all such illnesses: two told facts that clash decide nothing.
    """
    noun = asked.leaf.noun or asked.leaf.value
    if asked.spared and test.lists:
        return _all_spared(asked, test, noun)
    if asked.facts.flag(test.fact) is NO or any(asked.facts.names(key) == () for key in test.lists):
        return Told(UNKNOWN, None)
    for key in NAMED:
        for name in asked.facts.names(key) or ():
            if _own(asked, name):
                continue
            if same_illness(name, noun) or any(all_within(noun, form, common().harmless) for form in forms_of(name)):
                undated = asked.window is not None and mentions(noun, _EVENTS)
                answer = UNKNOWN if asked.planned or undated else YES
                return Told(answer, asked.facts.origin(key), firm=_says_it_all(asked, name))
    return Told(UNKNOWN, None)


_EVENTS = (
    "seizure*",
    "convuls*",
    "attack*",
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
)
"""What happens on a day: to have the illness does not tell that it happened within a window."""


def _all_spared(asked: Question, test: LeafTest, noun: str) -> Told:
    """Whether an exception covers all illnesses of a kind that the person named: one outside of it is enough to bar."""
    for key in test.lists:
        names = asked.facts.names(key)
        if names:
            covered = all(any(all_within(noun, form, common().harmless) for form in forms_of(name)) for name in names)
            return Told(Answer.of(covered), asked.facts.origin(key), firm=True)
    return Told(UNKNOWN, None)


def _own(asked: Question, name: str) -> bool:
    """Whether a named illness is the one that is studied, which a bar on "other" illnesses does not mean."""
    return not asked.wanted and asked.study.studies(name)


def _says_it_all(asked: Question, name: str) -> bool:
    """Whether the name also tells the severity and all that narrows the thing."""
    itself = all_within(asked.leaf.noun, name, common().harmless)
    if itself and mentions(" ".join(asked.leaf.severity), _GRAVE) and _GRAVE_KINDS & set(forms_of(name)):
        return not asked.leaf.narrowing
    degrees = [same for word in asked.leaf.severity for same in (word, *_SAME_DEGREE.get(word, ()))]
    told = all(mentions(name, [word]) or word in common().narrowing for word in asked.leaf.narrowing)
    return told and (not degrees or any(mentions(name, [word]) for word in degrees))


_GRAVE = ("severe", "serious", "major", "grave")
_GRAVE_KINDS = {"serious disease", "severe mental illness", "serious mental illness"}
_SAME_DEGREE = {"chronic": ("permanent", "persistent", "long-standing")}


def _form(asked: Question, form: SpecialForm) -> Told:
    if form.ago and (span := asked.facts.span(form.ago)) is not None:
        undegreed = set(asked.leaf.severity) <= _OF_A_STATE and not asked.leaf.narrowing
        return Told(ago(asked, span), asked.facts.origin(form.ago), firm=undegreed)
    return _settled(asked, form.yes_if, form.no_if)


_OF_A_STATE = {"active", "uncontrolled", "unstable", "current"}
"""Words that an event on a day does not take: they belong to what stands beside it in a list."""


def _settled(asked: Question, yes_if: Conditions, no_if: Conditions) -> Told:
    if asked.planned:
        return Told(UNKNOWN, None)
    if (fact := yes_if.fired(asked.facts)) is not None:
        return Told(YES, fact)
    if (fact := no_if.fired(asked.facts)) is not None:
        return Told(NO, fact)
    return Told(UNKNOWN, yes_if.key)


_TURNED = ("not", "without", "no", "unless", "except", "never")


def _by_clause(asked: Question, test: LeafTest) -> Told | None:
    """By what stands behind the thing, where that is a special form itself: "kidney disease requiring dialysis"."""
    if len(asked.leaf.narrowing) != 1 or asked.leaf.severity or mentions(asked.leaf.narrowing[0], _TURNED):
        return None
    clause = asked.leaf.narrowing[0]
    form = next((form for form in test.forms if mentions(clause, form.says)), None)
    found = _form(asked, form) if form is not None else Told(UNKNOWN, None)
    return found._replace(firm=True) if found.answer is not UNKNOWN else None


_RECENT = 6.0
"""Months after an event during which a person plainly "has" it, where the words neither say when nor "history of"."""


def ago(asked: Question, span: Span) -> Answer:
    """Whether an event that lies a known time back is what the leaf means. On the edge of a window: unknown."""
    window, direction = asked.window, asked.leaf.direction
    if asked.planned or direction == "lasting":
        return UNKNOWN
    if window is None:
        recent = span.below(_RECENT, inclusive=True) is YES
        return YES if asked.leaf.sense == "history" or recent else UNKNOWN
    within = sooner(span, window)
    return ~within if direction == "at_least_ago" else within


def sooner(span: Span, window: float) -> Answer:
    """Whether a time ago is shorter than a window; unknown on its edge, as words seldom say which day counts."""
    shorter, longer = span.below(window, inclusive=False), span.above(window, inclusive=False)
    if shorter is YES:
        return YES
    return NO if longer is YES else UNKNOWN


def broad(asked: Question, test: LeafTest) -> Told:
    """By the broad fact: told true answers only a plain form, told false everything that the fact covers."""
    if not test.fact:
        return _by_lists(asked, test)
    answer, fact = asked.facts.flag(test.fact), asked.facts.origin(test.fact)
    if answer is YES:
        several = (
            test.fact.startswith("person.") and bool(test.mentions) and "," in asked.leaf.noun
        )  # "able to walk, give consent": more is asked for
        whole = plainly(asked, test) and not _undated(asked, test) and not several
        return Told(YES if whole else UNKNOWN, fact)
    if answer is NO and not denied(asked, test):
        return Told(UNKNOWN, fact)
    return Told(answer, fact)


_ALL_OF_IT = {"substance_abuse": (("alcohol*",), ("drug", "drugs", "substance", "substances", "narcotic*"))}
"""What words must name so that no form of a thing is left out: abuse of alcohol and abuse of drugs."""


def plainly(asked: Question, test: LeafTest) -> bool:
    """Whether the words mean the thing as such. Without a noun the concept itself is meant."""
    words = asked.leaf.noun or asked.leaf.value
    if not words:
        return True
    groups = _ALL_OF_IT.get(test.concept)
    if groups and all(mentions(words, group) for group in groups) and not mentions(words, ("inject*", "intravenous")):
        return True
    return mentions(words, test.mentions) or same_thing(words, test.plain, common().harmless)


def _undated(asked: Question, test: LeafTest) -> bool:
    """Whether the words name a time that the fact does not tell."""
    if asked.planned or asked.leaf.direction in ("lasting", "at_least_ago"):
        return True
    now = asked.leaf.sense == "current" and test.concept != "substance_abuse"  # which is told of now
    return test.dated and (asked.window is not None or now)


_WHAT_ALL_HAVE = frozenset({"coagulation", "blood coagulation", "clotting", "blood clotting"})
"""What is no illness by itself: a study that asks for it asks for it to be normal."""


_OTHER_HEPATITIS = re.compile(r"\b(?:hepatitis|hep) (?:type |virus )?[ade]\b|\ba ?[,/&]")
"""Another letter in the same list, which the facts of B and C do not tell."""


def denied(asked: Question, test: LeafTest) -> bool:
    """Whether told false denies what the words say: not what goes beyond the fact, lies ahead, or is long over."""
    others = test.fact.startswith("person.") and mentions(asked.all_words, test.beyond)  # somebody else may do it
    if others or asked.planned or mentions(_graded(asked), test.beyond) or (test.exact and not plainly(asked, test)):
        return False
    if test.concept in ("hepatitis_b", "hepatitis_c") and _OTHER_HEPATITIS.search(asked.leaf.noun):
        return False
    if asked.wanted and same_thing(asked.leaf.noun, _WHAT_ALL_HAVE, common().harmless):
        return False
    if asked.leaf.possible and asked.says("risk", "predispos*", "tendency"):
        return False
    return test.past or not asked.past


def _graded(asked: Question) -> str:
    return " ".join((asked.words, *asked.leaf.severity))


def _by_lists(asked: Question, test: LeafTest) -> Told:
    """By lists of names: one that is told empty denies; what a list does not name is unknown."""
    told = {key: asked.facts.names(key) for key in test.lists}
    for key, names in told.items():
        if any(not _own(asked, name) for name in names or ()) and plainly(asked, test):
            return Told(UNKNOWN if _undated(asked, test) else YES, asked.facts.origin(key))
    if told and all(names == () for names in told.values()) and denied(asked, test):
        return Told(NO, asked.facts.origin(next(iter(told))))
    return Told(UNKNOWN, next(iter(told), None))
