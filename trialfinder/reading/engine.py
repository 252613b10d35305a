"""Reads one item: cleaned words, hits of the rules, numbers, windows and context become findings."""

from __future__ import annotations

from collections.abc import Mapping

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import words_of
from trialfinder.reading.amounts.ages import bare_ages
from trialfinder.reading.amounts.bind import bind
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.bounds import read_numbers
from trialfinder.reading.amounts.grades import equal_values, grades, pressures, spans_of_time, which_pressure
from trialfinder.reading.amounts.limited import Bounded, is_wished
from trialfinder.reading.amounts.multiples import multiples
from trialfinder.reading.amounts.numbers import NUMBERS, Quantity
from trialfinder.reading.amounts.sexes import of_each_sex
from trialfinder.reading.amounts.units import MONTHS
from trialfinder.reading.findings.anchored import anchors
from trialfinder.reading.findings.attach import with_windows
from trialfinder.reading.findings.durations import durations, of_diabetes
from trialfinder.reading.findings.explained import explained
from trialfinder.reading.findings.finding import Finding, ItemRead, Lead
from trialfinder.reading.findings.must_be_stopped import washed_out
from trialfinder.reading.findings.named_for_another import fights, named_for_another
from trialfinder.reading.findings.normal_values import normal_findings
from trialfinder.reading.findings.not_asked import (
    example_of_its_treatment,
    none_sooner,
    of_a_share,
    of_circumstances,
    of_others_or_a_risk,
)
from trialfinder.reading.findings.one_row import one_row_each
from trialfinder.reading.findings.only_named import only_named
from trialfinder.reading.findings.some_people import of_some_people
from trialfinder.reading.open_slots.scale_slots import with_scales
from trialfinder.reading.open_slots.slots import open_hits
from trialfinder.reading.readings import Effect, Section
from trialfinder.reading.times.duration_owners import of_something_else
from trialfinder.reading.times.expected_life import as_barred, expects_not, is_limited
from trialfinder.reading.times.time_windows import ONE_TIME, windows
from trialfinder.reading.vocabulary.index import Hit, load_index
from trialfinder.reading.vocabulary.overlap import shared_head, sorted_out, without_contained
from trialfinder.reading.vocabulary.patterns import Pattern, load_patterns
from trialfinder.reading.vocabulary.scope import Scope
from trialfinder.reading.wording.normalise import Clean
from trialfinder.reading.wording.spelling import respelt

_STUDIED = frozenset({"neuropathy_type", "compressive_structural"})
"""Patterns that "no …" under an exclusion heading asks for, as they are what is studied."""

_BARS = frozenset(
    {
        "active_infection", "general_health", "psychiatric", "substance_abuse", "pregnancy", "other_trial", "allergy",
        "procedure_contraindication", "bleeding_disorder", "prior_cell_therapy", "hepatitis_b", "hepatitis_c",
        "syphilis", "tuberculosis", "smoking", "thrombosis", "uncontrolled_diabetes", "cauda_equina",
    }
)  # fmt: skip
"""What is practically never asked for; it bars also where a text has no headings."""
_WELL = re.compile(r"\b(?:good|stable|healthy|normal|adequate|negative)\b|\d")
_UNCONTROLLED = re.compile(r"\b(?:uncontrolled|unstable|serious|decompensated|poorly controlled)\b[^.;:<>]*\Z")
_ORGANS = frozenset(
    {"cardiac", "pulmonary", "renal", "hepatic", "neurological_other", "psychiatric", "malignancy", "autoimmune"}
)
"""Patterns that the second half of "non-cardiac condition" does not mean."""
_NEAR = 60
_MAY_NOT = re.compile(r"\b(?:may|must|should|can|shall) ?not (?:currently )?(?:have|be|suffer from)\b[^.;:,]{0,40}\Z")
"""Under an exclusion heading this says the same once more, and not the opposite."""


def _bars_anyway(pattern: Pattern, scope: Scope, start: int, end: int) -> bool:
    """Whether words bar although no heading says so: what is never asked for, and what is called uncontrolled."""
    if pattern.id in _BARS:
        return not _WELL.search(scope.lower, start, end)
    return pattern.usual == "exclude" and _UNCONTROLLED.search(scope.lower, max(0, start - 60), start + 1) is not None


def _effect(pattern: Pattern, hit: Hit, scope: Scope, start: int, end: int) -> Effect | None:
    """What the study wants; None when the words say nothing.

    Without a section things are taken as asked for ("Platelets at least 100,000") unless they are denied. An illness
    that is denied under an exclusion heading ("claudication without stroke") neither bars nor is asked for.
    """
    if hit.rule.effect is not None:
        return hit.rule.effect
    if pattern.polarity != "section":
        return pattern.polarity
    if scope.section == "unknown" and _bars_anyway(pattern, scope, start, end):
        return "exclude"
    barred = scope.section == "exclusion"
    if barred and _MAY_NOT.search(scope.lower, max(0, start - _NEAR), start):
        return "exclude"
    strict = barred and pattern.usual == "exclude" and pattern.id not in _STUDIED
    denied = hit.rule.shift and scope.negated(start, end, strict=strict)
    if strict:
        return None if denied and (not hit.rule.bound or pattern.id in _ILLNESS) else "exclude"
    return "exclude" if denied != barred else "require"


