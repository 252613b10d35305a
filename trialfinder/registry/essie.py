"""Builds expressions in the registry's query language (Essie) so that a user's words stay words.

Syntax and limits: ``https://clinicaltrials.gov/find-studies/constructing-complex-search-queries``; that more than
twelve plain terms in one expression are "Too complicated" and that hyphens split terms has been observed, not
documented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from trialfinder.base import lazy_re as re
from trialfinder.errors import InputError

#: Observed: twelve plain terms pass, fourteen fail. Words inside a phrase are counted too, to be on the safe side.
MAX_TERMS = 12

_OPERATORS = frozenset(
    {"AND", "OR", "NOT", "AREA", "SEARCH", "RANGE", "DISTANCE", "COVERAGE", "COVER"}
    | {"EXPANSION", "TILT", "ALL", "MISSING", "MIN", "MAX"}
)
_WORD = re.compile(r"\w+")
_OPERAND = re.compile(r'\\.|"|\b(?:AREA|SEARCH|COVERAGE|COVER|EXPANSION|RANGE|DISTANCE|TILT)\[[^\]]*\]')


def phrase(text: str) -> str:
    """The text as one quoted phrase in which nothing is an operator.

    Raises:
        InputError: there is no letter or digit in it.
    """
    visible = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(visible.split())
    if not _WORD.search(line):
        raise InputError(f"nothing to search for in {line[:40]!r}; give at least one word")
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def any_of(terms: Iterable[str]) -> str:
    """Terms joined with OR; a term of several words is a phrase, a single plain word stands as it is."""
    return " OR ".join(_term(term) for term in terms)


def in_area(area: str, terms: Iterable[str]) -> str:
    """Terms joined with OR, each looked for in one area only."""
    return " OR ".join(f"AREA[{area}]{_term(term)}" for term in terms)


def all_of(terms: Iterable[str], also_in: str = "") -> str:
    """Every term must be there, each where the parameter looks or in the area ``also_in``."""
    phrases = [phrase(term) for term in terms]
    if also_in:
        phrases = [f"({each} OR AREA[{also_in}]{each})" for each in phrases]
    return " AND ".join(phrases)


def updated_since(day: dt.date) -> str:
    """Studies whose last update was posted on that day or later.

    A RANGE leaves out records that lack the field; those are asked for too, since a study without the date could
    otherwise never be refreshed.
    """
    return f"AREA[LastUpdatePostDate]RANGE[{day.isoformat()},MAX] OR AREA[LastUpdatePostDate]MISSING"


def terms(expression: str) -> int:
    """How many plain terms the registry counts: every word but operators; hyphens and apostrophes split words."""
    plain = _OPERAND.sub(" ", expression)
    return sum(1 for word in _WORD.findall(plain) if word not in _OPERATORS)


def check_length(expression: str, place: str) -> None:
    """Refuses here what the registry would refuse there.

    Raises:
        InputError: too many terms.
    """
    count = terms(expression)
    if count > MAX_TERMS:
        raise InputError(
            f"{place}: {count} words are too many for the registry, which takes {MAX_TERMS} in one expression "
            "(a hyphen makes two of one); leave some out, or make two searches"
        )


_JOINING = re.compile(r"\b(?:AND|OR|NOT)\b|\b[A-Z]{3,}\[")
_PAIRS = {"(": ")", "[": "]"}


def no_term(term: str, *, as_typed: bool = False) -> str:
    """Why a term of a list can hardly be meant as it stands; '' when nothing is odd.

    A term is looked for as a phrase, so that what joins terms in the registry's language is only a word in it, and no
    study has that phrase: the search finds nothing for ever, and nobody refuses it.

    Args:
        term: as it stands in the file.
        as_typed: it is sent as it stands, where what joins terms is meant.
    """
    joining = None if as_typed else _JOINING.search(term)
    if joining:
        return f"{joining[0].strip('[')} within a term is taken as a word; write each name as a term of its own"
    if any(term.count(opened) != term.count(closed) for opened, closed in _PAIRS.items()):
        return "a bracket is opened and not closed, or closed and not opened"
    return "a quote is opened and not closed" if term.count('"') % 2 else ""


def _term(term: str) -> str:
    return term if term.isalnum() and term not in _OPERATORS else phrase(term)
