"""What bars because of the spine, whatever its name: operations, bends, a narrow canal, and nerve emergencies.

A place of the spine and what was done to it or is wrong with it; a loss of strength and a word that it is new or
grows; bladder, bowel and saddle. Only where it bars or is denied: an operation that is asked for is the study's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.slot_words import is_free, load_slot_words, made_rule
from trialfinder.reading.vocabulary.told_words import SpineWords
from trialfinder.reading.wording.clauses import clauses_of
from trialfinder.reading.wording.normalise import Clean
from trialfinder.reading.wording.whole_words import WholeWords

_DENIED = re.compile(r"\b(?:no|not|without|never|free of|absence of|nor)\b")
_NEAR = 25
"""Letters between a place and what is told of it."""
_CLOSE = 18
_PARTS = re.compile(r"[,;()]|\b(?:or|and|with|without|due|from|who|for|after|before|than)\b")
_JOINTS = re.compile(r"[;]|\b(?:without|due|who|for|after|before|than)\b")
_BESIDE = {"compressive_structural": "neuropathy_type"}
"""Rows that say the same already: "nerve entrapment" is a kind of neuropathy."""

Stretch = tuple[int, int]


def spine(clean: Clean, section: str, own: Sequence[Hit], said: SaidWords) -> list[Hit]:
    """What bars because of the spine and no row has read."""
    words = load_slot_words().spine
    if section == "unknown" or not words.lets(said):
        return []
    lower = clean.lower
    found: list[Hit] = []
    for start, end in clauses_of(lower):
        if words.others.search(lower, start, end):
            continue
        told = list(_pressed(lower, words, start, end))
        if section == "exclusion" or _DENIED.search(lower, start, end):
            told += [*_shapes(lower, words, start, end), *_emergencies(lower, words, start, end)]
        for pattern, value, place in told:
            done = [h for h in own if h.rule.pattern in {pattern, _BESIDE.get(pattern)}]
            if is_free(done, start, end) and is_free(found, *place):
                found.append(Hit(made_rule(pattern, value), *place))
    return found


def _pairs(
    lower: str,
    one: WholeWords,
    other: WholeWords,
    start: int,
    end: int,
    near: int = _NEAR,
    parts: re.Pattern[str] = _PARTS,
) -> Iterator[Stretch]:
    """Places where a word of each of two kinds stands close together, in either order."""
    seconds = [m.span() for m in other.finditer(lower, start, end)]
    for first in one.finditer(lower, start, end) if seconds else ():
        for a, b in seconds:
            left, right = min(first.end(), b), max(first.start(), a)
            if left <= right and right - left <= near and not parts.search(lower, left, right):
                yield min(first.start(), a), max(first.end(), b)


def _shapes(lower: str, words: SpineWords, start: int, end: int) -> Iterator[tuple[str, str, Stretch]]:
    for place in _pairs(lower, words.places, words.operations, start, end):
        yield "spine_surgical", "prior spine surgery", place
    for place in _pairs(lower, words.places, words.bends, start, end):
        yield "spine_surgical", "deformity or instability", place
    for place in _pairs(lower, words.grave, words.narrow, start, end, _CLOSE):
        yield "spine_surgical", "", place


def _emergencies(lower: str, words: SpineWords, start: int, end: int) -> Iterator[tuple[str, str, Stretch]]:
    for match in words.urgent.finditer(lower, start, end):
        yield "cauda_equina", "", match.span()
    for place in _pairs(lower, words.strength, words.grows, start, end, _NEAR, _JOINTS):
        yield "cauda_equina", "", place
    for place in _pairs(lower, words.saddle, words.numb, start, end):
        yield "cauda_equina", "", place
    if words.grows.search(lower, start, end) or words.places.search(lower, start, end):
        for place in _pairs(lower, words.organs, words.lost, start, end, _CLOSE):
            yield "cauda_equina", "", place


def _pressed(lower: str, words: SpineWords, start: int, end: int) -> Iterator[tuple[str, str, Stretch]]:
    for place in _pairs(lower, words.nerves, words.presses, start, end, _CLOSE, _JOINTS):
        yield "compressive_structural", "", place
    for match in words.structural.finditer(lower, start, end):
        yield "compressive_structural", "", match.span()