def _word_finding(patterns: Mapping[str, Pattern], scope: Scope, hit: Hit) -> Finding | None:
    """A finding from words alone; None when it lies under an exception or is allowed."""
    start, end = hit.start, hit.end
    if hit.rule.head:
        span = shared_head(scope.lower, hit)
        if span is None:
            return None
        start, end = span
    pattern = patterns[hit.rule.pattern]
    under = scope.excepted(hit.start)
    if under and not (under.startswith(("unless", "except")) and pattern.polarity != "section"):
        return None
    if (
        pattern.polarity != "require" and scope.allowed(hit.end) and not _taken_in_without(pattern, scope, hit)
    ) or fights(pattern, scope.lower, hit):
        return None
    effect = _effect(pattern, hit, scope, hit.start, hit.end)
    if effect == "require" and hit.rule.section == "exclusion" and scope.section == "unknown":
        return None
    if (
        effect is None
        or (effect == "require" and pattern.id == "general_health" and not hit.rule.value)  # how well one must be
        or scope.indifferent(hit.start)
        or scope.in_aside(hit.start)
        or (pattern.id in _ORGANS and scope.named_not(hit.start))
    ):
        return None
    value = scope.lower[hit.start : hit.end] if hit.rule.named and not hit.rule.value else hit.rule.value
    exception = scope.exception_after(hit.end) if pattern.polarity == "section" else None
    return Finding(hit, pattern, effect, value, start, end, exception=exception)


def _taken_in_without(pattern: Pattern, scope: Scope, hit: Hit) -> bool:
    """Whether those are let in who do not have what is never asked for: "women who are not pregnant are eligible"."""
    return pattern.id == "pregnancy" and scope.section == "inclusion" and scope.negated(hit.start, hit.end)


def _denied(scope: Scope, start: int) -> str:
    """The words between the last denial in front of a place and the place; '' when there is none."""
    before = [cue.end for cue in scope.cues.get("negation", ()) if cue.end <= start]
    return scope.lower[before[-1] : start] if before else ""


def _bound_finding(patterns: Mapping[str, Pattern], scope: Scope, found: Bounded) -> Finding | None:
    hit, bound = found.hit, found.bound
    pattern = patterns[hit.rule.pattern]
    if scope.excepted(bound.number_start) and scope.excepted(hit.start):
        return None
    first = min(hit.start, bound.start)
    effect = _effect(pattern, hit, scope, first, max(hit.end, bound.end))
    if effect is None and scope.section == "exclusion" and _OF_WHOM.search(_denied(scope, first)):
        effect = "exclude"  # "for those not on anticoagulants, an INR above 1.5"
    anew = effect == "exclude" and scope.section != "exclusion" and _NEXT_WISH.search(_denied(scope, first))
    if anew and (pattern.id in _OF_ALL or is_wished(found)):
        effect = "require"  # "no earlier transplant, between 50 and 85 years", "no sepsis, platelets > 90"
    if effect is None:
        return None
    if pattern.id == "life_expectancy" and is_limited(scope.lower, hit):
        effect = "exclude"
    elif pattern.id == "life_expectancy" and expects_not(scope.lower, hit):
        effect, found = "exclude", as_barred(found)
    value = found.value or which_pressure(scope.lower, found) or hit.rule.value
    if hit.rule.named and not value:
        value = scope.lower[hit.start : hit.end]
    return Finding(hit, pattern, effect, value, min(hit.start, bound.start), max(hit.end, bound.end), bounded=found)


_OF_WHOM = re.compile(r"\A[^,;:]{3,60},\s(?:(?:an?|the|whose|their|with)\s){0,2}\Z")
"""Between a denial and a measure: the denial says only of whom the measure is."""
_OF_ALL = frozenset({"age", "life_expectancy"})
_NEXT_WISH = re.compile(r"[,:]|\band (?:an?|the|minimum|at least)\b")
"""Between a denial and an age or a life expectancy: another wish begins."""


def _by_time(findings: list[Finding]) -> list[Finding]:
    """ "Diabetes for more than 5 years" bars by its time, not by being there."""
    spans = [(f.start, f.end) for f in findings if f.bounded is not None and f.pattern.id in _DURATIONS]
    if not spans:
        return findings
    return [
        f
        for f in findings
        if f.bounded is not None
        or not (f.pattern.type == "symptom" or f.pattern.id == "diabetes_type")
        or not any(start < f.hit.end <= end for start, end in spans)
    ]


