"""Whether a person can and will take part in what the study asks, and with what hopes, in whatever words.

"Able to come back for all six visits", "means to leave the region", "attendance cannot be guaranteed", "transport to
the hospital is assured": an ability or a hindrance near an act of taking part and what it is done with. "Exaggerated
hopes", "lacks support from the family": what is expected, and who helps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.slot_words import is_free, load_slot_words, made_rule
from trialfinder.reading.vocabulary.told_words import PartakingWords
from trialfinder.reading.wording.clauses import clauses_of
from trialfinder.reading.wording.normalise import Clean

_NEAR = 40
"""Letters between an ability and an act, and between an act and its thing."""
_CLOSE = 20
_PARTS = re.compile(
    r"[()]|\b(?:if|because|who|unless|except|interfer\w*|prevent\w*|affect\w*|limit\w*|preclud\w*|compromis\w*)\b"
)
_HINDERED = re.compile(r"\b(?:interfer|prevent|affect|limit|preclud|compromis|impair|jeopardi|confound|hamper)\w*")
_FAR = 60
"""Letters before an ability among which it may be said that an illness hinders it: that is for doctors to judge."""
_HAS = re.compile(
    r"\b(?:has|have|having|owns?|access|available|assured|ensured|guaranteed|working|by|is|are|must|who|with|lives?|living|"
    r"residents?)\b"
)
_HELP = frozenset({"support", "backing"})
_ELSE = frozenset({"consent", "other_trial", "contraception", "procedure_contraindication", "general_health"})
"""Rows that say what is agreed to or hindered."""

Stretch = tuple[int, int]


def partaking(clean: Clean, section: str, own: Sequence[Hit], said: SaidWords) -> list[Hit]:
    """Abilities, hindrances and hopes that no row has read."""
    words = load_slot_words().partaking
    if section == "unknown" or not words.lets(said):
        return []
    lower, hopes = clean.lower, words.hopes.lets(said)
    found: list[Hit] = []
    for start, end in clauses_of(lower):
        for pattern, places in (
            ("follow_up", _partakes(lower, words, section, start, end)),
            ("realistic_expectations", _hopes(lower, words, start, end) if hopes else ()),
        ):
            if not is_free([h for h in own if h.rule.pattern == pattern], start, end):
                continue
            rest = [h for h in own if h.rule.pattern in _ELSE]
            place = next((p for p in places if is_free(rest, *p)), None)
            if place is not None and not words.no.search(lower, *place):
                found.append(Hit(made_rule(pattern, ""), *place))
    return found


def _partakes(lower: str, words: PartakingWords, section: str, start: int, end: int) -> Iterator[Stretch]:
    for hinders in words.hindrances.finditer(lower, start, end):
        yield hinders.span()
    if words.others.search(lower, start, end):
        return
    for able in words.able.finditer(lower, start, end):
        act = words.acts.search(lower, able.end(), min(end, able.end() + _NEAR))
        if act is None or _HINDERED.search(lower, max(start, able.start() - _FAR), able.start()):
            continue
        thing = words.things.search(lower, act.end(), min(end, act.end() + _NEAR))
        if thing is not None and not _PARTS.search(lower, able.end(), thing.start()):
            yield able.start(), thing.end()
    for noun in words.nouns.finditer(lower, start, end):
        yield from _beside(lower, words, noun.span(), start, end)
    if section == "inclusion":
        for means in words.means.finditer(lower, start, end):
            if _HAS.search(lower, max(start, means.start() - _NEAR), min(end, means.end() + _NEAR)):
                yield means.span()


def _beside(lower: str, words: PartakingWords, noun: Stretch, start: int, end: int) -> Iterator[Stretch]:
    before = words.quality.search(lower, max(start, noun[0] - _CLOSE), noun[0])
    if before is not None and not _PARTS.search(lower, before.end(), noun[0]):
        yield before.start(), noun[1]
    behind = words.quality.search(lower, noun[1], min(end, noun[1] + _NEAR))
    if behind is not None and not _PARTS.search(lower, noun[1], behind.start()):
        yield noun[0], behind.end()


def _hopes(lower: str, words: PartakingWords, start: int, end: int) -> Iterator[Stretch]:
    for hope in words.hopes.finditer(lower, start, end):
        first, last = max(start, hope.start() - _CLOSE), min(end, hope.end() + _NEAR)
        if hope.group() in _HELP and not words.supporters.search(lower, first, last):
            continue
        before = words.hoped.search(lower, first, hope.start())
        behind = words.hoped.search(lower, hope.end(), last) if hope.group() not in _HELP else None
        if before is not None:
            yield before.start(), hope.end()
        elif behind is not None:
            yield hope.start(), behind.end()
