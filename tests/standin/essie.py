"""Parses the part of the registry's query language that this project uses, with the registry's error texts."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TERMS = 12
_TOKEN = re.compile(
    r"""\s*(?:(?P<phrase>"(?:\\.|[^"\\])*")|(?P<context>\b(?:AREA|SEARCH|COVERAGE|COVER|EXPANSION|TILT)\[[^\]]*\])"""
    r"""|(?P<source>\b(?:RANGE|DISTANCE)\[[^\]]*\])|(?P<mark>[(),])|(?P<word>(?:\\.|[^\s()",\[\]\\])+)|(?P<bad>\S))"""
)
_EXPECTING = (
    "{<EOF>, '(', ',', 'NOT', 'AND', 'OR', 'SEARCH', 'AREA', 'RANGE', 'DISTANCE', Coverage, Expansion, 'TILT', 'ALL', "
    "'MISSING', 'MIN', 'MAX', EscapedKeyword, BooleanLiteral, DecimalLiteral, DateLiteral, TimeLiteral, RadiusLiteral, "
    "StringLiteral, Term}"
)


class QueryError(Exception):
    """The text after ``Error parsing query in <label>: ``."""


@dataclass(frozen=True)
class Node:
    """``kind``: and, or, not, words, phrase, area, search, ignore, range, missing, all. ``text`` as the kind needs."""

    kind: str
    text: str = ""
    parts: tuple[Node, ...] = ()


def parse(expression: str) -> Node:
    """The expression as a tree; QueryError with the registry's words otherwise."""
    tokens = _tokens(expression)
    parser = _Parser(tokens)
    tree = parser.either()
    if parser.peek()[0] != "end":
        shown = parser.peek()[1]
        raise QueryError(f"mismatched input '{shown}' expecting {_EXPECTING}")
    if parser.terms > MOST_TERMS:
        raise QueryError("Too complicated query")
    return tree


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, place = [], 0
    text = expression.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        assert match is not None
        kind = str(match.lastgroup)
        value = match[kind]
        if kind == "bad":
            if value in "[]":
                raise QueryError(f"mismatched input '{value}' expecting {_EXPECTING}")
            raise QueryError(f"token recognition error at: '{value}'")
        found.append((kind, value))
        place = match.end()
        if text[place:].strip() == "":
            break
    return [*found, ("end", "<EOF>")]


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.terms = tokens, 0, 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at]

    def take(self) -> tuple[str, str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def either(self) -> Node:
        parts = [self.both()]
        while self.peek() == ("word", "OR"):
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Node("or", parts=tuple(parts))

    def both(self) -> Node:
        parts = [self.negated()]
        while self.peek() not in (("end", "<EOF>"), ("mark", ")"), ("word", "OR")):
            if self.peek() in (("word", "AND"), ("mark", ",")):
                self.take()
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else Node("and", parts=tuple(parts))

    def negated(self) -> Node:
        if self.peek() == ("word", "NOT"):
            self.take()
            return Node("not", parts=(self.negated(),))
        if self.peek()[0] == "context":
            operator, _, rest = self.take()[1].partition("[")
            kind = {"AREA": "area", "SEARCH": "search"}.get(operator, "ignore")
            if operator in ("COVERAGE", "COVER") and rest[:-1] not in (
                "FullMatch",
                "StartsWith",
                "EndsWith",
                "Contains",
            ):
                raise QueryError(f"Invalid coverage: {rest[:-1]}")
            return Node(kind, rest[:-1], (self.negated(),))
        return self.source()

    def source(self) -> Node:
        kind, value = self.take()
        if (kind, value) == ("mark", "("):
            inner = self.either()
            if self.take() != ("mark", ")"):
                raise QueryError("missing ')' at '<EOF>'")
            return inner
        if kind == "source":
            operator, _, rest = value.partition("[")
            return Node(operator.lower(), rest[:-1])
        if kind == "phrase":
            text = re.sub(r"\\(.)", r"\1", value[1:-1])
            self.terms += len(words_of(text))
            return Node("phrase", text)
        if kind == "word" and value in ("MISSING", "ALL"):
            return Node(value.lower())
        if kind == "word" and value not in ("AND", "OR", "NOT", "AREA", "SEARCH", "RANGE", "MIN", "MAX"):
            text = value.replace("\\", "")
            self.terms += len(words_of(text))
            return Node("words", text)
        raise QueryError(f"no viable alternative at input '{value}'")
