"""Reads one item: cleaned words, hits of the rules, numbers, windows and context become findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from trialfinder.criteria.bind import Bounded, bind
from trialfinder.criteria.bounds import Bound, bounds
from trialfinder.criteria.catalogue import Pattern, Rule, load_patterns
from trialfinder.criteria.cues import CUE, load_cues
from trialfinder.criteria.grades import grades, spans_of_time
from trialfinder.criteria.index import Hit, load_index
from trialfinder.criteria.model import Effect, Section
from trialfinder.criteria.normalise import Clean
from trialfinder.criteria.numbers import Quantity, quantities
from trialfinder.criteria.scope import Scope
from trialfinder.criteria.windows import Window, windows

_DIGIT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|thirty|sixty|ninety|half|past|last|previous|preceding|next|prior)\b"
)
_HEAD_BREAK = re.compile(
    r"[;.:<>=\d]|\)(?=[^(]*\Z)|\b(?:with|that|which|who|requiring|within|for|if|is|are|was|has|have|than|treated|caused|unless|but|not|no|due|from|except|history|including|using|by|to)\b"
)
_HEAD_LEFT = re.compile(
    r"\s?\(?(?:of|in|involving|affecting|to|on|for|such as|including|like|concerning|related to|e\.?g\.?,?|i\.?e\.?,?|:|,|with)*(?:\s(?:of|in|the|as|such|any|a|an|to|major|vital|their|other|organs?|like|systems?|important|including|following))*[\s:(,]"
)
_HEAD_LEFT_BREAK = re.compile(
    r"[;.<>=\d)]|\b(?:that|which|who|within|if|is|are|was|has|have|than|unless|but|not|no|due|except|history|current|active|known|treated|use|taking)\b"
)
_HEAD_REACH = 120
_OF = re.compile(r"\s?,?\s?(?:of|for)\s(?:\w+\s){0,2}")
_LISTED = re.compile(r":|\be\.?g\b|\bsuch as\b|\bincluding\b|\bof the following\b")
_NEW_ENTRY = re.compile(r", (?=[A-Z][a-z]{3})(?=\w+ [a-z]|[A-Z]\w+,)")
_STUDIED = frozenset({"neuropathy_type", "compressive_structural"})
"""Patterns that "no …" under an exclusion heading asks for, as they are what is studied."""
_CATCH_ALL = frozenset({
    "general_health", "follow_up", "consent", "realistic_expectations", "stable_medication", "failed_conventional",
    "recent_surgery", "procedure_contraindication", "other_trial",
})  # fmt: skip
"""Patterns whose words span other things that count for themselves."""
_MUCH_LONGER = 40
_LASTING = frozenset({"other_medication", "immunosuppression", "anticoagulant", "foot_ulcer", "opioid_use"})
"""Patterns besides those that are usually required for which "for at least 3 months" counts as a window."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What an item takes over from the line that introduces it."""

    negated: bool = False
    window: Window | None = None
    heads: frozenset[str] = frozenset()
    variables: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A reading in offsets of the cleaned text, before it is given its item and quote."""

    hit: Hit
    pattern: Pattern
    effect: Effect
    value: str
    start: int
    end: int
    bounded: Bounded | None = None
    window: Window | None = None
    exception: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ItemRead:
    """Everything found in one item, for the text level to build on."""

    clean: Clean
    scope: Scope
    findings: tuple[Finding, ...]
    variables: tuple[Hit, ...]
    windows: tuple[Window, ...]
    hits: tuple[Hit, ...]


def _shared_head(lower: str, hit: Hit) -> tuple[int, int] | None:
    """The span of ``hit`` with the noun it needs, before or behind it; None when the noun is missing."""
    noun = load_cues().heads[hit.rule.head]
    right = lower[hit.end : hit.end + _HEAD_REACH]
    match = noun.search(right)
    if match is not None and not _HEAD_BREAK.search(right[: match.start()]):
        return hit.start, hit.end + match.end()
    left_start = max(0, hit.start - _HEAD_REACH)
    left = lower[left_start : hit.start]
    last = None
    for match in noun.finditer(left):
        last = match
    if last is not None:
        gap = left[last.end() :]
        if _HEAD_LEFT.match(gap) and not _HEAD_LEFT_BREAK.search(gap):
            return left_start + last.start(), hit.end
    return None


def _whole_item(rule: Rule, lower: str, section: Section) -> bool:
    """Whether what stands anywhere in the item lets a rule speak."""
    if rule.section and rule.section != section:
        return False
    if rule.needs is not None and not rule.needs.search(lower):
        return False
    return rule.unless is None or not rule.unless.search(lower)


def _swallows(longer: Hit, hit: Hit) -> bool:
    """Whether ``hit`` is only a part of what a longer one says: the "diabetic" of "diabetic neuropathy"."""
    if longer.rule.bound or hit.rule.bound:
        return False
    more = longer.end - longer.start - (hit.end - hit.start)
    if longer.rule.pattern != hit.rule.pattern and (longer.rule.wide or longer.rule.pattern in _CATCH_ALL or more > _MUCH_LONGER):
        return False
    return longer.start <= hit.start and hit.end <= longer.end and more > 0


def _same(one: Hit, other: Hit) -> bool:
    """Whether two rows of a pattern say the same of the same words."""
    a, b = one.rule, other.rule
    return (one.start, one.end, a.pattern, a.value, a.bound, a.head) == (
        other.start, other.end, b.pattern, b.value, b.bound, b.head,
    )  # fmt: skip


def _without_contained(hits: list[Hit]) -> list[Hit]:
    """Drops hits that say less than another one."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not any(_swallows(o, hit) or _same(o, hit) for o in out[-8:]):
            out.append(hit)
    return out


