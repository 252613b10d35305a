"""What is asked under a condition: "if diabetic, HbA1c below 9 %", "asthma, even if mild", "unless on dialysis"."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.reading.nodes.joining import narrowed
from trialfinder.reading.nodes.tree import Node, Unread, When, all_of, any_of
from trialfinder.reading.sentences.listed_under import ListReading
from trialfinder.reading.sentences.marks import Token
from trialfinder.reading.sentences.of_whom import THINGS, another_if, while_not
from trialfinder.reading.sentences.stretches import end_of_condition, without
from trialfinder.reading.wording.sentence_words import BEGINS, IF_ANY, IF_CAN_BE, WHILE_IN


class ConditionReading(ListReading):
    """Reads clauses that hold for some, or at some time only."""

    def condition(self, part: Sequence[Token], at: int, depth: int) -> Node | None:
        """A clause with "if", "while" or "even if" at a place; None where it asks nothing."""
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
