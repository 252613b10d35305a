"""Words by which not everybody is meant who has a thing: its symptoms, a recent one, a span of years."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import Leaf

CLASSES = frozenset(
    {
        "cardiac", "pulmonary", "hepatic", "renal", "autoimmune", "psychiatric", "hypertension", "bleeding_disorder",
        "neurological_other", "thrombosis",
    }
)  # fmt: skip
"""Illnesses that stand for a class."""

_SYMPTOMS_OF = re.compile(
    r"(?<!history of )(?<!history or )(?<!existing )\b(?:symptoms?|complaints?|manifestations?)\s(?:\(\w+\)\s)?of"
    r"\s(?:an?\s|any\s|the\s)?\Z",
    re.IGNORECASE,
)


def symptoms_of(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """ "Symptoms of heart disease": who has the illness may have none."""
    of_it = leaf.concept in CLASSES and _SYMPTOMS_OF.search(text, max(0, leaf.start - 40), leaf.start)
    return "symptoms of it" if of_it else ""


_RECENT_BESIDE = re.compile(r"\brecent(?:ly)?\s(?:[\w-]+\s){0,2}\Z", re.IGNORECASE)
_RECENT_BEHIND = re.compile(r"\s(?:too\s|very\s)?recently\b", re.IGNORECASE)
_NEWLY = re.compile(r"\b(?:recent|recently|newly)[- ]diagnosed\s(?:[\w-]+\s){0,2}\Z", re.IGNORECASE)
_DATED = frozenset({"stroke", "organ_transplant", "thrombosis", "cardiac", "bleeding_disorder", "recent_surgery"})


def recently(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """ "A recent stroke" without saying how recent: who had one at some time may not be meant."""
    if leaf.window_months is not None or leaf.bounds is not None:
        return ""
    if _NEWLY.search(text, max(0, leaf.start - 30), leaf.start):
        return "newly diagnosed"
    if leaf.concept not in _DATED:
        return ""
    near = _RECENT_BESIDE.search(text, max(0, leaf.start - 40), leaf.start) or _RECENT_BEHIND.match(text, leaf.end)
    return "recent" if near or leaf.noun.startswith("recent ") else ""


_FROM_TO_BACK = re.compile(
    r"\b(?:past|last|previous|within|preceding)\s(?P<span>\d+\s?(?:-|–|to|or)\s?\d+\s(?:years|months|weeks|days))\b",
    re.IGNORECASE,
)


def from_to_back(leaf: Leaf, text: str, _every: Sequence[Leaf]) -> str:
    """ "Cancer within the last 2 to 5 years": between the two it is somebody's choice."""
    found = _FROM_TO_BACK.search(text, leaf.start, leaf.end + 60) if leaf.window_months is not None else None
    return " ".join(found["span"].split()) if found else ""
