"""Reads the words of one item as a sentence: and, or, if, unless, except, brackets, causes, examples, definitions.

What is found stays what ``engine`` found; this decides how it hangs together, and which words were left over. A word
that carries meaning and belongs to nothing becomes ``Unread`` or narrows the leaf beside it: nothing is ever complete
by being passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from trialfinder.reading.finding import Finding, ItemRead
from trialfinder.reading.joining import either, is_denied, joined, measured, narrowed, stronger
from trialfinder.reading.marks import (
    Atom,
    Token,
    closing,
    ends,
    load_words,
    pieces,
    split,
    tokens,
    top,
    trimmed,
    without,
)
from trialfinder.reading.tree import (
    AllOf,
    AnyOf,
    Bounds,
    Except,
    Leaf,
    Node,
    Not,
    Section,
    Unread,
    When,
    all_of,
    any_of,
    leaves,
    rebuilt,
)

Span = tuple[int, int]
ReadAgain = Callable[[str], ItemRead]
"""Reads a stretch of words by itself, as something that is asked for; for conditions and exceptions."""

_PREPOSITIONS = frozenset(["of", "for", "to", "from", "by", "in", "on", "about", "during", "at", "against", "as"])
_DENIALS = frozenset({"not", "without", "no", "never", "non"})
_CUTS = {"sep", "stop"}
_OPEN_ENDS = frozenset({"relative", "cause", "purpose"})
_AGES = 3
_NEEDING = frozenset({"requiring", "needing", "necessitating"})
"""In front of a thing these only say that it is there: "requiring dialysis"."""
_THINGS = frozenset({"atom", "fertile", "sterile"})
_CONTROL = frozenset(
    {"uncontrolled", "unstable", "poorly controlled", "decompensated", "untreated", "inadequately controlled"}
)
_BROAD = re.compile(
    r"(?:diseases?|disorders?|dysfunctions?|conditions?|illness(?:es)?|impairments?|insufficiency|problems?)\Z"
)
"""Nouns of a whole kind of illness, which comes mild and severe."""
_ADJECTIVE = re.compile(r"\w+(?:al|ic|ive|ous|ent|ant|ed|ary|ar|ible|able)\Z")
_NEAR = 25
_UNABLE = re.compile(
    r"\b(?:cannot|can not|can't|unable|inab\w+|unwilling|not|no|without|lack\w*|impaired|incapa\w+|refus\w+)\b"
)
_GIVEN = frozenset(
    {
        "recent_surgery", "spine_surgical", "chemotherapy", "immunosuppression", "other_medication",
        "prior_cell_therapy", "anticoagulant", "opioid_use",
    }
)  # fmt: skip
"""What is done or given; "for" behind it says what it is for."""
_HEAD_NOUNS = frozenset(
    {
        "disease", "diseases", "disorder", "disorders", "condition", "conditions", "treatment", "treatments", "therapy",
        "therapies", "medication", "medications", "drug", "drugs", "infection", "infections", "syndrome", "agents",
    }
)  # fmt: skip
_NOTES = frozenset({"note", "notes", "nb", "n.b", "remark", "footnote"})
_WEAKLY = ("related to", "associated with", "linked to")
"""Words of a cause that reach over no comma."""
_CATCH_ALL = "general_health"
_WHATEVER = ("with any", "with or without", "any ", "regardless", "irrespective", "both ", "either ", "all ", "whether")
"""A bracket that begins so leaves nothing out."""
_MANY = 3
"""With so many words that were not understood in front of it, a thing is hardly what is asked for itself."""
_SHORTEST_NAME = 3
_DOSES = frozenset({"mg", "g", "mcg", "ug", "ml", "iu", "units", "daily", "dose", "low", "low-dose", "per", "mg/day"})
"""Words of a dose: in an exception the drug is what is spared."""
_LABEL = 3
"""Most words of a title in front of a criterion."""
_COMES_FROM = frozenset({"cause", "purpose"})
_CAUSES = re.compile(r"\b(?:causes?|origins?|a?etiolog(?:y|ies))\b[^,;]{0,60}\Z")
_DIRECT = frozenset({"or", "and", "and/or", "or/and", "/", "&"})
_OPEN_LISTS = frozenset({"allergy", "failed_conventional"})
_RESTARTS = frozenset(["history", "any", "current", "active", "patients", "subjects", "known", "use", "pregnant"])
_DEEPEST = 12


@dataclass(slots=True)
class _Part:
    """One member of a list while it is read."""

    nodes: list[Node] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    severity: list[str] = field(default_factory=list)
    governed: bool = False
    """Unread words with a preposition stand before the first thing: it is an argument of something not understood."""
    open_end: str = ""
    """Words of a clause at the end that may belong to the whole list ("requiring surgery")."""
    open_kind: str = ""
    """What that clause is: ``relative``, ``cause`` or ``purpose``."""
    apart: bool = False
    """It begins anew ("any other …"): what stands before and behind the list is not its, nor its the list's."""
    lacks_noun: bool = False
    """Nothing was found in it and it has no noun: the "hematologic" of "renal, hematologic or cardiac disease"."""
    shares_head: bool = False
    """Its noun stands behind a later member: "renal, hepatic or cardiac disease"."""
    reach: int = 0
    """How far the words of what was found go, with a noun that several share."""
    start: int = -1
    end: int = -1
    fixed: list[Node] = field(default_factory=list)
    """Things of the member that hold for everybody, whatever ``wrap`` says of the rest."""
    wrap: list[Callable[[Node], Node]] = field(default_factory=list)


