"""How severe the nerve condition is, in words, whatever the order.

"Mild or moderate neuropathy", "nerve damage of moderate degree", "polyneuropathy graded as severe", "no potential can
be recorded in the legs": a degree, and a nerve condition that has it, in one clause. Degrees of pain, of other nerves
and of other illnesses are none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.slot_words import is_free, load_slot_words, made_rule
from trialfinder.reading.vocabulary.told_words import DegreeWords
from trialfinder.reading.wording.clauses import clauses_of
from trialfinder.reading.wording.normalise import Clean

_REACH = 45
"""Letters between a condition and its degree."""
_STAGE = re.compile(r"stage\Z")
_SEVERITY = re.compile(r"\b(?:severity|degree|stage|grade|extent) of\b")
_PARTS = re.compile(r"[()]|\b(?:with|without|due|from|who|which|that causes?|caused|after|by|for|pain|despite|not)\b")


def degrees(clean: Clean, section: str, own: Sequence[Hit], said: SaidWords) -> list[Hit]:
    """Degrees of the nerve condition that no row has read."""
    words = load_slot_words().degree
    if section == "unknown" or not words.lets(said):
        return []
    lower = clean.lower
    done = [h for h in own if h.rule.pattern in {"severity", "severity_score", "pain_score", "fiber_type"}]
    found: list[Hit] = []
    for start, end in clauses_of(lower):
        if not is_free(done, start, end) or words.others.search(lower, start, end):
            continue
        place = next(_places(lower, words, own, start, end), None)
        if place is not None:
            found.append(Hit(made_rule("severity", lower[place[0] : place[1]]), *place))
    return found


def _places(lower: str, words: DegreeWords, own: Sequence[Hit], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a degree of the nerve condition stands in a clause."""
    nerves = [m.span() for m in words.nerves.finditer(lower, start, end)]
    nerves += [(h.start, h.end) for h in own if h.rule.pattern == "neuropathy_type" and start <= h.start < end]
    diseases = [m.span() for m in words.diseases.finditer(lower, start, end)]
    for degree in words.words.finditer(lower, start, end) if nerves or diseases else ():
        first, last = degree.span()
        form = _STAGE.search(degree.group()) or words.forms.search(lower, last, min(end, last + _REACH // 2))
        form = form or _SEVERITY.search(lower, start, first)
        for a, b in nerves if form is None else [*nerves, *diseases]:
            if last <= a and a - last <= _REACH and not _PARTS.search(lower, last, a):
                yield first, last
            between = lower[b:first] if b <= first and first - b <= _REACH else None
            if between is not None and (form or words.rated.search(between)) and not _PARTS.search(between):
                yield first, last
    for no in words.silent.finditer(lower, start, end):
        answer = words.answers.search(lower, max(start, no.start() - _REACH), min(end, no.end() + _REACH))
        if answer is not None:
            yield min(no.start(), answer.start()), max(no.end(), answer.end())
