"""The patterns of ``data/patterns/*.toml``: what can be read, by which words, with examples."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.errors import InputError
from trialfinder.reading.phrases import Guard, term_expression
from trialfinder.reading.readings import Effect
from trialfinder.reading.term_files import allow_keys, strings

Type = Literal["", "state", "illness", "symptom", "event", "drug", "procedure", "therapy", "ability", "measure"]
_TYPES = frozenset(get_args(Type))
Polarity = Literal["section", "require", "exclude"]
_PATTERN_KEYS = {"id", "says", "type", "unit", "polarity", "usual", "window", "plain", "plain_of", "rule"}
_RULE_KEYS = {
    "value",
    "says",
    "case",
    "bound",
    "head",
    "needs",
    "unless",
    "before",
    "after",
    "not_before",
    "not_after",
    "section",
    "effect",
    "window",
    "shift",
    "gap",
    "side",
    "named",
    "wide",
    "within",
    "yes",
    "no",
}
_EXAMPLE_KEYS = {
    "text",
    "section",
    "pattern",
    "effect",
    "value",
    "low",
    "low_inclusive",
    "high",
    "high_inclusive",
    "unit",
    "window_months",
}
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a rule, with the reading it must give ('' or None: not checked)."""

    text: str
    section: str
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One row of a pattern: words that state it, and what must or must not stand around them."""

    pattern: str
    number: int
    where: str
    terms: tuple[str, ...]
    """An expression for each of the row's phrases, made by the program; the end of the last word is not in it."""
    value: str
    case: bool
    """Capitals count (abbreviations such as MS or ALS)."""
    bound: str
    """Id of the analyte that must have a number beside it; '' when words are enough."""
    head: str
    """Name of the nouns that must follow or lead the word or its list ("disease" of "heart or kidney disease")."""
    needs: Guard | None
    unless: Guard | None
    before: Guard | None
    after: Guard | None
    not_before: Guard | None
    not_after: Guard | None
    section: str
    effect: Effect | None
    window: bool
    shift: bool
    """The reading is turned round by a negation; False for words that carry their own negation."""
    gap: int
    """Most characters between the words and their number; 0 for the usual reach."""
    side: str
    """'left' or 'right': the words may stand only on this side of their number; '' for both."""
    named: bool
    """The words themselves become the value (drugs, scales, named causes)."""
    wide: bool
    """The words span half a sentence: what other rules find inside them is kept."""
    within: bool
    """ "within 6 months" behind the words is an upper bound, not a window."""
    yes: tuple[Example, ...]
    no: tuple[str, ...]

    def fits(self, lower: str, start: int, end: int) -> bool:
        """Whether what stands around the words lets the rule speak."""
        if self.before is not None and not self.before.search(lower[max(0, start - _AROUND) : start]):
            return False
        if self.after is not None and not self.after.match(lower, end):
            return False
        if self.not_before is not None and self.not_before.search(lower[max(0, start - _AROUND) : start]):
            return False
        return self.not_after is None or not self.not_after.match(lower, end)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One id of the catalogue."""

    id: str
    says: str
    """What it reads, in a few words."""
    unit: str
    """Unit of its bounds; '' when it has none."""
    polarity: Polarity
    """``section``: the section and negations decide the effect; ``require``, ``exclude``: always this one."""
    usual: Effect
    """Effect where the section is unknown."""
    window: bool
    """Takes a look-back or other time window."""
    type: Type
    """What kind of thing it is, which decides what a time beside it means: an illness or symptom that has lasted has a
    duration, an event, procedure or drug a look-back window, a drug or therapy also a time that it has been taken."""
    plain: str
    """Noun for sentences in plain words: "must not have {plain}"."""
    plain_of: Mapping[str, str]
    """Nouns for its values that are things of their own: osteomyelitis is no ulcer."""
    rules: tuple[Rule, ...]

    @property
    def examples(self) -> tuple[str, ...]:
        """Example sentences, in the order of the file."""
        return tuple(e.text for r in self.rules for e in r.yes)


def _examples(row: dict[str, Any], where: str) -> tuple[Example, ...]:
    found: list[Example] = []
    for entry in row.get("yes", []):
        if isinstance(entry, str):
            found.append(Example(entry, "exclusion", MappingProxyType({})))
            continue
        allow_keys(entry, _EXAMPLE_KEYS, f"{where}: yes")
        if "text" not in entry:
            raise InputError(f"{where}: an example in yes has no text")
        expected = {k: v for k, v in entry.items() if k not in {"text", "section"}}
        found.append(Example(entry["text"], entry.get("section", "exclusion"), MappingProxyType(expected)))
    return tuple(found)


def _phrases_of(row: Any, where: str) -> tuple[str, ...]:
    """What a row says; tells a row of old, of an unknown key, or without a phrase."""
    if isinstance(row, dict) and "terms" in row:
        raise InputError(
            f"{where}: terms is called says now, and holds phrases instead of expressions: CONTRIBUTING.md"
        )
    allow_keys(row, _RULE_KEYS, where)
    says = strings(row, "says", where)
    if not says:
        raise InputError(f"{where}: says is missing; give at least one phrase")
    return says


def _rule(row: Any, pattern: str, number: int, window: bool, file: str) -> Rule:
    where = f"{file}: {pattern}, row {number}"
    says = _phrases_of(row, where)
    case = bool(row.get("case", False))

    def around(key: str) -> Guard | None:
        return Guard(key, strings(row, key, where), where) if key in row else None

    return Rule(
        pattern,
        number,
        where,
        tuple(term_expression(phrase, where, case=case) for phrase in says),
        row.get("value", ""),
        case,
        row.get("bound", ""),
        row.get("head", ""),
        around("needs"),
        around("unless"),
        around("before"),
        around("after"),
        around("not_before"),
        around("not_after"),
        row.get("section", ""),
        cast("Effect | None", row.get("effect")),
        row.get("window", window),
        row.get("shift", True),
        int(row.get("gap", 0)),
        row.get("side", ""),
        bool(row.get("named", False)),
        bool(row.get("wide", False)),
        bool(row.get("within", False)),
        _examples(row, where),
        strings(row, "no", where),
    )


def _pattern(row: Any, file: str) -> Pattern:
    where = f"{file}: pattern {row.get('id', '?') if isinstance(row, dict) else '?'}"
    allow_keys(row, _PATTERN_KEYS, where)
    for key in ("id", "says", "rule"):
        if key not in row:
            raise InputError(f"{where}: {key} is missing")
    if row.get("type", "") not in _TYPES:
        raise InputError(f"{where}: type is {row['type']!r}; use one of {', '.join(sorted(_TYPES - {''}))}")
    window = bool(row.get("window", False))
    rules = tuple(_rule(r, row["id"], n, window, file) for n, r in enumerate(row["rule"], 1))
    return Pattern(
        row["id"],
        row["says"],
        row.get("unit", ""),
        row.get("polarity", "section"),
        row.get("usual", "exclude"),
        window,
        row.get("type", ""),
        row.get("plain", row["says"]),
        MappingProxyType(_plain_of(row, rules, where)),
        rules,
    )


def _plain_of(row: dict[str, Any], rules: tuple[Rule, ...], where: str) -> dict[str, str]:
    found = row.get("plain_of", {})
    if not isinstance(found, dict) or not all(isinstance(noun, str) and noun for noun in found.values()):
        raise InputError(f"{where}: plain_of must be a table of values and their nouns")
    if unused := found.keys() - {rule.value for rule in rules}:
        raise InputError(f"{where}: plain_of names {min(unused)!r}, which is the value of no row")
    return found


def read_patterns(folder: Path) -> dict[str, Pattern]:
    """Reads every pattern file of a folder; the ids in the order of the files' names.

    Raises:
        InputError: a file has an unknown key, a broken expression, or an id twice.
    """
    found: dict[str, Pattern] = {}
    for path in sorted(folder.glob("*.toml")):
        table = load_toml(path)
        allow_keys(table, {"pattern"}, str(path))
        for row in table.get("pattern", []):
            pattern = _pattern(row, path.name)
            if pattern.id in found:
                raise InputError(f"{path}: pattern {pattern.id!r} is there twice; put its rows together")
            found[pattern.id] = pattern
    return found


@functools.cache
def load_patterns() -> Mapping[str, Pattern]:
    """The catalogue, by id. Read once."""
    return MappingProxyType(read_patterns(data_dir("patterns")))
