"""The tree of a criterion in plain words, a line a node, indented: all of, one of, except, only if, not."""

from __future__ import annotations

from collections.abc import Iterator

from trialfinder.base.text import one_line
from trialfinder.reading.plain import bounds_text, span_text, thing
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
    "within": " in the last {}",
    "at_least_ago": ", {} or longer ago",
    "planned": " in the next {}",
    "lasting": " for {}",
}
_SENSES = {"history": ", now or ever", "planned": ", planned", "current": ", now", "": ""}


def criterion_lines(text: str, criterion: Criterion) -> Iterator[str]:
    """One criterion: what must be true of a person for it to let them in."""
    if criterion.node is None:
        yield f'asks nothing: "{one_line(text[criterion.start : criterion.end])}"'
    else:
        yield from _lines(text, criterion.node, "")


def _lines(text: str, node: Node, indent: str) -> Iterator[str]:
    match node:
        case Leaf():
            yield indent + leaf_words(node)
        case Unread(start, end):
            yield f'{indent}not read: "{one_line(text[start:end])}"'
        case Not(Leaf() as leaf):
            yield f"{indent}not: {leaf_words(leaf)}"
        case _:
            for title, parts in _titled(node):
                if title:
                    yield f"{indent}{title}:"
                for part in parts:
                    yield from _lines(text, part, indent + _STEP if title else indent)


def _titled(node: Node) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """The parts of a node under the words that join them."""
    match node:
        case Not(part):
            yield "not", (part,)
        case AllOf(parts):
            yield "all of", parts
        case AnyOf(parts):
            yield "one of", parts
        case AtLeast(needed, parts):
            yield f"at least {needed} of", parts
        case Except(whole, spared):
            yield "", (whole,)
            yield "except", (spared,)
        case When(condition, part, _):
            yield "only if", (condition,)
            yield "then", (part,)
        case Group(name, subject, part):
            yield f"for {one_line(name)}" + (" (not the person who asks)" if subject == "other" else ""), (part,)


def leaf_words(leaf: Leaf) -> str:
    """One thing in plain words: "HbA1c less than 9 %", "cancer in the last 5 years, severe"."""
    limits = bounds_text(leaf.bounds) if leaf.bounds is not None else ""
    said = thing(leaf.concept, leaf.value, short=bool(limits))
    words = f"{said} {limits}" if limits else said
    if leaf.window_months is not None:
        words += _TIMES.get(leaf.direction, " in the last {}").format(span_text(leaf.window_months))
    elif not limits:
        words += _SENSES[leaf.sense]
    if leaf.severity:
        words += f" ({', '.join(leaf.severity)})"
    if leaf.narrowing:
        words += f" [only: {one_line(' … '.join(leaf.narrowing))[:120]}]"
    return words
