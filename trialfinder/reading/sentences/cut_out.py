"""Cuts out of a sentence, before its joints are read, what would mislead them: reasons, and who consents for whom."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from trialfinder.reading.findings.finding import ItemRead
from trialfinder.reading.nodes.tree import Bounds, Leaf, Node, Unread, When, all_of, any_of
from trialfinder.reading.sentences.condition_reading import ConditionReading
from trialfinder.reading.sentences.leaf_making import Span
from trialfinder.reading.sentences.marks import Token, tokens
from trialfinder.reading.wording.minors import MinorsClause, minors_clause, or_somebody
from trialfinder.reading.wording.reasons import reason_places


class CutOut(ConditionReading):
    """A sentence without what is no part of its lists."""

    def _cut_out(self) -> tuple[Sequence[Token], MinorsClause | None, Span | None]:
        """The tokens that are left, the clause about the consent of parents, and where somebody else may consent."""
        asks = not self.bars and not self.is_alone
        clause = minors_clause(self.lower) if asks else None
        read = self._but_for(clause) if clause else self.read
        words = self._without_reasons(tokens(read, self.offset, self.whatever))
        words = self._without(words, clause.start, clause.end, "condition") if clause else words
        somebody = or_somebody(self.lower) if asks else None
        return self._without(words, *somebody, "condition") if somebody else words, clause, somebody

    def _but_for(self, clause: MinorsClause) -> ItemRead:
        """What was read without the age of which a clause about minors speaks, wherever its measure stands."""
        findings = self.read.findings
        own = [f for f in findings if f.bounded and clause.start <= f.bounded.bound.start < clause.end]
        self.roles |= {id(f): "condition" for f in own}
        return replace(self.read, findings=tuple(f for f in findings if f not in own))

    def _without(self, words: Sequence[Token], start: int, end: int, role: str) -> Sequence[Token]:
        """The tokens without those between two places, whose things play a role of their own."""
        self._role([token for token in words if start <= token.start < end], role)
        return [token for token in words if not start <= token.start < end]

    def _or_of_minors(self, rest: Node | None, clause: MinorsClause) -> Node:
        """What a sentence asks beside a clause about the consent of a parent, which only minors need."""
        asked = Unread(*self.place(clause.start, clause.end))
        young = Leaf(
            "age", "", "age", Bounds(None, False, clause.age, False, "years"), None, "", "", (), (),
            possible=False, start=asked.start, end=asked.end,
        )  # fmt: skip
        if rest is None:
            return When(young, asked, bars=False)
        if clause.alternative:
            return any_of(rest, all_of(young, asked))
        return all_of(rest, When(young, asked, bars=False))

    def _without_reasons(self, words: Sequence[Token]) -> Sequence[Token]:
        """The tokens without those that only say why a study asks for something."""
        for start, end in reason_places(self.lower):
            words = self._without(words, start, end, "note")
            self.harmless.append((start, end))
        return words