def _effect(pattern: Pattern, hit: Hit, scope: Scope, start: int, end: int, *, bounded: bool = False) -> Effect:
    """What the study wants. Without a section, numbers are taken as asked for ("Platelets at least 100,000")."""
    if hit.rule.effect is not None:
        return hit.rule.effect
    if pattern.polarity != "section":
        return pattern.polarity
    if scope.section == "unknown":
        usual: Effect = "require" if bounded else pattern.usual
        return "exclude" if hit.rule.shift and scope.negated(start, end) else usual
    plain: Effect = "require" if scope.section == "inclusion" else "exclude"
    strict = scope.section == "exclusion" and pattern.usual == "exclude" and pattern.id not in _STUDIED
    if hit.rule.shift and scope.negated(start, end, strict=strict):
        return "exclude" if plain == "require" else "require"
    return plain


def _window_for(scope: Scope, finding: Finding, found: list[Window], all_findings: list[Finding], breaks: list[int]) -> Window | None:
    """The window that belongs to a finding: the first one behind it in its clause, else the nearest before it."""
    if not finding.hit.rule.window or not found:
        return None
    start, end = scope.clause(finding.start)
    lasting = finding.pattern.usual == "require" or finding.pattern.id in _LASTING
    inside = [w for w in found if start <= w.start < end and (lasting or w.direction != "lasting")]
    if not inside:
        return None
    for w in inside:
        if w.end <= finding.hit.start and _OF.fullmatch(scope.lower, w.end, finding.hit.start):
            return w
    behind = next((w for w in inside if w.start >= finding.end - 2 or w.start >= finding.hit.start), None)
    if behind is not None and behind.start - finding.end < 220 and not any(finding.end <= b < behind.start for b in breaks):
        apart = scope.when(finding.hit.start, finding.hit.end) == "current" and behind.start - finding.end > 30
        if not (apart and _another(all_findings, finding, behind)):
            return behind
    before = [w for w in inside if w.end <= finding.hit.start + 2]
    if before and (_LISTED.search(scope.lower, before[-1].end, finding.hit.start) or not _owned(before[-1], start, all_findings)):
        return before[-1]
    return None


def _owned(window: Window, clause_start: int, all_findings: list[Finding]) -> bool:
    """Whether a finding in front of a window takes it for itself."""
    return any(window.start >= f.end > clause_start and f.pattern.window and clause_start <= f.start for f in all_findings)


def _another(all_findings: list[Finding], finding: Finding, window: Window) -> bool:
    return any(f is not finding and f.pattern.window and finding.end <= f.start <= window.start for f in all_findings)


def _planned_too(scope: Scope, findings: list[Finding], found: list[Window]) -> list[Finding]:
    """ "surgery within 3 months or planned in the next 6 months" is read twice, once with each window."""
    used = {f.window.start for f in findings if f.window is not None}
    out: list[Finding] = []
    for w in found:
        if w.direction != "planned" or w.start in used:
            continue
        start, _ = scope.clause(w.start)
        owner = next((f for f in reversed(findings) if f.window is not None and start <= f.window.start < w.start), None)
        if owner is not None and owner.window is not None and " or " in scope.lower[owner.window.end : w.start]:
            out.append(replace(owner, window=w))
    return out


