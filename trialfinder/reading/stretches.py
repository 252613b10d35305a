"""Stretches of tokens: cut at ends and joining words, trimmed, searched outside of brackets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from trialfinder.reading.marks import Token


def ends(token: Token) -> bool:
    """Whether a token ends a sentence or half-sentence."""
    return token.kind == "stop" or token.text == ";"


def split(part: Sequence[Token], cut: Callable[[Token], bool]) -> Iterator[list[Token]]:
    """The stretches between the tokens that cut, outside of brackets."""
    depth = 0
    stretch: list[Token] = []
    for token in part:
        depth = depth + 1 if token.kind == "open" else max(0, depth - 1) if token.kind == "close" else depth
        if depth == 0 and cut(token):
            yield stretch
            stretch = []
        else:
            stretch.append(token)
    yield stretch


def pieces(part: Sequence[Token]) -> Iterator[tuple[list[Token], str]]:
    """The members of a list, each with the joining word before it ('' for the first)."""
    depth, before = 0, ""
    stretch: list[Token] = []
    for token in part:
        depth = depth + 1 if token.kind == "open" else max(0, depth - 1) if token.kind == "close" else depth
        if depth == 0 and token.kind == "sep":
            yield stretch, before
            stretch, before = [], token.text
        else:
            stretch.append(token)
    yield stretch, before


def trimmed(part: Sequence[Token]) -> list[Token]:
    """The tokens without joining words and stops at the ends."""
    out = list(part)
    while out and (out[0].kind in ("sep", "stop", "colon", "close") or out[0].text == ";"):
        out.pop(0)
    while out and (out[-1].kind in ("sep", "stop", "colon", "open") or out[-1].text == ";"):
        out.pop()
    return out


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
        if depth <= 0 and part[i].text in _THEN:
            return i
    return None
