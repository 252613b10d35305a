"""Chemotherapy: now, before, or within a time, by what was told of it or by the drugs that a person takes."""

from __future__ import annotations

from trialfinder.judge.answering.cancer_over import FREE, STATE, free_of_cancer
from trialfinder.judge.answering.cancers import TREATED
from trialfinder.judge.answering.denied_by_fact import plainly
from trialfinder.judge.answering.drugs import (
    MEDICATIONS,
    names_cytotoxic,
    only_names,
    takes_by_name,
    takes_named,
    vague,
)
from trialfinder.judge.answering.events_dated import sooner
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question, Told
from trialfinder.judge.leaf_tests import leaf_tests

_RADIATION = ("radiotherap*", "radiation", "irradiat*", "radio")
_CHEMO = (
    "chemo*", "cytotoxic", "cytostatic", "antineoplastic", "anticancer", "antitumor", "anti-cancer",
    "cancer treatment", "cancer therapy", "tumor treatment",
)  # fmt: skip


_PLAIN_CHEMO = ("chemo*", "cytotoxic", "cytostatic")
"""What is chemotherapy and nothing else; treatment of cancer may be by hormones or antibodies."""


def chemotherapy(asked: Question) -> Told:
    """Chemotherapy now, before, or within a window by the date of its end. Radiotherapy is not told."""
    facts, ever = asked.facts, asked.facts.flag("derived.chemotherapy_ever")
    radiation = asked.says(*_RADIATION)
    cytotoxic = names_cytotoxic(asked.words)
    chemo = cytotoxic or asked.says(*_CHEMO) or not asked.leaf.noun
    if cytotoxic and takes_named(asked) and asked.leaf.direction != "at_least_ago":
        return Told(UNKNOWN if vague(asked) else YES, MEDICATIONS)
    if takes_named(asked) and not asked.spared and any(only_names(drug, asked.leaf.noun) for drug in facts.drugs):
        return Told(UNKNOWN if asked.leaf.direction == "at_least_ago" else YES, MEDICATIONS)  # "thalidomide"
    if not asked.wanted and not asked.spared and asked.leaf.direction != "at_least_ago" and takes_by_name(asked):
        return Told(UNKNOWN if vague(asked) else YES, MEDICATIONS)
    now = asked.leaf.sense == "current" and asked.window is None and (radiation or (chemo and ever is UNKNOWN))
    if now and free_of_cancer(facts) and (ever is UNKNOWN or not chemo):
        return Told(NO, FREE)
    if radiation and not chemo:
        never = asked.facts.word(STATE) == "never" and not asked.planned
        washout = asked.wanted and asked.window is not None  # of who never had it, a pause asks nothing
        return Told(NO if never and not washout else UNKNOWN, STATE)
    if ever is NO:
        stopped = asked.wanted and asked.window is not None  # "stopped 4 weeks ago" asks nothing of who never had it
        plain = cytotoxic or asked.says(*_PLAIN_CHEMO) or not asked.leaf.noun
        other = not plain and facts.word("health.cancer") != "never"
        open_ = stopped or radiation or asked.planned or not chemo or other
        return Told(UNKNOWN if open_ else NO, TREATED)
    if ever is YES and asked.says("*naive", "*naïve", "untreated"):  # it was never given
        return Told(YES, TREATED)
    if ever is UNKNOWN and facts.word(STATE) == "never" and asked.says("cancer", "tumor", "anti*") and not asked.wanted:
        return Told(NO, STATE)  # what is only given against a cancer
    if ever is UNKNOWN or asked.planned or not plainly(asked, leaf_tests()["chemotherapy"]):
        return Told(UNKNOWN, TREATED)
    return _treated(asked, facts.word(TREATED))


def _treated(asked: Question, state: str) -> Told:
    if state == "active":
        done = asked.leaf.value == "completed" or asked.leaf.direction == "at_least_ago"
        return Told(NO if done else YES, TREATED)
    if asked.window is not None:
        span = asked.facts.span("derived.chemotherapy_ended")
        fact = asked.facts.origin("derived.chemotherapy_ended")
        if span is None:
            return Told(UNKNOWN, fact)
        within = sooner(span, asked.window)
        answer = ~within if asked.leaf.direction == "at_least_ago" else within
        over = state == "completed" and (asked.says(*_PLAIN_CHEMO) or not asked.leaf.noun)  # no other may go on
        return Told(UNKNOWN if answer is NO and not over else answer, fact)
    if asked.leaf.value == "completed" or asked.leaf.sense == "history":
        return Told(YES if state == "completed" or asked.leaf.sense == "history" else UNKNOWN, TREATED)
    if not asked.says(*_PLAIN_CHEMO):
        return Told(UNKNOWN, TREATED)  # another treatment of cancer may go on
    now = asked.leaf.sense == "current" or asked.leaf.value == "active" or asked.says("active", "current", "ongoing")
    return Told(NO if now and state == "completed" else UNKNOWN, TREATED)
