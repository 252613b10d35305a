"""The tree of a criterion in plain words, a line a node, indented: all of, one of, except, only if, not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from trialfinder.base.text import one_line, shorten
from trialfinder.base.tongue import say, theirs
from trialfinder.reading.amounts.numbers import quantities
from trialfinder.reading.amounts.units import load_units
from trialfinder.reading.nodes.tree import (
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
    doubtful,
    leaves,
    span,
    walk,
)
from trialfinder.reading.telling.plain import (
    DOUBTED,
    EXCEPTED,
    bounds_text,
    in_brackets,
    less_by,
    name_of,
    narrower,
    span_text,
    thing,
)
from trialfinder.reading.vocabulary.patterns import load_patterns

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
FORMS = (*_TIMES.values(), *_SENSES.values(), *_DEGREES, "; only: {words}")
_MOST_BESIDE = 120


@dataclass(frozen=True, slots=True)
class Outline:
    """One line of a criterion in words, with the lines below it.

    ``kind`` is ``thing`` for what was understood, ``unread`` for the registry's own words, ``join`` for a line that
    joins those below. With ``only``, words of the registry, a thing is narrower than it is said here.
    """

    words: str
    kind: Literal["thing", "unread", "join"]
    below: tuple[Outline, ...] = ()
    only: str = ""


def outline(text: str, node: Node, *, denied: bool = False) -> tuple[Outline, ...]:
    """A node in words: one line, or several where it says the parts of a node without words of their own."""
    match node:
        case Leaf():
            said = leaf_words(node)
            words = say("not: {thing}").format(thing=said) if denied else said
            return (Outline(words, "thing", only=less_by(node)),)
        case Unread(start, end):
            return (Outline(one_line(text[start:end]).lstrip(' ,;:"“”'), "unread"),)
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
            words = doubtful(node)
            yield (
                (say("except"), (spared,))
                if words is None
                else (say("may bar as well, the sentence is not clear"), (words,))
            )
        case When(condition, part, _):
            yield say("only if"), (condition,)
            yield say("then"), (part,)
        case Group(name, subject, part):
            whom = say("for {group} (not the person who asks)") if subject == "other" else say("for {group}")
            yield whom.format(group=theirs(one_line(name))), (part,)


def leaf_words(leaf: Leaf) -> str:
    """One thing in plain words: "HbA1c less than 9 %", "cancer in the last 5 years, severe"."""
    limits = bounds_text(leaf.bounds) if leaf.bounds is not None else ""
    if limits:
        return f"{thing(leaf.concept, leaf.value, short=True)} {limits}{_time_words(leaf)}{in_brackets(narrower(leaf))}"
    return name_of(leaf) + _time_words(leaf)


def _time_words(leaf: Leaf) -> str:
    if leaf.window_months is not None:
        return say(_TIMES.get(leaf.direction, " in the last {span}")).format(span=span_text(leaf.window_months))
    return say(_SENSES[leaf.sense]) if leaf.bounds is None else ""


class Asked(NamedTuple):
    """One thing of a criterion, for pages that go thing by thing.

    ``wanted``: the study asks for it; otherwise it bars. ``loose``: it decides only together with others: one of
    several is asked for, or several bar together. ``beside``: what an exception or a condition says of it, in words.
    """

    leaf: Leaf
    wanted: bool
    loose: bool
    beside: str

    @property
    def name(self) -> str:
        """The thing without its number and time: "HbA1c", "liver disease (severe)"."""
        return name_of(self.leaf)

    @property
    def is_less(self) -> bool:
        """Whether the sentence means less than the name says."""
        return bool(less_by(self.leaf))

    @property
    def limit(self) -> str:
        """What the study says of it: "must be less than 9 %", "excludes in the last 5 years; except: skin cancer"."""
        if self.leaf.bounds is not None:
            form = say("must be {bounds}") if self.wanted else say("excludes if {bounds}")
            said = form.format(bounds=bounds_text(self.leaf.bounds))
        else:
            said = say("required") if self.wanted else say("excludes")
        if self.loose:
            form = say("one of several: {limit}") if self.wanted else say("only together with more: {limit}")
            said = form.format(limit=said)
        narrow = f" ({say('narrower than this: see the sentence')})" if self.is_less else ""
        return said + _time_words(self.leaf) + self.beside + narrow


_USUAL = frozenset({"general_health", "consent", "follow_up", "other_trial", "realistic_expectations", "contraception"})


def is_usual(things: Iterable[Asked]) -> bool:
    """Whether nearly every study asks these in nearly the same words: they are told last, and cut off first."""
    return all(each.leaf.concept in _USUAL for each in things)


def asked(text: str, node: Node, *, wanted: bool = True, loose: bool = False, beside: str = "") -> Iterator[Asked]:
    """What a node asks of the person, thing by thing; not what is spared or says for whom it holds."""
    match node:
        case Leaf():
            yield Asked(node, wanted, loose, _odd_unit(text, node) + beside)
        case Not(part):
            yield from asked(text, part, wanted=not wanted, loose=loose, beside=beside)
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            loose = loose or isinstance(node, AtLeast) or isinstance(node, AllOf) is not wanted
            for part in parts:
                yield from asked(text, part, wanted=wanted, loose=loose, beside=beside)
        case Except(whole, spared):
            form = DOUBTED if doubtful(node) else EXCEPTED
            yield from asked(text, whole, wanted=wanted, loose=loose, beside=beside + _quoted(form, text, spared))
        case When(condition, part, _):
            beside += _quoted("; only: {words}", text, condition)
            yield from asked(text, part, wanted=wanted, loose=loose, beside=beside)
        case Group(_, "participant", part):
            yield from asked(text, part, wanted=wanted, loose=loose, beside=beside)


def _odd_unit(text: str, leaf: Leaf) -> str:
    """The record's own number where its unit cannot be and was read as the usual one; '' otherwise."""
    pattern = load_patterns().get(leaf.concept)
    if leaf.bounds is None or pattern is None:
        return ""
    analytes = load_units().analytes
    of = {
        rule.bound for rule in pattern.rule if rule.bound in analytes and (not leaf.value or rule.value == leaf.value)
    }
    slips = {unit for name in of if analytes[name].unit == leaf.bounds.unit for unit in analytes[name].slips}
    said = text[leaf.start : leaf.end]
    odd = [said[q.start : q.end] for q in quantities(said.lower()) if q.unit in slips] if slips else []
    words = theirs(one_line(" / ".join(dict.fromkeys(odd))))
    return say(" (the record says “{words}”)").format(words=words) if odd else ""


def not_understood(node: Node) -> list[Unread]:
    """The parts of a node that were not understood, without what is told of as doubtful beside a thing."""
    known = {(leaf.start, leaf.end) for leaf in leaves(node)}
    return [part for part in walk(node) if isinstance(part, Unread) and (part.start, part.end) not in known]


def _quoted(form: str, text: str, node: Node) -> str:
    start, end = span(node) or (0, 0)
    return say(form).format(words=theirs(shorten(one_line(text[start:end]).strip(" ,;:\"'“”"), _MOST_BESIDE)))
