"""How long something has lasted: "neuropathy for more than 7 months", "told of diabetes no fewer than 4 years ago".

One grammar for every illness and symptom, whatever the order: [condition] {for | lasting | since | ≥} [time];
[time] {of | with | since | after the onset of} [condition]; [told, diagnosed, began] [time] ago. The type of the
concept decides what the time means: here only what has lasted; look-backs and wash-outs are windows
(``time_windows``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.bound import Bound
from trialfinder.reading.amounts.limited import Bounded
from trialfinder.reading.amounts.numbers import Quantity
from trialfinder.reading.amounts.units import load_units
from trialfinder.reading.findings.finding import Finding
from trialfinder.reading.times.lasting import begins_with_what_is_felt, lasts, things
from trialfinder.reading.times.stated_times import times_of
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.vocabulary.patterns import Rule, load_patterns
from trialfinder.reading.vocabulary.scope import Scope
from trialfinder.reading.wording.duration_words import (
    COUNTED,
    FOR,
    LASTS_BEHIND,
    OF,
    OTHER,
    TOLD_BEFORE,
    TOLD_BETWEEN,
    WORDS,
    WORKS,
)

_REACH = 80
_SYMPTOM = re.compile(
    r"\b(?:pains?|symptoms?|complaints?|numb(?:ness)?|tingling|weakness|pals(?:y|ies)|paralysis|paresthesia|"
    r"paraesthesia|"
    r"neuralgia|burning|pins and needles|dys[ae]{1,2}sthesia|"
    r"symptomatic(?=,?\s(?:for|over|since|longer|more|at|>))|deficits?|disease|illness|sciatica|headaches?|(?!diagnos|prognos)\w{2,}(?:itis|osis|pathy|algia|"
    r"plegia)|syndrome)\b"
)
_AGO = re.compile(
    r"\s?\)?\s?(?:or (?:more|longer|less|earlier)\s)?(?:ago|earlier|previously|back|before|prior|from (?!the onset))\b"
)
_SPENT = re.compile(
    r"\s?\)?\s?(?:ago|before|prior|earlier|previously|after|since|per\b|a\s(?:day|week|month|year)\b|daily)"
)
_IS = re.compile(r"\s(?:(?:that|which|is|are|was|were|has|have|been|being)\s){0,4}")
_BEFORE_STUDY = re.compile(
    r"\s(?:before|prior to|preceding)\s(?:the\s|their\s|study\s|first\s)*(?:screening|study|enrol\w*|inclusion|"
    r"baseline|visit|entry|randomi\w*|consent|recruitment|trial|transplant\w*|infusion|injection)"
)
_NONE = re.compile(r"\b(?:no|not|without|free|absence|never|nor)\b")
_DRUG = re.compile(r"\b(?:treat|therap|medic|drug|dos(?:e|age)|regimen)")
_TREATED = re.compile(r"\s(?:of|with)\s(?:\w+\s){0,2}(?:treat|therap|drug|medic|care|manage|physio|exercise)")
_FROM = re.compile(
    r"(?:\s|-)(?:or (?:more|longer|less)\s)?(?:(?:have |has )?(?:passed |elapsed )?(?:since|from|after|following|"
    r"post)|of|into|with|"
    r"(?:documented\s|known\s)?(?:history|duration|course)\sof|suffering from)\s(?:the\s|their\s|his\s|a\s|an\s)*"
    r"(?P<onset>(?:first|initial|earliest|confirmed|original|date of|time of|day of)?\s?(?:onset|diagnosis|"
    r"beginning|start|appearance|signs?|symptoms?|debut)\s?(?:of\s)?(?:the\s|their\s)?)?(?:(?!"
    + OTHER
    + r")[\w'-]+\s){0,3}?"
)
_ONSET_BEHIND = re.compile(
    r"\s(?:onset|diagnosis|debut|appearance|beginning|start|symptoms?|(?:was|were|had been|has been)\s(?:first\s)?"
    r"(?:diagnosed|told|detected|discovered))\b"
)
_SINCE = re.compile(r"\b(?:since|from|after|following|post)\b")
_COMPOUND = re.compile(r"\s(?:management|treatments?|therap\w+|care|medic\w+|relief|control|scores?|diar\w+)\b")
_NOT_IT = re.compile(
    r"\b(?:free\s(?:of|from)|clear\sof|remission\s(?:of|from|for)|(?:treatment|therapy|management|control|care|medication)\s(?:of|for))\s(?:the\s|any\s)?\Z"
)
_OLD = re.compile(r"(?:no\s|not\s)?(?:older|younger)\b")
_FIRST = re.compile(r"\b(?:first|initial|earliest)\s\Z")
_ANY = re.compile(r"disease|illness")
"""Any disease: it has a duration where words speak of its onset or diagnosis."""
_HAPPENS = re.compile(r"injur|fractur|trauma|palsy|paralysis|lesion")
"""Nerve conditions that begin at one moment: the time after them is how long they have lasted."""
_TAKE_TIMES = frozenset({"illness", "event", "drug", "therapy", "procedure"})
_TOLD_OF = frozenset({"diabetes_type", "diagnosis_confirmed"})
_AT_AGE = re.compile(r"\bage\b[^.;]{0,20}\Z")


_DIABETES = "diabetes_duration"


class _Condition(Struct, frozen=True):
    """Words for something that can last."""

    start: int
    end: int
    rule: Rule
    nerve: bool
    """A nerve condition or a symptom, not another illness."""
    bare: bool = False
    """Only "pain", "symptoms" or "disease": under an exclusion heading that is mostly something else."""


def _rule(pattern: str) -> Rule:
    return load_patterns()[pattern].rules[0]


def _conditions(lower: str, findings: Iterable[Finding], section: str) -> list[_Condition]:
    """Everything in an item that can have lasted for a time."""
    found = []
    for f in findings:
        if f.bounded is not None or lower.startswith(("-free", " free"), f.hit.end):
            continue
        if f.pattern.id == "diabetes_type":
            found.append(_Condition(f.hit.start, f.hit.end, _rule(_DIABETES), nerve=False))
        elif f.pattern.type == "symptom":
            found.append(_Condition(f.hit.start, f.hit.end, _rule("symptom_duration"), nerve=True))
        elif f.pattern.type in {"illness", "event"} and f.effect == "require" and section == "inclusion":
            if WORKS.search(lower, f.hit.start, f.hit.end + 10):
                continue
            found.append(_Condition(f.hit.start, f.hit.end, _rule("symptom_duration"), nerve=False))
    named = [f for f in findings if f.bounded is None and f.pattern.type in {"illness", "event", "state"}]
    for match in _SYMPTOM.finditer(lower):
        if lower.startswith(("-free", " free"), match.end()) or any(
            f.hit.start <= match.start() < f.hit.end for f in named
        ):
            continue
        if not any(c.start <= match.start() < c.end and c.rule.pattern == "symptom_duration" for c in found):
            found.append(_Condition(match.start(), match.end(), _rule("symptom_duration"), nerve=True, bare=True))
    return sorted(found, key=lambda c: (c.start, c.end))


def _is_told(lower: str, c: _Condition) -> bool:
    """Whether words in front of a condition speak of its beginning: "newly diagnosed", "first symptoms"."""
    before = lower[max(0, c.start - 40) : c.start]
    return TOLD_BEFORE.search(before) is not None or (c.bare and _FIRST.search(before) is not None)


def _is_old(lower: str, time: Bound, between: str, after: str) -> bool:
    """Whether the words say how old a condition is: "a nerve injury older than 2 years", "… less than 2 years old"."""
    if _OLD.match(lower, time.start) and re.fullmatch(r"\s(?:(?:that|which)\s(?:is|are|has been)\s)?", between):
        return True
    return time.operated and re.match(r"[\s-]?old\b", after) is not None and _IS.fullmatch(between) is not None


def _right_behind(lower: str, c: _Condition, time: Bound) -> bool:
    """Whether a time stands right behind a nerve condition or diabetes, and counts from nothing else."""
    if lower[c.end : time.start].strip() or not time.operated or not (c.nerve or c.rule.pattern == _DIABETES):
        return False
    after = lower[time.end : time.end + 40]
    return _SPENT.match(after) is None and LASTS_BEHIND.match(after) is not None


def _not_there(lower: str, c: _Condition) -> bool:
    """Whether it is its treatment, its absence or its diary that lasts."""
    return _NOT_IT.search(lower, max(0, c.start - 30), c.start) is not None or (
        c.bare and _COMPOUND.match(lower, c.end) is not None
    )


def _behind(lower: str, c: _Condition, time: Bound, section: str) -> bool:
    """[condition] … [time]."""
    between, after = lower[c.end : time.start], lower[time.end : time.end + 40]
    if len(between) > _REACH or _TREATED.match(after) or _AT_AGE.search(between) or _not_there(lower, c):
        return False
    if _right_behind(lower, c, time):
        return True
    if (_AGO.match(after) or time.low is None) and not COUNTED.search(between):
        told = TOLD_BETWEEN.match(between) or (_is_told(lower, c) and not _DRUG.search(between))
        if told and (time.operated or _AGO.match(after) or time.low is None):
            return True
        if (
            c.nerve
            and section == "inclusion"
            and _HAPPENS.search(lower, c.start, c.end)
            and re.fullmatch(rf"[\s,(]{{1,2}}{WORDS}", between)
        ):
            return True
    if _is_old(lower, time, between, after):
        return True
    if section == "inclusion" and time.operated and FOR.match(between) and _BEFORE_STUDY.match(after):
        return _NONE.search(lower, max(0, c.start - 40), c.start) is None
    if _SPENT.match(after) or _ANY.fullmatch(lower, c.start, c.end):
        return False
    if FOR.match(between):
        return time.low is not None or time.operated
    stated = time.operated or (time.low is not None and time.high is not None)
    return stated and OF.match(between) is not None and LASTS_BEHIND.match(after) is not None


def _before(lower: str, c: _Condition, time: Bound) -> bool:
    """[time] … [condition]."""
    between = lower[time.end : c.start]
    match = _FROM.fullmatch(between) if len(between) <= _REACH else None
    if match is None or _COMPOUND.match(lower, c.end):
        return False
    if match["onset"] or (c.bare and _FIRST.search(between)) or _ONSET_BEHIND.match(lower, c.end):
        return True
    if _SINCE.search(between):
        return c.nerve and _HAPPENS.search(lower, c.start, c.end) is not None
    return time.low is not None or time.operated


def _things(lower: str, first: int, last: int) -> list[_Condition]:
    """What can last by a word of its own, where nothing else in the clause can."""
    rule = _rule("symptom_duration")
    return [_Condition(a, b, rule, nerve=True, bare=True) for a, b in things(lower, first, last)]


def _anyhow(scope: Scope, findings: Sequence[Finding], near: Sequence[_Condition], time: Bound) -> _Condition | None:
    """The nearest thing that has lasted for a time by any word; None also where an illness, event or drug takes it."""
    clause = scope.clause(time.number_start)
    felt = scope.section == "inclusion" or begins_with_what_is_felt(scope.lower, clause[0])
    if scope.section == "unknown" or any(
        f.pattern.type in _TAKE_TIMES and f.pattern.id not in _TOLD_OF and clause[0] <= f.start < clause[1]
        for f in findings
    ):
        return None
    lasting = [c for c in near or _things(scope.lower, *clause) if felt or not c.bare]
    nearest = min(lasting, key=lambda c: max(time.start - c.end, c.start - time.end), default=None)
    if nearest is None or _not_there(scope.lower, nearest):
        return None
    return nearest if lasts(scope.lower, (nearest.start, nearest.end), time, clause) else None


_OWN = re.compile(r"(?:disease |illness )?(?:duration|course|onset|diagnosis|diagnosed|time since diagnosis)")


def of_diabetes(lower: str, bounded: Sequence[Bounded], findings: Sequence[Finding]) -> list[Bounded]:
    """ "Type 1 diabetes (duration over 5 years)": a duration without a word of its own is that of the diabetes."""
    others = [f for f in findings if f.pattern.type == "symptom"]
    known = [f for f in findings if f.pattern.id == "diabetes_type"]
    return [
        made
        if known
        and not others
        and b.hit.rule.pattern == "symptom_duration"
        and _OWN.fullmatch(lower, b.hit.start, b.hit.end)
        and known[0].start < b.hit.start
        and (made := _bounded(_Condition(b.hit.start, b.hit.end, _rule(_DIABETES), nerve=False), b.bound))
        else b
        for b in bounded
    ]


def durations(
    scope: Scope, findings: Sequence[Finding], found: list[Quantity], stated: list[Bound], used: set[int]
) -> tuple[list[Bounded], list[tuple[int, int]]]:
    """How long the illnesses and symptoms of an item have lasted, and the spans of these times.

    ``used``: where the numbers start that already mean something. Each time is given to the nearest condition. Under
    an exclusion heading "a disease lasting more than 3 months" is some disease: its time means nothing else either.
    """
    times = times_of(scope.lower, found, stated, used)
    if not times:
        return [], []
    conditions = _conditions(scope.lower, findings, scope.section)
    out: list[Bounded] = []
    spent: list[tuple[int, int]] = []
    for time in times:
        first, last = scope.clause(time.number_start)
        near = [c for c in conditions if first <= c.start and c.end <= last]
        chosen = next(
            (c for c in reversed(near) if c.end <= time.start and _behind(scope.lower, c, time, scope.section)), None
        )
        chosen = chosen or next((c for c in near if c.start >= time.end and _before(scope.lower, c, time)), None)
        chosen = chosen or _anyhow(scope, findings, near, time)
        made = _bounded(chosen, time) if chosen is not None else None
        if chosen is None or made is None:
            continue
        spent.append((time.start, time.end))
        if not (chosen.bare and scope.section == "exclusion") or begins_with_what_is_felt(scope.lower, first):
            out.append(made)
    return out, spent


def _bounded(c: _Condition, time: Bound) -> Bounded | None:
    sides = tuple(x for x in (time.low, time.high) if x is not None)
    limits = load_units().analytes[c.rule.bound].convert_all(sides, time.unit)
    if limits is None:
        return None
    values = iter(limits[0])
    low = next(values) if time.low is not None else None
    high = next(values) if time.high is not None else None
    return Bounded(Hit(c.rule, c.start, c.end), time, low, high, limits[1])
