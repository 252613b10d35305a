"""A denial in front of a list denies each member, the unread ones too: "no gout, stroke or tennis elbow"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Leaf, Node, Not, Unread, all_of, any_of, leaves, rebuilt

_DENIES = re.compile(
    r"\W*(?:(?:have|has|with|must|shall|should|do|does)\s+)?(?:no|not|never|without|free of)\b", re.IGNORECASE
)
_LETS_IN = re.compile(
    r"\W*(?:at least|more than|less than|since|if|treated|stable|controlled|well|adequate\w*|only|able|willing|must"
    r"|ha[sd]|have|who|negative|normal|completed|recover\w*|unless|except\w*|mild|healed|cured|resolved|inactive|remission"
    r"|either|\w+ed for"
    r"|yes|permitted|allowed|other\w* than|is|are|was|may|can|will|[<>≤≥\d])",
    re.IGNORECASE,
)
_LONGEST = 90
"""Characters of an unread member; longer ones are sentences of their own."""


def with_denied_lists(node: Node, text: str) -> Node:
    """The tree in which a denial at the front of alternatives stands before each of them."""

    def change(part: Node, denied: bool) -> Node:
        if isinstance(part, AllOf) and not denied:
            return _without_labels(part, text)
        if denied or not isinstance(part, AnyOf) or not _denies(part.parts[0], text):
            return part
        first = part.parts[0]
        plainly = isinstance(first, Unread) or _or_have(part, text)
        others = [one for one in part.parts[1:] if not _example(first, one, text)]
        members = [_member(one, text, plainly=plainly) for one in others]
        if None in members:
            return part
        return AllOf((first, *(one for one in members if one is not None))) if members else first

    return rebuilt(node, change)


_LABEL = re.compile(r"\s?:")


def _without_labels(node: AllOf, text: str) -> Node:
    """ "Chemotherapy: no chemotherapy before": a thing before a colon that is denied behind it is a label."""
    denied = {part.part.concept for part in node.parts if isinstance(part, Not) and isinstance(part.part, Leaf)}
    kept = [
        part
        for part in node.parts
        if not (isinstance(part, Leaf) and part.concept in denied and _LABEL.match(text, part.end))
    ]
    return all_of(*kept) if len(kept) < len(node.parts) else node


_OR_HAVE = re.compile(r"\b(?:must|should|may|can|do|does)\s?not\b[^.;]*\bor\s(?:have|has|had)\b", re.IGNORECASE)
_EXAMPLES = re.compile(r"\(?\s*\b(?:e\.?\s?g\b|such as|including|for (?:example|instance))", re.IGNORECASE)


def _example(first: Node, part: Node, text: str) -> bool:
    """Whether an unread member is an example of the thing that is denied, which says it all."""
    if not isinstance(part, Unread) or not isinstance(first, Not) or not isinstance(first.part, Leaf):
        return False
    return _EXAMPLES.search(text, first.part.end, part.start) is not None


def _or_have(node: AnyOf, text: str) -> bool:
    """Whether alternatives stand behind "must not be … or have …"."""
    spans = [leaf for one in node.parts for leaf in leaves(one)]
    begin = max(text.rfind("\n", 0, spans[0].start), spans[0].start - _LONGEST, 0) if spans else 0
    return bool(spans) and _OR_HAVE.search(text, begin, spans[-1].start) is not None


def _denies(part: Node, text: str) -> bool:
    if isinstance(part, AllOf):
        return all(isinstance(one, Not) for one in part.parts)
    return isinstance(part, Not) or (isinstance(part, Unread) and _DENIES.match(text, part.start) is not None)


def _member(part: Node, text: str, *, plainly: bool) -> Node | None:
    """A member as it is denied; None for what may be another way in."""
    if _denies(part, text):
        return part
    if isinstance(part, Unread):
        long = part.end - part.start > _LONGEST
        return None if long or _LETS_IN.match(text, part.start) else Not(part)
    if (
        isinstance(part, AllOf | AnyOf)
        and plainly
        and all(isinstance(p, Leaf) and p.bounds is None for p in part.parts)
    ):
        return Not(any_of(*part.parts))  # "must not be A or have B or C": none of them
    return Not(part) if plainly and isinstance(part, Leaf) and part.bounds is None and not part.severity else None
