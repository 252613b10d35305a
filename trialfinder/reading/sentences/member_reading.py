"""Reads one member of a list: its things, what narrows them, what stands in brackets behind them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.number_roles import HOW_OFTEN
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.nodes.joining import (
    all_denied,
    either,
    graded,
    is_denied,
    is_of_fertility,
    kind_of,
    measured,
    of_toxicity,
)
from trialfinder.reading.nodes.tree import (
    AllOf,
    AnyOf,
    Leaf,
    Node,
    Not,
    Unread,
    When,
    all_of,
    any_of,
    leaves,
    negated,
    plain_leaf,
    rebuilt,
)
from trialfinder.reading.sentences.governing import is_governed
from trialfinder.reading.sentences.leaf_making import HEAD_NOUNS, LeafMaking
from trialfinder.reading.sentences.list_member import (
    DENIALS,
    EXEMPT,
    FOR_ONE,
    GRADED,
    LEFT_OUT,
    SPARES,
    TYPES_OF_A_VIRUS,
    Part,
    begins_anew,
    denies_nothing,
    is_list,
    restarts,
)
from trialfinder.reading.sentences.marks import Atom, Token
from trialfinder.reading.sentences.of_whom import nurses
from trialfinder.reading.sentences.stretches import but_for, closing, top, trimmed
from trialfinder.reading.vocabulary.patterns import load_patterns
from trialfinder.reading.wording.sentence_words import IF_CAN_BE
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
_CATCH_ALL = "general_health"
_GIVEN_TYPES = frozenset({"drug", "therapy", "procedure"})
_SUFFERED = frozenset({"illness", "symptom", "state", "event"})
"""Types that are no example of what is given: "vaccines (e.g., influenza)", "steroids, e.g. for asthma"."""
_ILL = re.compile(r"\b(?:immuno)?defici|\bdiseas|\bdisorder|\bcondition|\billness|\bsuppress(?:ed|ion)\b")
_TESTS = ("analys", "test", "blood", "serum", "urine", "sampl", "laborator", "screening", "exam", "assay", "measure")
_OF_WHAT = frozenset({"indicated for", "used for", "prescribed for"})
"""Purposes only of something in front of them: who is "indicated for surgery" has no other thing."""
_WHATEVER = ("with any", "with or without", "any ", "regardless", "irrespective", "both ", "either ", "all ", "whether")
"""A bracket that begins so leaves nothing out."""
_CAUSES = re.compile(r"\b(?:causes?|origins?|a?etiolog(?:y|ies))\b[^,;]{0,60}\Z")
OPEN_LISTS = frozenset({"allergy", "failed_conventional"})

_OTHER = re.compile(r"\bother\b")
_AND_SO_ON = re.compile(r"\betc\b")
_FOR_SOME = re.compile(r"\W*(?:or )?\d[\d.,]*\s?(?:\S+ )?(?:if|for|in|when|with)\b")
"""A number in brackets behind a limit: that of some people, "30 (27 if hypertension is present)"."""
_EVER = re.compile(r"\bhistor(?:y|ies)\b|\bprevious(?:ly)?\b")
"""With these a limit in brackets behind an illness is that of today, beside what was: "history of X (> 160)"."""


class MemberReading(LeafMaking):
    """Reads the members of lists. What a member holds in brackets is read by the sentence above it."""

    def clause(self, part: Sequence[Token], depth: int = 0) -> Node | None:
        """One sentence or half-sentence; the sentence's own."""
        raise NotImplementedError

    def sentences(self, words: Sequence[Token], depth: int = 0) -> Node | None:
        """Sentences one after the other; the sentence's own."""
        raise NotImplementedError

    def _alone(self, start: int, end: int) -> Node | None:
        raise NotImplementedError

    def _except(self, whole: Node, start: int, end: int) -> Node:
        raise NotImplementedError

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

    def _whom(self, token: Token) -> int:
        """Where the words of a condition begin: behind "if", but with the people of "in patients over 70"."""
        opener = token.text.split()[0]
        return token.start + len(opener) if opener in ("in", "for") and "case" not in token.text else token.end

    def _ages_only(self, member: Part) -> bool:
        """Whether a member is an age: what follows it ("at the time of the operation") makes it no other age."""
        found = [leaf for n in member.nodes for leaf in leaves(n)]
        return bool(found) and all(leaf.concept == "age" and leaf.bounds is not None for leaf in found)

    def _of_some(self, part: Sequence[Token], token: Token) -> bool:
        """Whether words behind a number say for whom it holds: "18-65 for group A"; a test is nobody."""
        at = next(i for i, t in enumerate(part) if t is token)
        return not token.text.startswith(_TESTS) and any(
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

    def _of_one_sex(self, finding: Finding, node: Node) -> Node:
        """ "Women must use contraception" says nothing of men."""
        sex = (finding.bounded.sex if finding.bounded else "") or self.read.scope.sex(finding.hit.start)
        if not sex or finding.pattern.id in ("sex", "age", "pregnancy"):
            return node
        words = self.read.scope.sex_words(finding.hit.start) or finding.hit
        start, end = self.place(words.start, words.end)
        of_whom = plain_leaf("sex", sex, start, end, value=sex)
        return When(of_whom, node, bars=self.bars)

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
        if any(f.pattern.id != _CATCH_ALL for f in atom.findings):
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

    def _bracket(self, out: Part, inside: Sequence[Token], depth: int, head: Sequence[Token]) -> None:
        """What stands in brackets behind something: an exception, a condition, examples, a definition, a remark."""
        joined = inside[0].text if inside and inside[0].kind == "sep" else ""
        inside = trimmed(inside)
        if (
            not inside
            or self.lower[inside[0].start :].startswith(_WHATEVER)
            or IF_CAN_BE.match(self.lower, inside[0].end)
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
            self._role(inside, "condition")
            of_whom = self._alone(self._whom(first), span[1]) or Unread(*self.place(*span))
            out.wrap.append(lambda node: When(of_whom, node, bars=self.bars))
        else:
            self._remark(out, inside, first, depth, head)

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
        if not out.nodes and (limits or partly or (not examples and not out.before)):
            # "hypertension, e.g. systolic > 180", "clotting disorder (INR > 2 or on warfarin)": more than is named
            named = Unread(*self.place(out.start, max(out.end, out.start + 1)))
            wider = self.bars and (examples or before or (partly and not limits))
            out.nodes.extend([] if content is None else [any_of(named, content) if wider else content])
            out.before, out.severity = [], []
        elif examples or (found and isinstance(content, AnyOf | AllOf) and is_list(rest) and out.nodes):
            self._take_members(out, content, head, named=not examples)
        elif not found and (grades := [t.text for t in rest if t.kind == "grade"]):
            out.after.extend(grades)
        elif content is None or (len(rest) <= 2 and not found and not any(HOW_OFTEN.fullmatch(t.text) for t in rest)):
            return
        elif limits and content is not None:
            self._take_limits(out, content, found, before=before)
        elif (
            not self.bars
            and out.nodes
            and measured(out.nodes[-1])
            and _FOR_SOME.match(self.lower, inside[0].start, inside[-1].end)
        ):
            out.nodes[-1] = any_of(out.nodes[-1], Unread(*self.place(inside[0].start, inside[-1].end)))
        elif self._narrows(out, found, inside):
            out.after.append(self.lower[inside[0].start : inside[-1].end])

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

    def _limit_of_some(self, out: Part, content: Node, inside: Sequence[Token]) -> bool:
        """Whether a bracket behind a limit says another for some people, or the age of those whom it is for."""
        if not out.nodes or not measured(out.nodes[-1]):
            return False
        if not self.bars and _FOR_SOME.search(self.lower, inside[0].start, inside[-1].end):
            out.nodes[-1] = any_of(out.nodes[-1], Unread(*self.place(inside[0].start, inside[-1].end)))
            return True
        aged = {leaf.concept for leaf in leaves(content)} == {"age"} and "age" not in {
            leaf.concept for leaf in leaves(out.nodes[-1])
        }
        if isinstance(content, When) and measured(content.part):
            out.wrap.append(lambda node: self._or_for_some(node, content))
        elif aged:
            self._role(inside, "condition")
            out.wrap.append(lambda node: When(content, node, bars=self.bars))
        return aged or (isinstance(content, When) and measured(content.part))

    def _longer_for_one(self, out: Part, content: Node, inside: Sequence[Token]) -> bool:
        """Whether a bracket says a longer time for one of what stands before it; a shorter one would spare some."""
        if not FOR_ONE.match(self.lower, inside[0].start):
            return False
        times = [leaf.window_months or 0.0 for node in out.nodes for leaf in leaves(node)]
        mine = [leaf.window_months or 0.0 for leaf in leaves(content)]
        if not (times and mine) or min(mine) <= max(times):
            return False
        out.wrap.append(lambda node: (any_of if self.bars else all_of)(node, content))
        return True

    def _or_for_some(self, node: Node, more: Node) -> Node:
        """A second limit in brackets: "ALT > 2 x ULN (> 5 x ULN if metastases)": who has them is barred by 5 only."""
        if self.bars and isinstance(more, When) and measured(more.part) and measured(node):
            return either(all_of(node, negated(more.condition)), more)
        return either(node, more)

    def _take_members(self, out: Part, content: Node | None, head: Sequence[Token], *, named: bool) -> None:
        """Examples of a head, or a list of its members in brackets: "no systemic disease (lupus, psoriasis)"."""
        if content is None or not any(leaves(content)):
            return
        of = [leaf for n in out.nodes for leaf in leaves(n) if leaf.concept != _CATCH_ALL]
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
        if inner is None or inner.concept == _CATCH_ALL or inner.bounds is not None:
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
        if named == {"other_neuropathy_cause"} or _CAUSES.search(said):
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


def of_drugs(node: Node) -> bool:
    """Whether something in a node is done or given."""
    return any(leaf.concept in GIVEN for leaf in leaves(node))
