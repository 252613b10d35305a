"""Words that no pattern covers, but that are the name of an illness.

The catalogue will never hold every illness. Where an unread stretch of a criterion says one, and no more, it is a thing
of its own: answered by what the person named ("tuberous sclerosis"), by a fact that denies all of its kind ("no lung
disease" denies emphysema), or by having told that no doctor ever named any.
"""

from __future__ import annotations

import functools

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.by_name import told_names
from trialfinder.judge.answering.shared_series import said_of_all, shared_noun
from trialfinder.judge.leaf_tests import leaf_tests
from trialfinder.judge.names.illness_names import all_forms, illness_named, is_said, same_illness
from trialfinder.judge.names.illness_phrase import LONGEST, IllnessPhrase, examples, illness_phrase
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Except, Leaf, Node, Not, Sense, Unread, any_of, plain_leaf, rebuilt, span
from trialfinder.reading.wording.nouns import idle_words, stems

CONCEPT = "named_illness"
_LONGEST = 60
"""Characters of a name; longer stretches are sentences."""


_GOES_ON = re.compile(
    r"\s+(?:(?:for|in|with) )?(?:which|whom|whose|that|who)\b[^.;\n]{0,60}|\s*\([^()\n]*\d[^()\n]*\)", re.IGNORECASE
)
"""Behind a name: a clause or a limit that makes it less."""


_ONE = re.compile(r"(?<![\w-])[a-z-]{3,20}\Z", re.IGNORECASE)
_PAST = re.compile(r"\b(?:history|previous|prior|past)\b", re.IGNORECASE)


def with_named(node: Node, text: str, facts: Facts) -> Node:
    """The tree in which unread words that name an illness are leaves, where the person told what could answer them."""
    names, anything = told_by(facts)
    if not anything:
        return node

    def change(part: Node, denied: bool) -> Node:
        if not isinstance(part, Unread) or part.end - part.start > LONGEST:
            return part
        words = text[part.start : part.end]
        found = illness_phrase(words)
        if named := next((each for each in examples(words) if any(_names_it(each, name) for name in names)), None):
            return plain_leaf(CONCEPT, named, part.start, part.end)
        idle = found is not None and (found.denied or found.welcome if denied else _MEASURED.search(words) is not None)
        if found is not None and not idle and _answerable(found, names, facts):
            sense: Sense = "history" if found.history else ""
            concept, at = found.concept or CONCEPT, (part.start, part.end)
            goes_on = _GOES_ON.match(text, part.end)
            told = (words for words in found.beside if denied or words != "active")  # who has it may be asked for so
            beside = (*told, *((" ".join(goes_on.group().split()),) if goes_on else ()))
            degrees = said_of_all(text, part.start) if " " in found.noun else ()
            leaf = plain_leaf(concept, found.noun, *at, sense=sense, narrowing=beside, severity=degrees)
            return Not(leaf) if found.denied else leaf
        if len(words) <= _LONGEST and any(_is_named(words.lower(), form) for name in names for form in all_forms(name)):
            return plain_leaf(CONCEPT, words.lower(), part.start, part.end)
        return _one_of_a_series(part, text, names) or part

    node = rebuilt(node, lambda part, _: _spared_by_name(part, text), kind=Except) if names else node
    return rebuilt(node, change)


def _one_of_a_series(part: Unread, text: str, names: tuple[str, ...]) -> Leaf | None:
    """The illness that an adjective names with a noun it shares: "endocrine" in "endocrine or eye diseases"."""
    word = _ONE.search(text, part.start, part.end)
    noun = shared_noun(text, part.end) if word and part.end - part.start <= _LONGEST else ""
    whole = f"{word.group()} {noun}".lower() if word and noun else ""
    if word is None or not whole or not any(_names_it(whole, name) for name in names):
        return None
    sense: Sense = "history" if _PAST.search(text, part.start, word.start()) else ""
    degrees = said_of_all(text, word.start(), first=True)
    return plain_leaf(CONCEPT, whole, part.start, part.end, sense=sense, severity=degrees)


_EACH = re.compile(r"\s*(?:,|;|/|\band/or\b|\bor\b|\band\b)\s*")


def _spared_by_name(part: Except, text: str) -> Node:
    """An exception that names illnesses and nothing else, as things of their own."""

    def change(below: Node, denied: bool) -> Node:
        words = text[below.start : below.end].lower() if isinstance(below, Unread) and not denied else ""
        each = [name.strip(" .()") for name in _EACH.split(words) if name.strip(" .()")]
        if not each or len(words) > LONGEST or any(illness_named(name) is None for name in each):
            return below
        return any_of(*(plain_leaf(CONCEPT, name, *span(below) or (0, 0)) for name in each))

    spared = rebuilt(part.spared, change)
    return part if spared is part.spared else Except(part.whole, spared)


@functools.lru_cache(maxsize=1024)  # the same for each criterion that is asked of a person
def told_by(facts: Facts) -> tuple[tuple[str, ...], bool]:
    """The illnesses that a person named, and whether they told anything at all that answers one."""
    names = tuple(name for _, name in told_names(facts))
    return names, facts.watched or bool(names) or any(_told(concept, facts) for concept in (*leaf_tests(), CONCEPT))


def _told(concept: str, facts: Facts) -> bool:
    """Whether the person told what answers things of a pattern."""
    test = leaf_tests()[concept]
    if concept == "malignancy":
        return bool(facts.word("health.cancer") or facts.word("person.sex"))
    told = test.names and (facts.get(test.fact) is not None if test.fact else False)
    return told or any(facts.names(key) == () for key in (*test.lists, "health.diagnoses") if test.names)


_MEASURED = re.compile(
    r"\binsulin[ -]resistan\w+|\b(?:glucose|carbohydrate)[ -]intoleran\w+"
    r"|\bimpaired (?:glucose tolerance|fasting glucose)\b",
    re.IGNORECASE,
)
"""A value that a laboratory finds: who named no illness has not denied it where it is asked for."""


def _answerable(found: IllnessPhrase, names: tuple[str, ...], facts: Facts) -> bool:
    if facts.names("health.diagnoses") == () or (found.concept and _told(found.concept, facts)):
        return True
    return any(_names_it(found.noun, name) for name in names)


def _names_it(noun: str, name: str) -> bool:
    return same_illness(name, noun) or any(is_said(noun, form) for form in all_forms(name))


_GRADES = frozenset(("class", "grade", "stage", "i", "ii", "iii", "iv", "nyha", "1", "2", "3", "4"))


def _is_named(words: str, form: str) -> bool:
    """Whether the words are the name, or two words or more of it: "cognitive" alone is no name of an illness."""
    left = frozenset(stems(words)) - idle_words()
    if left <= _GRADES:
        return False
    return is_said(words, form) and (len(left) > 1 or left == frozenset(stems(form)))
