"""Lists of what does not bar after all: "any cancer except:", "Exceptions:", "the following are allowed:".

What stands below such words is spared, not asked for and not barred. In a text whose list markers were lost it stands
on lines of the same level; there it goes on as long as the same thing is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import drug_places
from trialfinder.reading.cutting.titles import ALLOWED
from trialfinder.reading.nodes.joining import sparing
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Except, Leaf, Node, Not, Unread, all_of, any_of, leaves
from trialfinder.reading.sentences.member_reading import GIVEN
from trialfinder.reading.vocabulary.structure_words import load_words

_FOLLOWING = r"(?:\s(?:of|for|in|as|if|the|these|those|any|one|either|cases?|following))*\W*\Z"
_OPENS = re.compile(
    r"\b(?:except(?:ions?|ing)?|with the exceptions?|other than|excluding|apart from|unless)\b"
    + _FOLLOWING
    + r"|(?:\A|[.;(]\s?)[^.;(]{0,60}\b(?:are|is|may be|will be)?\s?"
    rf"(?:{ALLOWED}|acceptable|not excluded|eligible)\b[^.;:]{{0,30}}:\W*\Z",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\W*exceptions?(?: (?:is|are|include|includes))?\s?:?\s(?=\w)", re.IGNORECASE)
_SHORTEST_NAME = 3
_HOW_GIVEN = re.compile(
    r"\b(?:physiologic(?:al)?|replacement|topical|local|inhaled|stable|low)\b\W*(?:dos\w+|purposes?|therapy|use)?\W*\Z"
)
"""An amount or a way of giving a drug, which is no name of another."""
_OF_A_PLAN = re.compile(r"\b(?:plan|schedule|regimen|part of|reason|purpose)\b")
"""Why a drug is given, which is no name of another."""
_NEAR = 150
"""How far from the end of an item its words open a list."""
LONGEST = 8
"""Lines of the same level that are taken for a list whose markers were lost."""


def opens(words: str) -> int | None:
    """Where the words that open a list of exceptions begin, at the end of an item; None when there are none."""
    if not words.rstrip().endswith((":", "following", "-")):
        return None
    found = _OPENS.search(words, max(0, len(words) - _NEAR))
    return found.start() if found is not None else None


def begins(words: str) -> int:
    """How many characters of an item say that it is an exception itself ("Exception: basal cell carcinoma")."""
    found = _BEGINS.match(words)
    return found.end() if found is not None else 0


def goes_on(whole: Node, owns: Sequence[Node | None]) -> int:
    """How many of the following items, by what they describe, go on with what is spared."""
    about = {leaf.concept for leaf in leaves(whole)}
    for count, own in enumerate(owns):
        if own is not None and not {leaf.concept for leaf in leaves(own)} <= about:
            return count
    return len(owns)


def spare(whole: Node, begin: int, items: Sequence[tuple[Node, str]]) -> Node:
    """The node without those that the items describe.

    Args:
        whole: what the item above describes.
        begin: offset in the text from which its words only open the list.
        items: what each item below describes, read by itself, with its words; at least one.
    """
    left = _before(whole, begin) or whole
    return sparing(left, any_of(*(_had(left, own, words) for own, words in items)))


def _before(node: Node, begin: int) -> Node | None:
    """The node without the unread words from an offset on, and without an exception of which nothing was read."""
    match node:
        case Unread(start, _):
            return None if start >= begin else node
        case Except(whole, Unread(_, end)) if end >= begin:
            return whole
        case Not(part):
            inner = _before(part, begin)
            return Not(inner) if inner is not None else None
        case AllOf(parts) | AnyOf(parts):
            kept = [n for part in parts if (n := _before(part, begin)) is not None]
            return (all_of if isinstance(node, AllOf) else any_of)(*kept) if kept else None
        case _:
            return node


def _had(whole: Node, node: Node, words: str) -> Node:
    """What a spared item describes; a drug of a barred kind by its own name."""
    if not isinstance(node, Unread):
        return node
    return drug_by_name(whole, words.lower(), node.start, node.end) or node


def drug_by_name(whole: Node, words: str, start: int, end: int) -> Leaf | None:
    """ "Anticoagulants (aspirin up to 100 mg is allowed)": a drug of the kind that is barred, by its own name.

    None where nothing of the kind is barred, or where the words (lower case) name only an amount or a way of giving.
    """
    inner = next(leaves(whole), None)
    if inner is None or inner.concept not in GIVEN:
        return None
    said = re.sub(r"[\W\d_]+", " ", words)
    words_left = (w for w in said.split() if len(w) >= _SHORTEST_NAME and w not in load_words().harmless)
    name = " ".join([name for name, _start, _end in drug_places(words, classes=True)] or words_left)
    if not name or _HOW_GIVEN.search(said) or _OF_A_PLAN.search(said):
        return None
    return replace(inner, value=name, noun=name, start=start, end=end, severity=(), narrowing=())
