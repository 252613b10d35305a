"""How treatments went, and whether they must stay as they are, whatever their names.

"Pregabalin did not help", "persisting in spite of tablets", "splints brought no lasting benefit" are
``failed_conventional``; "the dose must have been the same for a month", "agrees not to alter the pain drugs" are
``stable_medication``. No list of phrases holds these: here a treatment and what is told of it must stand in one clause.
The row of the catalogue is read as everywhere else; what other rules have read of the two patterns stays theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import can_be_in
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.findings.named_drugs import drugs_in
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.patterns import load_patterns
from trialfinder.reading.vocabulary.slot_words import is_free, load_slot_words, made_rule
from trialfinder.reading.vocabulary.told_words import OutcomeWords
from trialfinder.reading.wording.clauses import clauses_of
from trialfinder.reading.wording.normalise import Clean
from trialfinder.reading.wording.whole_words import WholeWords

_REACH = 60
"""Letters between a treatment and what is told of it."""
_OTHER_TYPES = frozenset({"illness", "event", "state"})
"""What was treated, when it is not the nerve: "hypertension in spite of tablets"."""
_NERVES = frozenset(
    {
        "neuropathy_type", "compressive_structural", "spine_surgical", "foot_ulcer", "peripheral_artery_disease",
        "cauda_equina", "severity", "pain_score", "symptom_duration",
    }
)  # fmt: skip
_FROM = re.compile(r"\b(?:from|with|under|after|on|of|to|by|despite|following|in spite of|upon|through|using)\b")

Stretch = tuple[int, int]


def told(clean: Clean, own: Sequence[Hit], said: SaidWords) -> list[Hit]:
    """Treatments that did not help, and medicines that must stay as they are. ``said``: the words of the text."""
    slots = load_slot_words()
    found: list[Hit] = []
    if slots.outcome.lets(said):
        found += _failed(clean.lower, own, said)
    if slots.steady.same.lets(said) or slots.steady.change.lets(said):
        found += _steady(clean.lower, own, said)
    return found


def _clauses_with_drugs(lower: str, said: SaidWords, kinds: WholeWords) -> Iterator[tuple[int, int, list[Stretch]]]:
    """The clauses in which drugs stand, by name or by a word of ``kinds``, each with their places."""
    drugs, by_kind = drugs_in(lower) if can_be_in(said) else (), kinds.lets(said)
    if not drugs and not by_kind:
        return
    for start, end in clauses_of(lower):
        places = [m.span() for m in kinds.finditer(lower, start, end)] if by_kind else []
        places += [(a, b) for _, a, b in drugs if start <= a and b <= end]
        if places:
            yield start, end, places


def _failed(lower: str, own: Sequence[Hit], said: SaidWords) -> list[Hit]:
    words = load_slot_words().outcome
    read = [h for h in own if h.rule.pattern == "failed_conventional"]
    found: list[Hit] = []
    for start, end, treated in _clauses_with_drugs(lower, said, words.treatments):
        if not is_free(read, start, end) or _of_another(own, start, end) or words.others.search(lower, start, end):
            continue
        places = [p for a, b in treated if (p := _outcome(lower, words, start, a, b, end)) is not None]
        if places:
            first, last = min(p[0] for p in places), max(p[1] for p in places)
            found.append(Hit(made_rule("failed_conventional", ""), first, last))
    return found


def _of_another(own: Sequence[Hit], start: int, end: int) -> bool:
    """Whether a clause names another illness than that of the nerves, which was treated then."""
    kinds = load_patterns()
    return any(
        start <= h.start < end and kinds[h.rule.pattern].type in _OTHER_TYPES and h.rule.pattern not in _NERVES
        for h in own
    )


def _outcome(lower: str, words: OutcomeWords, start: int, at: int, to: int, end: int) -> Stretch | None:
    """Where it stands that the treatment at ``at`` to ``to`` did not help; None when the clause does not say so."""
    behind = min(end, to + _REACH)
    bad = words.bad.search(lower, to, behind)
    if bad is not None and not _joined_by_and(lower, to, bad.start()):
        return at, bad.end()
    without = words.before.search(lower, max(start, at - _REACH), at)
    if without is not None and not _joined_by_and(lower, without.end(), at):
        return without.start(), to
    small = _SMALL_GAIN.search(lower, max(start, at - _REACH), at)
    if small is not None:
        return small.start(), to
    gain = _denied_gain(lower, words, to, behind)
    if gain is not None:
        return at, gain[1]
    before = max(start, at - _REACH)
    gain = _denied_gain(lower, words, before, at)
    if gain is not None and _FROM.search(lower, gain[1], at):
        return gain[0], to
    although = list(words.despite.finditer(lower, before, at))
    lasts = words.lasts.search(lower, start, although[0].start()) if although else None
    if lasts is not None:
        return although[0].start(), to
    return None


def _denied_gain(lower: str, words: OutcomeWords, start: int, end: int) -> Stretch | None:
    """A success that is denied or small: "no lasting benefit", "did not help"."""
    for no in words.no.finditer(lower, start, end):
        if _MAYBE.search(lower, max(start, no.start() - 8), no.start()):
            continue
        gain = words.gains.search(lower, no.end(), min(end, no.end() + 30))
        if gain is not None:
            return no.start(), gain.end()
    return None


_SMALL_GAIN = re.compile(
    r"\b(?:eased|relieved|reduced|improved|lessened|lowered|helped|relief|improvement|reduction)\s(?:\w+\s){0,3}?(?:by\s|of\s)?"
    r"(?:less than|under|below|no more than|at most|only|hardly|barely|insufficiently|inadequately)\s[^,]*\b"
    r"(?:under|with|on|by|from|after|upon)\b"
)
_MAYBE = re.compile(r"\b(?:may|might|would|will|can)\s\Z")
_AND = re.compile(r"(?<!tried),|\band\b|\bwithin\b|\bbefore\b|\bwho\b")


def _joined_by_and(lower: str, start: int, end: int) -> bool:
    """Whether another member begins between a treatment and the word: "drugs and insufficient blood flow"."""
    return _AND.search(lower, start, end) is not None


_NEAR = 40
"""Letters between a medicine and what is told of it."""
_APART = re.compile(r"[()\[\]]|\b(?:despite|while|requir\w*|necessit\w*|in which|permitted|who|that|might|may|could)\b")
"""Words between the two that part them."""


def _steady(lower: str, own: Sequence[Hit], said: SaidWords) -> list[Hit]:
    words = load_slot_words().steady
    read = [h for h in own if h.rule.pattern == "stable_medication"]
    found: list[Hit] = []
    for start, end, named in _clauses_with_drugs(lower, said, words.medicines):
        if not is_free(read, start, end) or words.others.search(lower, start, end):
            continue
        ways = [*words.same.finditer(lower, start, end), *words.change.finditer(lower, start, end)]
        pairs = [
            (min(a, way.start()), max(b, way.end()))
            for a, b in named
            for way in ways
            if (way.end() <= a or b <= way.start())
            and _APART.search(lower, min(b, way.end()), max(a, way.start())) is None
            and max(a - way.end(), way.start() - b) <= _NEAR
        ]
        if pairs:
            first, last = min(pairs, key=lambda pair: pair[1] - pair[0])
            found.append(Hit(made_rule("stable_medication", ""), first, last))
    return found
