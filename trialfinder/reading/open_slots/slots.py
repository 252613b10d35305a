"""Open slots: names that no list can hold, recognised by the words around them and kept by their own words.

"Tremont Hand Scale of at least 14" is a named score, "treatment with ozanimod within 5 weeks" a named drug, "shown by
gene sequencing" a way of confirming, "promises to take the powder" a duty, "unwilling to lie in the scanner" a
procedure that cannot be had. What another rule has read already is left to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.findings.named_drugs import by_name
from trialfinder.reading.open_slots.degrees_told import degrees
from trialfinder.reading.open_slots.other_trials import other_trials
from trialfinder.reading.open_slots.partaking import partaking
from trialfinder.reading.open_slots.proofs import proofs
from trialfinder.reading.open_slots.scale_slots import CLASSED, classes
from trialfinder.reading.open_slots.spine_told import spine
from trialfinder.reading.open_slots.treatments_told import told
from trialfinder.reading.times.time_windows import Window
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.patterns import load_patterns
from trialfinder.reading.vocabulary.slot_words import circumstances, is_free, life, load_slot_words, made_rule
from trialfinder.reading.wording.normalise import Clean

_NEAR = 40
_PHRASE = re.compile(
    r"\s(?P<words>[\w'’/-]+(?:,? (?!(?:within|in|for|during|over|at|on|before|prior|less|more|since|to|the|who|"
    r"that|which|"
    r"is|are|must|has|have|will|if|from|by|as)\b)[\w'’/-]+){0,7})"
)
_FIRST = re.compile(
    r"[\W\d]*(?:(?:any|all|other|prior|previous|recent|concomitant|concurrent|chronic|current|certain|new|long-term)\s)*"
    r"(?P<words>(?:(?!(?:within|in|for|during|over|at|on|before|prior|less|more|since|to|the|who|that|which|is|are|must|has|"
    r"have|will|if|from|by|as|no|not|without|of|with|use|treatment|intake|taking)\b)[\w'’/-]+,?\s){1,5}?(?:agents?|drugs?|medicines?|medications?|inhibitors?|"
    r"agonists?|antagonists?|blockers?|antibod(?:y|ies)|sedatives?)|anti-[\w'’/-]+\s(?:therap(?:y|ies)|treatments?))\b"
)
"""A drug by its kind that opens an exclusion criterion: "Any cytolytic agents …"."""
_MEMBER = re.compile(r"\b(?:(?!(?:or|and|and/or)\b)[\w'’/-]+)(?: (?!(?:or|and|and/or)\b)[\w'’/-]+)*")
_LOOSE = frozenset({"on", "been on", "using", "uses", "started", "starting", "received", "receives", "receiving"})
"""Verbs that have many other objects than drugs: here the time alone proves nothing."""
_TO_HAVE = re.compile(
    r"\s(?:(?:to|of|from|be|have|having|undergo|undergoing|receive|receiving|take|tolerate|perform|get|accept|the|"
    r"an?|any|"
    r"general|local|spinal|safely|another|repeated)\s){0,5}"
)
_SUBJECT = 160
"""Letters in front of "agrees" among which another subject may stand."""
_ASIDE = re.compile(r"\s\([^()]{0,120}\)")
_ROUTES = frozenset(
    {
        "intravenous",
        "iv",
        "oral",
        "systemic",
        "topical",
        "subcutaneous",
        "intramuscular",
        "parenteral",
        "inhaled",
        "intrathecal",
    }
)
"""Ways of giving a drug: what follows is one."""
_UNCHANGED = re.compile(
    r"\bdos(?:e|es|age|ages)\s(?:of\s[^.;]{2,60}?\s)?(?:must\s|should\s|has\s|have\s|had\s|is\s|are\s|"
    r"need\sto\s)*(?:been\s|be\s|remain\s|"
    r"remained\s|kept\s)*(?:stable|unchanged|constant)\b"
)
_SINCE = re.compile(
    r"\s(?:(?:must |should )?(?:have |has )?(?:elapsed |passed ))?since\s(?:(?:the|any|all|other|last|prior|previous|"
    r"most|recent|dose|use|intake|course|treatment|administration|completion|end|discontinuation|of|with)\s)*"
)
"""Behind a time, up to what must have been over for so long."""
_THERAPY = re.compile(
    r"(?!(?:initial|first|study|protocol|this|these|such|that|same)\b)(?:(?!(?:or|and|with|for|of|in|to)\b)[\w'’/-]+\s){1,3}?(?:agents?|drugs?|medications?|therap(?:y|ies))\b"
)
_SHORTEST = 4
_BESIDE = 3
"""Letters between a drug and its time."""
_TO = re.compile(r"(?:\s(?:and|or)\s\w+)?\sto\s(?P<what>[^.;]{2,90})")
_ALL = re.compile(
    r"\s(?:all|every|each|the)\s(?P<what>[^.;]{2,60}(?:visits?|sessions?|procedures?|appointments?|assessments?))"
)


def drugs(clean: Clean, section: str, own: Sequence[Hit], seen: Sequence[Window]) -> list[Hit]:
    """Drugs and therapies behind a verb of use that no row knows. Under inclusion only with a time."""
    words = load_slot_words().drug
    verbs = list(words.verbs.finditer(clean.lower))
    if not verbs:
        return []
    guard = next(r for r in load_patterns()["other_medication"].rules if r.named and r.section == "exclusion")
    if guard.unless is not None and guard.unless.search(clean.lower):
        return []
    found: list[Hit] = []
    for verb in verbs:
        phrase = _PHRASE.match(clean.lower, verb.end())
        if phrase is None:
            continue
        bracket = _ASIDE.match(clean.lower, phrase.end())
        end = bracket.end() if bracket is not None else phrase.end()
        timed = any(0 <= w.start - end <= 3 for w in seen) and verb.group() not in _LOOSE
        for name in _MEMBER.finditer(clean.lower, phrase.start("words"), phrase.end("words")):
            start, end = name.span()
            if not guard.fits(clean.lower, start, end) or not (is_free(own, start, end) and is_free(found, start, end)):
                continue
            if _is_drug(name.group(), timed=timed, strict=section == "inclusion"):
                found.append(Hit(made_rule("other_medication", clean.text[start:end]), start, end))
    return found


def since(clean: Clean, own: Sequence[Hit], seen: Sequence[Window]) -> list[Hit]:
    """What looks like a drug or a therapy behind "4 weeks since": "at least 3 weeks since prior endocrine therapy"."""
    found: list[Hit] = []
    for window in seen:
        opened = _SINCE.match(clean.lower, window.end)
        name = _THERAPY.match(clean.lower, opened.end()) if opened is not None else None
        if name is None or not is_free(own, *name.span()):
            continue
        if load_slot_words().drug.others.search(name.group().rpartition(" ")[0]):
            continue
        found.append(Hit(made_rule("other_medication", clean.text[slice(*name.span())]), *name.span()))
    return found


def _is_drug(name: str, *, timed: bool, strict: bool) -> bool:
    """Whether words behind a verb of use name a drug or therapy; ``strict`` needs the looks and the time."""
    words = load_slot_words().drug
    parts = name.split()
    if words.others.search(name) or len(parts) > 5 or len(parts[-1]) < _SHORTEST or any(p[0].isdigit() for p in parts):
        return False
    looks = (
        (len(parts) > 1 and parts[0] in _ROUTES)
        or (len(parts) > 1 and words.kinds.fullmatch(parts[-1]) is not None)
        or parts[-1].endswith(words.endings)
    )
    return (looks and timed) if strict else (looks or timed)


def first_drug(clean: Clean, own: Sequence[Hit], seen: Sequence[Window]) -> list[Hit]:
    """A drug by its kind that opens an exclusion criterion, its time right behind it: no verb says that it is taken."""
    first = _FIRST.match(clean.lower)
    if first is None:
        return []
    start, end = first.span("words")
    kind = clean.lower[start:end].rpartition(" ")[0]
    timed = any(0 <= w.start - end <= _BESIDE for w in seen)
    if not timed or load_slot_words().drug.others.search(kind) or not is_free(own, start, end):
        return []
    return [Hit(made_rule("other_medication", clean.text[start:end]), start, end)]


def promises(clean: Clean, own: Sequence[Hit]) -> list[Hit]:
    """What a person agrees to do for the study, and circumstances that make it hard."""
    words = load_slot_words().promise
    lower, found = clean.lower, []
    kept = [h for h in own if h.rule.pattern not in {"general_health", "other_trial"}]
    for match in words.words.finditer(lower):
        what = _TO.match(lower, match.end()) or _ALL.match(lower, match.end())
        if what is None or words.others.search(lower, max(0, match.start() - _SUBJECT), match.start()):
            continue
        if words.no.search(what["what"]) or not is_free(kept, match.start(), what.end()):
            continue
        found.append(Hit(made_rule("follow_up", ""), match.start(), what.end()))
    for match in circumstances().finditer(lower):
        if is_free(kept, match.start(), match.end()):
            found.append(Hit(made_rule("follow_up", ""), match.start(), match.end()))
    return found


def unable(clean: Clean, own: Sequence[Hit]) -> list[Hit]:
    """Procedures that a person cannot or does not want to have."""
    words = load_slot_words().unable
    found: list[Hit] = []
    for match in words.words.finditer(clean.lower):
        between = _TO_HAVE.match(clean.lower, match.end())
        thing = words.procedures.match(clean.lower, between.end()) if between is not None else None
        if thing is None:
            continue
        if is_free(
            [h for h in own if h.rule.pattern in {"procedure_contraindication", "follow_up"}],
            match.start(),
            thing.end(),
        ):
            value = clean.text[thing.start() : thing.end()]
            rule = msgspec.structs.replace(made_rule("procedure_contraindication", value), effect="exclude")
            found.append(Hit(rule, match.start(), thing.end()))
    return found


def unchanged(clean: Clean, own: Sequence[Hit]) -> list[Hit]:
    """Doses of whatever drug that must have been stable."""
    if "dos" not in clean.lower:
        return []
    hits = (Hit(made_rule("stable_medication", ""), m.start(), m.end()) for m in _UNCHANGED.finditer(clean.lower))
    kept = [h for h in own if h.rule.pattern == "stable_medication"]
    return [h for h in hits if is_free(kept, h.start, h.end)]


def open_hits(clean: Clean, section: str, own: Sequence[Hit], seen: Sequence[Window], said: SaidWords) -> list[Hit]:
    """Everything besides scales with numbers that stands in an open slot. ``said``: the words of the text."""
    slots = load_slot_words()
    found: list[Hit] = []
    if CLASSED.lets(said):
        found += classes(clean, own)
    found += unchanged(clean, own)
    found += told(clean, [*own, *found], said)
    known = by_name(clean, section, own, said)
    used = slots.drug.verbs.lets(said)
    found += [*known, *(drugs(clean, section, [*own, *known], seen) if used else ())]
    if seen and "since" in said:
        found += since(clean, [*own, *found], seen)
    if section == "exclusion" and seen:
        found += first_drug(clean, [*own, *found], seen)
    found += proofs(clean, section, own, said)
    found += degrees(clean, section, own, said)
    found += spine(clean, section, own, said)
    if slots.unable.words.lets(said):
        found += unable(clean, own)
    if slots.promise.words.lets(said) or life().lets(said):
        found += promises(clean, [*own, *found])
    found += partaking(clean, section, [*own, *found], said)
    found += other_trials(clean.lower, section, own, said)
    return found
