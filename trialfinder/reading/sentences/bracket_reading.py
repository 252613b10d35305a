"""Reads what stands in brackets behind a thing: exceptions, conditions, limits, examples, remarks."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.number_roles import HOW_OFTEN
from trialfinder.reading.nodes.joining import (
    all_denied,
    graded,
    is_denied,
    kind_of,
    measured,
    of_toxicity,
)
from trialfinder.reading.nodes.tree import (
    AllOf,
    AnyOf,
    Leaf,
    Node,
    Unread,
    all_of,
    any_of,
    leaves,
    rebuilt,
)
from trialfinder.reading.sentences.limit_reading import FOR_SOME, LimitReading
from trialfinder.reading.sentences.list_member import (
    EXEMPT,
    FOR_ONE,
    GRADED,
    LEFT_OUT,
    SPARES,
    TYPES_OF_A_VIRUS,
    Part,
    is_list,
)
from trialfinder.reading.sentences.marks import Token
from trialfinder.reading.sentences.stretches import but_for, top, trimmed
from trialfinder.reading.vocabulary.patterns import load_patterns
from trialfinder.reading.wording.sentence_words import IF_CAN_BE

CATCH_ALL = "general_health"
_GIVEN_TYPES = frozenset({"drug", "therapy", "procedure"})
_SUFFERED = frozenset({"illness", "symptom", "state", "event"})
"""Types that are no example of what is given: "vaccines (e.g., influenza)", "steroids, e.g. for asthma"."""
_ILL = re.compile(r"\b(?:immuno)?defici|\bdiseas|\bdisorder|\bcondition|\billness|\bsuppress(?:ed|ion)\b")
TESTS = (
    "analys",
    "test",
    "serolog",
    "blood",
    "serum",
    "urine",
    "sampl",
    "laborator",
    "screening",
    "exam",
    "assay",
    "measure",
)
_OF_THESE = frozenset({"for", "of", "to"})
_WHATEVER = ("with any", "with or without", "any ", "regardless", "irrespective", "both ", "either ", "all ", "whether")
"""A bracket that begins so leaves nothing out."""
_CAUSES = re.compile(r"\b(?:causes?|origins?|a?etiolog(?:y|ies))\b[^,;]{0,60}\Z")
_DRUGS_THAT = re.compile(
    r"[\W\d]*(?:(?:use|intake|treatment|therapy|receiving|received|taking|receipt|any|with|of|on|concomitant|concurrent|current"
    r"|currently|other|the|patients|subjects|requiring|all|known|systemic|chronic|prior|previous)\s)*(?:neurotoxic\s)?"
    r"(?:drugs?|medications?|medicines?|agents?)\s(?:that|which|known|likely|able|associated|with|causing|capable|reported|thought)\b"
)
"""A head of drugs that do harm: their examples are drugs, and no causes of a neuropathy."""
OPEN_LISTS = frozenset({"allergy", "failed_conventional"})
_DEGREE = re.compile(
    r"(?:(?!(?:or|and|with|if|for|not|without|in|on|who|plus)\b)[a-z-]+\s){0,3}(?:grade|stage|class|category|degree)\s?"
    r"(?:[ivx]{1,3}|\d)[ab]?(?:\s(?!(?:or|and|with|if|for|not|without|in|on|who|plus)\b)[a-z-]+){0,2}"
)
"""The name of what a number says: "BMI > 35 (obesity grade II)"."""
_AND_SO_ON = re.compile(r"\betc\b")
_EVER = re.compile(r"\bhistor(?:y|ies)\b|\bprevious(?:ly)?\b")
"""With these a limit in brackets behind an illness is that of today, beside what was: "history of X (> 160)"."""


def _names_members(head: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether brackets hold what a preposition in front of them is about: "positive test for (HIV, syphilis)"."""
    return bool(head) and head[-1].text in _OF_THESE and is_list(rest)


