"""What a criterion says elsewhere of the same kind of thing, so that having the thing does not settle it.

"Cancer, unless without signs of cancer for years" spares some who had it; "depression with a score above 10, or other
mental illness" does not mean depression by "other"; of "HBsAg and HBV DNA" both are needed; "heart disease such as
severe heart failure" means so severe a one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.by_name import told_names
from trialfinder.judge.asking import UNKNOWN, YES, Told
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.judge.names.illness_forms import forms_of
from trialfinder.judge.names.illness_names import all_forms, illness_named, is_said
from trialfinder.judge.polarity import Place
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Leaf
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import contains, same_thing, stems


def set_apart(found: Sequence[Place], hits: Mapping[Leaf, Told], facts: Facts, text: str) -> dict[Leaf, Told]:
    """The things of a criterion that are true of the person and stay open all the same.

    Args:
        found: all things that the criterion names.
        hits: what is known of each.
        facts: what the person told.
        text: the registry's own.
    """
    true = [place for place in found if hits[place.leaf].answer is YES]
    open_ = [
        place
        for place in true
        if _denied_again(place, found, facts)
        or (not place.wanted and _other_than_named(place, found, facts, text))
        or (not place.wanted and _one_of_two_tests(place, found, hits, text))
        or (not place.wanted and _by_graded_examples(place, true, text))
    ]
    return {place.leaf: Told(UNKNOWN, hits[place.leaf].fact) for place in open_}


def _denied_again(place: Place, found: Sequence[Place], facts: Facts) -> bool:
    """Whether an exception denies the very thing that it spares people from: then a state of it is denied."""
    leaf = place.leaf
    if place.role != "spared":
        return False
    if leaf.concept == "malignancy" and facts.word("health.cancer") == "active":
        return False
    whole = [one for one in found if one.leaf in place.spared_from and one.wanted == place.wanted]
    return any(one.leaf.concept == leaf.concept and _same(leaf, one.leaf) for one in whole)


def _same(leaf: Leaf, other: Leaf) -> bool:
    test = leaf_tests().get(leaf.concept)
    plain = test is not None and same_thing(leaf.noun, test.plain) and same_thing(other.noun, test.plain)
    return plain or leaf.concept == "malignancy" or frozenset(stems(leaf.noun)) == frozenset(stems(other.noun))


_NEAR = 40
_OTHER = re.compile(r"\b(?:other|another|further|additional|different)\s(?:[\w-]+\s)?\Z", re.IGNORECASE)
_BEGINS = re.compile(r"(?:other|another|further|additional|different)\s", re.IGNORECASE)


def _other_than_named(place: Place, found: Sequence[Place], facts: Facts, text: str) -> bool:
    """Whether "other" such illnesses bar, and what the person named is one that was named before, with more to it."""
    leaf = place.leaf
    if not _OTHER.search(text, max(0, leaf.start - _NEAR), leaf.start) and not _BEGINS.match(text, leaf.start):
        return False
    earlier = [one.leaf for one in found if one.leaf.end <= leaf.start]
    before = text[text.rfind("\n", 0, leaf.start) + 1 : leaf.start].lower()

    def named_before(name: str) -> bool:
        leaves = (one for one in earlier if one.concept == leaf.concept)
        return contains(before, name) or any(is_said(one.noun, form) for one in leaves for form in all_forms(name))

    mine = [name for _, name in told_names(facts) if _of_concept(name, leaf)]
    return bool(mine) and all(map(named_before, mine))


def _of_concept(name: str, leaf: Leaf) -> bool:
    named = illness_named(name) if forms_of(name) else None
    return (named is not None and named.concept == leaf.concept) or any(
        is_said(leaf.noun, form) for form in all_forms(name)
    )


_AND = re.compile(r"[^();,]{0,60}?\b(?:and|with|plus)\b[^();,]{0,60}|\s*[+&]\s*")
_OR = re.compile(r"\bor\b|/", re.IGNORECASE)
_TESTED = frozenset({"hiv", "hepatitis_b", "hepatitis_c", "tuberculosis", "syphilis"})


def _one_of_two_tests(place: Place, found: Sequence[Place], hits: Mapping[Leaf, Told], text: str) -> bool:
    """Whether a second test of the same infection is needed, joined by "and", which is not told."""
    leaf = place.leaf
    if leaf.concept not in _TESTED:
        return False
    for other in found:
        if other.leaf is leaf or other.leaf.concept != leaf.concept or hits[other.leaf].answer is YES:
            continue
        first, last = sorted((leaf, other.leaf), key=lambda one: one.start)
        between = text[first.end : last.start]
        inside = text.count("(", 0, first.start) > text.count(")", 0, first.start)
        if inside and _AND.fullmatch(between) and not _OR.search(between):
            return True
    return False


_DEGREE = (
    r"(?:moderate|severe|serious|uncontrolled|unstable|advanced|decompensated|end[- ]stage|poorly controlled|refractory"
    r"|symptomatic|(?:nyha |new york heart association )?(?:class|grade|stage))"
)
_SUCH_AS = re.compile(
    rf"\s*[,(:]?\s*(?:such as|e\.?\s?g\.?,?|for example,?|for instance,?|like)\s*(?:{_DEGREE}\b[^.;]*)", re.IGNORECASE
)


_ILLNESSES = ("illness", "event", "state")


def _by_graded_examples(place: Place, true: Sequence[Place], text: str) -> bool:
    """Whether a kind of illness is explained by examples of a degree, and none of those is true of the person."""
    leaf = place.leaf
    if type_of(leaf.concept) not in _ILLNESSES or leaf.severity or leaf.bounds is not None:
        return False
    listed = _SUCH_AS.match(text, leaf.end)
    if listed is None:
        return False
    return not any(leaf.end < other.leaf.start < listed.end() for other in true)
