"""Illnesses that must be proven: an illness, a word of proving and a test or a standard in one clause, in any order.

"Entrapment seen on ultrasound", "biopsy-proven small-fibre neuropathy", "EMG in keeping with radiculopathy", "slowed
nerve conduction", "sciatica as laid down in the Velden criteria", "diagnosis made by a neurologist". What row or test
it is does not matter, only how they hang together; a test that measures how active an illness is, rules one out, or
proves a thing that no nerve is part of, gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.slot_words import any_test, is_free, load_slot_words, made_rule
from trialfinder.reading.vocabulary.told_words import ProofWords
from trialfinder.reading.wording.clauses import clauses_of
from trialfinder.reading.wording.normalise import Clean

_PROVEN = frozenset(
    {
        "neuropathy_type", "compressive_structural", "spine_surgical", "cauda_equina", "fiber_type",
        "neurological_other", "diabetes_type",
    }
)  # fmt: skip
"""What rows have read and a test can prove."""
_BETWEEN = 50
"""Letters between an illness, a word of proving and a test."""
_BESIDE = 30
"""Letters between a test and its result."""
_STRONG = frozenset(
    {"nerve_conduction", "electromyography", "skin_biopsy", "quantitative_sensory_testing", "monofilament"}
)
"""Tests of nerves: a bad result says that nerves are ill, without a word for the illness."""
_PARTS = re.compile(r"\b(?:who|which|but|must not|and (?:have|has|are|is|with))\b")
_NAME = re.compile(r"\b(?:[A-Z][\w/-]*[A-Z][\w/-]*|[A-Z][a-zé]+(?!\w)|(?:19|20)\d\d)")
_SCORED = re.compile(r"\s?(?:[\w-]+\s){0,3}(?:scales?|scores?|scoring|index|questionnaires?|points)\b")
_STRICT = re.compile(r"(?:according to|as per|per|in accordance with|in agreement with|conform\w* to|by revised)\Z")
_DENIED = re.compile(r"\b(?:no|not|without|nor|neither)\s(?!less|more|fewer|later|longer|older|earlier|sooner)")
_ABNORMAL = re.compile(r"\b(?:abnormal\w*|patholog\w*|positive)\b")
_DIAGNOSIS = re.compile(r"\bdiagnos(?:is|ed|tic)\b")
_STANDARD = re.compile(r"standards?\s(?!of\b|for\b|and\b|or\b)[a-z]")
_PROOF = re.compile(r"proof|confirmation|verification|documentation|corroboration")
_OF = re.compile(r"\b(?:of|by|with|for|to)\b(?! (?:objective|any))")
_BY = re.compile(r"\bby\b")

Stretch = tuple[int, int]


def proofs(clean: Clean, section: str, own: Sequence[Hit], said: SaidWords) -> list[Hit]:
    """How an illness of the nerves must be proven; under an exclusion heading, that it is not."""
    words = load_slot_words().proof
    if not words.lets(said):
        return []
    if section != "inclusion" and not words.doubt.lets(said):
        return []
    tested, by_standard, by_doctors = any_test().lets(said), words.according.lets(said), words.doctors.lets(said)
    lower = clean.lower.replace("-", " ")
    done = [h for h in own if h.rule.pattern == "diagnosis_confirmed"]
    found: list[Hit] = []
    for start, end in clauses_of(lower):
        if not is_free(done, start, end):
            continue
        if section != "inclusion":
            found += _doubted(lower, words, own, start, end)
            continue
        made = list(_tested(lower, words, own, start, end)) if tested else []
        made += _standard(clean.text, lower, words, own, start, end) if by_standard else ()
        made = made or (list(_by_doctors(lower, words, own, start, end)) if by_doctors else [])
        if made and not words.others.search(lower, start, end) and not _DENIED.search(lower, start, end):
            found += made
    return found


def _ill(lower: str, words: ProofWords, own: Sequence[Hit], start: int, end: int) -> list[Stretch]:
    read = [(h.start, h.end) for h in own if start <= h.start and h.end <= end and h.rule.pattern in _PROVEN]
    return [*read, *(m.span() for m in words.illnesses.finditer(lower, start, end))]


def _kind(lower: str, words: ProofWords, start: int, end: int) -> str:
    return next((value for value, ways in words.values.items() if ways.search(lower, start, end)), "")


def _tested(lower: str, words: ProofWords, own: Sequence[Hit], start: int, end: int) -> Iterator[Hit]:
    """Each test that proves an illness, or whose result does."""
    found = [m.span() for m in any_test().finditer(lower, start, end)]
    if not found:
        return
    ill = _ill(lower, words, own, start, end)
    ways = [m.span() for m in words.proves.finditer(lower, start, end)] if ill else []
    felt = [m.span() for m in words.felt.finditer(lower, start, end)]
    like = [m.span() for m in words.matching.finditer(lower, start, end)] if felt else []
    nerves = any(start <= h.start < end and h.rule.pattern in _PROVEN for h in own)
    kinds: set[str] = set()
    for a, b in found:
        kind = _kind(lower, words, a, b)
        if kind in kinds:
            continue
        proven = any(_hang_together(lower, (a, b), way, thing) for way in ways for thing in ill)
        proven = proven or any(_hang_together(lower, (a, b), way, thing) for way in like for thing in felt)
        if proven or ((kind in _STRONG or nerves) and _bad(lower, words, (a, b), start, end, strict=not kind)):
            kinds.add(kind)
            yield Hit(made_rule("diagnosis_confirmed", kind), a, b)


def _hang_together(lower: str, test: Stretch, way: Stretch, thing: Stretch) -> bool:
    """Whether a test, a word of proving and an illness follow one another closely, in whatever order."""
    (_, a), (b, c), (d, _) = sorted((test, way, thing))
    return all(
        first <= then and then - first <= _BETWEEN and not _PARTS.search(lower, first, then)
        for first, then in ((a, b), (c, d))
    )


def _bad(lower: str, words: ProofWords, test: Stretch, first: int, last: int, *, strict: bool) -> bool:
    """Whether a result that proves an illness stands beside a test; ``strict``: one that says nothing else."""
    near = (max(first, test[0] - _BESIDE), test[0]), (test[1], min(last, test[1] + _BESIDE))
    results = _ABNORMAL if strict else words.results
    return any(results.search(lower, *stretch) for stretch in near)


def _standard(text: str, lower: str, words: ProofWords, own: Sequence[Hit], start: int, end: int) -> Iterator[Hit]:
    """The standard that an illness meets: "the 2019 Velden criteria", "ICHD-3"."""
    ill: list[Stretch] = []
    read = {h.rule.pattern for h in own if start <= h.start < end}
    if "diabetes_type" in read and not read & (_PROVEN - {"diabetes_type"}):
        return  # every diabetes is told by such a standard
    for way in words.according.finditer(lower, start, end):
        noun = words.standards.search(lower, way.end(), min(end, way.end() + _BETWEEN))
        stop = noun.end() if noun is not None else min(end, way.end() + _BESIDE)
        if (noun is None and not _STRICT.match(way.group())) or (noun and _STANDARD.match(lower, noun.start())):
            continue
        name = _NAME.search(text, way.end(), min(end, stop + _BESIDE))
        if name is None and (noun is None or not words.named.search(lower, way.end(), stop)):
            continue
        if noun is None and name is not None and (name.start() > stop or _SCORED.match(lower, name.end())):
            continue
        ill = ill or _ill(lower, words, own, start, end)
        if not ill:
            return
        last = noun.end() if noun is not None else name.end() if name is not None else way.end()
        yield Hit(made_rule("diagnosis_confirmed", "criteria"), way.end() + 1, last)
        return


def _by_doctors(lower: str, words: ProofWords, own: Sequence[Hit], start: int, end: int) -> Iterator[Hit]:
    """ "Diagnosis agreed by two independent specialists"."""
    for who in words.doctors.finditer(lower, start, end):
        before = words.made.search(lower, max(start, who.start() - _BETWEEN), who.start())
        behind = words.made.search(lower, who.end(), min(end, who.end() + _BESIDE))
        first, last = who.span()
        if before is not None and _BY.search(lower, before.end(), first):
            first = before.start()
        elif behind is not None:
            last = behind.end()
        else:
            continue
        if any(
            -_BESIDE <= a - last <= _BESIDE or 0 <= first - b <= _BETWEEN
            for a, b in _ill(lower, words, own, start, end)
        ):
            yield Hit(made_rule("diagnosis_confirmed", "clinical_examination"), first, last)
            return


def _doubted(lower: str, words: ProofWords, own: Sequence[Hit], start: int, end: int) -> Iterator[Hit]:
    """ "Diagnosis not backed by nerve studies", "lack of proof of the neuropathy" bar who has no proof."""
    for no in words.doubt.finditer(lower, start, end):
        ill = [(h.start, h.end) for h in own if h.rule.pattern in _PROVEN and start <= h.start < end]
        ill += [m.span() for m in _DIAGNOSIS.finditer(lower, start, end)]
        way = words.proves.search(lower, no.end(), min(end, no.end() + _BESIDE))
        if way is None or _OF.search(lower, no.end(), way.start()):
            continue
        if any(0 <= no.start() - b <= _BESIDE for _, b in ill) or (
            _PROOF.match(way.group()) and any(0 <= a - way.end() <= _BESIDE for a, _ in ill)
        ):
            yield Hit(made_rule("diagnosis_confirmed", _kind(lower, words, way.end(), end)), no.start(), way.end())
            return
