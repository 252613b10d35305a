"""Drugs and classes that the table of their names knows (``data/terms/drugs.toml``), where no row reads them."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.drugs.drug_names import can_be_in, concept_of, drug_places
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.patterns import Rule, load_patterns
from trialfinder.reading.vocabulary.slot_words import is_free, load_slot_words, made_rule
from trialfinder.reading.wording.normalise import Clean

_GIVEN = frozenset({"drug", "therapy"})
_JOINS = re.compile(
    r"(?:\s?\([^()]{0,40}\))?\s?(?:,|/|;)?\s?(?:and/or|or|and|nor)?\s?"
    r"(?:any |other |another |oral |systemic |topical )*\Z"
)
_APART = 60
_REFUSED = re.compile(
    r"\b(?:(?:discontinu|stop|withh|interrupt|suspend|ceas|switch|taper|wean|wash|refus)\w*|cannot|can not|can't|"
    r"unable|inability|not able|unwilling|not willing|"
    r"not be (?:administered|given|taken|used) (?:concurrently |together )?with)"
    r"\b(?:[^.;]|\b[ei]\.[ge]\.){0,60}\Z"
)
"""Drugs behind these words are given up, or cannot be taken."""
_BORNE_BADLY = re.compile(r"[^.;]{0,60}\b(?:hyper-?sensitiv|allerg|anaphyla|intoleran)")
_FAR = 80


@functools.lru_cache(maxsize=8)
def drugs_in(lower: str) -> tuple[tuple[str, int, int], ...]:
    """Drugs and classes of a text with their places (``drug_places``), looked up once for all that ask for them."""
    return tuple(drug_places(lower, classes=True))


def by_name(clean: Clean, section: str, own: Sequence[Hit], said: SaidWords) -> list[Hit]:
    """Drugs by name and class; under inclusion only what is said to be taken or not, and lists of such.

    ``said``: the words of the text; where all its letters are plain ones, a name begins with one of them or not at all.
    """
    if not can_be_in(said):
        return []
    known = load_slot_words().drug.not_alone
    places = [place for place in drugs_in(clean.lower) if clean.lower[place[1] : place[2]] not in known]
    if not places:
        return []
    guards, taken = _rules()
    if any(rule.unless is not None and rule.unless.search(clean.lower) for rule in guards):
        return []
    found: list[Hit] = []
    for name, start, end in places:
        if not all(rule.fits(clean.lower, start, end) for rule in guards) or not _names_one(
            clean.lower, own, start, end
        ):
            continue
        used = taken.fits(clean.lower, start, end) or _goes_on([*own, *found], clean.lower, start)
        if section == "exclusion" or used:
            rule = replace(made_rule(concept_of(name), clean.text[start:end]), named=True)
            found.append(Hit(rule, start, end))
    return found


@functools.cache
def _rules() -> tuple[list[Rule], Rule]:
    """The rows for drugs by name: what must not stand beside one, and what says that one is taken."""
    rules = [rule for rule in load_patterns()["other_medication"].rules if rule.named]
    taken = next(rule for rule in rules if rule.section == "inclusion" and rule.not_after is not None)
    return [rule for rule in rules if rule.section == "exclusion" and rule.before is None][:2], taken


def _names_one(lower: str, own: Sequence[Hit], start: int, end: int) -> bool:
    """Whether a place names a drug of its own that may be taken or not."""
    kinds = load_patterns()
    given = [hit for hit in own if kinds[hit.rule.pattern].type in _GIVEN]
    wider = [hit for hit in own if hit.end - hit.start >= end - start or hit.start < start or end < hit.end]
    if not is_free([*given, *wider], start, end):  # but the "HIV" of "anti-HIV drugs" is only a part of the name
        return False
    if any(hit.end == start - 1 for hit in given):
        return False  # the "antibiotics" of "aminoglycoside antibiotics"
    return not _REFUSED.search(lower, max(0, start - _FAR), start) and not _BORNE_BADLY.match(lower, end)


def goes_on_a_list(lower: str, finding: Finding, before: Sequence[Finding]) -> bool:
    """Whether a drug that was read by its name alone is a further member of a list, or another name of the same drug.

    The catalogue's convention is one reading for a list of drugs; judging sees each of them.
    """
    same = [f.hit for f in before if f.pattern.id == finding.pattern.id]
    return finding.hit.rule.named and _goes_on(same, lower, finding.hit.start)


def _goes_on(hits: Sequence[Hit], lower: str, start: int) -> bool:
    """Whether a drug is the next member of a list of drugs."""
    kinds = load_patterns()
    given = [h for h in hits if h.end <= start and kinds[h.rule.pattern].type in _GIVEN and start - h.end < _APART]
    return any(_JOINS.fullmatch(lower, h.end, start) for h in given)
