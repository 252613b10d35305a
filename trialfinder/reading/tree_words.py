"""The tree of a criterion in plain words, a line a node, indented: all of, one of, except, only if, not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from trialfinder.base.text import one_line
from trialfinder.base.tongue import say
from trialfinder.reading.plain import bounds_text, in_brackets, narrower, span_text, thing
from trialfinder.reading.tree import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Except,
    Group,
    Leaf,
    Node,
    Not,
    Unread,
    When,
)

_STEP = "  "
_TIMES = {
    "within": " in the last {span}",
    "at_least_ago": ", {span} or longer ago",
    "planned": " in the next {span}",
    "lasting": " for {span}",
}
_SENSES = {"history": ", now or ever", "planned": ", planned", "current": ", now", "": ""}
#: Words that go through ``say`` by a table, for the catalogues.
_DEGREES = (
    "active", "acute", "advanced", "chronic", "clinically significant", "complete", "end-stage", "important",
    "impaired", "incomplete", "major", "mild", "moderate", "poorly controlled", "progressive", "recurrent", "serious",
    "severe", "significant", "symptomatic", "uncontrolled", "unstable", "untreated",
)  # fmt: skip
FORMS = (*_TIMES.values(), *_SENSES.values(), *_DEGREES)


@dataclass(frozen=True, slots=True)
class Outline:
    """One line of a criterion in words, with the lines below it.

    ``kind`` is ``thing`` for what was understood, ``unread`` for the registry's own words, ``join`` for a line that
    joins those below. With ``only``, words of the registry, a thing is narrower than it is said here. ``own`` are the
    words in it that have no translation: the registry's.
    """

    words: str
    kind: Literal["thing", "unread", "join"]
    below: tuple[Outline, ...] = ()
    only: str = ""
    own: tuple[str, ...] = ()


def outline(text: str, node: Node, *, denied: bool = False) -> tuple[Outline, ...]:
    """A node in words: one line, or several where it says the parts of a node without words of their own."""
    match node:
        case Leaf():
            said = leaf_words(node)
            only = one_line(" … ".join(node.narrowing)).strip(" ,;.…")[:120]
            words = say("not: {thing}").format(thing=said) if denied else said
            return (Outline(words, "thing", only=only, own=_own(node, words)),)
        case Unread(start, end):
            return (Outline(one_line(text[start:end]), "unread"),)
        case Not(Leaf() as leaf):
            return outline(text, leaf, denied=True)
        case _:
            return tuple(made for title, parts in _titled(node) for made in _joined(text, title, parts))


def _joined(text: str, title: str, parts: tuple[Node, ...]) -> tuple[Outline, ...]:
    """The parts under their title; what two parts say in the same words is said once."""
    below = tuple(dict.fromkeys(line for part in parts for line in outline(text, part)))
    return (Outline(title, "join", below),) if title else below


def criterion_lines(text: str, criterion: Criterion) -> Iterator[str]:
    """One criterion: what must be true of a person for it to let them in."""
    if criterion.node is None:
        yield f'asks nothing: "{one_line(text[criterion.start : criterion.end])}"'
    else:
        yield from _lines(outline(text, criterion.node), "")


def _lines(outlined: tuple[Outline, ...], indent: str) -> Iterator[str]:
    for line in outlined:
        if line.kind == "unread":
            yield f'{indent}not read: "{line.words}"'
        else:
            only = f" [only: {line.only}]" if line.only else ""
            yield indent + line.words + (":" if line.kind == "join" else only)
            yield from _lines(line.below, indent + _STEP)


def _titled(node: Node) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """The parts of a node under the words that join them."""
    match node:
        case Not(part):
            yield say("not"), (part,)
        case AllOf(parts):
            yield say("all of"), parts
        case AnyOf(parts):
            yield say("one of"), parts
        case AtLeast(needed, parts):
            yield say("at least {n} of").format(n=needed), parts
        case Except(whole, spared):
            yield "", (whole,)
            yield say("except"), (spared,)
        case When(condition, part, _):
            yield say("only if"), (condition,)
            yield say("then"), (part,)
        case Group(name, subject, part):
            whom = say("for {group} (not the person who asks)") if subject == "other" else say("for {group}")
            yield whom.format(group=one_line(name)), (part,)


def leaf_words(leaf: Leaf) -> str:
    """One thing in plain words: "HbA1c less than 9 %", "cancer in the last 5 years, severe"."""
    limits = bounds_text(leaf.bounds) if leaf.bounds is not None else ""
    said = thing(leaf.concept, leaf.value, short=bool(limits))
    words = f"{said} {limits}" if limits else said
    if leaf.window_months is not None:
        words += say(_TIMES.get(leaf.direction, " in the last {span}")).format(span=span_text(leaf.window_months))
    elif not limits:
        words += say(_SENSES[leaf.sense])
    return words + in_brackets(narrower(leaf))


def _own(leaf: Leaf, said: str) -> tuple[str, ...]:
    words = (leaf.value.replace("_", " "), *narrower(leaf))
    return tuple(each for each in words if each and each in said and say(each) == each)