_GRADES = frozenset(["i", "ii", "iii", "iv", "v", "vi", "a", "b", "c", "d", "e", "0", "1", "2", "3", "4", "5", "6"])


def _only_grades(member: _Part) -> bool:
    """Whether a member of a list is another grade of the one before: "class III or IV"."""
    words = [*member.before, *member.after]
    return bool(words) and not member.severity and all(word in _GRADES for word in words)


class Sentence:
    """One cleaned stretch of an item, ready to become a node. ``place`` maps its offsets to the registry's text."""

    def __init__(
        self,
        read: ItemRead,
        section: Section,
        place: Callable[[int, int], Span],
        again: ReadAgain,
        offset: int = 0,
        *,
        alone: bool = False,
    ) -> None:
        self.read, self.section, self.place, self.again, self.offset = read, section, place, again, offset
        self.is_alone = alone
        """Whether the words are a condition or an exception, read by themselves."""
        self.lower = read.clean.lower
        self.used = {(f.window.start, f.window.end) for f in read.findings if f.window is not None}
        self.timeless = not any(f.hit.rule.window for f in read.findings)
        """A time beside things that take none says when a test is made."""
        self.words_at: dict[Span, str] = {}
        """The words of what was not read, by its place."""
        self.severe = [(c.start, c.end) for c in read.scope.cues.get("qualifier", ())]
        self.words = load_words()
        self.roles: dict[int, str] = {}
        """Role of a finding that is no criterion of its own, by its identity."""

    @property
    def bars(self) -> bool:
        """Whether the words stand under an exclusion heading."""
        return self.section == "exclusion"

    def node(self) -> Node | None:
        """What the words describe; None when they ask nothing."""
        found = [n for part in split(tokens(self.read, self.offset), ends) if (n := self.clause(part)) is not None]
        return None if not found else any_of(*found) if self.bars else all_of(*found)

    # -- clauses ------------------------------------------------------------------------------------------------

    def clause(self, part: Sequence[Token], depth: int = 0) -> Node | None:
        """One sentence or half-sentence: permissions, exceptions, conditions, definitions, examples, then the list."""
        part = trimmed(part)
        if not part:
            return None
        if part[0].text in _NOTES and len(part) > 1 and part[1].kind == "colon":
            self._role(part, "note")
            return self._unread(part)
        if depth > _DEEPEST:
            return self._unread(part)
        part = _without_label(part)
        for kind, read in (
            ("allowed", self._allowed),
            ("spare", self._spared),
            ("condition", self._condition),
            ("define", self._defined),
            ("example", self._examples),
        ):
            at = top(part, kind)
            if at is not None and (kind != "define" or at):
                return read(part, at, depth + 1)
        return self._list(part, depth)

    def _allowed(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        words = self.lower[part[at].start : part[at].end]
        taken_in = any(stem in words for stem in ("eligib", "includ", "enrol", "enter", "particip", "accept"))
        if self.section == "inclusion" and taken_in:
            return self.clause(without(part, at), depth)
        begin = max((i + 1 for i in range(at) if part[i].text in (",", "but", "however")), default=0)
        left = self.clause(part[:begin], depth) if begin else None
        if left is None:
            self._role(part, "permission")
            return None
        return self._except(left, part[begin].start, part[at].start)

    def _spared(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        token = part[at]
        left = self.clause(part[:at], depth)
        if left is not None and self._ends_open(part[:at]):  # "caused by other things than B": only narrower still
            self._role(part[at:], "exception")
            return left
        upto = next((t.start for t in part[at + 1 :] if t.kind == "colon" and t.start < token.upto), token.upto)
        rest = trimmed([t for t in part[at + 1 :] if t.start >= upto])
        right = self.clause(rest, depth) if rest else None
        if left is None:
            return right if right is not None else self._unread(part)
        whole = self._except(left, token.end, upto)
        return whole if right is None else (any_of if self.bars else all_of)(whole, right)

    def _except(self, whole: Node, start: int, end: int) -> Node:
        """Spares what the words from ``start`` describe, in the members of a list that name the same thing."""
        spared = self._alone(start, end) or Unread(*self.place(start, max(end, start + 1)))
        if isinstance(spared, Unread):
            spared = self._spared_drug(whole, start, end) or spared
        named = {leaf.concept for leaf in leaves(spared)}
        if isinstance(whole, AnyOf) and named:
            hit = [any(leaf.concept in named for leaf in leaves(p)) for p in whole.parts]
            if any(hit) and not all(hit):
                parts = [Except(p, spared) if h else p for p, h in zip(whole.parts, hit, strict=True)]
                return AnyOf(tuple(parts))
        if isinstance(whole, Not):
            return Not(Except(whole.part, spared))
        return Except(whole, spared)

    def _spared_drug(self, whole: Node, start: int, end: int) -> Node | None:
        """ "Anticoagulants (aspirin up to 100 mg is allowed)": a drug of the kind that is barred, by its own name."""
        inner = next(leaves(whole), None)
        if inner is None or inner.concept not in _GIVEN:
            return None
        words = re.sub(r"[\W\d_]+", " ", self.lower[start:end])
        named = [w for w in words.split() if len(w) > _SHORTEST_NAME and w not in self.words.harmless]
        if not named:
            return None
        first, last = self.place(start, max(end, start + 1))
        return replace(
            inner, value=" ".join(named), noun=" ".join(named), start=first, end=last, severity=(), narrowing=()
        )

    def _alone(self, start: int, end: int) -> Node | None:
        """The words of a stretch read by themselves, as something that a person has."""
        read = self.again(self.read.clean.text[start:end])

        def place(a: int, b: int) -> Span:
            return self.place(start + a, start + b)

        return Sentence(read, "inclusion", place, self.again, alone=True).node()

    def _condition(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        token = part[at]
        if not any(t.kind in (*_THINGS, "time") or self._means(t) or t.text.isdigit() for t in part[at + 1 :]):
            return self.clause(without(part, at), depth)  # "if any", "when applicable"
        prefix = at == 0 or not any(t.kind in _THINGS or t.kind == "time" or self._means(t) for t in part[:at])
        if prefix:
            stop = next((i for i in range(at, len(part)) if part[i].text in (",", "then", "must", "should")), None)
            if stop is None:
                return self._list(without(part, at), depth)
            rest, words = part[stop + 1 :], (self._whom(token), part[stop].start)
            inner = part[at + 1 : stop]
        else:
            rest, words = part[:at], (self._whom(token), part[-1].end)
            inner = part[at + 1 :]
        self._role(inner, "condition")
        said = self.clause(rest, depth)
        if said is None:
            return None
        of_whom = self._alone(*words) or Unread(*self.place(*words))
        if self.lower[token.start : token.end].startswith(("provided", "as long", "only if")) and not self.bars:
            return all_of(said, of_whom)
        return When(of_whom, said, bars=self.bars)

    def _whom(self, token: Token) -> int:
        """Where the words of a condition begin: behind "if", but with the people of "in patients over 70"."""
        opener = token.text.split()[0]
        return token.start + len(opener) if opener in ("in", "for") else token.end

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
        head = self.clause(part[:at], depth)
        if head is not None and self._ends_open(part[:at], _COMES_FROM):
            self._role(part[at + 1 :], "example")
            return head
        if head is not None and not self._stand_for_themselves(head, part[:at], part[at + 1 :]):
            return head
        members = self.clause(part[at + 1 :], depth)
        if head is None:
            return members
        if members is None:
            return head
        if not self.bars and isinstance(head, Unread) and part[0].text in _DENIALS and is_denied(members):
            return all_of(head, members)
        if not self.bars and not is_denied(head):
            return head if isinstance(head, Unread) else narrowed(head, ("e.g.",))
        members = self._named_like(head, members)
        if is_denied(head) and not self.bars:
            return all_of(head, members)
        return any_of(head, _graded(members, self._severity_of(part[:at])))

    def _stand_for_themselves(self, head: Node, words: Sequence[Token], members: Sequence[Token]) -> bool:
        """Whether examples are criteria themselves: those of what a neuropathy comes from are not."""
        said = self.lower[words[0].start : words[-1].end] if words else ""
        named = {leaf.concept for leaf in leaves(head)}
        if named == {"other_neuropathy_cause"} or _CAUSES.search(said):
            self._role(members, "cause")
            return False
        return True

    def _named_like(self, head: Node, node: Node) -> Node:
        """What was not found among the examples of a head is a special form of it.

        "Allergy to its parts, e.g. latex" names an allergy; "heart disease (e.g., a stent)" names no one who has no
        heart disease.
        """
        inner = next(leaves(head), None)
        if inner is None or inner.concept == _CATCH_ALL or inner.bounds is not None:
            return node

        def change(below: Node, denied: bool) -> Node:
            words = self.words_at.get((below.start, below.end), "") if isinstance(below, Unread) else ""
            if denied or not words:
                return below
            less = () if inner.concept in _OPEN_LISTS else (words,)
            made = replace(inner, value=words, noun=words, narrowing=less)
            return replace(made, start=below.start, end=below.end) if isinstance(below, Unread) else below

        return rebuilt(node, change)

    def _ends_open(self, part: Sequence[Token], kinds: frozenset[str] = _OPEN_ENDS) -> bool:
        """Whether the last member ends in a cause, a purpose or a clause, so that what follows goes on with that."""
        last = list(pieces(trimmed(part)))[-1][0]
        return any(t.kind in kinds for t in last[1:])

    def _severity_of(self, part: Sequence[Token]) -> tuple[str, ...]:
        """The words of severity among some tokens, also inside what was found."""
        if not part:
            return ()
        first, last = part[0].start, part[-1].end
        return tuple(dict.fromkeys(self.lower[a:b] for a, b in self.severe if first <= a and b <= last))

    # -- lists --------------------------------------------------------------------------------------------------

    def _list(self, part: Sequence[Token], depth: int) -> Node | None:
        members, joins = self._members(part, depth)
        return joined(members, joins, bars=self.bars)

    def _members(self, part: Sequence[Token], depth: int) -> tuple[list[Node], list[str]]:
        """The members of a list as nodes, and the word that stands before each but the first ("or", "and", ",")."""
        read: list[tuple[_Part, str]] = []
        join, mode = "", ""
        for stretch, before in pieces(part):
            if mode and not _restarts(stretch) and (mode == "cause" or before in _DIRECT) and before != ";":
                self._role(stretch, mode)
                continue
            join, mode = stronger(join, before), ""
            member = self._member(stretch, depth)
            if not (member.nodes or member.fixed or member.before or member.after or member.severity):
                continue
            mode = "relative" if member.open_end.startswith(_WEAKLY) else member.open_kind
            read.append((member, join))
            join = ""
        return self._shared(read)

    def _shared(self, read: list[tuple[_Part, str]]) -> tuple[list[Node], list[str]]:
        """Gives words in front of a list and behind it to the members that share them."""
        nodes: list[Node] = []
        joins: list[str] = []
        severity: list[str] = []
        kept = ""
        tail = "" if len(read) < 2 or read[-1][0].apart else read[-1][0].open_end
        for at, (member, join) in enumerate(read):
            kept = stronger(kept, join)
            if member.severity and not member.nodes and not (member.before or member.after):
                severity += member.severity
                if at + 1 < len(read):
                    continue
            if nodes and not member.nodes and _only_grades(member):
                nodes[-1] = narrowed(nodes[-1], (*member.before, *member.after))
                kept = ""
                continue
            if not self.bars and self._goes_on(member, join, read[at + 1 :], first=not nodes):
                if nodes and member.open_kind:
                    nodes[-1] = narrowed(nodes[-1], tuple(member.before))
                continue
            own = list(member.severity)
            carried = [] if member.apart else severity
            made = self._made(member, tuple(dict.fromkeys([*carried, *own])), tail, first=not nodes)
            severity = [*carried, *own] if self._carries(member, read[at + 1 :]) else []
            if made is not None:
                made = self._continued(nodes, member, made)
                joins.append(kept if nodes else "")
                nodes.append(made)
                kept = ""
        return nodes, joins

    def _goes_on(self, member: _Part, join: str, rest: Sequence[tuple[_Part, str]], *, first: bool) -> bool:
        """Whether words that were not found are no alternative of their own under an inclusion heading.

        "Unilateral or bilateral palsy" (an adjective of the next), "stenosis/occlusion", "or caused by a fall".
        """
        if member.nodes or not member.before:
            return False
        if member.open_kind:
            return not first
        words = " ".join(member.before).split()
        if join == "/" and len(words) == 1 and not first:
            return True
        follows = bool(rest) and bool(rest[0][0].nodes) and rest[0][1] in ("or", "and", "and/or", "/")
        return follows and len(words) == 1 and _ADJECTIVE.match(words[0]) is not None

    def _carries(self, member: _Part, rest: Sequence[tuple[_Part, str]]) -> bool:
        """Whether words of severity go on to the next member: "severe renal or cardiac disease"."""
        return member.shares_head or member.lacks_noun or (bool(rest) and rest[0][1] != ",")

    def _continued(self, nodes: list[Node], member: _Part, made: Node) -> Node:
        """ "Allergy to penicillin or latex": what was not found in the second member is the name of another."""
        last = nodes[-1] if nodes else None
        inner = last.part if isinstance(last, Not) else last
        if (
            not isinstance(made, Unread)
            or member.apart
            or not isinstance(inner, Leaf)
            or inner.concept not in _OPEN_LISTS
        ):
            return made
        named = replace(
            inner,
            value=" ".join(member.before),
            noun=" ".join(member.before),
            start=made.start,
            end=made.end,
            narrowing=(),
        )
        return Not(named) if isinstance(last, Not) else named

    def _made(self, member: _Part, severity: tuple[str, ...], tail: str, *, first: bool) -> Node | None:
        after = [] if self._ages_only(member) else member.after
        left = [w for w in (*member.before, *after) if first or w != "other"]
        if tail and not member.open_end and not member.apart:
            left.append(tail)
        if not member.nodes and member.fixed:
            return narrowed(all_of(*member.fixed), tuple(left), severity)
        if not member.nodes:
            if not left and not severity:
                return None
            place = self.place(member.start, member.end)
            self.words_at[place] = " ".join(left)
            return Unread(*place)
        if member.governed:
            for leaf in (x for n in member.nodes for x in leaves(n)):
                self._no_criterion(leaf)
            return Unread(*self.place(member.start, member.end))
        if self.is_alone:  # "impaired" consent is no degree of consent
            severity = tuple(word for word in severity if not _UNABLE.search(word))
        node = narrowed(all_of(*member.nodes), tuple(left), severity)
        for wrap in member.wrap:
            node = wrap(node)
        return all_of(*member.fixed, node)

    def _ages_only(self, member: _Part) -> bool:
        """Whether a member is an age: what follows it ("at the time of the operation") makes it no other age."""
        found = [leaf for n in member.nodes for leaf in leaves(n)]
        return bool(found) and all(leaf.concept == "age" and leaf.bounds is not None for leaf in found)

    def _member(self, part: Sequence[Token], depth: int) -> _Part:
        """One member of a list: its things, what narrows them, what stands in brackets behind them."""
        out = _Part(apart=_restarts(part) or any(t.text == "other" for t in part[:2]))
        loose: list[Token] = []
        at = 0
        while at < len(part):
            token = part[at]
            out.start, out.end = (token.start if out.start < 0 else out.start), token.end
            if self._opens(out, part, at, loose):
                self._open_end(out, part, at, loose)
                loose = []
                break
            if token.kind == "open":
                close = closing(part, at)
                (out.after if out.nodes else out.before).extend(t.text for t in loose if t.text not in _PREPOSITIONS)
                loose = []
                self._bracket(out, part[at + 1 : close], depth, part[:at])
                out.end = part[min(close, len(part) - 1)].end
                at = close
            elif token.atom is not None and self._is_indication(out, part, at):
                self._open_end(out, part, at - 1, loose)
                loose = []
                break
            elif token.atom is not None and self._only_shared_noun(out, token.atom):
                pass
            elif token.atom is not None:
                self._take_atom(out, token.atom, loose)
                loose = []
            elif token.kind in ("fertile", "sterile"):
                self._take_fertility(out, token, rest=part[at + 1 :])
            else:
                loose = self._loose(out, part, at, loose)
            at += 1
        out.lacks_noun = not out.nodes and not any(t.text in _HEAD_NOUNS for t in part)
        rest = [self.lower[t.start : t.end] for t in loose if t.text not in _PREPOSITIONS]
        if out.nodes and loose and self._of_some(part, loose[0]) and all(measured(n) for n in out.nodes):
            of_whom = Unread(*self.place(loose[0].start, loose[-1].end))
            out.wrap.append(lambda node: When(of_whom, node, bars=self.bars))
            return out
        if not self.bars and any(self.words.other_subject.fullmatch(w) and not w.startswith("partner") for w in rest):
            out.governed = True
        (out.after if out.nodes else out.before).extend(rest)
        return out

    def _of_some(self, part: Sequence[Token], token: Token) -> bool:
        """Whether words behind a number say for whom it holds: "18-65 for group A"."""
        at = next(i for i, t in enumerate(part) if t is token)
        return any(t.text in ("for", "in", "among") for t in part[max(0, at - 2) : at])

    def _opens(self, out: _Part, part: Sequence[Token], at: int, loose: Sequence[Token]) -> bool:
        """Whether a clause begins that runs to the end of the member. "A without B" is none: B is read for itself."""
        token = part[at]
        if token.kind not in _OPEN_ENDS:
            return False
        if token.text in _DENIALS and any(t.kind == "atom" for t in part[at + 1 :]):
            return False
        return bool(out.nodes or loose) or token.kind != "relative"

    def _loose(self, out: _Part, part: Sequence[Token], at: int, loose: list[Token]) -> list[Token]:
        """The words that belong to nothing yet, after one more."""
        token = part[at]
        if token.kind == "joint":
            return self._at_joint(out, part, at, loose)
        if token.kind == "time":
            return loose if self.timeless or (token.start, token.end) in self.used else [*loose, token]
        if self._severity(token):
            (out.after if out.nodes else out.severity).append(token.text)
            return loose
        if token.kind not in ("word", "relative") or (not out.nodes and token.text in _NEEDING):
            return loose
        governs = bool(loose) and token.text in _PREPOSITIONS and not out.nodes
        return [*loose, token] if governs or self._means(token) or _denies_nothing(part, at, out) else loose

    def _take_fertility(self, out: _Part, token: Token, rest: Sequence[Token]) -> None:
        """ "Women of childbearing potential must use …": for whom the rest is; alone it is a criterion itself."""
        start, end = self.place(token.start, token.end)
        can = Leaf("childbearing", "", token.text, None, None, "", "", (), (), possible=False, start=start, end=end)
        said: Node = can if token.kind == "fertile" else Not(can)
        if "partner" in self.lower:  # a man's partner is not told of
            said = any_of(said, Unread(start, end))
        out.fixed += [n for n in out.nodes if not _is_of_fertility(n)]
        out.nodes = [n for n in out.nodes if _is_of_fertility(n)]
        if out.nodes or any(t.atom is not None for t in rest):
            out.wrap.append(lambda node: When(said, node, bars=self.bars))
        else:
            out.nodes.append(said)

    def _of_one_sex(self, finding: Finding, node: Node) -> Node:
        """ "Women must use contraception" says nothing of men."""
        sex = self.read.scope.sex(finding.hit.start)
        if not sex or finding.pattern.id in ("sex", "age", "pregnancy"):
            return node
        start, end = self.place(finding.hit.start, finding.hit.end)
        of_whom = Leaf("sex", sex, sex, None, None, "", "", (), (), possible=False, start=start, end=end)
        return When(of_whom, node, bars=self.bars)

    def _is_indication(self, out: _Part, part: Sequence[Token], at: int) -> bool:
        """Whether an illness is what a drug or an operation is for: "steroids for asthma"."""
        atom = part[at].atom
        if not out.nodes or not at or part[at - 1].text != "for" or atom is None:
            return False
        given = any(leaf.concept in _GIVEN for leaf in leaves(out.nodes[-1]))
        return given and all(f.pattern.id not in _GIVEN for f in atom.findings)

    def _only_shared_noun(self, out: _Part, atom: Atom) -> bool:
        """Whether a catch-all is only the noun of what stands before: the "concomitant disease" of "cardiac …"."""
        if any(f.pattern.id != _CATCH_ALL for f in atom.findings):
            return False
        return out.reach > atom.start

    def _take_atom(self, out: _Part, atom: Atom, loose: list[Token]) -> None:
        words = [t.text for t in loose if t.text not in _PREPOSITIONS]
        out.reach = max(out.reach, *(f.end for f in atom.findings))
        out.shares_head = any(f.end > atom.end + 1 for f in atom.findings if f.bounded is None)
        if any(self.words.other_subject.fullmatch(w) for w in words):
            out.governed = True
        if not self.bars and len(words) >= _MANY:
            out.governed = True
        if words and not self.bars and not out.nodes and loose[-1].text in _PREPOSITIONS:
            out.governed = True
        (out.before if not out.nodes else out.after).extend(words)
        out.nodes.append(self._of_one_sex(atom.findings[0], self.atom(atom)))

    def _at_joint(self, out: _Part, part: Sequence[Token], at: int, loose: list[Token]) -> list[Token]:
        """ "X with Y": both; "patients with Y": only Y, and words before say of whom."""
        if not out.nodes and at and part[at - 1].text in self.words.people:
            out.before.extend(t.text for t in loose if t.text not in _PREPOSITIONS)
            return []
        return [*loose, replace(part[at], kind="word")] if loose and not out.nodes else loose

    def _open_end(self, out: _Part, part: Sequence[Token], at: int, loose: list[Token]) -> None:
        """A clause that runs to the end of the member: a cause, a purpose, "that …"."""
        token, rest = part[at], part[at + 1 :]
        words = self.lower[token.start : part[-1].end]
        self._role(rest, token.kind)
        out.end = part[-1].end
        kept = [t.text for t in loose if t.text not in _PREPOSITIONS]
        if out.nodes:
            out.after.extend([*kept, words])
        else:
            out.before.extend([*kept, words])
        out.open_end, out.open_kind = words, token.kind

    def _bracket(self, out: _Part, inside: Sequence[Token], depth: int, head: Sequence[Token]) -> None:
        """What stands in brackets behind something: an exception, a condition, examples, a definition, a remark."""
        joined = inside[0].text if inside and inside[0].kind == "sep" else ""
        inside = trimmed(inside)
        if not inside or self.lower[inside[0].start :].startswith(_WHATEVER):
            return
        if joined in ("or", "and/or") and (more := self.clause(inside, depth + 1)) is not None:
            out.wrap.append(lambda node: either(node, more))
            return
        first, span = inside[0], (inside[0].start, inside[-1].end)
        permits = top(inside, "allowed")
        if permits is not None:
            self._role(inside, "permission")
            out.wrap.append(lambda node: self._except(node, span[0], inside[permits].start))
        elif first.kind == "spare":
            self._role(inside, "exception")
            out.wrap.append(lambda node: self._except(node, first.end, span[1]))
        elif first.kind == "condition":
            self._role(inside, "condition")
            of_whom = self._alone(self._whom(first), span[1]) or Unread(*self.place(*span))
            out.wrap.append(lambda node: When(of_whom, node, bars=self.bars))
        else:
            self._remark(out, inside, first, depth, head)

    def _remark(self, out: _Part, inside: Sequence[Token], first: Token, depth: int, head: Sequence[Token]) -> None:
        examples = first.kind == "example"
        rest = inside[1:] if first.kind in ("example", "define") else inside
        if examples and (out.nodes or out.before):
            of = all_of(*out.nodes) if out.nodes else Unread(*self.place(out.start, max(out.end, out.start + 1)))
            if not self._stand_for_themselves(of, head, rest):
                return
        content = self.clause(rest, depth + 1)
        found = list(leaves(content)) if content is not None else []
        if not out.nodes and not examples and (not out.before or (found and all(leaf.bounds for leaf in found))):
            out.nodes.extend([content] if content is not None else [])
            out.before, out.severity = [], []
        elif examples or (found and isinstance(content, AnyOf | AllOf) and _is_list(rest) and out.nodes):
            self._take_members(out, content, head, named=not examples)
        elif content is None or (len(rest) <= 2 and not found):
            return
        elif found and all(leaf.bounds for leaf in found):
            out.nodes = [content]
            out.before, out.after = [], []
        elif not found or not {x.concept for x in found} <= {x.concept for n in out.nodes for x in leaves(n)}:
            out.after.append(self.lower[inside[0].start : inside[-1].end])

    def _take_members(self, out: _Part, content: Node | None, head: Sequence[Token], *, named: bool) -> None:
        """Examples of a head, or a list of its members in brackets: "no systemic disease (lupus, psoriasis)"."""
        if content is None or not any(leaves(content)):
            return
        severe = self._severity_of(head)
        denied = any(is_denied(n) for n in out.nodes)
        if self.bars or (denied and not named):
            out.wrap.append(lambda node: any_of(node, _graded(self._named_like(node, content), severe)))
        elif denied:
            out.wrap.append(lambda node: all_of(node, content))

    # -- leaves -------------------------------------------------------------------------------------------------

    def atom(self, atom: Atom) -> Node:
        """The findings of one stretch; several are joined as the words between them say."""
        nodes = [self.leaf(f) for f in atom.findings]
        if len(nodes) == 1:
            return nodes[0]
        hits = sorted((f.hit.start, f.hit.end) for f in atom.findings)
        words = f" {self.lower[hits[0][1] : hits[-1][0]]} "
        either = " or " in words or (self.bars and ("," in words or "/" in words))
        both = " and " in words and not self.bars
        denied = all(isinstance(n, Not) for n in nodes) and not self.bars
        concepts = {f.pattern.id for f in atom.findings}
        if len(concepts) > 1 and all(f.hit.start == atom.findings[0].hit.start for f in atom.findings):
            return all_of(*nodes) if not self.bars else any_of(*nodes)
        return any_of(*nodes) if (either and not both and not denied) or (self.bars and not both) else all_of(*nodes)

    def leaf(self, finding: Finding) -> Node:
        """A finding as a leaf, negated where the sentence denies it."""
        scope, window = self.read.scope, finding.window
        if window is not None and any(
            inner <= window.start < stop and not inner <= finding.hit.start < stop
            for _, inner, stop in scope.exceptions
        ):
            window = None  # the time is that of what is spared
        start, end = self.place(*self._quote(finding))
        value = finding.value.split("except:", 1)[0].strip(" ;,").lower()
        made = Leaf(
            concept=finding.pattern.id,
            value=value,
            noun=self._noun(finding),
            bounds=_bounds(finding),
            window_months=window.months if window else None,
            direction=window.direction if window else "",
            sense=scope.when(finding.hit.start, finding.hit.end),
            severity=(),
            narrowing=(),
            possible=scope.possible(finding.hit.start),
            start=start,
            end=end,
        )
        if self.words.other_subject.search(made.noun):
            self.roles[id(finding)] = "subject"
            return Unread(start, end)
        if self.is_alone and finding.pattern.polarity == "require":  # a condition: "those who cannot consent"
            said = self.lower[max(0, finding.hit.start - _NEAR) : finding.hit.end]
            return Not(replace(made, severity=(), sense="")) if _UNABLE.search(said) else made
        wanted = "exclude" if self.bars else "require"
        return made if finding.effect == wanted else Not(made)

    def _quote(self, finding: Finding) -> Span:
        start, end, window = finding.start, finding.end, finding.window
        if window is not None and window in self.read.windows:
            if 0 <= window.start - end <= 90:
                end = window.end
            elif 0 <= start - window.end <= 90:
                start = window.start
        return start, end

    def _noun(self, finding: Finding) -> str:
        words = self.lower[finding.hit.start : finding.hit.end]
        if finding.end > finding.hit.end and finding.bounded is None:
            words += " " + self.lower[finding.hit.end : finding.end].replace(",", " ").split()[-1]
        elif finding.start < finding.hit.start and finding.bounded is None:
            words += " " + self.lower[finding.start : finding.hit.start].split()[0]
        else:
            behind = self.lower[finding.hit.end :].lstrip(" -").split(maxsplit=1)
            next_word = behind[0].strip(".,;:()") if behind else ""
            if (
                finding.bounded is None
                and next_word in _HEAD_NOUNS
                and not self.lower[finding.hit.end :].startswith((",", ";", "(", "."))
            ):
                words += " " + next_word
        return " ".join(words.split())

    # -- words --------------------------------------------------------------------------------------------------

    def _severity(self, token: Token) -> bool:
        return token.kind == "word" and any(a <= token.start < b for a, b in self.severe)

    def _means(self, token: Token) -> bool:
        """Whether a word carries meaning of its own."""
        if self.is_alone and token.text in _DOSES:
            return False
        if token.kind in ("word", "relative", "joint"):
            return token.text not in self.words.harmless and not token.text.isdigit() and not self._severity(token)
        return token.kind in ("cause", "purpose", "define", "example", "spare")

    def _unread(self, part: Sequence[Token]) -> Node:
        return Unread(*self.place(part[0].start, part[-1].end))

    def _role(self, part: Sequence[Token], role: str) -> None:
        for token in part:
            for finding in token.atom.findings if token.atom else ():
                self.roles[id(finding)] = role

    def _no_criterion(self, leaf: Leaf) -> None:
        for finding in self.read.findings:
            if finding.pattern.id == leaf.concept and self.place(*self._quote(finding))[0] == leaf.start:
                self.roles[id(finding)] = "argument"


def _without_label(part: list[Token]) -> list[Token]:
    """The tokens behind a title such as "Hepatic:" that names nothing by itself."""
    for at, token in enumerate(part[: _LABEL + 1]):
        if token.kind == "colon" and 0 < at < len(part) - 1:
            return part[at + 1 :]
        if token.kind not in ("word", "sep"):
            break
    return part


def _is_of_fertility(node: Node) -> bool:
    return any(leaf.concept in ("pregnancy", "contraception", "childbearing") for leaf in leaves(node))


def _is_list(part: Sequence[Token]) -> bool:
    return sum(1 for t in part if t.kind == "sep" and t.text in (",", "or", "and")) >= 1


def _graded(node: Node, severity: tuple[str, ...]) -> Node:
    """Examples of "severe illness": an infarction stands for itself, "lung disease" is meant when severe."""
    control = tuple(w for w in severity if w in _CONTROL)
    strong = tuple(w for w in severity if w not in _CONTROL and w not in ("chronic", "acute", "active"))

    def change(below: Node, denied: bool) -> Node:
        del denied
        if not isinstance(below, Leaf) or below.bounds is not None:
            return below
        more = control + (strong if _BROAD.search(below.noun) else ())
        return replace(below, severity=tuple(dict.fromkeys(below.severity + more)))

    return rebuilt(node, change)


def _bounds(finding: Finding) -> Bounds | None:
    b = finding.bounded
    if b is None:
        return None
    low_in, high_in = bool(b.bound.low_inclusive), bool(b.bound.high_inclusive)
    return Bounds(b.low, low_in and b.low is not None, b.high, high_in and b.high is not None, b.unit)


def _restarts(part: Sequence[Token]) -> bool:
    """Whether a member of a list begins anew instead of going on with the causes before it."""
    words = [t.text for t in part[:_AGES] if t.kind == "word"]
    return any(w in _RESTARTS for w in words)


def _denies_nothing(part: Sequence[Token], at: int, out: _Part) -> bool:
    """A denial behind a thing with nothing found after it: "cancer not treated"."""
    return part[at].text in _DENIALS and bool(out.nodes) and not any(t.kind == "atom" for t in part[at:])
