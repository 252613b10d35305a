"""What the denial of a thing reaches beyond the words that were read.

Who has no kidney disease has none of its forms, so that a denial needs much less of a sentence than a telling: the head
noun of what was not read, and which side it stands on. Such words become things of their own here, which are not true
of the person; nothing else ever does. The fold (``fold``) makes of them what it makes of any other thing: barred is who
lacks what all must have, not barred who has none of what bars, and an alternative that is not denied still decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.answers import answer_of
from trialfinder.judge.answering.by_name import AS_IT_IS
from trialfinder.judge.answering.drugs import MEDICATIONS
from trialfinder.judge.asking import NO, YES, Question
from trialfinder.judge.bars.asked import asked_words
from trialfinder.judge.bars.words_around import words_in
from trialfinder.judge.denials.denial_words import denial_words, is_state
from trialfinder.judge.denials.head_noun import head_named
from trialfinder.judge.names.cancer_kinds import kinds_named
from trialfinder.judge.names.illness_names import illness_named
from trialfinder.judge.study_context import StudyContext
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import (
    AnyOf,
    Criterion,
    Except,
    Leaf,
    Node,
    Not,
    Unread,
    leaves,
    plain_leaf,
    rebuilt,
    span,
    walk,
)
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS, type_of
from trialfinder.reading.wording.nouns import mentions


def with_denials(criterion: Criterion, node: Node, text: str, study: StudyContext, facts: Facts) -> Node:
    """The tree in which what was not read, and is a form of what the person denied, is a thing that they do not have.

    Args:
        criterion: the criterion.
        node: its tree, as it is asked of the person.
        text: the registry's own.
        study: what is studied.
        facts: what the person told.
    """
    if not any(isinstance(part, Unread | AnyOf) for part in walk(node)):
        return node
    told = _Denials(text, study, facts)

    def change(part: Node, denied: bool) -> Node:
        if criterion.section == "exclusion" and not denied:
            return part  # what is spared, or denied twice
        if isinstance(part, Unread):
            return told.by_its_head(part, wanted=not denied)
        return told.alternatives(part, wanted=not denied) if isinstance(part, AnyOf) else part

    return rebuilt(node, change)


class _Denials:
    """What a person denied, held against the unread parts of one criterion."""

    def __init__(self, text: str, study: StudyContext, facts: Facts) -> None:
        self._text, self._study, self._facts = text, study, facts

    def _lacks(self, leaf: Leaf, *, wanted: bool) -> bool:
        return answer_of(Question(leaf, self._facts, self._study, wanted)).answer is NO

    def by_its_head(self, part: Unread, *, wanted: bool) -> Node:
        """Words that begin with the name of an illness, whatever is said of it behind."""
        named = head_named(self._text[part.start : part.end])
        if named is None or not self._begins_plainly(part):
            return part
        noun, concept, start, end = named
        leaf = plain_leaf(concept, noun, part.start + start, part.start + end)
        return leaf if self._lacks(leaf, wanted=wanted) else part

    def _begins_plainly(self, part: Unread) -> bool:
        """Whether nothing in front of unread words makes less of them: "a predisposition to"."""
        before = _FRONT.split(self._text[max(0, part.start - _NEAR) : part.start])[-1]
        return (asked_words().frame | denial_words().states).issuperset(words_in(before))

    def alternatives(self, node: AnyOf, *, wanted: bool) -> Node:
        """One of several, of which the unread are no more than the denied are."""
        parts = tuple(self._alternative(part, node, wanted=wanted) for part in node.parts)
        made = _any(node, tuple(part for part in parts if wanted or not self._lets_in(part)) or parts)
        spared = [part for part in parts if not wanted and self._lets_in(part)]
        return (
            Except(made, _any(node, tuple(map(self._spared, spared)))) if spared and len(spared) < len(parts) else made
        )

    def _spared(self, part: Node) -> Node:
        """What a sentence lets in, where it names cancers."""
        start, end = span(part) or (0, 0)
        said = _CURED.sub("", _NAMES.sub("", self._text[start:end].lower()))
        return plain_leaf("malignancy", said, start, end) if kinds_named(said) else part

    def _alternative(self, part: Node, node: AnyOf, *, wanted: bool) -> Node:
        if isinstance(part, Leaf):
            return self._same_or_example(part, node) if not wanted else part
        if not isinstance(part, Unread):
            return part
        words = self._text[part.start : part.end]
        for leaf, next_to in self._beside(part, node):
            whole = _plain(leaf)
            if _TIME.fullmatch(words):  # only what never was is denied for a time
                whole = replace(whole, sense="history", severity=())
            if (next_to and (is_state(words) or _TIME.fullmatch(words))) or (
                not wanted and self._is_example(leaf, part)
            ):
                if self._lacks(whole, wanted=wanted):
                    return replace(whole, start=part.start, end=part.end)
            elif not wanted and _HALF_LIVES.match(words) and leaf.direction == "within":
                long = replace(leaf, window_months=_A_YEAR)
                if self._lacks(long, wanted=wanted):
                    return replace(long, start=part.start, end=part.end)
            elif not wanted and self._is_drug(words, leaf):
                return plain_leaf("other_medication", words.strip().lower(), part.start, part.end)
        return part

    def _same_or_example(self, part: Leaf, node: AnyOf) -> Node:
        """A thing that was read twice, or stands in brackets as an example: the denial of the other is its own."""
        for leaf in (leaf for other in node.parts for leaf in _heads(other) if leaf is not part):
            same = (leaf.start, leaf.end, leaf.noun) == (part.start, part.end, part.noun)
            same = same and _SEVERAL.search(self._text, part.start, part.end) is None
            whole = leaf if same else _plain(leaf)
            if (same or self._is_example(leaf, part)) and self._lacks(whole, wanted=False):
                return part if self._is_told(part) else replace(whole, start=part.start, end=part.end)
        return part

    def _is_told(self, leaf: Leaf) -> bool:
        return answer_of(Question(leaf, self._facts, self._study, wanted=False)).answer is YES

    def _beside(self, part: Unread, node: AnyOf) -> Iterator[tuple[Leaf, bool]]:
        """The other alternatives, each with whether it stands next to the unread one."""
        found = [leaf for other in node.parts for leaf in _heads(other)]
        for leaf in found:
            if leaf.start >= part.end:
                near = _joined(self._text[part.end : leaf.start], leaf)
            else:
                between = self._text[leaf.end : part.start]
                near = len(between) <= _NEAR and not _ENDS.search(between)
            yield leaf, near

    def _is_example(self, leaf: Leaf, part: Leaf | Unread) -> bool:
        """Whether it stands in brackets as an example of what is in front of them."""
        if leaf.concept == "active_infection" and isinstance(part, Leaf):
            now = "active" in leaf.severity or leaf.sense == "current"
            if not now or part.concept in SINGLE_INFECTIONS:
                return False  # one that may last for life
        if _EXAMPLE.search(self._text, max(0, leaf.start - _NEAR), leaf.start):
            return False
        opened = _BRACKET.match(self._text, leaf.end)
        return opened is not None and opened.start("all") <= part.start and part.end <= opened.end("all")

    def _is_drug(self, words: str, leaf: Leaf) -> bool:
        """Whether somebody who takes no drug is asked for one more of a list of them."""
        if self._facts.names(MEDICATIONS) != () or type_of(leaf.concept) != "drug":
            return False
        said = words_in(words)
        if leaf.window_months is not None or leaf.sense in ("history", "planned") or leaf.bounds is not None:
            return False
        if not said or len(said) > _FEW or mentions(words, denial_words().no_drugs):
            return False
        return illness_named(words) is None and self._lacks(leaf, wanted=False)

    def _lets_in(self, part: Node) -> bool:
        if not isinstance(part, Unread):
            return False
        words = self._text[part.start : part.end].lower().lstrip(" -*•\\(")
        return words.startswith(denial_words().lets_in)


_FRONT = re.compile(r"[.,;:\n()*]|\b(?:or|and|and/or)\b", re.IGNORECASE)
_NAMES = re.compile(r"^\W*(?:the following are |an )?exceptions?\W*(?:include|are|is|:)?\s*")
_CURED = re.compile(r"\b(?:curatively|adequately|completely|successfully|treated|resected|excised)\s")
_FEW = 5
_NEAR = 60
_A_YEAR = 12.0
"""Months: five half-lives of hardly any drug last longer."""
_SEVERAL = re.compile(r"\b(?:or|and)\b|[,/&]", re.IGNORECASE)
"""In words that name two things: "hepatitis B or C"."""
_TIME = re.compile(
    r"\W*(?:within|in|during) the (?:past|last|previous) [\d\s–-]+(?:years?|months?|weeks?|days?)\W*", re.IGNORECASE
)
_HALF_LIVES = re.compile(
    r"\W*(?:or\s)?(?:within\s)?(?:the\s)?(?:\d|two|three|four|five|six|seven|ten)[^;.\n]{0,20}half[ -]?li",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[\s,/()]*(?:(?:and/or|or|and|to)\b)?[\s,/()]*", re.IGNORECASE)
_ENDS = re.compile(r"[;.]\s|\n")
_EXAMPLE = re.compile(r"\b(?:such as|e\.?\s?g\.?|including|for example|like)[^.;\n]*\Z", re.IGNORECASE)
"""In front of what is an example itself."""
_BRACKET = re.compile(
    r"\s*\(\s*(?:e\.?\s?g\b\.?|such as|for example|for instance|including|like)[,:\s]*(?P<all>[^()\n]*)", re.IGNORECASE
)


def _any(node: AnyOf, parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else node if parts == node.parts else replace(node, parts=parts)


def _joined(between: str, leaf: Leaf) -> bool:
    """Whether nothing stands in front of a thing but what joins it to another way in which it may be."""
    joint = _JOINT.match(between)
    rest = between[joint.end() :] if joint and joint.end() else ""
    if joint is None or (between.strip() and not joint.group().strip()):
        return False
    own = words_in(" ".join((*leaf.narrowing, *leaf.severity)))
    return all(word in own or word in denial_words().states for word in words_in(rest))


def _heads(node: Node) -> Iterator[Leaf]:
    """The things of an alternative that speak for themselves: nothing of what is denied in it."""
    if isinstance(node, Leaf):
        yield node
    elif not isinstance(node, Not | Unread):
        yield from leaves(node)


def _plain(leaf: Leaf) -> Leaf:
    """The thing without all that makes it less, but for that it is there now."""
    now = tuple(word for word in leaf.severity if word in AS_IT_IS)
    plain = plain_leaf(leaf.concept, leaf.noun, leaf.start, leaf.end, value=leaf.value)
    return replace(plain, sense=leaf.sense if now else "", severity=now)
