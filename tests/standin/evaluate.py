"""Decides whether one record answers an expression. Words and their plurals only; no synonyms, no guessing."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

from tests.standin.areas import AREAS, ENUMS, PIECES, values
from tests.standin.essie import Node, QueryError, words_of

_LOCATIONS = "protocolSection.contactsLocationsModule.locations"
_UNITS = {"year": 365.25, "month": 30.4375, "week": 7.0, "day": 1.0, "hour": 1 / 24, "minute": 1 / 1440}


class Doc:
    """A record with its words, worked out once for each piece."""

    def __init__(self, record: Any) -> None:
        self.record = record
        self._texts: dict[str, str] = {}

    def text(self, piece: str) -> str:
        if piece not in self._texts:
            found = values(self.record, PIECES[piece][0])
            self._texts[piece] = " | ".join(f" {normal(str(value))} " for value in found)
        return self._texts[piece]

    def sites(self) -> list[Doc]:
        return [
            Doc({"protocolSection": {"contactsLocationsModule": {"locations": [site]}}})
            for site in values(self.record, _LOCATIONS)
        ]


def normal(text: str) -> str:
    """Lower case, no accents, punctuation split, simple plurals folded."""
    plain = text.lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(_singular(word) for word in words_of(plain))


def matches(node: Node, doc: Doc, area: str) -> bool:
    """Whether the record answers the tree, in an area unless the tree names another."""
    if node.kind in ("and", "or"):
        return (all if node.kind == "and" else any)(matches(part, doc, area) for part in node.parts)
    if node.kind == "not":
        return not matches(node.parts[0], doc, area)
    if node.kind == "ignore":
        return matches(node.parts[0], doc, area)
    if node.kind == "area":
        return matches(node.parts[0], doc, node.text)
    if node.kind == "search":
        return _search(node, doc, area)
    return _source(node, doc, pieces_of(area))


def check_names(node: Node, area: str = "BasicSearch") -> None:
    """QueryError for an unknown area or a value that an enum does not have."""
    if node.kind == "area":
        pieces_of(node.text)
        area = node.text
    if node.kind in ("words", "phrase") and area in ENUMS and node.text not in ENUMS[area]:
        allowed = ", ".join(f"`{value}`" for value in ENUMS[area])
        raise QueryError(f"Allowed values for enum field `{PIECES[area][0]}` are {allowed}")
    for part in node.parts:
        check_names(part, area)


def pieces_of(area: str) -> tuple[str, ...]:
    if area in AREAS:
        return AREAS[area]
    if area in PIECES and PIECES[area][1] != "branch":
        return (area,)
    raise QueryError(f"Unknown area name: `{area}`")


def _search(node: Node, doc: Doc, area: str) -> bool:
    if node.text == "Location":
        return any(matches(node.parts[0], site, "LocationSearch") for site in doc.sites())
    return matches(node.parts[0], doc, area)


def _source(node: Node, doc: Doc, pieces: tuple[str, ...]) -> bool:
    if node.kind == "all":
        return True
    if node.kind == "missing":
        return not any(values(doc.record, PIECES[piece][0]) for piece in pieces)
    if node.kind == "range":
        return any(_in_range(node.text, doc, piece) for piece in pieces)
    if node.kind == "distance":
        raise QueryError("the stand-in does not measure distances")
    return any(_has(node, doc, piece) for piece in pieces)


def _has(node: Node, doc: Doc, piece: str) -> bool:
    kind = PIECES[piece][1]
    if kind == "bool":
        return node.text in [str(value).lower() for value in values(doc.record, PIECES[piece][0])]
    if kind == "date":
        return any(str(value).startswith(node.text) for value in values(doc.record, PIECES[piece][0]))
    if kind == "enum" and piece in ENUMS:
        return node.text in values(doc.record, PIECES[piece][0])
    wanted = _wanted(node.text)
    return bool(wanted) and wanted in doc.text(piece)


@functools.lru_cache(maxsize=4096)
def _wanted(text: str) -> str:
    """The words of a query as they stand in `Doc.text`, '' for none; asked once for each of thousands of records."""
    words = normal(text)
    return f" {words} " if words else ""


def _in_range(limits: str, doc: Doc, piece: str) -> bool:
    low, _, high = (part.strip() for part in limits.partition(","))
    kind = PIECES[piece][1]
    for value in values(doc.record, PIECES[piece][0]):
        amount = measure(str(value), kind)
        least, most = measure(low, kind), measure(high, kind, "-12-31")
        above = low == "MIN" or (amount is not None and least is not None and amount >= least)
        below = high == "MAX" or (amount is not None and most is not None and amount <= most)
        if above and below:
            return True
    return False


def measure(text: str, kind: str, rest: str = "-01-01") -> Any:
    """A value that can be compared: days for ages, the first day that a date can mean (or another ``rest``)."""
    if kind == "age":
        found = re.fullmatch(r"(\d+(?:\.\d+)?) *(year|month|week|day|hour|minute)s?", text.strip(), re.IGNORECASE)
        return float(found[1]) * _UNITS[found[2].lower()] if found else None
    if kind == "date":
        american = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)
        if american:
            return f"{american[3]}-{american[1]}-{american[2]}"
        return (text + rest[len(text) - 4 :])[:10] if re.match(r"\d{4}", text) else None
    try:
        return float(text)
    except ValueError:
        return None


@functools.lru_cache(maxsize=65536)
def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
