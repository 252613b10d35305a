"""What stands after "or" behind a limit and is no way around it: how it is measured ("by MUGA or echocardiogram")."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Leaf, Node, Unread, leaves, walk
from trialfinder.reading.refine.changed import changed

_METHOD = (
    r"(?:(?:2d|3d|two-dimensional|transthoracic|cardiac|resting|radionuclide|(?:multi-?)?gated|equilibrium|nuclear|blood"
    r"|pool|left|computed)\s)*(?:echo\w*|muga|scan|ct|tomography|rnca|rvg|mri|cmr|ventriculogra\w+|angiogra\w+|acquisition|ultraso\w+|spect|scintigra\w+)"
    r"(?:\s(?:scan|scans|study|imaging))?"
)
_BY_A_METHOD = re.compile(
    rf"[^.;]*?\b(?:by|on|via|using|with|per)\s+(?:either\s)?(?:an?\s|the\s)?{_METHOD}"
    rf"(?:\s?(?:,|/|or|, or)\s?(?:by\s)?(?:an?\s)?{_METHOD})*\W*",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*(?:within|in the|at|and|during|performed|obtained|done|measured)\b", re.IGNORECASE)
"""Behind the methods: more that is asked for, and no way around the limit."""


def without_methods(node: Node, text: str) -> Node:
    """The tree in which another method of measuring is no alternative to the limit before it."""

    def change(part: AnyOf) -> Node:
        first = part.parts[0]
        if (
            not isinstance(first, Leaf)
            or first.bounds is None
            or any(leaf for p in part.parts[1:] for leaf in leaves(p))
        ):
            return part
        end = max(p.end for rest in part.parts[1:] for p in walk(rest) if isinstance(p, Unread))
        found = _BY_A_METHOD.match(text, first.end, end)
        if found is None:
            return part
        if found.end() >= end:
            return first
        return AllOf((first, Unread(found.end(), end))) if _GOES_ON.match(text, found.end(), end) else part

    return changed(node, AnyOf, change)
