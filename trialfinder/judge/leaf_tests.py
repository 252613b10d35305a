"""The rows of ``data/tests.toml``, which says what its keys mean: what is true of a person when a thing is named."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.errors import InputError
from trialfinder.judge.nouns import mentions, stems
from trialfinder.person.facts import Facts
from trialfinder.person.implications import Test, needs_of
from trialfinder.person.profile_schema import schema
from trialfinder.person.spans import Span
from trialfinder.person.word_tables import refuse_unknown_keys


@dataclass(frozen=True, slots=True)
class Conditions:
    """Ways in which facts can settle something: one of the alternatives, all tests of it."""

    alternatives: tuple[Mapping[str, Test], ...]

    def fired(self, facts: Facts) -> str | None:
        """The key of a fact by which one of the alternatives holds; None when none does."""
        for needs in self.alternatives:
            if all(facts.get(key) is not None and test(facts.get(key)) for key, test in needs.items()):
                return facts.origin(next(iter(needs)))
        return None

    @property
    def key(self) -> str | None:
        """The fact that would settle it."""
        return next((key for needs in self.alternatives for key in needs), None)


@dataclass(frozen=True, slots=True)
class SpecialForm:
    """A special form (``says``), or a degree of the thing, with the facts that tell it."""

    says: tuple[str, ...]
    yes_if: Conditions
    no_if: Conditions
    ago: str
    """A fact in months, by which an event lies that long ago."""


@dataclass(frozen=True, slots=True)
class Number:
    """A measurement: ``says`` picks it by the leaf's words (() is the only or default one)."""

    says: tuple[str, ...]
    key: str
    units: tuple[str, ...]
    upper: Span | None
    """Where the upper limits of normal of laboratories lie; None when multiples of it decide nothing."""


@dataclass(frozen=True, slots=True)
class LeafTest:
    """One row."""

    concept: str
    fact: str
    plain: frozenset[str]
    mentions: tuple[str, ...]
    beyond: tuple[str, ...]
    forms: tuple[SpecialForm, ...]
    degrees: tuple[SpecialForm, ...]
    numbers: tuple[Number, ...]
    lists: tuple[str, ...]
    names: bool
    past: bool
    dated: bool
    exact: bool
    would: str


_KEYS = (
    "concept", "fact", "plain", "mentions", "beyond", "form", "degree", "number", "lists", "names", "past", "dated",
    "exact", "would", "yes", "no", "open",
)  # fmt: skip


def _conditions(raw: Any, path: Path, name: str) -> Conditions:
    rows: list[Mapping[str, Any]] = raw if isinstance(raw, list) else [raw] if raw else []
    return Conditions(tuple(needs_of(row, path, name) for row in rows))


def _words(raw: Mapping[str, Any], path: Path, name: str) -> SpecialForm:
    refuse_unknown_keys(path, raw, ("says", "yes_if", "no_if", "ago"), name)
    return SpecialForm(
        tuple(raw["says"]),
        _conditions(raw.get("yes_if"), path, name),
        _conditions(raw.get("no_if"), path, name),
        _key(raw.get("ago", ""), path, name),
    )


def _number(raw: Mapping[str, Any], path: Path, name: str) -> Number:
    refuse_unknown_keys(path, raw, ("says", "key", "units", "upper", "source"), name)
    upper = Span(*raw["upper"]) if "upper" in raw else None
    return Number(tuple(raw.get("says", ())), _key(raw["key"], path, name), tuple(raw["units"]), upper)


def _key(key: str, path: Path, name: str) -> str:
    if key and key not in schema() and not key.startswith("derived."):
        refuse_unknown_keys(path, {key: None}, schema(), name)
    return key


def read_test(raw: Mapping[str, Any], path: Path) -> LeafTest:
    """One row of the data file.

    Raises:
        InputError: a key is unknown or missing, or no profile can hold a fact.
    """
    name = raw.get("concept", "?")
    refuse_unknown_keys(path, raw, _KEYS, name)
    if "concept" not in raw:
        raise InputError(f"{path}: a test has no concept")
    return LeafTest(
        concept=name,
        fact=_key(raw.get("fact", ""), path, name),
        plain=frozenset(raw.get("plain", ())),
        mentions=tuple(raw.get("mentions", ())),
        beyond=tuple(raw.get("beyond", ())),
        forms=tuple(_words(row, path, name) for row in raw.get("form", ())),
        degrees=tuple(_words(row, path, name) for row in raw.get("degree", ())),
        numbers=tuple(_number(row, path, name) for row in raw.get("number", ())),
        lists=tuple(_key(key, path, name) for key in raw.get("lists", ())),
        names=bool(raw.get("names", False)),
        past=bool(raw.get("past", True)),
        dated=bool(raw.get("dated", False)),
        exact=bool(raw.get("exact", False)),
        would=raw.get("would", ""),
    )


@dataclass(frozen=True, slots=True)
class Common:
    """Words that every row shares."""

    harmless: frozenset[str]
    """Stems that say nothing about which form of a thing is meant."""
    narrowing: tuple[str, ...]
    """Words that a leaf may carry as narrowing although having the thing answers it all the same."""
    healthy: tuple[str, ...]
    ill: tuple[str, ...]


@functools.cache
def common() -> Common:
    """The words at the head of ``data/tests.toml``."""
    raw = load_toml(data_dir("tests.toml"))
    harmless = frozenset(stem for word in raw["harmless"] for stem in stems(word))
    return Common(harmless, tuple(raw["harmless_behind"]), tuple(raw["healthy"]), tuple(raw["ill"]))


@functools.cache
def leaf_tests() -> dict[str, LeafTest]:
    """All rows by their concept.

    Raises:
        InputError: the file is wrong or a concept comes twice.
    """
    path = data_dir("tests.toml")
    found: dict[str, LeafTest] = {}
    for raw in load_toml(path)["test"]:
        test = read_test(raw, path)
        if test.concept in found:
            raise InputError(f"{path}: {test.concept}: comes twice")
        found[test.concept] = test
    return found


def asks_health(words: str) -> bool:
    """Whether the words mean a healthy state ("adequate kidney function") and no illness."""
    return mentions(words, common().healthy) and not mentions(words, common().ill)
