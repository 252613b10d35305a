"""What an allergy is to, where the words around it tell: "latex allergy", "allergy to or intolerance of azoles"."""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.joining import narrowed
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Leaf, Node, Not, Unread, leaves, plain_leaf, rebuilt
from trialfinder.reading.refine.changed import changed
from trialfinder.reading.vocabulary.patterns import type_of

ANY_ALLERGY = "any allergy"
"""The noun of an allergy to anything at all."""
_BADLY = r"(?:hyper-?)?sensitivit\w*|allerg\w+|intoleran\w+|anaphyla\w+|(?:adverse |limiting |bad )reactions?"
BAD_REACTION = re.compile(
    rf"(?!.*\b(?:except|unless|other than|allowed|mild|insulin|cold|heat|light|touch|pain)\b)"
    rf"(?:[\w'-]+ ){{0,4}}?(?:[\w'-]+ )?(?:{_BADLY})(?: .*|\W*)"
)
"""Whole words about an allergy, or a bad reaction to something that is given."""
_PLAIN = re.compile(r"(?:(?:known|any|history of|documented) )*allerg(?:y|ies)")
_OF_BOTH = re.compile(
    rf"\s*(?:,|/|or|and|and/or)+\s*(?:(?:to\s+)?(?:or|and)\s+)?(?:(?:any|known|severe|serious|other|previous)\s+)*"
    rf"(?:{_BADLY}|reactions?)\s+(?:to|of|against|with|from)\s+(?P<what>[^.;,()\n]{{2,80}})",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\((?!\s*(?:except|excluding|unless|not|other than|mild))(?P<inside>[^()]{2,160})\)")
_USED = re.compile(
    r"[^.;:,()\n]{0,60}?\b(?P<used>(?:used|contained|present|employed|included)\s+(?:in|to|for|during|by)\b[^.;\n]{0,60})",
    re.IGNORECASE,
)
"""Which of a kind of substances are meant: those that the product is made with, which the words do not name."""
_OBJECT = re.compile(rf"(?:{_BADLY}|reactions?)[^.;\n]{{0,30}}?\s(?:to|of|against|with)\b", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[,.;\n]|\Z|(?:or|and)\s)")
_ABOVE_ALL = re.compile(r",?\s*(?:especially|particularly|in particular)\b.*", re.IGNORECASE)
_ONE_MORE = re.compile(
    r"(?!.*\b(?:who|that|which|unable|is|are|ha[sd]|have|with|patients?|disease|disorder|condition|illness|history|reason"
    r"|infection|use|treatment|therapy|study|trial)\b)(?:any|other|related|similar)\b[^.;]{2,80}",
    re.IGNORECASE,
)


def with_allergens(node: Node, text: str) -> Node:
    """The tree in which each allergy says to what, and one to nothing in particular is one to anything."""
    if not any(leaf.concept == "allergy" for leaf in leaves(node)):
        return node

    def join(part: Node, _denied: bool) -> Node:
        if not isinstance(part, AllOf | AnyOf):
            return part
        made = _listed(_named_in_front(part.parts, text), text)
        return part if made == list(part.parts) else made[0] if len(made) == 1 else type(part)(tuple(made))

    return changed(rebuilt(node, join), Leaf, lambda part: _to_what(part, text))


def _allergy(node: Node) -> Leaf | None:
    inner = node.part if isinstance(node, Not) else node
    return inner if isinstance(inner, Leaf) and inner.concept == "allergy" else None


def _named_in_front(parts: tuple[Node, ...], text: str) -> list[Node]:
    """ "Platinum allergy": what is given and stands right before the word is what the allergy is to."""
    made: list[Node] = []
    for part in parts:
        here, before = _allergy(part), made[-1] if made else None
        inner = before.part if isinstance(before, Not) else before
        if here is not None and isinstance(inner, Leaf) and _given(inner) and not text[inner.end : here.start].strip():
            whole = replace(here, noun=f"{inner.noun} {here.noun}", start=inner.start)
            made[-1] = Not(whole) if isinstance(part, Not) else whole
        else:
            made.append(part)
    return made


def _given(leaf: Leaf) -> bool:
    return type_of(leaf.concept) in ("drug", "therapy")


def _listed(parts: list[Node], text: str) -> list[Node]:
    """ "Allergy to iodine or any contrast medium": what goes on the list of substances is one."""
    made: list[Node] = []
    for part in parts:
        before = _allergy(made[-1]) if made else None
        inner = part.part if isinstance(part, Not) else part
        if before is not None and isinstance(inner, Unread):
            words = text[inner.start : inner.end]
            if (
                _ENDS.match(text, before.end)
                and _ONE_MORE.fullmatch(words)
                and inner.start - before.end < len(", and/or ")
            ):
                leaf = plain_leaf("allergy", " ".join(words.lower().split()), inner.start, inner.end)
                part = Not(leaf) if isinstance(made[-1], Not) else leaf
        made.append(part)
    return made


def _to_what(leaf: Leaf, text: str) -> Node:
    if leaf.concept != "allergy":
        return leaf
    inside = _BRACKET.search(text, leaf.start, leaf.end) or _BRACKET.match(text, leaf.end)
    if inside is not None:
        return narrowed(leaf, (" ".join(inside["inside"].lower().split()),))
    if (used := _USED.match(text, leaf.end)) is not None:
        return narrowed(leaf, (" ".join(used["used"].lower().split()),))
    if not _PLAIN.fullmatch(leaf.noun):
        return leaf
    if (both := _OF_BOTH.match(text, leaf.end)) is not None:
        return replace(leaf, noun=f"{leaf.noun} to {both['what'].lower()}")
    rest = _ABOVE_ALL.sub("", re.split(r"[.;\n]", text[leaf.end :])[0])
    alone = _ENDS.match(text, leaf.end) and not _OBJECT.search(rest) and not leaf.narrowing
    return replace(leaf, noun=ANY_ALLERGY) if alone else leaf