def _word_finding(patterns: Mapping[str, Pattern], scope: Scope, hit: Hit) -> Finding | None:
    """A finding from words alone; None when it lies under an exception or is allowed."""
    start, end = hit.start, hit.end
    if hit.rule.head:
        span = _shared_head(scope.lower, hit)
        if span is None:
            return None
        start, end = span
    pattern = patterns[hit.rule.pattern]
    under = scope.excepted(hit.start)
    if under and not (under.startswith(("unless", "except")) and pattern.polarity == "require"):
        return None
    if pattern.polarity != "require" and scope.allowed(hit.start, hit.end):
        return None
    effect = _effect(pattern, hit, scope, hit.start, hit.end)
    value = scope.lower[hit.start : hit.end] if hit.rule.named and not hit.rule.value else hit.rule.value
    exception = scope.exception_after(hit.end) if pattern.polarity == "section" else None
    return Finding(hit, pattern, effect, value, start, end, exception=exception)


def _bound_finding(patterns: Mapping[str, Pattern], scope: Scope, found: Bounded) -> Finding | None:
    hit, bound = found.hit, found.bound
    pattern = patterns[hit.rule.pattern]
    if scope.excepted(bound.number_start) and scope.excepted(hit.start):
        return None
    effect = _effect(pattern, hit, scope, min(hit.start, bound.start), max(hit.end, bound.end), bounded=True)
    value = found.value or hit.rule.value
    if hit.rule.named and not value:
        value = scope.lower[hit.start : hit.end]
    return Finding(hit, pattern, effect, value, min(hit.start, bound.start), max(hit.end, bound.end), bounded=found)


_AGE_START = re.compile(
    r"(?:[\W_]|\d{1,2}[.)]\s|the|all|any|both|male|males|female|females|men|women|man|woman|and|or|/|patients?|subjects?|participants?|volunteers?|adults?|healthy|children|"
    r"must|be|is|are|who|individuals|people|persons?|of|either|sex|gender|any|between|aged?|boys|girls|ambulatory|inpatients?|outpatients?|consenting|eligible|older|younger|over|at least|at the time|from|eligible|ages|under|years|"
    r"minimum|hispanic|white|right-handed|community|dwelling|pre|post|menopausal|premenopausal|postmenopausal|mature|english|speaking|ethnicity|race|range)*\Z"
)
_NOT_AGE = re.compile(
    r"\s?\(?(?:of (?!age)\w+|prior|before|ago|after|following|since|from|previous|post|duration|history|or (?:more|longer) (?:of|since|after|before|prior|history|duration)|with diabetes|in duration|for|\w+ history|course|survival|life|experience|education|disease|on\b|postmenopausal|without|diagnos)"
)


def _bare_age(patterns: Mapping[str, Pattern], scope: Scope, free: list[Bound]) -> list[Finding]:
    """Years with no other word, at the start of an item or behind "men and women", are an age."""
    out: list[Finding] = []
    rule = next((r for r in patterns["age"].rules if r.bound == "age"), None) if "age" in patterns else None
    if rule is None:
        return out
    for bound in free:
        before = scope.lower[scope.clause(bound.start)[0] : bound.start]
        if (
            bound.unit not in {"year", "month"}
            or len(before) > 70
            or not _AGE_START.match(before)
            or _NOT_AGE.match(scope.lower, bound.end)
        ):
            continue
        if bound.unit == "month" and bound.low is not None and bound.high is None:
            continue
        hit = Hit(rule, bound.number_start, bound.end)
        made = bind(scope, [hit], [bound])
        out += [f for b in made if (f := _bound_finding(patterns, scope, b)) is not None]
    return out


def _numbers(lower: str) -> tuple[list[Quantity], list[Bound]]:
    if not _DIGIT.search(lower):
        return [], []
    found = quantities(lower)
    return found, bounds(lower, found) if found else []


