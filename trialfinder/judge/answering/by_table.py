"""Answers a leaf by its row of ``data/tests.toml``: numbers, named illnesses, special forms, then the broad fact."""

from __future__ import annotations

from trialfinder.base.answer import Answer
from trialfinder.judge.answering.by_name import NONE_NAMED, by_name, none_named, own_illness
from trialfinder.judge.answering.denied_by_fact import (
    FROM,
    TURNED,
    denied,
    denied_form,
    graded_illness,
    of_others,
    plainly,
)
from trialfinder.judge.answering.events_dated import ago
from trialfinder.judge.answering.known_illness import stands_for_its_list
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.bars.words_around import FOUND_WITHIN, words_in
from trialfinder.judge.leaf_tests import Conditions, LeafTest, Number, SpecialForm, asks_health, common
from trialfinder.person.spans import Span
from trialfinder.reading.nodes.tree import Bounds
from trialfinder.reading.wording.nouns import mentions, stems


def by_table(asked: Question, test: LeafTest) -> Told:
    """The answer of a row; UNKNOWN where none of its ways settles it."""
    if asked.leaf.bounds is not None:
        found = number(asked, test)
        return found if found.answer is not UNKNOWN else graded_illness(asked, test) or found
    if (normal := _normal(asked, test)) is not None:
        return normal
    if asks_health(asked.all_words) and not test.fact.startswith("person."):  # "capacity to consent" is no health
        return _healthy(asked, test)
    if test.fact in asked.facts.clashes:
        return Told(UNKNOWN, test.fact)
    if of_others(asked):
        return Told(UNKNOWN, test.fact or None)
    if test.names and (named := by_name(asked, test)).answer is not UNKNOWN:
        return named
    form = next((form for form in test.forms if mentions(asked.words, form.says)), None)
    if form is not None and (clash := form.clash.fired(asked.facts)) and asked.facts.flag(test.fact) is NO:
        return Told(UNKNOWN, clash)
    if form is not None and (found := _form(asked, form)).answer is not UNKNOWN:
        return found
    found = _by_clause(asked, test) or broad(asked, test)
    return Told(NO, NONE_NAMED) if found.answer is UNKNOWN and none_named(asked, test) else found


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
    if bounds.unit == "cigarettes/day" and asked.past:
        return Told(UNKNOWN, row.key)  # what was smoked in all, or once
    if bounds.unit == "xULN":
        return Told(inside(_of_normal(span, row.upper), bounds), fact, firm=_no_clause(asked))
    if bounds.unit not in row.units:
        return Told(UNKNOWN, None)
    if span is not None and row.within:
        span = Span(span.low * (1 - row.within), span.high * (1 + row.within))
    if asked.leaf.concept == "age" and any(end is not None and end % 1 for end in (bounds.low, bounds.high)):
        span = span and Span(span.low, span.high + _LESS_THAN_A_YEAR)  # of an age in days nobody told the days
    return Told(inside(span, bounds), fact, firm=_no_clause(asked))


_LESS_THAN_A_YEAR = 0.999
_CLAUSE = 3
_MORE_THAN_ONCE = ("persist*", "sustained", "consistent*", "repeated*", "consecutive", "occasions")
"""Words that ask for more than the one value that is told."""


def _no_clause(asked: Question) -> bool:
    """Whether nothing but adjectives stands beside a number: "left ventricular", and not "that has no other cause"."""
    beside = [words for words in asked.leaf.narrowing if not _cause_is_out(asked, words)]
    less = any(mentions(words, TURNED) for words in beside)  # "without medication"
    several = less or any(mentions(words, _MORE_THAN_ONCE) for words in (*beside, *asked.leaf.severity))
    clauses = (said for words in beside if len(said := words_in(FOUND_WITHIN.sub(" ", words), signs=True)) >= _CLAUSE)
    return not several and all(map((common().by_method | common().marks).issuperset, clauses))


_DRUG_CAUSE = ("warfarin", "anticoagul*", "anti-coagul*", "vitamin k antagonist*", "blood thinner*", "factor xa*")
_NOT_FROM = (
    "not due", "not caused", "not related", "not attributable", "not secondary", "not resulting", "without", "not on",
)  # fmt: skip


def _cause_is_out(asked: Question, clause: str) -> bool:
    """Whether a limit counts only where blood thinners are not its cause, and the person takes none."""
    none = asked.facts.flag("treatment.anticoagulant") is NO
    return none and mentions(clause, _DRUG_CAUSE) and clause.startswith(_NOT_FROM)


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


