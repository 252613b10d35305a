"""The patterns of ``data/patterns/*.toml``: what can be read, by which words, with examples."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import msgspec

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.base.typed_data import DataRow, Text, load, mistake, unknown
from trialfinder.phrases.guards import Guard, GuardedRow
from trialfinder.phrases.phrase_language import SaidPhrase
from trialfinder.phrases.phrase_parser import WrongPhraseError
from trialfinder.reading.readings import Effect, Section

Type = Literal["", "state", "illness", "symptom", "event", "drug", "procedure", "therapy", "ability", "measure"]


class Example(DataRow, frozen=True):
    """An example of a rule, with the reading it must give; what is left out is not checked."""

    text: str
    """The sentence."""
    section: Section = "exclusion"
    """The heading under which it stands."""
    pattern: str | None = None
    """The pattern that must be read, when it is not the row's own."""
    effect: Effect | None = None
    """Effect of the reading."""
    value: str | None = None
    """Value of the reading."""
    low: float | None = None
    """Lower limit."""
    low_inclusive: bool | None = None
    """Whether the lower limit itself is meant."""
    high: float | None = None
    """Upper limit."""
    high_inclusive: bool | None = None
    """Whether the upper limit itself is meant."""
    unit: str | None = None
    """Unit of the limits."""
    window_months: float | None = None
    """Months of the window."""

    @property
    def expected(self) -> dict[str, Any]:
        """What the reading must be, by the names of its fields."""
        told = msgspec.structs.asdict(self)
        return {key: value for key, value in told.items() if value is not None and key not in ("text", "section")}


class RuleRow(GuardedRow, frozen=True, kw_only=True):
    """One row of a pattern: words that state it, and what must or must not stand around them (CONTRIBUTING.md)."""

    says: tuple[str, ...]
    """The phrases."""
    value: str = ""
    """The value that they give."""
    case: bool = False
    """Capitals count (abbreviations such as MS or ALS)."""
    bound: str = ""
    """Id of the analyte that must have a number beside it; left out when words are enough."""
    head: str = ""
    """Name of the nouns that must follow or lead the word or its list ("disease" of "heart or kidney disease")."""
    needs: Guard | None = None
    """One of these stands anywhere in the item."""
    unless: Guard | None = None
    """None of these stands anywhere in the item."""
    section: Literal["", "inclusion", "exclusion"] = ""
    """Only under this heading."""
    effect: Effect | None = None
    """Always this effect."""
    window: bool | None = None
    """Takes a look-back or other time window; as the pattern when left out."""
    shift: bool = True
    """The reading is turned round by a negation; false for words that carry their own negation."""
    gap: int = 0
    """Most characters between the words and their number; 0 for the usual reach."""
    side: Literal["", "left", "right"] = ""
    """The words may stand only on this side of their number."""
    named: bool = False
    """The words themselves become the value (drugs, scales, named causes)."""
    low_is_bad: bool = False
    """Few points are bad on this scale: "60 or worse" is at most 60 (also on analytes)."""
    wide: bool = False
    """The words span half a sentence: what other rules find inside them is kept."""
    within: bool = False
    """ "within 6 months" behind the words is an upper bound, not a window."""
    yes: tuple[str | Example, ...] = ()
    """Sentences that it reads; a table says what the reading must be."""
    no: tuple[str, ...] = ()
    """Sentences that it does not read."""


class Rule(RuleRow, frozen=True, kw_only=True, eq=False):
    """A row that is ready for use; two are never the same."""

    pattern: str
    number: int
    """Counted from 1."""
    where: str
    """The file, pattern and row, for messages."""
    terms: tuple[SaidPhrase, ...]
    """The row's phrases."""
    window: bool = False
    yes: tuple[Example, ...] = ()


class PartRow(DataRow, frozen=True):
    """One of several things that a pattern's noun names together: the breastfeeding of "pregnancy or breastfeeding"."""

    plain: str
    """Noun for it alone."""
    words: tuple[str, ...]
    """Words that mean it, of which none means another part; a star stands for any ending."""