_DURATIONS = frozenset({"symptom_duration", "diabetes_duration"})
_CAUSED = re.compile(
    r"(?:neuropath\w*|neuropathic pain|nerve (?:damage|pain)|sciatica|radiculopathy)[^.;]{0,30}?\b(?:due to|"
    r"caused by|secondary to|"
    r"resulting from|attributable to|as a result of|from|other causes)\b|\bcauses? of[^.;]{0,40}?(?:neuropath|pain)\w*|"
    r"\b(?:cause|explain|causing|account for|mimic)\s(?:\w+\s){0,4}?(?:\w*neuropath\w*|pain|paresthesia|symptoms?|"
    r"numbness|weakness|complaints?)\b|"
    r"\bwhich (?:\w+\s){0,3}?(?:pain|symptoms?|numbness|weakness|complaints?) (?:\w+\s){0,2}?"
    r"(?:be )?(?:attributed|ascribed|attributable)\b"
)
_ILLNESS = frozenset(
    {
        "hiv", "hepatitis_b", "hepatitis_c", "syphilis", "malignancy", "chemotherapy", "renal", "hepatic",
        "autoimmune", "stroke", "neurological_other", "diabetes_type", "substance_abuse", "active_infection",
        "cardiac", "psychiatric", "bleeding_disorder",
    }
)  # fmt: skip

_CAN_CAUSE = _ILLNESS | {"pulmonary"}


def _only_a_cause(scope: Scope, finding: Finding) -> bool:
    """Whether an illness that bars is named only as what a neuropathy comes from."""
    if scope.section != "exclusion" or finding.bounded is not None or finding.pattern.id not in _CAN_CAUSE:
        return False
    start, _ = scope.clause(finding.hit.start)
    return _CAUSED.search(scope.lower, start, finding.hit.start) is not None


_ASKS_NOTHING = (
    _only_a_cause, of_some_people, of_others_or_a_risk, only_named, named_for_another, example_of_its_treatment,
    of_circumstances, of_a_share,
)  # fmt: skip


def _limits(
    scope: Scope, variables: list[Hit], found: list[Quantity], stated: list[Bound], above: list[Hit]
) -> list[Bounded]:
    """The limits of what can be measured; where none is named here, those of what the line ``above`` names."""
    bounded = bind(scope, variables, stated) or (bind(scope, above, stated) if above else [])
    bounded += grades(scope.lower, variables, bounded)
    bounded += equal_values(scope.lower, variables, bounded)
    bounded += pressures(scope, variables, found, bounded)
    bounded += multiples(scope, variables, found, bounded)
    return bounded + spans_of_time(scope, variables, found, bounded)


def read_words(clean: Clean, section: Section, lead: Lead, offset: int) -> ItemRead:
    """Reads one cleaned item. ``offset`` is where its words begin (behind the list marker)."""
    lower = clean.lower
    said = words_of(lower)
    everywhere, wrong = load_index().hits(clean.text, clean.lower, said)
    if wrong:
        return read_words(respelt(clean, wrong), section, lead, offset)
    patterns = load_patterns()
    cues, own = sorted_out(everywhere, lower, section, offset)
    scope = Scope.of(lower, section, said, cues, lead_negated=lead.negated)
    own = without_contained(own)
    found, stated = read_numbers(lower, offset) if NUMBERS.lets(said) else ([], [])
    timed = any(q.unit in MONTHS for q in found) or ONE_TIME.lets(said)
    own = with_scales(clean, own, stated, said)
    variables = [h for h in own if h.rule.bound]
    bounded = _limits(scope, variables, found, stated, [Hit(h.rule, offset, offset) for h in lead.variables])
    bounded = [b for b in bounded if not of_something_else(scope, b)]
    used = {b.bound.number_start for b in bounded}
    free = [b for b in stated if b.number_start not in used]
    ages = bare_ages(patterns["age"].rules, scope, free) if free else []
    used |= {b.bound.number_start for b in ages}
    findings = [f for h in own if not h.rule.bound and (f := _word_finding(patterns, scope, h)) is not None]
    lasting, taken = durations(scope, findings, found, stated, used) if timed else ([], [])
    bounded = of_each_sex(lower, of_diabetes(lower, bounded, findings) + ages + lasting)
    findings += [f for b in bounded if (f := _bound_finding(patterns, scope, b)) is not None]
    findings += normal_findings(scope, variables, findings, stated, lambda hit: _word_finding(patterns, scope, hit))
    taken += [(f.bounded.bound.start, f.bounded.bound.end) for f in findings if f.bounded is not None]
    seen = windows(lower, found, taken, bars=section == "exclusion" or lead.stopped) if timed else []
    slots = (h for h in open_hits(clean, section, own, seen, said) if h.start >= offset)
    findings += [f for h in slots if (f := _word_finding(patterns, scope, h)) is not None]
    findings = [f for f in one_row_each(findings, lower) if not any(said(scope, f) for said in _ASKS_NOTHING)]
    if seen:
        findings = [f for f in findings if not anchors(lower, seen, f)]
    if lead.defines:
        findings = [f for f in findings if f.bounded is None]
    if len(findings) > 1:
        findings = explained(sorted(findings, key=lambda f: (f.start, f.end)), lower)
    if section == "exclusion":
        findings = _by_time(findings)
    result = tuple(none_sooner(scope, f) for f in with_windows(clean, scope, findings, seen, lead))
    return ItemRead(clean, scope, washed_out(result, lead, section), tuple(variables), tuple(seen))
