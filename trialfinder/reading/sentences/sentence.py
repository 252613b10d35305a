"""Reads the words of one item as a sentence: and, or, if, unless, except, brackets, causes, examples, definitions.

What is found stays what ``engine`` found; this decides how it hangs together, and which words were left over. A word
that carries meaning and belongs to nothing becomes ``Unread`` or narrows the leaf beside it: nothing is ever complete
by being passed over.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.drugs.drug_names import drug_places
from trialfinder.reading.amounts.grades import begins_grades
from trialfinder.reading.nodes.joining import (
    all_denied,
    graded,
    is_denied,
    joined,
    narrowed,
    sparing,
    stronger,
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
from trialfinder.reading.sentences.leaf_making import UNABLE, Span
from trialfinder.reading.sentences.list_ends import (
    ends_in_kind,
    last_of_a_kind,
    of_the_whole_list,
    treated_at,
    without_verdict,
)
from trialfinder.reading.sentences.list_member import DENIALS, Part, denied_noun, names_a_thing, only_grades, restarts
from trialfinder.reading.sentences.listed_under import ListReading
from trialfinder.reading.sentences.marks import Token, tokens
from trialfinder.reading.sentences.member_reading import OPEN_ENDS, of_drugs
from trialfinder.reading.sentences.of_whom import (
    THINGS,
    another_if,
    controls_beside,
    is_of_another,
    names_group,
    names_people,
    those_who_must,
    while_not,
)
from trialfinder.reading.sentences.spared_lists import drug_by_name
from trialfinder.reading.sentences.stretches import (
    but_for,
    end_of_condition,
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
    ALTHOUGH,
    BEGINS,
    BUT_FOR,
    BUT_THIS,
    CAN_STOP,
    COMES_FROM,
    DEEPEST,
    DIRECT,
    IF_ANY,
    IF_CAN_BE,
    MAY_JOIN,
    NOT_FOR_SOME,
    NOT_SO,
    NOTED_DEMAND,
    NOTES,
    OTHERS,
    OWN_OR_FAMILY,
    PEOPLE,
    WEAKLY,
    WHILE_IN,
)


class Sentence(ListReading):
    """One cleaned stretch of an item, ready to become a node."""

    def node(self) -> Node | None:
        """What the words describe; None when they ask nothing."""
        return self.sentences(
            one_grade(self.lower, opened_once(tokens(self.read, self.offset, self.whatever)), self.said)
        )

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
        if (some := self._some_of(part, depth + 1)) is not None:
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

    def _condition(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        even = at > 0 and part[at - 1].text == "even"
        if idle := IF_CAN_BE.match(self.lower, part[at].end, part[-1].end):
            return self.clause([*part[:at], *(t for t in part[at + 1 :] if t.start >= idle.end())], depth)
        if self.bars and (last := while_not(self.lower, part, at)):
            halves = (self.clause(half, depth) for half in (part[:last], part[last + 1 :]))
            return any_of(*(half for half in halves if half is not None))
        in_it = WHILE_IN.match(self.lower, part[at].end, part[-1].end) if at else None
        if even or in_it:  # "asthma, even if mild": all of it
            after = [t for t in part[at + 1 :] if in_it and t.start >= in_it.end()]
            self._role(part[at : len(part) - len(after)], "condition")
            return self.clause([*part[: at - even], *after], depth)
        return self._each_for_some(part, at, depth) or self._conditional(part, at, depth)

    def _conditional(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        token = part[at]
        if at and not self.bars and (found := IF_ANY.match(self.lower, token.end, part[-1].start)):
            behind = [t for t in part[at + 1 :] if t.start >= found.end()]
            self._role(part[:at], "condition")
            whom = self.clause(part[:at], depth) or self._unread(part[:at])
            return When(whom, self.clause(behind, depth) or self._unread(behind), bars=False)
        if at and token.text == "when" and part[at - 1].text.startswith(BEGINS):  # a time, no condition
            began = self.clause(part[:at], depth)
            return began and narrowed(began, (self.lower[token.start : part[-1].end],))
        if self.bars and another_if(self.lower, part, at):
            return self.clause(without(part, at), depth)
        if not any(t.kind in (*THINGS, "time") or self._means(t) or t.text.isdigit() for t in part[at + 1 :]):
            return self.clause(without(part, at), depth)  # "if any", "when applicable"
        if any(t.kind == "close" for t in part[at:]) and not any(t.kind == "open" for t in part):
            said = self.clause(part[:at], depth)  # of brackets that begin inside of a thing: a remark about some
            some = Unread(*self.place(token.start, part[-1].end))
            return some if said is None else all_of(said, some)
        prefix = at == 0 or not any(t.kind in THINGS or t.kind == "time" or self._means(t) for t in part[:at])
        if prefix:
            stop = end_of_condition(part, at)
            if stop is None:
                return self._list(without(part, at), depth)
            rest, words = part[stop + 1 :], (self._whom(token), part[stop].start)
            inner = part[at + 1 : stop]
        else:
            rest, words = part[:at], (self._whom(token), part[-1].end)
            inner = part[at + 1 :]
        self._role(inner, "condition")
        said = self.clause(rest, depth)
        if said is None:  # "in case of a previous stroke, less than 6 months" bars
            timed = all(t.kind in ("time", "sep") for t in rest)
            bars = prefix and self.bars
            return None if not bars else self._list(without(part, at), depth) if timed else self._unread(part)
        of_whom = self._alone(*words) or Unread(*self.place(*words))
        if self.lower[token.start : token.end].startswith(("provided", "as long", "only if")) and not self.bars:
            return all_of(said, of_whom)
        return self._if(of_whom, said, prefix=prefix)

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
        ("condition", _condition),
        ("define", _defined),
        ("example", _examples),
    )

    def _ends_open(self, part: Sequence[Token], kinds: frozenset[str] = OPEN_ENDS) -> bool:
        """Whether the last member ends in a cause, a purpose or a clause, so that what follows goes on with that."""
        last = list(pieces(trimmed(part)))[-1][0]
        return any(t.kind in kinds for t in last[1:])

    def _list(self, part: Sequence[Token], depth: int) -> Node | None:
        shared = of_the_whole_list(part, bars=self.bars)
        if shared:  # "a herniated disc or a narrow canal, with leg pain": the leg pain is asked for either way
            halves = part[:shared], part[shared:]
            return all_of(*(self._list(half, depth) or self._unread(half) for half in halves))
        if self.bars and (at := treated_at(self.lower, part)):
            return self._with_its_treatment(part, at, depth)
        members, joins, last = self._members(part, depth)
        node = joined(members, joins, bars=self.bars, last=last, denied=self._denied)
        controls = (
            controls_beside(self.lower, part)
            if not self.bars and node is not None and "control" in self.lower
            else None
        )
        return any_of(node, self._unread(controls)) if node is not None and controls else node

    def _denied(self, node: Node) -> bool:
        """Whether a member is denied, also one that was not understood: of "no A or B" neither may be there."""
        return is_denied(node) or (isinstance(node, Unread) and (node.start, node.end) in self.denied_at)

    def _with_its_treatment(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        """ "Cancer and receiving chemotherapy" bars who has both; behind a comma the list goes on."""
        stop = next((i for i in range(at + 1, len(part)) if part[i].text == ","), len(part))
        illness, treatment, rest = part[:at], part[at + 1 : stop], part[stop + 1 :]
        whom, given, more = (self._list(stretch, depth) if stretch else None for stretch in (illness, treatment, rest))
        if whom is not None and (given is None or isinstance(given, Unread)):
            whom, given = narrowed(whom, (self.lower[treatment[0].start : treatment[-1].end],)), None
        both = given if whom is None else whom if given is None else all_of(whom, given)
        found = [node for node in (both, more) if node is not None]
        return any_of(*found) if found else None

    def _members(self, part: Sequence[Token], depth: int) -> tuple[list[Node], list[str], str]:
        """The members of a list as nodes, the word that stands before each but the first ("or", "and", ","), and the
        one before a last member that says nothing by itself."""
        read: list[tuple[Part, str]] = []
        join, mode = "", ""
        last: Sequence[Token] = ()
        for stretch, before in pieces(part):
            if mode and not restarts(stretch) and (mode in COMES_FROM or before in DIRECT) and before != ";":
                self._role(stretch, mode if before in DIRECT else f"{mode} list")
                continue
            join, mode = stronger(join, before), ""
            member = self._member(stretch, depth)
            if read and before in DIRECT and not member.nodes and ends_in_kind(last):
                read[-1][0].end = member.end
                (read[-1][0].after if read[-1][0].nodes else read[-1][0].before).extend([*member.before, *member.after])
                continue
            last = stretch
            if read and not member.nodes and self.lower.startswith(ALTHOUGH, member.start):
                for one, _ in read:
                    one.after.append(self.lower[member.start : member.end])
                continue
            if not (member.nodes or member.fixed or member.before or member.after or member.severity):
                if not names_a_thing(self.lower[member.start : member.end], self.lower[part[0].start : part[-1].end]):
                    continue
                member.before.append(self.lower[member.start : member.end])
            mode = "relative" if member.open_end.startswith(WEAKLY) else member.open_kind
            read.append((member, join))
            join = ""
        nodes, joins, kept = self._shared(read)
        return nodes, joins, stronger(kept, join)

    def _shared(self, read: list[tuple[Part, str]]) -> tuple[list[Node], list[str], str]:
        """Gives words in front of a list and behind it to the members that share them."""
        nodes: list[Node] = []
        joins: list[str] = []
        severity: list[str] = []
        grade: tuple[str, ...] = ()
        kept = ""
        last, direct = read[-1] if len(read) > 1 else (Part(), "")
        tail = last.open_end if not last.apart or direct == "/" or last.open_end.startswith("for ") else ""
        for at, (member, join) in enumerate(read):
            kept = stronger(kept, join)
            if member.severity and not member.nodes and not (member.before or member.after):
                severity += member.severity
                if nodes and at + 1 == len(read) and join == ",":  # "bleeding disorder, untreated"
                    nodes[-1] = narrowed(nodes[-1], (), tuple(member.severity))
                if nodes or at + 1 < len(read):
                    continue
            if not nodes and not member.nodes and begins_grades(member.before) and at + 1 < len(read):
                grade = tuple(member.before)
                continue
            if nodes and not member.nodes and only_grades(member):
                nodes[-1] = narrowed(nodes[-1], (*member.before, *member.after))
                kept = ""
                continue
            if not self.bars and self._goes_on(member, join, first=not nodes):
                if nodes and member.open_kind:
                    nodes[-1] = narrowed(nodes[-1], tuple(member.before))
                continue
            own = list(member.severity)
            carried = [] if member.apart or member.anew else severity
            made = self._made(member, tuple(dict.fromkeys([*carried, *own])), tail, first=not nodes)
            severity = [*carried, *own] if self._carries(member, read[at + 1 :]) else []
            if made is not None:
                made = narrowed(self._continued(nodes, member, made), grade)
                grade = ()
                joins.append(kept if nodes else "")
                nodes.append(made)
                kept = ""
        return nodes, joins, kept

    def _goes_on(self, member: Part, join: str, *, first: bool) -> bool:
        """Whether words that were not found are no alternative of their own under an inclusion heading.

        "Stenosis/occlusion", "or caused by a fall".
        """
        if member.nodes or not member.before or first:
            return False
        return bool(member.open_kind) or (join == "/" and len(" ".join(member.before).split()) == 1)

    def _carries(self, member: Part, rest: Sequence[tuple[Part, str]]) -> bool:
        """Whether words of severity go on to the next member: "severe renal or cardiac disease"."""
        return member.shares_head or member.lacks_noun or (bool(rest) and rest[0][1] != ",")

    def _made(self, member: Part, severity: tuple[str, ...], tail: str, *, first: bool) -> Node | None:
        after = [] if member.after and self._ages_only(member) else member.after
        left = [w for w in (*member.before, *after) if first or w != "other"]
        if tail and not member.open_end and (not member.apart or (first and member.other) or tail.startswith("for ")):
            left.append(tail)
        if not member.nodes and member.fixed:
            return narrowed(all_of(*member.fixed), tuple(left), severity)
        if not member.nodes:
            if not left and not severity:
                return None
            place = self.place(member.start, member.end)
            self.words_at[place] = " ".join(left)
            if denied_noun(self.lower[member.start : member.end], left):
                self.denied_at.add(place)
            return Unread(*place)
        if member.governed:
            for leaf in (x for n in member.nodes for x in leaves(n)):
                self._no_criterion(leaf)
            return Unread(*self.place(member.start, member.end))
        if self.is_alone:  # "impaired" consent is no degree of consent
            severity = tuple(word for word in severity if not UNABLE.search(word))
        node = narrowed(all_of(*member.nodes), tuple(left), severity)
        for wrap in member.wrap:
            node = wrap(node)
        return all_of(*member.fixed, node)
