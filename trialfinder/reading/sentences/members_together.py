"""Members of a list together: the words that stand before each, and what they share.

"Severe renal or cardiac disease" is severe in both; "stenosis/occlusion" names one thing twice; "allergy to penicillin
or latex" goes on with the name of another; "a herniated disc or a narrow canal, with leg pain" asks for the pain either
way.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from trialfinder.reading.amounts.grades import begins_grades
from trialfinder.reading.nodes.joining import is_denied, joined, narrowed, stronger
from trialfinder.reading.nodes.tree import Leaf, Node, Not, Unread, all_of, any_of, leaves
from trialfinder.reading.sentences.bracket_reading import OPEN_LISTS
from trialfinder.reading.sentences.leaf_making import UNABLE
from trialfinder.reading.sentences.list_ends import ends_in_kind, of_the_whole_list, treated_at
from trialfinder.reading.sentences.list_member import Part, denied_noun, names_a_thing, only_grades, restarts
from trialfinder.reading.sentences.marks import Token
from trialfinder.reading.sentences.member_reading import MemberReading
from trialfinder.reading.sentences.of_whom import controls_beside
from trialfinder.reading.sentences.stretches import pieces
from trialfinder.reading.wording.sentence_words import ALTHOUGH, COMES_FROM, DIRECT, WEAKLY


class MembersReading(MemberReading):
    """Reads the members of a list together."""

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

    def _continued(self, nodes: list[Node], member: Part, made: Node) -> Node:
        """ "Allergy to penicillin or latex": what was not found in the second member is the name of another."""
        last = nodes[-1] if nodes else None
        inner = last.part if isinstance(last, Not) else last
        if (
            not isinstance(made, Unread)
            or member.apart
            or not isinstance(inner, Leaf)
            or inner.concept not in OPEN_LISTS
        ):
            return made
        name = " ".join(member.before)
        named = replace(inner, value=name, noun=name, start=made.start, end=made.end, narrowing=())
        return Not(named) if isinstance(last, Not) else named
