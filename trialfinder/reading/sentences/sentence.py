"""Reads the words of one item as a sentence: and, or, if, unless, except, brackets, causes, examples, definitions.

What is found stays what ``engine`` found; this decides how it hangs together, and which words were left over. A word
that carries meaning and belongs to nothing becomes ``Unread`` or narrows the leaf beside it: nothing is ever complete
by being passed over.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.drugs.drug_names import drug_places
from trialfinder.reading.nodes.joining import (
    all_denied,
    graded,
    is_denied,
    narrowed,
    sparing,
    with_alternative,
)
from trialfinder.reading.nodes.tree import (
    AllOf,
    AnyOf,
    Except,
    Leaf,
    Node,
    Unread,
    When,
    all_of,
    any_of,
    leaves,
    plain_leaf,
)
from trialfinder.reading.sentences.condition_reading import ConditionReading
from trialfinder.reading.sentences.cut_out import CutOut
from trialfinder.reading.sentences.leaf_making import Span
from trialfinder.reading.sentences.list_ends import (
    last_of_a_kind,
    without_verdict,
)
from trialfinder.reading.sentences.list_member import DENIALS
from trialfinder.reading.sentences.marks import Token
from trialfinder.reading.sentences.member_reading import OPEN_ENDS, of_drugs
from trialfinder.reading.sentences.of_whom import (
    is_of_another,
    names_group,
    names_people,
    those_who_must,
)
from trialfinder.reading.sentences.spared_lists import drug_by_name
from trialfinder.reading.sentences.stretches import (
    but_for,
    one_grade,
    opened_once,
    opening,
    pieces,
    split,
    tops,
    trimmed,
    without,
    without_label,
)
from trialfinder.reading.vocabulary.cues import MAY_BAR_TOO
from trialfinder.reading.wording.sentence_words import (
    BUT_FOR,
    BUT_THIS,
    CAN_STOP,
    COMES_FROM,
    DEEPEST,
    MAY_JOIN,
    NOT_FOR_SOME,
    NOT_SO,
    NOTED_DEMAND,
    NOTES,
    OTHERS,
    OWN_OR_FAMILY,
    PEOPLE,
)


class Sentence(CutOut):
    """One cleaned stretch of an item, ready to become a node."""

    def node(self) -> Node | None:
        """What the words describe; None when they ask nothing."""
        words, clause, somebody = self._cut_out()
        said = self.sentences(one_grade(self.lower, opened_once(words), self.said))
        if said is not None and somebody:
            said = with_alternative(said, Unread(*self.place(*somebody)))
        return self._or_of_minors(said, clause) if clause else said

    def sentences(self, words: Sequence[Token], depth: int = 0) -> Node | None:
        """Sentences and half-sentences one after the other: all of them ask, any of them bars."""
        if words and (colon := names_group(self.lower, words, self.said)):
            return self._of_group(words, colon, depth + 1)
        found: list[Node] = []
        for part in split(words):
            node = self.clause(part, depth)
            span = (part[0].start, part[-1].end) if part else (0, 0)
            lifts = found and not self.bars and any(said.search(self.lower, *span) for said in (NOT_FOR_SOME, MAY_JOIN))
            if lifts:
                found[-1] = any_of(found[-1], self._unread(part))
            elif node is not None:
                found.append(node)
        return None if not found else any_of(*found) if self.bars else all_of(*found)

    def clause(self, part: Sequence[Token], depth: int = 0) -> Node | None:
        """One sentence or half-sentence: permissions, exceptions, conditions, definitions, examples, then the list."""
        part = trimmed(part)
        if not part:
            return None
        noted = part[0].text in NOTES and len(part) > 1 and part[1].kind == "colon"
        if noted and NOTED_DEMAND.match(self.lower, part[1].end):
            return self.clause(part[2:], depth + 1)
        if noted or NOT_SO.match(self.lower, part[0].start, part[-1].end):
            self._role(part, "note")
            return self._unread(part)
        if depth > DEEPEST:
            return self._unread(part)
        if is_of_another(self.lower, part, self.said):
            self._role(part, "subject")
            return self._unread(part)
        colon = names_group(self.lower, part, self.said) or names_people(self.lower, part)
        if colon:
            return self._of_people(part, colon, depth + 1)
        if (some := self._none_of(part, depth + 1) or self._some_of(part, depth + 1)) is not None:
            return some
        part = without_verdict(self.lower, without_label(part), self._means) if self.bars else without_label(part)
        if self.bars and (family := OWN_OR_FAMILY.match(self.lower, part[0].start, part[-1].end)):
            return self._own_or_family(part, family)
        must = 0 if self.is_alone else those_who_must(self.lower, part, bars=self.bars)
        if must:
            return self._of_people(part, must, depth + 1)
        return self._under_a_head(part, depth) or self._by_its_words(part, depth)

    def _by_its_words(self, part: Sequence[Token], depth: int) -> Node | None:
        """By the first kind of words, in their order of weight, that stands outside of brackets; else a list."""
        places = tops(part)
        for kind, read in self._READERS:
            at = places.get(kind)
            if at is not None and (kind != "define" or at):
                return read(self, part, at, depth + 1)
        return self._list(part, depth)

    def _of_group(self, part: Sequence[Token], colon: int, depth: int) -> Node | None:
        """What is asked of a part of the study, whose people nobody can tell; its name asks nothing."""
        said = self.sentences(part[colon + 1 :], depth) if depth <= DEEPEST else self._unread(part[colon + 1 :])
        self._role(part[:colon], "condition")
        return None if said is None else When(self._unread(part[:colon]), said, bars=self.bars)

    def _of_people(self, part: Sequence[Token], colon: int, depth: int) -> Node | None:
        if names_group(self.lower, part, self.said):
            return self._of_group(part, colon, depth)
        said = self.clause(part[colon + 1 :], depth)
        self._role(part[:colon], "condition")
        if said is None:
            return None
        whom = self._alone(part[0].start, part[colon].start) or self._unread(part[:colon])
        return When(whom, said, bars=self.bars)

    def _allowed(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        words = self.lower[part[at].start : part[at].end]
        taken_in = any(stem in words for stem in ("eligib", "includ", "enrol", "enter", "particip", "accept"))
        numbers = all(f.bounded for t in part for f in (t.atom.findings if t.atom else ()))
        limited = any(f.bounded for t in part[:at] for f in (t.atom.findings if t.atom else ()))
        may = words.startswith(("may", "is also", "are also")) and not self.bars and not limited
        only_if = next((i for i in range(at, len(part)) if part[i].kind == "condition"), 0) if may else 0
        if only_if and at:  # "people with A may be enrolled if B": B is asked of those with A
            self._role(part[:at], "condition")
            whom = self._alone(part[0].start, part[at].start) or self._unread(part[:at])
            said = self.clause(part[only_if + 1 :], depth)
            return None if said is None else When(whom, said, bars=False)
        asked = self.section == "inclusion" and not may
        if taken_in and not self.bars and (asked or numbers):
            return self.clause(without(part, at), depth)
        begin = max((i + 1 for i in range(at) if part[i].text in (",", "but", "however")), default=0)
        left = self.clause(part[:begin], depth) if begin else None
        if left is None:
            self._role(part, "permission")
            return None
        return self._except(left, part[begin].start, part[at].start)

    def _spared(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        token = part[at]
        if self.lower.startswith(BUT_THIS, token.start) and (last := last_of_a_kind(part[:at])):
            left, own = self.clause(part[: last - 1], depth), self._spared(part[last:], at - last, depth)
            if left is not None and own is not None:
                return (any_of if self.bars else all_of)(left, own)
        left = self.clause(part[:at], depth)
        if left is not None and self._ends_open(part[:at]):  # "caused by other things than B": only narrower still
            self._role(part[at:], "exception")
            return left
        upto = next((t.start for t in part[at + 2 :] if t.kind == "colon" and t.start < token.upto), token.upto)
        rest = trimmed([t for t in part[at + 1 :] if t.start >= upto])
        right = self.clause(rest, depth) if rest else None
        if left is None:
            return right if right is not None else self._unread(part)
        whole = self._except(left, token.end, upto)
        return whole if right is None else (any_of if self.bars else all_of)(whole, right)

    def _except(self, whole: Node, start: int, end: int) -> Node:
        """Spares what the words from ``start`` describe, in the members of a list that name the same thing."""
        first, last = self.place(start, max(end, start + 1))
        causes = {x.concept for x in leaves(whole)} == {"other_neuropathy_cause"}
        if self.bars and causes and MAY_BAR_TOO.search(self.lower, 0, start):
            meant = plain_leaf("other_neuropathy_cause", self.lower[start:end], first, last)
            return sparing(whole, all_of(meant, Unread(first, last)))
        stopped = CAN_STOP.match(self.lower, start, end) is not None  # whether it can be, nobody told
        spared = Unread(first, last) if stopped else self._alone(start, end) or Unread(first, last)
        if stopped:
            return sparing(whole, spared)
        if isinstance(spared, Unread) or (drug_places(self.lower[start:end]) and not of_drugs(spared)):
            spared = drug_by_name(whole, self.lower[start:end], first, last) or spared
        if not self.bars and of_drugs(whole) and PEOPLE.search(self.lower, start, end):
            return any_of(whole, Unread(first, last))
        named = {leaf.concept for leaf in leaves(spared)}
        if isinstance(whole, AnyOf) and named:
            hit = [any(leaf.concept in named for leaf in leaves(p)) for p in whole.parts]
            if any(hit) and not all(hit):
                parts = [Except(p, spared) if h else p for p, h in zip(whole.parts, hit, strict=True)]
                return AnyOf(tuple(parts))
        if not self.bars and not is_denied(whole) and OTHERS.search(self.lower, start, end):
            return any_of(whole, Unread(*self.place(start, max(end, start + 1))))
        limit = not self.bars and isinstance(whole, Leaf) and whole.bounds is not None
        if limit and BUT_FOR.search(self.lower, 0, start):
            return any_of(whole, spared)  # a limit that does not hold for some: "at most 1 x ULN, except Gilbert's"
        return sparing(whole, spared)

    def _alone(self, start: int, end: int) -> Node | None:
        """The words of a stretch read by themselves, as something that a person has."""
        read = self.again(self.read.clean.text[start:end])

        def place(a: int, b: int) -> Span:
            return self.place(start + a, start + b)

        return Sentence(read, "inclusion", place, self.again, alone=True).node()

    def _defined(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        """ "X, defined as Y": Y decides where it was read; the words before then only name it."""
        meaning = self.clause(part[at + 1 :], depth)
        named = self.clause(part[:at], depth)
        if meaning is None or isinstance(meaning, Unread):
            return named if named is None else narrowed(named, (self.lower[part[at].start : part[-1].end],))
        if named is None or any(leaf.bounds for leaf in leaves(meaning)):
            return meaning
        return all_of(named, meaning)

    def _examples(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        """ "X such as A, B": X or any of them. A head that is no illness keeps them as mere examples."""
        begin = opening(part)
        if begin > at + 1 and part[begin + 1].kind == "spare":  # "X including A (except B)" spares of X
            whole = self._examples(part[:begin], at, depth)
            self._role(part[begin:], "exception")
            return whole and self._except(whole, part[begin + 1].end, part[-1].start)
        head = self.clause(part[:at], depth)
        if head is not None and self._ends_open(part[:at], COMES_FROM):
            self._role(part[at + 1 :], "example")
            return head
        if head is not None and not self._stand_for_themselves(head, part[:at], part[at + 1 :]):
            return but_for(head, part[at + 1 :], self._except)
        members = self.clause(part[at + 1 :], depth)
        if head is None:  # "treated with a drug such as A, B": one of them
            alternatives = not self.bars and isinstance(members, AllOf) and not is_denied(members)
            return any_of(*members.parts) if alternatives and isinstance(members, AllOf) else members
        if members is None:
            return head
        if not self.bars and isinstance(head, Unread) and part[0].text in DENIALS and is_denied(members):
            return all_of(head, members)
        if not self.bars and not is_denied(head):
            return head if isinstance(head, Unread) else narrowed(head, ("e.g.",))
        members = self._named_like(head, members)
        if is_denied(head) and not self.bars:
            return all_of(head, all_denied(members))
        return any_of(head, graded(members, self._severity_of(part[:at]), head))

    _READERS = (
        ("allowed", _allowed),
        ("spare", _spared),
        ("condition", ConditionReading.condition),
        ("define", _defined),
        ("example", _examples),
    )

    def _ends_open(self, part: Sequence[Token], kinds: frozenset[str] = OPEN_ENDS) -> bool:
        """Whether the last member ends in a cause, a purpose or a clause, so that what follows goes on with that."""
        last = list(pieces(trimmed(part)))[-1][0]
        return any(t.kind in kinds for t in last[1:])
