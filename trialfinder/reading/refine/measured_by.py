"""What stands after "or" behind a limit and is no way around it: how it is measured ("by MUGA or echocardiogram")."""

from __future__ import annotations

import re

from trialfinder.reading.refine.changed import changed
from trialfinder.reading.tree import AnyOf, Leaf, Node, Unread

_METHOD = (
    r"(?:(?:2d|3d|transthoracic|cardiac|resting|radionuclide|multi-?gated|equilibrium|nuclear)\s)*"
    r"(?:echo\w*|muga|rnca|rvg|mri|cmr|ventriculogra\w+|angiogra\w+|acquisition|ultraso\w+|spect|scintigra\w+)"
    r"(?:\s(?:scan|scans|study|imaging))?"
)
_BY_A_METHOD = re.compile(
    rf"[^.;]*?\b(?:by|on|via|using|with|per)\s(?:either\s)?(?:an?\s|the\s)?{_METHOD}"
    rf"(?:\s?(?:,|/|or|, or)\s?(?:by\s)?(?:an?\s)?{_METHOD})*\W*",
    re.IGNORECASE,
)


def without_methods(node: Node, text: str) -> Node:
    """The tree in which another method of measuring is no alternative to the limit before it."""

    def change(part: AnyOf) -> Node:
        first = part.parts[0]
        if (
            not isinstance(first, Leaf)
            or first.bounds is None
            or not all(isinstance(p, Unread) for p in part.parts[1:])
        ):
            return part
        end = max(p.end for p in part.parts[1:] if isinstance(p, Unread))
        return first if _BY_A_METHOD.fullmatch(" ".join(text[first.end : end].split())) else part

    return changed(node, AnyOf, change)