class BracketReading(LimitReading):
    """Reads what a member of a list holds in brackets. What is inside is read by the sentence above it."""

    def sentences(self, words: Sequence[Token], depth: int = 0) -> Node | None:
        """Sentences one after the other; the sentence's own."""
        raise NotImplementedError

    def _except(self, whole: Node, start: int, end: int) -> Node:
        raise NotImplementedError

    def _bracket(self, out: Part, inside: Sequence[Token], depth: int, head: Sequence[Token]) -> None:
        """What stands in brackets behind something: an exception, a condition, examples, a definition, a remark."""
        joined = inside[0].text if inside and inside[0].kind == "sep" else ""
        inside = trimmed(inside)
        if (
            not inside
            or self.lower[inside[0].start :].startswith(_WHATEVER)
            or IF_CAN_BE.match(self.lower, inside[0].end)
            or self._says_the_degree(out, inside)
        ):
            return
        if joined in ("or", "and/or") and (more := self.clause(inside, depth + 1)) is not None:
            out.wrap.append(lambda node: self._or_for_some(node, more))
            return
        first, span = inside[0], (inside[0].start, inside[-1].end)
        if self.bars and (said := SPARES.match(self.lower, *span)):
            self._role(inside, "exception")
            out.wrap.append(lambda node: self._except(node, said.end(), span[1]))
            return
        if TYPES_OF_A_VIRUS.fullmatch(self.lower, *span) and {x.concept for n in out.nodes for x in leaves(n)} == {
            "hiv"
        }:
            return
        permits = top(inside, "allowed")
        if permits is not None:
            self._role(inside, "permission")
            out.wrap.append(lambda node: self._except(node, span[0], inside[permits].start))
        elif first.kind == "spare":
            self._role(inside, "exception")
            out.wrap.append(lambda node: self._except(node, first.end, span[1]))
        elif self.bars and (left_out := LEFT_OUT.search(self.lower, *span)):  # "(A and B are excluded)"
            self._role(inside, "exception")
            out.wrap.append(lambda node: self._except(node, span[0], left_out.start()))
        elif EXEMPT.search(self.lower, *span):  # "at most 2 x ULN (Gilbert excepted)": a limit not of everybody
            self._role(inside, "exception")
            out.wrap.append(lambda node: any_of(node, Unread(*self.place(*span))))
        elif first.kind == "condition":
            self._of_whom(out, inside, first)
        else:
            self._remark(out, inside, first, depth, head)

    def _says_the_degree(self, out: Part, inside: Sequence[Token]) -> bool:
        limited = bool(out.nodes) and measured(out.nodes[-1])
        return limited and _DEGREE.fullmatch(self.lower, inside[0].start, inside[-1].end) is not None

    def _remark(self, out: Part, inside: Sequence[Token], first: Token, depth: int, head: Sequence[Token]) -> None:
        examples = first.kind == "example" or bool(_AND_SO_ON.search(self.lower, inside[0].start, inside[-1].end))
        rest = inside[1:] if first.kind in ("example", "define") else inside
        if examples and self._only_examples(out, head, rest):
            out.wrap.append(lambda node: but_for(node, rest, self._except))
            return
        content = self.sentences(rest, depth + 1)
        found = list(leaves(content)) if content is not None else []
        if content is not None and (
            self._limit_of_some(out, content, inside) or self._longer_for_one(out, content, inside)
        ):
            return
        limits = bool(found) and all(leaf.bounds for leaf in found)
        partly = any(leaf.bounds for leaf in found) and isinstance(content, AnyOf)
        before = self.bars and _EVER.search(self.lower, max(out.start, 0), inside[0].start) is not None
        # "hypertension, e.g. systolic > 180", "clotting disorder (INR > 2 or on warfarin)": more than is named
        wider = self.bars and (examples or before or (partly and not limits))
        members = content is not None and _names_members(head, rest)
        if not out.nodes and (limits or partly or members or (not examples and not out.before)):
            kept = [word for word in out.before if members and not word.startswith(TESTS)]
            self._stands_for(out, content, wider=wider)
            out.before = kept
        elif examples or (found and isinstance(content, AnyOf | AllOf) and is_list(rest) and out.nodes):
            self._take_members(out, content, head, named=not examples)
        elif not found and any(t.kind == "grade" for t in rest):
            out.after.extend(t.text for t in rest if t.kind == "grade")
        elif content is None or (len(rest) <= 2 and not found and not any(HOW_OFTEN.fullmatch(t.text) for t in rest)):
            return
        elif limits and content is not None:
            self._take_limits(out, content, found, before=before)
        elif (
            not self.bars
            and out.nodes
            and measured(out.nodes[-1])
            and FOR_SOME.match(self.lower, inside[0].start, inside[-1].end)
        ):
            out.nodes[-1] = any_of(out.nodes[-1], Unread(*self.place(inside[0].start, inside[-1].end)))
        elif self._narrows(out, found, inside):
            out.after.append(self.lower[inside[0].start : inside[-1].end])

    def _stands_for(self, out: Part, content: Node | None, *, wider: bool) -> None:
        """What stands in brackets stands for the words before them, or beside them where those are ``wider``."""
        named = Unread(*self.place(out.start, max(out.end, out.start + 1)))
        out.nodes.extend([] if content is None else [any_of(named, content) if wider else content])
        out.before, out.severity = [], []

    def _only_examples(self, out: Part, head: Sequence[Token], rest: Sequence[Token]) -> bool:
        """Whether examples in brackets are no criteria of their own."""
        if not (out.nodes or out.before):
            return False
        of = all_of(*out.nodes) if out.nodes else Unread(*self.place(out.start, max(out.end, out.start + 1)))
        return not self._stand_for_themselves(of, head, rest)

    def _take_limits(self, out: Part, content: Node, found: Sequence[Leaf], *, before: bool) -> None:
        """Limits in brackets stand for the thing before them, unless that is also meant as it was once."""
        head_too = out.nodes if before or of_toxicity(found) else ()
        out.nodes = [any_of(*head_too, content)] if before else [*head_too, content]
        out.before, out.after = [], []

    def _narrows(self, out: Part, found: Sequence[Leaf], inside: Sequence[Token]) -> bool:
        """Whether a remark in brackets makes what stands before it less than its name says."""
        if not found or FOR_ONE.match(self.lower, inside[0].start):
            return True
        named = {x.concept for n in out.nodes for x in leaves(n)}
        graded_so = GRADED.search(self.lower, inside[0].start, inside[-1].end) is not None
        return graded_so or not {x.concept for x in found} <= named

    def _take_members(self, out: Part, content: Node | None, head: Sequence[Token], *, named: bool) -> None:
        """Examples of a head, or a list of its members in brackets: "no systemic disease (lupus, psoriasis)"."""
        if content is None or not any(leaves(content)):
            return
        of = [leaf for n in out.nodes for leaf in leaves(n) if leaf.concept != CATCH_ALL]
        content = rebuilt(content, lambda node, _denied: kind_of(node, out.before, of))
        severe = self._severity_of(head)
        denied = any(is_denied(n) for n in out.nodes)
        if self.bars and named and any(leaf.window_months for leaf in leaves(content)):
            out.nodes = [content]  # "heart disease (infarction or angina within 3 months)" says which is meant
        elif self.bars or (denied and not named):
            out.wrap.append(lambda node: any_of(node, graded(self._named_like(node, content), severe)))
        elif denied:
            out.wrap.append(lambda node: all_of(node, all_denied(content)))

    def _named_like(self, head: Node, node: Node) -> Node:
        """What was not found among the examples of a head is a special form of it.

        "Allergy to its parts, e.g. latex" names an allergy; "heart disease (e.g., a stent)" names no one who has no
        heart disease.
        """
        inner = next(leaves(head), None)
        if inner is None or inner.concept == CATCH_ALL or inner.bounds is not None:
            return node

        def change(below: Node, denied: bool) -> Node:
            words = self.words_at.get((below.start, below.end), "") if isinstance(below, Unread) else ""
            if denied or not words:
                return below
            less = () if inner.concept in OPEN_LISTS else (words,)
            made = replace(inner, value=words, noun=words, narrowing=less)
            return replace(made, start=below.start, end=below.end) if isinstance(below, Unread) else below

        return rebuilt(node, change)

    def _stand_for_themselves(self, head: Node, words: Sequence[Token], members: Sequence[Token]) -> bool:
        """Whether examples are criteria themselves: those of what a neuropathy comes from are not."""
        said = self.lower[words[0].start : words[-1].end] if words else ""
        named = {leaf.concept for leaf in leaves(head)}
        if (named == {"other_neuropathy_cause"} or _CAUSES.search(said)) and not _DRUGS_THAT.match(said):
            self._role(members, "cause")
            return False
        kinds = load_patterns()
        given = all(concept in kinds and kinds[concept].type in _GIVEN_TYPES for concept in named)
        if named and given and not _ILL.search(said):
            for token in members:
                for finding in token.atom.findings if token.atom else ():
                    if finding.pattern.type in _SUFFERED or members[0].text == "for":
                        self.roles[id(finding)] = "indication"
        return True
