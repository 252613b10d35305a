"""A list under a head in one line, which only names what its members are, or says how many must be there.

"Viral infections: HIV, hepatitis B"; "at least two of the following: A, B, C".

Of a list under a name the members stand for themselves; the head neither bars by itself nor makes them less. That
holds only where every word of the head is known to name a kind of thing ("blood-borne", "of the heart") or to say
that it is there; any other word ("planned", "of the donor", "that need oxygen") leaves the head a part of its first
member.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.reading.cutting.segment import logic_of
from trialfinder.reading.nodes.joining import graded, is_denied, kind_of, none_of
from trialfinder.reading.nodes.tree import AnyOf, AtLeast, Node, Unread, any_of, leaves, rebuilt, walk
from trialfinder.reading.sentences.marks import Token
from trialfinder.reading.sentences.members_together import MembersReading
from trialfinder.reading.sentences.of_whom import THINGS
from trialfinder.reading.sentences.stretches import pieces, trimmed
from trialfinder.reading.vocabulary.patterns import type_of

_KINDS = frozenset({"word", "atom", "sep", "grade", "method"})
"""What may stand in such a head; no cause, condition, time or bracket."""
_HEADS = frozenset({"illness", "event", "symptom", "state", "drug"})
"""Types of things that a head may name."""
_CANNOT = frozenset({"ability"})
"""The type of what a person cannot do or have, for whatever reason: "contraindication to MRI: pacemaker, clips"."""
_OTHERS = frozenset({"other", "others", "etc", "etc."})
"""Ends of a list that leave nothing of the head out: "any liver disease: viral, metabolic or other"."""
_CATCH_ALL = "general_health"


_NONE = re.compile(
    r"[\W\d]*(?:(?:all|any|the|they|he|she|you|patients?|subjects?|participants?|individuals?|people|volunteers?|adults?|must|should"
    r"|shall|may|will|is|are|be|have|has|had|who|that|currently|do|does|to|in|of|been|meets?|meeting)\s)*"
    r"(?:no|not|none|never|without|absence of|free (?:of|from)|lack of|cannot)\b"
)
_TAKING = frozenset(
    {
        "take", "takes", "taken", "taking", "receive", "receives", "received", "receiving", "use", "uses", "used",
        "using", "been", "be", "being", "treated", "treatment", "therapy", "treatments", "therapies", "on", "under",
        "with", "of", "in", "to", "within", "at", "least", "past", "last", "previous", "prior", "before",
        "preceding", "during", "weeks", "week", "days", "day", "months", "month", "years", "year", "hours",
        "randomization", "randomisation", "enrollment", "enrolment", "study", "screening", "baseline", "entry",
        "start", "concurrent", "concurrently", "concomitant", "currently", "current", "chronic", "regular",
        "regularly", "the", "following", "these", "those", "any", "all", "drugs", "drug", "medications",
        "medication", "medicines", "medicine", "agents", "agent", "substances", "conditions", "diseases",
        "disorders", "illnesses", "criteria", "exclusion", "subjects", "patients", "participants", "individuals",
        "people", "who", "that", "have", "has", "had", "present", "and", "or", "either", "both", "history",
    }
)  # fmt: skip
"""Words of a denied head that say no more than that its members must not be there, or not be taken."""


class ListReading(MembersReading):
    """Reads lists under a head."""

    def _under_a_head(self, part: Sequence[Token], depth: int) -> Node | None:
        """The members of a list behind a colon; None where the words in front of it may say more than what they are."""
        colon = next((at for at, token in enumerate(part) if token.kind in ("colon", "open")), 0)
        if not self.bars or self.is_alone or not colon or part[colon].kind != "colon":
            return None
        head, rest = part[:colon], trimmed(part[colon + 1 :])
        if not rest or not self._names_kinds(head):
            return None
        members, said = self.clause(rest, depth + 1), self.clause(head, depth + 1) or self._unread(head)
        of_any_kind = rest[-1].text in _OTHERS and any(leaves(said))
        if members is None or not self._begins_with_a_thing(members, head):
            return any_of(said, self._unread(rest)) if of_any_kind else None
        of = [leaf for leaf in leaves(said) if leaf.concept != _CATCH_ALL]
        before = [token.text for token in head if token.kind == "word" and token.text in self.words.kinds_of_things]
        members = rebuilt(members, lambda node, _denied: kind_of(node, before, of))
        members = graded(self._named_like(said, members), self._severity_of(head), said)
        bars_itself = of_any_kind or any(type_of(leaf.concept) in _CANNOT for leaf in leaves(said))
        return any_of(said, members) if bars_itself else members

    def _none_of(self, part: Sequence[Token], depth: int) -> Node | None:
        """ "Not taking any of these drugs: A, B, C" in one line; None where the head says anything more."""
        colon = next((at for at, token in enumerate(part) if token.kind in ("colon", "open")), 0)
        if self.bars or self.is_alone or not colon or part[colon].kind != "colon":
            return None
        head, rest = part[:colon], trimmed(part[colon + 1 :])
        said = _NONE.match(self.lower, head[0].start, head[-1].end)
        if said is None or not rest or any(self._tells(token) for token in head):
            return None
        known = self.words.kinds_of_things | self.words.being_there | _TAKING
        behind = [t for t in head if t.start >= said.end() and t.kind in ("word", "relative")]
        if any(t.text not in known and not t.text.isdigit() for t in behind):
            return None
        members = self.clause(rest, depth + 1)
        return None if members is None else none_of(members)

    def _tells(self, token: Token) -> bool:
        """Whether a token of a head is a thing, and no mere name of a kind of things."""
        if token.atom is not None:
            return any(f.pattern.id != _CATCH_ALL for f in token.atom.findings)
        return token.kind in ("cause", "purpose", "condition", "spare", "define")

    def _some_of(self, part: Sequence[Token], depth: int) -> Node | None:
        """ "At least two of the following: A, B, C" in one line; None where the words say nothing of the kind."""
        colon = next((at for at, token in enumerate(part) if token.kind == "colon"), 0)
        if not colon or any(t.kind in THINGS for t in part[:colon]):
            return None
        logic, needed = logic_of(self.lower[part[0].start : part[colon].start])
        rest = trimmed(part[colon + 1 :])
        if logic == "all" or not rest or (self.bars and logic == "any"):
            return None
        members, _, _ = self._members(rest, depth)
        if len(members) < max(2, needed) or len(members) != sum(1 for one, _ in pieces(rest) if one):
            return None if logic == "any" else self._unread(part)
        if all(is_denied(member) for member in members):
            return None
        return AtLeast(needed, tuple(members)) if logic == "at_least" else AnyOf(tuple(members))

    def _names_kinds(self, head: Sequence[Token]) -> bool:
        """Whether every word of a head names a kind of thing, or says that it is there."""
        known = self.words.kinds_of_things | self.words.being_there
        for token in head:
            unknown = token.kind == "word" and token.text not in known and not self._severity(token)
            if unknown or token.kind not in _KINDS:
                return False
            for finding in token.atom.findings if token.atom else ():
                if finding.pattern.type not in _HEADS | _CANNOT and finding.pattern.id != _CATCH_ALL:
                    return False
                if finding.bounded is not None or finding.window is not None:
                    return False
        return True

    def _begins_with_a_thing(self, members: Node, head: Sequence[Token]) -> bool:
        """Whether what stands behind the colon is a thing by itself, of the kinds that the head may name.

        A number is that of the head ("Liver disease: ALT above 100"), and words that were not read go on with it.
        """
        first = next(iter(leaves(members)), None)
        if first is None or first.bounds is not None:
            return False
        if any(isinstance(node, Unread) and node.start < first.start for node in walk(members)):
            return False
        return not any(token.atom for token in head) or type_of(first.concept) in _HEADS | _CANNOT
