"""Reads ``data/signs``: the rules of warning and protective signs, and the questions that no record answers."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trialfinder.base.resources import data_dir, load_toml
from trialfinder.classify.study_text import Zone
from trialfinder.classify.term_tables import check_keys, compiled
from trialfinder.errors import InputError

STRENGTHS = ("strong", "medium", "weak")
_KEYS = {
    *("id", "strength", "where", "pattern", "needs", "unless", "test", "with", "cells_only"),
    *("question", "why", "source", "not_meaning", "yes", "no"),
}
_REQUIRED = {"id", "strength", "why", "source", "not_meaning", "yes", "no"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One sign. Either ``pattern`` (with ``where``, ``needs``, ``unless``) or ``test`` (with ``figures``) is set."""

    id: str
    kind: str
    strength: str
    why: str
    source: str
    not_meaning: str
    question: str
    cells_only: bool
    where: frozenset[Zone]
    pattern: re.Pattern[str] | None
    needs: tuple[str, ...]
    unless: re.Pattern[str] | None
    test: str
    figures: Mapping[str, Any]
    yes: tuple[Any, ...]
    no: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a record cannot show; ``ask`` is the sentence to say, ``why`` the reason for it."""

    id: str
    ask: str
    why: str


@dataclass(frozen=True, slots=True)
class Approval:
    """What is approved: nothing, as of a day and a source. Printed beside every study that gives cells."""

    statement: str
    as_of: dt.date
    source: str
    url: str


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All rules, warnings first, in the order of the files.

    Raises:
        InputError: a file is damaged, a key unknown, a strength or zone no known word.
    """
    found = []
    for kind in ("warning", "protective"):
        path = data_dir("signs", f"{kind}.toml")
        for number, row in enumerate(load_toml(path).get("sign", []), start=1):
            found.append(_read(row, kind, f"{path}, row {number}"))
    return tuple(found)


def _read(row: Mapping[str, Any], kind: str, place: str) -> Rule:
    check_keys(row, _KEYS, _REQUIRED, place)
    if row["strength"] not in STRENGTHS:
        raise InputError(f"{place}: strength must be one of {', '.join(STRENGTHS)}")
    if ("pattern" in row) == ("test" in row):
        raise InputError(f"{place}: needs either pattern or test")
    try:
        where = frozenset(Zone(zone) for zone in row.get("where", ()))
    except ValueError as error:
        raise InputError(f"{place}: where: {error}") from error
    return Rule(
        id=str(row["id"]),
        kind=kind,
        strength=str(row["strength"]),
        why=str(row["why"]),
        source=str(row["source"]),
        not_meaning=str(row["not_meaning"]),
        question=str(row.get("question", "")),
        cells_only=bool(row.get("cells_only", False)),
        where=where,
        pattern=compiled(row["pattern"], place) if "pattern" in row else None,
        needs=tuple(row.get("needs", ())),
        unless=compiled(row["unless"], place) if "unless" in row else None,
        test=str(row.get("test", "")),
        figures=dict(row.get("with", {})),
        yes=tuple(row["yes"]),
        no=tuple(row["no"]),
    )


@functools.cache
def standing_questions() -> tuple[Question, ...]:
    """The questions that no record answers: price, permission, committee, laboratory, harm, other options."""
    rows = load_toml(data_dir("signs", "questions.toml"))["question"]
    return tuple(Question(row["id"], row["ask"], row["why"]) for row in rows)


@functools.cache
def approval() -> Approval:
    """That no stem-cell therapy is approved for any neuropathy, with the day and the source."""
    found = load_toml(data_dir("approval.toml"))
    return Approval(found["statement"], found["as_of"], found["source"], found["url"])
