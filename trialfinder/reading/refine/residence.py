"""Where people must live, as far as it names a country or a region of one: "residents of Ohio", "living in Canada"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.countries import countries_in
from trialfinder.phrases.screens import Screen
from trialfinder.reading.nodes.tree import Group, Leaf, Node, Not, Unread, all_of, plain_leaf, walk

_WHO = (
    r"\W*(?:(?:the|all|any|must|should|be|is|are|who|currently|permanent|patients?|participants?|subjects?|individuals?"
    r"|adults?|persons?|people|women|men|they|legal|and|in addition,)\s+)*"
)
_LIVES = r"(?:liv(?:e|es|ing)|resid(?:es?|ing|ents?)|located|domiciled)"
MAY_LIVE = Screen("liv(?:e|es|ing)|(?:non)?resid(?:es?|ing|ents?)|located|domiciled")
"""What ``with_residence`` needs."""
_THERE = r"\s+(?:currently\s+|permanently\s+)?(?:in|of|within|near|around|at)\s+(?P<where>[^.;:\n]{2,160})"
_IN = re.compile(rf"\b{_LIVES}{_THERE}", re.IGNORECASE)
_OUTSIDE = re.compile(
    rf"{_WHO}(?:non-?\s?residents?\s+(?:of|in)|not\s+(?:currently\s+)?{_LIVES}\s+(?:in|of|within)"
    rf"|{_LIVES}\s+outside(?:\s+of)?)\s+(?P<where>[^.;:\n]{{2,160}})\W*",
    re.IGNORECASE,
)
_ONLY = re.compile(rf"{_WHO}{_LIVES}{_THERE}\W*", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:if|unless|except|not|no|never|outside|born|citizen\w*|or|household|travel\w*|visit\w*|previously|formerly)\b",
    re.IGNORECASE,
)
"""Words in front, in the same clause, by which something else does as well."""
_AND_ELSE = re.compile(r"\s*(?:,\s*)?\bor\b\s*", re.IGNORECASE)
_GOES_ON = re.compile(
    r",?\s*\b(?:and\s+(?:who|with|are|is|be|ha\w+|able|willing|can|will|must|aged?|at|not|to|plan\w*)\b"
    r"|who|with|for|during|while|since|at the time|when|prior|throughout|aged?|between)\b.*",
    re.IGNORECASE,
)


def with_residence(node: Node, text: str) -> Node:
    """The tree with where people must live, beside what was read; alone where the whole criterion says no more."""
    if isinstance(node, Group):
        return node
    parts = [part for part in walk(node) if isinstance(part, Leaf | Unread)]
    if any(isinstance(part, Leaf) and part.concept == _CONCEPT for part in parts):
        return node
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    start, end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    words = text[start : end if end >= 0 else len(text)]
    if (outside := _OUTSIDE.fullmatch(words)) is not None:  # one that is denied may have lost its own denial already
        return (_leaf(outside, start) or node) if isinstance(node, Not) else node
    found = _IN.search(words)
    leaf = _leaf(found, start) if found else None
    if found is None or leaf is None or _OTHERWISE.search(re.split(r"[.;:]", words[: found.start()])[-1]):
        return node
    unread = all(isinstance(part, Unread) for part in parts)
    if unread and _ONLY.fullmatch(words) and not _GOES_ON.search(found["where"]):
        return Not(leaf) if isinstance(node, Not) else leaf
    return node if isinstance(node, Not) else all_of(leaf, node)


_CONCEPT = "residence"
NEAR_IT = "near it"
"""What narrows a residence that may lie beyond the border: "within 50 miles of Detroit"."""
_NEAR = re.compile(
    r"\b(?:near\w*|around|surround\w*|vicinity|miles?|km|kilomet\w+|hours?|minutes?|drive|driving|distance)\b"
)


def _leaf(found: re.Match[str], offset: int) -> Leaf | None:
    """The countries; None where one of several places is none that is known."""
    where = _GOES_ON.sub("", found["where"])
    where = re.sub(r"\([^()]*\)", lambda aside: aside.group() if countries_in(aside.group())[0] else "", where)
    meant = [countries_in(each) for each in _AND_ELSE.split(where)]
    codes = sorted(code for each, _ in meant for code in each)
    if not all(each for each, _ in meant) or not codes:
        return None
    whole = all(entire for _, entire in meant) and len(where.split()) <= _PLAIN_WORDS * len(meant)
    noun = " ".join(found.group().lower().split())
    near = _NEAR.search(noun) is not None
    narrowing = (NEAR_IT,) if near else () if whole else ("a part of it",)
    return plain_leaf(
        _CONCEPT, noun, offset + found.start(), offset + found.end(), value=",".join(dict.fromkeys(codes)),
        narrowing=narrowing,
    )  # fmt: skip


_PLAIN_WORDS = 4
"""Words of a place that says no more than a country: "the United States of America"."""
