"""Numbers that bound nothing: counts ("two of these signs"), changes of a score, definitions, footnotes.

"At least 3 of the following" counts things; "a rise of 2 points on the scale" and "progress means 4 points" speak of a
change; "NOTE: …" and "if the score at entry is above 30" speak of some people or of something else. Input is cleaned
lower-case text; every question looks at a stretch of at most ``REACH`` letters.
"""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.amounts.bound import Bound

REACH = 90
SCORES = frozenset({"scale", "pain", "index", "grade"})
"""Analytes that are points on a scale, where a change and a state look alike."""
_AGES = frozenset({"age", "age_years", "years", "months"})
FORMULAS = ("gault", "ckd", "mdrd", "diet in renal", "kidney disease epi", "schwartz")
BY_FORMULA = re.compile(
    r"\b(?:as\s)?(?:(?:calculated|estimated|determined|measured|assessed|computed)\s)?"
    r"(?:using|by|with|via|per|according to|based on|from)\s(?:the\s)?(?:modified\s|original\s|(?:19|20)\d\d\s)?"
    r"(?:modification of diet in renal disease(?:\sstudy)?|mdrd|ckd-?\s?epi\w*"
    r"|chronic kidney disease epi\w*(?:\scollab\w*)?|cockcroft[\s-]*(?:and\s|&\s)?gault|(?:bedside\s)?schwartz)"
    r"(?!\s(?:e?gfr|estimated)\b)(?:\s?\([^()]{1,60}\))?"
    r"(?:[\s-](?:(?:19|20)\d\d|study|creatinine|equations?|formulas?|method|estimation|calculation)\b)*"
)
"""By which formula a laboratory counts out how kidneys work: no illness, and nothing less than the limit."""
HOW_OFTEN = re.compile(
    r"(?:(?:\b(?:at least|less than|more than|up to)|[<>]=?)\s?)?"
    r"\b(?:\d[\d.,]*|twice|two|three|four|five|six|seven|ten)\s?(?:or (?:more|less)\s|\+\s?)?"
    r"(?:(?:minutes?|hours?|days?|nights?|times)\b)?"
    r"\s?(?:/|\b(?:per|an?|each|every|in an?|of each|of every)\s)\s?(?:hour|day|night|week|month|year)\b"
)
"""How often: a part of a time, that makes a thing less than itself."""
OFTEN = Screen("hour|day|night|week|month|year")
"""What ``HOW_OFTEN`` needs."""
_COUNTED = re.compile(
    r"[\s)]{0,2}(?:or more\s|and more\s|or fewer\s)?(?:out\s)?of\s(?:the|these|those|them|following|all)\b"
    r"(?!\s(?:\d|ten\b|scale|score|points?|possible|max))"
)
_OF_MANY = re.compile(
    r"\s(?:or\smore\s)?of\s(?!(?:points?|scores?)\b)(?:(?:his|her|their|its|which|affected|involved|both)\s)?[a-z]{3,}s\b(?!\s(?:scale|score))"
)
"""Behind a count of things: "at least 2 of digits 1 to 3"."""
_NUMBERED = re.compile(
    r"\b(?:groups?|arms?|cohorts?|parts?|phases?|cycles?|visits?|courses?|tables?|sections?|appendix|figures?|"
    r"versions?|"
    r"genotypes?|strata|stratum|criteri(?:a|on)|digits?|fingers?|toes?|rays?|teeth|vertebrae|segments?|joints?|weeks?|"
    r"days?|months?)\s\Z"
)
"""Before a number that only counts off a thing of the study: "Groups 1-4: …"."""
_CHANGE = (
    r"(?:(?:chang|ris|increas|decreas|declin|drop|fall|worsen|improv|progress|reduc|deteriorat|gain|differenc|variab|"
    r"fluctuat)\w*|fell|rose|grew|(?:went|gone|goes|going)\s(?:up|down)|shift(?:ed)?|loss|lost)"
)
_CHANGED = re.compile(rf"\b{_CHANGE}\s(?:of|in|from|by|on)\b(?:(?!\bto\b)[^.;:,()]){{0,60}}\Z")
_MEASURED_CHANGE = re.compile(rf"\s?-?(?:points?\s)?{_CHANGE}\b")
_MEANS = re.compile(
    rf"\b(?:{_CHANGE}|relapses?|response|remission|activity|flare\w*|success|failure|significance)\b[^.;]{{0,40}}?"
    r"\b(?:mean(?:s|ing)|(?:is|are|was|were|be|being|as)?\s?defined\s(?:as|by)|definition|refers?\sto)\b[^.;]*\Z"
)
_NOTE = re.compile(r"(?:\A|[.;,)\]]|\s-)[\W\d]*(?:foot)?notes?\b\s?[:*\-]")
_OF_AGE = re.compile(
    r"\b(?:those|patients?|people|subjects|adults|participants|individuals|persons|wom[ae]n|m[ae]n|males|females)\s"
    r"(?:who\s(?:are|is)\s|that\sare\s)?(?:aged?\s)?(?:older\sthan|younger\sthan|over|under|above|below|>=?|"
    r"<=?)\s?(?:the\sage\sof\s)?\Z"
)
_MENOPAUSE = re.compile(
    r"[^.;]{0,40}?\b(?:considered|deemed|regarded)\b[^.;]{0,20}\b(?:post-?\s?meno|infertile|sterile|of non)"
    r"|[^.;]{0,60}?\b(?:amenorrh|menses|menstrua|last period)"
)
"""Behind an age that only says who counts as past childbearing."""
_AMENORRHOEA = re.compile(
    r"\b(?:amenorrh\w+|menses|menstruat\w+|menopaus\w+,? (?:is |was |are )?defined)\b[^.;]{0,60}\Z"
)
THINGS = (
    r"ulcer|wound|injur|fractur|stroke|lesion|infarct|scar|surger|operation|trauma|thromb|clot|graft|implant|sample|"
    r"record|scan|image|symptom|pain|disease|palsy|palsies|paralys|deficit|device|pacemaker|stent|hernia|prolapse|"
    r"compression|sciatica|episode|attack|damage|amputation|(?!diagnos|prognos)\w+(?:itis|osis|pathy|pathies|algia)\b"
)
"""What may be old besides the person."""
_OF_THING = re.compile(rf"\b(?:{THINGS})\w*\s(?:(?:that|which|is|are|was|were|been|has|have|at|being)\s){{0,4}}\Z")
"""In front of few years: how long ago something happened ("a nerve injury less than 2 years old")."""
_YOUNGEST = 16
_AT_ONSET = re.compile(
    r"\b(?:onset|diagnos\w+|presentation|began|beginning|manifest\w*|appear\w*|debut)\b"
    r"(?:\s(?!and\b|or\b|who\b)[\w-]+){0,5}?\s(?:at|before|after|by|prior to|earlier than|later than)\s"
    r"(?:(?:an?|the)\s)?(?:ages?\s)?(?:of\s)?(?:[<>]=?\s?)?\Z"
)
"""In front of the age at which an illness began, which says nothing of the age now."""
_GONE_BY = re.compile(
    r"\s(?:from|follow[\s-]?up|in\s(?:complete\s)?remission|of\s(?!age))\s?"
    r"(?!both\b|all\b|any\b|either\b|different\b|various\b)"
)
"""Behind few years that people have behind them: "at least 2 years from the end of radiotherapy"."""
_FREE_OF_IT = re.compile(r"(?<=\w)[\s-]free\b")
_ROW = re.compile(r"[\s:,-]{1,3}\(?(?:(?:fe)?males?\)?\s?[:=]?\s?\d|\d\.\d+\s?(?:mg/dl)?\s?\(?(?:fe)?male)")
"""Behind an age that opens a row of a table: "1 to < 2 years: male 0.6, female 0.6"."""
_YEARS_BEHIND = re.compile(r"(?:\s?years?(?:\sold|\sof\sage)?)?(?:[\s)\].,;]*(?:\Z|(?=[).,;]))|\s(?=(?:and|or)\b))")
_SCALE_END = re.compile(
    r"\bscale\s?(?:\(|of|from|ranging\sfrom|running\sfrom)\s?\(?\d+[^.;\d<>=]{0,25}\Z"
    r"|\b(?:maximum|max|minimum|highest|lowest|best|worst)\s(?:possible\s)?(?:total\s)?(?:scores?|points?|"
    r"values?)\b[^.;\d]{0,12}\Z"
)
"""Before the number where a scale ends, which says nothing of the person."""
_SCALE_START = re.compile(
    r"\b(?:scale|scored|rated|ranges?|ranging)\s?(?:\(|,|of|on|from|ranging\sfrom|running\sfrom)\s?\(?\Z"
)
_TO_ITS_END = re.compile(r"\s?\(?[^.;\d<>=()]{0,25}\)?,?\s?(?:to|-|and)\s\d")
"""Around the number where a scale starts: "on a scale of 0 (none) to 4"."""
_ONLY_IF = re.compile(r"\b(?:if|when|where|in case)\b[^.;()]{0,30}\Z")
_GRADED = re.compile(r"\b(?:grades?|stages?|class(?:es)?|categor(?:y|ies))\s?(?:of\s|is\s|[:=(]\s?)?\Z")
"""Before a number that is a grade of an illness and no measurement: "CKD > stage 3", "neutropenia of grade 3"."""
_AT_ENTRY = re.compile(r"[^.;()]{0,20}\bat\s(?:entry|baseline|inclusion|screening|enrolment|enrollment|the start)\b")
_GOAL = re.compile(
    r"\bwith (?:the|an?) (?:goal|aim|target) of\b(?:[^.;]|\.(?=[\de,])){0,140}\Z"
    r"|\b(?:willing\w*|agree\w*|accept\w*|compl(?:y|iance)|intend\w*|commit\w*)\b(?:[^.;]|\.(?=[\de,])){0,140}"
    r"\b(?:goals?|targets?|aim(?:s|ing)?)\b(?:[^.;]|\.(?=[\de,])){0,60}\Z"
)
"""Before what the study means to reach: "willing to be treated with a target HbA1c of at most 7 %"."""
_GOAL_REACH = 200


