"""The tree of a criterion as it is asked of one person: words that nobody read, but that a fact answers all the same.

The catalogue will never hold every thing, and a profile tells some that it does not hold (can read, has a carer). Where
the words that were left over say exactly such a thing, and no more, they are a leaf of their own (``unread`` in
``data/tests.toml``). Things that only together are what a fact tells ("a clot in a leg or in the lung") become one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from trialfinder.judge.changed import changed
from trialfinder.judge.controlled import with_control
from trialfinder.judge.denied_lists import with_denied_lists
from trialfinder.judge.drugs_told import listed_drugs, with_drugs
from trialfinder.judge.leaf_tests import LeafTest, common, leaf_tests
from trialfinder.judge.less_than_named import with_less
from trialfinder.judge.measured_by import without_methods
from trialfinder.judge.named_unread import with_named
from trialfinder.judge.nerve_grades import with_toxicity
from trialfinder.judge.nouns import mentions, same_thing
from trialfinder.judge.said_abilities import with_abilities
from trialfinder.judge.sayings import said_by
from trialfinder.judge.shared_heads import with_shared_heads
from trialfinder.judge.spared_cancers import spared_cancers
from trialfinder.person.facts import Facts
from trialfinder.reading.joining import narrowed
from trialfinder.reading.tree import AllOf, AnyOf, Leaf, Node, Not, Unread, leaves, plain_leaf, rebuilt, walk

_LONGEST = 140
"""Characters of unread words that are looked at; longer stretches are sentences."""


def retold(node: Node, text: str, facts: Facts) -> Node:
    """The tree with what a fact of the person can answer in it."""
    node = with_named(with_denied_lists(with_shared_heads(node, text), text), text, facts)
    node = with_shared_heads(node, text)
    node = with_drugs(node, text, facts)
    for change in _CHANGES:
        node = change(node, text)
    return node


def _said_by_all(node: Node, text: str) -> Node:
    """A criterion of which nothing was read: what all of its words say."""
    inner = node.part if isinstance(node, Not) else node
    parts = list(walk(inner))
    if len(parts) < 2 or not all(isinstance(part, Unread | AllOf | AnyOf) for part in parts):
        return node
    spans = [part for part in parts if isinstance(part, Unread)]
    start, end = min(part.start for part in spans), max(part.end for part in spans)
    found = _of_words(text, start, end)
    return node if found is None else Not(found) if isinstance(node, Not) else found


def _each(node: Node, text: str) -> Node:
    def change(part: Unread) -> Node:
        found = _of_words(text, part.start, part.end)
        if isinstance(found, Leaf) and any(x.bounds and x.concept == found.concept for x in leaves(node)):
            return part  # "obesity, BMI > 40": the number says what is meant
        return found or listed_drugs(text, part) or part

    return changed(node, Unread, change)


_EITHER_SEX = re.compile(
    r"(?:both |either |adult |any )*(?:male|man|men|female|wom[ae]n)s?(?: patients?| subjects?)?"
    r" ?(?:,|or|and|/|and/or) ?(?:male|man|men|female|wom[ae]n)s?(?: patients?| subjects?| participants?| adults?)?"
    r"|(?:both|any|either) (?:sex|sexes|gender|genders)"
)


_HEADING = re.compile(r"\W*(?:medications?|drugs?|medicines?)\W*", re.IGNORECASE)
"""A line of one word is the heading of something that stands elsewhere; it names no drug."""


def _of_words(text: str, start: int, end: int) -> Node | None:
    if end - start > _LONGEST or _HEADING.fullmatch(text, start, end):
        return None
    words = " ".join(re.sub(r"[^\w%<>=.,/'-]+", " ", text[start:end].lower()).split())
    if _EITHER_SEX.fullmatch(words):
        return plain_leaf("sex", words, start, end, value="any")
    said = said_by(words)
    if said is None:
        return None
    leaf = plain_leaf(said[0], words, start, end)
    return Not(leaf) if said[1] else leaf


def _united(node: Node, text: str) -> Node:
    """Members of a list that together are what one fact tells, as one leaf."""

    def change(part: AnyOf) -> Node:
        made: Node = part
        for test in _joining_tests():
            made = _one_of_many(made, test, text) if isinstance(made, AnyOf) else made
        return made

    return changed(node, AnyOf, change)


@functools.cache
def _joining_tests() -> tuple[LeafTest, ...]:
    return tuple(test for test in leaf_tests().values() if test.together)


def _one_of_many(node: AnyOf, test: LeafTest, text: str) -> Node:
    for whole, each in test.together.items():
        found = [next((p for p in node.parts if _is_one(p, test, names, text)), None) for names in each]
        first = next((part for part in found if isinstance(part, Leaf)), None)
        if first is None or any(part is None for part in found):
            continue
        made = Leaf(
            test.concept, first.value, whole, None, first.window_months, first.direction, first.sense, first.severity,
            (), first.possible, first.start, first.end,
        )  # fmt: skip
        parts = tuple(made if part is first else part for part in node.parts if part is first or part not in found)
        return parts[0] if len(parts) == 1 else AnyOf(parts)
    return node


def _is_one(part: Node, test: LeafTest, names: Iterable[str], text: str) -> bool:
    if isinstance(part, Leaf):
        plain = part.concept == test.concept and part.bounds is None and not part.narrowing
        return plain and same_thing(part.noun, frozenset(names), common().harmless)
    return isinstance(part, Unread) and same_thing(text[part.start : part.end], frozenset(names), common().harmless)


_GIVEN = frozenset({"immunosuppression", "other_medication", "opioid_use"})
_ON_THE_SPOT = re.compile(
    r"\W*(?:or|and|and/or|/)\s+(?:other|any|another)?\s*(?:\w+\s+)?(?:infiltrat|inject|block)", re.IGNORECASE
)


def _injected(node: Node, text: str) -> Node:
    """ "Steroid or other infiltration": what is injected on the spot is no tablet."""

    def change(part: Leaf) -> Node:
        if part.concept not in _GIVEN or not part.noun:
            return part
        at = text.lower().find(part.noun, part.start)
        local = at >= 0 and _ON_THE_SPOT.match(text, at + len(part.noun))
        return narrowed(part, ("injection",)) if local else part

    return changed(node, Leaf, change)


_GRADES = (
    "new york heart association",
    "nyha",
    "class i*",
    "class 2",
    "class 3",
    "class 4",
    "child pugh",
    "child-pugh",
    "fontaine",
    "rutherford",
    "stage i*",
)


def _with_grades(node: Node, _text: str) -> Node:
    """ "Heart disease (NYHA III, IV)": a grade in a list is a grade of the thing before it, and no thing of its own."""

    def change(part: AnyOf) -> Node:
        grades = [p for p in part.parts if isinstance(p, Leaf) and p.bounds is None and _only_a_grade(p)]
        things = [p for p in part.parts if p not in grades]
        if not grades or not things:
            return part
        words = tuple(p.noun for p in grades)
        concepts = {p.concept for p in grades}
        made = [narrowed(p, words) if isinstance(p, Leaf) and p.concept in concepts else p for p in things]
        return made[0] if len(made) == 1 else AnyOf(tuple(made))

    return changed(node, AnyOf, change)


def _only_a_grade(leaf: Leaf) -> bool:
    return mentions(leaf.noun, _GRADES) and not mentions(leaf.noun, ("failure", "disease", "insufficiency", "ischemia"))


_OTHERS = (
    "representative", "representatives", "guardian", "guardians", "surrogate", "proxy", "next of kin", "relative",
    "relatives", "family", "parent", "parents", "tutor", "caregiver", "caregivers", "carer",
)  # fmt: skip


def _consenters(node: Node, text: str) -> Node:
    """ "Consent by the patient or a representative": somebody else's consent is enough."""
    if not any(leaf.concept == "consent" for leaf in leaves(node)):
        return node
    unread = (part for part in walk(node) if isinstance(part, Unread))
    beside = next((part for part in unread if mentions(text[part.start : part.end], _OTHERS)), None)
    if beside is None:
        return node

    def change(part: Node, denied: bool) -> Node:
        if not isinstance(part, Leaf) or part.concept != "consent":
            return part
        return part if denied else AnyOf((part, beside))

    return rebuilt(node, change)


_CHANGES = (
    with_less, without_methods, _said_by_all, _each, _injected, _united, _with_grades, with_toxicity, spared_cancers,
    with_control, _consenters, with_abilities,
)  # fmt: skip
"""What is looked for, in this order; later ones see what earlier ones made."""
