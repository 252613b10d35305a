"""Limits that hold for some people only: a sex, those whom a bracket names, each of several groups."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.nodes.joining import either, measured
from trialfinder.reading.nodes.tree import (
    AnyOf,
    Node,
    Unread,
    When,
    all_of,
    any_of,
    leaves,
    negated,
    plain_leaf,
)
from trialfinder.reading.sentences.leaf_making import LeafMaking, Span
from trialfinder.reading.sentences.list_member import FOR_ONE, Part
from trialfinder.reading.sentences.marks import Token
from trialfinder.reading.sentences.stretches import limit_of_others

FOR_SOME = re.compile(r"\W*(?:or )?\d[\d.,]*\s?(?:\S+ )?(?:if|for|in|when|with)\b")
"""A number in brackets behind a limit: that of some people, "30 (27 if hypertension is present)"."""

_SEXES = {
    "female": re.compile(r"\b(?:wom[ae]n|females?|girls?)\b"),
    "male": re.compile(r"\b(?:m[ae]n|males?|boys?)\b"),
}
_NEAR = 25
"""Letters between a limit and the word for the sex that it is of."""


class LimitReading(LeafMaking):
    """Reads for whom a limit holds."""

    def clause(self, part: Sequence[Token], depth: int = 0) -> Node | None:
        """One sentence or half-sentence; the sentence's own."""
        raise NotImplementedError

    def _alone(self, start: int, end: int) -> Node | None:
        raise NotImplementedError

    def _each_for_some(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        """ "Above 12 in women and above 13 in men": each limit with its condition; None where there is only one."""
        second = limit_of_others(part, at) if at else None
        if second is None:
            return None
        said = (self.clause(part[:second], depth), self.clause(part[second + 1 :], depth))
        return (any_of if self.bars else all_of)(*(node for node in said if node is not None))

    def _if(self, of_whom: Node, said: Node, *, prefix: bool) -> Node:
        """What holds under a condition: of "10, or 9 if on dialysis" only the second."""
        limits = said.parts if isinstance(said, AnyOf) and not prefix else ()
        found = [list(leaves(part)) for part in limits]
        named = [sorted((leaf.concept, leaf.value) for leaf in part) for part in found]
        if len(limits) == 2 and named[0] == named[1] and all(leaf.bounds for part in found for leaf in part):
            return any_of(limits[0], all_of(of_whom, limits[1]))
        return When(of_whom, said, bars=self.bars)

    def _whom(self, token: Token) -> int:
        """Where the words of a condition begin: behind "if", but with the people of "in patients over 70"."""
        opener = token.text.split()[0]
        return token.start + len(opener) if opener in ("in", "for") and "case" not in token.text else token.end

    def _of_one_sex(self, finding: Finding, node: Node) -> Node:
        """ "Women must use contraception" says nothing of men."""
        sex = (finding.bounded.sex if finding.bounded else "") or self.read.scope.sex(finding.hit.start)
        each = finding.bounded is not None and finding.bounded.each_sex
        if not sex or (finding.pattern.id in ("sex", "age", "pregnancy") and not each):
            return node
        words = self.read.scope.sex_words(finding.hit.start)
        start, end = self.place(*((words.start, words.end) if words is not None else self._sex_place(finding, sex)))
        of_whom = plain_leaf("sex", sex, start, end, value=sex)
        return When(of_whom, node, bars=self.bars)

    def _sex_place(self, finding: Finding, sex: str) -> Span:
        """Where the word for the sex of a limit stands: right behind the limit, else in front of it."""
        hit, bound, said = finding.hit, finding.bounded and finding.bounded.bound, _SEXES[sex]
        last = max(hit.end, bound.end) if bound else hit.end
        behind = said.search(self.lower, last, last + _NEAR)
        before = list(said.finditer(self.lower, max(0, hit.start - _NEAR), last))
        found = behind if behind is not None and not before else before[-1] if before else None
        return found.span() if found is not None else (hit.start, hit.end)

    def _of_whom(self, out: Part, inside: Sequence[Token], first: Token) -> None:
        """A bracket that says for whom what stands before it holds, or another limit of it for some."""
        span = (inside[0].start, inside[-1].end)
        if out.nodes and measured(out.nodes[-1]) and self._has_limit(out, inside):
            out.nodes[-1] = any_of(out.nodes[-1], Unread(*self.place(*span)))
            return
        self._role(inside, "condition")
        of_whom = self._alone(self._whom(first), span[1]) or Unread(*self.place(*span))
        out.wrap.append(lambda node: When(of_whom, node, bars=self.bars))

    def _has_limit(self, out: Part, inside: Sequence[Token]) -> bool:
        """Whether a bracket says another limit of what stands before it: "18 to 35 (in Asians 17 to 33)"."""
        named = {(leaf.concept, leaf.value) for leaf in leaves(out.nodes[-1])}
        found = (f for t in inside for f in (t.atom.findings if t.atom else ()) if f.bounded is not None)
        return any((f.pattern.id, f.value) in named for f in found)

    def _limit_of_some(self, out: Part, content: Node, inside: Sequence[Token]) -> bool:
        """Whether a bracket behind a limit says another for some people, or the age of those whom it is for."""
        if not out.nodes or not measured(out.nodes[-1]):
            return False
        if not self.bars and FOR_SOME.search(self.lower, inside[0].start, inside[-1].end):
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
