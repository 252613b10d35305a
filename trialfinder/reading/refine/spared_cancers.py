"""What an exception to a bar on cancer spares: kinds of cancer, and cancers that are over, read or not."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import (
    AllOf,
    AnyOf,
    Except,
    Leaf,
    Node,
    Not,
    Unread,
    leaves,
    plain_leaf,
    rebuilt,
    walk,
)
from trialfinder.reading.refine.changed import changed
from trialfinder.reading.wording.nouns import mentions

_KINDS_OF_CANCER = (
    "basal*",
    "squamous",
    "skin",
    "cervi*",
    "carcinoma*",
    "in situ",
    "in-situ",
    "melanoma*",
    "papillary",
)
_OF_A_CURE = (
    "cure*", "curat*", "remission", "disease free", "disease-free", "excis*", "resect*", "no evidence", "recurrence",
    "treated", "complete response", "cancer free", "free of",
)  # fmt: skip


def spared_cancers(node: Node, text: str) -> Node:
    """ "Cancer except a completely removed basalioma": what spares a cancer is about cancer, read or not."""

    def change(part: Except) -> Node:
        if not any(leaf.concept == "malignancy" for leaf in leaves(part.whole)):
            return part

        def of_cancer(below: Unread) -> Node:
            words = text[below.start : below.end].lower()
            if not mentions(words, _KINDS_OF_CANCER) and not mentions(words, _OF_A_CURE):
                return below
            return plain_leaf("malignancy", " ".join(words.split()), below.start, below.end)

        spared = changed(changed(part.spared, Unread, of_cancer), AllOf, _each_kind)
        return part if spared is part.spared else Except(part.whole, spared)

    node = changed(node, AnyOf, lambda part: _in_brackets(part, text))
    if not any(isinstance(part, Except) for part in walk(node)):
        return node
    return changed(_with_other_cancers(node, text), Except, change)


def _each_kind(node: AllOf) -> Node:
    """Of spared kinds of cancer each is spared: "basalioma and cancer in situ"."""
    kinds = all(isinstance(part, Leaf) and part.concept == "malignancy" for part in node.parts)
    return AnyOf(node.parts) if kinds else node


_OTHERS_TOO = re.compile(r"[\s,;]*(?:and|or|and/or)\s+(?:any\s+|all\s+)?other\s", re.IGNORECASE)


def _with_other_cancers(node: Node, text: str) -> Node:
    """ "No cancer except of the skin, or any other cancer that …": the other cancers are spared as well."""

    def change(part: Node, _denied: bool) -> Node:
        if not isinstance(part, AllOf | AnyOf):
            return part
        made: list[Node] = []
        for one in part.parts:
            before = made[-1] if made else None
            inner = before.part if isinstance(before, Not) else before
            if isinstance(one, Leaf) and isinstance(inner, Except) and _is_other(one, inner, text):
                whole = Except(inner.whole, AnyOf((inner.spared, one)))
                made[-1] = Not(whole) if isinstance(before, Not) else whole
            else:
                made.append(one)
        return made[0] if len(made) == 1 else type(part)(tuple(made))

    return rebuilt(node, change)


def _is_other(leaf: Leaf, before: Except, text: str) -> bool:
    if leaf.concept != "malignancy" or not any(one.concept == "malignancy" for one in leaves(before.spared)):
        return False
    end = max(one.end for one in leaves(before.spared))
    return end <= leaf.start and _OTHERS_TOO.search(text[end : leaf.start + 1]) is not None


_SPARES = re.compile(
    r"[^()]{0,20}\b(?:is|are|will be)?\s*"
    r"(?:excluded|excepted|exempt\w*|allowed|permitted|accepted|acceptable|eligible)\W*\)"
)


def _in_brackets(node: AnyOf, text: str) -> Node:
    """ "Cancer (basalioma is excluded)" among what bars: the brackets spare."""
    first, *rest = node.parts
    kinds = [part for part in (first, *rest) if isinstance(part, Leaf) and part.concept == "malignancy"]
    if not rest or len(kinds) != len(node.parts):
        return node
    opened = "(" in text[kinds[0].start : kinds[1].start] and ")" not in text[kinds[0].end : kinds[-1].start]
    if not opened or not _SPARES.match(text.lower(), kinds[-1].end):
        return node
    return Except(first, AnyOf(tuple(rest)))
