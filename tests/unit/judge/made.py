"""Hand-made trees, studies and people, so that judging is tested without the reader."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec.structs import replace

from trialfinder.base.values import Age
from trialfinder.judge import CriterionAnswer, Judged, Verdict, judge
from trialfinder.person.profile import Profile
from trialfinder.person.read_profile import read_facts
from trialfinder.reading.nodes.tree import Bounds, Criterion, Leaf, Node, Not, Section, Unread, rebuilt
from trialfinder.study.model import Study

TODAY = dt.date(2026, 11, 20)
Part = tuple[str, Node | None, Section]
"""The words of a criterion, its node (offsets count within the words), its section."""


def person(**tables: dict[str, Any]) -> Profile:
    """A profile from tables, as in a file: ``person(diabetes={"hba1c": 8.2})``."""
    return Profile(read_facts(tables, "test"))


def bounds(low: float | None = None, high: float | None = None, unit: str = "", *, inclusive: bool = False) -> Bounds:
    """Limits of a number; not inclusive unless said."""
    return Bounds(low, inclusive, high, inclusive, unit)


def leaf(concept: str, noun: str = "", words: str = "", **more: Any) -> Leaf:
    """A leaf that stands on all of ``words`` (or on its noun) from their beginning."""
    values: dict[str, Any] = {
        "value": "",
        "bounds": None,
        "window_months": None,
        "direction": "within" if more.get("window_months") else "",
        "sense": "",
        "severity": (),
        "narrowing": (),
        "possible": False,
        "start": 0,
        "end": max(1, len(words or noun)),
        **more,
    }
    return Leaf(concept=concept, noun=noun, **values)


def bars(node: Node, words: str = "") -> Part:
    """What an exclusion describes, as a criterion."""
    return words or _words(node), Not(node), "exclusion"


def asks(node: Node, words: str = "") -> Part:
    """What an inclusion asks for, as a criterion."""
    return words or _words(node), node, "inclusion"


def unread(words: str) -> Part:
    """An inclusion of which nothing was understood."""
    return words, Unread(0, len(words)), "inclusion"


def _words(node: Node) -> str:
    return node.noun if isinstance(node, Leaf) and node.noun else "some words of the registry"


def text_of(*parts: Part) -> tuple[str, tuple[Criterion, ...]]:
    """Puts criteria below each other and moves all offsets to where they stand in the whole text."""
    text, criteria = "", []
    for words, node, section in parts:
        shift = len(text)

        def moved(node: Node, _denied: bool, shift: int = shift, most: int = len(words)) -> Node:
            if isinstance(node, Leaf | Unread):
                return replace(node, start=node.start + shift, end=min(node.end, most) + shift)
            return node

        made = None if node is None else rebuilt(node, moved)
        criteria.append(Criterion(section, made, shift, shift + len(words)))
        text += words + "\n"
    return text, tuple(criteria)


def study(text: str = "", **fields: Any) -> Study:
    """A study with this criteria text; ages as words ("18 Years")."""
    for key in ("minimum_age", "maximum_age"):
        if isinstance(fields.get(key), str):
            fields[key] = Age.parse(fields[key])
    return Study(nct_id="NCT01234567", eligibility_criteria=text, **fields)


def verdict(who: Profile, *parts: Part, **fields: Any) -> Verdict:
    """Judges made-up criteria."""
    text, criteria = text_of(*parts)
    return judge(study(text, **fields), criteria, who, TODAY)


def judged(who: Profile, *parts: Part, **fields: Any) -> Judged:
    """A study with made-up criteria and its verdict."""
    text, criteria = text_of(*parts)
    made = study(text, **fields)
    return Judged(made, criteria, judge(made, criteria, who, TODAY))


def one(who: Profile, part: Part, **fields: Any) -> CriterionAnswer:
    """The answer to the first leaf of one criterion."""
    return verdict(who, part, **fields).answers[-1]


def word(who: Profile, part: Part, **fields: Any) -> str:
    """``met``, ``not_met`` or ``unknown`` for the last leaf of one criterion."""
    return one(who, part, **fields).word
