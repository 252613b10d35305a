"""The words of severity of a thing, beside it or behind it as a clause, held against what a person told."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.answer import Answer, all_of, any_of
from trialfinder.judge.answering import cancers
from trialfinder.judge.answering.by_name import AS_IT_IS, NAMED, grave_in_itself, told_names
from trialfinder.judge.answering.nerve_grades import grade
from trialfinder.judge.asking import NO, UNKNOWN, YES, Question
from trialfinder.judge.leaf_tests import LeafTest, common, leaf_tests
from trialfinder.judge.names.illness_forms import forms_of
from trialfinder.judge.study_context import concepts_of
from trialfinder.reading.wording.nouns import mentions, same_thing, stems

_ALL_COURSES = {"acute", "chronic"}
"""Together they leave nothing out."""


def degree(asked: Question, test: LeafTest | None) -> Answer:
    """Whether the words of severity are true of the person, who has the thing; YES where there are none."""
    graded = {form for row in (test.degrees if test else ()) for form in row.says}
    words = [word for word in asked.leaf.severity if word.lower() not in AS_IT_IS or word.lower() in graded]
    if set(words) >= _ALL_COURSES:
        words = [word for word in words if word not in _ALL_COURSES]
    if not words:
        return YES
    grades = [found for word in words if (found := grade(asked, word)) is not None]
    if grades:
        words = [word for word in words if grade(asked, word) is None]
        return all_of([*grades, any_of(_one_degree(asked, test, word) for word in words) if words else YES])
    answers = [_one_degree(asked, test, word) for word in words]
    if YES in answers:
        return YES
    return NO if all(found is NO for found in answers) else UNKNOWN


_GRAVE = ("severe", "serious", "important", "major", "significant", "grave", "clinically significant")


def _named_grave(asked: Question, test: LeafTest | None, word: str) -> bool:
    """Whether the person named an illness of this kind that is grave in itself, such as lupus."""
    if test is None or not test.names:
        return False
    if word == "major" and not test.lists and grave_in_itself(asked, NAMED, "severe mental illness"):
        return True
    if not test.lists and word in ("severe", "grave"):
        return False  # "severe" often means "not under control"
    kind = leaf_tests()[test.concept].plain
    return grave_in_itself(asked, NAMED, "serious disease", kind) is not None


_SERIOUS = ("serious disease", "severe mental illness")


def grave_anyhow(asked: Question) -> bool:
    """Whether the person named an illness of a thing's kind that is grave in itself, or told that it is severe."""
    concept = asked.leaf.concept
    by_name = concept == "named_illness"  # no fact answers it but a name
    named = (name for _, name in told_names(asked.facts) if by_name or concept in concepts_of((name,)))
    return any(mentions(name, _GRAVE) or any(kind in forms_of(name) for kind in _SERIOUS) for name in named)


def degree_fact(asked: Question, test: LeafTest | None) -> str | None:
    """The fact that denies the words of severity."""
    rows = (row for row in (test.degrees if test else ()) if mentions(" ".join(asked.leaf.severity), row.says))
    return next((fact for row in rows if (fact := row.no_if.fired(asked.facts))), None)


def _one_degree(asked: Question, test: LeafTest | None, word: str) -> Answer:
    broad = test is not None and (
        stems(asked.leaf.noun)[-1:] == ("disease",) or same_thing(asked.leaf.noun, test.plain)
    )
    if broad and mentions(word, _GRAVE) and _named_grave(asked, test, word):
        return YES
    if cancers.tells_kind(asked, word):
        return YES
    for row in test.degrees if test else ():
        if mentions(word, row.says):
            if row.yes_if.fired(asked.facts):
                return YES
            if row.no_if.fired(asked.facts):
                return NO
    return UNKNOWN


def degree_behind(asked: Question, test: LeafTest, words: str) -> bool:
    """Whether a clause says no more than a degree that was told: hypertension "that is not controlled by drugs"."""
    said = words.lower()
    for row in test.degrees:
        for phrase in sorted(row.says, key=len, reverse=True):
            if " " not in phrase or not re.search(rf"\b{re.escape(phrase)}\b", said):
                continue
            if common().around_degree.issuperset(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", said.replace(phrase, " ", 1))):
                return row.yes_if.fired(asked.facts) is not None
    return False