class PatternRow(DataRow, frozen=True, kw_only=True):
    """One id of the catalogue."""

    id: str
    """As in the catalogue."""
    says: str
    """What it reads, in a few words."""
    rule: tuple[RuleRow, ...]
    """The rows."""
    type: Type = ""
    """What kind of thing it is, which decides what a time beside it means: an illness or symptom that has lasted has a
    duration, an event, procedure or drug a look-back window, a drug or therapy also a time that it has been taken."""
    unit: str = ""
    """Unit of its bounds."""
    polarity: Literal["section", "require", "exclude"] = "section"
    """``section``: the section and negations decide the effect; ``require``, ``exclude``: always this one."""
    usual: Effect = "exclude"
    """Effect where the section is unknown."""
    window: bool = False
    """Takes a look-back or other time window."""
    plain: str = ""
    """Noun for sentences in plain words, "must not have {plain}"; as ``says`` when left out."""
    plain_of: Mapping[str, Text] = msgspec.field(default_factory=dict)
    """Nouns for its values that are things of their own: osteomyelitis is no ulcer."""
    whole_kind: bool = False
    """Its nouns name a whole kind, of which a criterion often means one: "heart disease" for an infarction. Then the
    criterion's own word is told, too."""
    whole: tuple[str, ...] = ()
    """Words each of which means all that ``plain`` names, where they are not those of ``plain`` itself: "malignan*" of
    "cancer". What a criterion names by other words may be less, and that is told beside it."""
    parts: tuple[PartRow, ...] = ()
    """The several things that ``plain`` names, each with a noun of its own: a criterion that means one is called so."""


class Pattern(PatternRow, frozen=True, kw_only=True):
    """One id of the catalogue with its rules."""

    rules: tuple[Rule, ...]

    @property
    def examples(self) -> tuple[str, ...]:
        """Example sentences, in the order of the file."""
        return tuple(e.text for r in self.rules for e in r.yes)


class PatternFile(DataRow, frozen=True):
    """A file of ``data/patterns``."""

    pattern: tuple[PatternRow, ...] = ()
    """The patterns."""


def row_terms(row: RuleRow, path: Path, steps: Sequence[str | int]) -> tuple[SaidPhrase, ...]:
    """The phrases of a row, which stands at ``steps`` in the file.

    Raises:
        InputError: a phrase is broken.
    """
    if not row.says:
        raise mistake(path, (*steps, "says"), "is empty; give at least one phrase", load_toml(path))
    try:
        return tuple(SaidPhrase(phrase, case=row.case) for phrase in row.says)
    except WrongPhraseError as error:
        raise mistake(path, (*steps, "says"), str(error), load_toml(path)) from None


def _pattern(row: PatternRow, path: Path, number: int) -> Pattern:
    rules = []
    values = {each.value for each in row.rule if each.value}
    for value in row.plain_of.keys() - values:
        raise mistake(path, ("pattern", number, "plain_of", value), unknown("value of a row", value, values))
    for index, each in enumerate(row.rule):
        told = {name: getattr(each, name) for name in RuleRow.__struct_fields__}
        told["yes"] = tuple(Example(e) if isinstance(e, str) else e for e in each.yes)
        told["window"] = row.window if each.window is None else each.window
        where = f"{path.name}: pattern {row.id}, row {index + 1}"
        terms = row_terms(each, path, ("pattern", number, "rule", index))
        rules.append(Rule(pattern=row.id, number=index + 1, where=where, terms=terms, **told))
    told = {name: getattr(row, name) for name in PatternRow.__struct_fields__}
    return Pattern(**(told | {"plain": row.plain or row.says, "rules": tuple(rules)}))


def read_patterns(folder: Path) -> dict[str, Pattern]:
    """Reads every pattern file of a folder; the ids in the order of the files' names.

    Raises:
        InputError: a file has an unknown key, a broken phrase, or an id twice.
    """
    found: dict[str, Pattern] = {}
    for path in sorted(folder.glob("*.toml")):
        for number, row in enumerate(load(path, PatternFile).pattern):
            if row.id in found:
                raise mistake(path, ("pattern", number), f"{row.id!r} is there twice; put its rows together")
            found[row.id] = _pattern(row, path, number)
    return found


SINGLE_INFECTIONS = frozenset({"hiv", "hepatitis_b", "hepatitis_c", "syphilis", "tuberculosis"})
"""Infections with one germ each: who has one of them has no other one by that."""


def type_of(concept: str) -> str:
    """What kind of thing a concept is (``PatternRow.type``); '' for one that the catalogue does not hold."""
    pattern = load_patterns().get(concept)
    return pattern.type if pattern is not None else ""


@functools.cache
def load_patterns() -> Mapping[str, Pattern]:
    """The catalogue, by id. Read once."""
    return MappingProxyType(read_patterns(data_dir("patterns")))