def is_note(lower: str) -> bool:
    """Whether these words, or a statement among them, open a footnote: "NOTE: people with an ECOG of 2 need …"."""
    return _NOTE.search(lower) is not None


def bounds_nothing(lower: str, head: tuple[int, int], bound: Bound, analyte: str) -> bool:
    """Whether a number beside the words at ``head`` says nothing about the value of what they name."""
    if _counts(lower, bound, analyte) or _GOAL.search(lower[max(0, bound.start - _GOAL_REACH) : bound.start]):
        return True
    if (analyte not in _AGES and _of_age(lower, bound)) or is_note(lower[max(0, bound.start - 200) : bound.start]):
        return True
    if analyte not in SCORES | _AGES:
        return _is_grade(lower, bound)
    first = min(head[0], bound.start)
    before = lower[max(0, bound.start - REACH) : bound.start]
    ahead = lower[max(0, bound.number_start - 60) : bound.number_start]
    if _SCALE_END.search(ahead) or (
        bound.high is None and _SCALE_START.search(ahead) and _TO_ITS_END.match(lower, bound.number_start + 1)
    ):
        return True
    if _MEANS.search(lower[max(0, first - REACH) : bound.start]):
        return True
    if _ONLY_IF.search(lower[max(0, first - 60) : first]) and _AT_ENTRY.match(lower, min(head[1], bound.end)):
        return True
    if analyte in _AGES:
        return _of_another_time(lower, head, bound, analyte, before)
    return _CHANGED.search(before) is not None or _MEASURED_CHANGE.match(lower, bound.end) is not None