def _healthy(asked: Question, test: LeafTest) -> Told:
    """ "Normal heart function" is denied by a value beyond what any laboratory takes for normal."""
    if asked.wanted and asked.leaf.bounds is None and set(stems(asked.all_words)) >= _NORMAL_FUNCTION:
        for row in test.numbers:
            span = asked.facts.span(row.key)
            low = row.lower is not None and span is not None and span.below(row.lower[0], inclusive=False) is YES
            high = row.upper is not None and span is not None and span.above(row.upper[1], inclusive=False) is YES
            if low or high:
                return Told(NO, asked.facts.origin(row.key))
    return Told(UNKNOWN, test.fact or None)


_NORMAL_FUNCTION = {"normal", "function"}
_NORMAL = ("normal", "not below normal")


def _form(asked: Question, form: SpecialForm) -> Told:
    if form.ago and (span := asked.facts.span(form.ago)) is not None:
        undegreed = set(asked.leaf.severity) <= _OF_A_STATE and not asked.leaf.narrowing
        return Told(ago(asked, span), asked.facts.origin(form.ago), firm=undegreed)
    found = _settled(asked, form.yes_if, form.no_if)
    if found.answer is YES and asked.window is not None and found.fact and found.fact.endswith("_ago"):
        span = asked.facts.span(found.fact)  # who had a heart attack has a sick heart; when that showed, it tells
        return found if span is not None and ago(asked, span) is YES else Told(UNKNOWN, found.fact)
    return found


_OF_A_STATE = {
    "active", "uncontrolled", "unstable", "current", "significant", "clinically significant", "clinically", "relevant",
    "serious", "acute", "major", "symptomatic", "severe",
}  # fmt: skip
"""Words that a heart attack does not take, or that are true of each: they belong to what stands beside it in a list."""


def _settled(asked: Question, yes_if: Conditions, no_if: Conditions) -> Told:
    if asked.planned and not _needs_dialysis(asked):
        return Told(UNKNOWN, None)
    if (fact := yes_if.fired(asked.facts)) is not None:
        return Told(YES, fact)
    if (fact := no_if.fired(asked.facts)) is not None:
        return Told(NO, fact)
    return Told(UNKNOWN, yes_if.key)


def _needs_dialysis(asked: Question) -> bool:
    """Whether dialysis is named as what is needed: whoever is on it needs it."""
    needed = asked.facts.flag("health.dialysis") is YES and asked.leaf.window_months is None
    return needed and asked.leaf.concept == "renal" and asked.says("dialysis") and not asked.says("start*", "initiat*")


def _by_clause(asked: Question, test: LeafTest) -> Told | None:
    """By what stands behind the thing, where that is a special form itself: "kidney disease requiring dialysis"."""
    if len(asked.leaf.narrowing) != 1 or asked.leaf.severity or mentions(asked.leaf.narrowing[0], TURNED):
        return None
    clause = asked.leaf.narrowing[0]
    if mentions(clause, FROM):
        return None
    form = next((form for form in test.forms if mentions(clause, form.says)), None)
    found = _form(asked, form) if form is not None else Told(UNKNOWN, None)
    return found._replace(firm=True) if found.answer is not UNKNOWN else None


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
        return denied_form(asked, test) or Told(UNKNOWN, fact)
    return Told(answer, fact)


def _undated(asked: Question, test: LeafTest) -> bool:
    """Whether the words name a time that the fact does not tell."""
    if asked.planned or asked.leaf.direction in ("lasting", "at_least_ago"):
        return True
    told_of_now = test.concept == "substance_abuse"
    return test.dated and not told_of_now and (asked.window is not None or asked.leaf.sense == "current")


def _by_lists(asked: Question, test: LeafTest) -> Told:
    """By lists of names: one that is told empty denies; what a list does not name is unknown."""
    told = {key: asked.facts.names(key) for key in test.lists}
    for key, names in told.items():
        others = [name for name in names or () if not own_illness(asked, name)]
        if others and plainly(asked, test):
            known = any(stands_for_its_list(key, name) for name in others)
            return Told(YES if known and not _undated(asked, test) else UNKNOWN, asked.facts.origin(key))
    if told and all(names == () for names in told.values()) and denied(asked, test):
        return Told(NO, asked.facts.origin(next(iter(told))))
    return Told(UNKNOWN, next(iter(told), None))
