"""Reads one member of a list: its things, what narrows them, what stands in brackets behind them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.joining import (
    is_of_fertility,
    measured,
)
from trialfinder.reading.nodes.tree import (
    Leaf,
    Node,
    Not,
    Unread,
    When,
    all_of,
    any_of,
    leaves,
    plain_leaf,
)
from trialfinder.reading.sentences.bracket_reading import CATCH_ALL, TESTS, BracketReading
from trialfinder.reading.sentences.governing import is_governed
from trialfinder.reading.sentences.leaf_making import HEAD_NOUNS
from trialfinder.reading.sentences.list_member import (
    DENIALS,
    Part,
    begins_anew,
    denies_nothing,
    restarts,
)
from trialfinder.reading.sentences.marks import Atom, Token
from trialfinder.reading.sentences.of_whom import nurses
from trialfinder.reading.sentences.stretches import closing
from trialfinder.reading.wording.standards import by_standard

_PREPOSITIONS = frozenset(
    ["of", "for", "to", "from", "by", "in", "on", "about", "during", "at", "against", "as", "following", "after"]
)
OPEN_ENDS = frozenset({"relative", "cause", "purpose"})
_WILL = ("willingness", "commitment", "agreement", "promise", "obligation")
"""In front of what a person must be ready to do these say nothing more: "commitment to contraception"."""
_NEEDING = frozenset({"requiring", "needing", "necessitating"})
"""In front of a thing these only say that it is there: "requiring dialysis"."""
GIVEN = frozenset(
    {
        "recent_surgery", "spine_surgical", "chemotherapy", "immunosuppression", "other_medication",
        "prior_cell_therapy", "anticoagulant", "opioid_use",
    }
)  # fmt: skip
"""What is done or given; "for" behind it says what it is for."""
_OF_WHAT = frozenset({"indicated for", "used for", "prescribed for"})
"""Purposes only of something in front of them: who is "indicated for surgery" has no other thing."""
_OTHER = re.compile(r"\bother\b")


class MemberReading(BracketReading):
    """Reads the members of lists. What a member holds in brackets is read by the sentence above it."""

    def _own_or_family(self, part: Sequence[Token], said: re.Match[str]) -> Node:
        """ "Personal or family history of gout": a history of one's own is enough; what relatives had is not read."""
        words = (said.start("history"), part[-1].end)
        family = Unread(*self.place(said.start(), said.start("history")))
        return any_of(self._alone(*words) or Unread(*self.place(*words)), family)

    def _member(self, part: Sequence[Token], depth: int) -> Part:
        """One member of a list: its things, what narrows them, what stands in brackets behind them."""
        other = "other" in self.lower and bool(part) and self._names_others(part)
        out = Part(apart=restarts(part) or any(t.text == "other" for t in part[:2]), other=other)
        out.anew = begins_anew(part)
        loose: list[Token] = []
        at = 0
        while at < len(part):
            token = part[at]
            out.start, out.end = (token.start if out.start < 0 else out.start), token.end
            if token.kind == "anchor" and (out.nodes or "dose" in token.text):
                self._role(part[at:], "anchor")
                break
            indication = token.atom is not None and bool(out.nodes) and self._is_indication(out, part, at)
            if indication or self._opens(out, part, at, loose):
                self._open_end(out, part, at - 1 if indication else at, loose)
                if indication:
                    self._role(part[at:], "indication")
                    out.open_kind = "indication"
                loose = []
                break
            if token.kind == "word":
                loose = self._loose(out, part, at, loose)
                at += 1
            else:
                at, loose = self._take(out, part, at, loose, depth)
        out.lacks_noun = not out.nodes and not any(t.text in HEAD_NOUNS for t in part)
        if self.bars and out.severity and not (out.lacks_noun or out.nodes or out.before or loose):
            out.before.append(self.lower[out.start : out.end])  # "Chronic diseases, smoking": a thing of its own
        return self._with_rest(out, part, loose)

    def _names_others(self, part: Sequence[Token]) -> bool:
        """Whether "other" stands before the first thing of a member ends."""
        head = next((t.end for t in part if t.atom is not None), part[-1].end)
        return _OTHER.search(self.lower, part[0].start, head) is not None

    def _take(
        self, out: Part, part: Sequence[Token], at: int, loose: list[Token], depth: int
    ) -> tuple[int, list[Token]]:
        """Takes the token at a place; gives the next place and the words that belong to nothing yet."""
        token = part[at]
        if token.kind == "open":
            close = closing(part, at)
            (out.after if out.nodes else out.before).extend(t.text for t in loose if t.text not in _PREPOSITIONS)
            self._bracket(out, part[at + 1 : close], depth, part[:at])
            out.end = part[min(close, len(part) - 1)].end
            return close + 1, []
        if token.atom is not None:
            if not self._only_shared_noun(out, token.atom):
                self._take_atom(out, token.atom, loose)
                loose = []
        elif token.kind in ("fertile", "sterile"):
            self._take_fertility(out, token, rest=part[at + 1 :])
        else:
            loose = self._loose(out, part, at, loose)
        return at + 1, loose

    def _with_rest(self, out: Part, part: Sequence[Token], loose: Sequence[Token]) -> Part:
        """The member with the words at its end that belong to nothing."""
        rest = [self.lower[t.start : t.end] for t in loose if t.text not in _PREPOSITIONS]
        if out.nodes and loose and self._of_some(part, loose[0]) and all(measured(n) for n in out.nodes):
            of_whom = Unread(*self.place(loose[0].start, part[-1].end))
            out.wrap.append(lambda node: When(of_whom, node, bars=self.bars))
            return out
        if not self.bars and any(self.words.is_another(w) and not w.startswith("partner") for w in rest):
            out.governed = True
        (out.after if out.nodes else out.before).extend(rest)
        return out

    def _ages_only(self, member: Part) -> bool:
        """Whether a member is an age: what follows it ("at the time of the operation") makes it no other age."""
        found = [leaf for n in member.nodes for leaf in leaves(n)]
        return bool(found) and all(leaf.concept == "age" and leaf.bounds is not None for leaf in found)

    def _of_some(self, part: Sequence[Token], token: Token) -> bool:
        """Whether words behind a number say for whom it holds: "18-65 for group A"; a test is nobody."""
        at = next(i for i, t in enumerate(part) if t is token)
        return not token.text.startswith(TESTS) and any(
            t.text in ("for", "in", "among") for t in part[max(0, at - 2) : at]
        )

    def _opens(self, out: Part, part: Sequence[Token], at: int, loose: Sequence[Token]) -> bool:
        """Whether a clause begins that runs to the end of the member. "A without B" is none: B is read for itself."""
        token = part[at]
        if token.kind not in OPEN_ENDS:
            return False
        if token.text in DENIALS and any(t.kind == "atom" for t in part[at + 1 :]):
            return False
        return bool(out.nodes or loose) or (token.kind != "relative" and token.text not in _OF_WHAT)

    def _loose(self, out: Part, part: Sequence[Token], at: int, loose: list[Token]) -> list[Token]:
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
        return [*loose, token] if governs or self._means(token) or denies_nothing(part, at, out) else loose

    def _take_fertility(self, out: Part, token: Token, rest: Sequence[Token]) -> None:
        """ "Women of childbearing potential must use …": for whom the rest is; alone it is a criterion itself."""
        start, end = self.place(token.start, token.end)
        can = plain_leaf("childbearing", token.text, start, end)
        said: Node = can if token.kind == "fertile" else Not(can)
        if "partner" in self.lower:  # a man's partner is not told of
            said = any_of(said, Unread(start, end))
        out.fixed += [n for n in out.nodes if not is_of_fertility(n)]
        out.nodes = [n for n in out.nodes if is_of_fertility(n)]
        if out.nodes or any(t.atom is not None for t in rest):
            out.wrap.append(lambda node: self._of_the_fertile(said, node, sterile=token.kind == "sterile"))
        elif self.bars or self.is_alone or token.kind == "sterile":
            out.nodes.append(said)
        else:  # nobody is asked to be able to become pregnant: this only says of whom something else is said
            out.nodes.append(Unread(start, end))

    def _of_the_fertile(self, said: Node, node: Node, *, sterile: bool) -> Node:
        """ "Postmenopausal women" must be both; else it is only for whom the rest holds."""
        both = sterile and not self.bars and isinstance(node, Leaf) and node.concept == "sex"
        return all_of(said, node) if both else When(said, node, bars=self.bars)

    def _is_indication(self, out: Part, part: Sequence[Token], at: int) -> bool:
        """Whether an illness is what a drug or an operation is for: "steroids for asthma"."""
        atom = part[at].atom
        before = [t.text for t in part[max(0, at - 2) : at] if t.text not in ("a", "an", "the")]
        if not out.nodes or before[-1:] != ["for"] or atom is None:
            return False
        given = any(leaf.concept in GIVEN for leaf in leaves(out.nodes[-1]))
        return given and all(f.pattern.id not in GIVEN or f.pattern.id == "other_medication" for f in atom.findings)

    def _only_shared_noun(self, out: Part, atom: Atom) -> bool:
        """Whether a catch-all is only the noun of what stands before: the "concomitant disease" of "cardiac …"."""
        if any(f.pattern.id != CATCH_ALL for f in atom.findings):
            return False
        return out.reach > atom.start

    def _take_atom(self, out: Part, atom: Atom, loose: list[Token]) -> None:
        able = all(f.pattern.type == "ability" for f in atom.findings)
        idle = _WILL if able else ("pain",) if all(f.pattern.id == "pain_score" for f in atom.findings) else ()
        words = [t.text for t in loose if t.text not in _PREPOSITIONS and t.text not in idle]
        out.reach = max(out.reach, *(f.end for f in atom.findings))
        out.shares_head = any(f.end > atom.end + 1 for f in atom.findings if f.bounded is None)
        words = [] if words and nurses(self.lower, out.start) else words
        out.governed = out.governed or any(self.words.is_another(w) for w in words)
        if not self.bars and not (words and by_standard(self.lower[loose[0].start : atom.start])):
            before = bool(words) and not out.nodes and loose[-1].text in _PREPOSITIONS
            out.governed = out.governed or before or is_governed(self.lower, atom, loose, words)
        (out.before if not out.nodes else out.after).extend(words)
        out.nodes.append(self._of_one_sex(atom.findings[0], self.atom(atom)))

    def _at_joint(self, out: Part, part: Sequence[Token], at: int, loose: list[Token]) -> list[Token]:
        """ "X with Y": both; "patients with Y": only Y, and words before say of whom."""
        if not out.nodes and at and part[at - 1].text in self.words.people:
            out.before.extend(t.text for t in loose if t.text not in _PREPOSITIONS)
            return []
        return [*loose, replace(part[at], kind="word")] if loose and not out.nodes else loose

    def _open_end(self, out: Part, part: Sequence[Token], at: int, loose: list[Token]) -> None:
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


def of_drugs(node: Node) -> bool:
    """Whether something in a node is done or given."""
    return any(leaf.concept in GIVEN for leaf in leaves(node))