def _of_another_time(lower: str, head: tuple[int, int], bound: Bound, analyte: str, before: str) -> bool:
    """Whether years or months are no age of the person and no duration of what the words at ``head`` name."""
    few = (bound.high or bound.low or 0) < _YOUNGEST
    if analyte == "age_years" and few and bound.high is None and _GONE_BY.match(lower, bound.end):
        return True
    if analyte in {"months", "years"} and lower.startswith(" of age", bound.end):
        return True
    if analyte == "months" and _FREE_OF_IT.search(lower, *head):
        return True
    if analyte == "age" and (_AT_ONSET.search(before) or _ROW.match(lower, bound.end)):
        return True
    old = analyte == "age" and few and _OF_THING.search(before)
    return bool(old or _MENOPAUSE.match(lower, bound.end) or _AMENORRHOEA.search(before))


def _counts(lower: str, bound: Bound, analyte: str) -> bool:
    """Whether a number counts things, or counts off a thing of the study."""
    if not bound.unit and _NUMBERED.search(lower[max(0, bound.start - 16) : bound.start]):
        return True
    if bound.unit in {"", "point"} and _COUNTED.match(lower, bound.end):
        return True
    return not bound.unit and analyte in SCORES and _OF_MANY.match(lower, bound.end) is not None


def _is_grade(lower: str, bound: Bound) -> bool:
    """Whether a number without a unit is a grade or stage."""
    begins = (bound.start, bound.number_start)
    return not bound.unit and any(_GRADED.search(lower[max(0, at - 20) : at]) for at in begins)


def _of_age(lower: str, bound: Bound) -> bool:
    """Whether the number is the age of those for whom something else holds: "< 10 % in people over 70"."""
    low = bound.low if bound.low is not None else bound.high
    if bound.unit not in {"", "year"} or low is None or low < _YOUNGEST or not _YEARS_BEHIND.match(lower, bound.end):
        return False
    found = _OF_AGE.search(lower[max(0, bound.number_start - REACH) : bound.number_start])
    return found is not None and (bound.unit == "year" or found.group().rstrip(" =")[-1] not in "<>")