def _explained(findings: list[Finding]) -> list[Finding]:
    """Drops words that a number right behind them explains: "anaemia (haemoglobin < 8)" is the number only."""
    out: list[Finding] = []
    for f in findings:
        if f.bounded is None and any(
            o.bounded is not None and o.pattern is f.pattern and o.effect == f.effect and -40 <= o.start - f.hit.end <= 12
            and (not o.hit.rule.value or o.hit.rule.value == f.value or not f.value) for o in findings
        ):  # fmt: skip
            continue
        out.append(f)
    return out


_CAUSED = re.compile(
    r"(?:neuropath\w*|neuropathic pain|nerve (?:damage|pain)|sciatica|radiculopathy)[^.;]{0,30}?\b(?:due to|caused by|secondary to|"
    r"resulting from|attributable to|as a result of|from|other causes)\b|\bcauses? of[^.;]{0,40}?(?:neuropath|pain)\w*|"
    r"\b(?:cause|explain|causing)\s(?:\w+\s){0,4}?(?:\w*neuropath\w*|pain|paresthesia)\b"
)
_ILLNESS = frozenset({
    "hiv", "hepatitis_b", "hepatitis_c", "syphilis", "malignancy", "chemotherapy", "renal", "hepatic", "autoimmune", "stroke",
    "neurological_other", "diabetes_type", "substance_abuse", "active_infection", "cardiac", "psychiatric", "bleeding_disorder",
})  # fmt: skip


def _only_a_cause(scope: Scope, finding: Finding) -> bool:
    """Whether an illness that bars is named only as what a neuropathy comes from."""
    if scope.section != "exclusion" or finding.bounded is not None or finding.pattern.id not in _ILLNESS:
        return False
    start, _ = scope.clause(finding.hit.start)
    return _CAUSED.search(scope.lower, start, finding.hit.start) is not None


def read_words(clean: Clean, section: Section, lead: Lead, offset: int) -> ItemRead:
    """Reads one cleaned item. ``offset`` is where its words begin (behind the list marker)."""
    lower = clean.lower
    patterns = load_patterns()
    hits = [h for h in load_index().hits(clean) if h.start >= offset]
    scope = Scope.of(lower, section, hits, lead_negated=lead.negated)
    fits = {id(h.rule): _whole_item(h.rule, lower, section) for h in {id(x.rule): x for x in hits}.values()}
    own = _without_contained([h for h in hits if not h.rule.pattern.startswith(CUE) and fits[id(h.rule)]])
    found, stated = _numbers(lower[offset:])
    found = [_moved(q, offset) for q in found]
    if offset:
        stated = [
            replace(b, start=b.start + offset, end=b.end + offset, number_start=b.number_start + offset) for b in stated
        ]
    variables = [h for h in own if h.rule.bound]
    bounded = bind(scope, variables, stated)
    if lead.variables and not bounded and stated:
        bounded = bind(scope, [Hit(h.rule, offset, offset) for h in lead.variables], stated)
    bounded += grades(lower, variables, bounded)
    bounded += spans_of_time(scope, variables, found, bounded)
    findings = [f for b in bounded if (f := _bound_finding(patterns, scope, b)) is not None]
    used = {b.bound.number_start for b in bounded}
    findings += _bare_age(patterns, scope, [b for b in stated if b.number_start not in used])
    taken = [(f.bounded.bound.start, f.bounded.bound.end) for f in findings if f.bounded is not None]
    seen = windows(lower, found, taken)
    findings += [f for h in own if not h.rule.bound and (f := _word_finding(patterns, scope, h)) is not None]
    findings = [f for f in findings if not _only_a_cause(scope, f)]
    findings = _explained(sorted(findings, key=lambda f: (f.start, f.end)))
    breaks = [m.start() for m in _NEW_ENTRY.finditer(clean.text)] if seen else []
    result = findings
    if seen or lead.window is not None:
        result = [
            replace(f, window=_window_for(scope, f, seen, findings, breaks) or _lead_window(f, lead, seen)) for f in findings
        ]
        result += _planned_too(scope, result, seen)
    return ItemRead(clean, scope, tuple(result), tuple(variables), tuple(seen), tuple(hits))


def _lead_window(finding: Finding, lead: Lead, own: list[Window]) -> Window | None:
    return lead.window if finding.hit.rule.window and not own else None


def _moved(q: Quantity, by: int) -> Quantity:
    return Quantity(q.start + by, q.end + by, q.number_end + by, q.value, q.unit) if by else q
