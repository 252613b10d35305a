"""Words that no pattern covers, but that are the name of an illness which the person told in their own words.

The catalogue will never hold every illness. Where a person named one ("tuberous sclerosis") and an unread stretch of a
criterion says exactly that, it is a thing of its own, answered by the name; any further word keeps it unread.
"""

from __future__ import annotations

from trialfinder.judge.by_table import NAMED
from trialfinder.judge.illness_forms import forms_of
from trialfinder.judge.leaf_tests import common
from trialfinder.judge.nouns import all_within, stems
from trialfinder.person.facts import Facts
from trialfinder.reading.tree import Leaf, Node, Unread, rebuilt

CONCEPT = "named_illness"
_LONGEST = 60
"""Characters of a name; longer stretches are sentences."""


def with_named(node: Node, text: str, facts: Facts) -> Node:
    """The tree in which unread words that only name an illness of the person are leaves."""
    names = [name for key in NAMED for name in facts.names(key) or ()]
    if not names:
        return node

    def change(part: Node, _denied: bool) -> Node:
        if not isinstance(part, Unread) or part.end - part.start > _LONGEST:
            return part
        words = text[part.start : part.end].lower()
        if any(_is_named(words, form) for name in names for form in forms_of(name)):
            return _leaf(words, part)
        return part

    return rebuilt(node, change)


def _is_named(words: str, form: str) -> bool:
    """Whether the words are the name, or two words or more of it: "cognitive" alone is no name of an illness."""
    left = frozenset(stems(words)) - common().harmless
    return all_within(words, form, common().harmless) and (len(left) > 1 or left == frozenset(stems(form)))


def _leaf(words: str, part: Unread) -> Leaf:
    return Leaf(CONCEPT, "", words, None, None, "", "", (), (), possible=False, start=part.start, end=part.end)
