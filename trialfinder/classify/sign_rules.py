"""Reads ``data/signs``: the rules of warning and protective signs, and the questions that no record answers."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import msgspec

from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import DataRow, load
from trialfinder.classify.study_text import StudyText, Zone
from trialfinder.classify.term_tables import mentions
from trialfinder.phrases.guards import Guard, PhraseRow

Strength = Literal["strong", "medium", "weak"]
STRENGTHS: tuple[Strength, ...] = ("strong", "medium", "weak")


class SignRule(PhraseRow, frozen=True, kw_only=True, eq=False):
    """One sign. Either ``says`` (with ``where``, ``needs``, ``unless``) or ``test`` (with ``with``) is set."""

    kind: ClassVar[str]
    strength: Strength
    """How much it tells."""
    why: str
    """Why it is a sign, in plain words."""
    source: str
    """Where that is written."""
    not_meaning: str
    """What it does not mean."""
    yes: tuple[Any, ...]
    """Texts, or fields of a study, that show the sign."""
    no: tuple[Any, ...]
    """Texts, or fields of a study, that do not."""
    question: str = ""
    """What to ask the study team."""
    news: bool = False
    """Whether a record that shows it for the first time is news, as every strong warning is."""
    cells_only: bool = False
    """Only for studies that give cells."""
    where: frozenset[Zone] = frozenset()
    """The fields in which the phrases count."""
    needs: tuple[str, ...] = ()
    """Literals of which one stands in or beside every wording."""
    unless: Guard | None = None
    """Words in the same sentence that take the sign away."""
    test: str = ""
    """A test of ``classify/sign_tests.py``, instead of phrases."""
    figures: Mapping[str, Any] = msgspec.field(name="with", default_factory=dict)
    """What the test takes."""

    def __post_init__(self) -> None:
        if bool(self.says) == bool(self.test):
            raise ValueError("needs either says or test")


class WarningSign(SignRule, frozen=True, eq=False):
    """A rule of ``data/signs/warning.toml``."""

    kind: ClassVar[str] = "warning"


class ProtectiveSign(SignRule, frozen=True, eq=False):
    """A rule of ``data/signs/protective.toml``."""

    kind: ClassVar[str] = "protective"


class WarningFile(DataRow, frozen=True):
    """``data/signs/warning.toml``."""

    sign: tuple[WarningSign, ...]
    """The rules."""


class ProtectiveFile(DataRow, frozen=True):
    """``data/signs/protective.toml``."""

    sign: tuple[ProtectiveSign, ...]
    """The rules."""


class StandingQuestion(DataRow, frozen=True):
    """Something that a record cannot show."""

    id: str
    """Short name."""
    ask: str
    """The sentence to say."""
    why: str
    """The reason for it."""


class StandingQuestions(DataRow, frozen=True):
    """``data/signs/questions.toml``."""

    question: tuple[StandingQuestion, ...]
    """The questions."""


class Approval(DataRow, frozen=True):
    """What is approved: nothing, as of a day and a source. Printed beside every study that gives cells."""

    statement: str
    """The sentence that is printed."""
    as_of: dt.date
    """The day on which it was looked up."""
    source: str
    """Where it is written."""
    url: str
    """Where to read it."""
    checked_against: str = ""
    """How it was looked up; not printed."""


@functools.cache
def rules() -> tuple[SignRule, ...]:
    """All rules, warnings first, in the order of the files.

    Raises:
        InputError: a file is damaged, a key unknown, a strength or zone no known word.
    """
    warnings = load(data_dir("signs", "warning.toml"), WarningFile).sign
    return (*warnings, *load(data_dir("signs", "protective.toml"), ProtectiveFile).sign)


@functools.cache
def standing_questions() -> tuple[StandingQuestion, ...]:
    """The questions that no record answers: price, permission, committee, laboratory, harm, other options."""
    return load(data_dir("signs", "questions.toml"), StandingQuestions).question


@functools.cache
def approval() -> Approval:
    """That no stem-cell therapy is approved for any neuropathy, with the day and the source."""
    return load(data_dir("approval.toml"), Approval)


Shown = tuple[str, str] | None


def shown_in_text(rule: SignRule, document: StudyText) -> Shown:
    """The field and the words of the record that show a sign that has phrases; None when none do."""
    for match in mentions(document, document.around(rule.needs), (rule,)):
        if match.passage.zone in rule.where and not (rule.unless and rule.unless.search(document.sentence(match))):
            return match.passage.field, match.quote()
    return None
