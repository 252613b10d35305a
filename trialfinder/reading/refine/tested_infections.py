"""A germ that a test must not find is not asked for, and neither is one of which only the status must be known."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import Leaf, Node, Not, Unread, rebuilt
from trialfinder.reading.vocabulary.patterns import SINGLE_INFECTIONS

_NEGATIVE = re.compile(
    r"\b(?:sero-?)?negativ(?:e|ity)\b(?:[^\w;.:]|"
    r"\b(?:for|of|to|the|an?|and|or|any|both|all|as well as|active|acute|chronic|known|current|infections?|human|"
    r"immunodeficiency|immune|deficiency|acquired|syndrome|virus(?:es)?|viral|hiv|aids|htlv|hepatitis|hbv|hcv|hbsag|anti|"
    r"hbc|hbs|[abcde]|i{1,2}|\d|types?|surface|core|antigens?|antibod(?:y|ies)|ab|ag|serolog\w+|serum|blood|screen\w*|"
    r"tests?|testing|results?|syphilis|treponema|pallidum|rpr|vdrl|tuberculosis|tb|cmv|cytomegalovirus)\b"
    r")*\Z",
    re.IGNORECASE,
)
_POSITIVE = re.compile(r"\bpositiv", re.IGNORECASE)
_FAR, _NEAR = 200, 60
_STATUS = re.compile(
    r"[^.;,\n]{0,30}?\bstatus\s+(?:(?:must|should|has to|is|be|been|has|to)\s+)*"
    r"(?:known|documented|determined|available|established|recorded)\b",
    re.IGNORECASE,
)


def with_tests(node: Node, text: str) -> Node:
    """The tree in which "negative HIV (…), hepatitis B (…) serology" asks for none of them, and "status known" is not
    read as having it."""

    def change(leaf: Leaf, denied: bool) -> Node:
        if denied or leaf.concept not in SINGLE_INFECTIONS or leaf.bounds is not None:
            return leaf
        begin = max(text.rfind("\n", 0, leaf.start) + 1, leaf.start - _FAR)
        end = text.find("\n", leaf.end) if "\n" in text[leaf.end :] else len(text)
        around = text[begin : min(end, leaf.end + _NEAR)]
        if _POSITIVE.search(around):
            return leaf
        if status := _STATUS.match(text, leaf.start):
            return Unread(leaf.start, max(leaf.end, status.end()))
        return Not(leaf) if _NEGATIVE.search(text, begin, leaf.start) else leaf

    return rebuilt(node, change, kind=Leaf)
