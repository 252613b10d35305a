"""Stretches of tokens: cut at ends and joining words, trimmed, searched outside of brackets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords, Screen
from trialfinder.reading.nodes.tree import Node
from trialfinder.reading.sentences.marks import Token

_GRADED = frozenset(
    {"stage", "stages", "class", "classes", "grade", "grades", "category", "categories", "level", "levels"}
)
_GRADED_SAID = Screen("|".join(rf"\w*{word}\w*" for word in sorted(_GRADED)))
_ORDINAL = re.compile(r"(?P<one>[ivx]{1,4}|\d)[abc]?\d?|(?P<letter>[a-d])")


def one_grade(lower: str, part: Sequence[Token], said: SaidWords) -> Sequence[Token]:
    """The tokens in which a list of grades is no list of things: "stage II, III or IV carcinoma"."""
    if not _GRADED_SAID.lets(said):
        return part
    kept: list[Token] = []
    kind = ""
    for at, token in enumerate(part):
        if token.kind == "sep" and kind and _grade(next((t for t in part[at + 1 :] if t.kind != "sep"), token)) == kind:
            continue
        kept.append(token)
        if token.text not in _GRADED:
            kind = _grade(token) if kind or (at and _ends_graded(lower, part[at - 1])) else ""
    return kept


def _ends_graded(lower: str, token: Token) -> bool:
    """Whether a grade follows a token: "NYHA class"."""
    return token.text in _GRADED or (token.atom is not None and lower[: token.end].endswith(tuple(_GRADED)))


def _grade(token: Token) -> str:
    """What kind of grade a token is, the name of its group; '' for none."""
    found = _ORDINAL.fullmatch(token.text) if token.kind == "word" else None
    return (found.lastgroup or "") if found is not None else ""


def split(part: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The sentences and half-sentences between full stops and semicolons, outside of brackets."""
    depth = begin = 0
    for at, token in enumerate(part):
        kind = token.kind
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        if not depth and (kind == "stop" or token.text == ";"):
            yield part[begin:at]
            begin = at + 1
    yield part[begin:]


def pieces(part: Sequence[Token]) -> Iterator[tuple[Sequence[Token], str]]:
    """The members of a list, each with the joining word before it ('' for the first)."""
    depth = begin = 0
    before = ""
    for at, token in enumerate(part):
        kind = token.kind
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "sep" and not depth:
            yield part[begin:at], before
            begin, before = at + 1, token.text
    yield part[begin:], before


_NO_BEGINNING = frozenset({"sep", "stop", "colon", "close"})
_NO_END = frozenset({"sep", "stop", "colon", "open"})


def trimmed(part: Sequence[Token]) -> Sequence[Token]:
    """The tokens without joining words and stops at the ends."""
    first, last = 0, len(part)
    while first < last and (part[first].kind in _NO_BEGINNING or part[first].text == ";"):
        first += 1
    while first < last and (part[last - 1].kind in _NO_END or part[last - 1].text == ";"):
        last -= 1
    return part[first:last]


def without(part: Sequence[Token], at: int) -> list[Token]:
    """The tokens without the one at a place."""
    return [t for i, t in enumerate(part) if i != at]


def tops(part: Sequence[Token]) -> dict[str, int]:
    """Where the first token of each kind stands outside of brackets."""
    found: dict[str, int] = {}
    depth = 0
    for at, token in enumerate(part):
        kind = token.kind
        if kind == "open":
            depth += 1
        elif kind == "close" and depth:
            depth -= 1
        if not depth and kind not in found:
            found[kind] = at
    return found


def _limited(token: Token) -> set[tuple[str, str]]:
    """What has a limit in a token."""
    return {(f.pattern.id, f.value) for f in token.atom.findings if f.bounded is not None} if token.atom else set()


def limit_of_others(part: Sequence[Token], at: int) -> int | None:
    """Where the limit of other people is joined on: at the "and" of "above 12 in women and above 13 in men".

    ``at``: the condition of the first limit. None where the first has none, or no other with a condition follows.
    """
    depth, joint = 0, None
    before = set().union(*(_limited(t) for t in part[:at]))
    for i in range(at + 1, len(part) - 1):
        depth += (part[i].kind == "open") - (part[i].kind == "close")
        if depth:
            continue
        if part[i].kind == "sep" and any(_limited(t) & before for t in part[i + 1 : i + 3]):
            joint = i
        elif part[i].kind == "condition" and joint is not None:
            return joint
    return joint if joint is not None and part[-1].kind == "condition" else None


def top(part: Sequence[Token], kind: str) -> int | None:
    """Where the first token of a kind stands outside of brackets."""
    return tops(part).get(kind)


def closing(part: Sequence[Token], at: int) -> int:
    """Where the bracket that opens at a place closes; the length when it does not."""
    depth = 0
    for i in range(at, len(part)):
        depth += part[i].kind == "open"
        depth -= part[i].kind == "close"
        if depth == 0:
            return i
    return len(part)


_THEN = (",", "then", "must", "should")


def end_of_condition(part: Sequence[Token], at: int) -> int | None:
    """Where the sentence begins that a condition in front of it belongs to, outside of brackets; None without one."""
    depth = 0
    for i in range(at, len(part)):
        depth += (part[i].kind == "open") - (part[i].kind == "close")
        if depth <= 0 and part[i].kind == "colon":
            return i if _says_whom(part[at + 1 : i]) else None
        if depth <= 0 and part[i].text in _THEN:
            return i
    return None


_ANNOUNCES = frozenset({"following", "these", "below", "any", "either", "one", "criteria", "conditions", "present"})


def _says_whom(part: Sequence[Token]) -> bool:
    """Whether the words in front of a colon say it all: no list is announced ("if any of the following:")."""
    return bool(part) and not any(t.text in _ANNOUNCES for t in part)


def opening(part: Sequence[Token]) -> int:
    """Where the bracket opens with which a stretch ends; 0 when it ends in none."""
    if part[-1].kind != "close":
        return 0
    return next((i for i in range(len(part) - 2, 0, -1) if part[i].kind == "open"), 0)


_LABEL = 3
"""Most words of a title in front of a criterion."""


def without_label(part: Sequence[Token]) -> Sequence[Token]:
    """The tokens behind a title such as "Hepatic:" that names nothing by itself."""
    for at, token in enumerate(part[: _LABEL + 1]):
        if token.kind == "colon" and 0 < at < len(part) - 1:
            return part[at + 1 :]
        if token.kind not in ("word", "sep"):
            break
    return part


def but_for(node: Node, examples: Sequence[Token], sparing: Callable[[Node, int, int], Node]) -> Node:
    """The node of which mere examples were given, with what these end in: "such as A (except B)" spares B."""
    spare = next((token for token in examples if token.kind == "spare"), None)
    return sparing(node, spare.end, spare.upto) if spare else node


def opened_once(words: Sequence[Token]) -> Sequence[Token]:
    """The tokens without a bracket that is opened twice and closed once: "((codes A to C) and …"."""
    kinds = [token.kind for token in words]
    if kinds.count("open") <= kinds.count("close"):
        return words
    twice = next((i for i in range(1, len(words)) if words[i - 1].kind == words[i].kind == "open"), 0)
    return [t for i, t in enumerate(words) if i != twice] if twice else words
