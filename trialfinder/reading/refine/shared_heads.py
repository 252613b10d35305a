"""Words before "or" that say nothing by themselves, because the name behind belongs to them too.

"Histologically or cytologically confirmed leukemia" is leukemia; "relapsing or progressive MS" is multiple sclerosis
either way; "no prior allogeneic or autologous transplantation" denies both.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from trialfinder.reading.nouns import stems
from trialfinder.reading.patterns import load_patterns
from trialfinder.reading.tree import AllOf, AnyOf, Group, Leaf, Node, Not, Unread, When, rebuilt

_WAY = re.compile(
    r"\W*(?:(?:no|not|have|has|with|a|an|patients?|subjects?)\s+)*"
    r"(?:(?:histo|cyto|patho|immunohisto|radio|micro|sero)\w*|biops\w+|clinical|clinically|genetic\w*|molecular\w*|\w+ly)"
    r"(?:\s*(?:-|proven|confirmed|documented|verified)\s*)?\W*\Z",
    re.IGNORECASE,
)
_ONE = (
    r"(?:(?!(?:diabet|alcohol|epilept|asthmat|schizophren|psychot|antibiot|narcot|analges|diuret|clin|statist)ic\b)"
    r"[\w-]+(?:ive|ing|al|ary|ous|eic|ic|ant|ar|ate|able|ible|ed|ute)|hyper|hypo)"
)
_ADJECTIVES = re.compile(
    r"\W*(?P<no>(?:no|not|without)\b\W*)?(?:(?:prior|previous|known|history of|with|patients?)\W+)*"
    rf"(?P<said>{_ONE}(?:[\s,/-]+{_ONE})*)\W*\Z",
    re.IGNORECASE,
)
_JOINT = re.compile(rf"(?:[\s,/-]|\b(?:and/or|or|and|a|an|the)\b|{_ONE}(?![\w-]))*\Z", re.IGNORECASE)
_NEAR = 60
_SAYS_NO_KIND = frozenset(
    stems(
        "disease infection event impairment dysfunction insufficiency failure deficit syndrome abnormality cancer tumor"
    )
)
"""Nouns that are another thing with each adjective: "somatic or psychiatric disorders"."""
_SHARED = frozenset({"illness", "event", "therapy", "procedure"})
"""The types of what shares its name with adjectives before it."""


def with_shared_heads(node: Node, text: str) -> Node:
    """The tree in which such words are no alternative of their own."""
    if not isinstance(node, AnyOf | AllOf | Not | When | Group):
        return node

    def change(part: Node, _denied: bool) -> Node:
        if not isinstance(part, AnyOf | AllOf):
            return part
        made = _joined(part.parts, text)
        if len(made) == len(part.parts) and all(a is b for a, b in zip(made, part.parts, strict=True)):
            return part
        if len(made) == 1:
            return made[0]
        denied = sum(isinstance(one, Not) for one in made) > sum(isinstance(one, Not) for one in part.parts)
        return AllOf(tuple(made)) if denied else type(part)(tuple(made))

    return rebuilt(node, change)


def _joined(parts: tuple[Node, ...], text: str) -> list[Node]:
    made: list[Node] = []
    for part in reversed(parts):
        found = _shared(part, made[-1], text) if made and isinstance(part, Unread) else [part]
        made += found
    return made[::-1]


def _shared(part: Unread, behind: Node, text: str) -> list[Node]:
    """What a stretch stands for before the thing behind it: nothing, the same thing in another form, or itself."""
    head = behind.part if isinstance(behind, Not) else behind
    if not isinstance(head, Leaf) or head.start < part.end or head.start - part.end > _NEAR:
        return [part]
    words, between = text[part.start : part.end], text[part.end : head.start]
    if _WAY.match(words) and _joins(between, head):
        return []
    found = _ADJECTIVES.match(words)
    pattern = load_patterns().get(head.concept)
    kind = pattern.type if pattern is not None else "illness"
    if found is None or kind not in _SHARED or head.bounds is not None or not _joins(between, head):
        return [part]
    if stems(head.noun)[-1:] and stems(head.noun)[-1] in _SAYS_NO_KIND:
        return [part]
    noun = f"{found['said'].strip(' ,-/')} {_bare(head.noun)}"
    made = replace(head, noun=noun.lower(), narrowing=(), severity=(), start=part.start, end=part.end)
    return [Not(made) if found["no"] and isinstance(behind, Not) else made]


_FIRST = re.compile(rf"(?:{_ONE}|severe|moderate|mild|acute|chronic|early|late|significant)\s+(?=\S)", re.IGNORECASE)


def _bare(noun: str) -> str:
    """A noun without the adjectives in front of it."""
    while found := _FIRST.match(noun):
        noun = noun[found.end() :]
    return noun


def _joins(between: str, head: Leaf) -> bool:
    """Whether nothing but a joint stands between, and adjectives of the thing itself."""
    words = between.lower()
    for beside in (*head.narrowing, *head.severity):
        words = words.replace(beside, " ")
    words = re.sub(
        r"\b(?:confirmed|proven|documented|verified|diagnosed|prior|previous|known|acute|chronic|advanced)\b",
        " ",
        words,
    )
    return _JOINT.match(words) is not None and re.search(r"[,/]|\b(?:or|and)\b", words) is not None
